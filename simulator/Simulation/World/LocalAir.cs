// The air at one pole: the district's, with what the place itself adds: a busier road, a warmer wall.
using Simulation.Engine;

namespace Simulation.World;

/// <summary>
/// The air at one pole. The value at a moment is a function; the last one is kept, because several sensors ask for the same moment. Not thread-safe: one owner.
/// </summary>
public sealed class LocalAir
{
    private readonly WeatherModel _weather;
    private readonly KeptTimeNoise _eddies;
    private readonly double _roadFactor;
    private readonly double _warmthDegrees;
    private AirSample _last;
    private long _lastUs = long.MinValue;

    /// <summary>Makes it.</summary>
    /// <param name="weather">The district's weather.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public LocalAir(WeatherModel weather, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(weather);
        _weather = weather;
        _eddies = new KeptTimeNoise(new TimeNoise(seed, "eddies", index, 600_000_000));
        RandomStream place = new(seed, "place", index);
        _roadFactor = Math.Exp(0.15 * place.NextGaussian());
        _warmthDegrees = Math.Clamp(0.4 * place.NextGaussian(), -1, 1);
    }

    /// <summary>The air at a moment of the run.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public AirSample At(long timeUs)
    {
        if (timeUs != _lastUs)
        {
            _last = Compute(timeUs);
            _lastUs = timeUs;
        }

        return _last;
    }

    /// <summary><see cref="AirSample.VocFactor"/> at a moment, without the rest.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public double VocFactorAt(long timeUs) => _weather.VocFactorAt(timeUs);

    /// <summary><see cref="AirSample.NoxFactor"/> at a moment, without the rest.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public double NoxFactorAt(long timeUs) => _weather.NoxFactorAt(timeUs) * _roadFactor;

    private AirSample Compute(long timeUs)
    {
        AirSample air = _weather.At(timeUs);
        double particles = _roadFactor * Math.Exp(0.06 * _eddies.At(timeUs));

        // The water in the air is the district's: where it is warmer it is drier.
        double temperature = air.TemperatureDegrees + _warmthDegrees;
        double humidity = Math.Min(100, air.HumidityPercent * MoistAir.SaturationHectopascals(air.TemperatureDegrees) / MoistAir.SaturationHectopascals(temperature));
        return air with
        {
            TemperatureDegrees = temperature,
            HumidityPercent = air.HumidityPercent >= 99 ? air.HumidityPercent : humidity,
            Pm1Micrograms = air.Pm1Micrograms * particles,
            Pm25Micrograms = air.Pm25Micrograms * particles,
            Pm4Micrograms = air.Pm4Micrograms * particles,
            Pm10Micrograms = air.Pm10Micrograms * particles,
            NoxFactor = air.NoxFactor * _roadFactor,
        };
    }
}
