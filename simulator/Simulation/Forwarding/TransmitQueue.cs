// A gateway's plan of transmissions, and the rules by which a request is refused. They are those of Semtech's just-in-time queue
// (Lora-net/packet_forwarder, lora_pkt_fwd/src/jitqueue.c); when a planned one reaches the air is the gateway's affair.
namespace Simulation.Forwarding;

/// <summary>A transmission that was accepted.</summary>
/// <param name="Request">What.</param>
/// <param name="StartUs">When it begins, in microseconds since the start of the run.</param>
/// <param name="EndUs">When it ends.</param>
public sealed record PlannedTransmission(TransmitRequest Request, long StartUs, long EndUs)
{
    /// <summary>Whether the air has it already.</summary>
    public bool IsOnAir { get; set; }
}

/// <summary>What a gateway can transmit.</summary>
public sealed record TransmitLimits
{
    /// <summary>Whether the gateway may transmit on a frequency.</summary>
    public required Func<int, bool> IsFrequencyAllowed { get; init; }

    /// <summary>Least radiated power in dBm. Default -4: -6 dBm, the least step of the gain tables in Semtech's global_conf.json, and 2 dBi of antenna.</summary>
    public int MinimumPowerDbm { get; init; } = -4;

    /// <summary>Greatest radiated power in dBm. Default 29: 27 dBm and 2 dBi of antenna.</summary>
    public int MaximumPowerDbm { get; init; } = 29;

    /// <summary>Whether the gateway knows GPS time.</summary>
    public bool HasGps { get; init; } = true;

    /// <summary>Whether it keeps the time of class B's beacons free: every 128 s of GPS time (TS001-1.0.4, section 13).</summary>
    public bool KeepsBeaconTime { get; init; }
}

/// <summary>Plans transmissions of one gateway.</summary>
public sealed class TransmitQueue
{
    /// <summary>From the decision to the first symbol: 1.5 ms to start, 30 ms to program the radio (TX_START_DELAY, TX_JIT_DELAY).</summary>
    public const long PreparationUs = StartDelayUs + 30_000;

    /// <summary>Space between two transmissions (TX_MARGIN_DELAY).</summary>
    public const long MarginUs = 1000;

    /// <summary>An immediate transmission begins this long after the request at the earliest (jit_enqueue, class C).</summary>
    public const long ImmediateUs = 1_000_000;

    /// <summary>Transmissions that wait at most (JIT_QUEUE_MAX).</summary>
    public const int Capacity = 32;

    private const long StartDelayUs = 1500;
    private const long MaximumAdvanceUs = 4 * BeaconPeriodUs; // TX_MAX_ADVANCE_DELAY
    private const long BeaconPeriodUs = 128_000_000;
    private const long BeaconGuardUs = 3_000_000;             // BEACON_GUARD: for ping slots, which give their time by GPS
    private const long BeaconReservedUs = 2_120_000;          // BEACON_RESERVED

    private readonly TransmitLimits _limits;
    private readonly GpsTime _gps;
    private readonly List<PlannedTransmission> _planned = [];

