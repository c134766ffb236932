// The light rises fast enough when somebody arrives: from the sensor's edge to the light that comes out of the lamp.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise of light for whoever arrives.</summary>
internal static class ResponseCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, OccupancyResponseCheck check)
    {
        FailureList failures = new(result);
        long count = 0;
        long lateCount = 0;
        long worstUs = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            ResponseMeter responses = pole.Parts.Responses;
            count += responses.Count;
            lateCount += responses.LateCount;
            worstUs = Math.Max(worstUs, responses.WorstUs);
            if (responses.LateCount > 0)
            {
                failures.Add(pole.Index, responses.FirstLateUs, $"{responses.LateCount} of {responses.Count} late, worst {Text.Duration(responses.WorstUs)}");
            }
        }

        double percent = Text.Share(count - lateCount, count);
        return CheckOutcome.From(
            "occupancyResponse",
            "The light is up in time when somebody arrives",
            percent >= check.MinimumPercent,
            $"{Text.Percent(check.MinimumPercent)} of arrivals within {Text.Duration(check.WithinMs * 1000)}",
            $"{Text.Percent(percent)} of {count}, worst {Text.Duration(worstUs)}",
            failures,
            result);
    }
}
