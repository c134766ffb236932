// The pole controller's schematic: pin by pin as the board's file says, as KiCad itself reads it, and complete for whoever orders the parts.
using System.Globalization;
using System.Text.RegularExpressions;
using BoardFiles.Rules;
using BoardFiles.Schematics;

namespace BoardFiles.Tests;

public sealed partial class SchematicTests
{
    private const string Name = "pole-controller-r2";
    private const string Folder = "hardware/pole-controller/";
    private const string Top = Folder + "pole-controller.kicad_sch";

    private static readonly HardwareFolder Hardware = HardwareFolder.Read(Repository.Root);
    private static readonly Board Board = Hardware.Boards.Single(board => board.Name == Name);
    private static readonly Netlist Drawn = Hardware.Schematics[Name];

    [Fact]
    public void Given_TheSchematic_When_ComparedWithTheBoard_Then_TheyAgree()
    {
        Assert.Empty(SchematicRules.Check(Board, Repository.Chip(), Drawn));
        Assert.True(Drawn.Components.Count > 150);
        Assert.Equal(Board.Signals.Count, Board.Signals.Count(signal => Drawn.Nets.Any(net => net.Names.Contains(signal.Name) && net.Pins.Any(pin => pin.Reference == "U1"))));
    }

    // The netlist that KiCad 6.0.11 exported from these very files (File, Export, Netlist), of which golden/README.md tells how: every pin in the same company.
    [Fact]
    public void Given_KiCadsOwnNetlist_When_ComparedWithTheReaders_Then_EveryPinIsInTheSameCompany()
    {
        SExpression exported = SExpression.Parse(Repository.Text("tests/BoardFiles.Tests/golden/pole-controller.net"), "pole-controller.net");
        List<string> theirs = [.. exported.First("nets")!.All("net").Select(net => Company(net.All("node").Select(node => node.First("ref")!.Text(1) + "." + node.First("pin")!.Text(1))))];
        List<string> ours = [.. Drawn.Nets.Select(net => Company(net.Pins.Select(pin => pin.Reference + "." + pin.Number)))];

        Assert.True(theirs.Count > 100);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("controller.kicad_sch", "(global_label \"relayOpen\"", "(global_label \"relayShut\"", "relayOpen")]
    [InlineData("controller.kicad_sch", "(global_label \"sensorData\"", "(global_label \"sensorClock\"", "sensorData")]
    [InlineData("service.kicad_sch", "(global_label \"serviceTransmit\"", "(global_label \"serviceReceive\"", "serviceTransmit")]
    [InlineData("power.kicad_sch", "\"330k\"", "\"33k\"", "divider")]
    [InlineData("switching.kicad_sch", "(global_label \"L_LAMP\"", "(global_label \"L\"", "L_LAMP")]
    public void Given_AnotherSchematic_When_Compared_Then_TheDifferenceIsNamed(string file, string find, string replace, string word)
    {
        Netlist changed = Netlist.Read(Top, path => path == Folder + file ? Repository.Text(path).Replace(find, replace, StringComparison.Ordinal) : Repository.Text(path));

        IReadOnlyList<BoardProblem> problems = SchematicRules.Check(Board, Repository.Chip(), changed);

        Assert.Contains(problems, problem => problem.Rule == BoardRule.Schematic && problem.What.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pin: 21, direction: output", "pin: 37, direction: output", "relayOpen")]
    [InlineData("pins: [DIM+, GND]", "pins: [GND, DIM+]", "J3.1")]
    [InlineData("pins: [door, NC, GND]", "pins: [door, GND, GND]", "J10.2")]
    [InlineData("{ name: occupancy, port: Occupancy, pin: 7, direction: input, boardPull: down, atReset: low", "{ name: occupancy, port: Occupancy, pin: 7, direction: input, boardPull: up, atReset: high", "occupancy")]
    [InlineData("ohmsAbove: 330000, ohmsBelow: 68000", "ohmsAbove: 330000, ohmsBelow: 33000", "supplyVoltage")]
    [InlineData("reference: U13,", "reference: U99,", "U99")]
    public void Given_AnotherBoardFile_When_Compared_Then_TheDifferenceIsNamed(string find, string replace, string word)
    {
        Board changed = Repository.Board(Repository.SecondRevisionFile, (find, replace));

        Assert.Contains(SchematicRules.Check(changed, Repository.Chip(), Drawn), problem => problem.What.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void Given_AMarkThatIsGone_When_Checked_Then_ThePinIsNamed()
    {
        Netlist changed = Netlist.Read(Top, path => Repository.Text(path).Replace("(no_connect", "(nothing", StringComparison.Ordinal));

        Assert.Contains(SchematicRules.Check(Board, Repository.Chip(), changed), problem => problem.What.Contains("K1.14 is connected to nothing else", StringComparison.Ordinal));
    }

    // A label N on the wire of L: neutral and phase are one.
    [Fact]
    public void Given_TwoNetsThatTouch_When_Checked_Then_BothAreNamed()
    {
        const string label = "(global_label \"N\" (shape input) (at 63.5 40.64 0))";
        Netlist changed = Netlist.Read(Top, path => path.EndsWith("power.kicad_sch", StringComparison.Ordinal) ? Repository.Text(path).TrimEnd()[..^1] + label + ")" : Repository.Text(path));

        Assert.Contains(SchematicRules.Check(Board, Repository.Chip(), changed), problem => problem.What.Contains("joins L and N", StringComparison.Ordinal));
    }

    // The 0-10 V stage that ngspice judges is the one that is drawn.
    [Theory]
    [InlineData("R23", 10e3)]
    [InlineData("R24", 47e3)]
    [InlineData("R28", 100e3)]
    [InlineData("R29", 100e3)]
    [InlineData("R21", 3.16e6)]
    [InlineData("R22", 1e6)]
    [InlineData("R25", 1e3)]
    [InlineData("R31", 1e6)]
    [InlineData("R26", 220)]
    [InlineData("R27", 47)]
    [InlineData("C21", 470e-9)]
    [InlineData("C22", 100e-9)]
    [InlineData("C25", 10e-9)]
    [InlineData("C26", 10e-12)]
    [InlineData("C23", 22e-9)]
    public void Given_APartOfTheDimmerStage_When_ReadInTheNetlistForSpice_Then_ItHasTheDrawnValue(string reference, double value)
    {
        string netlist = Repository.Text("hardware/dimmer-stage/dimmer-stage.cir");
        Match part = Regex.Match(netlist, $@"^{reference} \S+ \S+ \{{?(\S+?)(\*k[rc])?\}}?\s*$", RegexOptions.Multiline);
        string written = part.Groups[1].Value switch
        {
            "rTop" => Regex.Match(netlist, @"rTop=\{([\d.e]+)\*").Groups[1].Value,
            "rBottom" => Regex.Match(netlist, @"rBottom=\{([\d.e]+)\*").Groups[1].Value,
            string other => other,
        };

        Assert.Equal(value, Quantity(written), 1e-15);
        Assert.Equal(value, Quantity(Drawn.Components.Single(component => component.Reference == reference).Value), 1e-15);
    }

    [Fact]
    public void Given_TheBillOfMaterials_When_Read_Then_EveryFittedPartHasMakerNumberAndASecondSourceOrTheReasonWhyNot()
    {
        string[] bare = ["TP1"];
        foreach (Component component in Drawn.Components.Where(component => !bare.Contains(component.Reference) && component.Fields.GetValueOrDefault("Fitted") != "no"))
        {
            foreach (string field in new[] { "Manufacturer", "MPN", "Second source", "Footprint" })
            {
                Assert.True(component.Fields.GetValueOrDefault(field, "").Length > 1, component.Reference + " has no " + field);
            }
        }
    }

    [Fact]
    public void Given_TheBillOfMaterials_When_Counted_Then_EachPartIsThereOnce()
    {
        string[] lines = Repository.Text(Folder + "bill-of-materials.csv").TrimEnd('\n').Split('\n');
        List<string> references = [.. lines.Skip(1).SelectMany(line => line.Split(',')[1].Split(' '))];

        Assert.Equal(Drawn.Components.Count, references.Count);
        Assert.Equal(Drawn.Components.Select(component => component.Reference).Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        Assert.Equal(references.Count, lines.Skip(1).Sum(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)));
    }

    private static string Company(IEnumerable<string> pins) => string.Join(' ', pins.Order(StringComparer.Ordinal));

    private static double Quantity(string text)
    {
        Match match = Number().Match(text);
        double factor = match.Groups[2].Value switch { "p" => 1e-12, "n" => 1e-9, "u" => 1e-6, "k" => 1e3, "M" => 1e6, _ => 1 };
        return double.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
    }

    [GeneratedRegex(@"^([\d.]+(?:e-?\d+)?)([pnukMR]?)")]
    private static partial Regex Number();
}
