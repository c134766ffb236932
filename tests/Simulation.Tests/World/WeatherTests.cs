// Made-up weather has the means it was given and hangs together as weather does; measured weather is what was measured.
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class WeatherTests
{
    private const long HourUs = 3_600_000_000;

    private static Scenario Days(int days, WeatherPlan plan) => new()
    {
        Name = "test",
        StartLocal = new DateTime(2026, 6, 1, 0, 0, 0),
        StartUtcMs = new TimeZoneRule().ToUtcMs(new DateTime(2026, 6, 1, 0, 0, 0)),
        DurationMs = days * 86_400_000L,
        Lamps = new LampSource { FilePath = "" },
        Weather = plan,
    };

    private static (WeatherModel Weather, AirSample[] Hours) Make(int days, WeatherPlan plan, long seed = 1)
    {
        WeatherModel weather = WeatherModel.Create(Days(days, plan), 51, 9, seed);
        return (weather, [.. Enumerable.Range(0, days * 24).Select(hour => weather.At(hour * HourUs))]);
    }

    [Fact]
    public void Means_are_those_that_were_asked_for()
    {
        WeatherPlan plan = new() { MeanDegrees = 12, DewPointDegrees = 4, PressureHectopascals = 1012, ElevationMetres = 0, RainHoursPerDay = 3, Pm25Micrograms = 12 };
        (_, AirSample[] hours) = Make(365, plan);

        Assert.InRange(hours.Average(air => air.TemperatureDegrees), 11.3, 12.7);
        Assert.InRange(hours.Average(air => air.PressurePascals), 101_200 - 150, 101_200 + 150);
        Assert.InRange(hours.Count(air => air.RainMillimetresPerHour > 0) / 365.0, 3 - 0.5, 3 + 0.5);
        Assert.InRange(hours.Average(air => air.Pm25Micrograms), 9, 14);
    }

    [Fact]
    public void It_is_warmest_in_the_afternoon_and_coldest_before_sunrise_and_swings_as_far_as_was_asked_for_under_a_clear_sky()
    {
        (_, AirSample[] hours) = Make(200, new WeatherPlan { SwingDegrees = 14 });
        double[] byHour = [.. Enumerable.Range(0, 24).Select(hour => Enumerable.Range(0, 200).Average(day => hours[(day * 24) + hour].TemperatureDegrees))];

        // At 9 degrees east solar time is 1 h 24 min behind summer time.
        Assert.InRange(Array.IndexOf(byHour, byHour.Max()), 15, 17);
        Assert.InRange(Array.IndexOf(byHour, byHour.Min()), 3, 6);
        double widestDay = Enumerable.Range(0, 200).Max(day => hours[(day * 24)..((day + 1) * 24)].Max(air => air.TemperatureDegrees) - hours[(day * 24)..((day + 1) * 24)].Min(air => air.TemperatureDegrees));
        Assert.InRange(widestDay, 10, 20);
    }

    [Fact]
    public void Humidity_fits_temperature_by_a_formula_of_somebody_else_and_dew_falls_in_cool_nights()
    {
        (_, AirSample[] hours) = Make(100, new WeatherPlan { MeanDegrees = 15, SwingDegrees = 14, DewPointDegrees = 10, RainHoursPerDay = 0 });
        Assert.All(hours, air => Assert.InRange(air.HumidityPercent, 5, 100));

        // Buck (1981) over water: the vapour pressure of unsaturated air changes little within a day, while the temperature swings.
        static double Vapour(AirSample air) => air.HumidityPercent / 100 * 6.1121 * Math.Exp((18.678 - (air.TemperatureDegrees / 234.5)) * air.TemperatureDegrees / (257.14 + air.TemperatureDegrees));
        double[] vapour = [.. hours.Where(air => air.HumidityPercent < 100).Select(Vapour)];
        Assert.InRange(vapour.Average(), 11.0, 13.5);

        AirSample[] nights = [.. hours.Where((_, hour) => hour % 24 is 3 or 4)];
        AirSample[] afternoons = [.. hours.Where((_, hour) => hour % 24 is 15 or 16)];
        Assert.True(nights.Average(air => air.HumidityPercent) > afternoons.Average(air => air.HumidityPercent) + 20);
        Assert.Contains(nights, air => air.HumidityPercent >= 99.9);
    }

    [Theory]
    [InlineData(20, 50, 9.26)]
    [InlineData(25, 80, 21.3)]
    [InlineData(0, 60, -6.85)]
    public void The_dew_point_is_that_of_published_tables(double degrees, double percent, double dewPoint)
    {
        Assert.Equal(dewPoint, MoistAir.DewPointDegrees(degrees, percent), 0.1);
        Assert.Equal(percent, MoistAir.HumidityPercent(degrees, MoistAir.DewPointDegrees(degrees, percent)), 0.001);
    }

    [Fact]
    public void Pressure_falls_with_height_as_in_the_standard_atmosphere()
    {
        (_, AirSample[] sea) = Make(60, new WeatherPlan { MeanDegrees = 15, ElevationMetres = 0 });
        (_, AirSample[] hill) = Make(60, new WeatherPlan { MeanDegrees = 15, ElevationMetres = 1000 });

        // ISO 2533: 1013.25 hPa at sea level, 898.75 hPa at 1,000 m.
        Assert.Equal(898.75 / 1013.25, hill.Average(air => air.PressurePascals) / sea.Average(air => air.PressurePascals), 0.003);
    }

    [Fact]
    public void Particles_are_fewer_in_the_rain_more_at_still_nights_and_larger_classes_hold_the_smaller()
    {
        (_, AirSample[] hours) = Make(365, new WeatherPlan { RainHoursPerDay = 3 });
        Assert.All(hours, air => Assert.True(air.Pm1Micrograms >= 0 && air.Pm1Micrograms <= air.Pm25Micrograms && air.Pm25Micrograms <= air.Pm4Micrograms && air.Pm4Micrograms <= air.Pm10Micrograms));
        Assert.True(hours.Where(air => air.RainMillimetresPerHour > 1).Average(air => air.Pm25Micrograms) < 0.9 * hours.Where(air => air.RainMillimetresPerHour == 0).Average(air => air.Pm25Micrograms));
        Assert.True(hours.Where((_, hour) => hour % 24 is 2 or 3).Average(air => air.CarbonDioxidePpm) > hours.Where((_, hour) => hour % 24 is 13 or 14).Average(air => air.CarbonDioxidePpm) + 8);
        Assert.All(hours, air => Assert.InRange(air.CarbonDioxidePpm, 425, 520));
    }

    [Fact]
    public void In_fog_the_air_is_saturated_and_only_then()
    {
        WeatherPlan plan = new() { MeanDegrees = 20, DewPointDegrees = 0, RainHoursPerDay = 0, Fogs = [new FogSpan { AtMs = 5 * 3_600_000, DurationMs = 2 * 3_600_000 }] };
        (WeatherModel weather, _) = Make(1, plan);

        Assert.True(weather.At(6 * HourUs).HumidityPercent > 99);
        Assert.True(weather.At(9 * HourUs).HumidityPercent < 90);
        Assert.True(MoistAir.ApparentMassFactor(99, 0.4) > 5, "a fivefold over-reading and more in fog");
        Assert.InRange(MoistAir.ApparentMassFactor(50, 0.4), 1.0, 1.3);
    }

    [Fact]
    public void Measured_values_are_met_at_their_times_and_gaps_are_said()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "time,degrees,humidity,pm25\n2026-06-01 00:00,10,90,5\n2026-06-01 06:00,16,,8\n2026-06-01 12:00,22,50,20\n");
            WeatherPlan plan = new() { File = new WeatherSource { FilePath = path, TemperatureColumn = "degrees", HumidityColumn = "humidity", Pm25Column = "pm25" } };
            (WeatherModel weather, _) = Make(1, plan);

            Assert.Equal(16, weather.At(6 * HourUs).TemperatureDegrees, 0.01);
            Assert.Equal(13, weather.At(3 * HourUs).TemperatureDegrees, 0.01);
            Assert.Equal(70, weather.At(6 * HourUs).HumidityPercent, 0.1);
            Assert.Equal(20, weather.At(12 * HourUs).Pm25Micrograms, 0.01);
            Assert.Equal(20, weather.At(20 * HourUs).Pm25Micrograms, 0.01);
            Assert.Contains(weather.Warnings, warning => warning.Contains("humidityPercent", StringComparison.Ordinal));

            WeatherPlan wrong = plan with { File = plan.File with { PressureColumn = "hpa" } };
            ScenarioException refused = Assert.Throws<ScenarioException>(() => Make(1, wrong));
            Assert.Contains("there is no column 'hpa'", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_air_at_poles_differs_a_little_and_holds_the_same_water()
    {
        (WeatherModel weather, _) = Make(1, new WeatherPlan { DewPointDegrees = 0, RainHoursPerDay = 0 });
        AirSample[] poles = [.. Enumerable.Range(0, 300).Select(pole => new LocalAir(weather, 1, pole).At(10 * HourUs))];
        AirSample district = weather.At(10 * HourUs);

        Assert.InRange(poles.Average(air => air.TemperatureDegrees) - district.TemperatureDegrees, -0.1, 0.1);
        Assert.InRange(poles.Average(air => Math.Log(air.Pm25Micrograms / district.Pm25Micrograms)), -0.05, 0.05);
        Assert.True(poles.Select(air => air.Pm25Micrograms).Distinct().Count() > 290);
        Assert.All(poles, air => Assert.Equal(
            MoistAir.DewPointDegrees(district.TemperatureDegrees, district.HumidityPercent), MoistAir.DewPointDegrees(air.TemperatureDegrees, air.HumidityPercent), 0.05));
    }
}
