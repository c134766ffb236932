// Reads the published sun tables (NREL, US Naval Observatory) that lie beside the project; where they are absent the tests skip.
using System.Globalization;
using RepositoryFiles;

namespace PoleController.Tests.Lighting;

/// <summary>Which of the sun's events a row gives.</summary>
public enum SunEventKind
{
    Sunset,
    CivilDusk,
    CivilDawn,
    Sunrise,
}

/// <summary>One published event.</summary>
public sealed record PublishedSunEvent(string Source, double Latitude, double Longitude, SunEventKind Kind, long UtcMs);

/// <summary>One published day on which the sun neither rises nor sets, or the civil twilight neither begins nor ends.</summary>
public sealed record PublishedPolarDay(string Source, double Latitude, double Longitude, DateOnly Date, bool IsCivil, bool IsNight);

/// <summary>One published position.</summary>
public sealed record PublishedSunPosition(double Latitude, double Longitude, double ZenithDegrees, long UtcMs);

internal static class SolarTables
{
    public const string Nrel = "klausbrunner_sunrise_spa_reference_testdata.csv";
    public const string UsnoSunrise = "klausbrunner_sunrise_usno_reference_testdata.csv";
    public const string UsnoCivil = "klausbrunner_sunrise_usno_reference_testdata_civil.csv";
    public const string UsnoExtreme = "klausbrunner_sunrise_usno_reference_testdata_extreme.csv";
    public const string UsnoRiseSet = "cosinekitty_usno_sun_riseset.txt";
    public const string Twilight = "cosinekitty_twilight.txt";
    public const string NrelPositions = "klausbrunner_azimuth_zenith_spa_reference_testdata.csv";

    private const long DayMs = 86400000;

    public static IReadOnlyList<PublishedSunEvent> Events(string file)
    {
        return file switch
        {
            UsnoRiseSet => [.. Lines(file).Select(line => RiseSet(file, line))],
            Twilight => [.. Lines(file).SelectMany(line => TwilightRow(file, line))],
            Nrel => [.. Rows(file).SelectMany(row => NrelRow(file, row))],
            _ => [.. Rows(file).Where(row => row[3] == "NORMAL").SelectMany(row => UsnoRow(file, row))],
        };
    }

    public static IReadOnlyList<PublishedPolarDay> PolarDays(string file)
    {
        return [.. Rows(file).Where(row => row[3] != "NORMAL").Select(row => new PublishedPolarDay(
            file, Number(row[1]), Number(row[2]), DateOnly.FromDateTime(Time(row[0]).UtcDateTime), file == UsnoCivil, row[3] == "ALL_NIGHT"))];
    }

    public static IReadOnlyList<PublishedSunPosition> Positions()
    {
        return [.. Rows(NrelPositions).Select(row => new PublishedSunPosition(
            Number(row[1]), Number(row[2]), Number(row[4]), Time(row[0]).ToUnixTimeMilliseconds()))];
    }

    // Both tables give the events of the UTC date, also where sunset of that date comes before sunrise.
    private static IEnumerable<PublishedSunEvent> NrelRow(string file, string[] row)
    {
        if (row[3].Length == 0)
        {
            yield break;
        }

        long dateMs = CivilDay(row[0]);
        yield return new(file, Number(row[1]), Number(row[2]), SunEventKind.Sunrise, dateMs + ClockMs(row[3]));
        yield return new(file, Number(row[1]), Number(row[2]), SunEventKind.Sunset, dateMs + ClockMs(row[5]));
    }

    private static IEnumerable<PublishedSunEvent> UsnoRow(string file, string[] row)
    {
        long dateMs = CivilDay(row[0]);
        bool isCivil = file == UsnoCivil;
        yield return new(file, Number(row[1]), Number(row[2]), isCivil ? SunEventKind.CivilDawn : SunEventKind.Sunrise, dateMs + ClockMs(row[4]));
        yield return new(file, Number(row[1]), Number(row[2]), isCivil ? SunEventKind.CivilDusk : SunEventKind.Sunset, dateMs + ClockMs(row[5]));
    }

    // "Sun longitude latitude time r|s".
    private static PublishedSunEvent RiseSet(string file, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(file, Number(words[2]), Number(words[1]), words[4] == "r" ? SunEventKind.Sunrise : SunEventKind.Sunset, Time(words[3]).ToUnixTimeMilliseconds());
    }

    // "latitude longitude search-begin astronomical-dawn nautical-dawn civil-dawn civil-dusk nautical-dusk astronomical-dusk".
    private static IEnumerable<PublishedSunEvent> TwilightRow(string file, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        yield return new(file, Number(words[0]), Number(words[1]), SunEventKind.CivilDawn, Time(words[5]).ToUnixTimeMilliseconds());
        yield return new(file, Number(words[0]), Number(words[1]), SunEventKind.CivilDusk, Time(words[6]).ToUnixTimeMilliseconds());
    }

    private static IEnumerable<string[]> Rows(string file)
    {
        return Lines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split(','));
    }

    private static string[] Lines(string file)
    {
        string path = RepositoryRoot.SharedPathOrSkip("data", "solar", file);
        return [.. File.ReadAllLines(path).Where(line => line.Length > 0)];
    }

    private static double Number(string text)
    {
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Time(string text)
    {
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private static long CivilDay(string text)
    {
        long timeMs = Time(text).ToUnixTimeMilliseconds();
        return (long)Math.Floor(timeMs / (double)DayMs) * DayMs;
    }

    private static long ClockMs(string text)
    {
        return (long)TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalMilliseconds;
    }
}
