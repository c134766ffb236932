// The reader of schematics on small drawings made for it: what KiCad joins is joined, what it keeps apart stays apart.
using BoardFiles.Schematics;

namespace BoardFiles.Tests;

public sealed class SchematicReaderTests
{
    // A part with pins 1 (10.16 mm to the right of its origin) and 2 (7.62 mm above), so that each turn and mirror puts them elsewhere; a power symbol.
    private const string Library = """
        (lib_symbols
          (symbol "x:P" (symbol "P_0_1") (symbol "P_1_1"
            (pin passive line (at 10.16 0 180) (length 2.54) (name "a") (number "1"))
            (pin passive line (at 0 7.62 270) (length 2.54) (name "b") (number "2"))))
          (symbol "x:V" (power) (symbol "V_1_1" (pin power_in line (at 0 0 90) (length 0) (name "V") (number "1")))))
        """;

    private const string Wire = "(wire (pts (xy 0 0) (xy 20 0)))";

    [Theory]
    [InlineData("0", "", 10.16, 0, 0, -7.62)]
    [InlineData("90", "", 0, -10.16, -7.62, 0)]
    [InlineData("180", "", -10.16, 0, 0, 7.62)]
    [InlineData("270", "", 0, 10.16, 7.62, 0)]
    [InlineData("0", "(mirror x)", 10.16, 0, 0, 7.62)]
    [InlineData("0", "(mirror y)", -10.16, 0, 0, -7.62)]
    [InlineData("90", "(mirror x)", 0, 10.16, -7.62, 0)]
    [InlineData("90", "(mirror y)", 0, -10.16, 7.62, 0)]
    public void Given_ATurnedOrMirroredSymbol_When_Read_Then_ItsPinsAreWhereKiCadDrawsThem(string angle, string mirror, double x1, double y1, double x2, double y2)
    {
        Netlist netlist = Read(
            Symbol("P1", 100, 100, angle, mirror)
            + Global("one", 100 + x1, 100 + y1)
            + Global("two", 100 + x2, 100 + y2));

        Assert.Equal("one", netlist.At("P1", "1")?.Name);
        Assert.Equal("two", netlist.At("P1", "2")?.Name);
    }

    [Theory]
    [InlineData("(wire (pts (xy 20 0) (xy 20 30)))", true)] // end to end
    [InlineData("(wire (pts (xy 10 0) (xy 10 30)))", false)] // an end on the middle without a junction
    [InlineData("(wire (pts (xy 10 0) (xy 10 30))) (junction (at 10 0))", true)]
    [InlineData("(wire (pts (xy 10 -5) (xy 10 30)))", false)] // a crossing
    [InlineData("(wire (pts (xy 10 -5) (xy 10 30))) (junction (at 10 0))", true)]
    public void Given_TwoWires_When_TheyMeet_Then_EndsAndJunctionsJoinThem(string second, bool isJoined)
    {
        double x = second.Contains("20 30", StringComparison.Ordinal) ? 20 : 10;
        Netlist netlist = Read(Wire + second + Symbol("P1", -10.16, 0) + Symbol("P2", x - 10.16, 30));

        Assert.Equal(isJoined, netlist.At("P1", "1") == netlist.At("P2", "1"));
    }

    [Fact]
    public void Given_ALabelOnTheMiddleOfAWire_When_Read_Then_TheWireHasItsName() =>
        Assert.Equal("middle", Read(Wire + Symbol("P1", -10.16, 0) + Global("middle", 7, 0)).At("P1", "1")?.Name);

    [Fact]
    public void Given_APowerSymbol_When_Read_Then_ItNamesTheNetAndIsNoComponent()
    {
        Netlist netlist = Read(Symbol("P1", 0, 0) + Power("3V3", 10.16, 0) + Symbol("P2", 50, 0) + Power("3V3", 60.16, 0));

        Assert.Equal(["3V3"], netlist.At("P1", "1")?.Names);
        Assert.Equal(netlist.At("P1", "1"), netlist.At("P2", "1"));
        Assert.Equal(["P1", "P2"], netlist.Components.Select(component => component.Reference));
    }

    [Fact]
    public void Given_TwoNamesOnOneNet_When_Read_Then_BothAreTold() =>
        Assert.Equal(["GND", "one"], Read(Wire + Symbol("P1", -10.16, 0) + Global("one", 0, 0) + Power("GND", 20, 0)).At("P1", "1")?.Names);

