// One run of one command: its options, the workspace that it works on, and how its outcome is told.
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Polectl.Cli;

/// <summary>A run of a command.</summary>
internal sealed class Run
{
    private const string DefaultWorkspace = "poles.polectl";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GlobalOptions _options;

    public Run(ParseResult parsed, GlobalOptions options, Words words, Surroundings surroundings, string command, Option<bool>? dryRun)
    {
        Parsed = parsed;
        _options = options;
        Words = words;
        Surroundings = surroundings;
        Command = command;
        IsDryRun = dryRun is not null && parsed.GetValue(dryRun);
    }

    public ParseResult Parsed { get; }

    public Words Words { get; }

    public Surroundings Surroundings { get; }

    /// <summary>Noun and verb.</summary>
    public string Command { get; }

    public bool IsDryRun { get; }

    public bool IsJson => Parsed.GetValue(_options.Json);

    public WorkspaceAddress Address =>
        WorkspaceAddress.Parse(Parsed.GetValue(_options.Workspace) ?? Surroundings.Variable("POLECTL_WORKSPACE") ?? DefaultWorkspace);

    public Author Author => Author.OfThisProcess(Parsed.GetValue(_options.User) ?? Surroundings.Variable("POLECTL_USER"));

    public T Get<T>(Option<T> option) => Parsed.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => Parsed.GetValue(argument)!;

    public Workspace Open() => Workspace.Open(Address, Author, Surroundings.Time);

    /// <summary>A line of progress: for people, on standard error.</summary>
    public void Progress(string key, params IReadOnlyList<string> arguments) => Surroundings.Error.WriteLine(Words.Format(key, arguments));

    /// <summary>Carries the command out and tells what came of it.</summary>
    /// <returns>The exit code.</returns>
    public int Carry(Func<Run, Outcome> work)
    {
        Outcome outcome;
        try
        {
            outcome = work(this);
        }
        catch (ProblemException exception)
        {
            outcome = new Outcome { Problems = exception.Problems, ExitCode = Outcome.CodeOf(exception.Problems) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problem problem = new("problem.file.unwritable", exception.Message);
            outcome = new Outcome { Problems = [problem], ExitCode = ExitCode.Failed };
        }

        Tell(outcome);
        return outcome.ExitCode;
    }

    private void Tell(Outcome outcome)
    {
        foreach (Problem problem in outcome.Problems)
        {
            Surroundings.Error.WriteLine("polectl: " + problem.ToText(Words.Problems));
        }

        if (outcome.Raw is not null && !IsJson)
        {
            Surroundings.Output.Write(outcome.Raw);
            return;
        }

        if (IsJson)
        {
            Surroundings.Output.WriteLine(Envelope(outcome).ToJsonString(s_json));
            return;
        }

        foreach (string line in outcome.Lines)
        {
            Surroundings.Output.WriteLine(line);
        }

        if (IsDryRun && outcome.ExitCode is ExitCode.Done or ExitCode.PartlyDone)
        {
            Surroundings.Output.WriteLine(Words["dryRun"]);
        }
    }

    private JsonObject Envelope(Outcome outcome) => new()
    {
        ["command"] = Command,
        ["exitCode"] = outcome.ExitCode,
        ["dryRun"] = IsDryRun,
        ["result"] = outcome.Raw is null ? outcome.Result : new JsonObject { ["text"] = outcome.Raw },
        ["problems"] = new JsonArray([.. outcome.Problems.Select(problem => (JsonNode)new JsonObject
        {
            ["key"] = problem.Key,
            ["file"] = problem.File,
            ["line"] = problem.Line,
            ["column"] = problem.Column,
            ["field"] = problem.Field,
            ["value"] = problem.ShownValue(),
            ["what"] = problem.What(Words.Problems),
            ["do"] = problem.Remedy(Words.Problems),
        })]),
    };
}
