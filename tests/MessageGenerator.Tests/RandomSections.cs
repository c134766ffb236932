// Random values of any section of the settings, each in its range, from a seed.
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Tests;

internal sealed class RandomSections(int seed)
{
    private readonly Random _random = new(seed);

    public JsonObject Make(SchemaSection section)
    {
        JsonObject values = [];
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is string group)
            {
                int count = _random.Next(item.Maximum + 1);
                values[group] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Group(item.GroupFields))]);
            }
            else if (item.Repeat > 0)
            {
                values[item.Field!.Name] = new JsonArray([.. Enumerable.Range(0, item.Repeat).Select(_ => Value(item.Field, values))]);
            }
            else if (item.CountOf is null)
            {
                values[item.Field!.Name] = Value(item.Field, values);
            }
        }

        return values;
    }

    private JsonObject Group(IReadOnlyList<SchemaField> fields)
    {
        JsonObject values = [];
        fields.ToList().ForEach(field => values[field.Name] = Value(field, values));
        return values;
    }

    private JsonNode? Value(SchemaField field, JsonObject group)
    {
        if (field.Unknown is not null && _random.Next(8) == 0)
        {
            return null;
        }

        if (field.Kind == FieldKind.Bytes)
        {
            byte[] bytes = new byte[field.Bits / 8];
            _random.NextBytes(bytes);
            return JsonValue.Create(Convert.ToHexStringLower(bytes));
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
