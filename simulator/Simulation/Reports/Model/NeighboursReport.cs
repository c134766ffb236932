// What poles told each other of arrivals over short range, and what it was good for.
namespace Simulation.Reports;

/// <summary>What neighbouring poles did for each other.</summary>
public sealed class NeighboursReport
{
    /// <summary>Lines of poles that tell each other.</summary>
    public int Lines { get; set; }

    /// <summary>Poles in them.</summary>
    public int Poles { get; set; }

    /// <summary>Travellers who had come by another pole of the line and found nobody at the next, when more light than the idle level was due to them.</summary>
    public long Coming { get; set; }

    /// <summary>Those of them who found the light at its level already.</summary>
    public long Ahead { get; set; }

    /// <summary>Broadcasts begun.</summary>
    public long Broadcasts { get; set; }

    /// <summary>Broadcasts times poles that are next to the sender in its line; what follows is about these.</summary>
    public long Offered { get; set; }

    /// <summary>Broadcasts that the next pole heard, each once a pole.</summary>
    public long Heard { get; set; }

    /// <summary>Packets too weak to be heard.</summary>
    public long TooWeak { get; set; }

    /// <summary>Packets that came between two scan windows or over a change of channel.</summary>
    public long NotListening { get; set; }

    /// <summary>Packets that came while the receiver was sending.</summary>
    public long Sending { get; set; }

    /// <summary>Packets destroyed by another pole's.</summary>
    public long Collided { get; set; }

    /// <summary>Packets lost to others in the band.</summary>
    public long OtherTraffic { get; set; }

    /// <summary>Broadcasts lost because the pole that heard them had four waiting.</summary>
    public long Overflowed { get; set; }

    /// <summary>From a controller's order to broadcast to the controller of the next pole that hears it, in milliseconds: half of them within this; null if none was heard.</summary>
    public double? HopMedianMs { get; set; }

    /// <summary>95 percent of them; null if none was heard.</summary>
    public double? Hop95PercentMs { get; set; }

    /// <summary>From the sensor's edge at one pole to the first more light at another, by the number of poles between; measured at the lamps.</summary>
    public IReadOnlyList<NeighbourDelayReport> Delays { get; set; } = [];
}

/// <summary>How soon the light rises some poles ahead.</summary>
public sealed class NeighbourDelayReport
{
    /// <summary>How many poles farther along the line; 1 is the next.</summary>
    public int PolesAhead { get; set; }

    /// <summary>How often the light rose.</summary>
    public int Rises { get; set; }

    /// <summary>Half of them began within this, in milliseconds after the sensor's edge.</summary>
    public double MedianMs { get; set; }

    /// <summary>95 percent of them, in milliseconds.</summary>
    public double Percent95Ms { get; set; }

    /// <summary>All of them, in milliseconds.</summary>
    public double LongestMs { get; set; }
}
