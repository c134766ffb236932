// Poles as CSV and GeoJSON, with the version of each: a list that is edited and imported again changes no pole that somebody else changed meanwhile.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Provisioning.Poles.Import;

namespace Provisioning.Poles;

/// <summary>Writes poles.</summary>
public static class PoleExport
{
    private const string State = "state";

    /// <summary>CSV (RFC 4180, comma, line feed), a heading and a row for each pole.</summary>
    public static string ToCsv(IEnumerable<Pole> poles)
    {
        ArgumentNullException.ThrowIfNull(poles);
        StringBuilder text = new();
        text.AppendJoin(',', Names()).Append('\n');
        foreach (Pole pole in poles)
        {
            text.AppendJoin(',', Values(pole).Select(value => CsvText.Quote(value, ','))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>GeoJSON (RFC 7946): a FeatureCollection of Points.</summary>
    public static string ToGeoJson(IEnumerable<Pole> poles)
    {
        ArgumentNullException.ThrowIfNull(poles);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "FeatureCollection");
            writer.WriteStartArray("features");
            foreach (Pole pole in poles)
            {
                WriteFeature(writer, pole);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteFeature(Utf8JsonWriter writer, Pole pole)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("geometry");
        writer.WriteString("type", "Point");
        writer.WriteStartArray("coordinates");
        writer.WriteNumberValue(pole.Longitude);
        writer.WriteNumberValue(pole.Latitude);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        foreach ((string name, string value) in Names().Zip(Values(pole)))
        {
            if (value.Length > 0 && name is not ("latitude" or "longitude"))
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Names() => [ColumnMapping.IdName, .. PoleField.All.Select(field => field.Name), State, ColumnMapping.VersionName];

    private static IEnumerable<string> Values(Pole pole) =>
        [pole.Id, .. PoleField.All.Select(field => field.Get(pole)), pole.State == PoleState.Retired ? "retired" : "inService", pole.Version.ToString(CultureInfo.InvariantCulture)];
}
