// polectl pole import: poles from CSV and GeoJSON.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The verb import.</summary>
internal static class PoleImportCommand
{
    private const string Noun = "pole";

    public static Command Create(CommandMaker make)
    {
        Argument<string> file = make.Argument("file");
        Option<string[]> map = make.Texts("map", "mapping");
        Option<string?> separator = make.Text("separator", "separator");
        Option<string?> encoding = make.Text("encoding", "encoding");
        Option<string?> makeId = make.Text("make-id", "prefix");
        Option<bool> update = make.Flag("update");
        Option<bool> skip = make.Flag("skip-refused");
        return make.Writing(Noun, "import", [file, map, separator, encoding, makeId, update, skip], run =>
        {
            PoleImportRequest request = new()
            {
                Path = run.Get(file),
                Columns = ReadMapping(run.Get(map) ?? []),
                Separator = ReadSeparator(run.Get(separator)),
                Encoding = run.Get(encoding),
                MadeIdPrefix = run.Get(makeId),
                IsUpdate = run.Get(update),
                SkipsRefused = run.Get(skip),
            };
            using Workspace workspace = run.Open();
            run.Progress("import.reading", request.Path);
            return Tell(run, workspace.Write(Permission.Plan, run.IsDryRun, writer => PoleImport.Run(writer, request)));
        });
    }

    private static Outcome Tell(Run run, PoleImportResult result)
    {
        string separator = result.Separator switch { null => "GeoJSON", '\t' => "TAB", char character => character.ToString() };
        List<string> lines =
        [
            run.Words.Format(result.IsEncodingGuessed ? "import.formGuessed" : "import.form", result.EncodingName, separator),
            run.Words.Format("import.columns", string.Join(", ", result.Mapping.Select(pair => $"{pair.Field}={pair.Column}"))),
        ];
        if (result.IgnoredColumns.Count > 0)
        {
            lines.Add(run.Words.Format("import.ignored", string.Join(", ", result.IgnoredColumns)));
        }

        lines.Add(run.Words.Format(
            "import.counts", $"{result.RowCount}", $"{result.NewCount}", $"{result.ChangedCount}", $"{result.UnchangedCount}", $"{result.Refused.Count}"));
        if (!result.IsWritten)
        {
            lines.Add(run.Words["import.nothing"]);
        }

        return new Outcome
        {
            Lines = lines,
            Problems = result.Refused,
            ExitCode = result.Refused.Count == 0 ? ExitCode.Done : result.IsWritten ? ExitCode.PartlyDone : ExitCode.Failed,
            Result = new JsonObject
            {
                ["encoding"] = result.EncodingName,
                ["encodingGuessed"] = result.IsEncodingGuessed,
                ["separator"] = result.Separator?.ToString(),
                ["columns"] = new JsonObject(result.Mapping.Select(pair => KeyValuePair.Create(pair.Field, (JsonNode?)pair.Column))),
                ["ignoredColumns"] = new JsonArray([.. result.IgnoredColumns.Select(name => (JsonNode)name)]),
                ["rows"] = result.RowCount,
                ["new"] = result.NewCount,
                ["changed"] = result.ChangedCount,
                ["unchanged"] = result.UnchangedCount,
                ["refused"] = result.Refused.Count,
                ["written"] = result.IsWritten,
            },
        };
    }

    private static Dictionary<string, string> ReadMapping(string[] pairs)
    {
        Dictionary<string, string> columns = new(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            string[] parts = pair.Split('=', 2);
            string field = parts[0].Trim().ToLowerInvariant();
            if (parts.Length != 2 || (field is not ("id" or "version") && PoleField.Find(field) is null) || !columns.TryAdd(field, parts[1]))
            {
                string known = string.Join(", ", PoleField.All.Select(one => one.Name));
                throw new ProblemException(new Problem("problem.mapping", known) { Kind = ProblemKind.WrongUse, Field = "--map", Value = pair });
            }
        }

        return columns;
    }

    private static char? ReadSeparator(string? text) => text switch
    {
        null => null,
        "tab" or "TAB" or "\\t" or "\t" => '\t',
        { Length: 1 } when text[0] is not ('"' or '\n' or '\r') => text[0],
        _ => throw new ProblemException(new Problem("problem.separator") { Kind = ProblemKind.WrongUse, Field = "--separator", Value = text }),
    };
}
