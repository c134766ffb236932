// Writes host-tools/payload-codec/codec.js: the schema as a table, and the program that reads it (Templates/codec.js).
using System.Text.Json.Nodes;
using MessageGenerator.Schema;

namespace MessageGenerator.Output;

/// <summary>Writes the JavaScript payload codec of a schema.</summary>
public static class PayloadCodec
{
    /// <summary>Most characters that The Things Stack takes.</summary>
    public const int MaximumLength = 40959;

    private const string Placeholder = "/*SCHEMA*/";

    /// <summary>The codec.</summary>
    public static string Write(MessageSchema schema)
    {
        string text = ReadTemplate().Replace(Placeholder, Table(schema), StringComparison.Ordinal);
        return text.Length <= MaximumLength
            ? text
            : throw new SchemaException($"the payload codec has {text.Length} characters; network servers take {MaximumLength}");
    }

    private static string ReadTemplate()
    {
        using Stream stream = typeof(PayloadCodec).Assembly.GetManifestResourceStream("codec.js")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    // A field, a message and an enum a line, so that a change of the schema can be seen in the codec.
    private static string Table(MessageSchema schema)
    {
        IEnumerable<string> enums = schema.Enums.Select(item => $"    {item.Name}: {EnumTable(item).ToJsonString()}");
        return "{\n  enums: {\n" + string.Join(",\n", enums) + "\n  },\n"
            + $"  commandPort: {schema.CommandPort},\n"
            + $"  sequence: {FieldTable(schema.CommandHeader[1]).ToJsonString()},\n"
            + "  uplinks: [\n" + string.Join(",\n", schema.Uplinks.Select(Uplink)) + "\n  ],\n"
            + "  commands: [\n" + string.Join(",\n", schema.Commands.Select(Command)) + "\n  ]\n}";
    }

    private static string Uplink(SchemaMessage message) =>
        $"    {{\n      name: '{message.Name}', port: {message.Port},\n      fields: {Fields(message.Fields, "      ")}{Entries(message)}\n    }}";

    private static string Entries(SchemaMessage message) => message.Entries is not SchemaEntries entries
        ? string.Empty
        : $",\n      entries: {{ maximum: {entries.Maximum}, head: {entries.HeadBits / 8}, kinds: [\n"
            + string.Join(",\n", entries.Kinds.Select(kind => $"        {{ name: '{kind.Name}', id: {kind.Id}, fields: {Fields(entries.FieldsOf(kind), "        ")} }}"))
            + "\n      ] }";

    private static string Command(SchemaMessage message)
    {
        string points = message.Points is null
            ? string.Empty
            : $",\n      points: {{ maximum: {message.Points.Maximum}, fields: {Fields(message.Points.Fields, "      ")} }}";
        return $"    {{\n      name: '{message.Name}', id: {message.CommandId},\n      fields: {Fields(message.Fields, "      ")}{points}\n    }}";
    }

    private static string Fields(IReadOnlyList<SchemaField> fields, string indent) =>
        fields.Count == 0 ? "[]" : "[\n" + string.Join(",\n", fields.Select(field => $"{indent}  {FieldTable(field).ToJsonString()}")) + $"\n{indent}]";

    private static JsonObject EnumTable(SchemaEnum item) =>
        new(item.Values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)JsonValue.Create(value.Number))));

    private static JsonObject FieldTable(SchemaField field)
    {
        JsonObject table = new() { ["name"] = field.Name, ["bits"] = field.Bits, ["kind"] = Kind(field.Kind) };
        if (field.Enum is not null)
        {
            table["enum"] = field.Enum.Name;
        }
        else if (field.Kind != FieldKind.Flag)
        {
            table["scale"] = field.Scale;
            AddRange(table, field);
        }

        AddIfSet(table, "unknown", field.Unknown);
        AddIfSet(table, "constant", field.Constant);
        return table;
    }

    private static void AddRange(JsonObject table, SchemaField field)
    {
        if (field.RangeBy is not DependentRange rangeBy)
        {
            table["range"] = Range(field.Range);
            return;
        }

        JsonObject ranges = new(rangeBy.Ranges.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Range(pair.Value))));
        table["rangeBy"] = new JsonObject { ["field"] = rangeBy.Field, ["ranges"] = ranges, ["otherwise"] = Range(rangeBy.Otherwise) };
    }

    private static void AddIfSet(JsonObject table, string key, long? value)
    {
        if (value is not null)
        {
            table[key] = value;
        }
    }

    private static JsonArray Range(ValueRange range) => [range.Minimum, range.Maximum];

    private static string Kind(FieldKind kind) => kind switch
    {
        FieldKind.Flag => "flag",
        FieldKind.Enumeration => "enum",
        FieldKind.TwosComplement => "int",
        _ => "uint",
    };
}
