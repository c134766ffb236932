// Poles from a file into the workspace. A row is taken whole or refused with a reason, and every row is accounted for. What is in the workspace already in
// the same form is left alone, so importing twice changes nothing.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Poles.Import;

/// <summary>What to import and how.</summary>
public sealed record PoleImportRequest
{
    /// <summary>The file: CSV, or GeoJSON when its name ends in .geojson or .json.</summary>
    public required string Path { get; init; }

    /// <summary>Encoding; null to find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>Separator of a CSV file; null to find out.</summary>
    public char? Separator { get; init; }

    /// <summary>Field to column; what is not told is found by the usual names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What identifiers made from positions begin with; null when the file has identifiers.</summary>
    public string? MadeIdPrefix { get; init; }

    /// <summary>Whether poles that the workspace has otherwise are changed to what the file says; else their rows are refused.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Whether the good rows are taken although others are refused.</summary>
    public bool SkipsRefused { get; init; }
}

/// <summary>What an import did, or would do. New + Changed + Unchanged + Refused rows = RowCount.</summary>
public sealed record PoleImportResult
{
    /// <summary>Encoding of the file.</summary>
    public required string EncodingName { get; init; }

    /// <summary>Whether the encoding was guessed.</summary>
    public required bool IsEncodingGuessed { get; init; }

    /// <summary>Separator; null for GeoJSON.</summary>
    public required char? Separator { get; init; }

    /// <summary>Fields and the columns that they came from.</summary>
    public required IReadOnlyList<(string Field, string Column)> Mapping { get; init; }

    /// <summary>Columns that were not used.</summary>
    public required IReadOnlyList<string> IgnoredColumns { get; init; }

    /// <summary>Rows of the file.</summary>
    public required int RowCount { get; init; }

    /// <summary>Poles that are new.</summary>
    public required int NewCount { get; init; }

    /// <summary>Poles that were changed.</summary>
    public required int ChangedCount { get; init; }

    /// <summary>Poles that are in the workspace just so.</summary>
    public required int UnchangedCount { get; init; }

    /// <summary>Rows that were refused, each with line, field, value and reason.</summary>
    public required IReadOnlyList<Problem> Refused { get; init; }

    /// <summary>Whether anything was written: not when rows were refused, unless they were to be skipped.</summary>
    public required bool IsWritten { get; init; }
}

/// <summary>Imports poles.</summary>
public static class PoleImport
{
    /// <summary>Reads the file and puts its poles into the workspace.</summary>
    /// <exception cref="ProblemException">The file as a whole cannot be used.</exception>
    public static PoleImportResult Run(WorkspaceWriter writer, PoleImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        DecodedText text = TextDecoding.Read(request.Path, request.Encoding);
        bool isGeoJson = System.IO.Path.GetExtension(request.Path).ToUpperInvariant() is ".GEOJSON" or ".JSON";
        FileRows rows = isGeoJson ? GeoJsonText.Read(text.Text, request.Path) : CsvText.Read(text.Text, request.Separator);
        if (rows.Rows.Count == 0)
        {
            throw new ProblemException(new Problem("problem.file.empty") { Kind = ProblemKind.WrongUse, File = request.Path });
        }

        ColumnMapping mapping = ColumnMapping.Find(rows, request.Columns, request.MadeIdPrefix is not null, request.Path);
        ImportPlan plan = new(PoleTable.All(writer.Connection), request, mapping, (id, seen) => PoleInventory.Changed(writer, id, seen));
        foreach (FileRow row in rows.Rows)
        {
            plan.Add(row);
        }

        bool isWritten = plan.Refused.Count == 0 || request.SkipsRefused;
        if (isWritten)
        {
            Write(writer, plan);
        }

        return new PoleImportResult
        {
            EncodingName = text.EncodingName,
            IsEncodingGuessed = text.IsGuessed,
            Separator = rows.Separator,
            Mapping = Names(rows, mapping),
            IgnoredColumns = [.. rows.Columns.Where((_, index) => index != mapping.Id && index != mapping.Version && mapping.Fields.All(field => field.Column != index))],
            RowCount = rows.Rows.Count,
            NewCount = plan.New.Count,
            ChangedCount = plan.Changed.Count,
            UnchangedCount = plan.UnchangedCount,
            Refused = plan.Refused,
            IsWritten = isWritten,
        };
    }

    private static void Write(WorkspaceWriter writer, ImportPlan plan)
    {
        PoleTable.InsertAll(writer.Connection, plan.New);
        foreach (Pole pole in plan.New)
        {
            JsonObject detail = [];
            foreach (PoleField field in PoleField.All)
            {
                string value = field.Get(pole);
                if (value.Length > 0)
                {
                    detail[field.Name] = new JsonArray("", value);
                }
            }

            writer.Record("pole.import", SubjectKind.Pole, pole.Id, PoleTable.HashOf(pole), detail);
        }

        foreach ((Pole before, Pole after) in plan.Changed)
        {
            PoleInventory.Update(writer, "pole.import", before, after);
        }
    }

    private static List<(string, string)> Names(FileRows rows, ColumnMapping mapping)
    {
        List<(string, string)> names = [];
        if (mapping.Id >= 0)
        {
            names.Add((ColumnMapping.IdName, rows.Columns[mapping.Id]));
        }

        if (mapping.Version >= 0)
        {
            names.Add((ColumnMapping.VersionName, rows.Columns[mapping.Version]));
        }

        names.AddRange(mapping.Fields.Select(field => (field.Field.Name, rows.Columns[field.Column])));
        return names;
    }
}
