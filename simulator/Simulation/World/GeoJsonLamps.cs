// Lamps from a GeoJSON FeatureCollection of Points (RFC 7946).
using System.Text.Json;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Reads GeoJSON lamp files.</summary>
internal static class GeoJsonLamps
{
    private const string KeyPath = "lamps.file";

    public static LampRows Read(string text, LampSource source)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw TextFile.Fail(source.FilePath, KeyPath, "the lamp file is empty", "Name a FeatureCollection with a Point for each lamp.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64, AllowTrailingCommas = true });
            return Read(document.RootElement, source);
        }
        catch (JsonException exception)
        {
            throw new ScenarioException([new ScenarioProblem(
                source.FilePath, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1, KeyPath, "", "this is not JSON", "Correct the file, or set lamps.format to csv when it is a table.")]);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json finds half a surrogate pair (\ud800 alone) only when the text is taken out of the document.
            throw TextFile.Fail(source.FilePath, KeyPath, "a text in the file has half a character: \\ud800 to \\udfff stand in pairs (RFC 8259, 8.2)", "Correct the file.");
        }
    }

    private static LampRows Read(JsonElement root, LampSource source)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out JsonElement features) || features.ValueKind != JsonValueKind.Array)
        {
            throw TextFile.Fail(source.FilePath, KeyPath, "this is not a GeoJSON FeatureCollection: it has no list 'features'", "Name a FeatureCollection with a Point for each lamp (RFC 7946).");
        }

        RequireProperties(features, source);
        LampRows rows = new(false);
        int number = 0;
        foreach (JsonElement feature in features.EnumerateArray())
        {
            number++;
            rows.Add(ReadFeature(feature, number, source.Columns));
        }

        return rows;
    }

    private static LampRow ReadFeature(JsonElement feature, int number, LampColumns columns)
    {
        JsonElement properties = default;
        if (feature.ValueKind == JsonValueKind.Object)
        {
            feature.TryGetProperty("properties", out properties);
        }

        string? fault = null;
        string latitude = "";
        string longitude = "";
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("geometry", out JsonElement geometry) || geometry.ValueKind != JsonValueKind.Object)
        {
            fault = "the feature has no geometry";
        }
        else if (!geometry.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("Point"))
        {
            fault = "the geometry is not a Point";
        }
        else if (!geometry.TryGetProperty("coordinates", out JsonElement coordinates) || coordinates.ValueKind != JsonValueKind.Array || coordinates.GetArrayLength() < 2)
        {
            fault = "the Point has no coordinates";
        }
        else
        {
            // RFC 7946, 3.1.1: longitude before latitude.
            longitude = Text(coordinates[0]);
            latitude = Text(coordinates[1]);
        }

        return new LampRow(
            number,
            Property(properties, columns.Id),
            latitude,
            longitude,
            Property(properties, columns.FullPowerWatts),
            Property(properties, columns.Street),
            Property(properties, columns.Group),
            fault);
    }

    private static void RequireProperties(JsonElement features, LampSource source)
    {
        (string Key, string? Name)[] wanted =
        [
            ("id", source.Columns.Id), ("fullPowerWatts", source.Columns.FullPowerWatts), ("street", source.Columns.Street), ("group", source.Columns.Group),
        ];
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (JsonElement feature in features.EnumerateArray())
        {
            if (feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
            {
                found.UnionWith(properties.EnumerateObject().Select(property => property.Name));
            }
        }

        List<ScenarioProblem> problems = [.. wanted.Where(column => column.Name is not null && !found.Contains(column.Name)).Select(column => new ScenarioProblem(
            source.FilePath, 0, 0, "lamps.columns." + column.Key, column.Name!, "no feature has such a property", $"Name one of the properties of the file: {string.Join(", ", found.Take(40).Select(name => $"'{name}'"))}."))];
        if (problems.Count > 0 && features.GetArrayLength() > 0)
        {
            throw new ScenarioException(problems);
        }
    }

    private static string? Property(JsonElement properties, string? name)
    {
        if (name is null)
        {
            return null;
        }

        return properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out JsonElement value) ? Text(value).Trim() : "";
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
