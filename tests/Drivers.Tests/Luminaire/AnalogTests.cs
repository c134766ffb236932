// 0-10 V over a simulated stage, measured in volts; the board's thermometer against a data sheet's table.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class AnalogTests
{
    [Theory]
    [InlineData(1000, 10.0)]
    [InlineData(500, 5.5)]
    [InlineData(0, 0.0)]
    [InlineData(1, 1.009)]
    public void Given_no_calibration_When_dimmed_Then_1_to_10_volts_are_the_lowest_to_full_light(int level, double volts)
    {
        AnalogStage stage = new(_ => { });
        Assert.True(new AnalogDimmer(stage).TrySetLevel(level));
        Assert.InRange(stage.Volts, volts - 0.01, volts + 0.01);
    }

    [Fact]
    public void Given_a_stage_and_gear_that_are_off_When_calibrated_with_eight_points_Then_the_light_is_the_level()
    {
        int light = 0;
        AnalogStage stage = new(permille => light = permille) { IsLogarithmic = true, GainErrorPermille = -30 };
        AnalogDimmer dimmer = new(stage);
        dimmer.TrySetLevel(300);
        Assert.InRange(light, 20, 60);

        // As a technician does it: drive a duty, measure the light, write both down.
        ushort[] levels = new ushort[8];
        ushort[] duties = [1200, 4000, 5800, 7000, 8000, 8800, 9500, 10000];
        for (int i = 0; i < 8; i++)
        {
            stage.TrySetDuty(duties[i] * 100);
            levels[i] = (ushort)(light * 1000L / LightAtFullDuty(stage));
        }

        dimmer.SetCalibration(levels, duties, 8);
        Assert.InRange(light, 240, 300);
        foreach (int level in new[] { 100, 200, 400, 600, 800, 1000 })
        {
            dimmer.TrySetLevel(level);
            Assert.InRange(light * 1000.0 / LightAtFullDuty(stage), level - 45, level + 45);
        }
    }

    [Fact]
    public void Given_any_calibration_When_the_level_rises_Then_the_duty_never_falls_and_stays_in_range()
    {
        Gen<(int Level, int Duty)[]> points = Gen.Choose(0, 8).SelectMany(count => Gen.ArrayOf(
            Gen.Choose(1, 1000).SelectMany(level => Gen.Choose(0, 10000).Select(duty => (level, duty))), count));
        Prop.ForAll(Arb.From(points), raw =>
        {
            int[] levels = [.. raw.Select(point => point.Level).Distinct().Order()];
            int[] duties = [.. raw.Select(point => point.Duty).Order().Take(levels.Length)];
            AnalogDimmer dimmer = new(new AnalogStage(_ => { }));
            dimmer.SetCalibration([.. levels.Select(level => (ushort)level)], [.. duties.Select(duty => (ushort)duty)], levels.Length);
            int last = 0;
            for (int level = -5; level <= 1005; level++)
            {
                int duty = dimmer.DutyTenThousandths(level);
                Assert.InRange(duty, last, 10000);
                last = duty;
            }

            for (int i = 0; i < levels.Length; i++)
            {
                Assert.Equal(duties[i], dimmer.DutyTenThousandths(levels[i]));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_a_board_that_cannot_set_the_duty_When_dimmed_Then_it_is_refused()
    {
        Assert.False(new AnalogDimmer(new AnalogStage(_ => { }) { Refuses = true }).TrySetLevel(500));
    }

    [Theory]
    [InlineData(DimmingWire.Open, 1000)]
    [InlineData(DimmingWire.Shorted, 10)]
    public void Given_a_broken_wire_When_dimmed_Then_the_gear_does_what_the_standard_says(DimmingWire wire, int expected)
    {
        int light = -1;
        AnalogStage stage = new(permille => light = permille) { Wire = wire };
        new AnalogDimmer(stage).TrySetLevel(400);
        Assert.Equal(expected, light);
    }

    // Zephyr's table of thermistors of 10 kOhm and B 3974 (dts/common/zephyr,thermistor-R25-10000-B-3974), and Vishay's NTCLE317E4103SBA at 85 degrees.
    [Theory]
    [InlineData(3974, -25, 146676)]
    [InlineData(3974, -5, 44424)]
    [InlineData(3974, 25, 10000)]
    [InlineData(3974, 55, 2956)]
    [InlineData(3974, 85, 1072)]
    [InlineData(3974, 105, 596)]
    [InlineData(3974, 125, 351)]
    [InlineData(3984, 85, 1066)]
    public void Given_an_NTC_of_a_published_table_When_read_Then_the_temperature_is_that_of_the_table(int beta, int degrees, int ohms)
    {
        int millivolts = (int)Math.Round(3300.0 * ohms / (ohms + 10000));
        Assert.True(BoardThermometer.Ntc(new Voltage(millivolts), 3300, beta).TryRead(out int centidegrees));
        Assert.InRange(centidegrees, (degrees * 100) - 20, (degrees * 100) + 20);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(750, 2500)]
    [InlineData(100, -4000)]
    [InlineData(1750, 12500)]
    public void Given_a_TMP36_When_read_Then_the_voltage_is_the_temperature_of_its_data_sheet(int millivolts, int centidegrees)
    {
        Assert.True(BoardThermometer.Linear(new Voltage(millivolts), 500, 10000).TryRead(out int read));
        Assert.Equal(centidegrees, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3300)]
    [InlineData(3299)]
    [InlineData(1)]
    [InlineData(-5)]
    [InlineData(5000)]
    public void Given_an_NTC_that_is_open_or_shorted_When_read_Then_there_is_no_temperature(int millivolts)
    {
        Assert.False(BoardThermometer.Ntc(new Voltage(millivolts), 3300, 3434).TryRead(out _));
    }

    private static int LightAtFullDuty(AnalogStage stage)
    {
        double volts = 10.0 * (1000 + stage.GainErrorPermille) / 1000;
        return (int)Math.Round(stage.LowestPermille * Math.Pow(1000 / stage.LowestPermille, Math.Clamp((volts - 1) / 9, 0, 1)));
    }

    private sealed class Voltage(int value) : IAnalogInput
    {
        public bool TryRead(out int millivolts)
        {
            millivolts = value;
            return true;
        }
    }
}
