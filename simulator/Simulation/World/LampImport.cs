// Lamps from a file: finds its columns, has its rows judged, and takes those that the scenario wants. Nothing is dropped in silence.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Reads lamp files.</summary>
public static class LampImport
{
    private const string KeyPath = "lamps";
    private static readonly string[] LatitudeNames = ["latitude", "lat", "y", "latitude_wgs84", "lat_wgs84", "wgs84_lat"];
    private static readonly string[] LongitudeNames = ["longitude", "lon", "lng", "long", "x", "longitude_wgs84", "lon_wgs84", "wgs84_lon"];

    /// <summary>Reads the lamps of a scenario.</summary>
    /// <param name="source">File, columns, circle and limit.</param>
    /// <exception cref="ScenarioException">The file is not there or not readable, a column is missing, or no row can be used.</exception>
    public static LampImportResult Load(LampSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        string text = TextFile.Read(source.FilePath, KeyPath + ".file", source.Encoding);
        LampFileFormat format = source.Format ?? FormatOf(source.FilePath);
        LampRows rows = format == LampFileFormat.GeoJson ? GeoJsonLamps.Read(text, source) : ReadCsv(text, source);
        return Choose(rows, source, format == LampFileFormat.GeoJson ? "feature" : "line");
    }

    private static LampFileFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".GEOJSON" or ".JSON" => LampFileFormat.GeoJson,
        _ => LampFileFormat.Csv,
    };

    private static LampRows ReadCsv(string text, LampSource source)
    {
        CsvRows csv = CsvRows.Parse(text, source.Separator);
        if (csv.Columns.Length == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", "the lamp file is empty", "Name a file with a header row and a row for each lamp.");
        }

        List<ScenarioProblem> problems = [];
        int latitude = FindCoordinate(csv, source, "latitude", source.Columns.Latitude, LatitudeNames, problems);
        int longitude = FindCoordinate(csv, source, "longitude", source.Columns.Longitude, LongitudeNames, problems);
        int id = FindOptional(csv, source, "id", source.Columns.Id, problems);
        int watts = FindOptional(csv, source, "fullPowerWatts", source.Columns.FullPowerWatts, problems);
        int street = FindOptional(csv, source, "street", source.Columns.Street, problems);
        int group = FindOptional(csv, source, "group", source.Columns.Group, problems);
        if (problems.Count > 0)
        {
            throw new ScenarioException(problems);
        }

        LampRows rows = new(csv.Separator != ',');
        foreach (CsvRow row in csv.Rows)
        {
            rows.Add(new LampRow(
                row.Line,
                id < 0 ? null : row.Value(id),
                row.Value(latitude),
                row.Value(longitude),
                watts < 0 ? null : row.Value(watts),
                street < 0 ? null : row.Value(street),
                group < 0 ? null : row.Value(group),
                row.IsBad ? "the quotes of the row are wrong" : null));
        }

        return rows;
    }

    private static int FindCoordinate(CsvRows csv, LampSource source, string key, string? name, string[] usualNames, List<ScenarioProblem> problems)
    {
        if (name is not null)
        {
            return FindOptional(csv, source, key, name, problems);
        }

        foreach (string usual in usualNames)
        {
            int index = csv.Find(usual);
            if (index >= 0)
            {
                return index;
            }
        }

        problems.Add(Missing(csv, source, key, "", $"no column looks like the {key}"));
        return -1;
    }

    private static int FindOptional(CsvRows csv, LampSource source, string key, string? name, List<ScenarioProblem> problems)
    {
        if (name is null)
        {
            return -1;
        }

        int index = csv.Find(name);
        if (index < 0)
        {
            problems.Add(Missing(csv, source, key, name, "there is no such column"));
        }

        return index;
    }

    private static ScenarioProblem Missing(CsvRows csv, LampSource source, string key, string value, string message)
    {
        string found = string.Join(", ", csv.Columns.Take(40).Select(column => $"'{column}'"));
        return new ScenarioProblem(source.FilePath, csv.HeaderLine, 0, $"{KeyPath}.columns.{key}", value, message, $"Name one of the columns of the file: {found}.");
    }

    /// <summary>Takes those of the usable rows that the scenario wants.</summary>
    internal static LampImportResult Choose(LampRows rows, LampSource source, string noun)
    {
        int rowCount = rows.Lamps.Count + rows.Rejected.Count;
        if (rows.Lamps.Count == 0)
        {
            string what = rowCount == 0
                ? "the lamp file has no row besides its header"
                : $"none of the {rowCount} rows can be used; the first: {noun} {rows.Rejected[0].Line}, {rows.Rejected[0].Reason} ('{rows.Rejected[0].Value}')";
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", what, "Check the file and lamps.columns.");
        }

        List<Lamp> inside = rows.Lamps;
        LocalPlane? plane = null;
        if (source.Within is { } circle)
        {
            plane = new LocalPlane(circle.Latitude, circle.Longitude);
            inside = [.. rows.Lamps.Where(lamp => plane.DistanceMetres(lamp.Latitude, lamp.Longitude) <= circle.RadiusMetres)];
            if (inside.Count == 0)
            {
                double nearest = rows.Lamps.Min(lamp => plane.DistanceMetres(lamp.Latitude, lamp.Longitude));
                throw TextFile.Fail(source.FilePath, KeyPath + ".within", "no lamp is within the circle", $"The nearest is {nearest:0} m from its centre.");
            }
        }

        List<Lamp> chosen = inside;
        if (source.Limit is int limit && limit < inside.Count)
        {
            IEnumerable<Lamp> ordered = plane is null
                ? inside
                : inside.OrderBy(lamp => plane.DistanceMetres(lamp.Latitude, lamp.Longitude)).ThenBy(lamp => lamp.Line);
            chosen = [.. ordered.Take(limit).OrderBy(lamp => lamp.Line)];
        }

        return new LampImportResult
        {
            Lamps = chosen,
            Rejected = rows.Rejected,
            Warnings = rows.Warnings,
            RowCount = rowCount,
            OutsideCount = rows.Lamps.Count - inside.Count,
            OverLimitCount = inside.Count - chosen.Count,
            RowNoun = noun,
        };
    }
}
