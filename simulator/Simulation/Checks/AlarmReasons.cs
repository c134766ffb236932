// Which alarms of a pole have a reason in the world around it: a trouble of the very part that the alarm is about, an incident of its kind, an outage, a container that
// is full. What has no entry here has no reason.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>Looks for the reason of an alarm.</summary>
internal static class AlarmReasons
{
    private const long MinuteUs = 60_000_000;
    private const long HourUs = 60 * MinuteUs;

    /// <summary>
    /// How well an alarm's moment is known: its age is told in whole seconds and does not count the time on air, and a controller may have counted on for readings
    /// that it took before.
    /// </summary>
    private const long MomentToleranceUs = MinuteUs;

    /// <summary>How long a fleet that is switched on may take until each pole has been told the time: an hour, in which a thousand poles join through two gateways.</summary>
    private const long FirstTimeUs = HourUs;

    /// <summary>Whether an alarm has a reason.</summary>
    public static bool Has(FleetResult result, ReceivedAlarm alarm) =>
        result.Faults.Any(fault => fault.PoleIndex == alarm.PoleIndex && IsDuring(alarm, fault) && Explains(result, fault, alarm))
        || HasOtherThanFault(result, alarm);

    private static bool IsDuring(ReceivedAlarm alarm, InjectedFault fault)
    {
        long afterUs = LuminaireTroubles.IsOfLuminaire(fault) ? LuminaireTroubles.RecoveryUs : MomentToleranceUs;
        return alarm.ReceivedUs >= fault.StartUs
            && (!alarm.IsDated || (alarm.HappenedUs + MomentToleranceUs >= fault.StartUs && (fault.EndUs == long.MaxValue || alarm.HappenedUs <= fault.EndUs + afterUs)));
    }

    private static bool Explains(FleetResult result, InjectedFault fault, ReceivedAlarm alarm) =>
        FaultVisibility.Alarm(fault) == alarm.Kind || LuminaireTroubles.IsCompanion(result, fault, alarm) || (fault.Kind == FaultKind.PartTrouble && IsAbout(fault, alarm.Kind));

    // A part in trouble can give any of the alarms that are made of what it measures.
    private static bool IsAbout(InjectedFault fault, AlarmKind kind) => fault.Part switch
    {
        PartName.FillLevel => kind is AlarmKind.FillLevelFault or AlarmKind.FillLevelWarning or AlarmKind.FillLevelAlarm or AlarmKind.ContainerEmptied,
        PartName.WaterLevel => kind is AlarmKind.WaterLevelFault or AlarmKind.WaterWarning or AlarmKind.WaterAlarm,
        PartName.Particulates => kind is AlarmKind.AirSensorFault or AlarmKind.AirQualityPoor,
        PartName.Climate or PartName.CarbonDioxide or PartName.Gas => kind is AlarmKind.AirSensorFault,
        PartName.Accelerometer => kind is AlarmKind.PoleSensorFault or AlarmKind.Tilt or AlarmKind.Impact,
        PartName.Radar => kind is AlarmKind.OccupancyFault,
        PartName.Photocell => kind is AlarmKind.LightingFault,
        PartName.Meter => kind is AlarmKind.MeterFault,
        PartName.NeighbourRadio => kind is AlarmKind.NeighbourFault,
        PartName.SupplyVoltage => kind is AlarmKind.BoardSensorFault or AlarmKind.SupplyLoss or AlarmKind.SupplyLow,
        PartName.BoardTemperature => kind is AlarmKind.BoardSensorFault or AlarmKind.BoardOverheated or AlarmKind.OverTemperature,
        _ => false,
    };

