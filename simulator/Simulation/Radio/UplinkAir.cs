// The uplink side of the air: which gateways receive a frame, and why the others do not. A frame costs the same however many others
// overlap with it: a few meter readings per gateway in reach. README.md has the model.
namespace Simulation.Radio;

/// <summary>One gateway's reception of one uplink.</summary>
/// <param name="GatewayIndex">Which gateway.</param>
/// <param name="SignalDbm">Signal strength.</param>
/// <param name="SnrQuarterDecibel">Signal-to-noise ratio in quarters of a decibel.</param>
public readonly record struct GatewayReception(int GatewayIndex, double SignalDbm, int SnrQuarterDecibel);

/// <summary>Hears what comes out of the air, in order of time.</summary>
public interface IAirListener
{
    /// <summary>An uplink ended and at least one gateway received it.</summary>
    /// <param name="uplink">The frame; valid during the call.</param>
    /// <param name="receptions">The gateways that received it, ascending by index.</param>
    void OnUplinkReceived(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions);

    /// <summary>A downlink ended.</summary>
    /// <param name="transmission">The frame.</param>
    void OnDownlinkEnded(GatewayTransmission transmission);
}

/// <summary>Uplinks in the air, the gateways' receivers, and the events of both in order of time.</summary>
public sealed class UplinkAir
{
    private readonly LinkTable _links;
    private readonly RadioStatistics _statistics;
    private readonly IAirListener _listener;
    private readonly ReceiverSensitivity _sensitivity;
    private readonly FrameFading? _fading;
    private readonly GatewayReceiver[] _gateways;
    private readonly AirEventQueue _events = new();
    private readonly List<UplinkTransmission> _submitted = [];
    private readonly Dictionary<int, ChannelEnergy> _channels = [];
    private readonly Stack<AirFrame> _freeFrames = new();
    private readonly GatewayReception[] _receptions;
    private int _nextSubmitted;
    private long _nowUs;

    /// <summary>Makes an empty air.</summary>
    /// <param name="settings">The channel's numbers.</param>
    /// <param name="links">Gains between poles and gateways.</param>
    /// <param name="gateways">The gateways, for their outages.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="statistics">Where frames are counted.</param>
    /// <param name="listener">Who hears of them.</param>
    public UplinkAir(
        RadioSettings settings, LinkTable links, IReadOnlyList<GatewaySite> gateways, long seed, RadioStatistics statistics, IAirListener listener)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(gateways);
        _links = links;
        _statistics = statistics;
        _listener = listener;
        _sensitivity = new ReceiverSensitivity(settings.GatewayNoiseFigureDecibel);
        _fading = settings.FadingDecibel > 0 ? new FrameFading(settings.FadingDecibel, seed) : null;
        _gateways = new GatewayReceiver[gateways.Count];
        for (int index = 0; index < _gateways.Length; index++)
        {
            _gateways[index] = new GatewayReceiver(settings.DemodulatorCount);
            foreach (GatewayOutage outage in gateways[index].Outages)
            {
                _events.Add(outage.StartUs, AirEventKind.OutageStart, index);
                _events.Add(outage.EndUs, AirEventKind.OutageEnd, index);
            }
        }

