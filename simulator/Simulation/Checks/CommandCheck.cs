// Commands are obeyed in time by enough of the poles they were meant for.
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that poles do as they are told.</summary>
internal static class CommandCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, CommandsObeyedCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        long addressed = 0;
        long obeyed = 0;
        bool isEachEnough = true;

        // As with alarms: whoever still has time when the run ends is not judged.
        foreach (CommandOrder order in result.Operator.Orders.Where(order => order.TimeUs + withinUs <= result.TimeUs))
        {
            long inTime = order.ObeyedAfterUs.Count(afterUs => afterUs <= withinUs);
            addressed += order.PoleIndices.Count;
            obeyed += inTime;
            if (Text.Share(inTime, order.PoleIndices.Count) < check.MinimumPercent)
            {
                isEachEnough = false;
                failures.Add(order.PoleIndices[0], order.TimeUs, $"only {inTime} of {order.PoleIndices.Count} poles in time; the first of them is named here");
            }
        }

        return CheckOutcome.From(
            "commandsObeyed",
            "Commands are obeyed",
            isEachEnough,
            $"{Text.Percent(check.MinimumPercent)} of the poles of each command within {Text.Duration(withinUs)}",
            $"{obeyed} of {addressed} in time",
            failures,
            result);
    }
}
