// A multicast group as the workspace has it: its address and sealed key, how far it is used, and who was told of it. Data only.
using System.Globalization;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Where a group is in its life. The words stand in workspaces and never change.</summary>
public enum GroupState
{
    /// <summary>In use.</summary>
    Open,

    /// <summary>Its key is erased: nothing is sent to it any more.</summary>
    Closed,
}

/// <summary>A multicast group: one address and one key.</summary>
/// <param name="Number">Its number in the workspace.</param>
/// <param name="Selection">Which poles it is for: the words of the choice.</param>
/// <param name="Region">Region of its controllers.</param>
/// <param name="McAddr">McAddr, 8 hexadecimal digits in lower case.</param>
/// <param name="Sealed">McKey, sealed; null when erased.</param>
/// <param name="DataRate">Data rate of its sessions.</param>
/// <param name="FrequencyHz">Frequency of its sessions in hertz.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="CreatedUtcMs">When it was made, UTC in milliseconds since 1970.</param>
internal sealed record MulticastGroupRow(
    long Number, string Selection, string Region, string McAddr, byte[]? Sealed, int DataRate, int FrequencyHz, GroupState State, long CreatedUtcMs)
{
    /// <summary>Frames that a key serves for: then the group gets a new one. The last counter that its members accept is one less.</summary>
    public const int FramesPerKey = 8192;

    /// <summary>McAddr as a number.</summary>
    public uint Address => uint.Parse(McAddr, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Its name at a network server: lower-case letters, digits and single dashes, unique as the address is.</summary>
    public string ServerGroupName => "poles-" + McAddr;

    /// <summary>What its key is sealed for.</summary>
    public string Purpose => $"polectl multicast key|{Number.ToString(CultureInfo.InvariantCulture)}|{McAddr}";

    /// <summary>The group as its subject in the journal.</summary>
    public string SubjectId => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How far a group is used.</summary>
/// <param name="ServerId">Its identifier at the network server; empty while it is not there.</param>
/// <param name="FramesGiven">Frames that the server may have taken: its counter is this at most.</param>
/// <param name="FramesTaken">Frames that the server took for certain: its counter is this at least.</param>
internal sealed record MulticastUse(string ServerId, long FramesGiven, long FramesTaken);

/// <summary>A controller in a group.</summary>
/// <param name="GroupNumber">The group.</param>
/// <param name="DevEui">The controller.</param>
/// <param name="McGroupId">What the controller knows the group by, 0 to 3.</param>
/// <param name="EncryptedKey">McKey_encrypted for it.</param>
internal sealed record MulticastMemberRow(long GroupNumber, string DevEui, int McGroupId, byte[] EncryptedKey)
{
    /// <summary>Groups that a controller can be in (TS005: McGroupID has two bits).</summary>
    public const int MostGroups = 4;

    /// <summary>The order that tells it; 0 when it was not told yet.</summary>
    public long SetupOrder { get; init; }

    /// <summary>Whether it acknowledged group and key.</summary>
    public bool HasGroup { get; init; }

    /// <summary>When its session begins, UTC in milliseconds since 1970; 0 for none.</summary>
    public long StartsUtcMs { get; init; }

    /// <summary>When its session ends; 0 for none.</summary>
    public long EndsUtcMs { get; init; }

    /// <summary>Whether it acknowledged a session that is not over for some time.</summary>
    /// <param name="utcMs">Now.</param>
    /// <param name="restMs">How long it must last still.</param>
    public bool HasSession(long utcMs, long restMs) => HasGroup && EndsUtcMs - restMs > utcMs;
}
