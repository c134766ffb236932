// Writes host-tools/payload-codec/codec.js: the schema as a table, and the program that reads it (Templates/codec.js).
using MessageSchemas;

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

    // A field, a message and an enum a line, so that a change of the schema can be seen in the codec. A field is one string, because network servers limit the
    // number of characters: its name, its bits with their kind, then what applies (see "field" in the template).
    private static string Table(MessageSchema schema)
    {
        HashSet<SchemaEnum> used = [.. AllFields(schema).Select(field => field.Enum).OfType<SchemaEnum>()];
        IEnumerable<string> enums = schema.Enums.Where(used.Contains)
            .Select(item => $"    {item.Name}: '{item.Values[0].Number} {string.Join(' ', item.Values.Select(value => value.Name))}'");
        return "{\n  enums: {\n" + string.Join(",\n", enums) + "\n  },\n"
            + $"  commandPort: {schema.CommandPort},\n"
            + $"  sequence: {FieldText(schema.CommandHeader[1])},\n"
            + "  entries: {\n" + string.Join(",\n", schema.EntryKinds.Select(kind => $"    {kind.Id}: {{ name: '{kind.Name}', fields: {Fields(kind.Fields, "    ")} }}")) + "\n  },\n"
            + "  uplinks: [\n" + string.Join(",\n", schema.Uplinks.Select(Uplink)) + "\n  ],\n"
            + "  commands: [\n" + string.Join(",\n", schema.Commands.Select(Command)) + "\n  ],\n"
            + $"  settingsName: '{schema.Settings.CommandName}', settingsId: {schema.Settings.CommandId},\n"
            + "  sections: [\n" + string.Join(",\n", schema.Settings.Sections.Select(Section)) + "\n  ]\n}";
    }

    private static IEnumerable<SchemaField> AllFields(MessageSchema schema) =>
        schema.Uplinks.Concat(schema.Commands).SelectMany(message => message.Fields.Concat(message.Points?.Fields ?? []).Concat(message.Entries?.Fields ?? []))
            .Concat(schema.EntryKinds.SelectMany(kind => kind.Fields))
            .Concat(schema.Settings.Sections.SelectMany(section => section.Items).SelectMany(item => item.GroupFields.Concat(item.Field is null ? [] : [item.Field])));

    private static string Uplink(SchemaMessage message) =>
        $"    {{ name: '{message.Name}', port: {message.Port}, fields: {Fields(message.Fields, "    ")}{Entries(message)} }}";

    private static string Entries(SchemaMessage message) => message.Entries is not SchemaEntries entries
        ? string.Empty
        : $",\n      entries: {{ maximum: {entries.Maximum}, fields: {Fields(entries.Fields, "      ")}, kinds: [{string.Join(", ", entries.Kinds.Select(kind => kind.Id))}] }}";

    private static string Command(SchemaMessage message)
    {
        string points = message.Points is null
            ? string.Empty
            : $",\n      points: {{ maximum: {message.Points.Maximum}, fields: {Fields(message.Points.Fields, "      ")} }}";
        return $"    {{ name: '{message.Name}', id: {message.CommandId}, fields: {Fields(message.Fields, "    ")}{points} }}";
    }

    private static string Section(SchemaSection section)
    {
        IEnumerable<string> items = section.Items.Select(item => item switch
        {
            { GroupName: string group } => $"      {{ group: '{group}', maximum: {item.Maximum}, fields: {Fields(item.GroupFields, "      ")} }}",
            { CountOf: string counted } => "      " + FieldText(item.Field!)[..^1] + $" #{counted}'",
            { Repeat: > 0 } => "      " + FieldText(item.Field!)[..^1] + $" x{item.Repeat}'",
            _ => "      " + FieldText(item.Field!),
        });
        return $"    {{ name: '{section.Name}', number: {section.Number}, items: [\n{string.Join(",\n", items)}\n    ] }}";
    }

    private static string Fields(IReadOnlyList<SchemaField> fields, string indent) =>
        fields.Count == 0 ? "[]" : "[\n" + string.Join(",\n", fields.Select(field => $"{indent}  {FieldText(field)}")) + $"\n{indent}]";

    private static string FieldText(SchemaField field)
    {
        List<string> words = [field.Name, $"{Kind(field.Kind)}{field.Bits}"];
        AddIf(words, field.Enum is not null, $"@{field.Enum?.Name}");
        AddIf(words, field.Scale != 1, $"*{field.Scale}");
        AddIf(words, field.Kind is FieldKind.NonNegative or FieldKind.TwosComplement && field.RangeBy is null && !IsWhatBitsHold(field), Range(field.Range));
        AddIf(words, field.Unknown is not null, $"?{field.Unknown}");
        AddIf(words, field.Constant is not null, $"={field.Constant}");
        if (field.RangeBy is DependentRange rangeBy)
        {
            words.Add($"~{rangeBy.Field}");
            words.AddRange(rangeBy.Ranges.Select(pair => $"{pair.Key}:{Range(pair.Value)}"));
            words.Add(Range(rangeBy.Otherwise));
        }

        return $"'{string.Join(' ', words)}'";
    }

    // Every number that the bits hold but the one for unknown, where that is at an end: the codec makes that range itself.
    private static bool IsWhatBitsHold(SchemaField field)
    {
        long smallest = field.SmallestNumber + (field.Unknown == field.SmallestNumber ? 1 : 0);
        long largest = field.LargestNumber - (field.Unknown == field.LargestNumber ? 1 : 0);
        long first = smallest * field.Scale;
        long last = largest * field.Scale;
        return field.Range == new ValueRange(Math.Min(first, last), Math.Max(first, last));
    }

    private static void AddIf(List<string> words, bool isWanted, string word)
    {
        if (isWanted)
        {
            words.Add(word);
        }
    }

    private static string Range(ValueRange range) => $"{range.Minimum}..{range.Maximum}";

    private static string Kind(FieldKind kind) => kind switch
    {
        FieldKind.Flag => "f",
        FieldKind.Enumeration => "e",
        FieldKind.TwosComplement => "i",
        FieldKind.Bytes => "h",
        _ => "u",
    };
}
