// Where a scenario's lamps come from and which of them take part. Data only: LampImport reads the file.
namespace Simulation.Scenarios;

/// <summary>Form of a lamp file.</summary>
public enum LampFileFormat
{
    /// <summary>Rows of values with a header row (RFC 4180).</summary>
    Csv,

    /// <summary>A FeatureCollection of Points (RFC 7946).</summary>
    GeoJson,
}

/// <summary>A lamp file and how to read it, or a folder of provisioning files.</summary>
public sealed record LampSource
{
    /// <summary>Full path of the file, or of the folder.</summary>
    public required string FilePath { get; init; }

    /// <summary>Whether it is a folder that polectl provisioning write made: its controllers are the poles.</summary>
    public bool IsProvisioningFolder { get; init; }

    /// <summary>Its form; null means by the ending of its name.</summary>
    public LampFileFormat? Format { get; init; }

    /// <summary>Character between the values of a row; null means found from the header row.</summary>
    public char? Separator { get; init; }

    /// <summary>Name of the encoding (utf-8, utf-16, windows-1252); null means found from the bytes.</summary>
    public string? Encoding { get; init; }

    /// <summary>Which column (or GeoJSON property) is what.</summary>
    public LampColumns Columns { get; init; } = new();

    /// <summary>Most lamps to take: the nearest to the centre of <see cref="Within"/>, or the first rows; null means all.</summary>
    public int? Limit { get; init; }

    /// <summary>Only lamps inside this circle; null means all.</summary>
    public Circle? Within { get; init; }
}

/// <summary>Names of columns (CSV) or properties (GeoJSON); null means there is none.</summary>
public sealed record LampColumns
{
    /// <summary>Column of the lamp's identifier; null makes identifiers of line numbers, such as pole-17.</summary>
    public string? Id { get; init; }

    /// <summary>Column of the latitude in degrees; null means the usual names are tried. Not used for GeoJSON.</summary>
    public string? Latitude { get; init; }

    /// <summary>Column of the longitude in degrees; null means the usual names are tried. Not used for GeoJSON.</summary>
    public string? Longitude { get; init; }

    /// <summary>Column of the luminaire's power at full level in watts.</summary>
    public string? FullPowerWatts { get; init; }

    /// <summary>Column of the street's name.</summary>
    public string? Street { get; init; }

    /// <summary>Column of the group's name.</summary>
    public string? Group { get; init; }
}

/// <summary>A circle on the ground.</summary>
public sealed record Circle
{
    /// <summary>Latitude of the centre in degrees, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Longitude of the centre in degrees, east positive.</summary>
    public required double Longitude { get; init; }

    /// <summary>Radius in metres, more than 0.</summary>
    public required double RadiusMetres { get; init; }
}
