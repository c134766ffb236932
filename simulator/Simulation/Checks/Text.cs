// Numbers as the checks say them: the same in every culture.
using System.Globalization;

namespace Simulation.Checks;

/// <summary>Formats numbers for people.</summary>
internal static class Text
{
    /// <summary>A percentage with one decimal.</summary>
    public static string Percent(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share of a whole; 100 % of nothing.</summary>
    public static double Share(long part, long whole) => whole == 0 ? 100 : 100.0 * part / whole;

    /// <summary>A duration in microseconds, in the unit that suits it.</summary>
    public static string Duration(long durationUs)
    {
        double seconds = durationUs / 1_000_000.0;
        return seconds switch
        {
            < 1 => (durationUs / 1000).ToString(CultureInfo.InvariantCulture) + " ms",
            < 120 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            < 7200 => (seconds / 60).ToString("0.0", CultureInfo.InvariantCulture) + " min",
            _ => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
        };
    }

    /// <summary>A whole number with its noun in singular or plural.</summary>
    public static string Count(long count, string singular) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? singular : singular + "s");
}
