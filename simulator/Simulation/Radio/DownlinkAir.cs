// The downlink side of the air: what each gateway transmits and plans to transmit, and how it arrives at the poles it is for.
// When and to whom to transmit is the network server's affair; here stands what is possible and what comes of it.
using PoleController.LoRaWan;

namespace Simulation.Radio;

/// <summary>A downlink that is being considered.</summary>
/// <param name="PoleIndex">For which pole; -1 when it is for a group.</param>
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
    private readonly List<GatewayTransmission> _active = [];
    private readonly Stack<GatewayTransmission> _free = new();
    private readonly Stack<DownlinkTransmission> _freeReceptions = new();

    /// <summary>Makes an empty one.</summary>
    /// <param name="settings">The channel's numbers.</param>
    /// <param name="links">Gains between poles and gateways.</param>
    /// <param name="gateways">The gateways, for their outages.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="statistics">Where frames are counted.</param>
    /// <param name="uplinks">The other side, which is told who transmits.</param>
    /// <param name="region">The region, for the duty cycle; EU868 where it is null.</param>
    public DownlinkAir(
        RadioSettings settings, LinkTable links, IReadOnlyList<GatewaySite> gateways, long seed, RadioStatistics statistics, UplinkAir uplinks,
        PoleController.LoRaWan.Region? region = null)
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
        _dutyCycle = new DutyCycleLedger(gateways.Count, region);
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

    /// <summary>What is on the air or planned, in the order in which it was given; ended downlinks stay for some seconds.</summary>
    public IReadOnlyList<GatewayTransmission> Active => _active;

    /// <summary>Transmits to one pole. The caller made sure that gateway and duty cycle allow it.</summary>
    /// <param name="plan">The downlink.</param>
    /// <param name="frame">Its PHY payload; copied.</param>
    /// <param name="tally">Where it is added up when it has ended; may be null.</param>
    /// <returns>The transmission as its pole gets it.</returns>
    public DownlinkTransmission Transmit(in DownlinkPlan plan, byte[] frame, DownlinkTally? tally = null)
    {
        GatewayTransmission transmission = Begin(plan, frame, tally);
        Receive(transmission, plan.PoleIndex, isAddressed: true);
        Finish(plan, transmission);
        return transmission.ReceptionList[0];
    }

    /// <summary>Transmits to many poles at once. The caller made sure that gateway and duty cycle allow it.</summary>
    /// <param name="plan">The downlink; its pole is not looked at.</param>
    /// <param name="addressed">The poles for which this gateway sends it; each has the gateway in reach.</param>
    /// <param name="others">Poles that listen too and for which another gateway sends it; those out of reach are left out.</param>
    /// <param name="frame">Its PHY payload; copied.</param>
    /// <param name="tally">Where it is added up when it has ended; may be null.</param>
    public GatewayTransmission TransmitToGroup(
        in DownlinkPlan plan, ReadOnlySpan<int> addressed, ReadOnlySpan<int> others, byte[] frame, DownlinkTally? tally = null)
    {
        GatewayTransmission transmission = Begin(plan, frame, tally);
        foreach (int pole in addressed)
        {
            Receive(transmission, pole, isAddressed: true);
        }

        foreach (int pole in others)
        {
            if (_links.GainOf(pole, plan.GatewayIndex) > 0)
            {
                Receive(transmission, pole, isAddressed: false);
            }
        }

        Finish(plan, transmission);
        return transmission;
    }

    /// <summary>Whether a gateway transmits at some time of a span, or has to make itself ready for it.</summary>
    /// <param name="gateway">Its index.</param>
    /// <param name="startUs">Begin of the span.</param>
    /// <param name="endUs">End of the span.</param>
    public bool IsTransmitting(int gateway, long startUs, long endUs)
    {
        foreach (GatewayTransmission other in _active)
        {
            if (other.GatewayIndex == gateway && other.StartUs < endUs && startUs < other.EndUs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Mean signal of a gateway at a pole, in milliwatt; 0 when it is out of reach.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="gateway">The gateway's index.</param>
    /// <param name="frequencyHz">On which frequency.</param>
    public double SignalMilliwatt(int pole, int gateway, int frequencyHz) =>
        Decibel.ToMilliwatt(PowerDbm(frequencyHz)) * (double)_links.GainOf(pole, gateway);

    /// <summary>Counts a downlink that has ended.</summary>
    /// <param name="transmission">The downlink.</param>
    public void CountEnded(GatewayTransmission transmission)
    {
        ArgumentNullException.ThrowIfNull(transmission);
        foreach (DownlinkTransmission reception in transmission.ReceptionList)
        {
            if (!reception.IsAddressed)
            {
                continue;
            }

            if (reception.IsReceivable)
            {
                _statistics.DownlinkReceivableCount++;
            }
            else
            {
                _statistics.DownlinkLostCounts[(int)reception.LossCause]++;
            }
        }

        transmission.Tally?.Add(transmission);
        SpreadingFactorStatistics at = _statistics.At(transmission.SpreadingFactor);
        at.DownlinkSentCount++;
        at.DownlinkAirTimeUs += transmission.EndUs - transmission.StartUs;
    }

    /// <summary>Takes back the records of downlinks that ended well before a time.</summary>
    /// <param name="untilUs">The time.</param>
    public void Sweep(long untilUs)
    {
        int kept = 0;
        for (int at = 0; at < _active.Count; at++)
        {
            GatewayTransmission transmission = _active[at];
            if (transmission.EndUs < untilUs - KeptUs)
            {
                Free(transmission);
            }
            else
            {
                _active[kept++] = transmission;
            }
        }

        _active.RemoveRange(kept, _active.Count - kept);
    }

    private GatewayTransmission Begin(in DownlinkPlan plan, byte[] frame, DownlinkTally? tally)
    {
        GatewayTransmission transmission = _free.TryPop(out GatewayTransmission? free) ? free : new GatewayTransmission();
        transmission.Fill(plan, frame, tally);
        transmission.IsCutOff = IsOutage(transmission);
        return transmission;
    }

    private void Receive(GatewayTransmission transmission, int pole, bool isAddressed)
    {
        DownlinkTransmission reception = _freeReceptions.TryPop(out DownlinkTransmission? free) ? free : new DownlinkTransmission(transmission);
        reception.Fill(transmission, pole, isAddressed);
        double signal = SignalAt(pole, transmission) * (_fading?.Ratio(pole, transmission.GatewayIndex, transmission.StartUs) ?? 1f);
        double signalDbm = signal > 0 ? Decibel.FromRatio(signal) : short.MinValue;
        reception.SignalMilliwatt = signal;
        reception.RssiDbm = (int)Math.Round(signalDbm, MidpointRounding.AwayFromZero);
        reception.SnrQuarterDecibel = _sensitivity.SnrQuarterDecibel(signalDbm, transmission.BandwidthHz);
        reception.IsDetectable = !transmission.IsCutOff && signal >= _sensitivity.Milliwatt(transmission.SpreadingFactor, transmission.BandwidthHz);
        reception.LossCause = transmission.IsCutOff ? DownlinkLossCause.GatewayDown
            : reception.IsDetectable ? DownlinkLossCause.None : DownlinkLossCause.BelowSensitivity;
        transmission.Add(reception);
    }

    private void Finish(in DownlinkPlan plan, GatewayTransmission transmission)
    {
        if (!transmission.IsCutOff)
        {
            Interfere(transmission);
            GatewayStatistics gateway = _statistics.Gateways[plan.GatewayIndex];
            gateway.TransmittedCount++;
            gateway.AirTimeUs += plan.AirTimeUs;
        }

        _active.Add(transmission);
        CountDutyCycle(plan);
        _uplinks.Announce(transmission);
    }

    private void Free(GatewayTransmission transmission)
    {
        foreach (DownlinkTransmission reception in transmission.ReceptionList)
        {
            _freeReceptions.Push(reception);
        }

        transmission.ClearReceptions();
        _free.Push(transmission);
    }

    private double SignalAt(int pole, GatewayTransmission transmission) =>
        SignalMilliwatt(pole, transmission.GatewayIndex, transmission.FrequencyHz);

    private bool IsOutage(GatewayTransmission transmission)
    {
        foreach (GatewayOutage outage in _gateways[transmission.GatewayIndex].Outages)
        {
            if (outage.StartUs < transmission.EndUs && transmission.StartUs < outage.EndUs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets a new downlink and those that overlap with it on its frequency disturb each other.</summary>
    private void Interfere(GatewayTransmission transmission)
    {
        foreach (GatewayTransmission other in _active)
        {
            double overlapUs = Math.Min(transmission.EndUs, other.EndUs) - Math.Max(transmission.StartUs, other.StartUs);
            if (overlapUs > 0 && other.FrequencyHz == transmission.FrequencyHz && !other.IsCutOff)
            {
                Disturb(transmission, other, overlapUs);
                Disturb(other, transmission, overlapUs);
                Judge(other);
            }
        }

        Judge(transmission);
    }

    private void Disturb(GatewayTransmission victim, GatewayTransmission disturber, double overlapUs)
    {
        foreach (DownlinkTransmission reception in victim.ReceptionList)
        {
            reception.InterferenceEnergies[disturber.SpreadingFactor - 7] += SignalAt(reception.PoleIndex, disturber) * overlapUs;
        }
    }

    private static void Judge(GatewayTransmission transmission)
    {
        double durationUs = transmission.EndUs - transmission.StartUs;
        foreach (DownlinkTransmission reception in transmission.ReceptionList)
        {
            if (reception.LossCause == DownlinkLossCause.None
                && !SpreadingFactorIsolation.Survives(
                    transmission.SpreadingFactor, reception.SignalMilliwatt * durationUs, reception.InterferenceEnergies))
            {
                reception.LossCause = DownlinkLossCause.Interference;
            }
        }
    }

    private void CountDutyCycle(in DownlinkPlan plan)
    {
        _dutyCycle.Record(plan.GatewayIndex, plan.FrequencyHz, plan.StartUs, plan.AirTimeUs);
        long used = _dutyCycle.UsedUs(plan.GatewayIndex, plan.FrequencyHz, plan.StartUs);
        int permille = (int)(used * 1000 / _dutyCycle.HourlyLimitUs(plan.FrequencyHz));
        GatewayStatistics gateway = _statistics.Gateways[plan.GatewayIndex];
        gateway.DutyCycleBudgetPermille = Math.Max(gateway.DutyCycleBudgetPermille, permille);
    }
}
