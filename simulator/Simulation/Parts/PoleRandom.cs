// The controller's random numbers, from the pole's own stream of the run.
using PoleController.Hal;
using Simulation.Engine;

namespace Simulation.Parts;

/// <summary>The random port over a <see cref="RandomStream"/>.</summary>
public sealed class PoleRandom : IRandom
{
    private readonly RandomStream _stream;

    /// <summary>Makes the port over a stream that nobody else draws from.</summary>
    public PoleRandom(RandomStream stream) => _stream = stream;

    /// <inheritdoc/>
    public int Next(int exclusiveUpperBound) => _stream.Next(exclusiveUpperBound);
}
