// Encodes a section of the settings from its values by the schema alone: the judge of the codecs that were written by hand or run elsewhere.
using System.Text.Json.Nodes;

namespace MessageSchemas;

/// <summary>Encodes sections.</summary>
public static class SectionEncoder
{
    /// <summary>The content of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="values">A value for each field, a list for each group and for each field that is repeated.</param>
    /// <exception cref="ArgumentException">A value is missing, too much, or not valid.</exception>
    public static byte[] Encode(SchemaSection section, JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(values);
        List<byte> bytes = [];
        HashSet<string> known = [];
        foreach (SchemaSectionItem item in section.Items)
        {
            known.Add(item.CountOf ?? item.GroupName ?? item.Field!.Name);
            Append(bytes, section, item, values);
        }

        string? other = values.Select(pair => pair.Key).FirstOrDefault(key => !known.Contains(key));
        return other is null ? [.. bytes] : throw new ArgumentException($"{other} is no setting of {section.Name}");
    }

    /// <summary>The whole command that sets a section.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="values">Sequence number, the section's name and its values.</param>
    /// <exception cref="ArgumentException">A value is missing, too much, or not valid.</exception>
    public static byte[] EncodeCommand(SchemaSettings settings, JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(values);
        string? name = values[SchemaSettings.SectionKey]?.GetValue<string>();
        SchemaSection section = settings.Sections.FirstOrDefault(candidate => candidate.Name == name) ?? throw new ArgumentException($"there is no section {name}");
        byte[] content = Encode(section, values[SchemaSettings.ValuesKey] as JsonObject ?? throw new ArgumentException("settings are missing"));
        return [(byte)settings.CommandId, (byte)values["sequence"]!.GetValue<long>(), (byte)section.Number, .. content];
    }

    private static void Append(List<byte> bytes, SchemaSection section, SchemaSectionItem item, JsonObject values)
    {
        if (item.GroupName is string group)
        {
            foreach (JsonNode? entry in List(values, group, item.Maximum))
            {
                JsonObject of = entry as JsonObject ?? throw new ArgumentException($"an item of {group} must be an object");
                item.GroupFields.ToList().ForEach(field => Append(bytes, field, Value(field, of), of));
                if (of.Count != item.GroupFields.Count)
                {
                    throw new ArgumentException($"an item of {group} has a field too many");
                }
            }
        }
        else if (item.CountOf is string counted)
        {
            int maximum = section.Items.First(other => other.GroupName == counted).Maximum;
            Append(bytes, item.Field!, (long)List(values, counted, maximum).Count, values);
        }
        else if (item.Repeat > 0)
        {
            JsonArray list = List(values, item.Field!.Name, item.Repeat);
            if (list.Count != item.Repeat)
            {
                throw new ArgumentException($"{item.Field.Name} must have {item.Repeat} values");
            }

            list.ToList().ForEach(value => Append(bytes, item.Field, value, values));
        }
        else
        {
            Append(bytes, item.Field!, Value(item.Field!, values), values);
        }
    }

    private static JsonArray List(JsonObject values, string name, int maximum)
    {
        JsonArray list = values[name] as JsonArray ?? throw new ArgumentException($"{name} must be a list");
        return list.Count <= maximum ? list : throw new ArgumentException($"{name} has {list.Count} items: at most {maximum} are valid");
    }

    private static JsonNode? Value(SchemaField field, JsonObject group) =>
        group.ContainsKey(field.Name) ? group[field.Name] : throw new ArgumentException($"{field.Name} is missing");

    private static void Append(List<byte> bytes, SchemaField field, JsonNode? value, JsonObject group)
    {
        if (field.Kind == FieldKind.Bytes)
        {
            byte[] key = Convert.FromHexString(value?.GetValue<string>() ?? string.Empty);
            bytes.AddRange(key.Length * 8 == field.Bits ? key : throw new ArgumentException($"{field.Name} must be {field.Bits / 4} hexadecimal digits"));
            return;
        }

        long number = SchemaEncoder.ToNumber(field, value, group);
        for (int shift = field.Bits - 8; shift >= 0; shift -= 8)
        {
            bytes.Add((byte)(number >> shift));
        }
    }
}
