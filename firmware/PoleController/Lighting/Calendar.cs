// Which program runs on which lighting day: exception days first, then the rules in their order, else program 0. Data and look-up. Which days are
// public holidays it is told.
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

        /// <summary>In <see cref="RuleWeekdayMask"/>: the rule holds on public holidays.</summary>
        public const int HolidayBit = 128;

        /// <summary>In <see cref="RuleOccurrenceMask"/>: the last such weekday of the month.</summary>
        public const int LastOccurrenceBit = 32;

        /// <summary>How many rules are in use.</summary>
        public int RuleCount;

        /// <summary>
        /// Of each rule, the weekdays as bits: bit 0 is Monday, bit 6 is Sunday; with bit 7 the rule holds on public holidays too, whatever their weekday.
        /// </summary>
        public readonly byte[] RuleWeekdayMask = new byte[MaximumRules];

        /// <summary>
        /// Of each rule, which of a month's such weekdays are meant, as bits: bit 0 is the first, bit 4 the fifth, bit 5 the last; 0 is every. It narrows
        /// the weekdays, not the holidays.
        /// </summary>
        public readonly byte[] RuleOccurrenceMask = new byte[MaximumRules];

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
        /// <param name="isHoliday">Whether that date is a public holiday.</param>
        /// <returns>0 to 3; 0 also where the calendar selects a program that does not exist.</returns>
        public int ProgramOn(int lightingDay, bool isHoliday)
        {
            CivilDate.FromDays(lightingDay, out int year, out int month, out int day);
            int monthDay = (month * 100) + day;
            int program = ExceptionOn(year, monthDay);
            if (program < 0)
            {
                program = RuleOn(DayBits(lightingDay, isHoliday), OccurrenceBits(year, month, day), monthDay);
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

        private static int DayBits(int lightingDay, bool isHoliday)
        {
            return (1 << CivilDate.WeekdayOf(lightingDay)) | (isHoliday ? HolidayBit : 0);
        }

        private static int OccurrenceBits(int year, int month, int day)
        {
            return (1 << ((day - 1) / 7)) | (day + 7 > CivilDate.DaysInMonth(year, month) ? LastOccurrenceBit : 0);
        }

        private int RuleOn(int dayBits, int occurrenceBits, int monthDay)
        {
            for (int i = 0; i < RuleCount && i < MaximumRules; i++)
            {
                int from = RuleFromMonthDay[i];
                int to = RuleToMonthDay[i];
                bool isInSeason = from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;
                int matching = RuleWeekdayMask[i] & dayBits;
                bool isOccurrence = RuleOccurrenceMask[i] == 0 || (RuleOccurrenceMask[i] & occurrenceBits) != 0;
                if (isInSeason && ((matching & HolidayBit) != 0 || (matching != 0 && isOccurrence)))
                {
                    return RuleProgram[i];
                }
            }

            return -1;
        }
    }
}
