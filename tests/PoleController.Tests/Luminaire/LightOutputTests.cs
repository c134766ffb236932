// Constant light output, cleaning, virtual power output and derating against the plain formulas; no sequence of temperatures makes the lamp dark.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Luminaire;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Luminaire;

public sealed class LightOutputTests
{
    private readonly ControllerSettings _settings = new();

    [Theory]
    [InlineData(0, 800)]
    [InlineData(9999, 800)]
    [InlineData(10000, 800)]
    [InlineData(35000, 850)]
    [InlineData(60000, 900)]
    [InlineData(80000, 950)]
    [InlineData(100000, 1000)]
    [InlineData(150000, 1000)]
    public void Given_constant_light_output_When_the_lamp_ages_Then_full_light_follows_the_points(int hours, int expected)
    {
        Points((10000, 800), (60000, 900), (100000, 1000));
        LightOutput output = new(_settings.LightOutput);
        output.Update(hours, 1000);
        Assert.Equal(expected, output.OutputPermille(1000));
        Assert.Equal(expected / 2, output.OutputPermille(500));
    }

    [Fact]
    public void Given_virtual_power_cleaning_and_derating_When_together_Then_they_multiply()
    {
        LightOutputSettings settings = _settings.LightOutput;
        settings.VirtualPowerPermille = 800;
        settings.CleaningAllowancePermille = 100;
        settings.CleaningIntervalHours = 10000;
        settings.CleanedAtHours = 5000;
        LightOutput output = new(settings);
        output.Update(5000, 1000);
        Assert.Equal(720, output.OutputPermille(1000));
        output.Update(10000, 1000);
        Assert.Equal(760, output.OutputPermille(1000));
        output.Update(15000, 900);
        Assert.Equal(720, output.OutputPermille(1000));
    }

