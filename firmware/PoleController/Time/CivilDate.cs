// Calendar dates as numbers: days since 1970-01-01 to year, month, day and weekday, and back, in whole numbers only (proleptic
// Gregorian calendar). It knows nothing of time zones (LocalTime does).
namespace PoleController.Time
{
    /// <summary>Dates of the Gregorian calendar as days since 1970-01-01, for the years 1 to 9999.</summary>
    public static class CivilDate
    {
        /// <summary>Milliseconds of a day of 24 hours.</summary>
        public const long DayMs = 86400000;

        private const int DaysOf400Years = 146097;
        private const int DaysOf100Years = 36524;
        private const int DaysOf4Years = 1461;

        // From 0000-03-01 to 1970-01-01. Years are counted from March here, so that the leap day is the last day of its year.
        private const int DaysFromMarchOfYear0To1970 = 719468;

        /// <summary>The day on which a time lies: days since 1970-01-01, rounded down.</summary>
        /// <param name="timeMs">Milliseconds since 1970-01-01T00:00, local or UTC, also negative.</param>
        public static int DayOf(long timeMs)
        {
            return (int)FloorDivide(timeMs, DayMs);
        }

        /// <summary>Days since 1970-01-01 of a date.</summary>
        /// <param name="year">1 to 9999.</param>
        /// <param name="month">1 to 12.</param>
        /// <param name="day">1 to the month's last; a day beyond counts on into the next month.</param>
        public static int ToDays(int year, int month, int day)
        {
            int marchYear = month > 2 ? year : year - 1;
            int monthFromMarch = month > 2 ? month - 3 : month + 9;

            // 153 days are five months from March on: 31, 30, 31, 30, 31.
            int dayOfMarchYear = (((153 * monthFromMarch) + 2) / 5) + day - 1;
            return (marchYear * 365) + (marchYear / 4) - (marchYear / 100) + (marchYear / 400) + dayOfMarchYear - DaysFromMarchOfYear0To1970;
        }

        /// <summary>The date of a day.</summary>
        /// <param name="days">Days since 1970-01-01.</param>
        /// <param name="year">The year.</param>
        /// <param name="month">The month, 1 to 12.</param>
        /// <param name="day">The day of the month, 1 to 31.</param>
        public static void FromDays(int days, out int year, out int month, out int day)
        {
            int rest = days + DaysFromMarchOfYear0To1970;
            int cycles = rest / DaysOf400Years;
            rest -= cycles * DaysOf400Years;

            // The last day of 400 years, and of 4, is a leap day: it belongs to the century, and to the year, that ends with it.
            int centuries = rest / DaysOf100Years;
            centuries = centuries > 3 ? 3 : centuries;
            rest -= centuries * DaysOf100Years;
            int leapCycles = rest / DaysOf4Years;
            rest -= leapCycles * DaysOf4Years;
            int years = rest / 365;
            years = years > 3 ? 3 : years;
            rest -= years * 365;

            int monthFromMarch = ((5 * rest) + 2) / 153;
            day = rest - (((153 * monthFromMarch) + 2) / 5) + 1;
            month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
            year = (cycles * 400) + (centuries * 100) + (leapCycles * 4) + years + (month <= 2 ? 1 : 0);
        }

        /// <summary>The year in which a day lies.</summary>
        /// <param name="days">Days since 1970-01-01.</param>
        public static int YearOf(int days)
        {
            FromDays(days, out int year, out _, out _);
            return year;
        }

        /// <summary>The weekday: 0 is Monday, 6 is Sunday.</summary>
        /// <param name="days">Days since 1970-01-01, which was a Thursday.</param>
        public static int WeekdayOf(int days)
        {
            int weekday = (days + 3) % 7;
            return weekday < 0 ? weekday + 7 : weekday;
        }

        /// <summary>Whether a year has a 29th of February.</summary>
        /// <param name="year">1 to 9999.</param>
        public static bool IsLeapYear(int year)
        {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        }

        /// <summary>Days of a month.</summary>
        /// <param name="year">1 to 9999.</param>
        /// <param name="month">1 to 12.</param>
        public static int DaysInMonth(int year, int month)
        {
            switch (month)
            {
                case 2:
                    return IsLeapYear(year) ? 29 : 28;
                case 4:
                case 6:
                case 9:
                case 11:
                    return 30;
                default:
                    return 31;
            }
        }

        /// <summary>Divides and rounds down, also below zero.</summary>
        /// <param name="value">Any.</param>
        /// <param name="divisor">More than 0.</param>
        public static long FloorDivide(long value, long divisor)
        {
            long quotient = value / divisor;
            return value % divisor < 0 ? quotient - 1 : quotient;
        }
    }
}