    [Fact]
    public void Given_ASheetBelowTwice_When_Read_Then_HierarchicalPinsJoinAndLocalNamesStayInTheirSheet()
    {
        const string below = """
            (kicad_sch (uuid b)
            """ + Library + """
            (symbol (lib_id "x:P") (at 0 0 0) (unit 1) (uuid s) (property "Reference" "P?") (property "Value" "v"))
            (hierarchical_label "in" (at 10.16 0 0)) (label "local" (at 0 -7.62 0)))
            """;
        string top = Symbol("P9", 0, 0) + Global("out", 10.16, 0)
            + "(sheet (uuid a1) (property \"Sheet name\" \"A\") (property \"Sheet file\" \"below.kicad_sch\") (pin \"in\" input (at 10.16 0 0)))"
            + "(sheet (uuid a2) (property \"Sheet name\" \"B\") (property \"Sheet file\" \"below.kicad_sch\") (pin \"in\" input (at 90 0 0)))"
            + "(symbol_instances (path \"/a1/s\" (reference \"P1\") (unit 1)) (path \"/a2/s\" (reference \"P2\") (unit 1)))";

        Netlist netlist = Netlist.Read("folder/top.kicad_sch", file => file == "folder/below.kicad_sch" ? below : Sheet(top));

        Assert.Equal("out", netlist.At("P1", "1")?.Name);
        Assert.NotEqual(netlist.At("P1", "1"), netlist.At("P2", "1"));
        Assert.Equal("/A/local", netlist.At("P1", "2")?.Name);
        Assert.Equal("/B/local", netlist.At("P2", "2")?.Name);
    }

    [Fact]
    public void Given_AMarkOnAPin_When_Read_Then_ItIsMarkedOpen()
    {
        Netlist netlist = Read(Symbol("P1", 0, 0) + "(no_connect (at 10.16 0))");

        Assert.True(netlist.At("P1", "1")?.IsMarkedOpen);
        Assert.False(netlist.At("P1", "2")?.IsMarkedOpen);
    }

    [Theory]
    [InlineData("", "middle of a list")]
    [InlineData("(kicad_sch (a b)", "middle of a list")]
    [InlineData("(kicad_sch) x", "outside")]
    [InlineData("(kicad_sch))", "closes nothing")]
    [InlineData("(kicad_sch)(more)", "follows")]
    [InlineData("(kicad_sch \"abc)", "no end")]
    [InlineData("(kicad_pcb)", "no KiCad schematic")]
    [InlineData("(kicad_sch (symbol (lib_id \"x:Q\")))", "x:Q")]
    [InlineData("(kicad_sch (sheet (property \"Sheet file\" \"top.kicad_sch\")))", "contains itself")]
    public void Given_ADamagedFile_When_Read_Then_ItIsRefusedWithItsName(string text, string word)
    {
        BoardFileException exception = Assert.Throws<BoardFileException>(() => Netlist.Read("top.kicad_sch", _ => text));

        Assert.StartsWith("top.kicad_sch:", exception.Message, StringComparison.Ordinal);
        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_ListsNestedTooDeep_When_Read_Then_TheyAreRefused() =>
        Assert.Throws<BoardFileException>(() => Netlist.Read("top.kicad_sch", _ => new string('(', 100_000)));

    // A file cut anywhere, or with any letter changed, is read or refused, and nothing else happens.
    [Fact]
    public void Given_AFileCutOrChangedAnywhere_When_Read_Then_ItIsReadOrRefused()
    {
        string text = Sheet(Wire + Symbol("P1", -10.16, 0) + Global("one", 0, 0) + Power("GND", 20, 0) + "(junction (at 1 0)) (no_connect (at 2 0))");
        for (int i = 0; i < text.Length; i++)
        {
            foreach (string damaged in new[] { text[..i], text[..i] + ")" + text[(i + 1)..], text[..i] + "\"" + text[(i + 1)..], text[..i] + "9" + text[(i + 1)..] })
            {
                Exception? exception = Record.Exception(() => Netlist.Read("top.kicad_sch", _ => damaged));
                Assert.True(exception is null or BoardFileException, damaged);
            }
        }
    }

    private static Netlist Read(string items) => Netlist.Read("top.kicad_sch", _ => Sheet(items));

    private static string Sheet(string items) => "(kicad_sch (uuid r)\n" + Library + "\n" + items + ")";

    private static string Symbol(string reference, double x, double y, string angle = "0", string mirror = "") => FormattableString.Invariant(
        $"(symbol (lib_id \"x:P\") (at {x} {y} {angle}) {mirror} (unit 1) (uuid {reference}) (property \"Reference\" \"{reference}\") (property \"Value\" \"v\"))\n");

    private static string Power(string name, double x, double y) => FormattableString.Invariant(
        $"(symbol (lib_id \"x:V\") (at {x} {y} 0) (unit 1) (uuid {name}{x}) (property \"Reference\" \"#PWR\") (property \"Value\" \"{name}\"))\n");

    private static string Global(string name, double x, double y) => FormattableString.Invariant($"(global_label \"{name}\" (shape input) (at {x} {y} 0))\n");
}
