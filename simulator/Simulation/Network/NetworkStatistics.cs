// What the network server did, in whole numbers.
namespace Simulation.Network;

/// <summary>Why the network server refused a frame that a gateway received.</summary>
public enum RefusalCause
{
    /// <summary>It is no LoRaWAN 1.0 uplink: wrong type, version or length.</summary>
    Malformed = 0,

    /// <summary>DevAddr, or JoinEUI and DevEUI, are not of this network.</summary>
    UnknownDevice = 1,

    /// <summary>The MIC is wrong.</summary>
    BadMic = 2,

    /// <summary>DevNonce or frame counter was used before.</summary>
    Replay = 3,

    /// <summary>A join-request is valid, but no gateway could send the join-accept in time.</summary>
    NoDownlinkSlot = 4,
}

/// <summary>What the network server did.</summary>
public sealed class NetworkStatistics
{
    /// <summary>Frames that were refused, by <see cref="RefusalCause"/> (the index).</summary>
    public long[] RefusedCounts { get; } = new long[5];

    /// <summary>Data uplinks that were accepted; each counts once.</summary>
    public long AcceptedUplinkCount { get; internal set; }

    /// <summary>Repetitions of the uplink last accepted.</summary>
    public long RepeatedUplinkCount { get; internal set; }

    /// <summary>Downlinks sent in a class A window, join-accepts included.</summary>
    public long ClassADownlinkCount { get; internal set; }

    /// <summary>Answers that were due in a class A window and that no gateway could send.</summary>
    public long MissedAnswerCount { get; internal set; }

    /// <summary>Downlinks sent outside the class A windows.</summary>
    public long ClassCDownlinkCount { get; internal set; }

    /// <summary>LinkADRReq sent.</summary>
    public long LinkAdrRequestCount { get; internal set; }

    /// <summary>LinkADRReq that poles accepted.</summary>
    public long LinkAdrAcceptedCount { get; internal set; }

    /// <summary>Application downlinks taken into a queue.</summary>
    public long EnqueuedCount { get; internal set; }

    /// <summary>Application downlinks sent; repetitions count.</summary>
    public long ApplicationDownlinkSentCount { get; internal set; }

    /// <summary>Confirmed application downlinks that were acknowledged.</summary>
    public long AcknowledgedCount { get; internal set; }

    /// <summary>Application downlinks given up, by <see cref="DownlinkFailure"/> (the index).</summary>
    public long[] FailedCounts { get; } = new long[4];

    /// <summary>Messages for multicast groups taken into a queue.</summary>
    public long MulticastEnqueuedCount { get; internal set; }

    /// <summary>Multicast frames given to gateways; each gateway that sends a frame counts.</summary>
    public long MulticastFrameSentCount { get; internal set; }

    /// <summary>Messages for multicast groups that no gateway sent: nobody listened, or no gateway could in time.</summary>
    public long MulticastFailedCount { get; internal set; }

    /// <summary>Requests of remote multicast set-up given to the queue, one a member and try.</summary>
    public long MulticastSetupRequestCount { get; internal set; }

    /// <summary>Members that refused group or session for good.</summary>
    public long MulticastSetupRefusedCount { get; internal set; }

    /// <summary>Requests by MAC command sent, LinkADRReq not included; repetitions count.</summary>
    public long MacRequestSentCount { get; internal set; }

    /// <summary>Those of them that devices accepted.</summary>
    public long MacRequestAcceptedCount { get; internal set; }

    /// <summary>Those of them that devices refused.</summary>
    public long MacRequestRefusedCount { get; internal set; }

    /// <summary>Those of them that were never answered.</summary>
    public long MacRequestGivenUpCount { get; internal set; }

    /// <summary>Fragments of data blocks given to a queue, by unicast or to a group.</summary>
    public long FragmentSentCount { get; internal set; }

    internal void Refuse(RefusalCause cause) => RefusedCounts[(int)cause]++;
}
