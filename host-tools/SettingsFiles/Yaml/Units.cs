// Texts that carry units: durations, offsets, clock times, days. Knows no key and no limit.
using System.Globalization;

namespace SettingsFiles;

/// <summary>Reads values with units.</summary>
public static class Units
{
    /// <summary>A thousand years; what is longer is no duration of anything here.</summary>
    private const decimal MaximumMilliseconds = 365_250m * 86_400_000;

    private static readonly (string Suffix, decimal Milliseconds)[] DurationUnits =
        [("ms", 1), ("min", 60_000), ("s", 1000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a duration such as 30s or 1.5h. False when it is none, not a whole number of milliseconds, or longer than a thousand years.</summary>
    public static bool TryDuration(string text, out long milliseconds)
    {
        milliseconds = 0;
        foreach ((string suffix, decimal unit) in DurationUnits)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && text.Length > suffix.Length && char.IsAsciiDigit(text[text.Length - suffix.Length - 1]))
            {
                if (!decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
                {
                    return false;
                }

                if (number > MaximumMilliseconds / unit)
                {
                    return false;
                }

                decimal total = number * unit;
                milliseconds = (long)Math.Floor(total);
                return milliseconds == total;
            }
        }

        return false;
    }

    /// <summary>Reads an offset such as -15min as minutes.</summary>
    public static bool TryOffset(string text, out int minutes)
    {
        bool isNegative = text.StartsWith('-');
        bool isSigned = isNegative || text.StartsWith('+');
        minutes = 0;
        if (!TryDuration(isSigned ? text[1..] : text, out long milliseconds) || milliseconds % 60_000 != 0 || milliseconds > int.MaxValue)
        {
            return false;
        }

        minutes = (int)(milliseconds / 60_000) * (isNegative ? -1 : 1);
        return true;
    }

    /// <summary>Reads a clock time such as 23:00 as the minute of the day.</summary>
    public static bool TryClockTime(string text, out int minuteOfDay)
    {
        minuteOfDay = 0;
        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            return false;
        }

        minuteOfDay = (time.Hour * 60) + time.Minute;
        return true;
    }

    /// <summary>Reads a local date and time, with or without seconds.</summary>
    public static bool TryDateTime(string text, out DateTime local) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    /// <summary>Reads a date.</summary>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Reads a day of the year such as 02-29 as month * 100 + day.</summary>
    public static bool TryMonthDay(string text, out int monthDay)
    {
        // 2000 was a leap year: 02-29 is a day of the year.
        bool isDay = TryDate("2000-" + text, out DateOnly date);
        monthDay = (date.Month * 100) + date.Day;
        return isDay;
    }
}