    private static bool HasOtherThanFault(FleetResult result, ReceivedAlarm alarm)
    {
        SimulatedPole pole = result.Poles[alarm.PoleIndex];
        PoleSurroundings? around = pole.Parts.Surroundings;
        switch (alarm.Kind)
        {
            case AlarmKind.FillLevelWarning or AlarmKind.FillLevelAlarm:
                return around?.Bin is { } bin
                    && bin.FillPercentAt(alarm.HappenedUs) >= (alarm.Kind == AlarmKind.FillLevelAlarm ? bin.Plan.AlarmPercent : bin.Plan.WarningPercent) - 12;
            case AlarmKind.ContainerEmptied:
                return around?.Bin is { } emptied && emptied.Emptied.Any(moment => moment.TimeUs <= alarm.ReceivedUs && alarm.HappenedUs - moment.TimeUs < HourUs);
            case AlarmKind.WaterWarning or AlarmKind.WaterAlarm:
                return around?.Water is { } water && IsHighOrRising(water, alarm);
            case AlarmKind.Tilt:
                return HasIncident(around, IncidentKind.Lean, alarm);
            case AlarmKind.Impact:
                // A pole that is pushed over is hit as well, and so is one that swings back.
                return HasIncident(around, IncidentKind.Knock, alarm) || HasIncident(around, IncidentKind.Lean, alarm);
            case AlarmKind.DoorOpen:
                return HasIncident(around, IncidentKind.DoorOpen, alarm);
            case AlarmKind.AirQualityPoor:
                return around is not null && around.Air.At(alarm.HappenedUs).Pm10Micrograms > 45;
            case AlarmKind.OverTemperature or AlarmKind.BoardOverheated:
                return BoardEvents.MayBeHot(pole, alarm.HappenedUs);
            case AlarmKind.SupplyLow:
                return HasIncident(around, IncidentKind.Sag, alarm);
            case AlarmKind.SupplyLoss:
                return HasIncident(around, IncidentKind.Sag, alarm) || HadOutage(result, alarm, 0);
            case AlarmKind.Restarted:
                return HadOutage(result, alarm, 0);
            case AlarmKind.ClockUnknown:
                // Without mains it forgot the time, and when all are switched on none knows it.
                return alarm.HappenedUs < FirstTimeUs || HadOutage(result, alarm, 0);
            case AlarmKind.GearFault:
                // Gear loses its mains some seconds before a board with a capacitor does.
                return HadOutage(result, alarm, alarm.HappenedUs - MomentToleranceUs);
            case AlarmKind.EmergencyProfile:
                return WasOrdered<CallEmergencyAction>(result, alarm);
            case AlarmKind.LoadShedding:
                return WasOrdered<ShedLoadAction>(result, alarm);
            default:
                return false;
        }
    }

    private static bool WasOrdered<TAction>(FleetResult result, ReceivedAlarm alarm)
        where TAction : CommandAction =>
        result.Operator.Orders.Any(order => order.Command.Action is TAction && order.TimeUs <= alarm.ReceivedUs && order.PoleIndices.Contains(alarm.PoleIndex));

    private static bool HadOutage(FleetResult result, ReceivedAlarm alarm, long fromUs) => result.Outages[alarm.PoleIndex].OverlapUs(fromUs, alarm.ReceivedUs) > 0;

    private static bool HasIncident(PoleSurroundings? around, IncidentKind kind, ReceivedAlarm alarm) =>
        around?.Incidents.Any(incident => incident.Kind == kind && incident.FromUs <= alarm.ReceivedUs && (incident.ToUs == long.MaxValue || alarm.HappenedUs - incident.ToUs < HourUs)) ?? false;

    private static bool IsHighOrRising(WaterModel water, ReceivedAlarm alarm)
    {
        double now = water.LevelCentimetresAt(alarm.HappenedUs);
        double threshold = alarm.Kind == AlarmKind.WaterAlarm ? water.Plan.AlarmCentimetres : water.Plan.WarningCentimetres;
        double rise = now - water.LevelCentimetresAt(alarm.HappenedUs - (HourUs / 2));
        return now >= threshold - 8 || (alarm.Kind == AlarmKind.WaterWarning && rise * 2 >= water.Plan.RiseCentimetresPerHour * 0.5);
    }
}
