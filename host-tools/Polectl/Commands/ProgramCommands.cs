// polectl program: program files checked, imported, assigned, shown. The night as a chart is ProgramNight's.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Programs.Night;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun program.</summary>
internal static class ProgramCommands
{
    private const string Noun = "program";

    public static Command Create(CommandMaker make)
    {
        Argument<string[]> files = make.Arguments("programFiles");
        Argument<string> file = make.Argument("file");
        Argument<string> name = make.Argument("program");
        Option<string?> newName = make.Text("name", "name");
        Option<string?> place = make.Text("place", "latitudeLongitude");
        ScopeOptions assigned = new(make);
        ScopeOptions unassigned = new(make);
        return make.Noun(
            Noun,
            make.Reading(Noun, "check", [files, place], run => Check(run, run.Get(files), run.Get(place))),
            make.Writing(Noun, "import", [file, newName], run => Import(run, run.Get(file), run.Get(newName))),
            make.Reading(Noun, "list", [], List),
            ProgramNight.Create(make),
            make.Reading(Noun, "history", [name], run => History(run, run.Get(name))),
            make.Writing(Noun, "assign", [name, .. assigned.All], run => Assign(run, run.Get(name), assigned.Read(run))),
            make.Writing(Noun, "unassign", [name, .. unassigned.All], run => Unassign(run, run.Get(name), unassigned.Read(run))),
            make.Writing(Noun, "remove", [name], run => Remove(run, run.Get(name))),
            make.Reading(Noun, "schema", [], _ => new Outcome { Raw = ProgramFileReader.SchemaText }));
    }

    private static Outcome Check(Run run, string[] files, string? place)
    {
        List<string> lines = [];
        List<Problem> problems = [];
        JsonArray checks = [];
        foreach (string file in files)
        {
            try
            {
                ProgramFile read = ProgramFileReader.ReadFile(file);
                IReadOnlyList<DayBurning> burning = ProgramNight.BurningOf(run, read, place);
                lines.Add(run.Words.Format("program.right", file, Summary(run, read)));
                lines.AddRange(burning.Select(one => run.Words.Format("program.dayBurning", file, read.Programs![one.ProgramIndex].Name, $"{one.DayCount}", $"{one.First:yyyy-MM-dd}")));
                checks.Add((JsonNode)new JsonObject
                {
                    ["file"] = file,
                    ["isRight"] = true,
                    ["lightAtNoon"] = new JsonArray([.. burning.Select(one => (JsonNode)new JsonObject
                    {
                        ["program"] = read.Programs![one.ProgramIndex].Name,
                        ["days"] = one.DayCount,
                        ["first"] = $"{one.First:yyyy-MM-dd}",
                    })]),
                });
            }
            catch (ProblemException exception)
            {
                problems.AddRange(exception.Problems);
                checks.Add((JsonNode)new JsonObject { ["file"] = file, ["isRight"] = false });
            }
        }

        return new Outcome
        {
            Lines = lines,
            Problems = problems,
            ExitCode = problems.Count == 0 ? ExitCode.Done : ExitCode.Failed,
            Result = new JsonObject { ["files"] = checks },
        };
    }

    private static string Summary(Run run, ProgramFile file) => run.Words.Format(
        "program.summary", $"{file.Programs?.Count ?? 0}", $"{file.Calendar.Rules.Count}", $"{file.Calendar.ExceptionDays.Count}", $"{file.Calendar.PublicHolidays.Count}",
        file.Sections.Count == 0 ? "-" : string.Join(", ", file.Sections.Select(section => section.Section)));

    private static Outcome Import(Run run, string file, string? name)
    {
        byte[] bytes = ProgramFileReader.ReadBytes(file);
        using Workspace workspace = run.Open();
        string called = name ?? Path.GetFileNameWithoutExtension(file);
        int before = ProgramStore.List(workspace).FirstOrDefault(program => program.Name == called)?.Version ?? 0;
        StoredProgram stored = workspace.Write(Permission.Plan, run.IsDryRun, writer => ProgramStore.Import(writer, called, bytes, file));
        return new Outcome
        {
            Lines = [run.Words.Format(stored.Version == before ? "program.unchanged" : "program.imported", stored.Name, $"{stored.Version}")],
            Result = ToJson(stored),
        };
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<StoredProgram> programs = ProgramStore.List(workspace);
        ILookup<string, Assignment> assignments = ProgramStore.Assignments(workspace).ToLookup(assignment => assignment.Program, StringComparer.Ordinal);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.program"], run.Words["field.version"], run.Words["field.changed"], run.Words["field.assignedTo"]],
                programs.Select(program => (IReadOnlyList<string>)[program.Name, $"{program.Version}", UtcText.Seconds(program.ChangedUtcMs), string.Join(", ", assignments[program.Name].Select(one => one.Scope.Text))])),
            Result = new JsonObject
            {
                ["programs"] = new JsonArray([.. programs.Select(program =>
                {
                    JsonObject json = ToJson(program);
                    json["assignedTo"] = new JsonArray([.. assignments[program.Name].Select(assignment => (JsonNode)new JsonObject
                    {
                        ["scope"] = assignment.Scope.KindText,
                        ["target"] = assignment.Scope.Target,
                        ["since"] = UtcText.Seconds(assignment.AssignedUtcMs),
                    })]);
                    return (JsonNode)json;
                })]),
            },
        };
    }

    private static Outcome History(Run run, string name)
    {
        using Workspace workspace = run.Open();
        return AuditCommands.Entries(run, ProgramStore.History(workspace, name));
    }

    private static Outcome Assign(Run run, string name, IReadOnlyList<Scope> scopes)
    {
        using Workspace workspace = run.Open();
        int made = workspace.Write(Permission.Plan, run.IsDryRun, writer => scopes.Count(scope => ProgramStore.Assign(writer, name, scope)));
        return Told(run, "program.assigned", name, scopes, made);
    }

    private static Outcome Unassign(Run run, string name, IReadOnlyList<Scope> scopes)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Plan, run.IsDryRun, writer =>
        {
            foreach (Scope scope in scopes)
            {
                ProgramStore.Unassign(writer, name, scope);
            }

            return scopes.Count;
        });
        return Told(run, "program.unassigned", name, scopes, scopes.Count);
    }

    private static Outcome Told(Run run, string key, string name, IReadOnlyList<Scope> scopes, int changed) => new()
    {
        Lines = [run.Words.Format(key, name, string.Join(", ", scopes.Select(scope => scope.Text)), $"{changed}")],
        Result = new JsonObject { ["program"] = name, ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope.Text)]), ["changed"] = changed },
    };

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Plan, run.IsDryRun, writer =>
        {
            ProgramStore.Remove(writer, name);
            return 0;
        });
        return new Outcome { Lines = [run.Words.Format("program.removed", name)], Result = new JsonObject { ["program"] = name } };
    }

    private static JsonObject ToJson(StoredProgram program) => new() { ["name"] = program.Name, ["version"] = program.Version, ["changed"] = UtcText.Seconds(program.ChangedUtcMs) };
}
