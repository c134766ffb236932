// Random valid values of any message of the schema, from a seed.
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Tests;

internal sealed class RandomMessages(int seed)
{
    private readonly Random _random = new(seed);

    public JsonObject Make(SchemaMessage message)
    {
        IEnumerable<SchemaField> header = message.IsCommand ? Repository.Schema.CommandHeader.Skip(1) : [];
        JsonObject values = Group(header.Concat(message.Fields).Where(field => field.Constant is null));
        if (message.Points is SchemaPoints points)
        {
            int count = _random.Next(points.Maximum + 1);
            values[SchemaPoints.Key] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Group(points.Fields))]);
        }

        if (message.Entries is SchemaEntries entries)
        {
            int count = _random.Next(entries.Maximum + 1);
            values[SchemaEntries.Key] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Entry(entries))]);
        }

        return values;
    }

    // Any bytes, but mostly such as begin like a message and have about its length, so that more than the first rule is reached.
    public byte[] MakePayload(IReadOnlyList<SchemaMessage> messages)
    {
        SchemaMessage message = messages[_random.Next(messages.Count)];
        byte[] payload = SchemaEncoder.Encode(Repository.Schema, message, Make(message));
        if (_random.Next(4) == 0)
        {
            payload = new byte[_random.Next(60)];
            _random.NextBytes(payload);
        }

        for (int change = _random.Next(4); change > 0 && payload.Length > 0; change--)
        {
            payload[_random.Next(payload.Length)] = (byte)_random.Next(256);
        }

        int length = Math.Max(0, payload.Length + (_random.Next(4) == 0 ? _random.Next(-6, 7) : 0));
        Array.Resize(ref payload, length);
        return payload;
    }

    private JsonObject Entry(SchemaEntries entries)
    {
        SchemaEntryKind kind = entries.Kinds[_random.Next(entries.Kinds.Count)];
        JsonObject values = Group(entries.FieldsOf(kind));
        values[SchemaEntries.KindKey] = kind.Name;
        return values;
    }

    private JsonObject Group(IEnumerable<SchemaField> fields)
    {
        JsonObject values = [];
        foreach (SchemaField field in fields)
        {
            values[field.Name] = Value(field, values);
        }

        return values;
    }

    private JsonNode? Value(SchemaField field, JsonObject group)
    {
        if (field.Unknown is not null && _random.Next(8) == 0)
        {
            return null;
        }

        if (field.Kind == FieldKind.Flag)
        {
            return JsonValue.Create(_random.Next(2) == 1);
        }

        if (field.Enum is SchemaEnum type)
        {
            return JsonValue.Create(type.Values[_random.Next(type.Values.Count)].Name);
        }

        ValueRange range = field.RangeBy?.For(group[field.RangeBy.Field]!.GetValue<string>()) ?? field.Range;
        long step = Math.Abs(field.Scale);
        return JsonValue.Create(range.Minimum + (_random.NextInt64(((range.Maximum - range.Minimum) / step) + 1) * step));
    }
}
