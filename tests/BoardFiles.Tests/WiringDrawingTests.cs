// The drawings for whoever wires a board: well-formed, every wire in its colour between the right ends, mains in the colour of mains.
using System.Xml.Linq;
using BoardFiles.Output;

namespace BoardFiles.Tests;

public sealed class WiringDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly HardwareFolder Folder = HardwareFolder.Read(Repository.Root);

    [Theory]
    [InlineData("bench-heltec-wifi-lora-32-v3")]
    [InlineData("pole-controller-r1")]
    [InlineData("pole-controller-r2")]
    public void Given_ABoard_When_Drawn_Then_EveryDeviceAndEachEndOfItsWiresAreThere(string name)
    {
        Board board = Folder.Boards.Single(candidate => candidate.Name == name);
        XDocument drawing = XDocument.Parse(WiringDrawing.Make(board));
        List<string> texts = [.. drawing.Descendants(Svg + "text").Select(text => text.Value)];

        Assert.NotEmpty(board.Devices);
        foreach (OutsideDevice device in board.Devices)
        {
            Assert.Contains(device.Name, texts);
            Assert.All(device.Wires, wire => Assert.Contains(wire.To, texts));
            Assert.All(device.Wires, wire => Assert.Contains(texts, text => text.Contains(wire.From, StringComparison.Ordinal)));
        }

        Assert.Equal(2 * board.Devices.Sum(device => device.Wires.Count), drawing.Descendants(Svg + "circle").Count());
    }

    // IEC 60445: protective earth is green-yellow, neutral blue; both at the terminal block and at the luminaire.
    [Fact]
    public void Given_TheMainsOfAPole_When_Drawn_Then_EarthIsGreenYellowAndNeutralBlueOnMainsColour()
    {
        Board board = Folder.Boards.Single(candidate => candidate.Name == "pole-controller-r2");
        HashSet<string> mains = [.. board.Connectors.Where(connector => connector.Insulation == Insulation.Mains).Select(connector => connector.Name)];
        List<DeviceWire> wires = [.. board.Devices.SelectMany(device => device.Wires).Where(wire => mains.Contains(wire.From.Split('.')[0]))];

        Assert.Equal(["green-yellow", "green-yellow"], wires.Where(wire => wire.From.EndsWith(".3", StringComparison.Ordinal)).Select(wire => wire.Colour));
        Assert.Equal(["blue", "blue"], wires.Where(wire => wire.From.EndsWith(".2", StringComparison.Ordinal)).Select(wire => wire.Colour));
        Assert.DoesNotContain(board.Devices.SelectMany(device => device.Wires).Where(wire => !wires.Contains(wire)), wire => wire.Colour == "green-yellow");
        Assert.Equal(2, XDocument.Parse(WiringDrawing.Make(board)).Descendants(Svg + "rect").Count(panel => panel.Attribute("fill")!.Value == "#fbe3e0" && (int)panel.Attribute("width")! > 100));
    }

    [Fact]
    public void Given_ADeviceWithMarkupInItsName_When_Drawn_Then_TheDrawingIsStillWellFormed()
    {
        Board board = Repository.Board(Repository.SecondRevisionFile, ("name: \"Door contact\"", "name: \"Door <contact> & 'magnet'\""));

        Assert.Contains(XDocument.Parse(WiringDrawing.Make(board)).Descendants(Svg + "text"), text => text.Value == "Door <contact> & 'magnet'");
    }
}
