// Reads messages.yaml and refuses what is not sound, with file and line. Fields are FieldReader's.
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MessageSchemas;

/// <summary>Reads a schema.</summary>
public static class SchemaReader
{
    /// <summary>Longest payload at the slowest data rates (EU868 DR0 to DR2).</summary>
    public const int MaximumPayloadLength = 51;

    /// <summary>Reads the schema that this program was built with.</summary>
    public static MessageSchema ReadEmbedded()
    {
        using Stream stream = typeof(SchemaReader).Assembly.GetManifestResourceStream("messages.yaml")!;
        using StreamReader reader = new(stream);
        return Read(reader.ReadToEnd(), "messages.yaml");
    }

    /// <summary>Reads a schema from a file.</summary>
    /// <exception cref="SchemaException">The file is missing or not sound.</exception>
    public static MessageSchema ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new SchemaException($"{path}: no such file; it is the schema of the messages");
        }

        return Read(File.ReadAllText(path), Path.GetFileName(path));
    }

    /// <summary>Reads a schema from its text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">The name that messages about faults begin with.</param>
    /// <exception cref="SchemaException">The schema is not sound.</exception>
    public static MessageSchema Read(string text, string file)
    {
        YamlMap root = new(file, Parse(text, file), "the schema");
        List<SchemaEnum> enums = ReadEnums(root.Map("enums"));
        FieldReader fields = new(enums);
        List<SchemaEntryKind> kinds = [.. root.List("entries").Select(node => ReadEntryKind(root.Map(node, "a kind of entry"), fields))];
        List<SchemaMessage> uplinks = [.. root.List("uplinks").Select(node => ReadUplink(root.Map(node, "an uplink"), fields, kinds))];
        YamlMap commandMap = root.Map("commands");
        int port = ReadPort(commandMap);
        IReadOnlyList<SchemaField> header = ReadHeader(commandMap, fields);
        List<SchemaMessage> commands =
            [.. commandMap.List("list").Select(node => ReadCommand(root.Map(node, "a command"), fields, port, header))];
        commandMap.RefuseOtherKeys();
        SchemaSettings settings = SectionReader.Read(root.Map("settings"), fields);
        root.RefuseOtherKeys();
        RefuseTwins(root, enums.Select(item => item.Name), "enum");
        RefuseTwins(root, uplinks.Concat(commands).Select(item => item.Name), "message");
        RefuseTwins(root, uplinks.Select(item => $"port {item.Port}"), "uplink");
        RefuseTwins(root, commands.Select(item => $"id {item.CommandId}").Append($"id {settings.CommandId}"), "command");
        RefuseTwins(root, kinds.Select(kind => kind.Name), "kind of entry");
        RefuseTwins(root, kinds.Select(kind => $"id {kind.Id}"), "kind of entry");
        RefuseTwins(root, settings.Sections.Select(section => section.Name), "section");
        RefuseTwins(root, settings.Sections.Select(section => $"number {section.Number}"), "section");
        return new MessageSchema(enums, uplinks, port, header, commands) { EntryKinds = kinds, Settings = settings };
    }

    private static YamlNode Parse(string text, string file)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new SchemaException(file, exception.Start.Line, "not YAML: " + exception.Message);
        }

        return stream.Documents.Count == 1 ? stream.Documents[0].RootNode : throw new SchemaException(file, 1, "one YAML document is expected");
    }

    private static List<SchemaEnum> ReadEnums(YamlMap map)
    {
        List<SchemaEnum> enums = [];
        foreach ((string name, YamlNode node) in map.Entries)
        {
            FieldReader.CheckName(map, node, name);
            YamlMap item = map.Map(node, $"enum \"{name}\"");
            List<SchemaEnumValue> values = ReadEnumValues(item);
            enums.Add(new SchemaEnum(name, item.String("meaning"), values));
            item.RefuseOtherKeys();
        }

        return enums;
    }

    private static List<SchemaEnumValue> ReadEnumValues(YamlMap map)
    {
        YamlMap valueMap = map.Map("values");
        List<SchemaEnumValue> values = [];
        foreach ((string name, YamlNode node) in valueMap.Entries)
        {
            FieldReader.CheckName(valueMap, node, name);
            YamlMap item = valueMap.Map(node, $"value \"{name}\"");
            values.Add(new SchemaEnumValue(name, item.Number("value"), item.String("meaning")));
            item.RefuseOtherKeys();
            bool isRising = values.Count == 1 ? values[0].Number >= 0 : values[^1].Number == values[^2].Number + 1;
            if (!isRising)
            {
                throw valueMap.Fault(node, $"value {values[^1].Number} of \"{name}\": values must rise by one from 0 or more");
            }
        }

        return values.Count > 0 ? values : throw map.Fault("an enum needs values");
    }

    private static SchemaMessage ReadUplink(YamlMap map, FieldReader fields, IReadOnlyList<SchemaEntryKind> kinds)
    {
        string name = ReadName(map);
        List<SchemaField> list = fields.ReadList(map, map.List("fields"));
        SchemaMessage message = new(name, false, ReadPort(map), 0, map.String("meaning"), list, null, ReadExample(map))
        {
            Entries = ReadEntries(map, fields, kinds),
        };
        CheckLength(map, message.Name, list.Sum(field => field.Bits));
        foreach (SchemaEntryKind kind in message.Entries?.Kinds ?? [])
        {
            // At the slowest data rates one of each kind has to fit.
            CheckLength(map, $"{name} with a single {kind.Name}", list.Concat(message.Entries!.FieldsOf(kind)).Sum(field => field.Bits) + 8);
        }

        Finish(map, message, []);
        return message;
    }

    private static SchemaMessage ReadCommand(YamlMap map, FieldReader fields, int port, IReadOnlyList<SchemaField> header)
    {
        string name = ReadName(map);
        long id = map.Number("id");
        if (id is < 1 or > 255)
        {
            throw map.Fault($"id {id} of \"{name}\" is not 1 to 255");
        }

        List<SchemaField> list = fields.ReadList(map, map.List("fields"));
        SchemaPoints? points = ReadPoints(map, fields);
        SchemaMessage message = new(name, true, port, (int)id, map.String("meaning"), list, points, ReadExample(map));
        int pointBits = points?.Fields.Sum(field => field.Bits) ?? 0;
        CheckLength(map, $"a point of {name}", pointBits);
        CheckLength(map, name, header.Concat(list).Sum(field => field.Bits) + (pointBits * (points?.Maximum ?? 0)));
        Finish(map, message, header.Skip(1));
        return message;
    }

    private static SchemaPoints? ReadPoints(YamlMap map, FieldReader fields)
    {
        if (map.Find(SchemaPoints.Key) is null)
        {
            return null;
        }

        YamlMap item = map.Map(SchemaPoints.Key);
        long maximum = item.Number("maximum");
        SchemaPoints points = new((int)maximum, fields.ReadList(item, item.List("fields")));
        item.RefuseOtherKeys();
        return maximum >= 1 && points.Fields.Count > 0 ? points : throw item.Fault("points need a maximum of 1 or more, and fields");
    }

    private static SchemaEntries? ReadEntries(YamlMap map, FieldReader fields, IReadOnlyList<SchemaEntryKind> all)
    {
        if (map.Find(SchemaEntries.Key) is null)
        {
            return null;
        }

        YamlMap item = map.Map(SchemaEntries.Key);
        long maximum = item.Number("maximum");
        List<SchemaField> shared = fields.ReadList(item, item.List("fields"));
        List<SchemaEntryKind> kinds = [];
        foreach (YamlNode node in item.List("kinds"))
        {
            kinds.Add(all.FirstOrDefault(kind => kind.Name == item.Text(node)) ?? throw item.Fault(node, $"there is no entry \"{item.Text(node)}\""));
        }

        JsonObject headExample = shared.Count == 0 ? [] : ReadExample(item);
        item.RefuseOtherKeys();
        RefuseTwins(item, kinds.Select(kind => kind.Name), "kind");
        RefuseTwins(item, kinds.SelectMany(kind => kind.Fields.Select(field => field.Name).Intersect(shared.Select(field => field.Name))).SelectMany(name => new[] { name, name }), "field");
        return maximum >= 1 && kinds.Count > 0
            ? new SchemaEntries((int)maximum, shared, kinds) { HeadExample = headExample }
            : throw item.Fault("entries need a maximum of 1 or more, and kinds");
    }

    private static SchemaEntryKind ReadEntryKind(YamlMap map, FieldReader fields)
    {
        string name = ReadName(map);
        long id = map.Number("id");
        bool isMeasurement = map.String("class") switch
        {
            "event" => false,
            "measurement" => true,
            _ => throw map.Fault(map.Get("class"), "\"class\" is event or measurement"),
        };
        SchemaEntryKind kind = new(name, (int)id, map.String("meaning"), fields.ReadList(map, map.List("fields")), ReadExample(map))
        {
            Manifest = isMeasurement ? ReadManifest(map.Map("manifest")) : null,
        };
        map.RefuseOtherKeys();
        return id is >= 1 and <= 255 ? kind : throw map.Fault($"id {id} of \"{name}\" is not 1 to 255");
    }

    private static SchemaManifest ReadManifest(YamlMap map)
    {
        SchemaManifest manifest = new(map.String("purpose"), map.String("basis"), map.String("onPole"), (int)map.Number("retentionDays"), map.String("persons"));
        map.RefuseOtherKeys();
        return manifest;
    }

    private static List<SchemaField> ReadHeader(YamlMap map, FieldReader fields)
    {
        List<SchemaField> header = fields.ReadList(map, map.List("header"));
        bool isSound = header.Count == 2 && header[0].Name == "commandId" && header[1].Name == "sequence" && header.All(field => field.Bits == 8);
        return isSound ? header : throw map.Fault("\"header\" must be commandId and sequence, a byte each");
    }

    private static string ReadName(YamlMap map)
    {
        string name = map.String("name");
        FieldReader.CheckName(map, map.Get("name"), name);
        return name;
    }

    private static int ReadPort(YamlMap map)
    {
        long port = map.Number("port");
        return port is >= 1 and <= 223 ? (int)port : throw map.Fault($"port {port} is not 1 to 223 (LoRaWAN 1.0.4, section 4.3.2)");
    }

    private static JsonObject ReadExample(YamlMap map) => ExampleReader.Read(map, map.Get("example"));

    private static void CheckLength(YamlMap map, string name, int bits)
    {
        if (bits % 8 != 0)
        {
            throw map.Fault($"\"{name}\" has {bits} bits: it must end with a whole byte");
        }

        if (bits / 8 > MaximumPayloadLength)
        {
            throw map.Fault($"\"{name}\" has {bits / 8} bytes: more than the {MaximumPayloadLength} of the slowest data rates");
        }
    }

    private static void Finish(YamlMap map, SchemaMessage message, IEnumerable<SchemaField> before)
    {
        map.RefuseOtherKeys();
        try
        {
            SchemaEncoder.Encode(message, before, message.Example);
        }
        catch (ArgumentException exception)
        {
            throw map.Fault(map.Get("example"), $"the example of \"{message.Name}\" cannot be encoded: {exception.Message}");
        }
    }

    private static void RefuseTwins(YamlMap root, IEnumerable<string> names, string what)
    {
        string? twin = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twin is not null)
        {
            throw root.Fault($"there are two {what}s with {twin}");
        }
    }
}
