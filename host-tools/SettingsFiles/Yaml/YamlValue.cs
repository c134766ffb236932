// The tree of a YAML file with the place of every node, and what a plain scalar means (YAML 1.2.2 core schema, 10.3).
using System.Globalization;
using System.Text.RegularExpressions;

namespace SettingsFiles;

/// <summary>Types of JSON values.</summary>
public enum NodeType
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,
}

/// <summary>A node of the file: a scalar, a list or a map.</summary>
public sealed partial class YamlValue
{
    private YamlValue(NodeType type, int line, int column)
    {
        Type = type;
        Line = line;
        Column = column;
    }

    /// <summary>Type of its value.</summary>
    public NodeType Type { get; }

    /// <summary>Line from 1.</summary>
    public int Line { get; }

    /// <summary>Column from 1.</summary>
    public int Column { get; }

    /// <summary>Text of a scalar as it was written, without quotes.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Value of a number; not finite for .inf and .nan.</summary>
    public double Number { get; private init; }

    /// <summary>Entries of a list.</summary>
    public List<YamlValue> Items { get; private init; } = [];

    /// <summary>Keys of a map, in their order.</summary>
    public List<YamlEntry> Entries { get; private init; } = [];

    /// <summary>Nodes below and with this one, aliases counted as often as they occur.</summary>
    public long Size { get; private set; } = 1;

    /// <summary>Makes a scalar; plain ones have the types of YAML 1.2.</summary>
    public static YamlValue Scalar(string text, bool isPlain, int line, int column)
    {
        if (!isPlain)
        {
            return new YamlValue(NodeType.Text, line, column) { Text = text };
        }

        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return new YamlValue(NodeType.Null, line, column) { Text = text };
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return new YamlValue(NodeType.Boolean, line, column) { Text = text };
        }

        return TryNumber(text, out double number)
            ? new YamlValue(NodeType.Number, line, column) { Text = text, Number = number }
            : new YamlValue(NodeType.Text, line, column) { Text = text };
    }

    /// <summary>Makes an empty list.</summary>
    public static YamlValue List(int line, int column) => new(NodeType.List, line, column);

    /// <summary>Makes an empty map.</summary>
    public static YamlValue Map(int line, int column) => new(NodeType.Map, line, column);

    /// <summary>Adds an entry to a list.</summary>
    public void Add(YamlValue item)
    {
        Items.Add(item);
        Size += item.Size;
    }

    /// <summary>Adds a key to a map.</summary>
    public void Add(YamlEntry entry)
    {
        Entries.Add(entry);
        Size += entry.Value.Size;
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlValue? Find(string key) => Entries.Find(entry => entry.Key == key)?.Value;

    private static bool TryNumber(string text, out double number)
    {
        if (IntegerOrFloat().IsMatch(text))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex))
        {
            number = hex;
            return true;
        }

        number = text switch
        {
            ".inf" or ".Inf" or ".INF" or "+.inf" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return double.IsInfinity(number) || text is ".nan" or ".NaN" or ".NAN";
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerOrFloat();
}

/// <summary>A key of a map with its value and the place of the key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Column">Column of the key, from 1.</param>
public sealed record YamlEntry(string Key, YamlValue Value, int Line, int Column);
