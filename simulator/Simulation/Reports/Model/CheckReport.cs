// A promise of the scenario, and whether it held.
namespace Simulation.Reports;

/// <summary>One check of the scenario.</summary>
public sealed class CheckReport
{
    /// <summary>At most this many failures are listed; <see cref="FailureCount"/> counts them all.</summary>
    public const int MaximumListedFailures = 100;

    /// <summary>The check's name in the scenario file.</summary>
    public string Name { get; set; } = "";

    /// <summary>The promise as a sentence.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether it held. Never so when it was not judged.</summary>
    public bool IsPassed { get; set; }

    /// <summary>Whether it could be judged: an attached run knows nothing of what somebody else's server and its application do.</summary>
    public bool IsJudged { get; set; } = true;

    /// <summary>Whether it was judged and did not hold.</summary>
    public bool HasFailed() => IsJudged && !IsPassed;

    /// <summary>What was expected, with its number and unit.</summary>
    public string Expectation { get; set; } = "";

    /// <summary>What was measured, with its number and unit.</summary>
    public string Measured { get; set; } = "";

    /// <summary>The first failures, at most <see cref="MaximumListedFailures"/>.</summary>
    public IReadOnlyList<CheckFailureReport> Failures { get; set; } = [];

    /// <summary>How many there were in all.</summary>
    public long FailureCount { get; set; }

    /// <summary>The command line that shows the failure again; empty if it passed.</summary>
    public string ReplayCommand { get; set; } = "";
}

/// <summary>One case in which a check did not hold.</summary>
public sealed class CheckFailureReport
{
    /// <summary>The pole; empty if it concerns the whole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>When, in seconds since the start; null if it concerns the whole run.</summary>
    public double? AtSeconds { get; set; }

    /// <summary>The same in local time, empty if there is none: see <see cref="ScenarioReport.LocalTimeAt"/>.</summary>
    public string LocalTime { get; set; } = "";

    /// <summary>What happened.</summary>
    public string Text { get; set; } = "";
}

/// <summary>A row of an input file that could not be used.</summary>
public sealed class RejectedRowReport
{
    /// <summary>The file, as the scenario names it.</summary>
    public string File { get; set; } = "";

    /// <summary>The line, counted from 1; 0 if the format has no lines.</summary>
    public int Line { get; set; }

    /// <summary>What stood there, shortened if it was long.</summary>
    public string Value { get; set; } = "";

    /// <summary>Why it could not be used.</summary>
    public string Reason { get; set; } = "";
}
