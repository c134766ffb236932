// What a partition runs in one go: a pole by itself, or poles that hear each other.
namespace Simulation.Engine;

/// <summary>Poles that are stepped together, most often one.</summary>
internal interface IRunner
{
    /// <summary>The lowest index of its poles: decides on which thread they run.</summary>
    int FirstIndex { get; }

    /// <summary>When one of its poles has something to do next; <see cref="long.MaxValue"/> for never.</summary>
    long NextEventUs { get; }

    /// <summary>A pole of it has something to do earlier than it had.</summary>
    void Refresh(SimulatedPole pole);

    /// <summary>Runs everything before the end of the window, or before the horizon when nobody talks to any of its poles.</summary>
    /// <param name="windowEndUs">End of the window.</param>
    /// <param name="horizonUs">No pole may run past it; not before the end of the window.</param>
    /// <param name="isAlone">Whether nobody talks to a pole at a time.</param>
    /// <param name="uplinks">Takes the frames that are transmitted.</param>
    void Run(long windowEndUs, long horizonUs, Func<SimulatedPole, long, bool> isAlone, UplinkBuffer uplinks);
}

/// <summary>A pole that hears no other.</summary>
/// <param name="pole">The pole.</param>
internal sealed class SingleRunner(SimulatedPole pole) : IRunner
{
    /// <inheritdoc/>
    public int FirstIndex => pole.Index;

    /// <inheritdoc/>
    public long NextEventUs => pole.NextEventUs;

    /// <inheritdoc/>
    public void Refresh(SimulatedPole pole)
    {
        // The pole knows it itself.
    }

    /// <inheritdoc/>
    public void Run(long windowEndUs, long horizonUs, Func<SimulatedPole, long, bool> isAlone, UplinkBuffer uplinks) =>
        pole.Run(isAlone(pole, pole.NextEventUs) ? horizonUs : windowEndUs, uplinks);
}
