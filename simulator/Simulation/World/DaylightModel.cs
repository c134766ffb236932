// Daylight as a photocell sees it. Clear sky, no moon, no light from lamps: photocells are shielded from their own luminaire.
namespace Simulation.World;

/// <summary>
/// Illuminance on a horizontal surface under a clear sky, over a run, for a district: a table a minute apart, read only, shared by all
/// poles. Across 5 km the sun's times differ by less than 20 s, far less than a cloud makes of them.
/// </summary>
public sealed class DaylightModel
{
    private const long StepMs = 60_000;

    // Illuminance against solar altitude h: log10(lux) = l0 + l1 x + l2 x^2 + l3 x^3 with x = h / 90 degrees. P. M. Janiczek and J. A.
    // DeYoung, Computer Programs for Sun and Moon Illuminance, USNO Circular 171 (1987); Explanatory Supplement to the Astronomical
    // Almanac, P. K. Seidelmann (ed.), 1992, chapter 9. Each row: lowest altitude in degrees, l0, l1, l2, l3.
    private static readonly double[][] Polynomials =
    [
        [20, 3.74, 3.97, -4.07, 1.47],
        [5, 3.05, 13.28, -45.98, 64.33],
        [-0.8, 2.88, 22.26, -207.64, 1034.30],
        [-5, 2.88, 21.81, -258.11, -858.36],
        [-12, 2.70, 12.17, -431.69, -1899.83],
        [-18, 13.84, 262.72, 1447.42, 2797.93],
    ];

    private readonly long _startUtcMs;
    private readonly float[] _log10Lux;

    /// <summary>Makes the table.</summary>
    /// <param name="latitude">Latitude of the district's middle in degrees, north positive.</param>
    /// <param name="longitude">Longitude of the district's middle in degrees, east positive.</param>
    /// <param name="startUtcMs">Start of the run, milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="durationMs">Length of the run.</param>
    public DaylightModel(double latitude, double longitude, long startUtcMs, long durationMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(durationMs, 0);
        _startUtcMs = startUtcMs;
        _log10Lux = new float[checked((int)(durationMs / StepMs) + 2)];
        for (int i = 0; i < _log10Lux.Length; i++)
        {
            _log10Lux[i] = (float)Log10LuxAt(SunModel.AltitudeDegrees(startUtcMs + (i * StepMs), latitude, longitude));
        }
    }

    /// <summary>Illuminance at a moment of the run.</summary>
    /// <param name="timeUs">Microseconds after the start of the run; before it and after its end the nearest value holds.</param>
    /// <returns>Thousandths of a lux, 0 to 130,000,000.</returns>
    public int IlluminanceMillilux(long timeUs)
    {
        double at = Math.Clamp(timeUs / (StepMs * 1000.0), 0, _log10Lux.Length - 1.001);
        int index = (int)at;
        double log10Lux = _log10Lux[index] + ((_log10Lux[index + 1] - _log10Lux[index]) * (at - index));
        return (int)(1000 * Math.Pow(10, log10Lux));
    }

    /// <summary>Illuminance at a moment given as UTC.</summary>
    /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Thousandths of a lux.</returns>
    public int IlluminanceMilliluxAtUtc(long utcMs) => IlluminanceMillilux((utcMs - _startUtcMs) * 1000);

    /// <summary>Illuminance for an altitude of the sun.</summary>
    /// <param name="altitudeDegrees">Altitude of the sun's centre, -90 to 90 degrees.</param>
    /// <returns>Lux; below -18 degrees the 0.00065 lx of the night sky.</returns>
    public static double IlluminanceLux(double altitudeDegrees) => Math.Pow(10, Log10LuxAt(altitudeDegrees));

    private static double Log10LuxAt(double altitudeDegrees)
    {
        double altitude = Math.Max(altitudeDegrees, -18);
        double[] polynomial = Array.Find(Polynomials, row => altitude >= row[0])!;
        double x = altitude / 90;
        return polynomial[1] + (x * (polynomial[2] + (x * (polynomial[3] + (x * polynomial[4])))));
    }
}
