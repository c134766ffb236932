// Smooth random courses over time that need no memory: the value at a moment is a function of seed, name and moment, so that it can be asked for in any
// order, by any thread, as seldom as wanted.
namespace Simulation.World;

/// <summary>
/// A smooth random course. At every moment its value is normally distributed with mean 0 and standard deviation 1; moments further apart than its period are
/// independent of each other. Read only, so it can be shared by threads.
/// </summary>
public sealed class TimeNoise
{
    private readonly ulong _key;
    private readonly long _periodUs;

    /// <summary>Makes the course.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What the course is of, such as "cloud".</param>
    /// <param name="index">Which one of that kind, such as the pole's index.</param>
    /// <param name="periodUs">Time over which it forgets itself, in microseconds, more than 0.</param>
    public TimeNoise(long seed, string name, long index, long periodUs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodUs, 1);
        _key = new Engine.RandomStream(seed, name, index).NextBits();
        _periodUs = periodUs;
    }

    /// <summary>The value at a moment.</summary>
    /// <param name="timeUs">Microseconds after the start of the run; may be negative.</param>
    public double At(long timeUs)
    {
        long knot = KnotBefore(timeUs);
        return Between(timeUs, knot, Gaussian(knot), Gaussian(knot + 1));
    }

    /// <summary>Number of the last knot at or before a moment.</summary>
    internal long KnotBefore(long timeUs)
    {
        long knot = Math.DivRem(timeUs, _periodUs, out long restUs);
        return restUs < 0 ? knot - 1 : knot;
    }

    /// <summary>The value at a moment between two knots.</summary>
    internal double Between(long timeUs, long knot, double leftValue, double rightValue)
    {
        double part = (double)(timeUs - (knot * _periodUs)) / _periodUs;
        double right = part * part * (3 - (2 * part));
        double left = 1 - right;

        // Two independent values mixed have the variance left^2 + right^2: divided by it, the course is as wide between its knots as at them.
        return ((left * leftValue) + (right * rightValue)) / Math.Sqrt((left * left) + (right * right));
    }

    /// <summary>The value at a knot.</summary>
    internal double Gaussian(long knot)
    {
        // SplitMix64 (Steele, Lea, Flood 2014) as a hash of the knot, then Box and Muller 1958.
        ulong state = _key ^ unchecked((ulong)knot * 0xD1342543DE82EF95);
        double u = 1.0 - Uniform(ref state);
        double v = Uniform(ref state);
        return Math.Sqrt(-2.0 * Math.Log(u)) * Math.Cos(2.0 * Math.PI * v);
    }

    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
