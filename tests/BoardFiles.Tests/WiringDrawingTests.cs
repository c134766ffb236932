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

    // What the connectors say: a sensor on I2C hangs at most 0.5 m from the board.
    [Fact]
    public void Given_ASensorOnI2c_When_Mounted_Then_ItsCableIsNotLongerThanHalfAMetre()
    {
        foreach (Board board in Folder.Boards.Where(board => board.HeightMetres > 0))
        {
            HashSet<string> ports = [.. board.Signals.Where(signal => board.Buses.Any(bus => bus.Name == signal.Bus && bus.Kind == BusKind.I2c)).SelectMany(signal => signal.Ports)];
            List<OutsideDevice> devices = [.. board.Devices.Where(device => device.Ports.Any(ports.Contains))];

            Assert.NotEmpty(devices);
            Assert.All(devices, device => Assert.InRange(Math.Abs(device.HeightMetres - board.HeightMetres), 0, 0.5));
        }
    }

    // 84 pixels a metre: what is twice as high is twice as far from the ground; what is not on the pole is not drawn.
    [Fact]
    public void Given_DevicesOnAPole_When_Drawn_Then_TheirHeightsAreToScale()
    {
        Board board = Folder.Boards.Single(candidate => candidate.Name == "pole-controller-r2");
        XDocument drawing = XDocument.Parse(MountingDrawing.Make(board));
        List<OutsideDevice> mounted = [.. board.Devices.Where(device => device.HeightMetres > 0).OrderByDescending(device => device.HeightMetres)];
        List<int> places = [.. drawing.Descendants(Svg + "circle").Select(circle => (int)circle.Attribute("cy")!)];

        Assert.Equal(mounted.Count, places.Count);
        for (int i = 1; i < mounted.Count; i++)
        {
            Assert.Equal((mounted[i - 1].HeightMetres - mounted[i].HeightMetres) * 84, places[i] - places[i - 1], 1.0);
        }

        Assert.DoesNotContain(drawing.Descendants(Svg + "text"), text => text.Value.Contains("Ultrasonic", StringComparison.Ordinal));
        Assert.Contains(drawing.Descendants(Svg + "text"), text => text.Value == "Radar (LD2410), 4.5 m");
    }

    [Fact]
    public void Given_ADeviceWithMarkupInItsName_When_Drawn_Then_TheDrawingIsStillWellFormed()
    {
        Board board = Repository.Board(Repository.SecondRevisionFile, ("name: \"Door contact\"", "name: \"Door <contact> & 'magnet'\""));

        Assert.Contains(XDocument.Parse(WiringDrawing.Make(board)).Descendants(Svg + "text"), text => text.Value == "Door <contact> & 'magnet'");
    }
}
