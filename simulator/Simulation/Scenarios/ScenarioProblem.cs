// What is wrong with a scenario or with a file it names: where, what, and what to do.
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>One thing that is wrong.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">Line from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column from 1; 0 when the whole line is meant.</param>
/// <param name="KeyPath">Path of the key, such as programs[0].points[2].level; empty when no key is concerned.</param>
/// <param name="Value">The offending text, shortened; empty when there is none.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ScenarioProblem(string File, int Line, int Column, string KeyPath, string Value, string Message, string Remedy)
{
    /// <summary>A problem of the library that reads files, in English.</summary>
    internal static ScenarioProblem Of(FileProblem problem) =>
        new(problem.File, problem.Line, problem.Column, problem.KeyPath, problem.Value, problem.What.ToString(), problem.Remedy.ToString());

    /// <summary>The problem as one line: file:line:column: key: message. Remedy.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
        string key = KeyPath.Length == 0 ? "" : KeyPath + ": ";
        string value = Value.Length == 0 ? "" : $" (found '{Value}')";
        return $"{place}: {key}{Message}{value}. {Remedy}".TrimEnd();
    }
}

/// <summary>A scenario, or a file it names, that cannot be used. Carries every problem found, not just the first.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>Makes it.</summary>
    /// <param name="problems">At least one problem.</param>
    public ScenarioException(IReadOnlyList<ScenarioProblem> problems)
        : base(string.Join('\n', problems))
    {
        Problems = problems;
    }

    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public IReadOnlyList<ScenarioProblem> Problems { get; }
}

/// <summary>Where something stands in a scenario file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="KeyPath">Path of the key.</param>
public sealed record ScenarioPlace(string File, int Line, int Column, string KeyPath);
