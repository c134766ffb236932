// A random course for who asks it again and again as time goes by.
namespace Simulation.World;

/// <summary>The course of a <see cref="TimeNoise"/>, to the last bit; the knots around the last moment are kept, because making them is what costs. One owner.</summary>
/// <param name="noise">The course.</param>
public sealed class KeptTimeNoise(TimeNoise noise)
{
    private long _knot = long.MinValue;
    private double _left;
    private double _right;

    /// <summary>The value at a moment.</summary>
    /// <param name="timeUs">Microseconds after the start of the run; may be negative.</param>
    public double At(long timeUs)
    {
        long knot = noise.KnotBefore(timeUs);
        if (knot != _knot)
        {
            _knot = knot;
            _left = noise.Gaussian(knot);
            _right = noise.Gaussian(knot + 1);
        }

        return noise.Between(timeUs, knot, _left, _right);
    }
}
