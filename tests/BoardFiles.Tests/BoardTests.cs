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
        Assert.Equal(["bench-heltec-wifi-lora-32-v3", "pole-controller-r1", "pole-controller-r2"], Folder.Boards.Select(board => board.Name));
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
            IEnumerable<string> placed = board.Signals.SelectMany(signal => signal.Ports).Distinct()
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
            Assert.Equal(lines, board.Signals.Where(signal => signal.Serves("Radio")).Select(signal => signal.Name).Order(StringComparer.Ordinal));
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
    [InlineData("flashTransmit", 43)]
    [InlineData("flashReceive", 44)]
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
        Assert.Equal(Enumerable.Range(1, 10), chip.AdcPins);
        Assert.Equal([0, 1, 2, 3], chip.RmtTransmitChannels);
        Assert.Equal([4, 5, 6, 7], chip.RmtReceiveChannels);
        Assert.All(chip.Modules, module => Assert.Subset(chip.Pins.ToHashSet(), module.MemoryPins.ToHashSet()));
    }

    // The data sheets' addresses; LIS3DH with SA0 at ground, BME280 with SDO at ground.
    [Theory]
    [InlineData("VEML7700", 0x10)]
    [InlineData("LIS3DH", 0x18)]
    [InlineData("SPS30", 0x69)]
    [InlineData("SCD41", 0x62)]
    [InlineData("SGP41", 0x59)]
    [InlineData("BME280", 0x76)]
    public void Given_APartOnI2c_When_ItsAddressIsRead_Then_ItIsTheDataSheets(string part, int address)
    {
        foreach (Board board in Folder.Boards.Where(board => board.Name != "pole-controller-r1"))
        {
            Assert.Equal(address, Assert.Single(board.Buses.SelectMany(bus => bus.Devices), device => device.Part == part).Address);
        }
    }

    // Every port of the controller that a board can have is on the newest revision: what is missing is missing for a reason that is known here.
    [Fact]
    public void Given_TheNewestRevision_When_ItsPortsAreCounted_Then_OnlyASecondDimmerIsMissing() =>
        Assert.Equal([nameof(PoleHardware.WarmDimmer)], Folder.Boards.Single(board => board.Name == "pole-controller-r2").NotFitted.Select(port => port.Name));

    // The chip has two UARTs beside the runtime's. Each variant has the service port and one more, and no variant has both meter and radar.
    [Fact]
    public void Given_AVariant_When_ItsUartsAreCounted_Then_TheChipHasThem()
    {
        foreach (Board board in Folder.Boards.Where(board => board.Variants.Count > 0))
        {
            Assert.Equal(["metered", "counting", "container", "water"], board.Variants.Select(variant => variant.Name));
            foreach (BoardVariant variant in board.Variants)
            {
                List<BoardBus> uarts = [.. board.BusesOf(variant).Where(bus => bus.Kind == BusKind.Uart)];
                Assert.Equal([0, 1, 2], uarts.Select(bus => bus.Unit).Order());
                Assert.Contains(uarts, bus => bus.Name == "serviceUart");
            }
        }
    }

    [Fact]
    public void Given_TheConstantsOfABoard_When_Compared_Then_EachSignalHasItsPinAndTheDimmerItsFrequency()
    {
        foreach (Board board in Folder.Boards)
        {
            string text = Repository.Text($"firmware/PoleController.Esp32/Boards/{Output.PinConstants.ClassName(board)}.cs");
            foreach (BoardSignal signal in board.Signals)
            {
                string name = char.ToUpperInvariant(signal.Name[0]) + signal.Name[1..];
                Assert.Contains($"public const int {name}Pin = {signal.Pin};", text, StringComparison.Ordinal);
            }

            Assert.Contains("public const int DimmerPwmFrequencyHz = 2000;", text, StringComparison.Ordinal);
            Assert.Contains($"public const string BoardName = \"{board.Name}\";", text, StringComparison.Ordinal);
        }
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
            Assert.True(File.Exists(Path.Combine(Repository.Root, path)) && text == Repository.Text(path), path + " is out of date: dotnet run --project host-tools/BoardFiles -- write");
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
