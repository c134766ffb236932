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
        };
    }
}
