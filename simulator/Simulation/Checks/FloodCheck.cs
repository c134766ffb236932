// Floods: warned of before the water reaches the second threshold. The truth is the world's still level, without waves.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The promise of a warning in time.</summary>
internal static class FloodCheck
{
    private const long StepUs = 60_000_000;

    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, FloodWarnedCheck check)
    {
        FailureList failures = new(result);
        long leadUs = check.LeadTimeMs * 1000;
        int floods = 0;
        long shortestUs = long.MaxValue;
        foreach (SimulatedPole pole in result.Poles)
        {
            if (pole.Parts.Surroundings?.Water is not { } water)
            {
                continue;
            }

            foreach ((long fromUs, long alarmUs) in Rises(water, result.TimeUs))
            {
                floods++;
                long warnedUs = WarnedUs(result, pole.Index, fromUs, alarmUs);
                shortestUs = Math.Min(shortestUs, alarmUs - warnedUs);
                if (warnedUs > alarmUs - leadUs)
                {
                    failures.Add(pole.Index, alarmUs, warnedUs == long.MaxValue ? "flooded without a warning" : $"warned only {Text.Duration(alarmUs - warnedUs)} before");
                }
            }
        }

        return CheckOutcome.From(
            "floodWarned",
            "Floods are warned of in time",
            failures.Count == 0,
            $"the warning is at the network server {Text.Duration(leadUs)} before the water reaches the second threshold, or earlier",
            floods == 0 ? "no flood" : $"{floods - failures.Count} of {Text.Count(floods, "flood")} warned of in time" + (failures.Count == 0 ? $", {Text.Duration(shortestUs)} before at the least" : ""),
            failures,
            result);
    }

    // When the water began to rise from below the first threshold, and when it reached the second.
    private static IEnumerable<(long FromUs, long AlarmUs)> Rises(WaterModel water, long endUs)
    {
        bool isBelow = false;
        long belowUs = 0;
        for (long timeUs = 0; timeUs <= endUs; timeUs += StepUs)
        {
            double level = water.LevelCentimetresAt(timeUs);
            if (level < water.Plan.WarningCentimetres)
            {
                isBelow = true;
                belowUs = timeUs;
            }
            else if (isBelow && level >= water.Plan.AlarmCentimetres)
            {
                isBelow = false;
                yield return (belowUs, timeUs);
            }
        }
    }

    // A warning that still stands from before the rise counts from its message on.
    private static long WarnedUs(FleetResult result, int poleIndex, long fromUs, long alarmUs)
    {
        long warnedUs = long.MaxValue;
        bool isWarned = false;
        foreach (ReceivedAlarm alarm in result.Operator.Alarms.Where(alarm => alarm.PoleIndex == poleIndex && alarm.Kind is AlarmKind.WaterWarning or AlarmKind.WaterAlarm))
        {
            if (alarm.ReceivedUs > alarmUs)
            {
                break;
            }

            if (alarm.IsRaised && !isWarned)
            {
                isWarned = true;
                warnedUs = alarm.ReceivedUs;
            }
            else if (!alarm.IsRaised && alarm.Kind == AlarmKind.WaterWarning && alarm.ReceivedUs < fromUs)
            {
                isWarned = false;
                warnedUs = long.MaxValue;
            }
        }

        return warnedUs;
    }
}
