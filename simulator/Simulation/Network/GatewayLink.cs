// One gateway as the server knows it: what time its counter shows, as far as its messages tell, and whether it answers. The server never
// sees the run's time at the gateway, only what came over the line, some time later.
using Simulation.Engine;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>What a gateway says to a request to transmit (TX_ACK of Semtech's packet forwarder, PROTOCOL.TXT section 6).</summary>
public enum GatewayAnswer
{
    /// <summary>NONE: it will transmit.</summary>
    Accepted = 0,

    /// <summary>TOO_LATE: the time had passed when the request came.</summary>
    TooLate = 1,

    /// <summary>COLLISION_PACKET: it transmits something else then.</summary>
    CollisionPacket = 2,

    /// <summary>There is no answer: the gateway is out of order.</summary>
    NoAnswer = 3,
}

/// <summary>The server's end of the line to a gateway.</summary>
internal sealed class GatewayLink
{
    // Drift of a gateway's oscillator that is reckoned with, and how old an estimate may be.
    private const long DriftPartsPerMillion = 20;
    private const long MaximumAgeUs = 600_000_000;

    // A forwarder asks for the line every few seconds (PULL_DATA): three in a row missing, and it counts as out of order.
    private const long SilenceUs = 30_000_000;

    private readonly GatewaySite _site;
    private readonly RandomStream _delays;
    private readonly long _assumedDelayUs;
    private bool _hasReference;
    private uint _referenceCounter;
    private long _referenceUs;
    private long _silentUntilUs = long.MinValue;

    /// <summary>Makes one that has heard nothing yet.</summary>
    /// <param name="site">The gateway.</param>
    /// <param name="delays">How long its messages take.</param>
    /// <param name="assumedDelayUs">How long the server takes them to take at most.</param>
    public GatewayLink(GatewaySite site, RandomStream delays, long assumedDelayUs)
    {
        _site = site;
        _delays = delays;
        _assumedDelayUs = site.HasGpsTime ? 0 : assumedDelayUs;
    }

    /// <summary>An uplink came through it: its message says what the counter was at the uplink's end. The one that came fastest tells most.</summary>
    /// <param name="uplinkEndUs">The uplink's end, which the gateway stamped with its counter.</param>
    public void Heard(long uplinkEndUs)
    {
        if (_site.HasGpsTime)
        {
            return;
        }

        uint counter = unchecked((uint)_site.Counter.At(uplinkEndUs));
        long arrivedUs = uplinkEndUs + DelayUs();
        bool isOld = !_hasReference || arrivedUs - _referenceUs > MaximumAgeUs;
        if (isOld || arrivedUs - _referenceUs < unchecked((int)(counter - _referenceCounter)))
        {
            _hasReference = true;
            _referenceCounter = counter;
            _referenceUs = arrivedUs;
        }
    }

    /// <summary>How far a transmission may begin before or after the time the server wants, in microseconds.</summary>
    /// <param name="nowUs">Now.</param>
    public long UncertaintyUs(long nowUs) =>
        _site.HasGpsTime ? 0 : _assumedDelayUs + (IsFresh(nowUs) ? (nowUs - _referenceUs) * DriftPartsPerMillion / 1_000_000 : 0);

    /// <summary>When a transmission really begins for which the server names a time of its own clock.</summary>
    /// <param name="wantedUs">The time the server wants.</param>
    /// <param name="nowUs">Now.</param>
    public long ActualStartUs(long wantedUs, long nowUs)
    {
        if (_site.HasGpsTime)
        {
            return wantedUs;
        }

        if (!IsFresh(nowUs))
        {
            return wantedUs + DelayUs() - _assumedDelayUs; // told to send at once, when the message comes
        }

        uint counter = unchecked(_referenceCounter + (uint)(wantedUs - _referenceUs));
        return _site.Counter.TimeUs(_site.Counter.Widen(counter, wantedUs));
    }

    /// <summary>When a transmission begins for which the server names a time after an uplink, by the gateway's counter.</summary>
    /// <param name="uplinkEndUs">The uplink's end.</param>
    /// <param name="delayUs">How long after it.</param>
    public long AnswerStartUs(long uplinkEndUs, long delayUs)
    {
        uint counter = unchecked((uint)_site.Counter.At(uplinkEndUs) + (uint)delayUs);
        return _site.Counter.TimeUs(_site.Counter.Widen(counter, uplinkEndUs));
    }

    /// <summary>When a request comes to the gateway that answers an uplink.</summary>
    /// <param name="uplinkEndUs">The uplink's end.</param>
    public long RequestArrivesUs(long uplinkEndUs) => uplinkEndUs + DelayUs() + DelayUs();

    /// <summary>A request got no answer: it is not asked again before it is heard of.</summary>
    /// <param name="nowUs">Now.</param>
    public void NotAnswered(long nowUs) => _silentUntilUs = OutageAt(nowUs)?.EndUs ?? nowUs + SilenceUs;

    /// <summary>Whether the server takes it for out of order: it was silent for half a minute, or gave no answer and has not been heard of since.</summary>
    /// <param name="nowUs">Now.</param>
    public bool IsSilent(long nowUs) => nowUs < _silentUntilUs || (OutageAt(nowUs) is { } outage && nowUs - outage.StartUs >= SilenceUs);

    private GatewayOutage? OutageAt(long nowUs)
    {
        IReadOnlyList<GatewayOutage> outages = _site.Outages;
        for (int at = 0; at < outages.Count; at++)
        {
            if (outages[at].StartUs <= nowUs && nowUs < outages[at].EndUs)
            {
                return outages[at];
            }
        }

        return null;
    }

    private bool IsFresh(long nowUs) => _hasReference && nowUs - _referenceUs <= MaximumAgeUs;

    // Between half and one and a half times the mean.
    private long DelayUs() => _site.BackhaulDelayUs / 2 + (long)(_delays.NextDouble() * _site.BackhaulDelayUs);
}
