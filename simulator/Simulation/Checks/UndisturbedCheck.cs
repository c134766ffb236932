// The lamps did the same as in a run without troubles of parts.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that the lamp comes first.</summary>
internal static class UndisturbedCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, LampUndisturbedCheck check)
    {
        FailureList failures = new(result);
        long changes = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            LightCurve curve = pole.Parts.Recorder.Curve!;
            changes += curve.Count;
            if (curve.FirstDifferenceUs(result.UndisturbedCurves[pole.Index], check.WithinMs * 1000L) is long atUs)
            {
                failures.Add(pole.Index, atUs, "the light is another than in the same run without troubles of parts");
            }
        }

        int troubles = result.Faults.Count(fault => fault.Kind == FaultKind.PartTrouble && fault.StartUs < result.TimeUs);
        return CheckOutcome.From(
            "lampUndisturbed",
            "No lamp notices that a sensor is in trouble",
            failures.Count == 0,
            check.WithinMs == 0 ? "the same light at every moment as without the troubles" : "the same light as without the troubles, changes " + Text.Duration(check.WithinMs * 1000L) + " apart at most",
            $"{result.Poles.Count - failures.Count} of {Text.Count(result.Poles.Count, "lamp")} the same over {Text.Count(changes, "change")} of light and {Text.Count(troubles, "trouble")}",
            failures,
            result);
    }
}
