// The checks of a scenario file.
namespace Simulation.Scenarios;

/// <summary>Binds the checks.</summary>
internal static class CheckBinder
{
    public static CheckPlan Bind(SectionReader checks)
    {
        OccupancyResponseCheck occupancy = new();
        AllJoinedCheck joined = new();
        AlarmsRaisedCheck alarms = new();
        CommandsObeyedCheck commands = new();
        return new CheckPlan
        {
            NoLampDark = checks.Has("noLampDark") ? new NoLampDarkCheck() : null,
            OccupancyResponse = checks.OptionalSection("occupancyResponse") is { } response
                ? new OccupancyResponseCheck { WithinMs = response.DurationMs("within", occupancy.WithinMs), MinimumPercent = response.Number("minimumPercent", occupancy.MinimumPercent) }
                : null,
            StatusDelivery = checks.OptionalSection("statusDelivery") is { } delivery
                ? new StatusDeliveryCheck { MinimumPercent = delivery.Number("minimumPercent", new StatusDeliveryCheck().MinimumPercent) }
                : null,
            CountsComplete = checks.OptionalSection("countsComplete") is { } counts
                ? new CountsCompleteCheck { MinimumPercent = counts.Number("minimumPercent", new CountsCompleteCheck().MinimumPercent) }
                : null,
            EnergySaving = checks.OptionalSection("energySaving") is { } saving
                ? new EnergySavingCheck { MinimumPercent = saving.Number("minimumPercent", 0) }
                : null,
            AllJoined = checks.OptionalSection("allJoined") is { } join ? new AllJoinedCheck { WithinMs = join.DurationMs("within", joined.WithinMs) } : null,
            AlarmsRaised = checks.OptionalSection("alarmsRaised") is { } raised ? new AlarmsRaisedCheck { WithinMs = raised.DurationMs("within", alarms.WithinMs) } : null,
            CommandsObeyed = checks.OptionalSection("commandsObeyed") is { } obeyed
                ? new CommandsObeyedCheck { WithinMs = obeyed.DurationMs("within", commands.WithinMs), MinimumPercent = obeyed.Number("minimumPercent", commands.MinimumPercent) }
                : null,
            ObeyedWithin = [.. checks.List("obeyedWithin").Select(obeyed => new ObeyedWithinCheck
            {
                Path = obeyed.Word("via", CommandPath.Unicast),
                WithinMs = obeyed.DurationMs("within", 60_000),
                MinimumPercent = obeyed.Number("minimumPercent", 99),
            })],
            NoDownlinkCollisions = checks.Has("noDownlinkCollisions") ? new NoDownlinkCollisionsCheck() : null,
            NoUnexpectedAlarms = checks.Has("noUnexpectedAlarms") ? new NoUnexpectedAlarmsCheck() : null,
            BinsReported = checks.OptionalSection("binsReported") is { } bins
                ? new BinsReportedCheck { WithinMs = bins.DurationMs("within", new BinsReportedCheck().WithinMs), TolerancePercent = bins.Number("tolerancePercent", new BinsReportedCheck().TolerancePercent) }
                : null,
            EmptiedTold = checks.OptionalSection("emptiedTold") is { } emptied ? new EmptiedToldCheck { WithinMs = emptied.DurationMs("within", new EmptiedToldCheck().WithinMs) } : null,
            FloodWarned = checks.OptionalSection("floodWarned") is { } flood ? new FloodWarnedCheck { LeadTimeMs = flood.DurationMs("leadTime", new FloodWarnedCheck().LeadTimeMs) } : null,
            TrafficCounted = checks.OptionalSection("trafficCounted") is { } traffic
                ? new TrafficCountedCheck { TolerancePercent = traffic.Number("tolerancePercent", new TrafficCountedCheck().TolerancePercent), DirectionPercent = traffic.Number("directionPercent", new TrafficCountedCheck().DirectionPercent) }
                : null,
            FlagsRight = checks.OptionalSection("flagsRight") is { } flags
                ? new FlagsRightCheck { TolerancePercent = flags.Number("tolerancePercent", new FlagsRightCheck().TolerancePercent), MinimumPercent = flags.Number("minimumPercent", new FlagsRightCheck().MinimumPercent) }
                : null,
            LampUndisturbed = checks.OptionalSection("lampUndisturbed") is { } lamp ? new LampUndisturbedCheck { WithinMs = lamp.WholeNumber("withinMilliseconds", 0) } : null,
            LightAhead = checks.OptionalSection("lightAhead") is { } ahead ? new LightAheadCheck { MinimumPercent = ahead.Number("minimumPercent", new LightAheadCheck().MinimumPercent) } : null,
            EventsRight = checks.OptionalSection("eventsRight") is { } events ? new EventsRightCheck { WithinMs = events.DurationMs("within", new EventsRightCheck().WithinMs) } : null,
        };
    }
}
