// GeoJSON (RFC 7946): a FeatureCollection of Points. Properties become columns; the position becomes the columns latitude and longitude, unless properties
// have these names already.
using System.Text;
using System.Text.Json;
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>Reads GeoJSON.</summary>
internal static class GeoJsonText
{
    private const string Latitude = "latitude";
    private const string Longitude = "longitude";

    /// <summary>Reads a text; each feature is a row, its line is where it begins.</summary>
    /// <exception cref="ProblemException">It is no JSON, or no FeatureCollection.</exception>
    public static FileRows Read(string text, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            List<(int Line, JsonElement Feature)>? features = ReadFeatures(bytes);
            return features is null ? throw Wrong(path, 0, "") : ToRows(features);
        }
        catch (JsonException exception)
        {
            throw Wrong(path, (int)(exception.LineNumber ?? 0) + 1, "");
        }
    }

    private static List<(int Line, JsonElement Feature)>? ReadFeatures(byte[] bytes)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        List<(int, JsonElement)>? features = null;
        bool isCollection = false;
        int line = 1;
        int counted = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type");
            bool isFeatures = reader.ValueTextEquals("features");
            reader.Read();
            if (isType)
            {
                isCollection = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("FeatureCollection");
            }

            if (!isFeatures || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            features = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                line += bytes.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                features.Add((line, JsonElement.ParseValue(ref reader)));
            }
        }

        // Reads to the end, so that a file that was cut off is found out.
        while (reader.Read())
        {
        }

        return isCollection ? features : null;
    }

    private static FileRows ToRows(List<(int Line, JsonElement Feature)> features)
    {
        List<string> columns = [];
        Dictionary<string, int> positions = new(StringComparer.OrdinalIgnoreCase);
        foreach ((int _, JsonElement feature) in features)
        {
            foreach (JsonProperty property in Properties(feature))
            {
                if (positions.TryAdd(property.Name.Trim(), columns.Count))
                {
                    columns.Add(property.Name.Trim());
                }
            }
        }

        foreach (string name in (string[])[Latitude, Longitude])
        {
            if (positions.TryAdd(name, columns.Count))
            {
                columns.Add(name);
            }
        }

        return new FileRows([.. columns], [.. features.Select(item => ToRow(item.Line, item.Feature, columns.Count, positions))], null);
    }

    private static FileRow ToRow(int line, JsonElement feature, int columnCount, Dictionary<string, int> positions)
    {
        string[] values = new string[columnCount];
        Array.Fill(values, "");
        foreach (JsonProperty property in Properties(feature))
        {
            values[positions[property.Name.Trim()]] = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => property.Value.GetRawText(),
            };
        }

        bool isPoint = feature.ValueKind == JsonValueKind.Object
            && feature.TryGetProperty("geometry", out JsonElement geometry) && geometry.ValueKind == JsonValueKind.Object
            && geometry.TryGetProperty("type", out JsonElement type) && type.ValueEquals("Point")
            && geometry.TryGetProperty("coordinates", out JsonElement coordinates) && coordinates.ValueKind == JsonValueKind.Array && coordinates.GetArrayLength() >= 2
            && TrySet(values, positions[Longitude], coordinates[0]) && TrySet(values, positions[Latitude], coordinates[1]);
        return new FileRow(line, values, isPoint ? null : new Problem("problem.geojson.point"));
    }

    private static bool TrySet(string[] values, int column, JsonElement coordinate)
    {
        values[column] = coordinate.GetRawText();
        return coordinate.ValueKind == JsonValueKind.Number;
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : default;

    private static ProblemException Wrong(string path, int line, string value) =>
        new(new Problem("problem.geojson.form") { Kind = ProblemKind.WrongUse, File = path, Line = line, Value = value });
}
