// Which alarms the troubles of parts and the incidents of a scenario have to give, and which alarms of a pole have a reason in the world.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>An alarm that has to come.</summary>
/// <param name="PoleIndex">From which pole.</param>
/// <param name="Kind">Which alarm.</param>
/// <param name="FromUs">From when on it can be known.</param>
/// <param name="ToUs">When it ends; <see cref="long.MaxValue"/> when it lasts. A thing that happens and does not last ends as it begins.</param>
/// <param name="What">What gives it.</param>
internal sealed record ExpectedEvent(int PoleIndex, AlarmKind Kind, long FromUs, long ToUs, string What);

/// <summary>What has to be told, and what may be.</summary>
internal static class ExpectedEvents
{
    /// <summary>The smallest lean that has to be told: half a degree above the controller's own threshold.</summary>
    private const double TellableLeanDegrees = 5.5;

    /// <summary>The smallest knock that has to be told: above the controller's own threshold, and what is lost between two readings of the part.</summary>
    private const double TellableKnockMilligravities = 2000;

    /// <summary>The alarm that a trouble of a part gives; null when none has to come.</summary>
    public static AlarmKind? Alarm(PartName part, PartTrouble trouble) => (part, trouble) switch
    {
        // Nobody can tell a value that is a little off from a true one, and a part that starts anew is started anew.
        (_, PartTrouble.Drifting or PartTrouble.Restarted) => null,

        // These two listen to nobody, so they cannot be deaf.
        (PartName.FillLevel or PartName.WaterLevel, PartTrouble.Deaf) => null,
        (PartName.FillLevel, _) => AlarmKind.FillLevelFault,
        (PartName.WaterLevel, _) => AlarmKind.WaterLevelFault,
        (PartName.Particulates or PartName.Climate or PartName.CarbonDioxide or PartName.Gas, _) => AlarmKind.AirSensorFault,
        (PartName.Accelerometer, _) => AlarmKind.PoleSensorFault,
        (PartName.Radar, _) => AlarmKind.OccupancyFault,
        (PartName.Meter, _) => AlarmKind.MeterFault,
        (PartName.Dimmer, PartTrouble.Silent or PartTrouble.Stuck) => AlarmKind.GearFault,

        (PartName.NeighbourRadio, PartTrouble.Stuck) => AlarmKind.NeighbourFault,

        // Who is heard by nobody, or hears nobody, cannot know it. A photocell is asked only while the clock is unknown.
        _ => null,
    };

    /// <summary>Everything that has to be told, troubles that overlap and give the same alarm as one.</summary>
    public static IReadOnlyList<ExpectedEvent> Of(FleetResult result)
    {
        List<ExpectedEvent> events = [];
        foreach (InjectedFault fault in result.Faults.Where(static fault => fault.Kind == FaultKind.PartTrouble))
        {
            if (Alarm(fault.Part, fault.Trouble) is AlarmKind kind)
            {
                events.Add(new ExpectedEvent(fault.PoleIndex, kind, fault.StartUs, fault.EndUs, $"{fault.Part} {fault.Trouble}"));
            }
        }

        events.AddRange(OfIncidents(result));
        return Merge(events);
    }

    /// <summary>What incidents have to give.</summary>
    public static IEnumerable<ExpectedEvent> OfIncidents(FleetResult result) => result.Poles.SelectMany(pole =>
        (pole.Parts.Surroundings?.Incidents ?? []).Select(incident => Of(pole, incident)).OfType<ExpectedEvent>());

    private static ExpectedEvent? Of(SimulatedPole pole, PoleIncident incident)
    {
        bool hasAccelerometer = pole.Parts.Fittings.Any(static fitting => fitting.Name == PartName.Accelerometer);
        AlarmKind? kind = incident.Kind switch
        {
            IncidentKind.Knock when hasAccelerometer && incident.Size >= TellableKnockMilligravities => AlarmKind.Impact,
            IncidentKind.Lean when hasAccelerometer && incident.Size >= TellableLeanDegrees => AlarmKind.Tilt,
            IncidentKind.DoorOpen when pole.Parts.Fittings.Any(static fitting => fitting is Engine.Fittings.ContactFitting) => AlarmKind.DoorOpen,
            _ => null,
        };
        return kind is AlarmKind alarm ? new ExpectedEvent(pole.Index, alarm, incident.FromUs, incident.ToUs, incident.Kind.ToString()) : null;
    }

