// What a check found, before it goes into the report.
using Simulation.Reports;

namespace Simulation.Checks;

/// <summary>A check's result with the poles that failed it.</summary>
/// <param name="Report">The result for the report.</param>
/// <param name="FailedPoles">The poles that are named in its failures, all of them.</param>
public sealed record CheckOutcome(CheckReport Report, IReadOnlySet<int> FailedPoles)
{
    internal static CheckOutcome NotJudged(CheckOutcome outcome, string reason) =>
        new(
            new CheckReport
            {
                Name = outcome.Report.Name,
                Title = outcome.Report.Title,
                IsJudged = false,
                Expectation = outcome.Report.Expectation,
                Measured = "not judged: " + reason,
            },
            new HashSet<int>());

    internal static CheckOutcome From(string name, string title, bool isPassed, string expectation, string measured, FailureList failures, FleetResult result) =>
        new(
            new CheckReport
            {
                Name = name,
                Title = title,
                IsPassed = isPassed,
                Expectation = expectation,
                Measured = measured,
                Failures = isPassed ? [] : failures.Failures,
                FailureCount = isPassed ? 0 : failures.Count,
                ReplayCommand = isPassed ? "" : result.ScenarioReport.ReplayCommand,
            },
            isPassed ? new HashSet<int>() : failures.PoleIndices);
}
