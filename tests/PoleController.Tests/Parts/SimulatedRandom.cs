// Random numbers from a seed.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedRandom(int seed) : IRandom
{
    private readonly Random _random = new(seed);

    public bool Throws { get; set; }

    public int Next(int exclusiveUpperBound)
    {
        return Throws ? throw new InvalidOperationException("The random source failed.") : _random.Next(exclusiveUpperBound);
    }
}
