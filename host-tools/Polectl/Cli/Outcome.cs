// What a command came to: for people lines, for programs JSON, for scripts the exit code.
using System.Text.Json.Nodes;
using Provisioning.Problems;

namespace Polectl.Cli;

/// <summary>The outcome of a command.</summary>
internal sealed record Outcome
{
    /// <summary>For standard output, without --json.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>For standard output, with --json.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>For standard error, and in the JSON.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The exit code.</summary>
    public int ExitCode { get; init; }

    /// <summary>Text that is the output itself, such as a list to redirect into a file: printed as it is; with --json, the result's "text".</summary>
    public string? Raw { get; init; }

    /// <summary>The exit code of problems that ended a command.</summary>
    public static int CodeOf(IReadOnlyList<Problem> problems) =>
        problems.Any(problem => problem.Kind == ProblemKind.NotAuthorised) ? Polectl.ExitCode.NotAuthorised
        : problems.All(problem => problem.Kind == ProblemKind.WrongUse) ? Polectl.ExitCode.WrongUse
        : Polectl.ExitCode.Failed;
}
