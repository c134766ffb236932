// Decodes a section of the settings by the schema alone: the other way round from SectionEncoder.
using System.Text.Json.Nodes;

namespace MessageSchemas;

/// <summary>Decodes sections.</summary>
public static class SectionDecoder
{
    /// <summary>The values of a section: a value for each field, a list for each group and for each field that is repeated.</summary>
    /// <param name="section">The section.</param>
    /// <param name="content">Its content, as the pole has it: valid.</param>
    /// <exception cref="ArgumentException">The content is shorter or longer than what it says, or an enum has no such value.</exception>
    public static JsonObject Decode(SchemaSection section, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(section);
        JsonObject values = [];
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        int position = 0;
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is { } group)
            {
                JsonArray list = [];
                for (int i = 0; i < counts[group]; i++)
                {
                    JsonObject entry = [];
                    foreach (SchemaField field in item.GroupFields)
                    {
                        entry[field.Name] = Read(field, content, ref position);
                    }

                    list.Add((JsonNode)entry);
                }

                values[group] = list;
            }
            else if (item.CountOf is { } counted)
            {
                counts[counted] = Read(item.Field!, content, ref position)!.GetValue<long>();
            }
            else if (item.Repeat > 0)
            {
                JsonArray list = [];
                for (int i = 0; i < item.Repeat; i++)
                {
                    list.Add(Read(item.Field!, content, ref position));
                }

                values[item.Field!.Name] = list;
            }
            else
            {
                values[item.Field!.Name] = Read(item.Field, content, ref position);
            }
        }

        return position == content.Length ? values : throw new ArgumentException($"{section.Name} has {content.Length} bytes, not {position}");
    }

    private static JsonNode? Read(SchemaField field, ReadOnlySpan<byte> content, ref int position)
    {
        int bytes = field.Bits / 8;
        if (position + bytes > content.Length)
        {
            throw new ArgumentException($"{field.Name} is cut short");
        }

        ReadOnlySpan<byte> here = content.Slice(position, bytes);
        position += bytes;
        if (field.Kind == FieldKind.Bytes)
        {
            return Convert.ToHexStringLower(here);
        }

        long number = 0;
        foreach (byte one in here)
        {
            number = (number << 8) | one;
        }

        if (field.Kind == FieldKind.TwosComplement && ((number >> (field.Bits - 1)) & 1) != 0)
        {
            number -= 1L << field.Bits;
        }

        return number == field.Unknown ? null : Value(field, number);
    }

    private static JsonValue? Value(SchemaField field, long number) => field.Kind switch
    {
        FieldKind.Flag => JsonValue.Create(number != 0),
        FieldKind.Enumeration => JsonValue.Create(field.Enum!.Values.FirstOrDefault(value => value.Number == number)?.Name ?? throw new ArgumentException($"{field.Name} has no value {number}")),
        _ => JsonValue.Create(number * field.Scale),
    };
}
