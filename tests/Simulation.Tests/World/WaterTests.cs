// Water: floods reach their height when they should, waves come back to the level, files are followed.
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class WaterTests
{
    private const long HourUs = 3_600_000_000;

    private static readonly Scenario Run = new()
    {
        Name = "test",
        StartLocal = new DateTime(2026, 3, 1, 0, 0, 0),
        StartUtcMs = new TimeZoneRule().ToUtcMs(new DateTime(2026, 3, 1, 0, 0, 0)),
        DurationMs = 3 * 86_400_000L,
        Lamps = new LampSource { FilePath = "" },
    };

    private static readonly WeatherModel Weather = WeatherModel.Create(Run, 51, 9, 1);

    [Fact]
    public void A_flood_rises_to_its_height_in_its_time_and_falls_to_a_third_in_its_own()
    {
        WaterPlan plan = new() { BaseCentimetres = 80, UnrestCentimetres = 0, Floods = [new FloodWave { AtMs = 6 * 3_600_000, HeightCentimetres = 150, RiseMs = 4 * 3_600_000, FallMs = 10 * 3_600_000 }] };
        WaterModel water = new(plan, null, Weather, 1, 0);

        Assert.Equal(80, water.LevelCentimetresAt(6 * HourUs), 0.001);
        Assert.Equal(155, water.LevelCentimetresAt(8 * HourUs), 0.001);
        Assert.Equal(230, water.LevelCentimetresAt(10 * HourUs), 0.001);
        Assert.Equal(80 + (150 / Math.E), water.LevelCentimetresAt(20 * HourUs), 0.001);
        for (long us = 6 * HourUs; us < 10 * HourUs; us += HourUs / 60)
        {
            Assert.True(water.LevelCentimetresAt(us + (HourUs / 60)) > water.LevelCentimetresAt(us));
        }
    }

    [Fact]
    public void Waves_are_as_high_as_was_asked_for_and_mean_nothing_over_a_minute()
    {
        WaterPlan plan = new() { UnrestCentimetres = 0, WaveCentimetres = 10 };
        WaterModel water = new(plan, null, Weather, 1, 0);
        double[] offs = [.. Enumerable.Range(0, 6000).Select(i => water.DistanceMillimetresAt((5 * HourUs) + (i * 10_000L)) - ((400 - 80) * 10))];
        double factor = Math.Min(3, Weather.At(5 * HourUs).WindMetresPerSecond / 4);

        Assert.InRange(offs.Average(), -3 * factor, 3 * factor);
        Assert.InRange((offs.Max() - offs.Min()) / factor, 50, 115);
    }

    [Fact]
    public void A_measured_course_is_followed()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "time;level\n2026-03-01 00:00;60\n2026-03-01 12:00;180\n");
            WaterModel water = new(new WaterPlan(), LevelFile.Load(new LevelSource { FilePath = path }, Run), Weather, 1, 0);
            Assert.Equal(60, water.LevelCentimetresAt(0), 0.001);
            Assert.Equal(120, water.LevelCentimetresAt(6 * HourUs), 0.001);
            Assert.Equal(180, water.LevelCentimetresAt(30 * HourUs), 0.001);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
