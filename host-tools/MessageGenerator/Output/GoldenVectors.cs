// The valid golden vectors of a schema: of each message the example, both ends of each field, each value of each enum, unknown values,
// few and many points. What has to be refused is RefusedVectors'.
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Makes golden vectors.</summary>
public static class GoldenVectors
{
    /// <summary>All vectors of a schema, valid ones and refused ones.</summary>
    public static IReadOnlyList<GoldenVector> Make(MessageSchema schema)
    {
        List<GoldenVector> vectors = [];
        foreach (SchemaMessage message in schema.Uplinks.Concat(schema.Commands))
        {
            vectors.AddRange(MakeValid(schema, message));
        }

        vectors.AddRange(SectionVectors.Make(schema));
        vectors.AddRange(RefusedVectors.Make(schema));
        return vectors;
    }

    /// <summary>The direction of a message.</summary>
    internal static string Direction(SchemaMessage message) => message.IsCommand ? GoldenVector.Downlink : GoldenVector.Uplink;

    /// <summary>The fields that a message's values have at the top: header and fields without the constants.</summary>
    internal static IReadOnlyList<SchemaField> TopFields(MessageSchema schema, SchemaMessage message) =>
        [.. (message.IsCommand ? schema.CommandHeader.Skip(1) : []).Concat(message.Fields).Where(field => field.Constant is null)];

    /// <summary>A copy of values.</summary>
    internal static JsonObject Copy(JsonObject values) => (JsonObject)values.DeepClone();

    /// <summary>A copy of a message's example with as many points as asked for, taken from the example in turn.</summary>
    internal static JsonObject WithPoints(SchemaMessage message, int count)
    {
        JsonObject values = Copy(message.Example);
        JsonArray points = (JsonArray)message.Example[SchemaPoints.Key]!;
        values[SchemaPoints.Key] = new JsonArray([.. Enumerable.Range(0, count).Select(i => points[i % points.Count]!.DeepClone())]);
        return values;
    }

    /// <summary>A copy of a message's example with as many entries as asked for, the examples of its kinds in turn.</summary>
    internal static JsonObject WithEntries(SchemaMessage message, int count)
    {
        JsonObject values = Copy(message.Example);
        IReadOnlyList<SchemaEntryKind> kinds = message.Entries!.Kinds;
        values[SchemaEntries.Key] = new JsonArray([.. Enumerable.Range(0, count).Select(i => message.Entries.ExampleOf(kinds[i % kinds.Count]))]);
        return values;
    }

    private static IEnumerable<GoldenVector> MakeValid(MessageSchema schema, SchemaMessage message)
    {
        GoldenVector Vector(string name, JsonObject values) => new(
            $"{message.Name}: {name}",
            Direction(message),
            message.Port,
            message.Name,
            Convert.ToHexStringLower(SchemaEncoder.Encode(schema, message, values)),
            GoldenVector.Ok,
            null,
            values);

        IReadOnlyList<SchemaField> fields = TopFields(schema, message);
        yield return Vector("example", Copy(message.Example));
        foreach (bool isMaximum in new[] { false, true })
        {
            JsonObject values = Copy(message.Example);
            fields.ToList().ForEach(field => values[field.Name] = End(field, values, isMaximum));
            yield return Vector(isMaximum ? "all largest" : "all smallest", values);
        }

        foreach ((string name, JsonObject values) in fields.SelectMany(field => Variants(field, fields, message.Example)))
        {
            yield return Vector(name, values);
        }

        if (message.Points is SchemaPoints points)
        {
            for (int count = 0; count <= points.Maximum; count++)
            {
                yield return Vector(FormattableString.Invariant($"{count} points"), WithPoints(message, count));
            }

            foreach ((string name, JsonObject values) in PointVariants(message, points))
            {
                yield return Vector(name, values);
            }
        }

        if (message.Entries is SchemaEntries entries)
        {
            foreach (int count in new[] { 0, 1, 2, entries.Maximum / 2, entries.Maximum })
            {
                yield return Vector(FormattableString.Invariant($"{count} entries"), WithEntries(message, count));
            }

            foreach ((string name, JsonObject values) in EntryVariants(message, entries))
            {
                yield return Vector(name, values);
            }
        }
    }

