// The controllers themselves: no component threw, none asked to run again for ever, every message could be read, none told a count that had to be withheld.
using PoleController.Settings;
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>Always run: defects of the controller that no scenario can ask for.</summary>
internal static class SoundnessCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result)
    {
        FailureList failures = new(result);
        long stepCount = 0;
        PoleFitting[] fittings = PoleFitting.Resolve(result.Scenario, result.Lamps, result.ScenarioReport.Seed);
        foreach (SimulatedPole pole in result.Poles)
        {
            stepCount += pole.StepCount;
            if (pole.Counters.ExceptionCount > 0)
            {
                failures.Add(pole.Index, null, Text.Count(pole.Counters.ExceptionCount, "exception") + " in components of the controller");
            }

            if (pole.SpinCount > 0)
            {
                failures.Add(pole.Index, null, "the controller asked to run again at once without end, " + Text.Count(pole.SpinCount, "time"));
            }

            int unreadable = result.Operator.Poles[pole.Index].UnreadableCount;
            if (unreadable > 0)
            {
                failures.Add(pole.Index, null, Text.Count(unreadable, "message") + " could not be read");
            }

            long smallest = fittings[pole.Index].Sensors?.MinimumCount ?? new TrafficSettings().SmallestCount;
            long told = SmallestTold(result, pole.Index);
            if (told < smallest)
            {
                failures.Add(pole.Index, null, FormattableString.Invariant($"a count of {told} was told, the smallest to be told is {smallest}"));
            }
        }

        return CheckOutcome.From(
            "controllersSound",
            "No controller failed inside",
            failures.Count == 0,
            "no exception, no endless step, no unreadable message, no count that had to be withheld",
            $"{Text.Count(failures.Count, "defect")} in {Text.Count(stepCount, "step")}",
            failures,
            result);
    }

    // The smallest count of people that reached the operator and is not none.
    private static long SmallestTold(FleetResult result, int poleIndex)
    {
        IEnumerable<long> cells = result.Told.Traffic(poleIndex).SelectMany(static told => told.Counts).Where(static count => count > 0).Select(static count => (long)count);
        return cells.Append(result.Operator.Poles[poleIndex].Intervals.SmallestArrivalCount).Min();
    }
}