    private static List<ExpectedEvent> Merge(List<ExpectedEvent> events)
    {
        List<ExpectedEvent> merged = [];
        foreach (ExpectedEvent next in events.OrderBy(static item => item.PoleIndex).ThenBy(static item => item.Kind).ThenBy(static item => item.FromUs))
        {
            if (merged.Count > 0 && merged[^1] is { } last && last.PoleIndex == next.PoleIndex && last.Kind == next.Kind && last.ToUs >= next.FromUs)
            {
                merged[^1] = last with { ToUs = Math.Max(last.ToUs, next.ToUs), What = last.What + ", " + next.What };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    /// <summary>Whether an alarm about what a pole senses has a reason in the world around it; null when this is not for here to say.</summary>
    /// <param name="result">The run.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="toleranceUs">How well its moment is known.</param>
    public static bool? HasReason(FleetResult result, ReceivedAlarm alarm, long toleranceUs)
    {
        PoleSurroundings? around = result.Poles[alarm.PoleIndex].Parts.Surroundings;
        bool hasTrouble = result.Faults.Any(fault => fault.PoleIndex == alarm.PoleIndex && fault.Kind == FaultKind.PartTrouble
            && fault.StartUs <= alarm.ReceivedUs && (fault.EndUs == long.MaxValue || fault.EndUs + toleranceUs >= alarm.HappenedUs));
        bool hadOutage = result.Outages[alarm.PoleIndex].OverlapUs(0, alarm.ReceivedUs) > 0;
        switch (alarm.Kind)
        {
            case AlarmKind.FillLevelWarning or AlarmKind.FillLevelAlarm:
                return hasTrouble || (around?.Bin is { } bin
                    && bin.FillPercentAt(alarm.HappenedUs) >= (alarm.Kind == AlarmKind.FillLevelAlarm ? bin.Plan.AlarmPercent : bin.Plan.WarningPercent) - 12);
            case AlarmKind.ContainerEmptied:
                return hasTrouble || (around?.Bin is { } emptied && emptied.Emptied.Any(moment => moment.TimeUs <= alarm.ReceivedUs && alarm.HappenedUs - moment.TimeUs < 3_600_000_000));
            case AlarmKind.WaterWarning or AlarmKind.WaterAlarm:
                return hasTrouble || (around?.Water is { } water && IsHighOrRising(water, alarm));
            case AlarmKind.Tilt or AlarmKind.Impact or AlarmKind.DoorOpen:
                return hasTrouble || (around?.Incidents.Any(incident => incident.FromUs <= alarm.ReceivedUs && (incident.ToUs == long.MaxValue || alarm.HappenedUs - incident.ToUs < 3_600_000_000)) ?? false);
            case AlarmKind.FillLevelFault or AlarmKind.WaterLevelFault or AlarmKind.AirSensorFault or AlarmKind.PoleSensorFault or AlarmKind.GearFault:
                return hasTrouble;
            case AlarmKind.NeighbourFault:
                return hasTrouble;
            case AlarmKind.OccupancyFault or AlarmKind.MeterFault or AlarmKind.LightingFault when hasTrouble:
                return true;
            case AlarmKind.AirQualityPoor:
                return hasTrouble || (around is not null && around.Air.At(alarm.HappenedUs).Pm10Micrograms > 45);
            case AlarmKind.Restarted or AlarmKind.SupplyLoss or AlarmKind.SupplyLow:
                return hadOutage || alarm.HappenedUs < 3_600_000_000;
            case AlarmKind.EmergencyProfile:
                return WasOrdered<CallEmergencyAction>(result, alarm);
            case AlarmKind.LoadShedding:
                return WasOrdered<ShedLoadAction>(result, alarm);
            default:
                return null;
        }
    }

    private static bool WasOrdered<TAction>(FleetResult result, ReceivedAlarm alarm)
        where TAction : CommandAction =>
        result.Operator.Orders.Any(order => order.Command.Action is TAction && order.TimeUs <= alarm.ReceivedUs && order.PoleIndices.Contains(alarm.PoleIndex));

    private static bool IsHighOrRising(WaterModel water, ReceivedAlarm alarm)
    {
        const long HourUs = 3_600_000_000;
        double now = water.LevelCentimetresAt(alarm.HappenedUs);
        double threshold = alarm.Kind == AlarmKind.WaterAlarm ? water.Plan.AlarmCentimetres : water.Plan.WarningCentimetres;
        double rise = now - water.LevelCentimetresAt(alarm.HappenedUs - (HourUs / 2));
        return now >= threshold - 8 || (alarm.Kind == AlarmKind.WaterWarning && rise * 2 >= water.Plan.RiseCentimetresPerHour * 0.5);
    }
}
