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
        long withinUs = check.WithinMs * 1000;
        foreach (SimulatedPole pole in result.Poles)
        {
            long joinedUs = result.Operator.Poles[pole.Index].JoinedUs;
            worstUs = Math.Max(worstUs, joinedUs);
            if (joinedUs < 0)
            {
                failures.Add(pole.Index, null, "never joined");
            }
            else if (joinedUs > withinUs)
            {
                failures.Add(pole.Index, joinedUs, "joined after " + Text.Duration(joinedUs));
            }
        }

        return CheckOutcome.From(
            "allJoined",
            "Every pole joins the network",
            failures.Count == 0,
            "all within " + Text.Duration(withinUs),
            $"{result.Poles.Count - failures.Count} of {result.Poles.Count} in time, the last after {Text.Duration(worstUs)}",
            failures,
            result);
    }
}
