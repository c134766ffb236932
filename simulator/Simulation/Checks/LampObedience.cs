// How soon lamps had the level that was commanded, from the instruments at the lamps.
using Simulation.Operation;

namespace Simulation.Checks;

/// <summary>Reads the obedience meters of a fleet.</summary>
internal static class LampObedience
{
    /// <summary>Whether an order asks lamps for a level or a limit, so that it can be measured at them whether they obeyed.</summary>
    /// <param name="result">The run.</param>
    /// <param name="orderIndex">Which of the operator's orders.</param>
    public static bool IsAboutLevel(FleetResult result, int orderIndex) =>
        result.Operator.Orders[orderIndex].PoleIndices.Any(pole => result.Poles[pole].Parts.Obedience?.IsAskedBy(orderIndex) ?? false);

    /// <summary>Times from an order until a lamp had its level, in microseconds, ascending; lamps that never had it are missing.</summary>
    /// <param name="result">The run.</param>
    /// <param name="orderIndex">Which of the operator's orders.</param>
    public static IReadOnlyList<long> SortedAfterUs(FleetResult result, int orderIndex)
    {
        CommandOrder order = result.Operator.Orders[orderIndex];
        List<long> times = [];
        foreach (int pole in order.PoleIndices)
        {
            if (result.Poles[pole].Parts.Obedience?.AfterUs(orderIndex) is long afterUs)
            {
                times.Add(afterUs);
            }
        }

        times.Sort();
        return times;
    }
}
