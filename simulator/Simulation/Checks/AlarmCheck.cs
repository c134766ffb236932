// Alarms: every fault that was put in is found in time, and nobody cries wolf.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promises about alarms.</summary>
internal static class AlarmCheck
{
    /// <summary>Whether every fault was found.</summary>
    public static CheckOutcome RunRaised(FleetResult result, AlarmsRaisedCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        int judged = 0;
        foreach (InjectedFault fault in result.Faults)
        {
            if (FaultVisibility.FromUs(result, fault, withinUs) is not long visibleUs || visibleUs + withinUs > result.TimeUs)
            {
                continue;
            }

            judged++;
            long? detectedUs = DetectedUs(result, fault);
            if (detectedUs is null || detectedUs > visibleUs + withinUs)
            {
                string text = detectedUs is long late ? $"found only {Text.Duration(late - visibleUs)} after it could be seen" : "never found";
                failures.Add(fault.PoleIndex, fault.StartUs, $"{fault.Kind}: {text}");
            }
        }

        return CheckOutcome.From(
            "alarmsRaised",
            "Every fault is found",
            failures.Count == 0,
            $"each within {Text.Duration(withinUs)} after it can be seen",
            $"{judged - failures.Count} of {Text.Count(judged, "fault")} found in time",
            failures,
            result);
    }

    /// <summary>Whether every alarm has a reason.</summary>
    public static CheckOutcome RunUnexpected(FleetResult result)
    {
        FailureList failures = new(result);
        foreach (ReceivedAlarm alarm in result.Operator.Alarms.Where(alarm => alarm.IsRaised && !AlarmReasons.Has(result, alarm)))
        {
            failures.Add(alarm.PoleIndex, alarm.HappenedUs, $"{alarm.Kind} without a reason");
        }

        return CheckOutcome.From(
            "noUnexpectedAlarms",
            "No alarm without a reason",
            failures.Count == 0,
            "0 alarms at poles where nothing was wrong",
            Text.Count(failures.Count, "such alarm") + " of " + Text.Count(result.Operator.Alarms.Count(alarm => alarm.IsRaised), "alarm"),
            failures,
            result);
    }

    /// <summary>When the alarm that names a fault arrived, in simulated time; null when it never did.</summary>
    public static long? DetectedUs(FleetResult result, InjectedFault fault)
    {
        AlarmKind expected = FaultVisibility.Alarm(fault);
        foreach (ReceivedAlarm alarm in result.Operator.Alarms)
        {
            if (alarm.PoleIndex == fault.PoleIndex && alarm.Kind == expected && alarm.IsRaised && alarm.ReceivedUs >= fault.StartUs)
            {
                return alarm.ReceivedUs;
            }
        }

        return null;
    }
}
