// The newest values as CSV and GeoJSON.
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Poles.Import;

namespace Provisioning.Exports;

/// <summary>Lists.</summary>
internal static class ListExport
{
    /// <summary>CSV (RFC 4180, comma, line feed).</summary>
    public static string ToCsv(IReadOnlyList<PoleSnapshot> poles)
    {
        StringBuilder text = new();
        text.AppendJoin(',', SnapshotColumns.All.Select(column => column.Name)).Append('\n');
        foreach (PoleSnapshot pole in poles)
        {
            text.AppendJoin(',', SnapshotColumns.All.Select(column => CsvText.Quote(SnapshotColumns.Text(column.Value(pole)), ','))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>GeoJSON (RFC 7946): a FeatureCollection of Points.</summary>
    public static JsonNode ToGeoJson(IReadOnlyList<PoleSnapshot> poles) => new JsonObject
    {
        ["type"] = "FeatureCollection",
        ["features"] = new JsonArray([.. poles.Select(pole => (JsonNode)new JsonObject
        {
            ["type"] = "Feature",
            ["id"] = pole.Pole.Id,
            ["geometry"] = Point(pole),
            ["properties"] = new JsonObject(SnapshotColumns.All.Where(column => column.Name is not ("latitude" or "longitude"))
                .Select(column => KeyValuePair.Create(column.Name, Node(column.Value(pole))))),
        })]),
    };

    internal static JsonObject Point(PoleSnapshot pole) => new() { ["type"] = "Point", ["coordinates"] = new JsonArray(pole.Pole.Longitude, pole.Pole.Latitude) };

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        double number => Math.Round(number, 7),
        long number => number,
        int number => number,
        _ => value.ToString(),
    };
}
