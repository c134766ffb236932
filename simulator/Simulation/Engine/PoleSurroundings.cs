// What one pole has around it, as the world knows it: its parts measure it, checks and report hold against it what was told.
using Simulation.World;

namespace Simulation.Engine;

/// <summary>The truth around one pole; null where nothing of the pole looks at it.</summary>
public sealed class PoleSurroundings
{
    /// <summary>The air.</summary>
    public required LocalAir Air { get; init; }

    /// <summary>The mains voltage.</summary>
    public required MainsVoltage Mains { get; init; }

    /// <summary>How it stands and what hits it.</summary>
    public required PoleMotion Motion { get; init; }

    /// <summary>What happens to it from outside, ordered by time.</summary>
    public required IReadOnlyList<Scenarios.PoleIncident> Incidents { get; init; }

    /// <summary>The container whose fill it measures.</summary>
    public BinModel? Bin { get; init; }

    /// <summary>The water whose level it measures.</summary>
    public WaterModel? Water { get; init; }

    /// <summary>What its radar has in front of it.</summary>
    public RadarScene? Radar { get; init; }
}
