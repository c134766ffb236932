// Random numbers of the simulation. Every subsystem and every pole has a stream of its own, made from the run's seed, a name and a
// number; so what one of them draws never changes what another gets, on any number of threads.
namespace Simulation.Engine;

/// <summary>A stream of random numbers that is a function of (seed, name, index). Not thread-safe: one owner each.</summary>
public sealed class RandomStream
{
    private ulong _state0;
    private ulong _state1;

    /// <summary>Makes the stream.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What the stream is for, such as "shadowing".</param>
    /// <param name="index">Which one of that kind, such as the pole's index.</param>
    public RandomStream(long seed, string name, long index)
    {
        ArgumentNullException.ThrowIfNull(name);

        // FNV-1a over the name keeps the streams apart; SplitMix64 spreads the bits (Steele, Lea, Flood 2014).
        ulong hash = 14695981039346656037;
        foreach (char character in name)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        ulong mix = unchecked((ulong)seed * 0x9E3779B97F4A7C15) ^ hash;
        mix = SplitMix(ref mix) ^ unchecked((ulong)index * 0xD1342543DE82EF95);
        _state0 = SplitMix(ref mix);
        _state1 = SplitMix(ref mix) | 1;
    }

    /// <summary>64 random bits (xoroshiro128+, Blackman and Vigna 2018).</summary>
    public ulong NextBits()
    {
        ulong s0 = _state0;
        ulong s1 = _state1;
        ulong result = s0 + s1;
        s1 ^= s0;
        _state0 = ulong.RotateLeft(s0, 24) ^ s1 ^ (s1 << 16);
        _state1 = ulong.RotateLeft(s1, 37);
        return result;
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0 up to, not including, <paramref name="exclusiveUpperBound"/>.</summary>
    public int Next(int exclusiveUpperBound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveUpperBound, 1);
        return (int)(((NextBits() >> 32) * (ulong)exclusiveUpperBound) >> 32);
    }

    /// <summary>A normally distributed number with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double NextGaussian()
    {
        double u = 1.0 - NextDouble();
        double v = NextDouble();
        return Math.Sqrt(-2.0 * Math.Log(u)) * Math.Cos(2.0 * Math.PI * v);
    }

    /// <summary>A time to the next event of a Poisson process with the mean <paramref name="mean"/>.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1.0 - NextDouble());

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
