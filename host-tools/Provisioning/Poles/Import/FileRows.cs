// A file as rows of texts by column, whatever its form: what CSV and GeoJSON have in common.
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>A row: where it begins, its values in the order of the columns, and what is wrong with it as a row.</summary>
/// <param name="Line">Line of the file in which it begins, from 1.</param>
/// <param name="Values">As many values as the file has columns; empty where it has none.</param>
/// <param name="Problem">What is wrong with it; null when nothing is.</param>
internal sealed record FileRow(int Line, string[] Values, Problem? Problem);

/// <summary>The rows of a file.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Separator">Character between values; null for GeoJSON.</param>
internal sealed record FileRows(string[] Columns, List<FileRow> Rows, char? Separator)
{
    /// <summary>Position of a column, without regard to case and blanks around it; -1 when there is none.</summary>
    public int Find(string name) => Array.FindIndex(Columns, column => column.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
}
