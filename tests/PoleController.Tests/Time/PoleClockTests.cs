// Holdover: what the clock says of itself holds, with any crystal within its data sheet, and soon again with a worse one.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Time;

public sealed class PoleClockTests
{
    private const long Epoch = 1_782_079_200_000;
    private const long HourMs = 3_600_000;

    [Fact]
    public void Given_any_crystal_within_40_ppm_When_the_time_is_told_now_and_then_Then_the_error_is_never_more_than_stated()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            PoleClock clock = new();
            double ppm = (random.NextDouble() * 80) - 40;
            long trueMs = 0;
            for (int i = 0; i < 20; i++)
            {
                int uncertaintyMs = random.Next(5000);
                clock.Set(Uptime(trueMs, ppm), Epoch + trueMs + random.Next(-uncertaintyMs, uncertaintyMs + 1), uncertaintyMs);
                long endMs = trueMs + random.NextInt64(1, 40 * 24 * HourMs);
                for (int look = 0; look < 5; look++)
                {
                    trueMs += (endMs - trueMs) / 2;
                    AssertHolds(clock, trueMs, ppm);
                }
            }

            Assert.Equal(0, clock.BrokenPromiseCount);
            Assert.Equal(PoleClock.DriftPartsPerMillion, clock.AssumedDriftPartsPerMillion);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-150)]
    [InlineData(400)]
    public void Given_a_crystal_worse_than_its_data_sheet_When_a_day_has_shown_it_Then_the_clock_says_so_and_holds_its_word_again(int ppm)
    {
        PoleClock clock = new();
        clock.Set(0, Epoch, 100);
        long uptimeMs = Uptime(24 * HourMs, ppm);
        Assert.True(Math.Abs(clock.UtcMs(uptimeMs) - Epoch - (24 * HourMs)) > clock.UncertaintyMs(uptimeMs));
        clock.Set(uptimeMs, Epoch + (24 * HourMs), 100);
        Assert.Equal(1, clock.BrokenPromiseCount);
        for (int day = 1; day < 30; day++)
        {
            for (int hour = 1; hour <= 24; hour++)
            {
                AssertHolds(clock, ((day * 24) + hour) * HourMs, ppm);
            }

            clock.Set(Uptime((day + 1) * 24 * HourMs, ppm), Epoch + ((day + 1) * 24 * HourMs), 100);
        }

        Assert.Equal(1, clock.BrokenPromiseCount);
    }

    [Fact]
    public void Given_the_drift_was_somebody_elses_mistake_When_the_crystal_keeps_its_word_Then_the_clock_trusts_it_again()
    {
        PoleClock clock = new();
        clock.Set(0, Epoch, 100);
        clock.Set(24 * HourMs, Epoch + (24 * HourMs) + 18_000, 100);
        Assert.InRange(clock.AssumedDriftPartsPerMillion, 200, 220);
        for (int day = 2; day < 60; day++)
        {
            clock.Set(day * 24 * HourMs, Epoch + (day * 24 * HourMs), 100);
        }

        Assert.Equal(PoleClock.DriftPartsPerMillion, clock.AssumedDriftPartsPerMillion);
    }

    [Fact]
    public void Given_nobody_tells_the_time_When_it_goes_by_Then_the_uncertainty_is_three_and_a_half_seconds_a_day()
    {
        PoleClock clock = new();
        Assert.False(clock.IsKnown);
        clock.Set(1000, Epoch, 100);
        Assert.Equal(100, clock.UncertaintyMs(1000));
        Assert.Equal(100 + 3456, clock.UncertaintyMs(1000 + (24 * HourMs)));
        Assert.Equal(100 + (30 * 3456), clock.UncertaintyMs(1000 + (30 * 24 * HourMs)));
    }

    // From GPS second 1,167,264,018, which is 2017-01-01T00:00:00Z, there are 18 leap seconds (IERS Bulletin C 52).
    [Theory]
    [InlineData(1_167_264_018u, "2017-01-01T00:00:00Z")]
    [InlineData(1_400_000_000u, "2024-05-17T16:53:02Z")]
    public void Gps_time_is_ahead_of_UTC_by_the_leap_seconds(uint gpsS, string utc)
    {
        long utcMs = DateTimeOffset.Parse(utc, null).ToUnixTimeMilliseconds();
        Assert.Equal(utcMs, GpsTime.UtcMs(gpsS));
        Assert.Equal(gpsS, GpsTime.Seconds(utcMs));
        Assert.Equal(gpsS, GpsTime.Seconds(utcMs + 999));
    }

    private static void AssertHolds(PoleClock clock, long trueMs, double ppm)
    {
        long uptimeMs = Uptime(trueMs, ppm);
        long errorMs = Math.Abs(clock.UtcMs(uptimeMs) - Epoch - trueMs);
        Assert.True(errorMs <= clock.UncertaintyMs(uptimeMs) + 1, $"{errorMs} ms off after {trueMs} ms at {ppm} ppm");
    }

    private static long Uptime(long trueMs, double ppm) => trueMs + (long)(trueMs * ppm / 1e6);
}
