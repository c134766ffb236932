// Each rule fires on a board that breaks it, at the right line, and stays silent on one that nearly does.
using BoardFiles.Rules;

namespace BoardFiles.Tests;

public sealed class RuleTests
{
    private const string Occupancy = "name: occupancy, port: Occupancy, pin: 7,";
    private const string OccupancyPull = "pin: 7, direction: input, boardPull: down, atReset: low";
    private const string Relay = "pin: 21, direction: output, drive: pushPull, boardPull: down, atReset: low, lightLevel: low";
    private const string Dimmer = "boardPull: up, atReset: high, lightLevel: high";
    private const string Led = "name: statusLed, pin: 38,";
    private const string LedLine = "name: statusLed, pin: 38, direction: output, drive: pushPull, boardPull: down, atReset: low";
    private const string Free45 = "  - { pin: 45, why: \"Read at reset: high would set the flash supply to 1.8 V\" }\n";
    private const string Free46 = "  - { pin: 46, why: \"Read at reset: high stops download mode\" }";
    private const string Photocell = "devices: [{ part: VEML7700, address: 0x10 }]";
    private const string MeterBus = "name: meterUart, kind: uart, unit: 1,";
    private const string Note = " strappingNote: \"BOOT on J6 is held to GND by hand, to start download mode on purpose; nothing else is connected\",";

    [Theory]
    // Pins.
    [InlineData(BoardRule.DoubleUse, Occupancy, "name: occupancy, port: Occupancy, pin: 8,", "GPIO8")]
    [InlineData(BoardRule.DoubleUse, Led, "name: statusLed, pin: 46,", "GPIO46")]
    [InlineData(BoardRule.DoubleUse, "name: statusLed,", "name: occupancy,", "occupancy")]
    [InlineData(BoardRule.NoSuchPin, Occupancy, "name: occupancy, port: Occupancy, pin: 22,", "GPIO22")]
    [InlineData(BoardRule.NoSuchPin, Occupancy, "name: occupancy, port: Occupancy, pin: 33,", "GPIO33")]
    [InlineData(BoardRule.MemoryPin, Occupancy, "name: occupancy, port: Occupancy, pin: 30,", "GPIO30")]
    [InlineData(BoardRule.Reference, "module: ESP32-S3-WROOM-1-N8R2", "module: ESP32-S3-WROOM-9", "WROOM-9")]
    [InlineData(BoardRule.Form, LedLine, "name: statusLed, pin: 38, direction: output, boardPull: down, atReset: low", "statusLed")]
    // Reset.
    [InlineData(BoardRule.ResetLevel, LedLine, "name: statusLed, pin: 38, direction: output, drive: pushPull, boardPull: down, atReset: high", "statusLed")]
    [InlineData(BoardRule.ResetLevel, LedLine, "name: statusLed, pin: 38, direction: output, drive: pushPull, pull: down, atReset: low", "statusLed")]
    [InlineData(BoardRule.Strapping, Note, "", "bootSelect")]
    [InlineData(BoardRule.LightAtReset, Relay, "pin: 21, direction: output, drive: pushPull, atReset: floating, lightLevel: low", "relay")]
    [InlineData(BoardRule.LightAtReset, Relay, "pin: 21, direction: output, drive: pushPull, boardPull: up, atReset: high, lightLevel: low", "relay")]
    [InlineData(BoardRule.LightAtReset, Relay, "pin: 21, direction: output, drive: pushPull, boardPull: down, atReset: low", "lightLevel")]
    [InlineData(BoardRule.LightAtReset, Dimmer, "boardPull: down, atReset: low, lightLevel: high", "full light")]
    // Buses.
    [InlineData(BoardRule.BusUnit, MeterBus, "name: meterUart, kind: uart, unit: 3,", "UART3")]
    [InlineData(BoardRule.BusUnit, "name: radioSpi, kind: spi, unit: 2,", "name: radioSpi, kind: spi, unit: 1,", "SPI1")]
    [InlineData(BoardRule.BusUnit, "name: sensorI2c, kind: i2c, unit: 0,", "name: sensorI2c, kind: i2c, unit: 2,", "I2C2")]
    [InlineData(BoardRule.BusUnit, " runtime: true,", "", "runtime")]
    [InlineData(BoardRule.BusUnit, MeterBus, "name: meterUart, kind: uart, runtime: true, unit: 1,", "runtime")]
    [InlineData(BoardRule.BusLine, "bus: meterUart, line: tx", "bus: meterUart, line: rx", "rx")]
    [InlineData(BoardRule.BusLine, "bus: radioSpi, line: miso", "bus: radioSpi, line: sda", "sda")]
    [InlineData(BoardRule.BusLine, ", bus: radioSpi, line: miso", "", "miso")]
    [InlineData(BoardRule.BusLine, "bus: radioSpi, line: miso,", "line: miso,", "miso")]
    [InlineData(BoardRule.BusLine, "line: dMinus", "line: dPlus", "USB")]
    [InlineData(BoardRule.Reference, "bus: radioSpi, line: miso", "bus: radioSpy, line: miso", "radioSpy")]
    [InlineData(BoardRule.Address, Photocell, "devices: [{ part: VEML7700, address: 0x10 }, { part: Other, address: 16 }]", "taken by VEML7700")]
    [InlineData(BoardRule.Address, Photocell, "devices: [{ part: VEML7700, address: 0x78 }]", "0x78")]
    [InlineData(BoardRule.Address, Photocell, "devices: [{ part: VEML7700, address: 0x20 }, { part: Other, address: 0x03 }]", "0x03")]
    [InlineData(BoardRule.Address, "what: \"SX1262\" }", "what: \"SX1262\", devices: [{ part: SX1262, address: 0x10 }] }", "only I2C")]
    // PWM.
    [InlineData(BoardRule.Pwm, LedLine, LedLine + ", pwm: { channel: 2, frequencyHz: 1000 }", "shares its timer")]
    [InlineData(BoardRule.Pwm, LedLine, LedLine + ", pwm: { channel: 9, frequencyHz: 2000 }", "channel 9")]
    [InlineData(BoardRule.Pwm, LedLine, LedLine + ", pwm: { channel: 0, frequencyHz: 2000 }", "channel 0")]
    [InlineData(BoardRule.Pwm, LedLine, LedLine + ", pwm: { channel: 3, frequencyHz: 50000000 }", "50000000")]
    [InlineData(BoardRule.Pwm, OccupancyPull, OccupancyPull + ", pwm: { channel: 3, frequencyHz: 2000 }", "no output")]
    [InlineData(BoardRule.DoubleUse, LedLine, LedLine + ", pwm: { channel: 1, frequencyHz: 2000 }", "PWM channel 1")]
    // Ports and names.
    [InlineData(BoardRule.Port, "name: occupancy, port: Occupancy,", "name: occupancy,", "Occupancy")]
    [InlineData(BoardRule.Port, "port: Aes,", "port: Aesop,", "Aesop")]
    [InlineData(BoardRule.Port, "name: statusLed,", "name: statusLed, port: Lamp,", "Lamp")]
    [InlineData(BoardRule.Port, "notFitted:", "notFitted:\n  - { port: Meter, why: cheap }", "Meter")]
    [InlineData(BoardRule.Reference, "connector: J4", "connector: J9", "J9")]
    [InlineData(BoardRule.Reference, "millivolts: 3300, from: 12V", "millivolts: 3300, from: 5V", "5V")]
    [InlineData(BoardRule.DoubleUse, "name: ANT1", "name: J7", "J7")]
    [InlineData(BoardRule.DoubleUse, "reference: S2", "reference: S1", "S1")]
    public void Given_ABrokenRule_When_Checked_Then_ItIsNamedWithWhatAndWhere(BoardRule rule, string find, string replace, string word)
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEdited((find, replace));

