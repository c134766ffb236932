// How much of a signal is lost between two places.
namespace Simulation.Radio;

/// <summary>Log-distance path loss: loss = loss at 1 m + 10 x exponent x lg(distance).</summary>
public static class PathLoss
{
    /// <summary>Mean radius of the Earth in metres (IUGG).</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Distance on the sphere in metres (haversine).</summary>
    /// <param name="latitudeA">Degrees.</param>
    /// <param name="longitudeA">Degrees.</param>
    /// <param name="latitudeB">Degrees.</param>
    /// <param name="longitudeB">Degrees.</param>
    public static double DistanceMetres(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
    {
        double sinLatitude = Math.Sin(double.DegreesToRadians(latitudeB - latitudeA) / 2.0);
        double sinLongitude = Math.Sin(double.DegreesToRadians(longitudeB - longitudeA) / 2.0);
        double a = (sinLatitude * sinLatitude)
            + (Math.Cos(double.DegreesToRadians(latitudeA)) * Math.Cos(double.DegreesToRadians(latitudeB)) * sinLongitude * sinLongitude);
        return 2.0 * EarthRadiusMetres * Math.Asin(Math.Min(1.0, Math.Sqrt(a)));
    }

    /// <summary>Loss without shadowing, in decibels.</summary>
    /// <param name="settings">The model's numbers.</param>
    /// <param name="distanceMetres">Length of the link.</param>
    public static double LossDecibel(RadioSettings settings, double distanceMetres)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.ReferenceLossDecibel
            + (10.0 * settings.PathLossExponent * Math.Log10(Math.Max(distanceMetres, settings.MinimumDistanceMetres)));
    }
}
