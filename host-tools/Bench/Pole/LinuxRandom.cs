// Port: random numbers, seeded by the system, so that two poles differ.
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>Random numbers for spreading things in time.</summary>
internal sealed class LinuxRandom : IRandom
{
    private readonly Random _random = new();

    /// <inheritdoc/>
    public int Next(int exclusiveUpperBound) => _random.Next(exclusiveUpperBound);
}
