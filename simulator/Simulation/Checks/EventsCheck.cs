// Every trouble of a part and every incident gives its alarm, and its end is told.
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise that the right event comes.</summary>
internal static class EventsCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, EventsRightCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        int begun = 0;
        int ended = 0;
        foreach (ExpectedEvent expected in ExpectedEvents.Of(result))
        {
            long fromUs = WithMains(result, expected.PoleIndex, expected.FromUs, withinUs);

            // What is over sooner than it has to be noticed need not be.
            bool isLong = expected.IsToldByEnd || expected.ToUs == expected.FromUs || expected.ToUs >= fromUs + withinUs;
            if (fromUs + withinUs > result.TimeUs || !isLong)
            {
                continue;
            }

            if (!expected.IsToldByEnd)
            {
                begun++;
                ReceivedAlarm? raised = Find(result, expected, isRaised: true, expected.FromUs);
                if (raised is null || raised.ReceivedUs > fromUs + withinUs)
                {
                    failures.Add(expected.PoleIndex, fromUs, $"{expected.What}: {expected.Kind} {(raised is null ? "never told" : "told only after " + Text.Duration(raised.ReceivedUs - fromUs))}");
                    continue;
                }
            }

            long toUs = WithMains(result, expected.PoleIndex, expected.ToUs, withinUs);
            if (expected.ToUs == expected.FromUs || expected.ToUs > result.TimeUs - withinUs || toUs + withinUs > result.TimeUs)
            {
                continue;
            }

            ended++;
            ReceivedAlarm? cleared = Find(result, expected, isRaised: false, expected.ToUs);
            if (cleared is null || cleared.ReceivedUs > toUs + withinUs)
            {
                failures.Add(expected.PoleIndex, toUs, $"{expected.What}: the end of {expected.Kind} {(cleared is null ? "never told" : "told only after " + Text.Duration(cleared.ReceivedUs - toUs))}");
            }
        }

        return CheckOutcome.From(
            "eventsRight",
            "Each trouble and each incident gives its alarm, and its end is told",
            failures.Count == 0,
            $"each within {Text.Duration(withinUs)}",
            $"{begun + ended - failures.Count} of {begun + ended} told in time: {Text.Count(begun, "beginning")} and {Text.Count(ended, "end")}",
            failures,
            result);
    }

    private static ReceivedAlarm? Find(FleetResult result, ExpectedEvent expected, bool isRaised, long notBeforeUs) => result.Operator.Alarms
        .Where(alarm => alarm.PoleIndex == expected.PoleIndex && alarm.Kind == expected.Kind && alarm.IsRaised == isRaised && alarm.ReceivedUs >= notBeforeUs)
        .MinBy(static alarm => alarm.ReceivedUs);

    // A pole without mains tells nothing: what has to be told is told after they have come back.
    private static long WithMains(FleetResult result, int poleIndex, long fromUs, long withinUs)
    {
        foreach ((long startUs, long endUs) in result.Outages[poleIndex].Intervals)
        {
            if (fromUs != long.MaxValue && startUs < fromUs + withinUs && endUs > fromUs)
            {
                fromUs = endUs;
            }
        }

        return fromUs;
    }
}
