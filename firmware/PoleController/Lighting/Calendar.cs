// Which program runs on which lighting day: exception days first, then the rules in their order, else program 0. Data and look-up.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>The calendar: weekday rules and exception days. A lighting day is named by the local date on which it begins, at noon.</summary>
    public sealed class Calendar
    {
        /// <summary>Most rules.</summary>
        public const int MaximumRules = 8;

        /// <summary>Most exception days.</summary>
        public const int MaximumExceptionDays = 24;

        /// <summary>How many rules are in use.</summary>
        public int RuleCount;

        /// <summary>Of each rule, the weekdays as bits: bit 0 is Monday, bit 6 is Sunday.</summary>
        public readonly byte[] RuleWeekdayMask = new byte[MaximumRules];

        /// <summary>Of each rule, the first day of the year it holds, as month * 100 + day; 101 to 1231.</summary>
        public readonly short[] RuleFromMonthDay = new short[MaximumRules];

        /// <summary>Of each rule, the last day of the year it holds, as month * 100 + day; before the first it goes over the new year.</summary>
        public readonly short[] RuleToMonthDay = new short[MaximumRules];

        /// <summary>Of each rule, the program it selects.</summary>
        public readonly byte[] RuleProgram = new byte[MaximumRules];

        /// <summary>How many exception days are in use.</summary>
        public int ExceptionDayCount;

        /// <summary>Of each exception day, the year; 0 is every year.</summary>
        public readonly short[] ExceptionYear = new short[MaximumExceptionDays];

        /// <summary>Of each exception day, month * 100 + day.</summary>
        public readonly short[] ExceptionMonthDay = new short[MaximumExceptionDays];

        /// <summary>Of each exception day, the program it selects.</summary>
        public readonly byte[] ExceptionProgram = new byte[MaximumExceptionDays];

        /// <summary>The program of a lighting day: the first exception day that is this date, else the first rule that holds, else 0.</summary>
        /// <param name="lightingDay">The local date on which the lighting day begins, as days since 1970-01-01.</param>
        /// <returns>0 to 3; 0 also where the calendar selects a program that does not exist.</returns>
        public int ProgramOn(int lightingDay)
        {
            CivilDate.FromDays(lightingDay, out int year, out int month, out int day);
            int monthDay = (month * 100) + day;
            int program = ExceptionOn(year, monthDay);
            if (program < 0)
            {
                program = RuleOn(CivilDate.WeekdayOf(lightingDay), monthDay);
            }

            return program < 0 || program >= ControllerSettings.ProgramCount ? 0 : program;
        }

        private int ExceptionOn(int year, int monthDay)
        {
            for (int i = 0; i < ExceptionDayCount && i < MaximumExceptionDays; i++)
            {
                if (ExceptionMonthDay[i] == monthDay && (ExceptionYear[i] == 0 || ExceptionYear[i] == year))
                {
                    return ExceptionProgram[i];
                }
            }

            return -1;
        }

        private int RuleOn(int weekday, int monthDay)
        {
            for (int i = 0; i < RuleCount && i < MaximumRules; i++)
            {
                int from = RuleFromMonthDay[i];
                int to = RuleToMonthDay[i];
                bool isInSeason = from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;
                if (isInSeason && ((RuleWeekdayMask[i] >> weekday) & 1) != 0)
                {
                    return RuleProgram[i];
                }
            }

            return -1;
        }
    }
}
