// The radio between neighbouring poles as the controller's port: a Bluetooth LE controller that advertises and scans.
using PoleController.Hal;
using Simulation.ShortRange;

namespace Simulation.Parts;

/// <summary>The short-range radio of one pole.</summary>
public sealed class NeighbourRadioPart : INeighbourRadio
{
    /// <summary>Broadcasts that wait for the controller; what comes while they do is lost.</summary>
    public const int QueueLength = 4;

    private const int LargestBytes = 24;

    private readonly PartClock _clock;
    private readonly ShortRangeAir _air;
    private readonly int _pole;
    private readonly PriorityQueue<(byte[] Data, int RssiDbm), long> _arriving = new();
    private readonly Queue<(byte[] Data, int RssiDbm)> _waiting = new();

    /// <summary>Makes it without supply and puts it into the air.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="air">The air it shares with its neighbours.</param>
    /// <param name="pole">The pole's index.</param>
    public NeighbourRadioPart(PartClock clock, ShortRangeAir air, int pole)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(air);
        _clock = clock;
        _air = air;
        _pole = pole;
        air.Add(pole, this);
    }

    /// <inheritdoc/>
    public int MaximumLength => LargestBytes;

    /// <summary>Whether it takes nothing and gives nothing, and says so: the radio of the board has failed.</summary>
    public bool IsFailed { get; set; }

    /// <summary>Whether nothing of what it takes goes out, and nobody can tell.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether it hears nothing, and nobody can tell.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether it scans.</summary>
    public bool IsListening => IsSupplied && !IsDeaf && !IsFailed;

    /// <summary>Whether it has its supply.</summary>
    public bool IsSupplied { get; private set; }

    /// <summary>When the next broadcast gets to the controller; <see cref="long.MaxValue"/> for none.</summary>
    public long NextEventUs => _arriving.TryPeek(out _, out long atUs) ? atUs : long.MaxValue;

    /// <summary>What the controller took last; empty before.</summary>
    public byte[] LastTaken { get; private set; } = [];

    /// <summary>When it took that; -1 before.</summary>
    public long LastTakenUs { get; private set; } = -1;

    /// <summary>Its supply comes or goes; without, it sends and keeps nothing.</summary>
    public void SetSupply(bool isSupplied)
    {
        IsSupplied = isSupplied;
        if (!isSupplied)
        {
            _air.End(_pole, _clock.NowUs);
            _arriving.Clear();
            _waiting.Clear();
        }
    }

    /// <summary>A broadcast has been heard.</summary>
    /// <param name="data">The bytes; kept and not changed.</param>
    /// <param name="rssiDbm">Its strength.</param>
    /// <param name="atUs">When it gets to the controller.</param>
    public void Deliver(byte[] data, int rssiDbm, long atUs) => _arriving.Enqueue((data, rssiDbm), atUs);

    /// <summary>Brings its queue up to a moment.</summary>
    /// <returns>Whether something has come.</returns>
    public bool Advance(long timeUs)
    {
        bool isAny = false;
        while (_arriving.TryPeek(out (byte[] Data, int RssiDbm) next, out long atUs) && atUs <= timeUs)
        {
            _arriving.Dequeue();
            if (_waiting.Count < QueueLength)
            {
                _waiting.Enqueue(next);
                isAny = true;
            }
            else
            {
                _air.Tally.OverflowCount++;
            }
        }

        return isAny;
    }

    /// <inheritdoc/>
    public bool TryBroadcast(byte[] data, int length, int durationMs)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (IsFailed || !IsSupplied || length < 1 || length > LargestBytes)
        {
            return false;
        }

        if (!IsSilent)
        {
            _air.Begin(_pole, data[..length], _clock.NowUs, durationMs * 1000L);
        }

        return true;
    }

    /// <inheritdoc/>
    public int Receive(byte[] buffer, out int rssiDbm)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        rssiDbm = 0;
        if (IsFailed)
        {
            return -1;
        }

        if (!_waiting.TryDequeue(out (byte[] Data, int RssiDbm) next))
        {
            return 0;
        }

        next.Data.CopyTo(buffer, 0);
        rssiDbm = next.RssiDbm;
        LastTaken = next.Data;
        LastTakenUs = _clock.NowUs;
        return next.Data.Length;
    }
}
