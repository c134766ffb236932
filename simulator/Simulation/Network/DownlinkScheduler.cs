// Finds the gateway and the time for a downlink, within duty cycle, half duplex and without spoiling another one.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Where and when a downlink may start after an uplink.</summary>
/// <param name="UplinkEndUs">When the uplink ended.</param>
/// <param name="DelayUs">How long after it the receive window opens.</param>
/// <param name="FrequencyHz">Its frequency.</param>
/// <param name="DataRate">Its data rate.</param>
internal readonly record struct ReceiveWindow(long UplinkEndUs, long DelayUs, int FrequencyHz, int DataRate);

/// <summary>Schedules downlinks on gateways, in the server's time. None starts before the window of time that is being closed has ended.</summary>
internal sealed class DownlinkScheduler
{
    private const int GroupPole = -1;

    // A gateway whose clock is fast begins a little before the second is over; held up to the window's end, no pole notices.
    private const long FastClockUs = 1000;

    private readonly DownlinkAir _air;
    private readonly GatewayRequests _requests;
    private readonly NetworkSettings _settings;
    private readonly Region _region;
    private readonly RadioSettings _radio;
    private readonly DownlinkCoordination _coordination;

    /// <summary>Makes it over the air and the lines to the gateways.</summary>
    public DownlinkScheduler(DownlinkAir air, GatewayRequests requests, NetworkSettings settings, RadioSettings radio)
    {
        _air = air;
        _requests = requests;
        _settings = settings;
        _region = new Region(settings.Region);
        _radio = radio;
        _coordination = new DownlinkCoordination(air, settings);
    }

    /// <summary>The end of the window of time that is being closed: the poles have run until here.</summary>
    public long EarliestStartUs => _requests.EarliestStartUs;

    /// <summary>Centre frequency of class C downlinks, unicast and multicast, in hertz.</summary>
    public int ClassCFrequencyHz => _region.Rx2FrequencyHz;

    /// <summary>Longest payload of a class C downlink.</summary>
    public int ClassCMaximumPayloadLength => _region.MaximumPayloadLength(_settings.Rx2DataRate);

    /// <summary>Whether a gateway is known to be out of order.</summary>
    public bool IsDown(int gateway) => _requests.IsSilent(gateway);

    /// <summary>How far from its plan a class C downlink of a gateway may begin, in microseconds.</summary>
    public long UncertaintyUs(int gateway) => _requests.UncertaintyUs(gateway);

    /// <summary>Finds a gateway for a downlink in a receive window: the one that hears the pole best and is free.</summary>
    public bool TryPlanWindow(NetworkDevice device, in ReceiveWindow window, int length, out DownlinkPlan plan)
    {
        for (int route = 0; route < device.RouteLength; route++)
        {
            int gateway = device.RouteGateway[route];
            long startUs = _requests.LinkOf(gateway).AnswerStartUs(window.UplinkEndUs, window.DelayUs);
            plan = Plan(device.PoleIndex, gateway, Math.Max(startUs, EarliestStartUs), window.FrequencyHz, window.DataRate, length);
            if (startUs >= EarliestStartUs - FastClockUs
                && !_requests.IsSilent(gateway)
                && _coordination.BlockedUntilUs(plan, [device.PoleIndex], 0) == 0
                && _air.IsWithinDutyCycle(plan, 1000))
            {
                return true;
            }
        }

        plan = default;
        return false;
    }

    /// <summary>Finds the earliest time for a class C downlink from one gateway, before <paramref name="horizonUs"/>.</summary>
    public bool TryPlanClassC(NetworkDevice device, int gateway, long notBeforeUs, long horizonUs, int length, out DownlinkPlan plan)
    {
        long uncertaintyUs = _requests.UncertaintyUs(gateway);
        long startUs = Math.Max(notBeforeUs, EarliestStartUs) + uncertaintyUs;
        while (startUs < horizonUs)
        {
            plan = Plan(device.PoleIndex, gateway, startUs, ClassCFrequencyHz, device.Rx2DataRate, length);
            long blockedUntilUs = Math.Max(_coordination.BlockedUntilUs(plan, [device.PoleIndex], uncertaintyUs), Rx1UntilUs(device, plan));
            if (blockedUntilUs <= startUs)
            {
                return _air.IsWithinDutyCycle(plan, _settings.ClassCDutyCyclePermille);
            }

            startUs = blockedUntilUs;
        }

        plan = default;
        return false;
    }

    /// <summary>Finds the earliest time for a multicast downlink from one gateway, before <paramref name="horizonUs"/>.</summary>
    public bool TryPlanGroup(int gateway, ReadOnlySpan<int> poles, long notBeforeUs, long horizonUs, int length, out DownlinkPlan plan)
    {
        long uncertaintyUs = _requests.UncertaintyUs(gateway);
        long startUs = Math.Max(notBeforeUs, EarliestStartUs) + uncertaintyUs;
        while (startUs < horizonUs)
        {
            plan = Plan(GroupPole, gateway, startUs, ClassCFrequencyHz, _settings.Rx2DataRate, length);
            long blockedUntilUs = _coordination.BlockedUntilUs(plan, poles, uncertaintyUs);
            if (blockedUntilUs <= startUs)
            {
                return _air.IsWithinDutyCycle(plan, _settings.ClassCDutyCyclePermille);
            }

            startUs = blockedUntilUs;
        }

        plan = default;
        return false;
    }

