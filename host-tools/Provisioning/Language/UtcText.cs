// Moments as text, in UTC whatever the computer's zone and language. How a German page writes them is the page's.
using System.Globalization;

namespace Provisioning.Language;

/// <summary>Moments, given in milliseconds since 1970 (UTC).</summary>
public static class UtcText
{
    /// <summary>For people: 2026-11-27 21:05:00Z.</summary>
    public static string Shown(long utcMs) => Format(utcMs, "yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>For programs (RFC 3339), to the second.</summary>
    public static string Seconds(long utcMs) => Format(utcMs, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>For programs (RFC 3339), to the millisecond.</summary>
    public static string Milliseconds(long utcMs) => Format(utcMs, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static string Format(long utcMs, string form) => DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString(form, CultureInfo.InvariantCulture);
}
