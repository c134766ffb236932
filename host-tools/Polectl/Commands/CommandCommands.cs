// polectl command: commands to poles that act for some time, by the names of the message schema.
using System.CommandLine;
using System.Text.Json.Nodes;
using MessageSchemas;
using Polectl.Cli;
using Provisioning.Downlinks;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun command.</summary>
internal static class CommandCommands
{
    private const string Noun = "command";

    public static Command Create(CommandMaker make)
    {
        Argument<string> name = make.Argument("command");
        Argument<string[]> values = new(make.Words["name.commandValues"]) { Description = make.Words["argument.commandValues"], Arity = ArgumentArity.ZeroOrMore };
        FilterOptions filter = new(make);
        Option<string[]> poles = FilterOptions.Poles(make);
        Option<int?> confirm = make.Number("confirm", 1, int.MaxValue);
        Option<int?> dataRate = SettingsCommands.DataRate(make);
        SendOptions how = new(make);
        MulticastOptions groups = new(make, how);
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "send", [name, values, .. filter.Chosen, poles, confirm, dataRate, .. groups.All, .. how.All], run => Send(run, how, groups, new CommandRequest(run.Get(name), Pairs(run.Get(values)))
            {
                Filter = filter.Read(run),
                Poles = run.Get(poles) is { } chosen ? chosen.ToHashSet(StringComparer.Ordinal) : [],
                ConfirmedCount = run.Get(confirm),
                DataRate = run.Get(dataRate),
            })));
    }

    private static IReadOnlyList<(string, string)> Pairs(string[] texts) => [.. (texts ?? []).Select(text =>
    {
        string[] parts = text.Split('=', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new ProblemException(new Problem("problem.command.pair") { Kind = ProblemKind.WrongUse, Value = text });
    })];

    private static Outcome List(Run run) => new()
    {
        Lines = Table.Lines(
            [run.Words["field.command"], run.Words["field.fields"]],
            CommandDesk.Commands.Values.Select(command => (IReadOnlyList<string>)[command.Name, string.Join(", ", command.Fields.Select(Describe))])),
        Result = new JsonObject
        {
            ["commands"] = new JsonArray([.. CommandDesk.Commands.Values.Select(command => (JsonNode)new JsonObject
            {
                ["name"] = command.Name,
                ["meaning"] = command.Meaning,
                ["needsConfirmation"] = CommandDesk.NeedsConfirmation(command.Name),
                ["fields"] = new JsonArray([.. command.Fields.Select(field => (JsonNode)new JsonObject { ["name"] = field.Name, ["unit"] = field.Unit, ["meaning"] = field.Meaning })]),
            })]),
        },
    };

    private static string Describe(SchemaField field) => field.Enum is { } type
        ? $"{field.Name}={string.Join('|', type.Values.Select(value => value.Name))}"
        : $"{field.Name}={field.Range.Minimum}..{field.Range.Maximum}";

    private static Outcome Send(Run run, SendOptions how, MulticastOptions groups, CommandRequest request)
    {
        using Workspace workspace = run.Open();
        using VaultLease vault = how.Vault(run, workspace);
        CommandRequest whole = request with { Multicast = groups.Read(run, workspace, vault) };
        (IReadOnlyList<Pole> given, IReadOnlyList<Problem> problems) = workspace.Write(CommandDesk.PermissionOf(request.Name), run.IsDryRun, writer => CommandDesk.Give(writer, whole));
        if (run.IsDryRun || given.Count == 0)
        {
            return new Outcome
            {
                Lines = [run.Words.Format("command.given", request.Name, $"{given.Count}")],
                Problems = problems,
                Result = new JsonObject { ["poles"] = new JsonArray([.. given.Select(pole => (JsonNode)pole.Id)]) },
                ExitCode = given.Count == 0 ? ExitCode.Failed : problems.Count == 0 ? ExitCode.Done : ExitCode.PartlyDone,
            };
        }

        Outcome outcome = how.Pump(run, workspace, vault, request.DataRate, given.Count);
        return outcome with
        {
            Problems = [.. problems, .. outcome.Problems],
            ExitCode = problems.Count > 0 && outcome.ExitCode == ExitCode.Done ? ExitCode.PartlyDone : outcome.ExitCode,
        };
    }
}
