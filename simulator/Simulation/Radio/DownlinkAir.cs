// The downlink side of the air: what each gateway transmits and plans to transmit, and how it arrives at the pole it is for.
// When and to whom to transmit is the network server's affair; here stands what is possible and what comes of it.
using PoleController.LoRaWan;

namespace Simulation.Radio;

/// <summary>A downlink that is being considered.</summary>
/// <param name="PoleIndex">For which pole.</param>
/// <param name="GatewayIndex">From which gateway.</param>
/// <param name="StartUs">When it would start.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="BandwidthHz">Bandwidth.</param>
/// <param name="Length">Bytes of PHY payload.</param>
public readonly record struct DownlinkPlan(
    int PoleIndex, int GatewayIndex, long StartUs, int FrequencyHz, int SpreadingFactor, int BandwidthHz, int Length)
{
    /// <summary>Time on air in microseconds; downlinks have no payload CRC.</summary>
    public int AirTimeUs => AirTime.FrameUs(SpreadingFactor, BandwidthHz, Length, hasCrc: false);
}

/// <summary>Downlinks in the air and planned.</summary>
public sealed class DownlinkAir
{
    /// <summary>A gateway needs this long from one transmission to the next, in microseconds.</summary>
    public const long GatewayGapUs = 10_000;

    // How long an ended downlink stays readable: a pole on a coarser clock looks at it a little later.
    private const long KeptUs = 2_000_000;

    private readonly RadioSettings _settings;
    private readonly LinkTable _links;
    private readonly IReadOnlyList<GatewaySite> _gateways;
    private readonly RadioStatistics _statistics;
    private readonly UplinkAir _uplinks;
    private readonly ReceiverSensitivity _sensitivity;
    private readonly FrameFading? _fading;
    private readonly DutyCycleLedger _dutyCycle;
    private readonly List<DownlinkTransmission> _active = [];
    private readonly Stack<DownlinkTransmission> _free = new();

