// Local time from UTC and back, by an offset and a daylight-saving rule. No time-zone history: the rules are those in force
// since 2007 (United States, New Zealand), 2008 (Australia), 1996 (European Union) and 2023 (Chile), carried on without end.
namespace PoleController.Time
{
    /// <summary>
    /// Local wall time as milliseconds since 1970-01-01T00:00 of the local calendar. Where the clock is put forward, a wall time that does not
    /// exist is taken as the instant of the jump, so that the order of wall times is kept; where it is put back, a wall time that exists twice
    /// is the first.
    /// </summary>
    public static class LocalTime
    {
        /// <summary>How far daylight-saving time is ahead of standard time, in milliseconds.</summary>
        public const long DaylightSavingMs = 3600000;

        private const long MinuteMs = 60000;
        private const int Sunday = 6;
        private const int Utc = 0;
        private const int StandardTime = 1;
        private const int ChangeLength = 8;

        // By rule: begin, then end, each as the month, the day at or after which the Sunday comes (of the last Sunday: the seventh day before the
        // month's end), the minute of that day, and what it is counted in. The laws are named at DaylightSavingRule.
        private static readonly byte[] Changes =
        {
            0, 0, 0, 0, 0, 0, 0, 0,
            3, 25, 60, Utc, 10, 25, 60, Utc,
            3, 8, 120, StandardTime, 11, 1, 60, StandardTime,
            10, 1, 120, StandardTime, 4, 1, 120, StandardTime,
            9, 24, 120, StandardTime, 4, 1, 120, StandardTime,
            9, 2, 240, Utc, 4, 2, 180, Utc,
        };

        /// <summary>Local wall time of an instant.</summary>
        /// <param name="utcMs">UTC in milliseconds since 1970.</param>
        /// <param name="utcOffsetMinutes">Standard time's offset from UTC.</param>
        /// <param name="daylightSaving">A <see cref="DaylightSavingRule"/>; an unknown value is none.</param>
        public static long FromUtcMs(long utcMs, int utcOffsetMinutes, int daylightSaving)
        {
            long standardMs = utcMs + (utcOffsetMinutes * MinuteMs);
            return IsDaylightSaving(utcMs, utcOffsetMinutes, daylightSaving) ? standardMs + DaylightSavingMs : standardMs;
        }

        /// <summary>The instant of a local wall time.</summary>
        /// <param name="localMs">Local wall time in milliseconds since 1970.</param>
        /// <param name="utcOffsetMinutes">Standard time's offset from UTC.</param>
        /// <param name="daylightSaving">A <see cref="DaylightSavingRule"/>; an unknown value is none.</param>
        /// <returns>UTC in milliseconds since 1970.</returns>
        public static long ToUtcMs(long localMs, int utcOffsetMinutes, int daylightSaving)
        {
            long asStandardMs = localMs - (utcOffsetMinutes * MinuteMs);
            if (!HasDaylightSaving(daylightSaving))
            {
                return asStandardMs;
            }

            int year = CivilDate.YearOf(CivilDate.DayOf(localMs));
            long beginMs = BeginUtcMs(year, utcOffsetMinutes, daylightSaving);
            long endMs = EndUtcMs(year, utcOffsetMinutes, daylightSaving);
            long asDaylightMs = asStandardMs - DaylightSavingMs;
            if (IsBetween(asDaylightMs, beginMs, endMs))
            {
                return asDaylightMs;
            }

            // In daylight-saving time as standard time only, so in neither: the hour that is left out.
            return IsBetween(asStandardMs, beginMs, endMs) ? beginMs : asStandardMs;
        }

        /// <summary>Whether daylight-saving time is in force.</summary>
        /// <param name="utcMs">UTC in milliseconds since 1970.</param>
        /// <param name="utcOffsetMinutes">Standard time's offset from UTC.</param>
        /// <param name="daylightSaving">A <see cref="DaylightSavingRule"/>; an unknown value is none.</param>
        public static bool IsDaylightSaving(long utcMs, int utcOffsetMinutes, int daylightSaving)
        {
            if (!HasDaylightSaving(daylightSaving))
            {
                return false;
            }

            int year = CivilDate.YearOf(CivilDate.DayOf(utcMs + (utcOffsetMinutes * MinuteMs)));
            return IsBetween(utcMs, BeginUtcMs(year, utcOffsetMinutes, daylightSaving), EndUtcMs(year, utcOffsetMinutes, daylightSaving));
        }

        private static bool HasDaylightSaving(int daylightSaving)
        {
            return daylightSaving > (int)DaylightSavingRule.None && daylightSaving <= (int)DaylightSavingRule.Chile;
        }

        // Where summer is at the turn of the year the year begins and ends in daylight-saving time.
        private static bool IsBetween(long utcMs, long beginMs, long endMs)
        {
            return beginMs < endMs ? utcMs >= beginMs && utcMs < endMs : utcMs >= beginMs || utcMs < endMs;
        }

        private static long BeginUtcMs(int year, int utcOffsetMinutes, int daylightSaving)
        {
            return ChangeUtcMs(year, utcOffsetMinutes, daylightSaving * ChangeLength);
        }

        private static long EndUtcMs(int year, int utcOffsetMinutes, int daylightSaving)
        {
            return ChangeUtcMs(year, utcOffsetMinutes, (daylightSaving * ChangeLength) + (ChangeLength / 2));
        }

        // The first Sunday at or after a day of a month, at a time that is UTC or standard time.
        private static long ChangeUtcMs(int year, int utcOffsetMinutes, int change)
        {
            long dayMs = FirstSunday(year, Changes[change], Changes[change + 1]) * CivilDate.DayMs;
            int standardMinutes = Changes[change + 3] == StandardTime ? utcOffsetMinutes : 0;
            return dayMs + ((Changes[change + 2] - standardMinutes) * MinuteMs);
        }

        private static int FirstSunday(int year, int month, int fromDay)
        {
            int days = CivilDate.ToDays(year, month, fromDay);
            return days + Sunday - CivilDate.WeekdayOf(days);
        }
    }
}
