// Local time from UTC and back, by an offset and a daylight-saving rule. No time-zone history: the rules are those in force
// since 2007 (United States) and 1996 (European Union), carried on without end.
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
            if (asDaylightMs >= beginMs && asDaylightMs < endMs)
            {
                return asDaylightMs;
            }

            // In daylight-saving time as standard time only, so in neither: the hour that is left out.
            return asStandardMs >= beginMs && asStandardMs < endMs ? beginMs : asStandardMs;
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
            return utcMs >= BeginUtcMs(year, utcOffsetMinutes, daylightSaving) && utcMs < EndUtcMs(year, utcOffsetMinutes, daylightSaving);
        }

        private static bool HasDaylightSaving(int daylightSaving)
        {
            return daylightSaving == (int)DaylightSavingRule.EuropeanUnion || daylightSaving == (int)DaylightSavingRule.UnitedStates;
        }

        // Directive 2000/84/EC articles 2 and 3: 01:00 UTC wherever one is. 15 U.S.C. 260a: 02:00 of the wall clock, here standard time.
        private static long BeginUtcMs(int year, int utcOffsetMinutes, int daylightSaving)
        {
            if (daylightSaving == (int)DaylightSavingRule.EuropeanUnion)
            {
                return (LastSunday(year, 3) * CivilDate.DayMs) + (60 * MinuteMs);
            }

            return (FirstSunday(year, 3, 8) * CivilDate.DayMs) + ((120 - utcOffsetMinutes) * MinuteMs);
        }

        // As above; 02:00 of the wall clock is 01:00 standard time here.
        private static long EndUtcMs(int year, int utcOffsetMinutes, int daylightSaving)
        {
            if (daylightSaving == (int)DaylightSavingRule.EuropeanUnion)
            {
                return (LastSunday(year, 10) * CivilDate.DayMs) + (60 * MinuteMs);
            }

            return (FirstSunday(year, 11, 1) * CivilDate.DayMs) + ((60 - utcOffsetMinutes) * MinuteMs);
        }

        private static int FirstSunday(int year, int month, int fromDay)
        {
            int days = CivilDate.ToDays(year, month, fromDay);
            return days + Sunday - CivilDate.WeekdayOf(days);
        }

        // March and October have 31 days: the last seven begin with the 25th.
        private static int LastSunday(int year, int month)
        {
            return FirstSunday(year, month, 25);
        }
    }
}
