// Reads the values of one map of a scenario, with what all binders share, and complains in English.
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>A map of a scenario.</summary>
internal sealed class SectionReader(YamlValue? node, string path, BinderContext context) : MapReader(node, path)
{
    public BinderContext Context => context;

    public SectionReader Section(string key) => new(Node(key) is { Type: NodeType.Map } found ? found : null, KeyPath(key), context);

    /// <summary>A section that may be written without braces, such as a check without settings; null when the key is not there.</summary>
    public SectionReader? OptionalSection(string key) => Has(key) ? Section(key) : null;

    public IReadOnlyList<SectionReader> List(string key)
    {
        if (Node(key) is not { Type: NodeType.List } list)
        {
            return [];
        }

        return [.. list.Items.Select((item, i) => new SectionReader(item.Type == NodeType.Map ? item : null, $"{KeyPath(key)}[{i}]", context))];
    }

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

    public void Complain(string key, string message, string remedy) => context.Complain(Node(key) ?? Here, KeyPath(key), message, remedy);

    public void ComplainHere(string message, string remedy) => context.Complain(Here, Path, message, remedy);
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

    /// <summary>Binds programs and whatever names them.</summary>
    public ProgramBinder Programs { get; set; } = new(new ProblemSink(file, _ => { }), []);

    public ProblemSink Sink { get; } = new(file, problem => problems.Add(ScenarioProblem.Of(problem)));

    public void Complain(YamlValue? node, string path, string message, string remedy) =>
        problems.Add(new ScenarioProblem(file, node?.Line ?? 0, node?.Column ?? 0, path, SchemaText.Shorten(node?.Text ?? "", 60), message, remedy));
}