    // Each field of each kind varied in the last of two entries.
    private static IEnumerable<(string Name, JsonObject Values)> EntryVariants(SchemaMessage message, SchemaEntries entries)
    {
        foreach (SchemaEntryKind kind in entries.Kinds)
        {
            IReadOnlyList<SchemaField> fields = entries.FieldsOf(kind);
            foreach ((string name, JsonObject entry) in fields.SelectMany(field => Variants(field, fields, entries.ExampleOf(kind))))
            {
                JsonObject values = WithEntries(message, 2);
                values[SchemaEntries.Key]![1] = entry;
                yield return ($"{kind.Name}, {name}", values);
            }
        }
    }

    // Each field varied in the last of as many points as there can be.
    private static IEnumerable<(string Name, JsonObject Values)> PointVariants(SchemaMessage message, SchemaPoints points)
    {
        JsonObject all = WithPoints(message, points.Maximum);
        JsonObject last = (JsonObject)all[SchemaPoints.Key]![points.Maximum - 1]!;
        foreach (SchemaField field in points.Fields)
        {
            foreach ((string name, JsonObject point) in Variants(field, points.Fields, last))
            {
                JsonObject values = Copy(all);
                values[SchemaPoints.Key]![points.Maximum - 1] = point;
                yield return ("last point, " + name, values);
            }
        }
    }

    // Values of one field with the rest as in the group; where a range depends on another field, that one is varied too.
    private static IEnumerable<(string Name, JsonObject Values)> Variants(SchemaField field, IReadOnlyList<SchemaField> siblings, JsonObject group)
    {
        if (field.Enum is SchemaEnum type)
        {
            foreach (SchemaEnumValue value in type.Values)
            {
                JsonObject values = WithEnum(field, value.Name, siblings, group);
                yield return ($"{field.Name} {value.Name}", values);
            }
        }
        else if (field.RangeBy is DependentRange rangeBy)
        {
            SchemaField other = siblings.First(sibling => sibling.Name == rangeBy.Field);
            foreach (SchemaEnumValue value in other.Enum!.Values)
            {
                JsonObject values = WithEnum(other, value.Name, siblings, group);
                yield return ($"{field.Name} smallest with {value.Name}", With(field, End(field, values, false), values));
                yield return ($"{field.Name} largest with {value.Name}", With(field, End(field, values, true), values));
            }
        }
        else
        {
            yield return ($"{field.Name} smallest", With(field, End(field, group, false), group));
            yield return ($"{field.Name} largest", With(field, End(field, group, true), group));
        }

        if (field.Unknown is not null)
        {
            yield return ($"{field.Name} unknown", With(field, null, group));
        }
    }

    private static JsonObject With(SchemaField field, JsonNode? value, JsonObject group)
    {
        JsonObject values = Copy(group);
        values[field.Name] = value;
        return values;
    }

    private static JsonObject WithEnum(SchemaField field, string value, IReadOnlyList<SchemaField> siblings, JsonObject group)
    {
        JsonObject values = With(field, value, group);
        foreach (SchemaField dependent in siblings.Where(sibling => sibling.RangeBy?.Field == field.Name))
        {
            values[dependent.Name] = dependent.RangeBy!.For(value).Minimum;
        }

        return values;
    }

    private static JsonValue End(SchemaField field, JsonObject group, bool isMaximum)
    {
        if (field.Kind == FieldKind.Flag)
        {
            return JsonValue.Create(isMaximum);
        }

        if (field.Enum is SchemaEnum type)
        {
            return JsonValue.Create(type.Values[isMaximum ? ^1 : 0].Name);
        }

        ValueRange range = field.RangeBy is null ? field.Range : field.RangeBy.For(group[field.RangeBy.Field]!.GetValue<string>());
        return JsonValue.Create(isMaximum ? range.Maximum : range.Minimum);
    }
}
