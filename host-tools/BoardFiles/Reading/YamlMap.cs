// A YAML mapping that knows its place in the file and which of its keys were asked for, so that a misspelt key is found.
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BoardFiles.Reading;

/// <summary>A YAML mapping.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _asked = [];

    private YamlMap(string file, YamlNode node, string what)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Fault(file, node, what, $"{what} has to be a mapping", "Write key: value pairs");
    }

    /// <summary>The line at which the mapping begins.</summary>
    public long Line => _node.Start.Line;

    /// <summary>The mapping at the top of a YAML text.</summary>
    public static YamlMap Parse(string text, string file)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new BoardFileException(new BoardProblem(
                BoardRule.Form, file, exception.Start.Line, "file", "this is not YAML: " + exception.Message, "Look at indentation, colons and repeated keys here"));
        }

        return stream.Documents.Count == 1
            ? new YamlMap(file, stream.Documents[0].RootNode, "the file")
            : throw new BoardFileException(new BoardProblem(BoardRule.Form, file, 1, "file", "the file has no document, or several", "Write exactly one"));
    }

    public bool Has(string key) => Find(key) is not null;

    public YamlMap Map(string key) => new(_file, Get(key), $"\"{key}\"");

    /// <summary>The mappings in a list; none when the key is absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) => [.. Items(key).Select(item => new YamlMap(_file, item, $"an entry of \"{key}\""))];

    public string Text(string key) => Scalar(Get(key), key);

    public string TextOr(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => Scalar(item, key))];

    public int Integer(string key)
    {
        string text = Text(key);
        bool isHex = text.StartsWith("0x", StringComparison.Ordinal);
        return int.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Fault(key, $"\"{key}\" has to be a whole number of 0 or more, is \"{text}\"", "Write digits, or 0x and hexadecimal digits");
    }

    public int IntegerOr(string key, int otherwise) => Has(key) ? Integer(key) : otherwise;

    public double Number(string key)
    {
        string text = Text(key);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Fault(key, $"\"{key}\" has to be a number of 0 or more, is \"{text}\"", "Write digits and at most one point");
    }

    public double NumberOr(string key, double otherwise) => Has(key) ? Number(key) : otherwise;

    public bool FlagOr(string key, bool otherwise) => Has(key) ? Choice<YesNo>(key) == YesNo.True : otherwise;

    /// <summary>One of the names of an enumeration, written in camel case.</summary>
    public T Choice<T>(string key)
        where T : struct, Enum
    {
        string text = Text(key);
        foreach (T value in Enum.GetValues<T>())
        {
            if (Camel(value.ToString()) == text)
            {
                return value;
            }
        }

        throw Fault(key, $"\"{key}\" is \"{text}\"", "Choose one of " + string.Join(", ", Enum.GetNames<T>().Select(Camel)));
    }

    public T ChoiceOr<T>(string key, T otherwise)
        where T : struct, Enum => Has(key) ? Choice<T>(key) : otherwise;

    /// <summary>Pins from a list of numbers and ranges such as 26-32.</summary>
    public IReadOnlyList<int> Pins(string key)
    {
        List<int> pins = [];
        foreach (string text in Texts(key))
        {
            string[] ends = text.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) || last < first || last > 127)
            {
                throw Fault(key, $"\"{text}\" in \"{key}\" is neither a pin nor a range", "Write a number such as 5 or a range such as 26-32");
            }

            pins.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return pins;
    }

    /// <summary>The line of a key; that of the mapping when the key is absent.</summary>
    public long LineOf(string key) => _node.Children.Keys.FirstOrDefault(name => (name as YamlScalarNode)?.Value == key)?.Start.Line ?? Line;

    public BoardFileException Fault(string key, string what, string remedy) =>
        new(new BoardProblem(BoardRule.Form, _file, LineOf(key), key, what, remedy));

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void RefuseOtherKeys()
    {
        foreach (YamlNode key in _node.Children.Keys)
        {
            string name = Scalar(key, "a key");
            if (!_asked.Contains(name))
            {
                throw Fault(_file, key, name, $"unknown key \"{name}\"", "Known here: " + string.Join(", ", _asked.Order(StringComparer.Ordinal)));
            }
        }
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static BoardFileException Fault(string file, YamlNode node, string field, string what, string remedy) =>
        new(new BoardProblem(BoardRule.Form, file, node.Start.Line, field, what, remedy));

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;
    }

    private YamlNode Get(string key) => Find(key) ?? throw Fault(_file, _node, key, $"\"{key}\" is missing", "Add it to this mapping");

    private IEnumerable<YamlNode> Items(string key)
    {
        YamlNode? node = Find(key);
        return node is null ? [] : (node as YamlSequenceNode)?.Children ?? throw Fault(key, $"\"{key}\" has to be a list", "Write [ ... ] or one entry a line with a dash");
    }

    private string Scalar(YamlNode node, string what)
    {
        string? text = (node as YamlScalarNode)?.Value;
        return string.IsNullOrWhiteSpace(text) ? throw Fault(_file, node, what, $"\"{what}\" has to be one value and not empty", "Write the value after the colon") : text.Trim();
    }

    private enum YesNo
    {
        False,
        True,
    }
}
