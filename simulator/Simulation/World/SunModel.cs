// Where the sun stands. Written apart from the controller's SunTimes and with other equations, so that one can be judged by the other.
namespace Simulation.World;

/// <summary>A time with the sun low, in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="FromUtcMs">When the sun went below the angle, or the beginning of the span asked for.</param>
/// <param name="ToUtcMs">When it came above it again, or the end of the span asked for.</param>
public readonly record struct Night(long FromUtcMs, long ToUtcMs);

/// <summary>
/// The sun's altitude by the low-precision formulae of the Astronomical Almanac (page C5; J. J. Michalsky, Solar Energy 40, 1988):
/// within 0.01 degrees from 1950 to 2050. Times are found by bisection of the altitude, not from a formula for the hour angle.
/// </summary>
public static class SunModel
{
    /// <summary>Geometric altitude of the sun's centre at sunrise and sunset: 34' refraction and 16' semidiameter.</summary>
    public const double HorizonDegrees = -50.0 / 60.0;

    /// <summary>Altitude of the sun's centre at civil dusk and dawn.</summary>
    public const double CivilTwilightDegrees = -6;

    private const double RadiansPerDegree = Math.PI / 180;
    private const long J2000UtcMs = 946_728_000_000;
    private const double MsPerDay = 86_400_000;
    private const long ScanMs = 600_000;

    /// <summary>The geometric altitude of the sun's centre, without refraction.</summary>
    /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="latitude">Latitude in degrees, north positive.</param>
    /// <param name="longitude">Longitude in degrees, east positive.</param>
    /// <returns>Degrees, -90 to 90.</returns>
    public static double AltitudeDegrees(long utcMs, double latitude, double longitude)
    {
        double days = (utcMs - J2000UtcMs) / MsPerDay;
        double anomaly = (357.528 + (0.9856003 * days)) * RadiansPerDegree;
        double eclipticLongitude = (280.460 + (0.9856474 * days) + (1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly))) * RadiansPerDegree;
        double obliquity = (23.439 - (0.0000004 * days)) * RadiansPerDegree;
        double rightAscension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(eclipticLongitude), Math.Cos(eclipticLongitude));
        double sineDeclination = Math.Sin(obliquity) * Math.Sin(eclipticLongitude);
        double siderealDegrees = (18.697374558 + (24.06570982441908 * days)) % 24 * 15;
        double hourAngle = ((siderealDegrees + longitude) * RadiansPerDegree) - rightAscension;
        double cosineDeclination = Math.Sqrt(1 - (sineDeclination * sineDeclination));
        double sineAltitude = (Math.Sin(latitude * RadiansPerDegree) * sineDeclination)
            + (Math.Cos(latitude * RadiansPerDegree) * cosineDeclination * Math.Cos(hourAngle));
        return Math.Asin(Math.Clamp(sineAltitude, -1, 1)) / RadiansPerDegree;
    }

    /// <summary>The times in a span with the sun below an altitude. A polar night is one of them; a polar day gives none.</summary>
    /// <param name="fromUtcMs">Beginning of the span, milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="toUtcMs">End of the span.</param>
    /// <param name="latitude">Latitude in degrees, north positive.</param>
    /// <param name="longitude">Longitude in degrees, east positive.</param>
    /// <param name="altitudeDegrees">The altitude, such as <see cref="CivilTwilightDegrees"/>.</param>
    /// <returns>Nights in order, to the second.</returns>
    public static IReadOnlyList<Night> NightsBetween(
        long fromUtcMs, long toUtcMs, double latitude, double longitude, double altitudeDegrees = CivilTwilightDegrees)
    {
        List<Night> nights = [];
        bool isNight = AltitudeDegrees(fromUtcMs, latitude, longitude) < altitudeDegrees;
        long nightFromMs = fromUtcMs;
        for (long atMs = fromUtcMs; atMs < toUtcMs; atMs += ScanMs)
        {
            long nextMs = Math.Min(atMs + ScanMs, toUtcMs);
            bool isNightNext = AltitudeDegrees(nextMs, latitude, longitude) < altitudeDegrees;
            if (isNightNext == isNight)
            {
                continue;
            }

            long crossingMs = FindCrossing(atMs, nextMs, latitude, longitude, altitudeDegrees);
            if (isNight)
            {
                nights.Add(new Night(nightFromMs, crossingMs));
            }

            nightFromMs = crossingMs;
            isNight = isNightNext;
        }

        if (isNight && nightFromMs < toUtcMs)
        {
            nights.Add(new Night(nightFromMs, toUtcMs));
        }

        return nights;
    }

    private static long FindCrossing(long lowMs, long highMs, double latitude, double longitude, double altitudeDegrees)
    {
        bool isNightBefore = AltitudeDegrees(lowMs, latitude, longitude) < altitudeDegrees;
        while (highMs - lowMs > 1000)
        {
            long middleMs = lowMs + ((highMs - lowMs) / 2);
            if (AltitudeDegrees(middleMs, latitude, longitude) < altitudeDegrees == isNightBefore)
            {
                lowMs = middleMs;
            }
            else
            {
                highMs = middleMs;
            }
        }

        return highMs;
    }
}
