// Water under a gauge: base flow, flood waves, wind waves. The value at a moment is a function; a measured course from a file takes the place of base and floods.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The water under one gauge. One owner.</summary>
public sealed class WaterModel
{
    private const long HourUs = 3_600_000_000;

    private readonly WaterPlan _plan;
    private readonly LevelFile? _file;
    private readonly WeatherModel _weather;
    private readonly KeptTimeNoise _swell;
    private readonly double _phase;

    /// <summary>Makes it.</summary>
    /// <param name="plan">The water and its gauge.</param>
    /// <param name="file">A measured course; null for the plan's.</param>
    /// <param name="weather">Gives the wind.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public WaterModel(WaterPlan plan, LevelFile? file, WeatherModel weather, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(weather);
        _plan = plan;
        _file = file;
        _weather = weather;
        _swell = new KeptTimeNoise(new TimeNoise(seed, "water", index, 12 * HourUs));
        _phase = new Engine.RandomStream(seed, "waves", index).NextDouble() * 2 * Math.PI;
        PoleIndex = index;
    }

    /// <summary>The water and its gauge.</summary>
    public WaterPlan Plan => _plan;

    /// <summary>At which pole the gauge hangs.</summary>
    public int PoleIndex { get; }

    /// <summary>The still level, without waves, in centimetres above the gauge's zero.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double LevelCentimetresAt(long timeUs)
    {
        if (_file is not null)
        {
            return _file.At(timeUs);
        }

        double level = _plan.BaseCentimetres + (_plan.UnrestCentimetres * _swell.At(timeUs));
        foreach (FloodWave flood in _plan.Floods)
        {
            level += flood.HeightCentimetres * Shape(flood, timeUs / 1000);
        }

        return level;
    }

    /// <summary>Distance from the sensor to the surface at this very moment, waves included, in millimetres.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double DistanceMillimetresAt(long timeUs)
    {
        // Three sines of short fetch (periods of 0.9 to 2.3 s do not repeat together within minutes); their height grows with the wind.
        double seconds = timeUs / 1e6;
        double amplitude = _plan.WaveCentimetres * Math.Min(3, _weather.At(timeUs).WindMetresPerSecond / 4) / 2;
        double wave = amplitude * ((0.6 * Math.Sin((seconds * 2 * Math.PI / 2.293) + _phase)) + (0.3 * Math.Sin((seconds * 2 * Math.PI / 1.371) + (2 * _phase)))
            + (0.2 * Math.Sin((seconds * 2 * Math.PI / 0.917) + (3 * _phase))));
        return Math.Max(1, (_plan.SensorAboveZeroCentimetres - LevelCentimetresAt(timeUs) - wave) * 10);
    }

    // A hydrograph: the rise is half a cosine, the fall exponential, as the water stored in the land runs out.
    private static double Shape(FloodWave flood, long timeMs)
    {
        double sinceStart = timeMs - flood.AtMs;
        if (sinceStart <= 0)
        {
            return 0;
        }

        return sinceStart < flood.RiseMs
            ? (1 - Math.Cos(Math.PI * sinceStart / flood.RiseMs)) / 2
            : Math.Exp(-(sinceStart - flood.RiseMs) / flood.FallMs);
    }
}
