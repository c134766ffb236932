// Which program runs on which lighting day: exception days first, then the rules in their order, else program 0. Data and look-up.
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
    }
}