        BoardProblem problem = Assert.Single(problems.Where(candidate => candidate.Rule == rule && candidate.What.Contains(word, StringComparison.Ordinal)).Take(1));
        Assert.NotEmpty(problem.Field);
        Assert.NotEmpty(problem.Remedy);
        Assert.Equal(FormattableString.Invariant($"{Repository.PoleControllerFile}:{problem.Line}: {problem.Field}: {problem.What}. {problem.Remedy}."), problem.ToString());
    }

    [Theory]
    [InlineData("name: statusLed,", "name: lamp,")]
    [InlineData(Occupancy, "name: occupancy, port: Occupancy, pin: 16,")]
    [InlineData(Photocell, "devices: [{ part: VEML7700, address: 0x10 }, { part: Other, address: 0x11 }]")]
    [InlineData(MeterBus, "name: meterUart, kind: uart, unit: 2,")]
    [InlineData("name: radioSpi, kind: spi, unit: 2,", "name: radioSpi, kind: spi, unit: 3,")]
    [InlineData(LedLine, LedLine + ", pwm: { channel: 2, frequencyHz: 2000 }")]
    [InlineData(LedLine, LedLine + ", pwm: { channel: 3, frequencyHz: 1000 }")]
    [InlineData(Relay, "pin: 21, direction: output, drive: pushPull, boardPull: up, atReset: high, lightLevel: high")]
    [InlineData("module: ESP32-S3-WROOM-1-N8R2", "module: ESP32-S3-WROOM-1-N8R8")]
    public void Given_ASoundChange_When_Checked_Then_NothingIsSaid(string find, string replace) =>
        Assert.Empty(Repository.CheckEdited((find, replace)));

    [Theory]
    [InlineData("pin: 45, direction: input, boardPull: up, atReset: high", true)]
    [InlineData("pin: 45, direction: input, boardPull: down, atReset: low", true)] // a sensor may drive it
    [InlineData("pin: 45, direction: input, boardPull: down, atReset: low, strappingNote: \"has power only after the chip has started\"", false)]
    [InlineData("pin: 3, direction: input, boardPull: up, atReset: high", false)] // either level starts the chip
    public void Given_AnInputOnAStrappingPin_When_Checked_Then_OnlyAReasonMakesItSound(string signal, bool isRefused)
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEdited(
            (OccupancyPull, signal), (Free45, ""), ("  - { pin: 3, why: \"Read at reset (source of JTAG); a test pad, nothing else\" }\n", ""));

        Assert.Equal(isRefused ? [BoardRule.Strapping] : [], problems.Select(problem => problem.Rule));
    }

    [Theory]
    [InlineData("boardPull: down, atReset: low", null)]
    [InlineData("atReset: low", null)] // the chip's own resistor
    [InlineData("atReset: floating", BoardRule.ResetLevel)]
    [InlineData("boardPull: up, atReset: high", BoardRule.Strapping)]
    public void Given_AnOutputOnAStrappingPin_When_Checked_Then_TheResistorDecides(string level, BoardRule? rule)
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEdited(
            (LedLine, "name: statusLed, pin: 46, direction: output, drive: pushPull, " + level), (Free46, "  - { pin: 38, why: free }"));

        Assert.Equal(rule is null ? [] : [rule.Value], problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void Given_ADrivenPinThatCanOnlyBeRead_When_Checked_Then_OnlyTheDriverIsRefused()
    {
        // The ESP32-S3 has none; the original ESP32 has.
        Chip chip = Repository.Chip(("inputOnlyPins: []", "inputOnlyPins: [7, 21]"));

        IReadOnlyList<BoardProblem> problems = BoardValidator.Check(Repository.Board(Repository.PoleControllerFile), chip, ControllerPorts.Names);

        BoardProblem problem = Assert.Single(problems);
        Assert.Equal(BoardRule.InputOnly, problem.Rule);
        Assert.Contains("relayOpen", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_AnOctalModule_When_ABoardUsesItsMemoryPins_Then_EachIsRefused()
    {
        Board board = Repository.Board(Repository.BenchFile, ("module: ESP32-S3FN8", "module: ESP32-S3-WROOM-1-N8R8"));

        IReadOnlyList<BoardProblem> problems = BoardValidator.Check(board, Repository.Chip(), ControllerPorts.Names);

        Assert.Equal(6, problems.Count); // GPIO26, and 33 to 37
        Assert.All(problems, problem => Assert.Equal(BoardRule.MemoryPin, problem.Rule));
    }

    [Fact]
    public void Given_TheUsbPinsUsedOtherwise_When_Checked_Then_TheyAreRefused()
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEdited(
            ("name: usbMinus, pin: 19,", "name: usbMinus, pin: 1,"), (Led, "name: statusLed, pin: 19,"));

        Assert.Equal([BoardRule.DoubleUse, BoardRule.BusLine], problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void Given_TheSameAddressOnTwoBuses_When_Checked_Then_NothingIsSaid()
    {
        Board board = Repository.Board(Repository.BenchFile, ("part: SSD1306, address: 0x3C", "part: SSD1306, address: 0x10"));

        Assert.Empty(BoardValidator.Check(board, Repository.Chip(), ControllerPorts.Names));
    }

    [Fact]
    public void Given_APortThatTheControllerGains_When_Checked_Then_EveryBoardHasToPlaceIt()
    {
        IReadOnlyList<BoardProblem> problems = BoardValidator.Check(Repository.Board(Repository.PoleControllerFile), Repository.Chip(), [.. ControllerPorts.Names, "Dali"]);

        Assert.Equal(BoardRule.Port, Assert.Single(problems).Rule);
        Assert.Empty(BoardValidator.Check(
            Repository.Board(Repository.PoleControllerFile, ("notFitted:", "notFitted:\n  - { port: Dali, why: 0-10 V only }")), Repository.Chip(), [.. ControllerPorts.Names, "Dali"]));
    }

    [Fact]
    public void Given_ABrokenRule_When_Checked_Then_TheLineIsTheSignals()
    {
        IReadOnlyList<BoardProblem> problems = Repository.CheckEdited((Occupancy, "name: occupancy, port: Occupancy, pin: 30,"));

        Assert.Equal(Repository.LineOf(Repository.Text(Repository.PoleControllerFile), Occupancy), Assert.Single(problems).Line);
    }
}
