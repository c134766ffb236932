// Takes values out of a server's JSON, and says which field is not what its description says. Fields may be absent: both servers leave out what has the usual value.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Provisioning.NetworkServers.Http;

/// <summary>A field of an answer is not what it should be.</summary>
internal sealed class ShapeException(string field) : Exception(field)
{
    public string Field => Message;
}

/// <summary>Reads fields.</summary>
internal static class Shape
{
    public static JsonObject? Child(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject child => child,
        _ => throw new ShapeException(name),
    };

    /// <summary>A child that must be there.</summary>
    public static JsonObject Needed(this JsonObject json, string name) => json.Child(name) ?? throw new ShapeException(name);

    public static string Text(this JsonObject json, string name) => json[name] switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw new ShapeException(name),
    };

    public static bool Flag(this JsonObject json, string name) => json[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw new ShapeException(name),
    };

    /// <summary>A whole number; both servers write those of 64 bits as text.</summary>
    public static long Whole(this JsonObject json, string name) => json[name] switch
    {
        null => 0,
        JsonValue value when value.TryGetValue(out long number) => number,
        JsonValue value when value.TryGetValue(out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        _ => throw new ShapeException(name),
    };

    public static IEnumerable<JsonObject> Items(this JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray array => array.Select(item => item as JsonObject ?? throw new ShapeException(name)),
        _ => throw new ShapeException(name),
    };

    public static IReadOnlyDictionary<string, string> Map(this JsonObject json, string name)
    {
        JsonObject? map = json.Child(name);
        return map is null ? new Dictionary<string, string>() : map.ToDictionary(pair => pair.Key, pair => map.Text(pair.Key), StringComparer.Ordinal);
    }

    /// <summary>An identifier of so many hexadecimal digits, in lower case; null when it is absent or all zero.</summary>
    public static string? Hex(this JsonObject json, string name, int digits)
    {
        string text = json.Text(name).ToLowerInvariant();
        return text.Length == 0 || text.All(character => character == '0') ? null
            : text.Length == digits && text.All(char.IsAsciiHexDigit) ? text : throw new ShapeException(name);
    }

    public static byte[] Bytes(this JsonObject json, string name)
    {
        try
        {
            return Convert.FromBase64String(json.Text(name));
        }
        catch (FormatException)
        {
            throw new ShapeException(name);
        }
    }
}
