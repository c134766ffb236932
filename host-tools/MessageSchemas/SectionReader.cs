// Reads the sections of the settings and refuses what is not sound: a count without its group, a group without a count, an example that cannot be encoded.
using YamlDotNet.RepresentationModel;

namespace MessageSchemas;

/// <summary>Reads the settings.</summary>
internal static class SectionReader
{
    public static SchemaSettings Read(YamlMap map, FieldReader fields)
    {
        string name = map.String("command");
        FieldReader.CheckName(map, map.Get("command"), name);
        long id = map.Number("id");
        string meaning = map.String("meaning");
        List<SchemaSection> sections = [.. map.List("sections").Select(node => ReadSection(map.Map(node, "a section"), fields))];
        map.RefuseOtherKeys();
        return id is >= 1 and <= 255 ? new SchemaSettings(name, (int)id, meaning, sections) : throw map.Fault($"id {id} is not 1 to 255");
    }

    private static SchemaSection ReadSection(YamlMap map, FieldReader fields)
    {
        string name = map.String("name");
        FieldReader.CheckName(map, map.Get("name"), name);
        long number = map.Number("number");
        List<SchemaSectionItem> items = [];
        List<SchemaField> before = [];
        foreach (YamlNode node in map.List("fields"))
        {
            YamlMap item = map.Map(node, "a field");
            items.Add(item.Find("group") is null ? ReadField(item, fields, before) : ReadGroup(item, fields));
        }

        SchemaSection section = new(name, (int)number, map.String("meaning"), items, ExampleReader.Read(map, map.Get("example")));
        map.RefuseOtherKeys();
        Check(map, section);
        return number is >= 1 and <= 255 ? section : throw map.Fault($"number {number} of \"{name}\" is not 1 to 255");
    }

    private static SchemaSectionItem ReadField(YamlMap item, FieldReader fields, List<SchemaField> before)
    {
        long repeat = item.NumberOrNull("repeat") ?? 0;
        string? countOf = item.Find("countOf") is null ? null : item.String("countOf");
        SchemaField field = fields.Read(item, before);
        if (before.Exists(other => other.Name == field.Name))
        {
            throw item.Fault($"there are two fields \"{field.Name}\"");
        }

        before.Add(field);
        return new SchemaSectionItem(field) { Repeat = (int)repeat, CountOf = countOf };
    }

    private static SchemaSectionItem ReadGroup(YamlMap item, FieldReader fields)
    {
        string name = item.String("group");
        FieldReader.CheckName(item, item.Get("group"), name);
        SchemaSectionItem group = new((SchemaField?)null)
        {
            GroupName = name,
            Maximum = (int)item.Number("maximum"),
            GroupFields = fields.ReadList(item, item.List("fields")),
        };
        item.RefuseOtherKeys();
        return group;
    }

    private static void Check(YamlMap map, SchemaSection section)
    {
        List<string> counted = [];
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.CountOf is string group)
            {
                counted.Add(group);
            }
            else if (item.GroupName is string name && !counted.Remove(name))
            {
                throw map.Fault($"group \"{name}\" of \"{section.Name}\" has no field before it that counts its items (countOf)");
            }

            int bits = item.Field?.Bits ?? item.GroupFields.Sum(field => field.Bits);
            if (bits % 8 != 0)
            {
                throw map.Fault($"\"{item.Field?.Name ?? item.GroupName}\" of \"{section.Name}\" has {bits} bits: in settings everything is whole bytes");
            }
        }

        if (counted.Count > 0)
        {
            throw map.Fault($"\"{section.Name}\" has no group \"{counted[0]}\"");
        }

        try
        {
            SectionEncoder.Encode(section, section.Example);
        }
        catch (ArgumentException exception)
        {
            throw map.Fault(map.Get("example"), $"the example of \"{section.Name}\" cannot be encoded: {exception.Message}");
        }
    }
}
