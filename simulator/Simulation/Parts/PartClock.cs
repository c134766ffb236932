// The present moment, as the simulated parts of one pole see it: set once by the engine before anything happens, read by whichever part is asked.
namespace Simulation.Parts;

/// <summary>The simulated time at one pole. Parts keep a reference to it and compute what is due when they are asked; none is ticked.</summary>
public sealed class PartClock
{
    /// <summary>Microseconds since the run's start; never goes back.</summary>
    public long NowUs { get; set; }
}
