// Fields of a network server's JSON: read with their type and range, or refused by name.
using System.Globalization;
using System.Text.Json;
using Provisioning.Controllers;

namespace Provisioning.Uplinks;

/// <summary>Typed fields of JSON objects. A path is written with points.</summary>
internal static class EventFields
{
    private const int LongestShown = 60;

    // Nobody had such a pole before, and nobody's clock is right after.
    private static readonly long s_earliestUtcMs = DateTimeOffset.Parse("2015-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
    private static readonly long s_latestUtcMs = DateTimeOffset.Parse("2100-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>The element at a path; null when it, or what should hold it, is absent or null.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement at = root;
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at) || at.ValueKind == JsonValueKind.Null)
            {
                return null;
            }
        }

        return at;
    }

    public static string? Text(JsonElement root, string path, int longest)
    {
        if (Find(root, path) is not { } found)
        {
            return null;
        }

        string? text = found.ValueKind == JsonValueKind.String ? found.GetString() : null;
        return text is not null && text.Length <= longest ? text : throw Wrong(path, found);
    }

    public static string DevEui(JsonElement root, string path) =>
        Find(root, path) is { } found
            ? (found.ValueKind == JsonValueKind.String ? Eui.Parse(found.GetString()!) : null) ?? throw Wrong(path, found)
            : throw new NetworkEventException(path, "");

    /// <summary>A whole number; absent is 0, as both servers leave out zeros.</summary>
    public static long Whole(JsonElement root, string path, long largest)
    {
        if (Find(root, path) is not { } found)
        {
            return 0;
        }

        return found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out long number) && number >= 0 && number <= largest ? number : throw Wrong(path, found);
    }

    public static double? Number(JsonElement root, string path, double smallest, double largest) =>
        Find(root, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out double number) && number >= smallest && number <= largest ? number : null;

    public static byte[] Base64(JsonElement root, string path, int longest)
    {
        if (Find(root, path) is not { } found)
        {
            return [];
        }

        return found.ValueKind == JsonValueKind.String && found.TryGetBytesFromBase64(out byte[]? bytes) && bytes.Length <= longest ? bytes : throw Wrong(path, found);
    }

    /// <summary>A moment (RFC 3339).</summary>
    public static long Moment(JsonElement root, string path)
    {
        if (Find(root, path) is not { } found)
        {
            throw new NetworkEventException(path, "");
        }

        // Nine digits of a second are more than .NET reads as a moment.
        string text = found.ValueKind == JsonValueKind.String ? CutFraction(found.GetString()!) : "";
        bool isMoment = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            && text.Length > 10 && char.IsAsciiDigit(text[0]);
        long utcMs = isMoment ? moment.ToUnixTimeMilliseconds() : 0;
        return utcMs >= s_earliestUtcMs && utcMs < s_latestUtcMs ? utcMs : throw Wrong(path, found);
    }

    /// <summary>Strength and signal-to-noise ratio of the best of several receptions.</summary>
    public static (int? RssiDbm, double? SnrDb) Best(JsonElement root, string path)
    {
        (int? RssiDbm, double? SnrDb) best = (null, null);
        if (Find(root, path) is { ValueKind: JsonValueKind.Array } receptions)
        {
            foreach (JsonElement reception in receptions.EnumerateArray())
            {
                double? rssi = Number(reception, "rssi", -200, 50);
                if (rssi is { } heard && (best.RssiDbm is null || heard > best.RssiDbm))
                {
                    best = ((int)heard, Number(reception, "snr", -100, 100));
                }
            }
        }

        return best;
    }

    public static NetworkEventException Wrong(string path, JsonElement found)
    {
        string raw = found.ToString();
        return new NetworkEventException(path, raw.Length > LongestShown ? raw[..LongestShown] : raw);
    }

    private static string CutFraction(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? -1 : point + 1;
        while (end >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - point > 8 ? text[..(point + 8)] + text[end..] : text;
    }
}
