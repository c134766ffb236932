// Local time of a scenario: standard offset and daylight-saving rule. Written apart from the controller's PoleClock, so that one can be
// judged by the other.
using PoleController.Time;

namespace Simulation.Scenarios;

/// <summary>Offset and daylight-saving rule of the place, and the conversion between local wall time and UTC.</summary>
public sealed record TimeZoneRule
{
    private const long HourMs = 3_600_000;

    /// <summary>Standard time's offset from UTC in minutes, -720 to 840. Default 60.</summary>
    public int UtcOffsetMinutes { get; init; } = 60;

    /// <summary>The daylight-saving rule. Default European Union.</summary>
    public DaylightSavingRule DaylightSaving { get; init; } = DaylightSavingRule.EuropeanUnion;

    /// <summary>Local wall time minus UTC at a moment, in milliseconds.</summary>
    /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public long OffsetMsAt(long utcMs) => (UtcOffsetMinutes * 60_000L) + (IsDaylightSaving(utcMs) ? HourMs : 0);

    /// <summary>Local wall time of a moment.</summary>
    /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public DateTime ToLocal(long utcMs) => DateTime.UnixEpoch.AddMilliseconds(utcMs + OffsetMsAt(utcMs));

    /// <summary>
    /// The moment of a local wall time. A time that occurs twice (clocks go back) is the earlier one; a time that does not occur (clocks go
    /// forward) is moved on by the hour that is missing.
    /// </summary>
    /// <param name="local">Local wall time.</param>
    /// <returns>Milliseconds since 1970-01-01T00:00:00Z.</returns>
    public long ToUtcMs(DateTime local)
    {
        long localMs = (local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        long inSummer = localMs - (UtcOffsetMinutes * 60_000L) - HourMs;
        return IsDaylightSaving(inSummer) ? inSummer : inSummer + HourMs;
    }

    private bool IsDaylightSaving(long utcMs)
    {
        int year = DateTime.UnixEpoch.AddMilliseconds(utcMs + (UtcOffsetMinutes * 60_000L)).Year;
        switch (DaylightSaving)
        {
            case DaylightSavingRule.EuropeanUnion:
                // Directive 2000/84/EC: last Sunday of March to last Sunday of October, 01:00 UTC.
                return utcMs >= Ms(LastSunday(year, 3)) + HourMs && utcMs < Ms(LastSunday(year, 10)) + HourMs;
            case DaylightSavingRule.UnitedStates:
                // 15 U.S.C. 260a: second Sunday of March to first Sunday of November, 02:00 wall time: 02:00 and 01:00 standard time.
                long standardMs = utcMs + (UtcOffsetMinutes * 60_000L);
                return standardMs >= Ms(FirstSunday(year, 3).AddDays(7)) + (2 * HourMs) && standardMs < Ms(FirstSunday(year, 11)) + HourMs;
            case DaylightSavingRule.AustraliaSouthEast:
                // Not between the first Sunday of April and that of October, both 02:00 standard time.
                return !IsBetweenInStandardTime(utcMs, FirstSunday(year, 4), FirstSunday(year, 10));
            case DaylightSavingRule.NewZealand:
                return !IsBetweenInStandardTime(utcMs, FirstSunday(year, 4), LastSunday(year, 9));
            case DaylightSavingRule.Chile:
                // The night after the first Saturday, local midnight: 03:00 UTC out of daylight-saving time, 04:00 UTC into it.
                return utcMs < Ms(FirstSaturday(year, 4).AddDays(1)) + (3 * HourMs) || utcMs >= Ms(FirstSaturday(year, 9).AddDays(1)) + (4 * HourMs);
            default:
                return false;
        }
    }

    private bool IsBetweenInStandardTime(long utcMs, DateTime first, DateTime second)
    {
        long standardMs = utcMs + (UtcOffsetMinutes * 60_000L);
        return standardMs >= Ms(first) + (2 * HourMs) && standardMs < Ms(second) + (2 * HourMs);
    }

    private static long Ms(DateTime day) => (day.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private static DateTime FirstSunday(int year, int month)
    {
        DateTime first = new(year, month, 1);
        return first.AddDays((7 - (int)first.DayOfWeek) % 7);
    }

    private static DateTime FirstSaturday(int year, int month)
    {
        DateTime first = new(year, month, 1);
        return first.AddDays(6 - (int)first.DayOfWeek);
    }

    private static DateTime LastSunday(int year, int month)
    {
        DateTime last = new(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
