// Join-requests: from the frame to the join-accept on a gateway. Whom to believe and which session follows is JoinServer's.
using PoleController.LoRaWan;
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
        GatewayRoutes.Remember(device, uplink, receptions);
        if (!TryPlan(device, uplink, out DownlinkPlan plan))
        {
            parts.Statistics.Refuse(RefusalCause.NoDownlinkSlot);
            return;
        }

        parts.JoinServer.Accept(device, _frame);
        parts.Queue.SessionEnded(device, uplink.EndUs);
        parts.Scheduler.Transmit(device, plan, _frame);
        parts.Statistics.ClassADownlinkCount++;
        parts.RadioStatistics.JoinAcceptCount++;
        parts.Application.OnJoined(device.PoleIndex, uplink.EndUs);
    }

    /// <summary>The device does not know the server's RX2 yet: the region's default holds (TS001-1.0.4, section 6.2.6).</summary>
    private bool TryPlan(NetworkDevice device, UplinkTransmission uplink, out DownlinkPlan plan)
    {
        long rx1Us = uplink.EndUs + (Eu868.JoinAcceptDelay1S * 1_000_000L);
        var first = new ReceiveWindow(rx1Us, uplink.FrequencyHz, device.DataRate);
        var second = new ReceiveWindow(rx1Us + 1_000_000, Eu868.Rx2FrequencyHz, Eu868.Rx2DataRate);
        return parts.Scheduler.TryPlanWindow(device, first, JoinCodec.AcceptWithCfListLength, out plan)
            || parts.Scheduler.TryPlanWindow(device, second, JoinCodec.AcceptWithCfListLength, out plan);
    }
}
