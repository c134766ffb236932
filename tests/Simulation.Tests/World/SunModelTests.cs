// The world's sun against the tables of the US Naval Observatory and NREL, and daylight against published values.
using System.Globalization;
using Simulation.Tests.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class SunModelTests
{
    private const long DayMs = 86_400_000;
    private const double MinuteMs = 60_000;

    [Theory]
    [InlineData("klausbrunner_sunrise_usno_reference_testdata.csv", SunModel.HorizonDegrees)]
    [InlineData("klausbrunner_sunrise_usno_reference_testdata_civil.csv", SunModel.CivilTwilightDegrees)]
    public void Nights_begin_and_end_within_90_seconds_of_the_Naval_Observatory_s_tables(string file, double altitudeDegrees)
    {
        int compared = 0;
        foreach (string[] row in Rows("solar/" + file).Where(row => row[3] == "NORMAL"))
        {
            (double latitude, double longitude) = (Number(row[1]), Number(row[2]));
            if (Math.Abs(latitude) > 65)
            {
                continue;
            }

            // The table's row is a day of UTC: both times are the events of that day.
            long fromMs = Utc(row[0]) - (DayMs / 2);
            IReadOnlyList<Night> nights = SunModel.NightsBetween(fromMs - DayMs, fromMs + (2 * DayMs), latitude, longitude, altitudeDegrees);
            AssertNear(nights.Single(night => IsWithin(night.ToUtcMs, fromMs)).ToUtcMs, row[4], row);
            AssertNear(nights.Single(night => IsWithin(night.FromUtcMs, fromMs)).FromUtcMs, row[5], row);
            compared++;
        }

        Assert.True(compared > 50, $"only {compared} rows were compared");
    }

    [Fact]
    public void Altitudes_agree_with_NREL_s_reference_within_two_hundredths_of_a_degree()
    {
        // Columns of the file: date, latitude, longitude, azimuth, zenith. The formulae hold from 1950 to 2050. The reference includes
        // refraction: G. G. Bennett's, in the form of T. Saemundsson (Sky and Telescope 72, 1986), is added to ours.
        int compared = 0;
        long from = Utc("1950-01-01T00:00:00Z");
        long to = Utc("2050-01-01T00:00:00Z");
        foreach (string[] row in Rows("solar/klausbrunner_azimuth_zenith_spa_reference_testdata.csv").Where(row => Utc(row[0]) > from && Utc(row[0]) < to))
        {
            double reference = 90 - Number(row[4]);
            double altitude = SunModel.AltitudeDegrees(Utc(row[0]), Number(row[1]), Number(row[2]));
            if (altitude is > -1 and < 3)
            {
                continue;
            }

            double refraction = altitude > 0 ? 1.02 / 60 / Math.Tan((altitude + (10.3 / (altitude + 5.11))) * Math.PI / 180) : 0;
            Assert.Equal(reference, altitude + refraction, 0.02);
            compared++;
        }

        Assert.True(compared > 100, $"only {compared} rows were compared");
    }

    [Fact]
    public void Polar_day_and_polar_night_are_no_night_and_one_night()
    {
        long june = Utc("2026-06-20T12:00:00Z");
        long december = Utc("2026-12-20T12:00:00Z");

        Assert.Empty(SunModel.NightsBetween(june, june + (3 * DayMs), 78.2, 15.6));
        Assert.Equal([new Night(december, december + (3 * DayMs))], SunModel.NightsBetween(december, december + (3 * DayMs), 78.2, 15.6));
    }

    [Fact]
    public void A_summer_night_at_the_district_is_one_night()
    {
        long noon = Utc("2026-06-20T10:00:00Z");
        Night night = Assert.Single(SunModel.NightsBetween(noon, noon + DayMs, 51, 9));

        Assert.InRange(night.FromUtcMs, Utc("2026-06-20T20:20:00Z"), Utc("2026-06-20T20:35:00Z"));
        Assert.InRange(night.ToUtcMs, Utc("2026-06-21T02:15:00Z"), Utc("2026-06-21T02:31:00Z"));
    }

    [Theory]
    [InlineData(90, 100_000, 140_000)]
    [InlineData(10, 8_000, 14_000)]
    [InlineData(-0.833, 350, 600)]
    [InlineData(-6, 2.5, 4.5)]
    [InlineData(-12, 0.006, 0.010)]
    [InlineData(-18, 0.0005, 0.0008)]
    [InlineData(-40, 0.0005, 0.0008)]
    public void Illuminance_is_what_the_literature_says(double altitudeDegrees, double least, double most) =>
        Assert.InRange(DaylightModel.IlluminanceLux(altitudeDegrees), least, most);

    [Fact]
    public void Illuminance_never_falls_while_the_sun_rises_and_has_no_jumps()
    {
        double before = DaylightModel.IlluminanceLux(-30);
        for (double altitude = -29.9; altitude <= 90; altitude += 0.1)
        {
            double now = DaylightModel.IlluminanceLux(altitude);
            Assert.InRange(now / before, 0.98, 1.25);
            before = now;
        }
    }

    [Fact]
    public void The_table_of_a_run_follows_the_sun()
    {
        long start = Utc("2026-06-20T10:00:00Z");
        DaylightModel daylight = new(51, 9, start, DayMs);
        Night night = Assert.Single(SunModel.NightsBetween(start, start + DayMs, 51, 9));

        Assert.InRange(daylight.IlluminanceMilliluxAtUtc(night.FromUtcMs), 3000, 3900);
        Assert.InRange(daylight.IlluminanceMilliluxAtUtc(night.ToUtcMs), 3000, 3900);
        Assert.True(daylight.IlluminanceMillilux(0) > 50_000_000);
        Assert.InRange(daylight.IlluminanceMillilux(long.MaxValue), 50_000_000, 130_000_000);
        Assert.Equal(daylight.IlluminanceMillilux(0), daylight.IlluminanceMillilux(-5));
    }

    private static bool IsWithin(long utcMs, long fromMs) => utcMs >= fromMs && utcMs < fromMs + DayMs;

    private static void AssertNear(long eventUtcMs, string clockTime, string[] row)
    {
        // The table is rounded to a minute: half of it comes on top of nothing, 90 s cover both.
        double expectedMs = TimeOnly.ParseExact(clockTime, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalMilliseconds;
        double differenceMs = Math.Abs(Math.IEEERemainder(eventUtcMs - expectedMs, DayMs));
        Assert.True(differenceMs <= 1.5 * MinuteMs, $"{string.Join(',', row)}: {differenceMs / 1000:0} s from {clockTime}");
    }

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(ScenarioFiles.SharedData(file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
