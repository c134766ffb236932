// Reads the values of one map of the file. Tolerant: what the schema has complained of is passed over here, so that everything that is
// wrong with a file comes out in one go.
namespace Simulation.Scenarios;

/// <summary>Reads values of a map that may be missing or wrong; then the fallback is returned and nothing is said.</summary>
internal sealed class SectionReader(ScenarioNode? node, string path, BinderContext context)
{
    public BinderContext Context => context;

    public string Path => path;

    public bool Exists => node is not null;

    public ScenarioNode? Node(string key) => node?.Find(key);

    public bool Has(string key) => Node(key) is not null;

    public string KeyPath(string key) => path.Length == 0 ? key : path + "." + key;

    public SectionReader Section(string key) => new(Node(key) is { Type: NodeType.Object } found ? found : null, KeyPath(key), context);

    /// <summary>A section that may be written without braces, such as a check without settings; null when the key is not there.</summary>
    public SectionReader? OptionalSection(string key) => Has(key) ? Section(key) : null;

    public IReadOnlyList<SectionReader> List(string key)
    {
        if (Node(key) is not { Type: NodeType.Array } list)
        {
            return [];
        }

        return [.. list.Items.Select((item, i) => new SectionReader(item.Type == NodeType.Object ? item : null, $"{KeyPath(key)}[{i}]", context))];
    }

    public string? Text(string key) => Node(key) is { Type: NodeType.String } found ? found.Text : null;

    public double Number(string key, double fallback) => Node(key) is { Type: NodeType.Number } found ? found.Number : fallback;

    public int Integer(string key, int fallback) =>
        Node(key) is { Type: NodeType.Number } found && double.IsInteger(found.Number) && Math.Abs(found.Number) < int.MaxValue ? (int)found.Number : fallback;

    public bool Boolean(string key, bool fallback) => Node(key) is { Type: NodeType.Boolean } found ? found.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase) : fallback;

    public int Permille(string key, int fallback) => Node(key) is { Type: NodeType.Number } found && found.Number is >= 0 and <= 100 ? (int)Math.Round(found.Number * 10) : fallback;

    public long DurationMs(string key, long fallback) => Text(key) is { } text && Units.TryDuration(text, out long milliseconds) ? milliseconds : fallback;

    public int DurationIntMs(string key, int fallback) => (int)Math.Min(DurationMs(key, fallback), int.MaxValue);

    public int DurationSeconds(string key, int fallback) => (int)Math.Min(DurationMs(key, fallback * 1000L) / 1000, int.MaxValue);

    public T Word<T>(string key, T fallback)
        where T : struct, Enum => Text(key) is { } text && Enum.TryParse(text, true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value : fallback;

    /// <summary>Full path of the file that a key names; complains when it is not there.</summary>
    public string FilePath(string key) => FullPath(key, File.Exists, "file");

    /// <summary>Full path of the folder that a key names; complains when it is not there.</summary>
    public string FolderPath(string key) => FullPath(key, Directory.Exists, "folder");

    private string FullPath(string key, Func<string, bool> exists, string noun)
    {
        string? name = Text(key);
        if (string.IsNullOrEmpty(name))
        {
            return "";
        }

        string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(context.Folder, name.Replace("\0", "", StringComparison.Ordinal)));
        if (!exists(full))
        {
            Complain(key, $"there is no such {noun}", "Check the path; it is relative to the folder of the scenario.");
        }

        return full;
    }

    public void Complain(string key, string message, string remedy) => context.Complain(Node(key) ?? node, KeyPath(key), message, remedy);

    public void ComplainHere(string message, string remedy) => context.Complain(node, path, message, remedy);
}

/// <summary>What all parts of the binder share: the file's name and folder, and the problems found.</summary>
internal sealed class BinderContext(string file, string folder, List<ScenarioProblem> problems)
{
    public string File => file;

    public string Folder => folder;

    public DateTime StartLocal { get; set; }

    public long StartUtcMs { get; set; }

    public long DurationMs { get; set; }

    public TimeZoneRule TimeZone { get; set; } = new();

    public IReadOnlyList<string> ProgramNames { get; set; } = [];

    public void Complain(ScenarioNode? node, string path, string message, string remedy) =>
        problems.Add(new ScenarioProblem(file, node?.Line ?? 0, node?.Column ?? 0, path, SchemaText.Shorten(node?.Text ?? "", 60), message, remedy));
}
