// Sheets of labels as they are sold: A4, in millimetres.
namespace Provisioning.Labels;

/// <summary>A sheet.</summary>
/// <param name="Name">Its name: size of a label.</param>
/// <param name="Columns">Labels beside each other.</param>
/// <param name="Rows">Labels below each other.</param>
/// <param name="WidthMm">Width of a label.</param>
/// <param name="HeightMm">Height of a label.</param>
/// <param name="LeftMm">From the sheet's left edge to the first label.</param>
/// <param name="TopMm">From the sheet's top edge to the first label.</param>
/// <param name="GapMm">Between two labels beside each other.</param>
public sealed record LabelLayout(string Name, int Columns, int Rows, double WidthMm, double HeightMm, double LeftMm, double TopMm, double GapMm)
{
    /// <summary>The sheets that are known; the first is the usual one.</summary>
    public static IReadOnlyList<LabelLayout> All { get; } =
    [
        new("70x37", 3, 8, 70, 37, 0, 0.5, 0),
        new("63.5x38.1", 3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
        new("105x57", 2, 5, 105, 57, 0, 6, 0),
    ];

    /// <summary>Labels on a sheet.</summary>
    public int PerPage => Columns * Rows;
}
