// What has to hold in a run, and what its energy is compared with. Data only: Checks/ judges.
namespace Simulation.Scenarios;

/// <summary>Plans the energy is compared with, besides the undimmed lamp from civil dusk to civil dawn.</summary>
public sealed record BaselinePlan
{
    /// <summary>A plain timer; null when not asked for.</summary>
    public TimerBaseline? Timer { get; init; }
}

/// <summary>A lamp that is dimmed between two clock times, whoever is there.</summary>
public sealed record TimerBaseline
{
    /// <summary>Minute of the local day at which the level goes down, 0 to 1439.</summary>
    public required int DimFromMinute { get; init; }

    /// <summary>Minute of the local day at which it goes up again, 0 to 1439.</summary>
    public required int DimToMinute { get; init; }

    /// <summary>Level in between, 0 to 1000.</summary>
    public required int LevelPermille { get; init; }
}

/// <summary>The checks; null means not asked for.</summary>
public sealed record CheckPlan
{
    /// <summary>No lamp that has mains and is not broken is dark between civil dusk and civil dawn, whatever its program asks for.</summary>
    public NoLampDarkCheck? NoLampDark { get; init; }

    /// <summary>The level is up soon after an arrival.</summary>
    public OccupancyResponseCheck? OccupancyResponse { get; init; }

    /// <summary>Status messages arrive.</summary>
    public StatusDeliveryCheck? StatusDelivery { get; init; }

    /// <summary>The counts of all intervals arrive, with their status or later.</summary>
    public CountsCompleteCheck? CountsComplete { get; init; }

    /// <summary>Energy is saved against the undimmed lamp, the controllers' own consumption counted.</summary>
    public EnergySavingCheck? EnergySaving { get; init; }

    /// <summary>Every pole joins the network.</summary>
    public AllJoinedCheck? AllJoined { get; init; }

    /// <summary>Every fault that a pole can see is reported.</summary>
    public AlarmsRaisedCheck? AlarmsRaised { get; init; }

    /// <summary>Commands act.</summary>
    public CommandsObeyedCheck? CommandsObeyed { get; init; }

    /// <summary>Lamps are at the commanded level in time, by the way in which the command was sent; in the order of the file.</summary>
    public IReadOnlyList<ObeyedWithinCheck> ObeyedWithin { get; init; } = [];

    /// <summary>No downlink of the network destroys another one.</summary>
    public NoDownlinkCollisionsCheck? NoDownlinkCollisions { get; init; }

    /// <summary>No alarm without a fault behind it.</summary>
    public NoUnexpectedAlarmsCheck? NoUnexpectedAlarms { get; init; }

    /// <summary>Containers that get red are told.</summary>
    public BinsReportedCheck? BinsReported { get; init; }

    /// <summary>Emptyings are told.</summary>
    public EmptiedToldCheck? EmptiedTold { get; init; }

    /// <summary>Floods are warned of.</summary>
    public FloodWarnedCheck? FloodWarned { get; init; }

    /// <summary>Travellers are counted.</summary>
    public TrafficCountedCheck? TrafficCounted { get; init; }

    /// <summary>Values carry the right flag.</summary>
    public FlagsRightCheck? FlagsRight { get; init; }

    /// <summary>Lamps notice nothing of troubles of parts.</summary>
    public LampUndisturbedCheck? LampUndisturbed { get; init; }

    /// <summary>Troubles and incidents give their alarms.</summary>
    public EventsRightCheck? EventsRight { get; init; }

    /// <summary>The light is up before whoever comes along a line of neighbours.</summary>
    public LightAheadCheck? LightAhead { get; init; }
}

/// <summary>No lamp dark at night.</summary>
public sealed record NoLampDarkCheck;

/// <summary>Light for somebody who comes.</summary>
public sealed record OccupancyResponseCheck
{
    /// <summary>From the arrival to the occupancy level. Default 1,000 ms.</summary>
    public long WithinMs { get; init; } = 1_000;

    /// <summary>Part of the arrivals for which this has to hold, 0 to 100. Default 100.</summary>
    public double MinimumPercent { get; init; } = 100;
}

/// <summary>Status messages that arrive.</summary>
public sealed record StatusDeliveryCheck
{
    /// <summary>Part of the status messages due, 0 to 100. Default 95.</summary>
    public double MinimumPercent { get; init; } = 95;
}

