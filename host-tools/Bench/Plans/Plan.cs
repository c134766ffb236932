// A test plan as its file says it: steps that stimulate, ask and expect. How it is carried out is PlanRunner's.
namespace Bench.Plans;

/// <summary>A test plan.</summary>
internal sealed record Plan
{
    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Its name: a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The board that it tests, as in hardware/boards.</summary>
    public required string Controller { get; init; }

    /// <summary>Its steps, in order.</summary>
    public required IReadOnlyList<PlanStep> Steps { get; init; }
}

/// <summary>A step.</summary>
internal sealed record PlanStep
{
    /// <summary>What it proves, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>The line of the file.</summary>
    public required long FileLine { get; init; }

    /// <summary>What to look at when it fails.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The step is made only when this part is fitted; empty for always.</summary>
    public string When { get; init; } = "";

    /// <summary>The step is left out when this part is fitted; empty for never.</summary>
    public string Unless { get; init; } = "";

    /// <summary>What is done first, in this order.</summary>
    public IReadOnlyList<Stimulus> Stimuli { get; init; } = [];

    /// <summary>Whether the service port is opened with the key.</summary>
    public bool Unlocks { get; init; }

    /// <summary>A line said at the service port; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>How long is waited before anything is read, in milliseconds.</summary>
    public long WaitMs { get; init; }

    /// <summary>Until when all that is expected has to hold, after the stimuli, in milliseconds; 0 for at once.</summary>
    public long WithinMs { get; init; }

    /// <summary>For how long it has to hold then, in milliseconds.</summary>
    public long HoldMs { get; init; }

    /// <summary>Whether nothing after it makes sense when it fails.</summary>
    public bool IsDecisive { get; init; }

    /// <summary>What is expected, all of it at once.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];
}
