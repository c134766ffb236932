// What came of a plan.
namespace Bench.Plans;

/// <summary>What came of a step.</summary>
internal enum StepOutcome
{
    /// <summary>Everything expected held.</summary>
    Passed,

    /// <summary>Something did not hold in time.</summary>
    Failed,

    /// <summary>The part is not fitted, or a decisive step before it failed.</summary>
    Skipped,

    /// <summary>An instrument of the jig failed, or the plan was broken off here.</summary>
    Broken,
}

/// <summary>One expectation and what was read last.</summary>
/// <param name="What">What was read.</param>
/// <param name="Wanted">What was wanted.</param>
/// <param name="Was">What it was; "nothing" when it could not be read.</param>
/// <param name="Holds">Whether it was as wanted.</param>
internal sealed record Reading(string What, string Wanted, string Was, bool Holds);

/// <summary>A step and what came of it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Readings">The last readings.</param>
/// <param name="Message">Why it was not made or broke off; empty otherwise.</param>
internal sealed record StepResult(PlanStep Step, StepOutcome Outcome, double Seconds, IReadOnlyList<Reading> Readings, string Message);

/// <summary>A plan and what came of it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Fitted">Words for what is fitted.</param>
/// <param name="DevEui">Who was tested; empty when the controller did not say.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="Steps">The steps.</param>
/// <param name="IsRefused">Whether the service key was refused.</param>
internal sealed record PlanResult(
    Plan Plan, IReadOnlyList<string> Fitted, string DevEui, DateTimeOffset StartedUtc, IReadOnlyList<StepResult> Steps, bool IsRefused)
{
    /// <summary>How many steps ended so.</summary>
    public int Count(StepOutcome outcome) => Steps.Count(step => step.Outcome == outcome);

    /// <summary>The exit code.</summary>
    public int ExitCode =>
        Count(StepOutcome.Broken) > 0 ? Bench.ExitCode.PartlyDone
        : IsRefused ? Bench.ExitCode.NotAuthorised
        : Count(StepOutcome.Failed) > 0 ? Bench.ExitCode.Failed
        : Bench.ExitCode.Done;
}
