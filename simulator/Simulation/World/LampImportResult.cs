// What came out of a lamp file: the lamps, and every row that was not taken, with its reason.
namespace Simulation.World;

/// <summary>A remark about a row of a lamp file.</summary>
/// <param name="Line">Line of the file, from 1 (CSV), or number of the feature (GeoJSON) or folder (provisioning files), from 1.</param>
/// <param name="Value">The offending text, shortened; empty when there is none.</param>
/// <param name="Reason">What is wrong, in a few words.</param>
public sealed record LampRemark(int Line, string Value, string Reason);

/// <summary>The lamps of a run and an account of all rows: Lamps + Rejected + OutsideCount + OverLimitCount = RowCount.</summary>
public sealed record LampImportResult
{
    /// <summary>The lamps, in the order of the file.</summary>
    public required IReadOnlyList<Lamp> Lamps { get; init; }

    /// <summary>Rows that cannot be used, in the order of the file.</summary>
    public required IReadOnlyList<LampRemark> Rejected { get; init; }

    /// <summary>Rows that are used although something about them is odd, in the order of the file.</summary>
    public required IReadOnlyList<LampRemark> Warnings { get; init; }

    /// <summary>Rows of the file, without header and blank lines.</summary>
    public required int RowCount { get; init; }

    /// <summary>Usable lamps left out because they are not within the circle asked for.</summary>
    public required int OutsideCount { get; init; }

    /// <summary>Usable lamps left out because of the limit.</summary>
    public required int OverLimitCount { get; init; }

    /// <summary>What a <see cref="LampRemark.Line"/> counts: "line", "feature" or "folder".</summary>
    public required string RowNoun { get; init; }
}