        _receptions = new GatewayReception[links.MaximumReach];
    }

    /// <summary>Time of the next thing that happens; <see cref="long.MaxValue"/> when nothing does.</summary>
    public long NextEventUs =>
        Math.Min(_events.NextTimeUs, _nextSubmitted < _submitted.Count ? _submitted[_nextSubmitted].StartUs : long.MaxValue);

    /// <summary>Whether a gateway is out of order now.</summary>
    /// <param name="gateway">Its index.</param>
    public bool IsDown(int gateway) => _gateways[gateway].IsDown;

    /// <summary>Puts an uplink on the air.</summary>
    /// <param name="uplink">Belongs to the air until it ends, then goes back to its pool.</param>
    /// <exception cref="ArgumentException">It is not in order of time, ends before it starts or has a spreading factor that does not exist.</exception>
    public void Submit(UplinkTransmission uplink)
    {
        ArgumentNullException.ThrowIfNull(uplink);
        long earliestUs = _submitted.Count > 0 ? _submitted[^1].StartUs : _nowUs;
        if (uplink.StartUs < earliestUs || uplink.EndUs <= uplink.StartUs || uplink.SpreadingFactor is < 7 or > 12)
        {
            throw new ArgumentException(
                $"Uplink of pole {uplink.PoleIndex} at SF{uplink.SpreadingFactor} from {uplink.StartUs} to {uplink.EndUs} us does not follow {earliestUs} us.",
                nameof(uplink));
        }

        _submitted.Add(uplink);
    }

    /// <summary>Announces a downlink: its gateway receives nothing while it transmits.</summary>
    /// <param name="downlink">Starts at or after the time of the last <see cref="Advance"/>.</param>
    public void Announce(GatewayTransmission downlink)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        _events.Add(downlink.StartUs, AirEventKind.DownlinkStart, downlink.GatewayIndex, downlink: downlink);
        _events.Add(downlink.EndUs, AirEventKind.DownlinkEnd, downlink.GatewayIndex, downlink: downlink);
    }

    /// <summary>Lets everything happen that happens before a time.</summary>
    /// <param name="untilUs">The time; what happens at it waits.</param>
    public void Advance(long untilUs)
    {
        while (true)
        {
            long startUs = _nextSubmitted < _submitted.Count ? _submitted[_nextSubmitted].StartUs : long.MaxValue;
            long eventUs = _events.NextTimeUs;
            if (Math.Min(startUs, eventUs) >= untilUs)
            {
                break;
            }

            if (eventUs <= startUs)
            {
                Happen(_events.Take());
            }
            else
            {
                Start(_submitted[_nextSubmitted++]);
            }
        }

        _submitted.RemoveRange(0, _nextSubmitted);
        _nextSubmitted = 0;
        _nowUs = Math.Max(_nowUs, untilUs);
    }

    private void Happen(in AirEvent happening)
    {
        switch (happening.Kind)
        {
            case AirEventKind.UplinkEnd:
                End(happening.Frame!);
                break;
            case AirEventKind.DownlinkStart:
                if (!happening.Downlink!.IsCutOff)
                {
                    _gateways[happening.GatewayIndex].StartTransmitting();
                }

                break;
            case AirEventKind.DownlinkEnd:
                if (!happening.Downlink!.IsCutOff)
                {
                    _gateways[happening.GatewayIndex].StopTransmitting();
                }

                _listener.OnDownlinkEnded(happening.Downlink!);
                break;
            case AirEventKind.OutageStart:
                _gateways[happening.GatewayIndex].GoDown();
                break;
            default:
                _gateways[happening.GatewayIndex].ComeBack();
                break;
        }
    }

    private void Start(UplinkTransmission uplink)
    {
        AirFrame frame = _freeFrames.TryPop(out AirFrame? free) ? free : new AirFrame(_links.MaximumReach);
        ChannelEnergy channel = ChannelOf(uplink.FrequencyHz);
        frame.Uplink = uplink;
        frame.Channel = channel;

        ReadOnlySpan<ushort> gateways = _links.GatewaysOf(uplink.PoleIndex);
        ReadOnlySpan<float> gains = _links.GainsOf(uplink.PoleIndex);
        float radiated = Decibel.ToMilliwatt(uplink.PowerDbm);
        float sensitivity = _sensitivity.Milliwatt(uplink.SpreadingFactor, uplink.BandwidthHz);
        for (int at = 0; at < gateways.Length; at++)
        {
            float power = radiated * gains[at];
            if (_fading is not null)
            {
                power *= _fading.Ratio(uplink.PoleIndex, gateways[at], uplink.StartUs);
            }

            frame.Power[at] = power;
            frame.PowerUnits[at] = ChannelEnergy.UnitsOf(power);
            GatewayReceiver gateway = _gateways[gateways[at]];
            UplinkLossCause cause = power < sensitivity ? UplinkLossCause.BelowSensitivity : gateway.TryLock();
            frame.Cause[at] = cause;
            frame.Generation[at] = gateway.Generation;
            if (cause == UplinkLossCause.None)
            {
                channel.Read(gateways[at], uplink.StartUs, EnergyAtStart(frame, at));
            }

            channel.Begin(gateways[at], uplink.SpreadingFactor, frame.PowerUnits[at], uplink.StartUs);
        }

        _events.Add(uplink.EndUs, AirEventKind.UplinkEnd, 0, frame);
    }

    private ChannelEnergy ChannelOf(int frequencyHz)
    {
        if (!_channels.TryGetValue(frequencyHz, out ChannelEnergy? channel))
        {
            channel = new ChannelEnergy(_gateways.Length);
            _channels.Add(frequencyHz, channel);
        }

        return channel;
    }

    private void End(AirFrame frame)
    {
        UplinkTransmission uplink = frame.Uplink!;
        int count = Decide(frame, uplink, out UplinkLossCause cause);
        Count(uplink, count > 0 ? UplinkLossCause.None : cause);
        if (count > 0)
        {
            _listener.OnUplinkReceived(uplink, _receptions.AsSpan(0, count));
        }

        frame.Uplink = null;
        UplinkPool.Return(uplink);
        _freeFrames.Push(frame);
    }

    /// <summary>
    /// Takes the frame off the air and fills the receptions; where there is none, the cause is that of the gateway at which the frame came
    /// furthest.
    /// </summary>
    private int Decide(AirFrame frame, UplinkTransmission uplink, out UplinkLossCause furthest)
    {
        ReadOnlySpan<ushort> gateways = _links.GatewaysOf(uplink.PoleIndex);
        int count = 0;
        furthest = UplinkLossCause.BelowSensitivity;
        for (int at = 0; at < gateways.Length; at++)
        {
            UplinkLossCause cause = frame.Cause[at];
            if (cause == UplinkLossCause.None)
            {
                cause = _gateways[gateways[at]].Release(frame.Generation[at]);
                if (cause == UplinkLossCause.None && !SurvivesInterference(frame, uplink, at, gateways[at]))
                {
                    cause = UplinkLossCause.Interference;
                }
            }

            frame.Channel!.End(gateways[at], uplink.SpreadingFactor, frame.PowerUnits[at], uplink.EndUs);
            if (cause == UplinkLossCause.None)
            {
                double signalDbm = Decibel.FromRatio(frame.Power[at]);
                _receptions[count++] = new GatewayReception(gateways[at], signalDbm, _sensitivity.SnrQuarterDecibel(signalDbm, uplink.BandwidthHz));
                _statistics.Gateways[gateways[at]].ReceivedCount++;
            }
            else if (cause > furthest)
            {
                furthest = cause;
            }
        }

        return count;
    }

    /// <summary>Whether the energy that came with the frame, by spreading factor and without its own, leaves it legible at one gateway.</summary>
    private static bool SurvivesInterference(AirFrame frame, UplinkTransmission uplink, int at, int gateway)
    {
        Span<UInt128> energies = stackalloc UInt128[ChannelEnergy.FactorCount];
        Span<double> interference = stackalloc double[ChannelEnergy.FactorCount];
        frame.Channel!.Read(gateway, uplink.EndUs, energies);
        UInt128 signal = frame.PowerUnits[at] * (ulong)(uplink.EndUs - uplink.StartUs);
        energies[uplink.SpreadingFactor - 7] -= signal;
        ReadOnlySpan<UInt128> before = EnergyAtStart(frame, at);
        for (int factor = 0; factor < ChannelEnergy.FactorCount; factor++)
        {
            interference[factor] = (double)(energies[factor] - before[factor]);
        }

        return SpreadingFactorIsolation.Survives(uplink.SpreadingFactor, (double)signal, interference);
    }

    private static Span<UInt128> EnergyAtStart(AirFrame frame, int at) =>
        frame.EnergyAtStart.AsSpan(at * ChannelEnergy.FactorCount, ChannelEnergy.FactorCount);

    private void Count(UplinkTransmission uplink, UplinkLossCause cause)
    {
        SpreadingFactorStatistics at = _statistics.At(uplink.SpreadingFactor);
        at.SentCount++;
        at.AirTimeUs += uplink.EndUs - uplink.StartUs;
        _statistics.SentByPole[uplink.PoleIndex]++;
        if (cause == UplinkLossCause.None)
        {
            at.DeliveredCount++;
            _statistics.DeliveredByPole[uplink.PoleIndex]++;
        }
        else
        {
            at.LostCounts[(int)cause]++;
        }
    }
}
