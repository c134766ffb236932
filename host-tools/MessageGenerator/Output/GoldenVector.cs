// One golden vector: a payload and what it must mean, or why it must be refused.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MessageGenerator.Output;

/// <summary>A payload and what a codec has to make of it.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Direction">"uplink" or "downlink".</param>
/// <param name="Port">FPort.</param>
/// <param name="Message">Name of the message; null where the payload belongs to none.</param>
/// <param name="Hex">The payload; null where the values cannot be encoded.</param>
/// <param name="Error">"ok", or the name of the error.</param>
/// <param name="Field">Of a command refused with outOfRange, the index of the field; else null.</param>
/// <param name="Fields">The values; null where the payload is refused.</param>
public sealed record GoldenVector(
    string Name,
    string Direction,
    int Port,
    string? Message,
    string? Hex,
    string Error,
    int? Field,
    JsonObject? Fields)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Direction of messages from the pole.</summary>
    public const string Uplink = "uplink";

    /// <summary>Direction of commands.</summary>
    public const string Downlink = "downlink";

    /// <summary>The error of a payload that is valid.</summary>
    public const string Ok = "ok";

    /// <summary>The error of values that cannot be encoded.</summary>
    public const string NotEncodable = "notEncodable";

    /// <summary>Writes vectors as a JSON array, one on each line, so that a change shows as a line.</summary>
    public static string Write(IEnumerable<GoldenVector> vectors) =>
        "[\n" + string.Join(",\n", vectors.Select(vector => "  " + JsonSerializer.Serialize(vector, Options))) + "\n]\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<GoldenVector> Read(string json) => JsonSerializer.Deserialize<List<GoldenVector>>(json, Options) ?? [];
}
