// From the bytes of a program file to a ProgramFile, or to everything that is wrong with it: by the schema first, then by sense, then by the controller's own
// rules.
using System.Text.Json.Nodes;
using PoleController.Settings;
using Provisioning.Language;
using Provisioning.Problems;
using SettingsFiles;

namespace Provisioning.Programs;

/// <summary>Reads program files.</summary>
public static class ProgramFileReader
{
    /// <summary>Longest file in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private static readonly Lazy<SchemaNode> s_schema = new(() => SchemaNode.Parse(SchemaText));

    /// <summary>The JSON schema of program files, as docs/programs/program.schema.json has it.</summary>
    public static string SchemaText => ReadSchema();

    /// <summary>Reads a file of the disk.</summary>
    /// <exception cref="ProblemException">It is not there, or wrong: every problem, in the order of the file.</exception>
    public static ProgramFile ReadFile(string path) => Read(ReadBytes(path), path);

    /// <summary>The bytes of a file of the disk.</summary>
    /// <exception cref="ProblemException">It is not there, cannot be read, or is too long.</exception>
    public static byte[] ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            FileInfo file = new(path);
            return !file.Exists ? throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = path })
                : file.Length > MaximumBytes ? throw new ProblemException(Of(new FileProblem(path, 0, 0, "", "", new Sentence("file.large", file.Length, MaximumBytes))))
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">Its bytes: any.</param>
    /// <param name="file">Its name, for problems.</param>
    /// <exception cref="ProblemException">It is wrong: every problem (100 at most), in the order of the file.</exception>
    public static ProgramFile Read(byte[] bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        List<FileProblem> problems = [];
        YamlValue? root = YamlReader.Read(bytes, file, problems);
        ProgramFile? read = null;
        if (root is not null)
        {
            new SchemaValidator(file, problems).Validate(root, s_schema.Value, "");
            read = Bind(new MapReader(root.Type == NodeType.Map ? root : null, ""), new ProblemSink(file, problems.Add));
        }

        if (problems.Count == 0)
        {
            Judge(read!, file, problems);
        }

        return problems.Count == 0
            ? read!
            : throw new ProblemException([.. problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).Take(SchemaValidator.MaximumProblems).Select(Of)]);
    }

    /// <summary>A problem of the reader of files as one of this library.</summary>
    internal static Problem Of(FileProblem problem) => new("problem.programFile")
    {
        Kind = ProblemKind.WrongUse,
        File = problem.File,
        Line = problem.Line,
        Column = problem.Column,
        Field = problem.KeyPath,
        Value = problem.Value,
        Sentence = problem.What,
        SentenceDo = problem.Remedy,
    };

    private static ProgramFile Bind(MapReader top, ProblemSink sink)
    {
        ProgramBinder binder = new(sink, ProgramBinder.NamesOf(top));
        MapReader calendar = top.Map("calendar");
        return new ProgramFile
        {
            Description = top.Text("description") ?? "",
            Programs = top.Has("programs") ? binder.BindPrograms(top) : null,
            Calendar = binder.BindCalendar(calendar),
            HasPublicHolidays = calendar.Has("publicHolidays"),
            Sections = top.Node("settings") is { Type: NodeType.Map } settings
                ? [.. settings.Entries.Where(entry => entry.Value.Type == NodeType.Map).Select(entry => new SectionValues(entry.Key, (JsonObject)ToJson(entry.Value)!, entry.Line))]
                : [],
        };
    }

    // As if it alone were assigned: a file has to be right by itself.
    private static void Judge(ProgramFile file, string name, List<FileProblem> problems)
    {
        ControllerSettings settings = new();
        ProgramFileMapping.ApplyPrograms(file, settings);
        foreach (SectionValues section in file.Sections)
        {
            SettingsFault fault = SectionMapping.Apply(settings, section);
            if (fault != SettingsFault.None)
            {
                problems.Add(new FileProblem(name, section.Line, 0, "settings." + section.Section, "", FaultText(fault), new Sentence("settingsFault.remedy")));
            }
        }

        SettingsFault whole = problems.Count == 0 ? SettingsRules.Validate(settings) : SettingsFault.None;
        if (whole != SettingsFault.None)
        {
            problems.Add(new FileProblem(name, 0, 0, "", "", FaultText(whole), new Sentence("settingsFault.remedy")));
        }
    }

    internal static Sentence FaultText(SettingsFault fault) => new("settingsFault." + SchemaWord.Of(fault));

    private static JsonNode? ToJson(YamlValue node) => node.Type switch
    {
        NodeType.Map => new JsonObject(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        NodeType.List => new JsonArray([.. node.Items.Select(ToJson)]),
        NodeType.Number => double.IsInteger(node.Number) && Math.Abs(node.Number) < long.MaxValue ? JsonValue.Create((long)node.Number) : JsonValue.Create(node.Text),
        NodeType.Boolean => JsonValue.Create(node.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase)),
        NodeType.Text => JsonValue.Create(node.Text),
        _ => null,
    };

    private static string ReadSchema()
    {
        using Stream stream = typeof(ProgramFileReader).Assembly.GetManifestResourceStream("program.schema.json")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
