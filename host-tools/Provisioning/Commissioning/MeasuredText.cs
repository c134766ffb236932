// Measured values for people: in usual units, with the decimal sign of the language. The unit is the end of the name, as everywhere in this project.
using System.Globalization;
using Provisioning.Language;

namespace Provisioning.Commissioning;

/// <summary>Writes measured values.</summary>
internal static class MeasuredText
{
    private static readonly (string Ending, double Divisor, int Decimals, string Unit)[] s_units =
    [
        ("DecimicrogramsPerCubicMetre", 10, 1, "µg/m³"), ("MilliwattHours", 1_000, 1, "Wh"), ("WattHours", 1, 0, "Wh"), ("Milliwatts", 1_000, 1, "W"), ("Millivolts", 1_000, 2, "V"),
        ("Milliamperes", 1_000, 3, "A"), ("Permille", 10, 1, "%"), ("Percent", 1, 0, "%"), ("Centidegrees", 100, 1, "°C"), ("Decidegrees", 10, 1, "°"), ("Microdegrees", 1_000_000, 6, "°"),
        ("Degrees", 1, 0, "°C"), ("Millimetres", 1_000, 3, "m"), ("Centimetres", 100, 2, "m"), ("Seconds", 1, 0, "s"), ("Ppm", 1, 0, "ppm"), ("Pascals", 100, 1, "hPa"), ("Millilux", 1_000, 1, "lx"),
        ("Milligravities", 1_000, 3, "g"), ("Dbm", 1, 0, "dBm"), ("QuarterDecibel", 4, 1, "dB"),
    ];

    private static readonly Dictionary<string, string> s_withoutUnit = new(StringComparer.Ordinal) { ["powerFactorPermille"] = "powerFactor" };

    /// <summary>A value with its name and unit.</summary>
    public static string Of(MeasuredValue value, TextCatalog texts, TextLanguage language)
    {
        if (!long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return $"{Name(value.Name, texts)} {Word(value.Value, texts)}";
        }

        if (s_withoutUnit.TryGetValue(value.Name, out string? ratio))
        {
            return $"{Name(ratio, texts)} {Decimal(number / 1000.0, 2, language)}";
        }

        foreach ((string ending, double divisor, int decimals, string unit) in s_units)
        {
            if (value.Name.EndsWith(ending, StringComparison.Ordinal) || value.Name.Equals(ending, StringComparison.OrdinalIgnoreCase))
            {
                string stem = value.Name.Length == ending.Length ? "" : Name(value.Name[..^ending.Length], texts) + " ";
                return $"{stem}{Decimal(number / divisor, decimals, language)} {unit}";
            }
        }

        return $"{Name(value.Name, texts)} {number.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>A number with the language's decimal sign.</summary>
    public static string Decimal(double value, int decimals, TextLanguage language)
    {
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return language == TextLanguage.German ? text.Replace('.', ',') : text;
    }

    private static string Name(string name, TextCatalog texts) => texts.Texts.GetValueOrDefault("protocol.value." + name) ?? name;

    private static string Word(string word, TextCatalog texts) => texts.Texts.GetValueOrDefault("protocol.word." + word) ?? word;
}