/// <summary>Counts that arrive, with a status or later.</summary>
public sealed record CountsCompleteCheck
{
    /// <summary>Part of the time with mains of which the counts were told, 0 to 100. Default 95.</summary>
    public double MinimumPercent { get; init; } = 95;
}

/// <summary>Energy saved.</summary>
public sealed record EnergySavingCheck
{
    /// <summary>Against the undimmed lamp, 0 to 100.</summary>
    public required double MinimumPercent { get; init; }
}

/// <summary>All poles in the network.</summary>
public sealed record AllJoinedCheck
{
    /// <summary>After the start. Default 1,800,000 ms.</summary>
    public long WithinMs { get; init; } = 1_800_000;
}

/// <summary>Alarms for faults.</summary>
public sealed record AlarmsRaisedCheck
{
    /// <summary>From the moment at which the fault can be seen to the alarm at the network server. Default 1,800,000 ms.</summary>
    public long WithinMs { get; init; } = 1_800_000;
}

/// <summary>Commands that act.</summary>
public sealed record CommandsObeyedCheck
{
    /// <summary>Part of the commands, counted by pole, 0 to 100. Default 95.</summary>
    public double MinimumPercent { get; init; } = 95;

    /// <summary>From sending to acting. Default 60,000 ms.</summary>
    public long WithinMs { get; init; } = 60_000;
}

/// <summary>Lamps at the commanded level.</summary>
public sealed record ObeyedWithinCheck
{
    /// <summary>The commands it is about: those sent in this way that set a level. Default unicast.</summary>
    public CommandPath Path { get; init; }

    /// <summary>From the command's moment to the light at its level, its fade included.</summary>
    public required long WithinMs { get; init; }

    /// <summary>Part of the lamps of each command, 0 to 100. Default 99.</summary>
    public double MinimumPercent { get; init; } = 99;
}

/// <summary>No collision among the network's own downlinks.</summary>
public sealed record NoDownlinkCollisionsCheck;

/// <summary>No alarm without a reason.</summary>
public sealed record NoUnexpectedAlarmsCheck;

/// <summary>Red containers are told, no others.</summary>
public sealed record BinsReportedCheck
{
    /// <summary>From being that full to the alarm at the network server. Default 1,800,000 ms.</summary>
    public long WithinMs { get; init; } = 1_800_000;

    /// <summary>How far a told level may be off, in percent of fill, 0 to 30. Default 10.</summary>
    public double TolerancePercent { get; init; } = 10;
}

/// <summary>Emptyings are told, nothing else is taken for one.</summary>
public sealed record EmptiedToldCheck
{
    /// <summary>From the emptying to the message at the network server. Default 3,600,000 ms.</summary>
    public long WithinMs { get; init; } = 3_600_000;
}

/// <summary>Floods are warned of.</summary>
public sealed record FloodWarnedCheck
{
    /// <summary>From the warning at the network server to the second threshold. Default 1,800,000 ms.</summary>
    public long LeadTimeMs { get; init; } = 1_800_000;
}

/// <summary>Travellers are counted.</summary>
public sealed record TrafficCountedCheck
{
    /// <summary>How far the sum may be off, in percent of the truth. Default 20.</summary>
    public double TolerancePercent { get; init; } = 20;

    /// <summary>Part of the counted whose direction is right, in percent. Default 80.</summary>
    public double DirectionPercent { get; init; } = 80;
}

/// <summary>Values carry the right flag.</summary>
public sealed record FlagsRightCheck
{
    /// <summary>How far a value that is called good may be off, in percent of the truth. Default 30.</summary>
    public double TolerancePercent { get; init; } = 30;

    /// <summary>Part of the values for which this has to hold, 0 to 100. Default 99.</summary>
    public double MinimumPercent { get; init; } = 99;
}

/// <summary>Lamps notice nothing.</summary>
public sealed record LampUndisturbedCheck
{
    /// <summary>By how much a change may come earlier or later, in milliseconds. Default 0.</summary>
    public int WithinMs { get; init; }
}

/// <summary>Light that is up before somebody comes.</summary>
public sealed record LightAheadCheck
{
    /// <summary>Part of those who had come by another pole of the line and found nobody at the next, 0 to 100. Default 95.</summary>
    public double MinimumPercent { get; init; } = 95;
}

/// <summary>Events are told.</summary>
public sealed record EventsRightCheck
{
    /// <summary>From the moment at which it can be known to the message at the network server. Default 1,800,000 ms.</summary>
    public long WithinMs { get; init; } = 1_800_000;
}
