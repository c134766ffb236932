// What was wrong with the rows of a lamp file, in a few plain lines before the run; the report has all of it.
using System.Globalization;
using Simulation.Engine;
using Simulation.World;

namespace Polesim.Commands;

/// <summary>Says which rows were left out.</summary>
internal static class InputRemarks
{
    private const int MaximumRows = 10;

    /// <summary>Writes the first rejected rows, how many more there are, and how many remarks the report has.</summary>
    public static void Write(Fleet fleet, TextWriter writer)
    {
        LampImportResult import = fleet.Import;
        foreach (LampRemark row in import.Rejected.Take(MaximumRows))
        {
            string value = row.Value.Length == 0 ? "" : $" (found '{row.Value}')";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fleet.Scenario.Lamps.FilePath}: {import.RowNoun} {row.Line} is left out: {row.Reason}{value}"));
        }

        if (import.Rejected.Count > 0)
        {
            int unlisted = import.Rejected.Count - MaximumRows;
            string more = unlisted > 0 ? string.Create(CultureInfo.InvariantCulture, $"{unlisted:#,0} more are not listed here; ") : "";
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{import.Rejected.Count:#,0} of {import.RowCount:#,0} lamps are left out; {more}the report lists them all. Correct them in the lamp file."));
        }

        int warnings = import.Warnings.Count + fleet.Warnings.Count;
        if (warnings > 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{warnings:#,0} {(warnings == 1 ? "remark" : "remarks")} about the input: see the report's warnings"));
        }
    }
}
