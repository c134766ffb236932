// The light is up before whoever comes along a line of neighbouring poles. Measured at the lamps.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise of light ahead of the traveller.</summary>
internal static class AheadCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, LightAheadCheck check)
    {
        FailureList failures = new(result);
        long coming = 0;
        long ahead = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            if (pole.Parts.Neighbours is not { } meter)
            {
                continue;
            }

            coming += meter.ComingCount;
            ahead += meter.AheadCount;
            if (Text.Share(meter.AheadCount, meter.ComingCount) < check.MinimumPercent)
            {
                failures.Add(pole.Index, meter.FirstLateUs, $"{meter.ComingCount - meter.AheadCount} of {meter.ComingCount} came before the light");
            }
        }

        double percent = Text.Share(ahead, coming);
        return CheckOutcome.From(
            "lightAhead",
            "The light is up before whoever comes",
            percent >= check.MinimumPercent,
            $"{Text.Percent(check.MinimumPercent)} of those who came by a neighbour before",
            $"{Text.Percent(percent)} of {coming}; {NeighbourDelays.Describe(result)}",
            failures,
            result);
    }
}
