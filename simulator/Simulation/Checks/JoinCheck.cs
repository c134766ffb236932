// Every pole joins the network in time.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that poles find the network by themselves.</summary>
internal static class JoinCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, AllJoinedCheck check)
    {
        FailureList failures = new(result);
        long worstUs = 0;
        int inTimeCount = 0;
        int pendingCount = 0;
        long withinUs = check.WithinMs * 1000;
        foreach (SimulatedPole pole in result.Poles)
        {
            long joinedUs = result.Operator.Poles[pole.Index].JoinedUs;
            worstUs = Math.Max(worstUs, joinedUs);
            if (joinedUs < 0 && !result.ScenarioReport.IsComplete && result.TimeUs < withinUs)
            {
                // The run was stopped while this pole still had time.
                pendingCount++;
            }
            else if (joinedUs < 0)
            {
                failures.Add(pole.Index, null, "never joined");
            }
            else if (joinedUs > withinUs)
            {
                failures.Add(pole.Index, joinedUs, "joined after " + Text.Duration(joinedUs));
            }
            else
            {
                inTimeCount++;
            }
        }

        return CheckOutcome.From(
            "allJoined",
            "Every pole joins the network",
            failures.Count == 0,
            "all within " + Text.Duration(withinUs),
            $"{inTimeCount} of {result.Poles.Count} in time, the last after {Text.Duration(worstUs)}"
            + (pendingCount > 0 ? $"; {pendingCount} had time left when the run was stopped" : ""),
            failures,
            result);
    }
}
