// What a look at the computer and the workspace found.
using Provisioning.Problems;

namespace Provisioning.Doctor;

/// <summary>How it is.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something cannot be done, or could go wrong; the rest works.</summary>
    Warning,

    /// <summary>It has to be mended.</summary>
    Failed,
}

/// <summary>A finding.</summary>
/// <param name="Name">What was looked at, a word.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What was found: a version, a path, a number with its unit; nothing secret.</param>
public sealed record DoctorFinding(string Name, FindingState State, string Found)
{
    /// <summary>What is wrong and what to do; null when nothing is.</summary>
    public Problem? Problem { get; init; }

    internal static DoctorFinding Ok(string name, string found) => new(name, FindingState.Ok, found);

    internal static DoctorFinding Warning(string name, string found, Problem problem) => new(name, FindingState.Warning, found) { Problem = problem };

    internal static DoctorFinding Failed(string name, string found, Problem problem) => new(name, FindingState.Failed, found) { Problem = problem };
}
