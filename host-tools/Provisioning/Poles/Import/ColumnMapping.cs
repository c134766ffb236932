// Which column of a file is which field of a pole: as told, else by the names that lists usually have.
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>The columns that were found.</summary>
/// <param name="Id">Column of the identifier; -1 when identifiers are made from positions.</param>
/// <param name="Version">Column of the version that the list was exported with; -1 when there is none.</param>
/// <param name="Fields">Fields with their columns.</param>
internal sealed record ColumnMapping(int Id, int Version, IReadOnlyList<(PoleField Field, int Column)> Fields)
{
    /// <summary>Name of the identifier in a mapping.</summary>
    public const string IdName = "id";

    /// <summary>Name of the version in a mapping.</summary>
    public const string VersionName = "version";

    // Names that lists of lamps in English, German and French usually have. Only whole names count: a guess that is wrong is worse than a question.
    private static readonly Dictionary<string, string[]> s_usualNames = new(StringComparer.Ordinal)
    {
        [IdName] = ["id", "pole", "pole_id", "poleid", "pole_number", "number", "mast", "mastnummer", "mast_nr", "mastnr", "leuchtennummer", "leuchten_nr", "nummer", "lampennummer"],
        [VersionName] = ["version"],
        ["latitude"] = ["latitude", "lat", "y", "latitude_wgs84", "lat_wgs84", "breite", "breitengrad", "geo_lat"],
        ["longitude"] = ["longitude", "lon", "lng", "long", "x", "longitude_wgs84", "lon_wgs84", "länge", "laenge", "längengrad", "laengengrad", "geo_lon"],
        ["street"] = ["street", "straße", "strasse", "str", "rue", "street_name", "strassenname", "straßenname"],
        ["district"] = ["district", "stadtteil", "ortsteil", "bezirk", "quartier"],
        ["luminaire"] = ["luminaire", "leuchte", "leuchtentyp", "luminaire_type", "lamp_type"],
        ["watts"] = ["watts", "watt", "power", "power_w", "leistung", "leistung_w", "full_power_watts"],
        ["circuit"] = ["circuit", "stromkreis", "schaltkreis"],
        ["owner"] = ["owner", "eigentümer", "eigentuemer", "besitzer"],
        ["criticality"] = ["criticality", "kritikalität", "kritikalitaet"],
        ["group"] = ["group", "gruppe", "lighting_group"],
    };

    /// <summary>Finds the columns.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="told">Field to column, as told; an empty column leaves the field out.</param>
    /// <param name="makesIds">Whether identifiers are made from positions when no column has them.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="ProblemException">A column that was told is not there, or a needed one was not found.</exception>
    public static ColumnMapping Find(FileRows rows, IReadOnlyDictionary<string, string> told, bool makesIds, string path)
    {
        List<Problem> problems = [];
        int Column(string field)
        {
            if (!told.TryGetValue(field, out string? column))
            {
                return s_usualNames[field].Select(rows.Find).FirstOrDefault(index => index >= 0, -1);
            }

            int position = column.Length == 0 ? -1 : rows.Find(column);
            if (position < 0 && column.Length > 0)
            {
                problems.Add(Missing("problem.column.absent", rows, path, field, column));
            }

            return position;
        }

        int id = makesIds && !told.ContainsKey(IdName) ? -1 : Column(IdName);
        int version = Column(VersionName);
        List<(PoleField, int)> fields = [];
        foreach (PoleField field in PoleField.All)
        {
            int column = Column(field.Name);
            if (column >= 0)
            {
                fields.Add((field, column));
            }
            else if (field.Name is "latitude" or "longitude" && !told.ContainsKey(field.Name))
            {
                problems.Add(Missing("problem.column.notFound", rows, path, field.Name, ""));
            }
        }

        if (id < 0 && !makesIds && !told.ContainsKey(IdName))
        {
            problems.Add(Missing("problem.column.noId", rows, path, IdName, ""));
        }

        return problems.Count > 0 ? throw new ProblemException(problems) : new ColumnMapping(id, version, fields);
    }

    private static Problem Missing(string key, FileRows rows, string path, string field, string value) =>
        new(key, field, string.Join(", ", rows.Columns.Take(40))) { Kind = ProblemKind.WrongUse, File = path, Line = 1, Field = field, Value = value };
}
