// The network's own downlinks do not destroy each other.
using Simulation.Operation;
using Simulation.Radio;

namespace Simulation.Checks;

/// <summary>The promise that gateways keep out of each other's way.</summary>
internal static class CollisionCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result)
    {
        FailureList failures = new(result);
        foreach (CommandOrder order in result.Operator.Orders.Where(static order => order.Tally.CollisionCount > 0))
        {
            failures.Add(order.PoleIndices[0], order.TimeUs, Text.Count(order.Tally.CollisionCount, "collision") + " of this command's downlinks; the first of its poles is named here");
        }

        long collisionCount = result.Radio.DownlinkLostCounts[(int)DownlinkLossCause.Interference];
        return CheckOutcome.From(
            "noDownlinkCollisions",
            "The gateways' downlinks do not destroy each other",
            collisionCount == 0,
            "0 receptions lost to another downlink of this network",
            $"{collisionCount} of {Text.Count(result.Radio.DownlinkReceivableCount + result.Radio.DownlinkLostCounts.Sum(), "reception")}",
            failures,
            result);
    }
}
