// Sentences about a schema: what kind of value it wants, and what to write. For messages and for the documentation.
using System.Globalization;
using System.Text.Json;

namespace SettingsFiles;

/// <summary>Says in words what a schema wants.</summary>
public static class SchemaText
{
    /// <summary>The kind of value, with its article: "a duration", "one of csv, geoJson".</summary>
    public static Sentence Kind(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Title.Length > 0)
        {
            return new Sentence("file.kind." + schema.Title);
        }

        if (schema.Enum.Count > 0)
        {
            return schema.Enum.Count == 1 ? new Sentence("file.words", schema.Enum[0]) : new Sentence("file.kind.oneOf", string.Join(", ", schema.Enum.Select(Visible)));
        }

        return new Sentence("file.kind." + (schema.Types.Count == 0 ? "value" : schema.Types[0]));
    }

    /// <summary>What to write: description, range and an example.</summary>
    public static Sentence Advice(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Sentence advice = schema.Description.Length > 0
            ? schema.GermanDescription is { } german ? new Sentence("file.description", schema.Description, german) : new Sentence("file.englishDescription", schema.Description, Kind(schema))
            : new Sentence("file.writeKind", Kind(schema));
        string range = Range(schema);
        if (range.Length > 0)
        {
            advice = new Sentence("file.adviceRange", advice, range);
        }

        if (schema.Examples.Count > 0 && schema.Examples[0].ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            JsonElement[] examples = [.. schema.Examples.Where(example => example.ValueKind is JsonValueKind.String or JsonValueKind.Number)];
            object shown = examples.Skip(1).Aggregate((object)examples[0].ToString(), (left, right) => new Sentence("file.or", left, right.ToString()));
            advice = new Sentence("file.adviceExample", advice, shown);
        }

        return advice;
    }

    /// <summary>The range of values, empty when there is none.</summary>
    public static string Range(SchemaNode schema)
    {
        if (schema.Enum.Count > 0)
        {
            return string.Join(", ", schema.Enum.Select(Visible));
        }

        if (schema.Minimum is double least && schema.Maximum is double most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        }

        if (schema.Title == "duration" && schema.MaximumDuration is not null)
        {
            return $"{schema.MinimumDuration ?? "0s"} to {schema.MaximumDuration}";
        }

        if (schema.Title == "duration" && schema.MinimumDuration is not null)
        {
            return $"{schema.MinimumDuration} or more";
        }

        return schema.MaximumItems is int items ? $"{schema.MinimumItems ?? 0} to {items} entries" : "";
    }

    /// <summary>A text cut to a length.</summary>
    public static string Shorten(string text, int length)
    {
        string oneLine = text.ReplaceLineEndings(" ");
        return oneLine.Length <= length ? oneLine : oneLine[..(length - 3)] + "...";
    }

    private static string Visible(string word) => word == "\t" ? "\\t" : word;
}
