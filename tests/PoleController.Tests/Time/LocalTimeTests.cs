// LocalTime against the IANA time-zone data in NodaTime, 2024 to 2040, with every minute around the changes.
using NodaTime;
using NodaTime.TimeZones;
using PoleController.Time;
using Xunit;
using LocalTime = PoleController.Time.LocalTime;

namespace PoleController.Tests.Time;

public sealed class LocalTimeTests
{
    private const long HourMs = 3600000;
    private const long MinuteMs = 60000;

    private static readonly LocalDateTime Epoch = new(1970, 1, 1, 0, 0);

    public static TheoryData<string, int, DaylightSavingRule> Zones => new()
    {
        { "Europe/Berlin", 60, DaylightSavingRule.EuropeanUnion },
        { "Europe/London", 0, DaylightSavingRule.EuropeanUnion },
        { "Europe/Lisbon", 0, DaylightSavingRule.EuropeanUnion },
        { "Europe/Helsinki", 120, DaylightSavingRule.EuropeanUnion },
        { "America/New_York", -300, DaylightSavingRule.UnitedStates },
        { "America/Anchorage", -540, DaylightSavingRule.UnitedStates },
        { "Australia/Sydney", 600, DaylightSavingRule.AustraliaSouthEast },
        { "Australia/Hobart", 600, DaylightSavingRule.AustraliaSouthEast },
        { "Australia/Adelaide", 570, DaylightSavingRule.AustraliaSouthEast },
        { "Pacific/Auckland", 720, DaylightSavingRule.NewZealand },
        { "America/Santiago", -240, DaylightSavingRule.Chile },
        { "Asia/Kolkata", 330, DaylightSavingRule.None },
        { "Pacific/Kiritimati", 840, DaylightSavingRule.None },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_hour_of_UTC_has_the_local_time_of_the_zone(string id, int utcOffsetMinutes, DaylightSavingRule rule)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
        foreach (long utcMs in Instants(zone))
        {
            long expectedMs = utcMs + (long)zone.GetUtcOffset(Instant.FromUnixTimeMilliseconds(utcMs)).ToTimeSpan().TotalMilliseconds;
            long localMs = LocalTime.FromUtcMs(utcMs, utcOffsetMinutes, (int)rule);
            Assert.True(expectedMs == localMs, $"{id} {Instant.FromUnixTimeMilliseconds(utcMs)}: {localMs - utcMs} ms instead of {expectedMs - utcMs} ms");
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_hour_of_the_wall_clock_has_the_instant_of_the_zone(string id, int utcOffsetMinutes, DaylightSavingRule rule)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
        ZoneLocalMappingResolver resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
        foreach (long utcMs in Instants(zone))
        {
            // The instants plus the standard offset: as wall times these include every minute that is left out or repeated.
            long localMs = utcMs + (utcOffsetMinutes * MinuteMs);
            LocalDateTime local = Epoch.PlusMilliseconds(localMs);
            long expectedMs = zone.ResolveLocal(local, resolver).ToInstant().ToUnixTimeMilliseconds();
            Assert.True(expectedMs == LocalTime.ToUtcMs(localMs, utcOffsetMinutes, (int)rule), $"{id} {local}");
        }
    }

    [Fact]
    public void A_wall_time_that_is_left_out_is_the_instant_of_the_jump()
    {
        long jumpUtcMs = Utc(2026, 3, 29, 1, 0);
        Assert.Equal(jumpUtcMs, LocalTime.ToUtcMs(Utc(2026, 3, 29, 2, 30), 60, (int)DaylightSavingRule.EuropeanUnion));
        Assert.Equal(Utc(2026, 3, 29, 3, 0), LocalTime.FromUtcMs(jumpUtcMs, 60, (int)DaylightSavingRule.EuropeanUnion));
    }

    [Fact]
    public void A_wall_time_that_exists_twice_is_the_first()
    {
        Assert.Equal(Utc(2026, 10, 25, 0, 30), LocalTime.ToUtcMs(Utc(2026, 10, 25, 2, 30), 60, (int)DaylightSavingRule.EuropeanUnion));
    }

    [Fact]
    public void An_unknown_rule_is_no_daylight_saving()
    {
        long summerUtcMs = Utc(2026, 7, 1, 0, 0);
        Assert.Equal(summerUtcMs + HourMs, LocalTime.FromUtcMs(summerUtcMs, 60, 99));
        Assert.Equal(summerUtcMs, LocalTime.ToUtcMs(summerUtcMs + HourMs, 60, 99));
    }

    private static long Utc(int year, int month, int day, int hour, int minute)
    {
        return new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    // Every full hour of the years, and every minute of three hours before and after each change, with the last millisecond before it.
    private static IEnumerable<long> Instants(DateTimeZone zone)
    {
        long firstUtcMs = Utc(2024, 1, 1, 0, 0);
        long endUtcMs = Utc(2041, 1, 1, 0, 0);
        for (long utcMs = firstUtcMs; utcMs < endUtcMs; utcMs += HourMs)
        {
            yield return utcMs;
        }

        Instant first = Instant.FromUnixTimeMilliseconds(firstUtcMs);
        foreach (ZoneInterval interval in zone.GetZoneIntervals(first, Instant.FromUnixTimeMilliseconds(endUtcMs)))
        {
            if (!interval.HasStart || interval.Start < first)
            {
                continue;
            }

            long changeUtcMs = interval.Start.ToUnixTimeMilliseconds();
            yield return changeUtcMs - 1;
            for (long utcMs = changeUtcMs - (3 * HourMs); utcMs <= changeUtcMs + (3 * HourMs); utcMs += MinuteMs)
            {
                yield return utcMs;
            }
        }
    }
}
