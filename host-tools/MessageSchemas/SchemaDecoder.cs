// Decodes uplinks by their schema, bit by bit, knowing nothing but the schema: for whoever shows messages without being a pole or its
// operator. Any bytes; what is not valid is refused with a reason.
using System.Text.Json.Nodes;

namespace MessageSchemas;

/// <summary>Decodes messages by their schema.</summary>
public static class SchemaDecoder
{
    /// <summary>Decodes an uplink.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="port">Its FPort.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="message">What message it is; null when there is none on this port.</param>
    /// <param name="values">Its values by name; null when it is not valid.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Decode(MessageSchema schema, int port, ReadOnlySpan<byte> payload, out SchemaMessage? message, out JsonObject? values)
    {
        ArgumentNullException.ThrowIfNull(schema);
        string? problem = null;
        message = null;
        values = null;
        foreach (SchemaMessage candidate in schema.Uplinks.Where(uplink => uplink.Port == port))
        {
            message ??= candidate;
            JsonObject read = [];
            string? wrong = Read(candidate, payload, read);
            if (wrong is null)
            {
                message = candidate;
                values = read;
                return null;
            }

            problem ??= wrong;
        }

        return problem ?? $"no message has port {port}";
    }

    private static string? Read(SchemaMessage message, ReadOnlySpan<byte> payload, JsonObject values)
    {
        int bit = 0;
        string? problem = ReadGroup(payload, ref bit, message.Fields, values);
        if (problem is null && message.Points is SchemaPoints points)
        {
            problem = ReadPoints(payload, ref bit, points, values);
        }

        if (problem is null && message.Entries is SchemaEntries entries)
        {
            problem = ReadEntries(payload, ref bit, entries, values);
        }

        return problem ?? (bit == payload.Length * 8 ? null : "it is too long");
    }

    private static string? ReadPoints(ReadOnlySpan<byte> payload, ref int bit, SchemaPoints points, JsonObject values)
    {
        JsonArray list = [];
        values[SchemaPoints.Key] = list;
        while (bit < payload.Length * 8)
        {
            JsonObject point = [];
            list.Add(point);
            if (list.Count > points.Maximum || ReadGroup(payload, ref bit, points.Fields, point) is not null)
            {
                return "its points are not valid";
            }
        }

        return null;
    }

    private static string? ReadEntries(ReadOnlySpan<byte> payload, ref int bit, SchemaEntries entries, JsonObject values)
    {
        JsonArray list = [];
        values[SchemaEntries.Key] = list;
        while (bit < payload.Length * 8)
        {
            int id = payload[bit / 8];
            SchemaEntryKind? kind = entries.Kinds.FirstOrDefault(kind => kind.Id == id);
            if (kind is null || list.Count == entries.Maximum)
            {
                return kind is null ? $"there is no entry with id {id}" : "it has too many entries";
            }

            JsonObject entry = new() { [SchemaEntries.KindKey] = kind.Name };
            list.Add(entry);
            bit += 8;
            if (ReadGroup(payload, ref bit, entries.FieldsOf(kind), entry) is string problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ReadGroup(ReadOnlySpan<byte> payload, ref int bit, IReadOnlyList<SchemaField> fields, JsonObject group)
    {
        foreach (SchemaField field in fields)
        {
            if (bit + field.Bits > payload.Length * 8)
            {
                return "it is too short";
            }

            long number = ReadNumber(payload, bit, field);
            bit += field.Bits;
            if (field.Constant is long constant)
            {
                if (number * field.Scale != constant)
                {
                    return $"{field.Name} is {number * field.Scale}, not {constant}";
                }

                continue;
            }

            if (!TryValue(field, number, group, out JsonNode? value))
            {
                return $"{field.Name} is {number} on the wire, which is not valid";
            }

            group[field.Name] = value;
        }

        return null;
    }

    private static bool TryValue(SchemaField field, long number, JsonObject group, out JsonNode? value)
    {
        value = null;
        if (field.Kind == FieldKind.Flag)
        {
            value = number == 1;
            return true;
        }

        if (field.Enum is SchemaEnum type)
        {
            SchemaEnumValue? named = type.Values.FirstOrDefault(candidate => candidate.Number == number);
            value = named?.Name;
            return named is not null;
        }

        if (number == field.Unknown)
        {
            return true;
        }

        long amount = number * field.Scale;
        ValueRange range = field.RangeBy is null ? field.Range : field.RangeBy.For(group[field.RangeBy.Field]!.GetValue<string>());
        value = amount;
        return amount >= range.Minimum && amount <= range.Maximum;
    }

    private static long ReadNumber(ReadOnlySpan<byte> payload, int bit, SchemaField field)
    {
        long number = 0;
        for (int at = bit; at < bit + field.Bits; at++)
        {
            number = (number << 1) | (long)((payload[at / 8] >> (7 - (at % 8))) & 1);
        }

        bool isNegative = field.Kind == FieldKind.TwosComplement && ((number >> (field.Bits - 1)) & 1) != 0;
        return isNegative ? number - (1L << field.Bits) : number;
    }
}