    [Fact]
    public void Given_any_settings_hours_and_derating_When_a_level_is_corrected_Then_it_is_the_product_never_dark_never_more_and_rises_with_the_level()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            Random random = new(seed);
            LightOutputSettings settings = Any(random);
            Assert.Equal(SettingsFault.None, settings.Validate());
            LightOutput output = new(settings);
            long hours = random.Next(250000);
            int derating = 100 + random.Next(901);
            output.Update(hours, derating);
            double factor = Factor(settings, hours) * derating / 1000.0;
            int last = 0;
            for (int level = 0; level <= 1000; level++)
            {
                int corrected = output.OutputPermille(level);
                Assert.True(level == 0 ? corrected == 0 : corrected >= 1 && corrected <= level);
                Assert.True(corrected >= last);
                Assert.InRange(corrected, Math.Max(level * factor, Math.Min(level, 10)) - 2.5, Math.Max(level * factor, Math.Min(level, 10)) + 2.5);
                last = corrected;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public void Given_something_too_hot_When_it_stays_so_Then_light_goes_down_a_step_a_minute_to_the_floor_and_back_once_it_is_cool()
    {
        Derating derating = new(_settings);
        List<int> steps = [];
        for (int minute = 0; minute < 8; minute++)
        {
            derating.Update(minute * 60000, 96, 80, 60, false);
            steps.Add(derating.Permille);
        }

        Assert.Equal([900, 800, 700, 600, 500, 500, 500, 500], steps);
        Assert.True(derating.IsTooHot);
        Assert.Equal(96, derating.HottestDegrees);
        derating.Update(480000, 90, 80, 60, false);
        Assert.Equal((500, true), (derating.Permille, derating.IsTooHot));
        derating.Update(540000, 87, 80, 60, true);
        Assert.Equal((500, true), (derating.Permille, derating.IsTooHot));
        derating.Update(600000, 87, 80, 60, false);
        Assert.Equal((600, false), (derating.Permille, derating.IsTooHot));
        derating.Update(600001, 87, 80, 60, false);
        Assert.Equal(600, derating.Permille);
    }

    [Fact]
    public void Given_any_temperatures_and_settings_When_derated_Then_the_floor_holds_and_an_alarm_ends_only_below_the_hysteresis()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            Random random = new(seed);
            ControllerSettings settings = new();
            settings.LightOutput.DeratingFloorPermille = 100 + random.Next(901);
            settings.LightOutput.DeratingStepPermille = 10 + random.Next(491);
            settings.Supervision.TemperatureHysteresisDegrees = 2 + random.Next(29);
            Derating derating = new(settings);
            bool wasHot = false;
            long nowMs = 0;
            for (int i = 0; i < 500; i++)
            {
                nowMs += random.Next(90000);
                int[] degrees = [.. Enumerable.Range(0, 3).Select(_ => random.Next(8) == 0 ? Derating.Unknown : random.Next(-60, 193))];
                int before = derating.Permille;
                derating.Update(nowMs, degrees[0], degrees[1], degrees[2], random.Next(4) == 0);
                Assert.InRange(derating.Permille, settings.LightOutput.DeratingFloorPermille, 1000);
                Assert.InRange(Math.Abs(derating.Permille - before), 0, settings.LightOutput.DeratingStepPermille);
                int[] limits = [settings.Supervision.GearLimitDegrees, settings.Supervision.LampLimitDegrees, settings.Supervision.BoardLimitDegrees];
                int[] excesses = [.. degrees.Zip(limits).Where(pair => pair.First != Derating.Unknown).Select(pair => pair.First - pair.Second)];
                bool isOver = excesses.Any(excess => excess > 0);
                Assert.True(!isOver || derating.IsTooHot);
                if (wasHot && !derating.IsTooHot)
                {
                    Assert.All(excesses, excess => Assert.True(excess <= -settings.Supervision.TemperatureHysteresisDegrees));
                }

                Assert.True(wasHot || !derating.IsTooHot || isOver);
                wasHot = derating.IsTooHot;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private void Points(params (int Hours, int Output)[] points)
    {
        _settings.LightOutput.PointCount = points.Length;
        for (int i = 0; i < points.Length; i++)
        {
            _settings.LightOutput.PointHours[i] = points[i].Hours;
            _settings.LightOutput.PointOutputPermille[i] = (ushort)points[i].Output;
        }

        Assert.Equal(SettingsFault.None, _settings.LightOutput.Validate());
    }

    private static LightOutputSettings Any(Random random)
    {
        LightOutputSettings settings = new()
        {
            VirtualPowerPermille = 100 + random.Next(901),
            CleaningAllowancePermille = random.Next(301),
            CleaningIntervalHours = 100 + random.Next(49901),
            CleanedAtHours = random.Next(200001),
            PointCount = random.Next(9),
        };
        int hours = random.Next(1000);
        int output = 500 + random.Next(300);
        for (int i = 0; i < settings.PointCount; i++)
        {
            settings.PointHours[i] = hours;
            settings.PointOutputPermille[i] = (ushort)(i == settings.PointCount - 1 ? 1000 : output);
            hours += 1 + random.Next(20000);
            output = Math.Min(1000, output + random.Next(100));
        }

        return settings;
    }

    private static double Factor(LightOutputSettings settings, long hours)
    {
        double constant = 1;
        for (int i = settings.PointCount - 1; i >= 0; i--)
        {
            if (hours <= settings.PointHours[i])
            {
                double before = i == 0 ? settings.PointOutputPermille[0] : settings.PointOutputPermille[i - 1];
                double from = i == 0 ? 0 : settings.PointHours[i - 1];
                double share = i == 0 ? 0 : Math.Max(0, (hours - from) / (settings.PointHours[i] - from));
                constant = (before + ((settings.PointOutputPermille[i] - before) * share)) / 1000;
            }
        }

        double since = Math.Clamp(hours - settings.CleanedAtHours, 0, settings.CleaningIntervalHours);
        double cleaning = 1 - (settings.CleaningAllowancePermille / 1000.0 * (1 - (since / settings.CleaningIntervalHours)));
        return constant * cleaning * settings.VirtualPowerPermille / 1000;
    }
}
