// Lamps have the commanded level in time, measured at the lamps: a threshold for each way in which a command can be sent.
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that the light follows the command.</summary>
internal static class ObedienceCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, ObeyedWithinCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        List<string> measured = [];
        for (int index = 0; index < result.Operator.Orders.Count; index++)
        {
            CommandOrder order = result.Operator.Orders[index];

            // As with alarms: whoever still has time when the run ends is not judged.
            if (order.Command.Path == check.Path && order.TimeUs + withinUs <= result.TimeUs && LampObedience.IsAboutLevel(result, index))
            {
                measured.Add(Judge(result, check, index, failures));
            }
        }

        string path = check.Path == CommandPath.Multicast ? "multicast" : "unicast";
        return CheckOutcome.From(
            "obeyedWithin",
            $"Lamps obey a {path} command",
            failures.Count == 0,
            $"{Text.Percent(check.MinimumPercent)} of the lamps of each command at their level within {Text.Duration(withinUs)}",
            measured.Count == 0 ? "no such command" : string.Join("; ", measured),
            failures,
            result);
    }

    /// <summary>Judges one order, and says when the part of the lamps that is asked for was at the level.</summary>
    private static string Judge(FleetResult result, ObeyedWithinCheck check, int index, FailureList failures)
    {
        CommandOrder order = result.Operator.Orders[index];
        IReadOnlyList<long> times = LampObedience.SortedAfterUs(result, index);
        int inTime = times.Count(afterUs => afterUs <= check.WithinMs * 1000);
        if (Text.Share(inTime, order.PoleIndices.Count) < check.MinimumPercent)
        {
            foreach (int pole in order.PoleIndices)
            {
                if ((result.Poles[pole].Parts.Obedience?.AfterUs(index) ?? long.MaxValue) > check.WithinMs * 1000)
                {
                    failures.Add(pole, order.TimeUs, $"not at the level in time; {inTime} of {order.PoleIndices.Count} lamps were");
                }
            }
        }

        int needed = (int)Math.Ceiling(order.PoleIndices.Count * check.MinimumPercent / 100);
        string part = needed > 0 && needed <= times.Count ? $"{needed} after {Text.Duration(times[needed - 1])}" : $"only {times.Count} ever";
        return $"of {Text.Count(order.PoleIndices.Count, "lamp")} {part}";
    }
}
