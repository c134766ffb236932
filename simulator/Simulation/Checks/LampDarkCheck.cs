// No lamp may be dark between civil dusk and civil dawn unless something outside the controller explains it. Measured at the lamp.
using Simulation.Engine;

namespace Simulation.Checks;

/// <summary>The promise that light never fails because something else did.</summary>
internal static class LampDarkCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result)
    {
        FailureList failures = new(result);
        long explainedCount = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            PoleRecorder recorder = pole.Parts.Recorder;
            if (recorder.UnexplainedDarkUs > 0)
            {
                failures.Add(pole.Index, recorder.FirstUnexplainedDarkUs, "dark at night for " + Text.Duration(recorder.UnexplainedDarkUs));
            }
            else if (recorder.DarkUs > 0)
            {
                explainedCount++;
            }
        }

        return CheckOutcome.From(
            "noLampDark",
            "No lamp is dark between civil dusk and civil dawn",
            failures.Count == 0,
            "0 lamps, apart from outages of the mains, broken lamps and commands",
            $"{Text.Count(failures.Count, "lamp")}; {Text.Count(explainedCount, "lamp")} dark for such a reason",
            failures,
            result);
    }
}