    /// <summary>Makes an empty one.</summary>
    /// <param name="limits">What the gateway can.</param>
    /// <param name="gps">Where beacons lie.</param>
    public TransmitQueue(TransmitLimits limits, GpsTime gps)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(gps);
        _limits = limits;
        _gps = gps;
    }

    /// <summary>What is planned, in order of start.</summary>
    public IReadOnlyList<PlannedTransmission> Planned => _planned;

    /// <summary>Plans a transmission, or says why not; nothing changes then.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="nowUs">Now, in microseconds since the start of the run.</param>
    /// <param name="planned">The plan; null when there is none.</param>
    public TransmitError TryPlan(TransmitRequest request, long nowUs, out PlannedTransmission? planned)
    {
        ArgumentNullException.ThrowIfNull(request);
        planned = null;
        TransmitError error = Check(request, nowUs);
        if (error != TransmitError.None)
        {
            return error;
        }

        long startUs = request.Timing == TransmitTiming.Immediate ? EarliestUs(request, nowUs) : request.StartUs;
        error = Collision(request, startUs);
        if (error != TransmitError.None)
        {
            return error;
        }

        planned = new PlannedTransmission(request, startUs, startUs + request.AirTimeUs);
        int at = _planned.Count;
        while (at > 0 && _planned[at - 1].StartUs > startUs)
        {
            at--;
        }

        _planned.Insert(at, planned);
        return TransmitError.None;
    }

    /// <summary>Forgets what has ended.</summary>
    /// <param name="nowUs">Now.</param>
    public void Sweep(long nowUs) => _planned.RemoveAll(planned => planned.EndUs <= nowUs);

    /// <summary>Forgets everything that is not on the air: the gateway has failed.</summary>
    public void Clear() => _planned.RemoveAll(static planned => !planned.IsOnAir);

    private TransmitError Check(TransmitRequest request, long nowUs)
    {
        if (!_limits.IsFrequencyAllowed(request.FrequencyHz))
        {
            return TransmitError.Frequency;
        }

        if (request.PowerDbm is int powerDbm && (powerDbm < _limits.MinimumPowerDbm || powerDbm > _limits.MaximumPowerDbm))
        {
            return TransmitError.Power;
        }

        if (request.Timing == TransmitTiming.Gps && !_limits.HasGps)
        {
            return TransmitError.GpsUnlocked;
        }

        if (request.Timing != TransmitTiming.Immediate)
        {
            if (request.StartUs - nowUs <= PreparationUs + MarginUs)
            {
                return TransmitError.TooLate;
            }

            if (request.StartUs - nowUs > MaximumAdvanceUs)
            {
                return TransmitError.TooEarly;
            }
        }

        return _planned.Count < Capacity ? TransmitError.None : TransmitError.CollisionPacket; // as lora_pkt_fwd says of a full queue
    }

    private long EarliestUs(TransmitRequest request, long nowUs)
    {
        long startUs = nowUs + ImmediateUs;
        for (int tries = 0; tries <= Capacity + 1 && BlockedUntilUs(request, startUs) is long blockedUntilUs; tries++)
        {
            startUs = blockedUntilUs + PreparationUs + MarginUs + 1;
        }

        return startUs;
    }

    private long? BlockedUntilUs(TransmitRequest request, long startUs)
    {
        foreach (PlannedTransmission other in _planned)
        {
            if (Overlaps(startUs, startUs + request.AirTimeUs, PreparationUs, other.StartUs, other.EndUs, PreparationUs))
            {
                return other.EndUs;
            }
        }

        return BeaconAt(request, startUs) is long beaconUs ? beaconUs + BeaconReservedUs : null;
    }

    private TransmitError Collision(TransmitRequest request, long startUs)
    {
        foreach (PlannedTransmission other in _planned)
        {
            if (Overlaps(startUs, startUs + request.AirTimeUs, PreparationUs, other.StartUs, other.EndUs, PreparationUs))
            {
                return TransmitError.CollisionPacket;
            }
        }

        return BeaconAt(request, startUs) is null ? TransmitError.None : TransmitError.CollisionBeacon;
    }

    // Start of the beacon whose time a transmission would take; the guard before a beacon is kept from ping slots only.
    private long? BeaconAt(TransmitRequest request, long startUs)
    {
        if (!_limits.KeepsBeaconTime || !_limits.HasGps)
        {
            return null;
        }

        long beforeUs = request.Timing == TransmitTiming.Gps ? PreparationUs + BeaconGuardUs : StartDelayUs;
        long firstUs = _gps.TimeUs(_gps.GpsUs(startUs) / BeaconPeriodUs * BeaconPeriodUs);
        for (long beaconUs = firstUs; beaconUs <= firstUs + BeaconPeriodUs; beaconUs += BeaconPeriodUs)
        {
            if (Overlaps(startUs, startUs + request.AirTimeUs, PreparationUs, beaconUs, beaconUs + BeaconReservedUs, beforeUs))
            {
                return beaconUs;
            }
        }

        return null;
    }

    private static bool Overlaps(long startUs, long endUs, long beforeUs, long otherStartUs, long otherEndUs, long otherBeforeUs) =>
        startUs - beforeUs - MarginUs <= otherEndUs && otherStartUs - otherBeforeUs - MarginUs <= endUs;
}
