// One pole in one multicast group: how far its set-up has come, and when it listens.
namespace Simulation.Network;

/// <summary>How far a pole's set-up for a group has come.</summary>
internal enum MulticastStage
{
    /// <summary>It does not know the group yet.</summary>
    Unknown,

    /// <summary>It acknowledged group and keys (McGroupSetupAns) and has no session yet.</summary>
    HasGroup,

    /// <summary>It acknowledged a class C session (McClassCSessionAns).</summary>
    HasSession,

    /// <summary>It refused for good: it has no package, no room for the group or not the parameters.</summary>
    Refused,
}

/// <summary>A member of a group.</summary>
internal sealed class MulticastMember(MulticastGroup group, int poleIndex, int mcGroupId)
{
    /// <summary>The group.</summary>
    public MulticastGroup Group { get; } = group;

    /// <summary>The pole.</summary>
    public int PoleIndex { get; } = poleIndex;

    /// <summary>What the pole knows the group by, 0 to 3.</summary>
    public int McGroupId { get; } = mcGroupId;

    /// <summary>How far its set-up has come.</summary>
    public MulticastStage Stage;

    /// <summary>When the last request of the set-up was given to the queue; long.MinValue / 2 before the first.</summary>
    public long RequestedUs = long.MinValue / 2;

    /// <summary>Requests since the last answer.</summary>
    public int AttemptCount;

    /// <summary>When its session begins.</summary>
    public long SessionStartUs;

    /// <summary>When its session ends.</summary>
    public long SessionEndUs;

    /// <summary>Whether it listens for the group at a time, as far as the server knows.</summary>
    public bool IsListening(long timeUs) => Stage == MulticastStage.HasSession && timeUs >= SessionStartUs && timeUs < SessionEndUs;
}
