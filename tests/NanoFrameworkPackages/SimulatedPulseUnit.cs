// A pulse counter unit of the chip and what the runtime makes of it: 16 bits that begin again at 0 at their limit, and an interrupt that adds up.
namespace NanoFrameworkPackages;

/// <summary>A unit of the pulse counter, as nf-interpreter uses it.</summary>
internal sealed class SimulatedPulseUnit
{
    /// <summary>Where the unit begins again at 0.</summary>
    public const int Limit = 0x7FFF;

    private long _startedAt = -1;

    /// <summary>Whether reading it throws.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The filter that it was started with.</summary>
    public int Filter { get; private set; } = -1;

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    /// <summary>What happens to the next readings, in order: one that comes between the unit and its interrupt is off by <see cref="Limit"/>.</summary>
    public Queue<int> OffBy { get; } = new();

    /// <summary>Begins at 0.</summary>
    public void Start(int filter, long pulsesAtPin)
    {
        Filter = filter;
        _startedAt = pulsesAtPin;
    }

    /// <summary>What the runtime reads.</summary>
    public long Read(long pulsesAtPin)
    {
        if (IsBroken || _startedAt < 0)
        {
            throw new InvalidOperationException();
        }

        Reads++;
        long sinceStart = pulsesAtPin - _startedAt;
        long overflows = sinceStart / Limit * Limit;
        return overflows + (short)(sinceStart % Limit) + (OffBy.Count > 0 ? OffBy.Dequeue() : 0);
    }
}
