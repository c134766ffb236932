// What a command is given from outside: where output goes, the environment, the keyboard. Tests give their own.
namespace Polectl.Cli;

/// <summary>The surroundings of a run.</summary>
/// <param name="Output">Standard output: results only.</param>
/// <param name="Error">Standard error: problems, progress, questions.</param>
/// <param name="Variable">Reads a variable of the environment.</param>
internal sealed record Surroundings(TextWriter Output, TextWriter Error, Func<string, string?> Variable)
{
    /// <summary>Asks a person for something secret without showing it; null where nobody sits at a terminal.</summary>
    public Func<string, string?>? AskSecret { get; init; }

    /// <summary>Waits until the run shall end (Ctrl+C, SIGTERM); calls back once a minute meanwhile.</summary>
    public Action<Action<int>> WaitForEnd { get; init; } = EndOfRun.Wait;

    /// <summary>Asks a person a question; null where nobody sits at a terminal. Its answer is null when there is none.</summary>
    public Func<string, string?>? AskLine { get; init; }

    /// <summary>Whether standard error is a terminal, where lines can be written over.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>
    /// Something that is cancelled when the person interrupts (Ctrl-C). Asked for only by commands that end themselves in good order then; all others just end.
    /// </summary>
    public Func<CancellationToken> Interruption { get; init; } = static () => CancellationToken.None;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
