// The lamps did the same as in a run without troubles of parts; those whose own interface or gear was in trouble were as bright as the trouble leaves them, and the same again
// afterwards.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that the lamp comes first.</summary>
internal static class UndisturbedCheck
{
    /// <summary>How much later a level may come while the interface is in trouble: a level that is refused is given again every second, and gear that is fed and hears nothing takes 0.6 s to
    /// its own level.</summary>
    private const long FollowUs = 3_000_000;

    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, LampUndisturbedCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000L;
        long changes = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            LightCurve curve = pole.Parts.Recorder.Curve!;
            changes += curve.Count;
            LightCurve undisturbed = result.UndisturbedCurves[pole.Index];
            InjectedFault[] own = [.. result.Faults.Where(fault => fault.PoleIndex == pole.Index && LuminaireTroubles.IsOfLuminaire(fault))];
            (long FromUs, long ToUs)[] times = [.. own.Select(static fault => (fault.StartUs, EndUs(fault)))];
            if (curve.FirstDifferenceUs(undisturbed, withinUs, times) is long atUs)
            {
                failures.Add(pole.Index, atUs, "the light is another than in the same run without troubles of parts");
            }

            foreach (InjectedFault fault in own)
            {
                if (curve.FirstBelowUs(undisturbed, fault.StartUs, Math.Min(EndUs(fault), result.TimeUs), withinUs + FollowUs, LuminaireTroubles.LeastPermille(fault)) is long darkUs)
                {
                    failures.Add(pole.Index, darkUs, $"{fault.Part} {fault.Trouble}: less light than this leaves");
                }
            }
        }

        int troubles = result.Faults.Count(fault => fault.Kind == FaultKind.PartTrouble && fault.StartUs < result.TimeUs);
        return CheckOutcome.From(
            "lampUndisturbed",
            "No lamp notices that a sensor is in trouble, and none is darker than a trouble of its own interface leaves it",
            failures.Count == 0,
            check.WithinMs == 0 ? "the same light at every moment as without the troubles" : "the same light as without the troubles, changes " + Text.Duration(check.WithinMs * 1000L) + " apart at most",
            $"{result.Poles.Count - failures.Count} of {Text.Count(result.Poles.Count, "lamp")} the same over {Text.Count(changes, "change")} of light and {Text.Count(troubles, "trouble")}",
            failures,
            result);
    }

    private static long EndUs(InjectedFault fault) => fault.EndUs == long.MaxValue ? long.MaxValue : fault.EndUs + LuminaireTroubles.RecoveryUs;
}
