// The boards: which parts a fitting gives, the lamp first and lit, no pin for two things, and a whole bench with a simulated SX1262 whose join requests go on the air.
using System.Text;
using Esp32.Tests.Bench;
using Esp32.Tests.Storage;
using NanoFrameworkPackages;
using PoleController;
using PoleController.Boards;
using PoleController.Drivers;
using PoleController.Esp32.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Radio;

namespace Esp32.Tests.Boards;

public sealed class BoardTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly LittleFiles _files = new();
    private readonly BoardClock _clock;

    public BoardTests() => _clock = new BoardClock(_chip);

    public static TheoryData<string> Boards { get; } =
    [
        "bench-heltec-wifi-lora-32-v3", "pole-controller-r1 metered occupancy photocell",
        "bench-heltec-wifi-lora-32-v3 dali warm watchdog metered occupancy photocell climate particulates co2 gas accelerometer door thermometer service neighbours",
        "bench-heltec-wifi-lora-32-v3 dali warm watchdog counting pulse-metered occupancy photocell climate particulates co2 gas accelerometer door thermometer service neighbours",
        "bench-heltec-wifi-lora-32-v3 pulse-metered", "bench-heltec-wifi-lora-32-v3 counting", "bench-heltec-wifi-lora-32-v3 container", "bench-heltec-wifi-lora-32-v3 water",
        "pole-controller-r2", "pole-controller-r2 metered dali occupancy door photocell climate particulates co2 gas neighbours",
        "pole-controller-r2 counting occupancy", "pole-controller-r2 container dali warm", "pole-controller-r2 water",
    ];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Given_a_board_and_what_hangs_at_it_When_built_Then_every_word_is_understood_and_the_lamp_is_lit_before_anything_else(string line)
    {
        List<string> order = [];
        foreach (int pin in Enumerable.Range(0, 49))
        {
            _chip.PinAt(pin).OnDriven = () => order.Add($"pin {pin}");
        }

        (BoardFitting fitting, BoardParts? parts) = Build(line);

        Assert.NotNull(parts);
        Assert.Equal("", fitting.UnknownWord);
        Assert.Equal(fitting.BoardName, parts.Hardware.BoardName);
        SimulatedPwm dimmer = Assert.Single(_chip.Pwm.Values);
        Assert.Equal((2000, 10000u, true), (dimmer.FrequencyHz, dimmer.Duty, dimmer.IsStarted));
        int relayPin = fitting.BoardName == BenchHeltecWifiLora32V3Pins.BoardName ? BenchHeltecWifiLora32V3Pins.RelayOpenPin : PoleControllerR2Pins.RelayOpenPin;
        Assert.Equal($"pin {relayPin}", order[0]);
        Assert.DoesNotContain(true, _chip.PinAt(relayPin).Driven);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Given_a_board_When_built_Then_no_pin_has_two_uses(string line)
    {
        Build(line);

        // The pin that sees the DALI bus is read by the input and by the RMT unit; every other has one use.
        int[] open = [.. _chip.Pins.Where(pin => pin.Value.IsOpen).Select(pin => pin.Key)];
        int[] mapped = [.. _chip.Functions.Values];
        Assert.Equal(mapped.Distinct(), mapped);
        Assert.Empty(open.Intersect(mapped));
    }

    [Fact]
    public void Given_the_fittings_words_When_built_Then_each_gives_its_part_and_nothing_else()
    {
        PoleHardware bare = Build("pole-controller-r2").Parts!.Hardware;
        Assert.Null(bare.Meter);
        Assert.Null(bare.Photocell);
        Assert.Null(bare.Gear);
        Assert.Null(bare.Neighbours);
        Assert.NotNull(bare.SupplyVoltage);
        Assert.NotNull(bare.Accelerometer);

        _chip.Pins.Clear();
        PoleHardware hardware = Build("pole-controller-r2 dali warm water photocell neighbours\r\n").Parts!.Hardware;
        Assert.IsType<DaliGear>(hardware.Dimmer);
        Assert.Same(hardware.Dimmer, hardware.Gear);
        Assert.Same(hardware.WarmDimmer, hardware.WarmGear);
        Assert.IsType<Mb738x>(hardware.WaterLevel);
        Assert.NotNull(hardware.Neighbours);
        Assert.Null(hardware.Presence);
    }

    [Theory]
    [InlineData("counting pulse-metered", typeof(PulseMeter))]
    [InlineData("pulse-metered", typeof(PulseMeter))]
    [InlineData("pulse-metered metered", typeof(Bl0942))]
    [InlineData("counting", null)]
    public void Given_the_UART_for_the_radar_When_a_pulse_meter_is_fitted_Then_the_bench_has_both_and_a_meter_on_the_UART_goes_before_it(string words, Type? meter)
    {
        PoleHardware hardware = Build("bench-heltec-wifi-lora-32-v3 " + words).Parts!.Hardware;
        Assert.Equal(meter, hardware.Meter?.GetType());
        Assert.Equal(words.StartsWith("counting", StringComparison.Ordinal), hardware.Presence is not null);
    }

    [Fact]
    public void Given_a_bench_with_a_pulse_meter_and_no_counter_left_When_it_runs_Then_the_light_burns_and_the_meter_has_failed()
    {
        _chip.PulseUnitsLeft = 0;
        Controller controller = Run("bench-heltec-wifi-lora-32-v3 pulse-metered");
        Assert.Equal(HealthState.Failed, controller.Luminaire.Health.State);
        Assert.Equal(10000u, Assert.Single(_chip.Pwm.Values).Duty);
    }

    [Fact]
    public void Given_a_bench_with_a_pulse_meter_When_a_lamp_draws_40_W_Then_power_and_energy_are_the_luminaires()
    {
        // The bench file's circuit: 2.026 J a pulse (BL0937 data sheet).
        _chip.PulsesAt = pin => pin == BenchHeltecWifiLora32V3Pins.MeterPulsesPin ? (long)(_chip.TimeUs / 1e6 * 40 / 2.026) : 0;
        Controller controller = Run("bench-heltec-wifi-lora-32-v3 pulse-metered");
        Assert.Equal(HealthState.Ok, controller.Luminaire.Health.State);
        Assert.InRange(controller.Luminaire.PowerMilliwatts, 39_900, 40_100);
        Assert.InRange(controller.Luminaire.EnergyWattHours, 28, 30);
    }

    private Controller Run(string line)
    {
        (_, BoardParts? parts) = Build(line);
        _clock.EndMs = 45 * 60_000;
        Controller controller = new(parts!.Hardware);
        Assert.Throws<EndOfRunException>(() => new BoardLoop(_clock).RunSteps(parts, controller));
        return controller;
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("  \r\n", "", null)]
    [InlineData("somebody-elses-board metered", "somebody-elses-board", null)]
    [InlineData("pole-controller-r1 dali", "pole-controller-r1", "dali")]
    [InlineData("pole-controller-r2 metred", "pole-controller-r2", "metred")]
    public void Given_a_file_that_does_not_fit_When_built_Then_no_pin_is_driven_or_the_word_is_told(string line, string board, string? unknown)
    {
        (BoardFitting fitting, BoardParts? parts) = Build(line);
        Assert.Equal(board, fitting.BoardName);
        Assert.Equal(unknown is not null, parts is not null);
        if (unknown is null)
        {
            Assert.DoesNotContain(_chip.Pins.Values, pin => pin.IsOpen);
            Assert.Empty(_chip.Pwm);
        }
        else
        {
            Assert.Equal(unknown, fitting.UnknownWord);
        }
    }

    [Theory]
    [InlineData("pole-controller-r1")]
    [InlineData("pole-controller-r1 metered occupancy photocell")]
    [InlineData("pole-controller-r2")]
    [InlineData("pole-controller-r2 metered dali occupancy door photocell climate particulates co2 gas")]
    [InlineData("pole-controller-r2 counting occupancy")]
    [InlineData("pole-controller-r2 counting metered")]
    [InlineData("pole-controller-r2 gas")]
    public void Given_a_board_When_its_pole_is_simulated_by_its_files_Then_the_same_ports_are_there_as_on_the_chip(string line)
    {
        (_, BoardParts? parts) = Build(line);
        using ProvisionedFolder folder = new(line);
        Assert.Equal(Ports(parts!.Hardware), Ports(folder.Build().Poles[0].Parts.CreateHardware()));

        // The watchdog and the line to a technician are there when somebody is: polesim service.
        static IEnumerable<string> Ports(PoleHardware hardware) => typeof(PoleHardware).GetProperties()
            .Where(port => port.PropertyType.IsInterface && port.Name is not (nameof(PoleHardware.Watchdog) or nameof(PoleHardware.Service)) && port.GetValue(hardware) is not null)
            .Select(port => port.Name).Append(hardware.BoardName).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Given_any_bytes_in_the_file_When_read_Then_no_board_is_invented_and_nothing_throws()
    {
        Random random = new(11);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            _files.Put(BoardFitting.RecordName, bytes);
            BoardFitting fitting = BoardFitting.Read(new FileStore(_files));
            Assert.True(fitting.BoardName.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'));
            Assert.Null(BoardCatalog.Build(fitting, _clock, _files));
        }
    }

    [Fact]
    public void Given_a_bench_with_identity_and_radio_When_it_runs_Then_join_requests_of_its_DevEUI_are_on_the_air_and_the_light_burns()
    {
        LoRaWanIdentity identity = new() { IsProvisioned = true, Region = RegionId.Eu868 };
        Convert.FromHexString("70B3D57ED0001234").CopyTo(identity.DevEui, 0);
        Convert.FromHexString("0011223344556677").CopyTo(identity.JoinEui, 0);
        identity.AppKey[3] = 9;
        byte[] record = new byte[IdentityStore.RecordLength];
        IdentityStore.Encode(identity, record);
        _files.Put(IdentityStore.RecordName, record);
        UplinkBuffer air = new();
        Wire(new Sx1262Chip(new Antenna(0) { Uplinks = air }));

        (_, BoardParts? parts) = Build("bench-heltec-wifi-lora-32-v3");
        _clock.EndMs = 45 * 60_000;
        Assert.Throws<EndOfRunException>(() => new BoardLoop(_clock).RunSteps(parts!, new Controller(parts!.Hardware)));

        // LoRaWAN 1.0.4, section 7: at most 36 s in the first hour.
        Assert.InRange(air.Uplinks.Sum(uplink => uplink.EndUs - uplink.StartUs), 100_000, 36_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine("First join request, app-key as in the test: " + Convert.ToHexString(air.Uplinks[0].Frame.AsSpan(0, air.Uplinks[0].Length)));
        foreach (UplinkTransmission uplink in air.Uplinks)
        {
            // LoRaWAN 1.0.4, 6.2.5: MHDR 00, JoinEUI and DevEUI with the least significant byte first, DevNonce, MIC.
            Assert.Equal(23, uplink.Length);
            Assert.Equal("007766554433221100" + "341200D07ED5B370", Convert.ToHexString(uplink.Frame.AsSpan(0, 17)));
            Assert.InRange(uplink.FrequencyHz, 867_000_000, 869_000_000);
        }

        SimulatedPwm dimmer = Assert.Single(_chip.Pwm.Values);
        Assert.Equal(10000u, dimmer.Duty);
        Assert.False(_chip.PinAt(BenchHeltecWifiLora32V3Pins.RelayOpenPin).IsHigh);
    }

    private void Wire(Sx1262Chip radio)
    {
        SimulatedPin reset = _chip.PinAt(BenchHeltecWifiLora32V3Pins.RadioResetPin);
        reset.OnDriven = () => Timed(radio).ResetLine.TrySet(!reset.IsHigh);
        _chip.PinAt(BenchHeltecWifiLora32V3Pins.RadioBusyPin).Source = () => Timed(radio).Busy.IsActive;
        _chip.PinAt(BenchHeltecWifiLora32V3Pins.RadioEventPin).Source = () => Timed(radio).Dio1.IsActive;
        _chip.Spi = sent =>
        {
            byte[] bytes = [.. sent];
            Assert.True(Timed(radio).TryTransfer(bytes, bytes.Length));
            return bytes;
        };
        _clock.Moved = timeUs => radio.Advance(timeUs);
    }

    private Sx1262Chip Timed(Sx1262Chip radio)
    {
        radio.SetTime((long)_chip.TimeUs);
        return radio;
    }

    private (BoardFitting Fitting, BoardParts? Parts) Build(string line)
    {
        _files.Put(BoardFitting.RecordName, Encoding.ASCII.GetBytes(line));
        BoardFitting fitting = BoardFitting.Read(new FileStore(_files));
        return (fitting, BoardCatalog.Build(fitting, _clock, _files));
    }
}
