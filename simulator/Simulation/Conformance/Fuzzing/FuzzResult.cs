// What a run of hostile frames came to.
namespace Simulation.Conformance.Fuzzing;

/// <summary>Counts of a run.</summary>
public sealed record FuzzResult
{
    /// <summary>Frames fed to the end device that the network did not make.</summary>
    public long ForgedDownlinks { get; set; }

    /// <summary>Frames with a valid MIC and any content, fed to the end device.</summary>
    public long GenuineDownlinks { get; set; }

    /// <summary>Frames fed to a device that waited for a join-accept.</summary>
    public long ForgedAccepts { get; set; }

    /// <summary>Frames fed to the network server that no device made.</summary>
    public long ForgedUplinks { get; set; }

    /// <summary>Frames with a valid MIC and any content, fed to the network server.</summary>
    public long GenuineUplinks { get; set; }

    /// <summary>How often the whole state was compared field by field.</summary>
    public long StateComparisons { get; set; }

    /// <summary>Forged frames whose MIC came out right by chance (one in 4 billion).</summary>
    public long LuckyFrames { get; set; }

    /// <summary>All frames.</summary>
    public long Frames => ForgedDownlinks + GenuineDownlinks + ForgedAccepts + ForgedUplinks + GenuineUplinks;
}

/// <summary>A frame did what it must not do.</summary>
public sealed class FuzzFailureException : Exception
{
    /// <summary>Makes it.</summary>
    public FuzzFailureException(string what, byte[] frame)
        : base(what + " after the frame " + Convert.ToHexStringLower(frame ?? []))
    {
    }
}
