// Whether settings are valid, for what is read from the store, provisioned or commanded. The ranges of a section are known by its SettingsPart; those that
// commands share with it are here.
using PoleController.Lighting;
using PoleController.Time;

namespace PoleController.Settings
{
    /// <summary>Judges settings. Looks only at what is in use: entries beyond a count are not judged.</summary>
    public static class SettingsRules
    {
        /// <summary>Largest power of a luminaire that can be set: 5 kW.</summary>
        public const int MaximumLuminairePowerMilliwatts = 5000000;

        /// <summary>Earliest offset of standard time, UTC-12.</summary>
        public const int MinimumUtcOffsetMinutes = -720;

        /// <summary>Latest offset of standard time, UTC+14.</summary>
        public const int MaximumUtcOffsetMinutes = 840;

        /// <summary>First year an exception day can name.</summary>
        public const int FirstYear = 2000;

        /// <summary>Last year an exception day can name.</summary>
        public const int LastYear = 2099;

        private const int LastMinuteOfDay = 1439;
        private const int MaximumSunOffsetMinutes = 720;
        private const int FullLevelPermille = 1000;
        private const int AllOccurrences = 63;

        /// <summary>Judges all settings.</summary>
        /// <returns>The first fault, or <see cref="SettingsFault.None"/>.</returns>
        public static SettingsFault Validate(ControllerSettings settings)
        {
            if (settings.Revision < 0)
            {
                return SettingsFault.Revision;
            }

            SettingsFault fault = SettingsFault.None;
            for (int i = 0; i < settings.Parts.Length && fault == SettingsFault.None; i++)
            {
                fault = settings.Parts[i].Validate();
            }

            return fault;
        }

        /// <summary>Judges a program.</summary>
        /// <returns>The first fault, or <see cref="SettingsFault.None"/>.</returns>
        public static SettingsFault ValidateProgram(LightingProgram program)
        {
            if (!IsWithin(program.PointCount, 0, LightingProgram.MaximumPoints))
            {
                return SettingsFault.ProgramPointCount;
            }

            if (!IsWithin(program.FadeSeconds, 0, 3600))
            {
                return SettingsFault.ProgramFade;
            }

            for (int i = 0; i < program.PointCount; i++)
            {
                SettingsFault fault = ValidatePoint(
                    program.Reference[i], program.OffsetMinutes[i], program.LevelPermille[i], program.OccupancyLevelPermille[i]);
                if (fault != SettingsFault.None)
                {
                    return fault;
                }
            }

            return SettingsFault.None;
        }

        /// <summary>Judges one switching point by its values.</summary>
        /// <returns>The first fault, or <see cref="SettingsFault.None"/>.</returns>
        public static SettingsFault ValidatePoint(int reference, int offsetMinutes, int levelPermille, int occupancyLevelPermille)
        {
            if (!IsWithin(reference, (int)SwitchingReference.Clock, (int)SwitchingReference.Sunrise))
            {
                return SettingsFault.PointReference;
            }

            bool isClock = reference == (int)SwitchingReference.Clock;
            if (!IsWithin(offsetMinutes, isClock ? 0 : -MaximumSunOffsetMinutes, isClock ? LastMinuteOfDay : MaximumSunOffsetMinutes))
            {
                return SettingsFault.PointOffset;
            }

            return IsWithin(levelPermille, 0, FullLevelPermille) && IsWithin(occupancyLevelPermille, 0, FullLevelPermille)
                ? SettingsFault.None : SettingsFault.PointLevel;
        }

        /// <summary>Judges a calendar.</summary>
        /// <returns>The first fault, or <see cref="SettingsFault.None"/>.</returns>
        public static SettingsFault ValidateCalendar(Calendar calendar)
        {
            if (!IsWithin(calendar.RuleCount, 0, Calendar.MaximumRules)
                || !IsWithin(calendar.ExceptionDayCount, 0, Calendar.MaximumExceptionDays))
            {
                return SettingsFault.CalendarCount;
            }

            SettingsFault fault = SettingsFault.None;
            for (int i = 0; i < calendar.RuleCount && fault == SettingsFault.None; i++)
            {
                fault = ValidateRule(calendar, i);
            }

            for (int i = 0; i < calendar.ExceptionDayCount && fault == SettingsFault.None; i++)
            {
                fault = ValidateExceptionDay(calendar, i);
            }

            return fault;
        }

        /// <summary>Whether an offset from UTC can be set.</summary>
        public static bool IsUtcOffset(int utcOffsetMinutes)
        {
            return IsWithin(utcOffsetMinutes, MinimumUtcOffsetMinutes, MaximumUtcOffsetMinutes);
        }

        /// <summary>Whether a multicast group's window of answers can be set, in seconds.</summary>
        public static bool IsMulticastAnswerWindow(int windowSeconds)
        {
            return IsWithin(windowSeconds, 0, ControllerSettings.MaximumMulticastAnswerWindowSeconds);
        }

        /// <summary>Whether a value is in a range, both ends included.</summary>
        public static bool IsWithin(int value, int minimum, int maximum)
        {
            return value >= minimum && value <= maximum;
        }

        private static SettingsFault ValidateRule(Calendar calendar, int rule)
        {
            if (calendar.RuleOccurrenceMask[rule] > AllOccurrences)
            {
                return SettingsFault.CalendarWeekdays;
            }

            // A rule holds in every year, so it may name the 29th of February; 2000 was a leap year.
            if (!IsDate(2000, calendar.RuleFromMonthDay[rule]) || !IsDate(2000, calendar.RuleToMonthDay[rule]))
            {
                return SettingsFault.CalendarDate;
            }

            return calendar.RuleProgram[rule] < ControllerSettings.ProgramCount ? SettingsFault.None : SettingsFault.CalendarProgram;
        }

        private static SettingsFault ValidateExceptionDay(Calendar calendar, int exceptionDay)
        {
            if (!IsYearlyDate(calendar.ExceptionYear[exceptionDay], calendar.ExceptionMonthDay[exceptionDay]))
            {
                return SettingsFault.CalendarDate;
            }

            return calendar.ExceptionProgram[exceptionDay] < ControllerSettings.ProgramCount ? SettingsFault.None : SettingsFault.CalendarProgram;
        }

        /// <summary>Whether a date exists: in a year of 2000 to 2099, or in any year (0), also the 29th of February.</summary>
        internal static bool IsYearlyDate(int year, int monthDay)
        {
            bool isEveryYear = year == 0;
            return (isEveryYear || IsWithin(year, FirstYear, LastYear)) && IsDate(isEveryYear ? 2000 : year, monthDay);
        }

        /// <summary>Whether a level is within a smallest one and full, and whole in percent.</summary>
        internal static bool IsPercentLevel(int levelPermille, int minimumPermille)
        {
            return IsWithin(levelPermille, minimumPermille, FullLevelPermille) && levelPermille % 10 == 0;
        }

        private static bool IsDate(int year, int monthDay)
        {
            int month = monthDay / 100;
            int day = monthDay % 100;
            return IsWithin(month, 1, 12) && IsWithin(day, 1, CivilDate.DaysInMonth(year, month));
        }
    }
}
