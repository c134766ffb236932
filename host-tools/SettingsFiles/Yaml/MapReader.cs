// Reads the values of one map of a file. Tolerant: what the schema has complained of is passed over here, so that everything that is wrong with a file comes
// out in one go.
namespace SettingsFiles;

/// <summary>Reads values of a map that may be missing or wrong; then the fallback is returned and nothing is said.</summary>
/// <param name="node">The map; null when it is not there.</param>
/// <param name="path">Its path.</param>
public class MapReader(YamlValue? node, string path)
{
    /// <summary>Path of the map.</summary>
    public string Path => path;

    /// <summary>Whether it is there.</summary>
    public bool Exists => node is not null;

    /// <summary>The map itself.</summary>
    public YamlValue? Here => node;

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlValue? Node(string key) => node?.Find(key);

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => Node(key) is not null;

    /// <summary>Path of a key.</summary>
    public string KeyPath(string key) => path.Length == 0 ? key : path + "." + key;

    /// <summary>A map below; one without values when it is not there.</summary>
    public MapReader Map(string key) => new(Node(key) is { Type: NodeType.Map } found ? found : null, KeyPath(key));

    /// <summary>The maps of a list.</summary>
    public IReadOnlyList<MapReader> Maps(string key) => Node(key) is { Type: NodeType.List } list
        ? [.. list.Items.Select((item, i) => new MapReader(item.Type == NodeType.Map ? item : null, $"{KeyPath(key)}[{i}]"))]
        : [];

    /// <summary>A text; null when it is none.</summary>
    public string? Text(string key) => Node(key) is { Type: NodeType.Text } found ? found.Text : null;

    /// <summary>A number.</summary>
    public double Number(string key, double fallback) => Node(key) is { Type: NodeType.Number } found ? found.Number : fallback;

    /// <summary>A whole number.</summary>
    public int WholeNumber(string key, int fallback) =>
        Node(key) is { Type: NodeType.Number } found && double.IsInteger(found.Number) && Math.Abs(found.Number) < int.MaxValue ? (int)found.Number : fallback;

    /// <summary>True or false.</summary>
    public bool Boolean(string key, bool fallback) => Node(key) is { Type: NodeType.Boolean } found ? found.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase) : fallback;

    /// <summary>A percentage, as permille.</summary>
    public int Permille(string key, int fallback) => Node(key) is { Type: NodeType.Number } found && found.Number is >= 0 and <= 100 ? (int)Math.Round(found.Number * 10) : fallback;

    /// <summary>A duration in milliseconds.</summary>
    public long DurationMs(string key, long fallback) => Text(key) is { } text && Units.TryDuration(text, out long milliseconds) ? milliseconds : fallback;

    /// <summary>A duration in milliseconds.</summary>
    public int DurationIntMs(string key, int fallback) => (int)Math.Min(DurationMs(key, fallback), int.MaxValue);

    /// <summary>A duration in seconds.</summary>
    public int DurationSeconds(string key, int fallback) => (int)Math.Min(DurationMs(key, fallback * 1000L) / 1000, int.MaxValue);

    /// <summary>A word of an enumeration.</summary>
    public T Word<T>(string key, T fallback)
        where T : struct, Enum => Text(key) is { } text && Enum.TryParse(text, true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value : fallback;
}
