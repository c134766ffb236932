// Places on the earth: reading them, and how far apart they are.
using System.Globalization;

namespace Provisioning.Commissioning.Place;

/// <summary>Places in degrees (WGS 84).</summary>
public static class GeoPoint
{
    // Mean radius of the earth (IUGG), in metres; the error against the ellipsoid is below 0.6 %, centimetres over the distances that matter here.
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Reads latitude and longitude, with comma, semicolon or blank between; degrees with a decimal point.</summary>
    /// <returns>Null when it is none.</returns>
    public static (double Latitude, double Longitude)? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split((char[])[',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && Degrees(parts[0], 90) is { } latitude && Degrees(parts[1], 180) is { } longitude ? (latitude, longitude) : null;
    }

    /// <summary>Distance along a great circle, in metres.</summary>
    public static double DistanceMetres((double Latitude, double Longitude) from, (double Latitude, double Longitude) to)
    {
        double latitudes = double.DegreesToRadians(to.Latitude - from.Latitude);
        double longitudes = double.DegreesToRadians(to.Longitude - from.Longitude);
        double haversine = Math.Pow(Math.Sin(latitudes / 2), 2)
            + (Math.Cos(double.DegreesToRadians(from.Latitude)) * Math.Cos(double.DegreesToRadians(to.Latitude)) * Math.Pow(Math.Sin(longitudes / 2), 2));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private static double? Degrees(string text, double limit) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= limit ? value : null;
}
