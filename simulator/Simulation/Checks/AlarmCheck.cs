// Alarms: every fault that was put in is found in time, and nobody cries wolf.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promises about alarms.</summary>
internal static class AlarmCheck
{
    private const long MomentToleranceUs = 60_000_000;

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
        foreach (ReceivedAlarm alarm in result.Operator.Alarms.Where(alarm => alarm.IsRaised && !IsExpected(result, alarm)))
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

    // An alarm has a reason when a fault that raises this kind was in the pole, or when its mains had failed (then it forgot the time).
    private static bool IsExpected(FleetResult result, ReceivedAlarm alarm) =>
        ExpectedEvents.HasReason(result, alarm, MomentToleranceUs)
        ?? IsExplained(result, alarm);

    private static bool IsExplained(FleetResult result, ReceivedAlarm alarm) =>
        result.Faults.Any(fault => fault.PoleIndex == alarm.PoleIndex && (FaultVisibility.Alarm(fault) == alarm.Kind || IsCompanion(fault, alarm)) && IsDuring(alarm, fault))
        || (alarm.Kind == AlarmKind.ClockUnknown && result.Outages[alarm.PoleIndex].OverlapUs(0, alarm.ReceivedUs) > 0);

    // What is told besides the alarm that names the fault: a lamp that fails while it is lit went off unexpectedly; one whose level is not known draws
    // more or less than its level explains.
    private static bool IsCompanion(InjectedFault fault, ReceivedAlarm alarm) => FaultVisibility.Alarm(fault) switch
    {
        AlarmKind.LampFailure => alarm.Kind is AlarmKind.UnexpectedOff or AlarmKind.PowerTooLow or AlarmKind.Cycling,
        AlarmKind.DayBurner or AlarmKind.LightingFault => alarm.Kind is AlarmKind.PowerTooHigh,
        _ => false,
    };

    // The message's age is in whole seconds and does not count the time on air, so the alarm's moment is known to some seconds only.
    private static bool IsDuring(ReceivedAlarm alarm, InjectedFault fault) =>
        alarm.ReceivedUs >= fault.StartUs && (!alarm.IsDated || alarm.HappenedUs - MomentToleranceUs <= fault.EndUs);
}
