// Where binders complain: each problem gets the place of the value that it is about.
namespace SettingsFiles;

/// <summary>Collects what is wrong with a file.</summary>
/// <param name="file">The file, as it was named.</param>
/// <param name="add">Takes a problem.</param>
public sealed class ProblemSink(string file, Action<FileProblem> add)
{
    private const int LongestValue = 60;

    /// <summary>Complains of a key, or of its map when it is not there.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="remedy">What to do; null for the sentence that belongs to the other.</param>
    public void Complain(MapReader map, string key, Sentence what, Sentence? remedy = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        Complain(map.Node(key) ?? map.Here, map.KeyPath(key), what, remedy);
    }

    /// <summary>Complains of a value.</summary>
    public void Complain(YamlValue? node, string path, Sentence what, Sentence? remedy = null)
    {
        ArgumentNullException.ThrowIfNull(what);
        string value = SchemaText.Shorten(node?.Text ?? "", LongestValue);
        FileProblem problem = new(file, node?.Line ?? 0, node?.Column ?? 0, path, value, what);
        add(remedy is null ? problem : problem with { Remedy = remedy });
    }
}
