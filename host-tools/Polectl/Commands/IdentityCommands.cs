// polectl identity: identities and keys made, shown, rotated, exported.
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun identity.</summary>
internal static class IdentityCommands
{
    private const string Noun = "identity";
    private const string ThingsStack = "things-stack";
    private const int MostAtOnce = 1_000_000;

    public static Command Create(CommandMaker make)
    {
        Argument<string> controller = make.Argument("controller");
        Argument<string> file = make.Argument("newFile");
        Option<bool> reveal = make.Flag("reveal-keys");
        Option<bool> current = make.Flag("current");
        Option<string?> form = make.Text("form", "form");
        form.AcceptOnlyFromAmong("polectl", ThingsStack);
        Option<string?> frequencyPlan = make.Text("frequency-plan", "plan");
        SecretOptions secret = new(make);
        return make.Noun(
            Noun,
            CreateMake(make, secret),
            make.Writing(Noun, "show", [controller, reveal, current, .. secret.All], run => Show(run, run.Get(controller), run.Get(reveal), run.Get(current), secret)),
            make.Writing(Noun, "rotate", [controller, .. secret.All], run => Rotate(run, run.Get(controller), secret)),
            make.Writing(Noun, "settle", [controller], run => Settle(run, run.Get(controller))),
            make.Writing(Noun, "export", [file, reveal, form, frequencyPlan, .. secret.All], run =>
            {
                string? plan = run.Get(form) == ThingsStack ? run.Get(frequencyPlan) ?? "" : null;
                return Export(run, run.Get(file), run.Get(reveal), secret, (writer, vault) =>
                    plan is null ? KeyExport.ToCsv(writer, vault) : KeyExport.ToThingsStack(writer, vault, plan));
            }));
    }

    private static Command CreateMake(CommandMaker make, SecretOptions secret)
    {
        Option<string> joinEui = make.Needed("join-eui", "eui");
        Option<string> board = make.Needed("board", "board");
        Option<string> region = make.Needed("region", "region");
        Option<string?> prefix = make.Text("eui-prefix", "euiPrefix");
        Option<int?> count = make.Number("count", 1, MostAtOnce);
        Option<string[]> mac = make.Texts("mac", "mac");
        Option<string?> macFile = make.Text("mac-file", "file");
        Option<bool> forPoles = make.Flag("for-poles");
        FilterOptions filter = new(make);
        return make.Writing(Noun, "make", [forPoles, count, prefix, mac, macFile, joinEui, board, region, .. filter.Chosen, .. secret.All], run =>
        {
            string[] macs = [.. run.Get(mac) ?? [], .. ReadMacs(run.Get(macFile))];
            bool isByMac = macs.Length > 0;
            bool isByPrefix = run.Get(prefix) is not null && (run.Get(forPoles) != run.Get(count).HasValue);
            if (isByMac == isByPrefix || (isByMac && (run.Get(forPoles) || run.Get(count).HasValue || run.Get(prefix) is not null)))
            {
                throw new ProblemException(new Problem("problem.identity.source") { Kind = ProblemKind.WrongUse });
            }

            return Make(run, secret, new IdentityRequest
            {
                JoinEui = run.Get(joinEui),
                Board = run.Get(board),
                Region = run.Get(region),
                EuiPrefix = run.Get(prefix),
                Count = run.Get(count) ?? 0,
                ChipMacs = isByMac ? macs : null,
                Poles = run.Get(forPoles) ? filter.Read(run) : null,
            });
        });
    }

    private static IEnumerable<string> ReadMacs(string? file)
    {
        if (file is null)
        {
            return [];
        }

        return File.Exists(file)
            ? File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)
            : throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = file });
    }

    private static Outcome Make(Run run, SecretOptions secret, IdentityRequest request)
    {
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        IReadOnlyList<Controller> made = workspace.Write(Permission.Plan, run.IsDryRun, writer => IdentityFactory.Make(writer, vault, request));
        string first = made.Count > 0 ? made[0].DevEui : "";
        return new Outcome
        {
            Lines = [made.Count == 0 ? run.Words["identity.none"] : run.Words.Format("identity.made", $"{made.Count}", first, made[^1].DevEui)],
            Result = new JsonObject { ["count"] = made.Count, ["controllers"] = new JsonArray([.. made.Select(ControllerCommands.ToJson)]) },
        };
    }

    private static Outcome Show(Run run, string devEui, bool isRevealed, bool isCurrent, SecretOptions secret)
    {
        using Workspace workspace = run.Open();
        Controller controller = ControllerInventory.Get(workspace, devEui);
        IReadOnlyList<string> lines = ControllerCommands.Lines(run, controller);
        JsonObject result = ControllerCommands.ToJson(controller);
        if (!isRevealed)
        {
            return new Outcome { Lines = [.. lines, run.Words["identity.hidden"]], Result = result };
        }

        if (run.IsDryRun)
        {
            // Shown and not recorded would be a way around the journal.
            throw new ProblemException(new Problem("problem.keys.dryRun") { Kind = ProblemKind.WrongUse });
        }

        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        using DeviceKeys keys = workspace.Write(Permission.Keys, false, writer => KeyStore.Show(writer, vault, devEui, isCurrent));
        string appKey = Convert.ToHexStringLower(keys.AppKey);
        string genAppKey = Convert.ToHexStringLower(keys.GenAppKey);
        string serviceKey = Convert.ToHexStringLower(keys.ServiceKey);
        result["appKey"] = appKey;
        result["genAppKey"] = genAppKey;
        result["serviceKey"] = serviceKey;
        return new Outcome { Lines = [.. lines, $"AppKey: {appKey}", $"GenAppKey: {genAppKey}", $"{run.Words["field.serviceKey"]}: {serviceKey}"], Result = result };
    }

    private static Outcome Rotate(Run run, string devEui, SecretOptions secret)
    {
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        workspace.Write(Permission.Keys, run.IsDryRun, writer =>
        {
            KeyStore.Rotate(writer, vault, devEui);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("identity.rotated", devEui)], Result = new JsonObject { ["devEui"] = devEui } };
    }

    private static Outcome Settle(Run run, string devEui)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Keys, run.IsDryRun, writer =>
        {
            KeyStore.Settle(writer, devEui);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("identity.settled", devEui)], Result = new JsonObject { ["devEui"] = devEui } };
    }

    private static Outcome Export(Run run, string path, bool isRevealed, SecretOptions secret, Func<WorkspaceWriter, KeyVault, (string, int)> form)
    {
        if (!isRevealed)
        {
            throw new ProblemException(new Problem("problem.keys.notAsked") { Kind = ProblemKind.WrongUse });
        }

        NewFile.Require(path);
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        int count = workspace.Write(Permission.Keys, run.IsDryRun, writer =>
        {
            (string text, int number) = form(writer, vault);
            if (!run.IsDryRun)
            {
                NewFile.Write(path, Encoding.UTF8.GetBytes(text), isSecret: true);
            }

            return number;
        });
        return new Outcome { Lines = [run.Words.Format("identity.exported", $"{count}", path)], Result = new JsonObject { ["count"] = count, ["file"] = path } };
    }
}
