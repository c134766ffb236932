// Gives planned downlinks to the gateways and hears what they say to it: the gateway's clock, not the plan's, decides when one begins.
using System.Runtime.InteropServices;
using Simulation.Engine;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>The server's lines to its gateways.</summary>
internal sealed class GatewayRequests
{
    /// <summary>What a gateway needs from a request to its first symbol (lora_pkt_fwd: TX_START_DELAY and TX_JIT_DELAY), in microseconds.</summary>
    public const long PreparationUs = 31_500;

    private readonly DownlinkAir _air;
    private readonly UplinkAir _receivers;
    private readonly RadioStatistics _statistics;
    private readonly GatewayLink[] _links;

    /// <summary>Makes the lines.</summary>
    public GatewayRequests(
        DownlinkAir air, UplinkAir receivers, IReadOnlyList<GatewaySite> gateways, RadioStatistics statistics, NetworkSettings settings, long seed)
    {
        _air = air;
        _receivers = receivers;
        _statistics = statistics;
        _links = new GatewayLink[gateways.Count];
        for (int gateway = 0; gateway < _links.Length; gateway++)
        {
            _links[gateway] = new GatewayLink(
                gateways[gateway], new RandomStream(seed, "backhaul", gateway), settings.AssumedBackhaulDelayMs * 1000L);
        }
    }

    /// <summary>The end of the window of time that is being closed: the poles have run until here, and nothing begins before it.</summary>
    public long EarliestStartUs { get; set; }

    /// <summary>What gateways have taken and poles have not been told of yet.</summary>
    public List<DownlinkTransmission> Scheduled { get; } = [];

    /// <summary>The line to a gateway.</summary>
    public GatewayLink LinkOf(int gateway) => _links[gateway];

    /// <summary>Whether the server takes a gateway for out of order.</summary>
    public bool IsSilent(int gateway) => _links[gateway].IsSilent(EarliestStartUs);

    /// <summary>How far from its plan a class C downlink of a gateway may begin, in microseconds.</summary>
    public long UncertaintyUs(int gateway) => _links[gateway].UncertaintyUs(EarliestStartUs);

    /// <summary>Gateways forwarded an uplink.</summary>
    public void Heard(long uplinkEndUs, ReadOnlySpan<GatewayReception> receptions)
    {
        foreach (GatewayReception reception in receptions)
        {
            _links[reception.GatewayIndex].Heard(uplinkEndUs);
        }
    }

    /// <summary>Asks a gateway for a class A downlink, at a value of its counter after the uplink's.</summary>
    public GatewayAnswer AskForAnswer(in DownlinkPlan plan, long uplinkEndUs, byte[] frame, DownlinkTally? tally, out DownlinkTransmission? downlink)
    {
        bool isInTime = _links[plan.GatewayIndex].RequestArrivesUs(uplinkEndUs) + PreparationUs <= plan.StartUs;
        GatewayAnswer answer = Judge(plan, isInTime);
        downlink = answer == GatewayAnswer.Accepted ? _air.Transmit(plan, frame, tally) : null;
        if (downlink is not null)
        {
            Scheduled.Add(downlink);
        }

        return answer;
    }

    /// <summary>Asks a gateway for a class C downlink, at a time of the server's clock.</summary>
    public GatewayAnswer AskForClassC(in DownlinkPlan plan, byte[] frame, DownlinkTally? tally, out DownlinkTransmission? downlink)
    {
        GatewayAnswer answer = AskByServerClock(plan, out DownlinkPlan actual);
        downlink = answer == GatewayAnswer.Accepted ? _air.Transmit(actual, frame, tally) : null;
        if (downlink is not null)
        {
            Note(plan, downlink.Transmission);
            Scheduled.Add(downlink);
        }

        return answer;
    }

    /// <summary>Asks a gateway for a multicast downlink, at a time of the server's clock.</summary>
    public GatewayAnswer AskForGroup(
        in DownlinkPlan plan, int[] addressed, List<int> others, byte[] frame, DownlinkTally? tally, out GatewayTransmission? transmission)
    {
        GatewayAnswer answer = AskByServerClock(plan, out DownlinkPlan actual);
        transmission = answer == GatewayAnswer.Accepted
            ? _air.TransmitToGroup(actual, addressed, CollectionsMarshal.AsSpan(others), frame, tally)
            : null;
        if (transmission is not null)
        {
            Note(plan, transmission);
            Scheduled.AddRange(transmission.Receptions);
        }

        return answer;
    }

    private GatewayAnswer AskByServerClock(in DownlinkPlan plan, out DownlinkPlan actual)
    {
        actual = plan with { StartUs = _links[plan.GatewayIndex].ActualStartUs(plan.StartUs, EarliestStartUs) };
        return Judge(actual, actual.StartUs >= EarliestStartUs);
    }

    private GatewayAnswer Judge(in DownlinkPlan actual, bool isInTime)
    {
        int gateway = actual.GatewayIndex;
        GatewayAnswer answer = _receivers.IsDown(gateway) ? GatewayAnswer.NoAnswer
            : !isInTime ? GatewayAnswer.TooLate
            : _air.IsTransmitting(gateway, actual.StartUs, actual.StartUs + actual.AirTimeUs) ? GatewayAnswer.CollisionPacket
            : GatewayAnswer.Accepted;
        if (answer != GatewayAnswer.Accepted)
        {
            _statistics.Gateways[gateway].RefusedCounts[(int)answer]++;
        }

        if (answer == GatewayAnswer.NoAnswer)
        {
            _links[gateway].NotAnswered(EarliestStartUs);
        }

        return answer;
    }

    private void Note(in DownlinkPlan plan, GatewayTransmission transmission)
    {
        transmission.PlannedStartUs = plan.StartUs;
        transmission.UncertaintyUs = UncertaintyUs(plan.GatewayIndex);
        GatewayStatistics gateway = _statistics.Gateways[plan.GatewayIndex];
        gateway.TimingErrorUs = Math.Max(gateway.TimingErrorUs, Math.Abs(transmission.StartUs - plan.StartUs));
    }
}
