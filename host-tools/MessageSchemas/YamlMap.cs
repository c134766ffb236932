// A YAML mapping that knows its place in the file and which of its keys were asked for, so that a misspelt key is found.
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace MessageSchemas;

/// <summary>A YAML mapping.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _asked = [];

    public YamlMap(string file, YamlNode node, string what)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Fault(node, $"{what} must be a mapping (key: value)");
    }

    /// <summary>The keys in the order of the file, with their nodes.</summary>
    public IEnumerable<(string Key, YamlNode Node)> Entries => _node.Children.Select(child => (Text(child.Key), child.Value));

    public SchemaException Fault(string message) => Fault(_node, message);

    public SchemaException Fault(YamlNode node, string message) => new(_file, node.Start.Line, message);

    public YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;
    }

    public YamlNode Get(string key) => Find(key) ?? throw Fault($"\"{key}\" is missing");

    public YamlMap Map(string key) => new(_file, Get(key), $"\"{key}\"");

    public YamlMap Map(YamlNode node, string what) => new(_file, node, what);

    public IReadOnlyList<YamlNode> List(string key)
    {
        YamlNode node = Get(key);
        return (node as YamlSequenceNode)?.Children.ToList() ?? throw Fault(node, $"\"{key}\" must be a list");
    }

    public string String(string key)
    {
        string text = Text(Get(key));
        return text.Length > 0 ? text : throw Fault($"\"{key}\" is empty");
    }

    public string StringOr(string key, string otherwise) => Find(key) is null ? otherwise : String(key);

    public long Number(string key) => Number(Get(key), key);

    public long? NumberOrNull(string key) => Find(key) is null ? null : Number(key);

    public long Number(YamlNode node, string what) =>
        long.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Fault(node, $"\"{what}\" must be a whole number, is \"{Text(node)}\"");

    public ValueRange Range(YamlNode node, string what)
    {
        if (node is not YamlSequenceNode { Children.Count: 2 } pair)
        {
            throw Fault(node, $"\"{what}\" must be [smallest, largest]");
        }

        ValueRange range = new(Number(pair.Children[0], what), Number(pair.Children[1], what));
        return range.Minimum <= range.Maximum ? range : throw Fault(node, $"\"{what}\": the smallest is above the largest");
    }

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void RefuseOtherKeys()
    {
        foreach (YamlNode key in _node.Children.Keys)
        {
            if (!_asked.Contains(Text(key)))
            {
                throw Fault(key, $"unknown key \"{Text(key)}\"; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
            }
        }
    }

    public string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? throw Fault(node, "a single value is expected here");
}
