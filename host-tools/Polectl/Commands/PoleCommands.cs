// polectl pole: importing, showing, changing, retiring poles.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun pole. Import is a file of its own.</summary>
internal static class PoleCommands
{
    private const string Noun = "pole";

    public static Command Create(CommandMaker make)
    {
        Argument<string> id = make.Argument("pole");
        Argument<string[]> settings = make.Arguments("settings");
        Option<int?> version = make.Number("if-version", 1, int.MaxValue);
        Option<string?> form = make.Text("format", "format");
        form.AcceptOnlyFromAmong("csv", "geojson");
        FilterOptions listFilter = new(make);
        FilterOptions exportFilter = new(make);
        return make.Noun(
            Noun,
            PoleImportCommand.Create(make),
            make.Reading(Noun, "list", listFilter.All, run => List(run, listFilter.Read(run))),
            make.Reading(Noun, "show", [id], run => Show(run, run.Get(id))),
            make.Writing(Noun, "set", [id, settings, version], run => Set(run, run.Get(id), run.Get(settings), run.Get(version))),
            make.Writing(Noun, "retire", [id, version], run => Retire(run, run.Get(id), run.Get(version))),
            make.Reading(Noun, "history", [id], run => History(run, run.Get(id))),
            make.Reading(Noun, "export", [form, .. exportFilter.All], run => Export(run, run.Get(form) == "geojson", exportFilter.Read(run))));
    }

    /// <summary>A pole as JSON, for every command that shows one.</summary>
    public static JsonObject ToJson(Pole pole) => new()
    {
        ["id"] = pole.Id,
        ["latitude"] = pole.Latitude,
        ["longitude"] = pole.Longitude,
        ["street"] = pole.Street,
        ["district"] = pole.District,
        ["luminaire"] = pole.Luminaire,
        ["watts"] = pole.FullPowerWatts,
        ["circuit"] = pole.Circuit,
        ["owner"] = pole.Owner,
        ["criticality"] = PoleField.ToText(pole.Criticality),
        ["group"] = pole.Group,
        ["state"] = pole.State == PoleState.Retired ? "retired" : "inService",
        ["version"] = pole.Version,
    };

    private static Outcome List(Run run, PoleFilter filter)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<Pole> poles = PoleInventory.List(workspace, filter);
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.id"], run.Words["field.latitude"], run.Words["field.longitude"], run.Words["field.street"], run.Words["field.luminaire"], run.Words["field.criticality"]],
                    poles.Select(pole => (IReadOnlyList<string>)
                    [
                        pole.Id, Number(pole.Latitude), Number(pole.Longitude), pole.Street ?? "", pole.Luminaire ?? "", run.Words["criticality." + PoleField.ToText(pole.Criticality)],
                    ])),
                run.Words.Format("pole.count", $"{poles.Count}"),
            ],
            Result = new JsonObject { ["poles"] = new JsonArray([.. poles.Select(ToJson)]) },
        };
    }

    private static Outcome Show(Run run, string id)
    {
        using Workspace workspace = run.Open();
        return Shown(run, PoleInventory.Get(workspace, id), []);
    }

    private static Outcome Shown(Run run, Pole pole, IReadOnlyList<string> first)
    {
        List<string> lines = [.. first, $"{run.Words["field.id"]}: {pole.Id}"];
        lines.AddRange(PoleField.All.Where(field => field.Get(pole).Length > 0).Select(field => $"{run.Words["field." + field.Name]}: {field.Get(pole)}"));
        lines.Add($"{run.Words["field.state"]}: {run.Words[pole.State == PoleState.Retired ? "state.retired" : "state.inService"]}");
        lines.Add($"{run.Words["field.version"]}: {pole.Version}");
        return new Outcome { Lines = lines, Result = ToJson(pole) };
    }

    private static Outcome Set(Run run, string id, string[] settings, int? version)
    {
        List<(PoleField, string)> fields = [];
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length != 2 || PoleField.Find(parts[0]) is not { } field)
            {
                return Wrong(new Problem("problem.setting", string.Join(", ", PoleField.All.Select(one => one.Name))) { Kind = ProblemKind.WrongUse, Value = setting });
            }

            fields.Add((field, parts[1]));
        }

        using Workspace workspace = run.Open();
        Pole pole = workspace.Write(Permission.Plan, run.IsDryRun, writer => PoleInventory.Set(writer, id, fields, version));
        return Shown(run, pole, []);
    }

    private static Outcome Retire(Run run, string id, int? version)
    {
        using Workspace workspace = run.Open();
        Pole pole = workspace.Write(Permission.Plan, run.IsDryRun, writer => PoleInventory.Retire(writer, id, version));
        return Shown(run, pole, [run.Words.Format("pole.retired", id)]);
    }

    private static Outcome History(Run run, string id)
    {
        using Workspace workspace = run.Open();
        return AuditCommands.Entries(run, PoleInventory.History(workspace, id));
    }

    private static Outcome Export(Run run, bool isGeoJson, PoleFilter filter)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<Pole> poles = PoleInventory.List(workspace, filter);
        return new Outcome { Raw = isGeoJson ? PoleExport.ToGeoJson(poles) : PoleExport.ToCsv(poles) };
    }

    private static Outcome Wrong(Problem problem) => new() { Problems = [problem], ExitCode = ExitCode.WrongUse };

    private static string Number(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
