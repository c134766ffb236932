// Alarms: every fault that was put in is found in time, and nobody cries wolf.
using PoleController.Messages;
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
            if (ExpectedAlarm(fault.Kind) is null || VisibleFromUs(result, fault) is not long visibleUs || visibleUs + withinUs > result.TimeUs)
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
        AlarmKind? expected = ExpectedAlarm(fault.Kind);
        foreach (ReceivedAlarm alarm in result.Operator.Alarms)
        {
            if (alarm.PoleIndex == fault.PoleIndex && alarm.Kind == expected && alarm.IsRaised && alarm.ReceivedUs >= fault.StartUs)
            {
                return alarm.ReceivedUs;
            }
        }

        return null;
    }

    /// <summary>The alarm that a fault has to raise; null when it need not be noticed (a photocell that nobody asks).</summary>
    private static AlarmKind? ExpectedAlarm(FaultKind kind) => kind switch
    {
        FaultKind.LampFailure => AlarmKind.LampFailure,
        FaultKind.DayBurner => AlarmKind.DayBurner,
        FaultKind.MeterSilent => AlarmKind.MeterFault,
        FaultKind.OccupancyStuck => AlarmKind.OccupancyFault,
        FaultKind.DimmerSilent => AlarmKind.LightingFault,
        _ => null,
    };

    // A broken lamp shows when it should burn, a lamp that burns all day shows by day; a silent dimming line when the level changes.
    private static long? VisibleFromUs(FleetResult result, InjectedFault fault)
    {
        NightIntervals nights = result.Nights[fault.PoleIndex];
        for (int i = 0; i < nights.Count; i++)
        {
            long duskUs = nights.DuskUs(i);
            long dawnUs = nights.DawnUs(i);
            switch (fault.Kind)
            {
                case FaultKind.LampFailure when fault.StartUs < dawnUs:
                case FaultKind.DimmerSilent when fault.StartUs < dawnUs:
                    return Within(fault, Math.Max(fault.StartUs, duskUs));
                case FaultKind.DayBurner when fault.StartUs < duskUs:
                    return Within(fault, fault.StartUs);
                case FaultKind.DayBurner when fault.StartUs < dawnUs:
                    return Within(fault, dawnUs);
                default:
                    break;
            }
        }

        return fault.Kind is FaultKind.MeterSilent or FaultKind.OccupancyStuck or FaultKind.DayBurner ? fault.StartUs : null;
    }

    private static long? Within(InjectedFault fault, long visibleUs) => visibleUs < fault.EndUs ? visibleUs : null;

    // An alarm has a reason when a fault of that kind is in the pole, or when its mains had failed (then it forgot the time).
    private static bool IsExpected(FleetResult result, ReceivedAlarm alarm) =>
        result.Faults.Any(fault => fault.PoleIndex == alarm.PoleIndex && fault.StartUs <= alarm.ReceivedUs)
        || (alarm.Kind == AlarmKind.ClockUnknown && result.Outages[alarm.PoleIndex].OverlapUs(0, alarm.ReceivedUs) > 0);
}
