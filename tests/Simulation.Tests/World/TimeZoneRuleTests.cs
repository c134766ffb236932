// Local time of scenarios against the time-zone database of the system, hour by hour.
using PoleController.Time;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.World;

public class TimeZoneRuleTests
{
    [Theory]
    [InlineData("Europe/Berlin", 60, DaylightSavingRule.EuropeanUnion)]
    [InlineData("Europe/Lisbon", 0, DaylightSavingRule.EuropeanUnion)]
    [InlineData("Europe/Helsinki", 120, DaylightSavingRule.EuropeanUnion)]
    [InlineData("America/New_York", -300, DaylightSavingRule.UnitedStates)]
    [InlineData("America/Los_Angeles", -480, DaylightSavingRule.UnitedStates)]
    [InlineData("Australia/Sydney", 600, DaylightSavingRule.AustraliaSouthEast)]
    [InlineData("Pacific/Auckland", 720, DaylightSavingRule.NewZealand)]
    [InlineData("America/Santiago", -240, DaylightSavingRule.Chile)]
    [InlineData("Asia/Kolkata", 330, DaylightSavingRule.None)]
    public void Local_time_is_that_of_the_time_zone_database(string name, int utcOffsetMinutes, DaylightSavingRule rule)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            Assert.Skip("this system has no time-zone database");
        }

        TimeZoneRule ours = new() { UtcOffsetMinutes = utcOffsetMinutes, DaylightSaving = rule };
        DateTime end = new(2029, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (DateTime utc = new(2024, 1, 1, 0, 30, 0, DateTimeKind.Utc); utc < end; utc = utc.AddHours(1))
        {
            long utcMs = (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone!);
            Assert.Equal(local, ours.ToLocal(utcMs));

            // A local time that occurs twice means its first occurrence.
            long backMs = ours.ToUtcMs(local);
            Assert.True(backMs == utcMs || (zone!.IsAmbiguousTime(local) && backMs == utcMs - 3_600_000), $"{name} {utc:u}");
        }
    }

    [Fact]
    public void A_time_that_does_not_occur_is_moved_on_by_the_missing_hour() =>
        Assert.Equal(new DateTime(2026, 3, 29, 3, 30, 0), new TimeZoneRule().ToLocal(new TimeZoneRule().ToUtcMs(new DateTime(2026, 3, 29, 2, 30, 0))));
}
