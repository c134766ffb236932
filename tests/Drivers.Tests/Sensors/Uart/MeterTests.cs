// What the luminaire's supervision relies on from the energy meters beyond what holds for every UART sensor.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class MeterTests
{
    [Theory]
    [InlineData("BL0942", 1_000_000, 3)]
    [InlineData("BL0942", 150_000, 3)]
    [InlineData("BL0942", 500, 3)]
    [InlineData("BL0942", 0, 0)]
    [InlineData("BL0942", -42_000, 3)]
    [InlineData("CSE7766", 1_000_000, 200)]
    [InlineData("CSE7766", 150_000, 5)]
    [InlineData("CSE7766", 10_000, 3)]
    [InlineData("CSE7766", 5_000, 3)]
    [InlineData("CSE7766", 0, 0)]
    public void Given_a_load_Then_its_power_is_measured(string name, int milliwatts, int toleranceMilliwatts)
    {
        UartBench bench = Bench(name, out UartCase.Load load);
        load.PowerMilliwatts = milliwatts;
        bench.Sample(4_000);
        bench.RunFor(1_000);
        bench.Sample(4_000);

        // A shunt the wrong way round is no reason to be blind.
        Assert.Equal(Math.Abs(milliwatts), Reading(bench).PowerMilliwatts, (double)toleranceMilliwatts);
    }

    [Theory]
    [InlineData("BL0942", 200)]
    [InlineData("CSE7766", 5)]
    public void Given_a_day_of_readings_Then_energy_adds_up(string name, int toleranceMilliwattHours)
    {
        UartBench bench = Bench(name, out UartCase.Load load);
        load.EnergyMilliwattHours = 5_000_000;
        bench.Sample(1_000);
        long before = Reading(bench).EnergyMilliwattHours;
        for (int minute = 1; minute <= 1440; minute++)
        {
            bench.RunFor((minute * 60_000L) - bench.NowMs);
            load.EnergyMilliwattHours += 42_000 / 60;
            bench.Sample(1_000);
        }

        Assert.Equal(1440 * 700, Reading(bench).EnergyMilliwattHours - before, (double)toleranceMilliwattHours);
    }

    [Theory]
    [InlineData("BL0942")]
    [InlineData("CSE7766")]
    public void Given_a_meter_that_restarts_Then_no_energy_is_invented(string name)
    {
        UartBench bench = Bench(name, out UartCase.Load load);
        bench.Sample(1_000);
        load.EnergyMilliwattHours = 700;
        bench.RunFor(60_000);
        bench.Sample(1_000);
        long before = Reading(bench).EnergyMilliwattHours;
        bench.Port.Part!.IsSupplied = false;
        bench.RunFor(5_000);
        bench.Port.Part.IsSupplied = true;
        bench.RunFor(5_000);
        bench.Sample(5_000);
        Assert.InRange(Reading(bench).EnergyMilliwattHours, 0, before);
    }

    [Fact]
    public void Given_a_chip_with_another_mode_Then_it_is_not_a_BL0942_in_order()
    {
        UartBench bench = Bench("BL0942", out _);
        Assert.True(bench.Port.TryWrite([0xA8, 0x19, 0x00, 0x40, 0x00, 0x00], 6));
        bench.RunUntilFailed(3_000);
        Assert.Equal((SensorFaultKind.WrongPart, Bl0942.ModeRegister, 0x4000), (bench.Sensor.LastFault.Kind, bench.Sensor.LastFault.Code, bench.Sensor.LastFault.Value));
    }

    [Fact]
    public void Given_a_BL0942_at_another_address_Then_it_does_not_answer()
    {
        UartBench bench = new(clock => new Bl0942Part(clock, new UartCase.Load(), 2), uart => new Bl0942(uart, new Bl0942Scale(), 0));
        bench.RunUntilFailed(3_000);
        Assert.Equal(SensorFaultKind.NoAnswer, bench.Sensor.LastFault.Kind);
    }

    private static UartBench Bench(string name, out UartCase.Load load)
    {
        UartCase.Load made = new();
        load = made;
        return name == "BL0942"
            ? new(clock => new Bl0942Part(clock, made), uart => new Bl0942(uart, new Bl0942Scale(), 0))
            : new(clock => new Cse7766Part(clock, made), uart => new Cse7766(uart));
    }

    private static LuminaireReading Reading(UartBench bench) => ((ILuminaireMeter)bench.Sensor).Reading;
}
