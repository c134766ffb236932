// What an ultrasonic sensor makes of a true distance: the speed of sound at the air's temperature, echoes that go astray, drift.
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>The echoes that one ranging sensor gets. Not thread-safe: one owner.</summary>
public sealed class RangeScene
{
    private const double AbsoluteZeroDegrees = -273.15;
    private const double StrayPermille = 15;

    private readonly Func<long, double> _trueMillimetres;
    private readonly LocalAir _air;
    private readonly RandomStream _noise;
    private readonly double? _referenceDegrees;

    /// <summary>Makes it.</summary>
    /// <param name="trueMillimetres">The true distance at a time in microseconds.</param>
    /// <param name="air">The air in between.</param>
    /// <param name="referenceDegrees">The temperature whose speed of sound the part computes with; null for one that measures its own.</param>
    /// <param name="noise">Random numbers of stray echoes.</param>
    public RangeScene(Func<long, double> trueMillimetres, LocalAir air, double? referenceDegrees, RandomStream noise)
    {
        _trueMillimetres = trueMillimetres;
        _air = air;
        _referenceDegrees = referenceDegrees;
        _noise = noise;
    }

    /// <summary>By how many percent of the distance a drifting sensor is off.</summary>
    public double DriftPercent { get; set; }

    /// <summary>What the part computes from the echo of a moment, in millimetres; -1 when none comes back.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public int MillimetresAt(long timeUs)
    {
        double distance = _trueMillimetres(timeUs);

        // Now and then the echo comes from the wall, or not at all: soft rubbish swallows it.
        double chance = _noise.NextDouble() * 1000;
        if (chance < StrayPermille)
        {
            return chance < StrayPermille / 3 ? -1 : (int)(distance * (0.4 + (0.5 * _noise.NextDouble())));
        }

        double sound = _referenceDegrees is double reference
            ? Math.Sqrt((reference - AbsoluteZeroDegrees) / (_air.At(timeUs).TemperatureDegrees - AbsoluteZeroDegrees))
            : 1;
        return (int)Math.Round((distance * sound * (1 + (DriftPercent / 100))) + _noise.NextGaussian());
    }
}
