// Sentences about a schema: what kind of value it wants, and what to write. For messages and for the documentation.
using System.Globalization;
using System.Text.Json;

namespace Simulation.Scenarios;

/// <summary>Says in words what a schema wants.</summary>
internal static class SchemaText
{
    /// <summary>The kind of value, with its article: "a duration", "one of csv, geoJson".</summary>
    public static string Kind(SchemaNode schema)
    {
        if (schema.Title.Length > 0)
        {
            return ("aeiou".Contains(schema.Title[0], StringComparison.Ordinal) ? "an " : "a ") + schema.Title;
        }

        if (schema.Enum.Count > 0)
        {
            return schema.Enum.Count == 1 ? schema.Enum[0] : "one of " + string.Join(", ", schema.Enum.Select(Visible));
        }

        return schema.Types.Count == 0 ? "a value" : schema.Types[0] switch
        {
            "object" => "a map of keys and values",
            "array" => "a list",
            "number" => "a number",
            "integer" => "a whole number",
            "boolean" => "true or false",
            _ => "a text",
        };
    }

    /// <summary>What to write: description, range and an example.</summary>
    public static string Advice(SchemaNode schema)
    {
        string advice = schema.Description.Length > 0 ? schema.Description : "Write " + Kind(schema) + ".";
        string range = Range(schema);
        if (range.Length > 0)
        {
            advice += $" Allowed: {range}.";
        }

        if (schema.Examples.Count > 0 && schema.Examples[0].ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            advice += $" Example: {string.Join(" or ", schema.Examples.Where(example => example.ValueKind is JsonValueKind.String or JsonValueKind.Number))}.";
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
