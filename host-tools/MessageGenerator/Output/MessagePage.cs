// Writes docs/messages.md: of every message where each bit is and what it says, with an example in bytes.
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Writes the documentation of a schema.</summary>
public static class MessagePage
{
    private const string Introduction = """
        # Messages

        <!-- Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. -->

        What a pole and its operator say to each other over LoRaWAN. Numbers are sent most significant byte first, fields follow one another without
        gaps, most significant bit first. A value is the number on the wire times the field's scale; "unknown" is a number on the wire that stands for
        no value (`null` in JSON). The JavaScript codec in `host-tools/payload-codec` speaks in the same names.

        """;

    private const string CommandIntroduction = """
        One command a downlink. Every command begins with its id and a sequence number that the operator chooses; both come back in the answer. A pole
        judges a payload in this order and refuses it at the first fault, with nothing changed: shorter than the header (`tooShort`), an id that does
        not exist (`unknownCommand`), the length (`tooShort`, `tooLong`), then the fields one by one (`outOfRange` with the index of the field).
        Repeating a command whose answer was lost does no harm: it is answered again, and settings that are the same already are not written again.

        """;

    /// <summary>The page.</summary>
    public static string Write(MessageSchema schema)
    {
        StringBuilder page = new(Introduction + "\n");
        page.Append("| port | direction | message | bytes |\n|---|---|---|---|\n");
        foreach (SchemaMessage message in schema.Uplinks)
        {
            Line(page, $"| {message.Port} | uplink | [{message.Name}](#{Anchor(message.Name)}) | {Length(schema, message)} |");
        }

        foreach (SchemaMessage message in schema.Commands)
        {
            Line(page, $"| {message.Port} | downlink | [{message.Name}](#{Anchor(message.Name)}) | {Length(schema, message)} |");
        }

        Line(page, $"| {schema.CommandPort} | downlink | [{schema.Settings.CommandName}](#{Anchor(schema.Settings.CommandName)}) | 3 and more |");

        page.Append("\n## Uplinks\n\n");
        schema.Uplinks.ToList().ForEach(message => WriteMessage(page, schema, message));
        WriteEntryKinds(page, schema);
        page.Append("## Commands\n\n").Append(CommandIntroduction).Append('\n');
        schema.Commands.ToList().ForEach(message => WriteMessage(page, schema, message));
        SettingsPage.Write(page, schema);
        page.Append("## Values of enums\n\n");
        schema.Enums.ToList().ForEach(item => WriteEnum(page, item));
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteMessage(StringBuilder page, MessageSchema schema, SchemaMessage message)
    {
        string id = message.IsCommand ? $", id {message.CommandId}" : string.Empty;
        Line(page, $"### {message.Name}\n\n{message.Meaning}\nPort {message.Port}{id}, {Length(schema, message)} bytes.\n");
        page.Append("| byte | bits | field | type | range | unit | meaning |\n|---|---|---|---|---|---|---|\n");
        int bit = 0;
        if (message.IsCommand)
        {
            bit = WriteFields(page, [schema.CommandHeader[0] with { Constant = message.CommandId }, .. schema.CommandHeader.Skip(1)], 0, string.Empty);
        }

        bit = WriteFields(page, message.Fields, bit, string.Empty);
        if (message.Points is SchemaPoints points)
        {
            int length = points.Fields.Sum(field => field.Bits) / 8;
            WriteFields(page, points.Fields, bit, FormattableString.Invariant($" + {length} i"));
            Line(page, $"\nThe last {points.Fields.Count} fields are a point; i counts the points from 0, up to {points.Maximum} of them, to the end of the payload.");
        }

        if (message.Entries is SchemaEntries entries)
        {
            WriteEntries(page, entries);
        }

        string hex = Convert.ToHexStringLower(SchemaEncoder.Encode(schema, message, message.Example));
        Line(page, $"\nExample: `{hex}`\n\n```json\n{Json(message.Example)}\n```\n");
    }

    private static void WriteEntries(StringBuilder page, SchemaEntries entries)
    {
        Line(page, $"\nThen entries to the end of the payload, up to {entries.Maximum}, as many as fit. Each begins with:\n");
        page.Append("| byte | bits | field | type | range | unit | meaning |\n|---|---|---|---|---|---|---|\n");
        Line(page, $"| 0 | all | `{SchemaEntries.KindKey}` | uint8 |  |  | The id of its kind; in JSON the kind's name. |");
        WriteFields(page, entries.Fields, 8, string.Empty);
        Line(page, $"\nand goes on with the values of its kind ([entries](#entries)):\n\n| id | kind | bytes in all |\n|---|---|---|");
        foreach (SchemaEntryKind kind in entries.Kinds)
        {
            Line(page, $"| {kind.Id} | [{kind.Name}](#entry-{Anchor(kind.Name)}) | {(entries.HeadBits + kind.Fields.Sum(field => field.Bits)) / 8} |");
        }
    }

    private static void WriteEntryKinds(StringBuilder page, MessageSchema schema)
    {
        page.Append("## Entries\n\nThe values of each kind of entry, the same bytes in every message that carries it. Bytes are counted from the first of the values.\n\n");
        foreach (SchemaEntryKind kind in schema.EntryKinds)
        {
            Line(page, $"### Entry {kind.Name}\n\n{kind.Meaning}\nId {kind.Id}, {kind.Fields.Sum(field => field.Bits) / 8} bytes.\n");
            page.Append("| byte | bits | field | type | range | unit | meaning |\n|---|---|---|---|---|---|---|\n");
            WriteFields(page, kind.Fields, 0, string.Empty);
            page.Append('\n');
        }
    }

    private static int WriteFields(StringBuilder page, IReadOnlyList<SchemaField> fields, int bit, string offset)
    {
        foreach (SchemaField field in fields)
        {
            (string bytes, string bits) = Place(bit, field.Bits);
            Line(page, $"| {bytes}{offset} | {bits} | `{field.Name}` | {Type(field)} | {Range(field)} | {field.Unit} | {field.Meaning} |");
            bit += field.Bits;
        }

        return bit;
    }

    private static (string Bytes, string Bits) Place(int bit, int count)
    {
        int first = bit / 8;
        int last = (bit + count - 1) / 8;
        bool isWhole = bit % 8 == 0 && count % 8 == 0;
        string bytes = first == last ? Text(first) : $"{Text(first)}-{Text(last)}";
        int high = 7 - (bit % 8);
        int low = 7 - ((bit + count - 1) % 8);
        string bits = first != last ? $"{Text(high)} of the first to {Text(low)} of the last" : high == low ? Text(high) : $"{Text(high)}-{Text(low)}";
        return (bytes, isWhole ? "all" : bits);
    }

    internal static string Type(SchemaField field)
    {
        string text = field.Kind switch
        {
            FieldKind.Flag => field.Bits == 1 ? "flag" : "flag, 0 or 1",
            FieldKind.Enumeration => $"[{field.Enum!.Name}](#{Anchor(field.Enum.Name)})",
            FieldKind.TwosComplement => $"int{Text(field.Bits)}",
            FieldKind.Bytes => $"{Text(field.Bits / 8)} bytes, hexadecimal",
            _ => $"uint{Text(field.Bits)}",
        };
        return field.Scale == 1 ? text : $"{text}, scale {Text(field.Scale)}";
    }

    internal static string Range(SchemaField field)
    {
        if (field.Constant is long constant)
        {
            return Text(constant);
        }

        if (field.Kind is FieldKind.Flag or FieldKind.Enumeration or FieldKind.Bytes)
        {
            return string.Empty;
        }

        string text = $"{Text(field.Range.Minimum)} to {Text(field.Range.Maximum)}";
        if (field.RangeBy is DependentRange rangeBy)
        {
            IEnumerable<string> parts = rangeBy.Ranges.Select(pair => $"{Text(pair.Value.Minimum)} to {Text(pair.Value.Maximum)} where {rangeBy.Field} is {pair.Key}");
            text = string.Join(", ", parts) + $", else {Text(rangeBy.Otherwise.Minimum)} to {Text(rangeBy.Otherwise.Maximum)}";
        }

        return field.Unknown is long unknown ? $"{text}; {Text(unknown)} on the wire is unknown" : text;
    }

    private static void WriteEnum(StringBuilder page, SchemaEnum item)
    {
        Line(page, $"### {item.Name}\n\n{item.Meaning}\n\n| number | name | meaning |\n|---|---|---|");
        item.Values.ToList().ForEach(value => Line(page, $"| {value.Number} | `{value.Name}` | {value.Meaning} |"));
        page.Append('\n');
    }

    private static string Length(MessageSchema schema, SchemaMessage message)
    {
        int length = ((message.IsCommand ? schema.CommandHeader.Sum(field => field.Bits) : 0) + message.Fields.Sum(field => field.Bits)) / 8;
        int pointLength = message.Points?.Fields.Sum(field => field.Bits) / 8 ?? 0;
        if (message.Entries is not null)
        {
            return $"{Text(length)} and more";
        }

        return message.Points is null ? Text(length) : $"{Text(length)} to {Text(length + (pointLength * message.Points.Maximum))}";
    }

    private static string Json(JsonObject values) => values.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" });

    internal static string Anchor(string name) => name.ToLowerInvariant();

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static void Line(StringBuilder page, FormattableString text) => page.Append(FormattableString.Invariant(text)).Append('\n');
}
