// What the operator knows of one pole: only what came over the air.
using PoleController.Alarms;

namespace Simulation.Operation;

/// <summary>The operator's record of one pole.</summary>
public sealed class PoleRecord
{
    private HashSet<(int ClassAndSequence, long Seconds)>? _seenEntries;

    /// <summary>When the network server first accepted it, in simulated time; -1 before.</summary>
    public long JoinedUs { get; internal set; } = -1;

    /// <summary>How often it joined.</summary>
    public int JoinCount { get; internal set; }

    /// <summary>Status messages that arrived.</summary>
    public long StatusCount { get; internal set; }

    /// <summary>When the last message of any kind arrived; -1 before the first.</summary>
    public long LastHeardUs { get; internal set; } = -1;

    /// <summary>The longest time between two messages, in microseconds.</summary>
    public long LongestSilenceUs { get; internal set; }

    /// <summary>Spreading factor of the last message; 0 before the first.</summary>
    public int SpreadingFactor { get; internal set; }

    /// <summary>Alarms raised (not cleared).</summary>
    public int AlarmCount { get; internal set; }

    /// <summary>Energy since commissioning by the last status, in watt-hours; -1 before the first.</summary>
    public long EnergyWattHours { get; internal set; } = -1;

    /// <summary>The settings hash of the last status; -1 before the first.</summary>
    public int SettingsHash { get; internal set; } = -1;

    /// <summary>The time over which its counts are known.</summary>
    public ToldIntervals Intervals { get; } = new();

    /// <summary>Intervals that came by its journal and no other way.</summary>
    public int LateIntervalCount { get; internal set; }

    /// <summary>The longest time from the moment of a journal entry to its arrival, in microseconds.</summary>
    public long LongestDelayUs { get; internal set; }

    /// <summary>Journal entries that it lost before they could be sent, by class, as it says itself.</summary>
    public int[] LostEntryCounts { get; } = new int[2];

    /// <summary>Messages that could not be read: a defect of the pole's or of the operator's codec.</summary>
    public int UnreadableCount { get; internal set; }

    /// <summary>Class and sequence number, and seconds, of journal entries that would not be known by their interval if they came again.</summary>
    internal HashSet<(int ClassAndSequence, long Seconds)> SeenEntries => _seenEntries ??= [];

    /// <summary>The command that waits for an answer; null when none does.</summary>
    internal PendingCommand? Pending { get; set; }

    /// <summary>Commands that wait for their turn.</summary>
    internal Queue<PendingCommand>? Waiting { get; set; }

    /// <summary>Sequence number of the next command.</summary>
    internal int NextSequence { get; set; } = 1;
}

/// <summary>An alarm as the operator got it.</summary>
/// <param name="PoleIndex">Which pole.</param>
/// <param name="HappenedUs">When it happened by the message's age, in simulated time.</param>
/// <param name="ReceivedUs">When the message arrived.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="IsRaised">Whether it began; else it ended.</param>
/// <param name="LevelPermille">Level at that moment.</param>
/// <param name="PowerMilliwatts">Power at that moment; -1 when not known.</param>
public sealed record ReceivedAlarm(
    int PoleIndex, long HappenedUs, long ReceivedUs, AlarmKind Kind, bool IsRaised, int LevelPermille, int PowerMilliwatts)
{
    /// <summary>Whether it came by the pole's journal.</summary>
    public bool IsLate { get; init; }

    /// <summary>Its size, in the unit of the kind; 0 where the kind has none.</summary>
    public int Value { get; init; }

    /// <summary>Whether it is known when it happened; else the moment of its arrival stands for it.</summary>
    public bool IsDated { get; init; } = true;
}

/// <summary>A command to one pole, on its way.</summary>
internal sealed class PendingCommand
{
    /// <summary>The operator's order it belongs to.</summary>
    public required CommandOrder Order { get; init; }

    /// <summary>The payload without its sequence number; filled in when it is first sent.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>Sequence number, echoed in the answer; -1 until it is first given to the network server.</summary>
    public int Sequence { get; set; } = -1;

    /// <summary>How often it was sent.</summary>
    public int AttemptCount { get; set; }

    /// <summary>What the network server knows its last downlink by; 0 before the first and after a multicast.</summary>
    public long DownlinkId { get; set; }

    /// <summary>When it is sent again, or given up.</summary>
    public long RetryUs { get; set; }
}