    /// <summary>Makes an empty one.</summary>
    /// <param name="settings">The channel's numbers.</param>
    /// <param name="links">Gains between poles and gateways.</param>
    /// <param name="gateways">The gateways, for their outages.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="statistics">Where frames are counted.</param>
    /// <param name="uplinks">The other side, which is told who transmits.</param>
    public DownlinkAir(
        RadioSettings settings, LinkTable links, IReadOnlyList<GatewaySite> gateways, long seed, RadioStatistics statistics, UplinkAir uplinks)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(gateways);
        _settings = settings;
        _links = links;
        _gateways = gateways;
        _statistics = statistics;
        _uplinks = uplinks;
        _sensitivity = new ReceiverSensitivity(settings.PoleNoiseFigureDecibel);
        _fading = settings.FadingDecibel > 0 ? new FrameFading(settings.FadingDecibel, seed) : null;
        _dutyCycle = new DutyCycleLedger(gateways.Count);
    }

    /// <summary>Radiated power of a gateway on a frequency, in dBm EIRP.</summary>
    /// <param name="frequencyHz">Centre frequency.</param>
    public int PowerDbm(int frequencyHz) =>
        frequencyHz is >= 869_400_000 and <= 869_650_000 ? _settings.Rx2DownlinkPowerDbm : _settings.DownlinkPowerDbm;

    /// <summary>Whether the duty cycle of the gateway allows a downlink.</summary>
    /// <param name="plan">The downlink.</param>
    /// <param name="sharePermille">How much of the limit may be used, 0 to 1,000.</param>
    public bool IsWithinDutyCycle(in DownlinkPlan plan, int sharePermille) =>
        _dutyCycle.CanTransmit(plan.GatewayIndex, plan.FrequencyHz, plan.StartUs, plan.AirTimeUs, sharePermille);

    /// <summary>
    /// Time at which what stands in the way of a downlink has passed: the gateway transmits, or another gateway's downlink and this one
    /// would destroy each other. 0 when nothing does. The mean strengths are taken, as a server knows them from the poles' uplinks; what
    /// fading may add to the disturbance is the margin's part.
    /// </summary>
    /// <param name="plan">The downlink.</param>
    /// <param name="coordinationRatio">Power ratio by which disturbance is taken for stronger than its mean; 0 when the server does not
    /// look at the other gateways' downlinks.</param>
    public long BlockedUntilUs(in DownlinkPlan plan, double coordinationRatio)
    {
        long endUs = plan.StartUs + plan.AirTimeUs;
        long blockedUntilUs = 0;
        foreach (DownlinkTransmission other in _active)
        {
            bool isBlocking = other.GatewayIndex == plan.GatewayIndex
                ? other.StartUs - GatewayGapUs < endUs && plan.StartUs < other.EndUs + GatewayGapUs
                : coordinationRatio > 0 && other.FrequencyHz == plan.FrequencyHz && other.StartUs < endUs && plan.StartUs < other.EndUs
                    && Collide(plan, endUs, other, coordinationRatio);
            if (isBlocking)
            {
                blockedUntilUs = Math.Max(blockedUntilUs, other.EndUs + GatewayGapUs);
            }
        }

        return blockedUntilUs;
    }

    /// <summary>Transmits. The caller made sure that gateway and duty cycle allow it.</summary>
    /// <param name="plan">The downlink.</param>
    /// <param name="frame">Its PHY payload; copied.</param>
    /// <returns>The transmission as its pole gets it.</returns>
    public DownlinkTransmission Transmit(in DownlinkPlan plan, byte[] frame)
    {
        DownlinkTransmission downlink = _free.TryPop(out DownlinkTransmission? free) ? free : new DownlinkTransmission();
        downlink.Fill(plan, frame);
        double signal = SignalAt(plan.PoleIndex, downlink) * (_fading?.Ratio(plan.PoleIndex, plan.GatewayIndex, plan.StartUs) ?? 1f);
        double signalDbm = signal > 0 ? Decibel.FromRatio(signal) : short.MinValue;
        downlink.SignalMilliwatt = signal;
        downlink.RssiDbm = (int)Math.Round(signalDbm, MidpointRounding.AwayFromZero);
        downlink.SnrQuarterDecibel = _sensitivity.SnrQuarterDecibel(signalDbm, plan.BandwidthHz);
        downlink.IsDetectable = signal >= _sensitivity.Milliwatt(plan.SpreadingFactor, plan.BandwidthHz);
        downlink.LossCause = downlink.IsDetectable ? DownlinkLossCause.None : DownlinkLossCause.BelowSensitivity;
        if (IsOutage(downlink))
        {
            downlink.IsDetectable = false;
            downlink.LossCause = DownlinkLossCause.GatewayDown;
        }
        else
        {
            Interfere(downlink);
            GatewayStatistics gateway = _statistics.Gateways[plan.GatewayIndex];
            gateway.TransmittedCount++;
            gateway.AirTimeUs += plan.AirTimeUs;
        }

        _active.Add(downlink);
        CountDutyCycle(plan);
        _uplinks.Announce(downlink);
        return downlink;
    }

    /// <summary>Counts a downlink that has ended.</summary>
    /// <param name="downlink">The downlink.</param>
    public void CountEnded(DownlinkTransmission downlink)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        if (downlink.LossCause == DownlinkLossCause.None)
        {
            _statistics.DownlinkReceivableCount++;
        }
        else
        {
            _statistics.DownlinkLostCounts[(int)downlink.LossCause]++;
        }

        SpreadingFactorStatistics at = _statistics.At(downlink.SpreadingFactor);
        at.DownlinkSentCount++;
        at.DownlinkAirTimeUs += downlink.EndUs - downlink.StartUs;
    }

    /// <summary>Takes back the records of downlinks that ended well before a time.</summary>
    /// <param name="untilUs">The time.</param>
    public void Sweep(long untilUs)
    {
        int kept = 0;
        for (int at = 0; at < _active.Count; at++)
        {
            DownlinkTransmission downlink = _active[at];
            if (downlink.EndUs < untilUs - KeptUs)
            {
                _free.Push(downlink);
            }
            else
            {
                _active[kept++] = downlink;
            }
        }

        _active.RemoveRange(kept, _active.Count - kept);
    }

    private double SignalAt(int pole, DownlinkTransmission downlink) =>
        Decibel.ToMilliwatt(PowerDbm(downlink.FrequencyHz)) * (double)_links.GainOf(pole, downlink.GatewayIndex);

    /// <summary>Whether a planned downlink and one in the air would destroy each other, or one the other, at their mean strengths.</summary>
    private bool Collide(in DownlinkPlan plan, long endUs, DownlinkTransmission other, double ratio)
    {
        double overlapUs = Math.Min(endUs, other.EndUs) - Math.Max(plan.StartUs, other.StartUs);
        double radiated = Decibel.ToMilliwatt(PowerDbm(plan.FrequencyHz));
        Span<double> atPlanned = stackalloc double[6];
        atPlanned.Clear();
        atPlanned[other.SpreadingFactor - 7] = SignalAt(plan.PoleIndex, other) * overlapUs * ratio;
        double signal = radiated * _links.GainOf(plan.PoleIndex, plan.GatewayIndex);
        if (!SpreadingFactorIsolation.Survives(plan.SpreadingFactor, signal * plan.AirTimeUs, atPlanned))
        {
            return true;
        }

        Span<double> atOther = stackalloc double[6];
        other.InterferenceEnergies.CopyTo(atOther);
        atOther[plan.SpreadingFactor - 7] += radiated * _links.GainOf(other.PoleIndex, plan.GatewayIndex) * overlapUs * ratio;
        return !SpreadingFactorIsolation.Survives(other.SpreadingFactor, SignalAt(other.PoleIndex, other) * (other.EndUs - other.StartUs), atOther);
    }

    private bool IsOutage(DownlinkTransmission downlink)
    {
        foreach (GatewayOutage outage in _gateways[downlink.GatewayIndex].Outages)
        {
            if (outage.StartUs < downlink.EndUs && downlink.StartUs < outage.EndUs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets a new downlink and those that overlap with it on its frequency disturb each other.</summary>
    private void Interfere(DownlinkTransmission downlink)
    {
        foreach (DownlinkTransmission other in _active)
        {
            double overlapUs = Math.Min(downlink.EndUs, other.EndUs) - Math.Max(downlink.StartUs, other.StartUs);
            if (overlapUs <= 0 || other.FrequencyHz != downlink.FrequencyHz || other.LossCause == DownlinkLossCause.GatewayDown)
            {
                continue;
            }

            downlink.InterferenceEnergies[other.SpreadingFactor - 7] += SignalAt(downlink.PoleIndex, other) * overlapUs;
            other.InterferenceEnergies[downlink.SpreadingFactor - 7] += SignalAt(other.PoleIndex, downlink) * overlapUs;
            Judge(other);
        }

        Judge(downlink);
    }

    private static void Judge(DownlinkTransmission downlink)
    {
        if (downlink.LossCause == DownlinkLossCause.None
            && !SpreadingFactorIsolation.Survives(
                downlink.SpreadingFactor, downlink.SignalMilliwatt * (downlink.EndUs - downlink.StartUs), downlink.InterferenceEnergies))
        {
            downlink.LossCause = DownlinkLossCause.Interference;
        }
    }

    private void CountDutyCycle(in DownlinkPlan plan)
    {
        _dutyCycle.Record(plan.GatewayIndex, plan.FrequencyHz, plan.StartUs, plan.AirTimeUs);
        long used = _dutyCycle.UsedUs(plan.GatewayIndex, plan.FrequencyHz, plan.StartUs);
        int permille = (int)(used * 1000 / DutyCycleLedger.HourlyLimitUs(plan.FrequencyHz));
        GatewayStatistics gateway = _statistics.Gateways[plan.GatewayIndex];
        gateway.DutyCycleBudgetPermille = Math.Max(gateway.DutyCycleBudgetPermille, permille);
    }
}
