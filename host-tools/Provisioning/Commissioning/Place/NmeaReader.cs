// Positions from a GNSS receiver: sentences GGA of NMEA 0183, each with its checksum. The mean of several fixes is taken; what has no fix or a wrong checksum is left out.
using System.Globalization;

namespace Provisioning.Commissioning.Place;

/// <summary>Reads NMEA 0183.</summary>
public sealed class NmeaReader
{
    private const int LongestSentence = 120;
    private const int FieldCount = 7;
    private double _latitudes;
    private double _longitudes;

    /// <summary>Fixes so far.</summary>
    public int FixCount { get; private set; }

    /// <summary>Sentences with a right checksum so far, of any kind.</summary>
    public int SentenceCount { get; private set; }

    /// <summary>The mean of the fixes in degrees (WGS 84); null without any.</summary>
    public (double Latitude, double Longitude)? Position => FixCount == 0 ? null : (_latitudes / FixCount, _longitudes / FixCount);

    /// <summary>Takes a sentence.</summary>
    public void Take(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        if (Content(sentence) is not { } content)
        {
            return;
        }

        SentenceCount++;
        string[] fields = content.Split(',');

        // Talker (GP, GL, GA, GN ...), then the kind; 6 is the quality of the fix, 0 for none.
        if (fields.Length > FieldCount && fields[0].Length == 5 && fields[0].EndsWith("GGA", StringComparison.Ordinal) && fields[6] is not ("0" or "")
            && Degrees(fields[2], 2, fields[3] switch { "N" => 1, "S" => -1, _ => 0 }) is { } latitude && Degrees(fields[4], 3, fields[5] switch { "E" => 1, "W" => -1, _ => 0 }) is { } longitude)
        {
            _latitudes += latitude;
            _longitudes += longitude;
            FixCount++;
        }
    }

    // What stands between the dollar sign and the asterisk, if the exclusive or of its characters is the number behind it.
    private static string? Content(string sentence)
    {
        int begin = sentence.IndexOf('$', StringComparison.Ordinal);
        int end = sentence.LastIndexOf('*');
        if (begin < 0 || end < begin || sentence.Length < end + 3 || sentence.Length > LongestSentence
            || !int.TryParse(sentence.AsSpan(end + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int checksum))
        {
            return null;
        }

        string content = sentence[(begin + 1)..end];
        return content.Aggregate(0, (sum, character) => sum ^ character) == checksum ? content : null;
    }

    // ddmm.mmmm or dddmm.mmmm.
    private static double? Degrees(string text, int digits, int sign)
    {
        if (sign == 0 || text.Length < digits + 2
            || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int degrees)
            || !double.TryParse(text.AsSpan(digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minutes) || minutes >= 60)
        {
            return null;
        }

        double value = degrees + (minutes / 60);
        return value <= (digits == 2 ? 90 : 180) ? sign * value : null;
    }
}
