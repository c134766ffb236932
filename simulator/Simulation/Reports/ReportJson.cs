// The report as JSON: the same bytes for the same data, on any machine and in any culture. What the fields mean stands in the model.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Simulation.Reports;

/// <summary>Writes and reads <c>report.json</c>.</summary>
public static class ReportJson
{
    /// <summary>How <c>report.json</c> is written; the schema in docs/ is made from it and the model.</summary>
    internal static readonly JsonSerializerOptions Indented = CreateOptions(isIndented: true, withSeries: true);
    private static readonly JsonSerializerOptions CompactWithoutSeries = CreateOptions(isIndented: false, withSeries: false);

    /// <summary>The whole report as UTF-8 JSON: camelCase, two spaces, LF, numbers with at most three decimals (coordinates six),
    /// series as base64.</summary>
    /// <exception cref="ArgumentException">A number of the report is not finite.</exception>
    public static byte[] Serialize(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(report, Indented);
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="JsonException">It is not a report.</exception>
    public static RunReport Deserialize(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<RunReport>(json, Indented) ?? throw new JsonException("The report is null.");

    /// <summary>The report without the poles' series, on one line: what the HTML page carries beside the packed series.</summary>
    internal static byte[] SerializeWithoutSeries(RunReport report) => JsonSerializer.SerializeToUtf8Bytes(report, CompactWithoutSeries);

    private static JsonSerializerOptions CreateOptions(bool isIndented, bool withSeries)
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = isIndented,
            NewLine = "\n",
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { withSeries ? KeepAll : DropSeries } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new RoundedNumberJsonConverter());
        options.Converters.Add(new UtcSecondJsonConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void KeepAll(JsonTypeInfo typeInfo)
    {
    }

    private static void DropSeries(JsonTypeInfo typeInfo)
    {
        foreach (JsonPropertyInfo property in typeInfo.Properties)
        {
            if (property.PropertyType == typeof(byte[]))
            {
                property.ShouldSerialize = static (_, _) => false;
            }
        }
    }
}

/// <summary>Numbers with at most three decimals, so that the last bit of a sum is not part of the report.</summary>
internal class RoundedNumberJsonConverter : JsonConverter<double>
{
    /// <summary>Decimals that are kept.</summary>
    protected virtual int Decimals => 3;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("The report holds a number that is not finite: " + value.ToString(CultureInfo.InvariantCulture) + ".");
        }

        // Adding zero makes a negative zero positive: -0.0001 and 0.0001 are the same number here.
        writer.WriteNumberValue(Math.Round(value, Decimals, MidpointRounding.AwayFromZero) + 0.0);
    }
}

/// <summary>Coordinates with six decimals: a tenth of a metre.</summary>
internal sealed class CoordinateJsonConverter : RoundedNumberJsonConverter
{
    /// <inheritdoc/>
    protected override int Decimals => 6;
}

/// <summary>Moments in UTC to the second, as 2026-06-20T16:00:00Z.</summary>
internal sealed class UtcSecondJsonConverter : JsonConverter<DateTime>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.TryParseExact(
            reader.GetString(),
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out DateTime value)
            ? value
            : throw new JsonException("Expected a time as 2026-06-20T16:00:00Z.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
}
