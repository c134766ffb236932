// Reads the fields of a message and refuses what cannot be: a range that the bits do not hold, a scale that does not divide it, an unknown enum.
using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MessageSchemas;

/// <summary>Reads fields.</summary>
internal sealed partial class FieldReader(IReadOnlyList<SchemaEnum> enums)
{
    /// <summary>Refuses a name that is not in lower camel case.</summary>
    public static void CheckName(YamlMap map, YamlNode node, string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw map.Fault(node, $"\"{name}\" is no name: lower camel case, letters and digits, is expected");
        }
    }

    public List<SchemaField> ReadList(YamlMap owner, IReadOnlyList<YamlNode> nodes)
    {
        List<SchemaField> fields = [];
        foreach (YamlNode node in nodes)
        {
            YamlMap map = owner.Map(node, "a field");
            SchemaField field = Read(map, fields);
            if (fields.Exists(other => other.Name == field.Name))
            {
                throw map.Fault($"there are two fields \"{field.Name}\"");
            }

            fields.Add(field);
        }

        return fields;
    }

    /// <summary>Reads one field; keys that others have asked the map for are allowed too.</summary>
    public SchemaField Read(YamlMap map, List<SchemaField> before)
    {
        string name = map.String("name");
        CheckName(map, map.Get("name"), name);
        (FieldKind kind, int bits) = ReadType(map, name);
        DependentRange? rangeBy = ReadRangeBy(map, before);
        SchemaField field = new()
        {
            Name = name,
            Kind = kind,
            Bits = bits,
            Enum = ReadEnum(map, name, kind),
            Scale = map.NumberOrNull("scale") ?? 1,
            Unknown = map.NumberOrNull("unknown"),
            Constant = map.NumberOrNull("constant"),
            Unit = map.StringOr("unit", string.Empty),
            Meaning = map.String("meaning"),
            RangeBy = rangeBy,
            Range = new ValueRange(0, 0),
        };
        field = field with { Range = ReadRange(map, field) };
        map.RefuseOtherKeys();
        Check(map, field);
        return field;
    }

    private static (FieldKind Kind, int Bits) ReadType(YamlMap map, string name)
    {
        string type = map.String("type");
        if (type is "flag" or "flag8")
        {
            return (FieldKind.Flag, type == "flag" ? 1 : 8);
        }

        Match match = TypePattern().Match(type);
        if (match.Success && match.Groups[1].Value == "hex")
        {
            return (FieldKind.Bytes, 8 * int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        }

        int bits = match.Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        if (bits is < 1 or > 32)
        {
            throw map.Fault(map.Get("type"), $"type \"{type}\" of \"{name}\": flag, uint, int or enum with 1 to 32 bits (uint16), or hex with a number of bytes (hex16) is expected");
        }

        FieldKind kind = match.Groups[1].Value switch
        {
            "uint" => FieldKind.NonNegative,
            "int" => FieldKind.TwosComplement,
            _ => FieldKind.Enumeration,
        };
        return (kind, bits);
    }

    private SchemaEnum? ReadEnum(YamlMap map, string name, FieldKind kind)
    {
        bool isEnum = kind == FieldKind.Enumeration;
        if (isEnum != (map.Find("enum") is not null))
        {
            throw map.Fault($"\"{name}\": \"enum\" belongs to type enumN, and only to it");
        }

        if (!isEnum)
        {
            return null;
        }

        string enumName = map.String("enum");
        return enums.FirstOrDefault(item => item.Name == enumName) ?? throw map.Fault(map.Get("enum"), $"\"{name}\": there is no enum \"{enumName}\"");
    }

    private static DependentRange? ReadRangeBy(YamlMap map, List<SchemaField> before)
    {
        if (map.Find("rangeBy") is null)
        {
            return null;
        }

        YamlMap item = map.Map("rangeBy");
        string otherName = item.String("field");
        SchemaEnum other = before.Find(field => field.Name == otherName)?.Enum
            ?? throw item.Fault($"\"rangeBy\": there is no enum field \"{otherName}\" before this one");
        Dictionary<string, ValueRange> ranges = [];
        foreach (SchemaEnumValue value in other.Values)
        {
            if (item.Find(value.Name) is YamlNode node)
            {
                ranges[value.Name] = item.Range(node, value.Name);
            }
        }

        DependentRange range = new(otherName, ranges, item.Range(item.Get("otherwise"), "otherwise"));
        item.RefuseOtherKeys();
        return range;
    }

    private static ValueRange ReadRange(YamlMap map, SchemaField field)
    {
        if (field.RangeBy is DependentRange rangeBy)
        {
            IEnumerable<ValueRange> all = rangeBy.Ranges.Values.Append(rangeBy.Otherwise);
            return map.Find("range") is null
                ? new ValueRange(all.Min(range => range.Minimum), all.Max(range => range.Maximum))
                : throw map.Fault($"\"{field.Name}\" has both \"range\" and \"rangeBy\"");
        }

        if (field.Kind == FieldKind.Bytes)
        {
            return new ValueRange(0, 0);
        }

        if (map.Find("range") is YamlNode node)
        {
            return map.Range(node, "range");
        }

        if (field.Enum is SchemaEnum type)
        {
            return new ValueRange(type.Values[0].Number, type.Values[^1].Number);
        }

        long smallest = field.SmallestNumber + (field.Unknown == field.SmallestNumber ? 1 : 0);
        long largest = field.LargestNumber - (field.Unknown == field.LargestNumber ? 1 : 0);
        return new ValueRange(Math.Min(smallest * field.Scale, largest * field.Scale), Math.Max(smallest * field.Scale, largest * field.Scale));
    }

    private static void Check(YamlMap map, SchemaField field)
    {
        bool isNumber = field.Kind is FieldKind.NonNegative or FieldKind.TwosComplement;
        if (field.Scale == 0 || (field.Scale != 1 && !isNumber))
        {
            throw map.Fault($"\"{field.Name}\": a scale is not 0 and belongs to a number");
        }

        foreach (long value in new[] { field.Range.Minimum, field.Range.Maximum })
        {
            long number = value / field.Scale;
            if (value % field.Scale != 0 || number < field.SmallestNumber || number > field.LargestNumber)
            {
                throw map.Fault($"\"{field.Name}\": {value} cannot be told in {field.Bits} bits with a scale of {field.Scale}");
            }

            if (field.Constant < field.Range.Minimum || field.Constant > field.Range.Maximum)
            {
                throw map.Fault($"\"{field.Name}\": the constant is out of range");
            }
        }

        if (field.Unknown is long unknown)
        {
            long value = unknown * field.Scale;
            bool isHeld = unknown >= field.SmallestNumber && unknown <= field.LargestNumber;
            if (!isHeld || (value >= field.Range.Minimum && value <= field.Range.Maximum))
            {
                throw map.Fault($"\"{field.Name}\": the number for unknown must fit the bits and be no valid value");
            }
        }
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^(uint|int|enum|hex)([0-9]{1,2})$")]
    private static partial Regex TypePattern();
}
