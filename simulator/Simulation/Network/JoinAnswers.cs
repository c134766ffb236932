// Join-requests: from the frame to the join-accept on a gateway. Whom to believe and which session follows is JoinServer's.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Answers join-requests.</summary>
internal sealed class JoinAnswers(ServerParts parts)
{
    private readonly byte[] _frame = new byte[256];

    /// <summary>A join-request was received by at least one gateway.</summary>
    public void Take(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        NetworkDevice? device = parts.JoinServer.Check(uplink.Frame, uplink.Length, out RefusalCause cause);
        if (device is null)
        {
            parts.Statistics.Refuse(cause);
            return;
        }

        parts.RadioStatistics.JoinRequestCount++;
        GatewayRoutes.Remember(device, uplink, receptions, parts.Region);

        // The device does not know the server's RX2 yet: the region's default holds (TS001-1.0.4, section 6.2.6).
        long rx1DelayUs = parts.Region.JoinAcceptDelay1S * 1_000_000L;
        var first = new ReceiveWindow(uplink.EndUs, rx1DelayUs, parts.Region.Rx1FrequencyHz(uplink.FrequencyHz, device.DataRate), parts.Region.Rx1DataRate(device.DataRate, 0));
        var second = new ReceiveWindow(uplink.EndUs, rx1DelayUs + 1_000_000, parts.Region.Rx2FrequencyHz, parts.Region.Rx2DataRate);
        bool isAccepted = false;
        if (!TrySendIn(first, device, ref isAccepted) && !TrySendIn(second, device, ref isAccepted))
        {
            parts.Statistics.Refuse(RefusalCause.NoDownlinkSlot);
            return;
        }

        parts.Queue.SessionEnded(device, uplink.EndUs);
        parts.Statistics.ClassADownlinkCount++;
        parts.RadioStatistics.JoinAcceptCount++;
        parts.Application.OnJoined(device.PoleIndex, uplink.EndUs);
    }

    /// <summary>Sends the join-accept in a window; it is made when a gateway has a place for it, once.</summary>
    private bool TrySendIn(in ReceiveWindow window, NetworkDevice device, ref bool isAccepted)
    {
        if (!parts.Scheduler.TryPlanWindow(device, window, parts.JoinServer.AcceptLength, out DownlinkPlan plan))
        {
            return false;
        }

        if (!isAccepted)
        {
            parts.JoinServer.Accept(device, _frame);
            isAccepted = true;
        }

        return parts.Scheduler.TransmitAnswer(device, plan, window, _frame) is not null;
    }
}
