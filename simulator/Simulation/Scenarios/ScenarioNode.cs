// The tree of a YAML file with the place of every node, and what a plain scalar means (YAML 1.2.2 core schema, 10.3).
using System.Globalization;
using System.Text.RegularExpressions;

namespace Simulation.Scenarios;

/// <summary>Where something stands in a scenario file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="KeyPath">Path of the key.</param>
public sealed record ScenarioPlace(string File, int Line, int Column, string KeyPath);

/// <summary>Types of JSON values.</summary>
internal enum NodeType
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A node of the file: a scalar, a list or a map.</summary>
internal sealed partial class ScenarioNode
{
    private ScenarioNode(NodeType type, int line, int column)
    {
        Type = type;
        Line = line;
        Column = column;
    }

    public NodeType Type { get; }

    public int Line { get; }

    public int Column { get; }

    /// <summary>Text of a scalar as it was written, without quotes.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Value of a number; not finite for .inf and .nan.</summary>
    public double Number { get; private init; }

    public List<ScenarioNode> Items { get; private init; } = [];

    public List<ScenarioEntry> Entries { get; private init; } = [];

    /// <summary>Nodes below and with this one, aliases counted as often as they occur.</summary>
    public long Size { get; private set; } = 1;

    public static ScenarioNode Scalar(string text, bool isPlain, int line, int column)
    {
        if (!isPlain)
        {
            return new ScenarioNode(NodeType.String, line, column) { Text = text };
        }

        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return new ScenarioNode(NodeType.Null, line, column) { Text = text };
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return new ScenarioNode(NodeType.Boolean, line, column) { Text = text };
        }

        return TryNumber(text, out double number)
            ? new ScenarioNode(NodeType.Number, line, column) { Text = text, Number = number }
            : new ScenarioNode(NodeType.String, line, column) { Text = text };
    }

    public static ScenarioNode List(int line, int column) => new(NodeType.Array, line, column);

    public static ScenarioNode Map(int line, int column) => new(NodeType.Object, line, column);

    public void Add(ScenarioNode item)
    {
        Items.Add(item);
        Size += item.Size;
    }

    public void Add(ScenarioEntry entry)
    {
        Entries.Add(entry);
        Size += entry.Value.Size;
    }

    public ScenarioNode? Find(string key) => Entries.Find(entry => entry.Key == key)?.Value;

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
internal sealed record ScenarioEntry(string Key, ScenarioNode Value, int Line, int Column);
