// The controllers themselves: no component threw, none asked to run again for ever, every message could be read.
using Simulation.Engine;

namespace Simulation.Checks;

/// <summary>Always run: defects of the controller that no scenario can ask for.</summary>
internal static class SoundnessCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result)
    {
        FailureList failures = new(result);
        long stepCount = 0;
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
        }

        return CheckOutcome.From(
            "controllersSound",
            "No controller failed inside",
            failures.Count == 0,
            "no exception, no endless step, no unreadable message",
            $"{Text.Count(failures.Count, "defect")} in {Text.Count(stepCount, "step")}",
            failures,
            result);
    }
}
