// Golden vectors of the command that sets a section: of each section the example, cut, longer, and with each field out of its range. Ranges that depend on
// other settings are the pole's own and not in the schema.
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Makes the vectors of the settings' command.</summary>
internal static class SectionVectors
{
    public static IEnumerable<GoldenVector> Make(MessageSchema schema)
    {
        SchemaSettings settings = schema.Settings;
        GoldenVector Vector(string name, byte[] payload, string error, JsonObject? values) => new(
            $"{settings.CommandName}: {name}", GoldenVector.Downlink, schema.CommandPort, settings.CommandName, Convert.ToHexStringLower(payload), error, null, values);

        foreach (SchemaSection section in settings.Sections)
        {
            JsonObject values = ValuesOf(section);
            byte[] example = SectionEncoder.EncodeCommand(settings, values);
            yield return Vector($"{section.Name}, example", example, GoldenVector.Ok, values);
            yield return Vector($"{section.Name}, a byte short", example[..^1], "tooShort", null);
            yield return Vector($"{section.Name}, a byte too many", [.. example, 0], "tooLong", null);
            foreach ((string name, byte[] payload) in OutOfRange(settings, section))
            {
                yield return Vector($"{section.Name}, {name}", payload, "outOfRange", null);
            }
        }

        foreach (int number in Enumerable.Range(0, 256).Where(number => settings.Sections.All(section => section.Number != number)).Where(number => number is 0 or 255))
        {
            yield return Vector($"section {number}", [(byte)settings.CommandId, 42, (byte)number, 0], "outOfRange", null);
        }

        yield return Vector("without a section", [(byte)settings.CommandId, 42], "tooShort", null);
    }

    /// <summary>The values of a command with a section's example.</summary>
    public static JsonObject ValuesOf(SchemaSection section) =>
        new() { ["sequence"] = 42L, [SchemaSettings.SectionKey] = section.Name, [SchemaSettings.ValuesKey] = section.Example.DeepClone() };

    // The numbers next to a field's range, as far as its bits hold them, in its place in the example.
    private static IEnumerable<(string Name, byte[] Payload)> OutOfRange(SchemaSettings settings, SchemaSection section)
    {
        int offset = 3;
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is string group)
            {
                offset += ((JsonArray)section.Example[group]!).Count * item.GroupFields.Sum(field => field.Bits) / 8;
                continue;
            }

            SchemaField field = item.Field!;
            foreach (long number in item.CountOf is null && field.RangeBy is null ? Beyond(field) : [])
            {
                byte[] payload = SectionEncoder.EncodeCommand(settings, ValuesOf(section));
                for (int i = 0; i < field.Bits / 8; i++)
                {
                    payload[offset + i] = (byte)(number >> (field.Bits - 8 - (8 * i)));
                }

                yield return ($"{field.Name} {number} on the wire", payload);
            }

            offset += Math.Max(1, item.Repeat) * field.Bits / 8;
        }
    }

    private static IEnumerable<long> Beyond(SchemaField field)
    {
        if (field.Kind is FieldKind.Flag or FieldKind.Bytes)
        {
            return field.Kind == FieldKind.Flag ? [2, 255] : [];
        }

        long first = field.Range.Minimum / field.Scale;
        long last = field.Range.Maximum / field.Scale;
        return new[] { first - 1, last + 1 }.Where(number => number >= field.SmallestNumber && number <= field.LargestNumber && number != field.Unknown);
    }
}
