// The boards that are in the repository: sound, complete for the controller, and as their makers and the public describe them.
using PoleController;
using PoleController.Drivers;

namespace BoardFiles.Tests;

public sealed class BoardTests
{
    private static readonly HardwareFolder Folder = HardwareFolder.Read(Repository.Root);

    [Fact]
    public void Given_TheRepository_When_Checked_Then_NothingIsWrong()
    {
        Assert.Equal(["bench-heltec-wifi-lora-32-v3", "pole-controller-r1"], Folder.Boards.Select(board => board.Name));
        Assert.Empty(Folder.Check());
    }

    [Fact]
    public void Given_ThePortsOfTheController_When_LookedForOnEachBoard_Then_EachIsThereOnce()
    {
        // Every property, not only those the tool takes for ports: what is added to PoleHardware is thought about here. What is no port
        // says something of the board itself: its clock, its name, what it draws.
        string[] facts = [nameof(PoleHardware.Timing), nameof(PoleHardware.BoardName), nameof(PoleHardware.ControllerMilliwatts)];
        IEnumerable<string> ports = typeof(PoleHardware).GetProperties().Select(property => property.Name).Where(name => !facts.Contains(name));
        foreach (Board board in Folder.Boards)
        {
            IEnumerable<string> placed = board.Signals.Where(signal => signal.Port.Length > 0).Select(signal => signal.Port).Distinct()
                .Concat(board.ChipPorts.Select(port => port.Name))
                .Concat(board.NotFitted.Select(port => port.Name));
            Assert.Equal(ports.Order(StringComparer.Ordinal), placed.Order(StringComparer.Ordinal));
        }
    }

    // firmware/PoleController/Drivers/Sx1262: the bus with its chip select, NRESET, BUSY and DIO1; Sx1262Board's defaults: TCXO on DIO3, switch on DIO2.
    [Fact]
    public void Given_TheDriverOfTheRadio_When_ABoardIsRead_Then_EveryLineItNeedsIsThere()
    {
        string[] lines = ["radioBusy", "radioClock", "radioEvent", "radioMiso", "radioMosi", "radioReset", "radioSelect"];
        Sx1262Board wiring = new();
        foreach (Board board in Folder.Boards)
        {
            Assert.Equal(lines, board.Signals.Where(signal => signal.Port == "Radio").Select(signal => signal.Name).Order(StringComparer.Ordinal));
            Named radio = Assert.Single(board.Parts, part => part.What.Contains("SX1262", StringComparison.Ordinal));
            Assert.Equal(wiring.TcxoMillivolts > 0, radio.What.Contains("TCXO", StringComparison.Ordinal));
            Assert.Equal(wiring.IsDio2AntennaSwitch, radio.What.Contains("DIO2", StringComparison.Ordinal));
        }
    }

    // Zephyr, boards/heltec/heltec_wifi_lora32_v3: heltec_wifi_lora32_v3_procpu.dts and -pinctrl.dtsi.
    [Theory]
    [InlineData("radioSelect", 8)]
    [InlineData("radioClock", 9)]
    [InlineData("radioMosi", 10)]
    [InlineData("radioMiso", 11)]
    [InlineData("radioReset", 12)]
    [InlineData("radioBusy", 13)]
    [InlineData("radioEvent", 14)]
    [InlineData("displayData", 17)]
    [InlineData("displayClock", 18)]
    [InlineData("displayReset", 21)]
    [InlineData("statusLed", 35)]
    [InlineData("vextOff", 36)]
    [InlineData("batteryMeasureOff", 37)]
    [InlineData("batteryVoltage", 1)]
    [InlineData("userButton", 0)]
    [InlineData("serviceTransmit", 43)]
    [InlineData("serviceReceive", 44)]
    public void Given_TheBenchBoard_When_ASignalIsWiredOnIt_Then_ThePinIsThePublicOne(string signal, int pin) =>
        Assert.Equal(pin, Folder.Boards[0].Signals.Single(candidate => candidate.Name == signal).Pin);

    // ESP-IDF Programming Guide, GPIO table: GPIO0 to 21 and 26 to 48; strapping 0, 3, 45, 46; USB 19, 20; nanoFramework: eight PWM channels in pairs.
    [Fact]
    public void Given_TheChip_When_Read_Then_ItIsAsEspressifDescribesIt()
    {
        Chip chip = Assert.Single(Folder.Chips);

        Assert.Equal(45, chip.Pins.Count);
        Assert.DoesNotContain(22, chip.Pins);
        Assert.Equal([0, 3, 45, 46], chip.StrappingPins.Select(pin => pin.Pin));
        Assert.Equal([19, 20], chip.UsbPins);
        Assert.Equal(3, chip.BusUnits[BusKind.Uart]);
        Assert.Equal(2, chip.BusUnits[BusKind.I2c]);
        Assert.Equal((8, 2), (chip.PwmChannels, chip.PwmChannelsATimer));
        Assert.All(chip.Modules, module => Assert.Subset(chip.Pins.ToHashSet(), module.MemoryPins.ToHashSet()));
    }

    // 80 MHz x 256 / frequency / 2^bits, whole numbers, has to be more than 256, with 13 bits at most: nf-interpreter, GetOptimumResolution.
    [Theory]
    [InlineData(100, 13)]
    [InlineData(2000, 13)]
    [InlineData(9727, 13)]
    [InlineData(9728, 12)]
    [InlineData(20000, 11)]
    [InlineData(1000000, 6)]
    public void Given_AFrequency_When_TheStepsAreAsked_Then_TheyAreTheRuntimes(int frequencyHz, int bits) =>
        Assert.Equal(bits, Folder.Chips[0].PwmBitsAt(frequencyHz));

    [Fact]
    public void Given_EachPage_When_MadeAgain_Then_ItIsTheOneInTheRepository()
    {
        foreach ((string path, string text) in Folder.MakePages())
        {
            Assert.True(text == Repository.Text(path), path + " is out of date: dotnet run --project host-tools/BoardFiles -- write");
        }
    }

    [Fact]
    public void Given_AWiringTable_When_Read_Then_EverySignalHasItsRowWithPinAndWhatToConnect()
    {
        foreach (Board board in Folder.Boards)
        {
            string[] rows = Repository.Text(Path.ChangeExtension(board.File, ".md")).Split('\n');
            foreach (BoardSignal signal in board.Signals)
            {
                string row = Assert.Single(rows, line => line.StartsWith($"| `{signal.Name}` | {signal.Pin} |", StringComparison.Ordinal));
                Assert.Contains(signal.Connect, row, StringComparison.Ordinal);
            }
        }
    }
}
