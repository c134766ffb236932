// Who else is there when a fleet is built, beside the embedded network server and the scenario's operator.
using Simulation.Forwarding;
using Simulation.Network;

namespace Simulation.Engine;

/// <summary>What a fleet is connected with; nothing by default.</summary>
public sealed record FleetConnections
{
    /// <summary>Who stands behind the gateways in the embedded server's place; null for the embedded server.</summary>
    public IFleetAttachment? Attachment { get; init; }

    /// <summary>Who hears what the embedded server tells, beside the operator; null for nobody.</summary>
    public IApplicationServer? Listener { get; init; }

    /// <summary>Whether the embedded server knows only the devices that somebody registers, leaves packages to the application and gives no orders of the scenario.</summary>
    public bool IsServed { get; init; }

    /// <summary>Whether somebody else than the scenario's operator sends downlinks.</summary>
    internal bool IsOperatedElsewhere => Attachment is not null || IsServed;
}

/// <summary>Tells two of everything, the first before the second.</summary>
internal sealed class ApplicationPair(IApplicationServer first, IApplicationServer second) : IApplicationServer
{
    public void OnJoined(int poleIndex, long timeUs)
    {
        first.OnJoined(poleIndex, timeUs);
        second.OnJoined(poleIndex, timeUs);
    }

    public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
    {
        first.OnUplink(poleIndex, timeUs, fPort, payload, length, reception);
        second.OnUplink(poleIndex, timeUs, fPort, payload, length, reception);
    }

    public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt)
    {
        first.OnDownlinkSent(poleIndex, downlinkId, startUs, attempt);
        second.OnDownlinkSent(poleIndex, downlinkId, startUs, attempt);
    }

    public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs)
    {
        first.OnDownlinkAcknowledged(poleIndex, downlinkId, timeUs);
        second.OnDownlinkAcknowledged(poleIndex, downlinkId, timeUs);
    }

    public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure)
    {
        first.OnDownlinkFailed(poleIndex, downlinkId, timeUs, failure);
        second.OnDownlinkFailed(poleIndex, downlinkId, timeUs, failure);
    }

    public void OnMulticastSent(int groupIndex, long downlinkId, long startUs, long endUs)
    {
        first.OnMulticastSent(groupIndex, downlinkId, startUs, endUs);
        second.OnMulticastSent(groupIndex, downlinkId, startUs, endUs);
    }

    public void OnMulticastFailed(int groupIndex, long downlinkId, long timeUs)
    {
        first.OnMulticastFailed(groupIndex, downlinkId, timeUs);
        second.OnMulticastFailed(groupIndex, downlinkId, timeUs);
    }

    public void OnDataBlockEnded(long dataBlockId, long timeUs, int completeCount, int failedCount)
    {
        first.OnDataBlockEnded(dataBlockId, timeUs, completeCount, failedCount);
        second.OnDataBlockEnded(dataBlockId, timeUs, completeCount, failedCount);
    }
}
