// Rules that need what only the second revision has: variants, DALI, analogue inputs, wires outside. And the form of every message.
namespace BoardFiles.Tests;

public sealed class SecondRevisionRuleTests
{
    private const string Supply = "adc: { channel: 0, ohmsAbove: 330000, ohmsBelow: 68000 }";
    private const string Ntc = "adc: { channel: 1, ohmsAbove: 10000, ohmsBelow: 10000, ntcBeta: 3435 }";
    private const string Metered = "{ name: metered, ports: [Meter],";
    private const string ServiceBus = "- { name: serviceUart, kind: uart, unit: 2,";
    private const string PirOut = "- { from: J4.2, to: \"OUT\", colour: black }";
    private const string Accelerometer = "devices: [{ part: LIS3DH, address: 0x18 }]";

    [Theory]
    // A UART too many, in each of the ways it can come about.
    [InlineData(BoardRule.DoubleUse, ServiceBus, "- { name: serviceUart, kind: uart, unit: 1,", "unit", "UART1 in the variant metered")]
    [InlineData(BoardRule.DoubleUse, Metered, "{ name: metered, ports: [Meter, Presence],", "unit", "UART1 in the variant metered")]
    [InlineData(BoardRule.BusUnit, ServiceBus, "- { name: serviceUart, kind: uart, unit: 3,", "unit", "UART3")]
    [InlineData(BoardRule.Variant, Metered, "{ name: metered, ports: [Meter, WarmDimmer],", "ports", "WarmDimmer")]
    [InlineData(BoardRule.DoubleUse, "{ name: counting,", "{ name: metered,", "name", "metered")]
    // Speeds.
    [InlineData(BoardRule.Form, "{ part: LD2410, speedHz: 256000 }", "{ part: LD2410 }", "speedHz", "serialUart")]
    [InlineData(BoardRule.Form, "unit: 1, speedHz: 100000, what: \"On the board", "unit: 1, what: \"On the board", "speedHz", "boardI2c")]
    [InlineData(BoardRule.Address, "{ part: LD2410, speedHz: 256000 }", "{ part: LD2410, speedHz: 256000, address: 16 }", "address", "only I2C")]
    [InlineData(BoardRule.Address, "{ part: SGP41, address: 0x59 }", "{ part: SGP41, address: 0x62 }", "address", "taken by SGP41")]
    // Analogue and pulse channels.
    [InlineData(BoardRule.Adc, Supply, "adc: { channel: 1, ohmsAbove: 330000, ohmsBelow: 68000 }", "channel", "GPIO2")]
    [InlineData(BoardRule.Adc, Supply, "adc: { channel: 12, ohmsAbove: 330000, ohmsBelow: 68000 }", "channel", "channel 12")]
    [InlineData(BoardRule.Adc, Supply, "adc: { channel: 0, ohmsBelow: 68000 }", "ohmsAbove", "divider")]
    [InlineData(BoardRule.Adc, Ntc, "adc: { channel: 1, ohmsAbove: 22000, ohmsBelow: 10000, ntcBeta: 3435 }", "ohmsAbove", "divider")]
    [InlineData(BoardRule.Adc, "direction: input, drive: analog, boardPull: down, atReset: low, adc", "direction: input, boardPull: down, atReset: low, adc", "drive", "analogue")]
    [InlineData(BoardRule.Rmt, "rmtChannel: 4", "rmtChannel: 1", "rmtChannel", "receives")]
    [InlineData(BoardRule.Rmt, "rmtChannel: 0", "rmtChannel: 5", "rmtChannel", "sends")]
    [InlineData(BoardRule.DoubleUse, "rmtChannel: 4", "rmtChannel: 0", "rmtChannel", "RMT channel 0")]
    // Wires.
    [InlineData(BoardRule.Wire, PirOut, "- { from: J4.4, to: \"OUT\" }", "from", "J4.4")]
    [InlineData(BoardRule.Wire, PirOut, "- { from: J6.2, to: \"OUT\" }", "from", "taken by PIR")]
    [InlineData(BoardRule.Wire, "ports: [Relay]", "ports: [WarmDimmer]", "ports", "WarmDimmer")]
    public void Given_ABrokenRule_When_Checked_Then_FileLineFieldAndRemedyAreNamed(BoardRule rule, string find, string replace, string field, string word)
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEditedFile(Repository.SecondRevisionFile, (find, replace));

        BoardProblem problem = Assert.Single(problems.Where(candidate => candidate.Rule == rule && candidate.What.Contains(word, StringComparison.Ordinal)).Take(1));
        Assert.Equal(field, problem.Field);
        Assert.StartsWith(FormattableString.Invariant($"{Repository.SecondRevisionFile}:{problem.Line}: {field}: "), problem.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($". {problem.Remedy}.", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Accelerometer, "devices: [{ part: LIS3DH, address: 0x19 }]")]
    [InlineData(Accelerometer, "devices: [{ part: LIS3DH, address: 0x10 }]")] // the same address on the other bus
    [InlineData("rmtChannel: 0", "rmtChannel: 3")]
    [InlineData(Metered, "{ name: metered, ports: [],")] // the meter then belongs to all variants, and UART1 with it: refused below
    public void Given_AChange_When_Checked_Then_OnlyAClashIsRefused(string find, string replace)
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEditedFile(Repository.SecondRevisionFile, (find, replace));

        Assert.All(problems, problem => Assert.Contains("UART1 in the variant", problem.What, StringComparison.Ordinal));
        Assert.Equal(replace.Contains("ports: []", StringComparison.Ordinal), problems.Count > 0);
    }
}
