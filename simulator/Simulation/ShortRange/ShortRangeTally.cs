// What the short-range radio of one group of poles did, and what of it came to the next poles of each line: to others most broadcasts come by chance.
namespace Simulation.ShortRange;

/// <summary>Counts and times of one group of poles. What is said of packets and broadcasts heard or lost is about those from a pole to the next of its line.</summary>
public sealed class ShortRangeTally
{
    private readonly List<int> _delaysUs = [];

    /// <summary>Broadcasts begun.</summary>
    public long BroadcastCount { get; internal set; }

    /// <summary>Advertising events sent.</summary>
    public long EventCount { get; internal set; }

    /// <summary>Broadcasts times poles that are next to the sender.</summary>
    public long OfferedCount { get; internal set; }

    /// <summary>Broadcasts that the next pole heard, each once a pole.</summary>
    public long HeardCount { get; internal set; }

    /// <summary>Packets that came while nobody listened: between two windows, or over a change of channel.</summary>
    public long NotListeningCount { get; internal set; }

    /// <summary>Packets that came while the receiver was sending itself.</summary>
    public long SendingCount { get; internal set; }

    /// <summary>Packets too weak to be heard.</summary>
    public long WeakCount { get; internal set; }

    /// <summary>Packets destroyed by another pole's.</summary>
    public long CollidedCount { get; internal set; }

    /// <summary>Packets lost to others in the band.</summary>
    public long OtherTrafficCount { get; internal set; }

    /// <summary>Broadcasts of anybody that were lost at a pole because four were waiting.</summary>
    public long OverflowCount { get; internal set; }

    /// <summary>Of each broadcast heard, the time from the controller's order at the sender to the controller's loop at the receiver, in microseconds.</summary>
    public IReadOnlyList<int> DelaysUs => _delaysUs;

    internal void AddHeard(long delayUs)
    {
        HeardCount++;
        _delaysUs.Add((int)Math.Min(delayUs, int.MaxValue));
    }
}
