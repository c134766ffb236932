// Encodes any message of a schema from its values, bit by bit, knowing nothing but the schema. It is the judge of the codecs that were
// written by hand (C#) or run elsewhere (JavaScript), so it shares no code with them.
using System.Text.Json.Nodes;

namespace MessageSchemas;

/// <summary>Encodes messages by their schema.</summary>
public static class SchemaEncoder
{
    /// <summary>Encodes a message of a schema; a command with its header.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="message">The message.</param>
    /// <param name="values">A value for each field that is no constant: number, name of an enum's value, true or false; null for unknown.</param>
    /// <exception cref="ArgumentException">A value is missing, too much, or not valid.</exception>
    public static byte[] Encode(MessageSchema schema, SchemaMessage message, JsonObject values) =>
        Encode(message, message.IsCommand ? schema.CommandHeader.Skip(1) : [], values);

    /// <summary>The number on the wire for a value of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null for unknown.</param>
    /// <param name="group">The values of the group that the field is in.</param>
    /// <exception cref="ArgumentException">The value is not valid.</exception>
    public static long ToNumber(SchemaField field, JsonNode? value, JsonObject group)
    {
        if (value is null)
        {
            return field.Unknown ?? throw new ArgumentException($"{field.Name} has no value and cannot be unknown");
        }

        if (field.Kind == FieldKind.Flag)
        {
            return Get<bool>(field, value) ? 1 : 0;
        }

        if (field.Enum is SchemaEnum type)
        {
            string name = Get<string>(field, value);
            return type.Find(name)?.Number ?? throw new ArgumentException($"{field.Name} has no value {name}");
        }

        long amount = Get<long>(field, value);
        ValueRange range = field.RangeBy is null ? field.Range : field.RangeBy.For(group[field.RangeBy.Field]!.GetValue<string>());
        if (amount < range.Minimum || amount > range.Maximum || amount % field.Scale != 0)
        {
            throw new ArgumentException($"{field.Name} is {amount}: {range.Minimum} to {range.Maximum} in steps of {field.Scale} is valid");
        }

        return amount / field.Scale;
    }

    internal static byte[] Encode(SchemaMessage message, IEnumerable<SchemaField> header, JsonObject values)
    {
        List<bool> bits = [];
        if (message.IsCommand)
        {
            Append(bits, message.CommandId, 8);
        }

        List<SchemaField> fields = [.. header, .. message.Fields];
        HashSet<string> known = [.. fields.Where(field => field.Constant is null).Select(field => field.Name)];
        AppendGroup(bits, fields, values);
        if (message.Points is SchemaPoints points)
        {
            known.Add(SchemaPoints.Key);
            AppendPoints(bits, points, values);
        }

        if (message.Entries is SchemaEntries entries)
        {
            known.Add(SchemaEntries.Key);
            AppendEntries(bits, entries, values);
        }

        RefuseOthers(values, known);
        return Pack(bits);
    }

    private static void AppendEntries(List<bool> bits, SchemaEntries entries, JsonObject values)
    {
        JsonArray list = values[SchemaEntries.Key] as JsonArray ?? throw new ArgumentException($"{SchemaEntries.Key} is missing");
        if (list.Count > entries.Maximum)
        {
            throw new ArgumentException($"{list.Count} entries: at most {entries.Maximum} are valid");
        }

        foreach (JsonNode? item in list)
        {
            JsonObject group = item as JsonObject ?? throw new ArgumentException("an entry must be an object");
            string? name = group[SchemaEntries.KindKey]?.GetValue<string>();
            SchemaEntryKind kind = entries.Kinds.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"there is no entry {name}");
            Append(bits, kind.Id, 8);
            AppendGroup(bits, entries.FieldsOf(kind), group);
            RefuseOthers(group, [SchemaEntries.KindKey, .. entries.FieldsOf(kind).Select(field => field.Name)]);
        }
    }

    private static void AppendPoints(List<bool> bits, SchemaPoints points, JsonObject values)
    {
        JsonArray list = values[SchemaPoints.Key] as JsonArray ?? throw new ArgumentException($"{SchemaPoints.Key} is missing");
        if (list.Count > points.Maximum)
        {
            throw new ArgumentException($"{list.Count} points: at most {points.Maximum} are valid");
        }

        foreach (JsonNode? item in list)
        {
            JsonObject group = item as JsonObject ?? throw new ArgumentException("a point must be an object");
            AppendGroup(bits, points.Fields, group);
            RefuseOthers(group, [.. points.Fields.Select(field => field.Name)]);
        }
    }

    private static void AppendGroup(List<bool> bits, IReadOnlyList<SchemaField> fields, JsonObject values)
    {
        foreach (SchemaField field in fields)
        {
            if (field.Constant is null && !values.ContainsKey(field.Name))
            {
                throw new ArgumentException($"{field.Name} is missing");
            }

            Append(bits, field.Constant / field.Scale ?? ToNumber(field, values[field.Name], values), field.Bits);
        }
    }

    private static void RefuseOthers(JsonObject values, HashSet<string> known)
    {
        string? other = values.Select(pair => pair.Key).FirstOrDefault(key => !known.Contains(key));
        if (other is not null)
        {
            throw new ArgumentException($"{other} is no field");
        }
    }

    private static T Get<T>(SchemaField field, JsonNode value) =>
        value is JsonValue scalar && scalar.TryGetValue(out T? result)
            ? result
            : throw new ArgumentException($"{field.Name} is {value.ToJsonString()}, which is no {field.Kind}");

    private static void Append(List<bool> bits, long number, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            bits.Add(((number >> i) & 1) != 0);
        }
    }

    private static byte[] Pack(List<bool> bits)
    {
        byte[] bytes = new byte[bits.Count / 8];
        for (int i = 0; i < bits.Count; i++)
        {
            bytes[i / 8] |= (byte)((bits[i] ? 0x80 : 0) >> (i % 8));
        }

        return bytes;
    }
}
