// Enough of the status messages that poles sent arrive at the operator.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that the operator knows how the poles are.</summary>
internal static class DeliveryCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, StatusDeliveryCheck check)
    {
        FailureList failures = new(result);
        long sent = 0;
        long delivered = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            long poleSent = pole.Counters.StatusSentCount;
            long poleDelivered = result.Operator.Poles[pole.Index].StatusCount;
            sent += poleSent;
            delivered += poleDelivered;
            if (Text.Share(poleDelivered, poleSent) < check.MinimumPercent)
            {
                failures.Add(pole.Index, null, $"{poleDelivered} of {poleSent} delivered");
            }
        }

        double percent = Text.Share(delivered, sent);
        return CheckOutcome.From(
            "statusDelivery",
            "Status messages are delivered",
            percent >= check.MinimumPercent && (sent > 0 || !result.ScenarioReport.IsComplete),
            "at least " + Text.Percent(check.MinimumPercent) + " of all",
            $"{Text.Percent(percent)}, {delivered} of {sent}",
            failures,
            result);
    }
}