    /// <summary>Gives a multicast downlink to a gateway.</summary>
    public GatewayTransmission? TransmitToGroup(in DownlinkPlan plan, int[] addressed, List<int> others, byte[] frame, DownlinkTally? tally)
    {
        _ = _requests.AskForGroup(plan, addressed, others, frame, tally, out GatewayTransmission? transmission);
        return transmission;
    }

    /// <summary>Gives a class C downlink to a gateway. Null when that did not take it.</summary>
    public DownlinkTransmission? TransmitClassC(NetworkDevice device, in DownlinkPlan plan, byte[] frame, DownlinkTally? tally)
    {
        _ = _requests.AskForClassC(plan, frame, tally, out DownlinkTransmission? downlink);
        return Note(device, downlink);
    }

    /// <summary>Gives a class A downlink to a gateway. Null when that did not take it.</summary>
    public DownlinkTransmission? TransmitAnswer(NetworkDevice device, in DownlinkPlan plan, in ReceiveWindow window, byte[] frame, DownlinkTally? tally = null)
    {
        _ = _requests.AskForAnswer(plan, window.UplinkEndUs, frame, tally, out DownlinkTransmission? downlink);
        return Note(device, downlink);
    }

    private static DownlinkTransmission? Note(NetworkDevice device, DownlinkTransmission? downlink)
    {
        device.BusyUntilUs = Math.Max(device.BusyUntilUs, downlink?.EndUs ?? 0);
        return downlink;
    }

    /// <summary>
    /// The gateway for class C: of those that heard the pole, the one with the shortest line among those whose downlink has 10 dB in
    /// hand; if there is none, the one that heard it best.
    /// </summary>
    public int ChooseGateway(NetworkDevice device, Queue<int>[] lines)
    {
        const int EnoughDecibel = 10;
        int chosen = -1;
        for (int route = 0; route < device.RouteLength; route++)
        {
            int gateway = device.RouteGateway[route];
            bool isGood = ClassCMarginDecibel(device, route) >= EnoughDecibel;
            if (!_requests.IsSilent(gateway) && (chosen < 0 || (isGood && lines[gateway].Count < lines[chosen].Count)))
            {
                chosen = gateway;
            }
        }

        return chosen >= 0 ? chosen : device.RouteGateway[0];
    }

    /// <summary>
    /// By how much a downlink would be above what the pole needs, as far as its last uplink tells: the link is the same in both
    /// directions, power and noise figure are not.
    /// </summary>
    /// <param name="device">The pole.</param>
    /// <param name="route">Which of the gateways that heard it, 0 the best.</param>
    /// <param name="frequencyHz">The downlink's frequency.</param>
    /// <param name="dataRate">The downlink's data rate.</param>
    public double MarginDecibel(NetworkDevice device, int route, int frequencyHz, int dataRate)
    {
        double gainDecibel = _air.PowerDbm(frequencyHz) - device.UplinkPowerDbm + _radio.GatewayNoiseFigureDecibel - _radio.PoleNoiseFigureDecibel;
        int spreadingFactor = _region.SpreadingFactors[dataRate];
        return (device.RouteSnrQuarterDecibel[route] / 4.0) + gainDecibel - ReceiverSensitivity.LimitDecibel(spreadingFactor);
    }

    /// <summary>The same for a class C downlink.</summary>
    public double ClassCMarginDecibel(NetworkDevice device, int route) => MarginDecibel(device, route, ClassCFrequencyHz, device.Rx2DataRate);

    private DownlinkPlan Plan(int pole, int gateway, long startUs, int frequencyHz, int dataRate, int length) =>
        new(pole, gateway, startUs, frequencyHz, _region.SpreadingFactors[dataRate], _region.BandwidthsHz[dataRate], length);

    /// <summary>A class C pole leaves its continuous reception for RX1 after an uplink: a downlink must not lie across that.</summary>
    private static long Rx1UntilUs(NetworkDevice device, in DownlinkPlan plan)
    {
        const long OpensEarlyUs = 50_000;
        const long ClosesAfterUs = 300_000; // eight symbols of SF12 and the preamble's length
        long rx1Us = device.LastUplinkEndUs + (device.ReceiveDelayS * 1_000_000L);
        bool isAcross = plan.StartUs < rx1Us + ClosesAfterUs && plan.StartUs + plan.AirTimeUs > rx1Us - OpensEarlyUs;
        return isAcross ? rx1Us + ClosesAfterUs : 0;
    }
}
