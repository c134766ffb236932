// Writes the examples of the schema as YAML, the way a person would.
using System.Text;
using System.Text.Json;
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>JSON values as YAML.</summary>
internal static class ExampleYaml
{
    private const int MaximumFlowLength = 100;

    /// <summary>A key and its value, as lines that end with a line end.</summary>
    public static string Write(string key, JsonElement value)
    {
        StringBuilder text = new();
        WriteEntry(text, "", key, value);
        return text.ToString();
    }

    /// <summary>A value on one line.</summary>
    public static string Flow(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when !value.EnumerateObject().Any() => "{}",
        JsonValueKind.Object => "{ " + string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name}: {Flow(property.Value)}")) + " }",
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Flow)) + "]",
        JsonValueKind.String => Scalar(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static void WriteEntry(StringBuilder text, string indent, string key, JsonElement value)
    {
        text.Append(indent).Append(key).Append(':');
        WriteValue(text, indent, value, value.ValueKind == JsonValueKind.Array && indent.Length == 0);
    }

    private static void WriteValue(StringBuilder text, string indent, JsonElement value, bool isBlock)
    {
        string flow = Flow(value);
        if (!isBlock && (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || (indent.Length > 0 && flow.Length <= MaximumFlowLength) || flow is "{}" or "[]"))
        {
            text.Append(' ').Append(flow).Append('\n');
            return;
        }

        text.Append('\n');
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                WriteEntry(text, indent + "  ", property.Name, property.Value);
            }

            return;
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            WriteItem(text, indent + "  ", item);
        }
    }

    private static void WriteItem(StringBuilder text, string indent, JsonElement item)
    {
        string flow = Flow(item);
        if (item.ValueKind != JsonValueKind.Object || flow.Length <= MaximumFlowLength)
        {
            text.Append(indent).Append("- ").Append(flow).Append('\n');
            return;
        }

        string lead = indent + "- ";
        foreach (JsonProperty property in item.EnumerateObject())
        {
            text.Append(lead).Append(property.Name).Append(':');
            WriteValue(text, indent + "  ", property.Value, false);
            lead = indent + "  ";
        }
    }

    // Quotes where YAML 1.1, which some editors read, or 1.2 would see something else than a text; and around punctuation of YAML.
    private static string Scalar(string text)
    {
        bool isPlain = text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '/' or '-' or '_' or '+' or ' ')
            && !char.IsAsciiDigit(text[0]) && text[0] is not ('-' or ' ' or '.') && text[^1] != ' ' && text is not ("none" or "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n");
        bool isUnitOrDate = Units.TryDuration(text.TrimStart('+', '-'), out _) || Units.TryDate(text, out _) || Units.TryDateTime(text, out _);
        return isPlain || isUnitOrDate ? text : JsonSerializer.Serialize(text, ExampleJson.Relaxed);
    }

    private static class ExampleJson
    {
        public static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
