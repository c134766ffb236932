// The fields of a pole by name: read from text, written as text, compared. Import, export, the command line and the journal all go through here.
using System.Globalization;
using Provisioning.Problems;

namespace Provisioning.Poles;

/// <summary>A field of a pole.</summary>
public sealed class PoleField
{
    private readonly Func<Pole, string> _get;
    private readonly Func<Pole, string, (Pole?, Problem?)> _set;

    private PoleField(string name, Func<Pole, string> get, Func<Pole, string, (Pole?, Problem?)> set)
    {
        Name = name;
        _get = get;
        _set = set;
    }

    /// <summary>All fields that can be set, in the order of an export. The identifier is not one: it is what the pole is found by.</summary>
    public static IReadOnlyList<PoleField> All { get; } =
    [
        new("latitude", pole => Number(pole.Latitude), (pole, text) => Degrees(text, 90, value => pole with { Latitude = value })),
        new("longitude", pole => Number(pole.Longitude), (pole, text) => Degrees(text, 180, value => pole with { Longitude = value })),
        Text("street", pole => pole.Street, (pole, text) => pole with { Street = text }),
        Text("district", pole => pole.District, (pole, text) => pole with { District = text }),
        Text("luminaire", pole => pole.Luminaire, (pole, text) => pole with { Luminaire = text }),
        new("watts", pole => pole.FullPowerWatts is { } watts ? Number(watts) : "", Watts),
        Text("circuit", pole => pole.Circuit, (pole, text) => pole with { Circuit = text }),
        Text("owner", pole => pole.Owner, (pole, text) => pole with { Owner = text }),
        new("criticality", pole => ToText(pole.Criticality), (pole, text) => ReadCriticality(text) is { } value
            ? (pole with { Criticality = value }, null)
            : (null, new Problem("problem.pole.criticality"))),
        Text("group", pole => pole.Group, (pole, text) => pole with { Group = text }),
    ];

    /// <summary>Name, as options and files have it.</summary>
    public string Name { get; }

    /// <summary>The field of a name; null when there is none.</summary>
    public static PoleField? Find(string name) => All.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with an identifier; null when nothing is.</summary>
    public static Problem? CheckId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        bool isRight = id.Length is > 0 and <= Pole.LongestId && id.Trim().Length == id.Length && !id.Any(char.IsControl);
        return isRight ? null : new Problem(id.Length == 0 ? "problem.pole.idMissing" : "problem.pole.id") { Field = "id", Value = id };
    }

    /// <summary>The value as text; empty when there is none.</summary>
    public string Get(Pole pole) => _get(pole);

    /// <summary>A pole with the value that a text says; an empty text takes the value away where there may be none.</summary>
    /// <returns>The pole, or what is wrong with the text.</returns>
    public (Pole? Pole, Problem? Problem) Set(Pole pole, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Pole? changed, Problem? problem) = _set(pole, text.Trim());
        return (changed, problem is null ? null : problem with { Field = Name, Value = text });
    }

    /// <summary>The word of a criticality.</summary>
    public static string ToText(Criticality criticality) => criticality.ToString().ToLowerInvariant();

    internal static string Number(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);

    // Decimal point or decimal comma; no thousands separators, because 1.234 would be two things.
    internal static bool TryNumber(string text, out double value) =>
        double.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    private static PoleField Text(string name, Func<Pole, string?> get, Func<Pole, string?, Pole> set) => new(name, pole => get(pole) ?? "", (pole, text) =>
        text.Length > Pole.LongestText || text.Any(char.IsControl)
            ? (null, new Problem("problem.pole.text", Pole.LongestText.ToString(CultureInfo.InvariantCulture)))
            : (set(pole, text.Length == 0 ? null : text), null));

    // A workspace keeps seven decimals (a centimetre), so that what is read, kept and written again is the same.
    private static (Pole?, Problem?) Degrees(string text, int limit, Func<double, Pole> set)
    {
        if (text.Length == 0)
        {
            return (null, new Problem("problem.pole.positionMissing"));
        }

        return !TryNumber(text, out double value)
            ? (null, new Problem("problem.number"))
            : Math.Abs(value) > limit
                ? (null, new Problem("problem.pole.degrees", limit.ToString(CultureInfo.InvariantCulture)))
                : (set(Math.Round(value, 7)), null);
    }

    private static (Pole?, Problem?) Watts(Pole pole, string text)
    {
        if (text.Length == 0)
        {
            return (pole with { FullPowerWatts = null }, null);
        }

        return !TryNumber(text, out double value)
            ? (null, new Problem("problem.number"))
            : value is < 0 or > Pole.LargestWatts
                ? (null, new Problem("problem.pole.watts", Number(Pole.LargestWatts)))
                : (pole with { FullPowerWatts = Math.Round(value, 3) }, null);
    }

    // German words too: the lists are written by people.
    private static Criticality? ReadCriticality(string text) => text.ToUpperInvariant() switch
    {
        "" or "NORMAL" or "MEDIUM" or "MITTEL" => Criticality.Normal,
        "LOW" or "NIEDRIG" or "GERING" => Criticality.Low,
        "HIGH" or "HOCH" => Criticality.High,
        "CRITICAL" or "KRITISCH" => Criticality.Critical,
        _ => null,
    };
}
