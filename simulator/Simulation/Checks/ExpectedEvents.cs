// Which alarms the troubles of parts, the incidents and the outages of a scenario have to give. Which alarms may come besides is AlarmReasons'.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>An alarm that has to come.</summary>
/// <param name="PoleIndex">From which pole.</param>
/// <param name="Kind">Which alarm.</param>
/// <param name="FromUs">From when on it can be known.</param>
/// <param name="ToUs">When it ends; <see cref="long.MaxValue"/> when it lasts. A thing that happens and does not last ends as it begins.</param>
/// <param name="What">What gives it.</param>
/// <param name="IsToldByEnd">Whether it is enough that its end is told.</param>
internal sealed record ExpectedEvent(int PoleIndex, AlarmKind Kind, long FromUs, long ToUs, string What, bool IsToldByEnd = false);

/// <summary>What has to be told.</summary>
internal static class ExpectedEvents
{
    /// <summary>The smallest lean that has to be told: half a degree above the controller's own threshold.</summary>
    private const double TellableLeanDegrees = 5.5;

    /// <summary>The smallest knock that has to be told: above the controller's own threshold, and what is lost between two readings of the part.</summary>
    private const double TellableKnockMilligravities = 2000;

    /// <summary>The alarm that a trouble of a part gives; null when none has to come.</summary>
    public static AlarmKind? Alarm(InjectedFault fault) => (fault.Part, fault.Trouble) switch
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
        (PartName.Dimmer, _) when fault.Dimmer == DimmerKind.Dali => AlarmKind.GearFault,

        // Nobody answers on a 0-10 V wire: the board knows that it cannot drive it, a wire that is open or shorted shows by the power.
        (PartName.Dimmer, PartTrouble.Stuck) => AlarmKind.LightingFault,
        (PartName.Dimmer, PartTrouble.Open) => AlarmKind.PowerTooHigh,
        (PartName.Dimmer, PartTrouble.Shorted) => AlarmKind.LampFailure,
        (PartName.Gear, PartTrouble.LampFailed) => AlarmKind.LampFailure,
        (PartName.Gear, PartTrouble.GearFailed) => AlarmKind.GearFailure,
        (PartName.Relay, PartTrouble.Stuck) => AlarmKind.LightingFault,
        (PartName.SupplyVoltage or PartName.BoardTemperature, _) => AlarmKind.BoardSensorFault,

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
            if (Alarm(fault) is AlarmKind kind && LuminaireTroubles.ShowsFromUs(result, fault, fault.StartUs) is long fromUs && fromUs < fault.EndUs)
            {
                long toUs = LuminaireTroubles.ShowsFromUs(result, fault, fault.EndUs) ?? long.MaxValue;
                events.Add(new ExpectedEvent(fault.PoleIndex, kind, fromUs, toUs, $"{fault.Part} {fault.Trouble}"));
            }
        }

        events.AddRange(OfIncidents(result));
        events.AddRange(result.Poles.SelectMany(pole => OfOutages(result, pole)));
        return Merge(events);
    }

    /// <summary>What incidents have to give.</summary>
    public static IEnumerable<ExpectedEvent> OfIncidents(FleetResult result) => result.Poles.SelectMany(pole =>
        (pole.Parts.Surroundings?.Incidents ?? []).SelectMany(incident => incident.Kind is IncidentKind.Sag or IncidentKind.Heat
            ? BoardEvents.Of(pole, incident, result.TimeUs)
            : Of(pole, incident)));

    // A loss of the mains is told by its end, once the pole is back: with how long it was. One that the board lives through need not be.
    private static IEnumerable<ExpectedEvent> OfOutages(FleetResult result, SimulatedPole pole) => result.Outages[pole.Index].Intervals
        .Where(outage => outage.StartUs > 0 && outage.EndUs - outage.StartUs > pole.Parts.HoldUpUs)
        .Select(outage => new ExpectedEvent(pole.Index, AlarmKind.SupplyLoss, outage.StartUs, outage.EndUs, "outage", IsToldByEnd: true));

    private static IEnumerable<ExpectedEvent> Of(SimulatedPole pole, PoleIncident incident)
    {
        bool hasAccelerometer = pole.Parts.Fittings.Any(static fitting => fitting.Name == PartName.Accelerometer);
        AlarmKind? kind = incident.Kind switch
        {
            IncidentKind.Knock when hasAccelerometer && incident.Size >= TellableKnockMilligravities => AlarmKind.Impact,
            IncidentKind.Lean when hasAccelerometer && incident.Size >= TellableLeanDegrees => AlarmKind.Tilt,
            IncidentKind.DoorOpen when pole.Parts.Fittings.Any(static fitting => fitting is Engine.Fittings.ContactFitting) => AlarmKind.DoorOpen,
            _ => null,
        };
        return kind is AlarmKind alarm ? [new ExpectedEvent(pole.Index, alarm, incident.FromUs, incident.ToUs, incident.Kind.ToString())] : [];
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
}
