// How one pole stands and what hits it: mounted a little off plumb, swaying in the wind, leaning after an accident, knocked. The value at a moment is a function.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>A knock against the pole.</summary>
/// <param name="TimeUs">When.</param>
/// <param name="PeakMilligravities">Its peak beside gravity, in thousandths of standard gravity.</param>
public readonly record struct Knock(long TimeUs, int PeakMilligravities);

/// <summary>The motion of one pole. Read only after it is made.</summary>
public sealed class PoleMotion
{
    /// <summary>How much of the sway a board feels at ordinary wind, in degrees: a street-light column of 8 m moves by some centimetres at its top.</summary>
    private const double SwayDegrees = 0.05;

    private readonly WeatherModel _weather;
    private readonly (long FromUs, long ToUs, double Degrees)[] _leans;
    private readonly double _mountDegrees;
    private readonly double _directionCosine;
    private readonly double _directionSine;

    /// <summary>Makes it.</summary>
    /// <param name="weather">Gives the wind.</param>
    /// <param name="incidents">The incidents of this pole.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public PoleMotion(WeatherModel weather, IReadOnlyList<PoleIncident> incidents, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(weather);
        ArgumentNullException.ThrowIfNull(incidents);
        _weather = weather;
        RandomStream mount = new(seed, "mount", index);
        _mountDegrees = Math.Abs(2 * mount.NextGaussian());
        (_directionSine, _directionCosine) = Math.SinCos(mount.NextDouble() * 2 * Math.PI);
        _leans = [.. incidents.Where(static incident => incident.Kind == IncidentKind.Lean).Select(static incident => (incident.FromUs, incident.ToUs, incident.Size))];
        Knocks = [.. incidents.Where(static incident => incident.Kind == IncidentKind.Knock).Select(static incident => new Knock(incident.FromUs, (int)incident.Size))];
    }

    /// <summary>The knocks, in order.</summary>
    public IReadOnlyList<Knock> Knocks { get; }

    /// <summary>How far it leans against how it was mounted at the start of the run, in degrees.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double LeanDegreesAt(long timeUs)
    {
        double degrees = 0;
        foreach ((long fromUs, long toUs, double leanDegrees) in _leans)
        {
            degrees = timeUs >= fromUs && timeUs < toUs ? Math.Max(degrees, leanDegrees) : degrees;
        }

        return degrees;
    }

    /// <summary>Acceleration that the board feels, in thousandths of standard gravity: x and y across the pole, z along it.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public (int X, int Y, int Z) AccelerationMilligravitiesAt(long timeUs)
    {
        double sway = SwayDegrees * _weather.At(timeUs).WindMetresPerSecond / 5 * Math.Sin(timeUs / 1e6 * 2 * Math.PI * 1.7);
        double degrees = _mountDegrees + LeanDegreesAt(timeUs) + sway;
        double radians = degrees * Math.PI / 180;
        double across = 1000 * Math.Sin(radians);
        return (
            (int)Math.Round(across * _directionCosine),
            (int)Math.Round(across * _directionSine),
            (int)Math.Round(1000 * Math.Cos(radians)));
    }
}
