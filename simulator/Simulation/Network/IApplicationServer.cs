// What the network server tells the application behind it.
namespace Simulation.Network;

/// <summary>How an uplink arrived.</summary>
/// <param name="FrameCounter">Its 32-bit counter.</param>
/// <param name="IsConfirmed">Whether the pole asked for an acknowledgement.</param>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="GatewayIndex">The gateway that heard it best.</param>
/// <param name="GatewayCount">How many gateways heard it.</param>
/// <param name="RssiDbm">Signal strength at the best gateway.</param>
/// <param name="SnrQuarterDecibel">Signal-to-noise ratio at the best gateway, in quarters of a decibel.</param>
public readonly record struct UplinkReception(
    uint FrameCounter, bool IsConfirmed, int SpreadingFactor, int FrequencyHz, int GatewayIndex, int GatewayCount, int RssiDbm, int SnrQuarterDecibel);

/// <summary>Why the network server gave an application downlink up.</summary>
public enum DownlinkFailure
{
    /// <summary>It was not sent before it expired.</summary>
    Expired = 1,

    /// <summary>It was sent as often as allowed and never acknowledged.</summary>
    NotAcknowledged = 2,

    /// <summary>The pole joined anew while it was on its way.</summary>
    SessionEnded = 3,
}

/// <summary>The application behind the network server. Called serially, in order of time, from within <see cref="FleetNetwork.Advance"/>.</summary>
public interface IApplicationServer
{
    /// <summary>A join-request was accepted; the join-accept is scheduled. The session is in use from the first uplink on.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="timeUs">When the join-request ended, in microseconds since the start of the run.</param>
    void OnJoined(int poleIndex, long timeUs);

    /// <summary>An uplink passed every check; called once for it however many gateways heard it.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="timeUs">When it ended, in microseconds since the start of the run.</param>
    /// <param name="fPort">1 to 223; frames without a port or with port 0 stay with the network server.</param>
    /// <param name="payload">The decrypted payload; valid during the call only.</param>
    /// <param name="length">Its length.</param>
    /// <param name="reception">How it arrived.</param>
    void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception);

    /// <summary>An application downlink was given to a gateway.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="downlinkId">What <see cref="FleetNetwork.TryEnqueue"/> gave.</param>
    /// <param name="startUs">When it will be on the air, in microseconds since the start of the run.</param>
    /// <param name="attempt">1 for the first transmission.</param>
    void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt);

    /// <summary>The pole acknowledged a confirmed downlink.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="downlinkId">What <see cref="FleetNetwork.TryEnqueue"/> gave.</param>
    /// <param name="timeUs">When the acknowledging uplink ended.</param>
    void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs);

    /// <summary>An application downlink was given up.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="downlinkId">What <see cref="FleetNetwork.TryEnqueue"/> gave.</param>
    /// <param name="timeUs">When it was given up.</param>
    /// <param name="failure">Why.</param>
    void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure);

    /// <summary>A message for a multicast group was given to the gateways, the last of them too.</summary>
    /// <param name="groupIndex">Which group: its index in <see cref="NetworkSettings.MulticastGroups"/>.</param>
    /// <param name="downlinkId">What <see cref="FleetNetwork.TryEnqueueMulticast"/> gave.</param>
    /// <param name="startUs">When its first copy begins.</param>
    /// <param name="endUs">When its last copy ends.</param>
    void OnMulticastSent(int groupIndex, long downlinkId, long startUs, long endUs)
    {
        // Of no concern to an application without groups.
    }

    /// <summary>A message for a multicast group was given up: nobody listened, or no gateway could send it in time.</summary>
    /// <param name="groupIndex">Which group.</param>
    /// <param name="downlinkId">What <see cref="FleetNetwork.TryEnqueueMulticast"/> gave.</param>
    /// <param name="timeUs">When it was given up.</param>
    void OnMulticastFailed(int groupIndex, long downlinkId, long timeUs)
    {
        // Of no concern to an application without groups.
    }

    /// <summary>A data block is with everybody who can have it, or given up for the rest.</summary>
    /// <param name="dataBlockId">What <see cref="FleetNetwork.SendDataBlock"/> gave.</param>
    /// <param name="timeUs">When.</param>
    /// <param name="completeCount">Poles that have it and found it right.</param>
    /// <param name="failedCount">Poles that do not have it.</param>
    void OnDataBlockEnded(long dataBlockId, long timeUs, int completeCount, int failedCount)
    {
        // Of no concern to an application that sends none.
    }
}
