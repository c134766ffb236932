// When a lighting day begins. Which program runs on it is the calendar's business.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// Lighting days: from local noon to local noon, 23 or 25 hours where the clock is changed in between. A lighting day is named by the
    /// local date on which it begins, as days since 1970-01-01.
    /// </summary>
    public static class LightingDay
    {
        /// <summary>Local noon in minutes of the day.</summary>
        public const int BeginMinute = 720;

        private const long MinuteMs = 60000;
        private const long NoonMs = BeginMinute * MinuteMs;

        /// <summary>The lighting day at a time.</summary>
        /// <param name="utcMs">UTC ms.</param>
        /// <param name="settings">Offset and daylight-saving rule.</param>
        public static int At(long utcMs, ControllerSettings settings)
        {
            long localMs = LocalTime.FromUtcMs(utcMs, settings.UtcOffsetMinutes, settings.DaylightSaving);
            int lightingDay = CivilDate.DayOf(localMs - NoonMs);

            // Where the clock is put back over noon (the EU's rule east of UTC+10), the hour before the second noon belongs to the day that
            // began at the first.
            return utcMs >= BeginUtcMs(lightingDay + 1, settings) ? lightingDay + 1 : lightingDay;
        }

        /// <summary>When a lighting day begins, UTC ms; the day before ends then.</summary>
        public static long BeginUtcMs(int lightingDay, ControllerSettings settings)
        {
            return ClockUtcMs(lightingDay, BeginMinute, settings);
        }

        /// <summary>When a clock time comes in a lighting day, UTC ms.</summary>
        /// <param name="lightingDay">The lighting day.</param>
        /// <param name="minuteOfDay">0 to 1439; before noon it is on the next date.</param>
        /// <param name="settings">Offset and daylight-saving rule.</param>
        public static long ClockUtcMs(int lightingDay, int minuteOfDay, ControllerSettings settings)
        {
            int date = minuteOfDay < BeginMinute ? lightingDay + 1 : lightingDay;
            long localMs = (date * CivilDate.DayMs) + (minuteOfDay * MinuteMs);
            return LocalTime.ToUtcMs(localMs, settings.UtcOffsetMinutes, settings.DaylightSaving);
        }
    }
}
