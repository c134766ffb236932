// The counts of all the time reach the operator, with the status message of their interval or later by the journal.
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that no count is lost.</summary>
internal static class CountsCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, CountsCompleteCheck check)
    {
        FailureList failures = new(result);
        long missingUs = 0;
        long totalUs = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            long poleMissingUs = MissingUs(result, pole.Index);
            long poleTotalUs = Math.Max(1, result.TimeUs - result.Outages[pole.Index].OverlapUs(0, result.TimeUs));
            missingUs += poleMissingUs;
            totalUs += poleTotalUs;
            if (Text.Share(poleTotalUs - poleMissingUs, poleTotalUs) < check.MinimumPercent)
            {
                ToldIntervals told = result.Operator.Poles[pole.Index].Intervals;
                failures.Add(pole.Index, told.Gaps.Count > 0 ? told.Gaps[0].FromUs : told.ToldUntilUs, "nothing told of " + Text.Duration(poleMissingUs));
            }
        }

        double percent = Text.Share(totalUs - missingUs, totalUs);
        return CheckOutcome.From(
            "countsComplete",
            "The counts of all intervals arrive, some later",
            percent >= check.MinimumPercent,
            "told of at least " + Text.Percent(check.MinimumPercent) + " of the time with mains",
            $"{Text.Percent(percent)}, {Text.Count(result.Operator.Journal.IntervalCount, "interval")} of it by the journal",
            failures,
            result);
    }

    // Time with mains of which nothing was told. The interval that goes on at the end, and one whose status is on its way, are not missing.
    private static long MissingUs(FleetResult result, int poleIndex)
    {
        ToldIntervals told = result.Operator.Poles[poleIndex].Intervals;
        PowerOutages outages = result.Outages[poleIndex];
        long sumUs = 0;
        foreach ((long fromUs, long toUs) in told.Gaps)
        {
            sumUs += toUs - fromUs - outages.OverlapUs(fromUs, toUs);
        }

        long endUs = result.TimeUs - (2 * result.Scenario.Settings.StatusIntervalSeconds * 1_000_000L);
        return sumUs + (endUs > told.ToldUntilUs ? endUs - told.ToldUntilUs - outages.OverlapUs(told.ToldUntilUs, endUs) : 0);
    }
}
