// polectl workspace: making, migrating, checking, backing up and restoring workspaces.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun workspace.</summary>
internal static class WorkspaceCommands
{
    private const string Noun = "workspace";

    public static Command Create(CommandMaker make)
    {
        Argument<string> file = make.Argument("file");
        Argument<string> backup = make.Argument("backup");
        return make.Noun(
            Noun,
            make.Writing(Noun, "init", [], Init),
            make.Reading(Noun, "info", [], Info),
            make.Writing(Noun, "migrate", [], Migrate),
            make.Reading(Noun, "check", [], Check),
            make.Writing(Noun, "backup", [file], run => Backup(run, run.Get(file))),
            make.Writing(Noun, "restore", [backup], run => Restore(run, run.Get(backup))));
    }

    private static Outcome Init(Run run)
    {
        WorkspaceSetup.Create(run.Address, run.Author, run.IsDryRun, run.Surroundings.Time);
        return new Outcome
        {
            Lines = [run.Words.Format("workspace.made", run.Address.Shown)],
            Result = new JsonObject { ["workspace"] = run.Address.Shown },
        };
    }

    private static Outcome Info(Run run)
    {
        using Workspace workspace = run.Open();
        int poles = PoleInventory.List(workspace).Count;
        int retired = PoleInventory.List(workspace, new PoleFilter { IncludesRetired = true }).Count(pole => pole.State == PoleState.Retired);
        IReadOnlyList<Member> members = MemberList.All(workspace);
        return new Outcome
        {
            Lines =
            [
                run.Words.Format("workspace.place", workspace.Address.Shown),
                run.Words.Format("workspace.identifier", workspace.Identifier),
                run.Words.Format("workspace.poles", $"{poles - retired}", $"{retired}"),
                run.Words.Format("workspace.members", $"{members.Count}"),
            ],
            Result = new JsonObject
            {
                ["workspace"] = workspace.Address.Shown, ["identifier"] = workspace.Identifier, ["poles"] = poles - retired, ["retiredPoles"] = retired, ["members"] = members.Count,
            },
        };
    }

    private static Outcome Migrate(Run run)
    {
        (int from, string? copy) = WorkspaceSetup.Migrate(run.Address, run.Author, run.IsDryRun, run.Surroundings.Time);
        return new Outcome
        {
            Lines = [run.Words.Format(copy is null ? "workspace.migrated" : "workspace.migratedWithCopy", $"{from}", copy ?? "")],
            Result = new JsonObject { ["from"] = from, ["copy"] = copy },
        };
    }

    private static Outcome Check(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<string> damage = WorkspaceSetup.FindDamage(workspace);
        if (damage.Count == 0)
        {
            return new Outcome { Lines = [run.Words["workspace.sound"]], Result = new JsonObject { ["sound"] = true } };
        }

        Problem[] problems = [.. damage.Select(text => new Problem("problem.store.damaged", text) { File = workspace.Address.Shown })];
        return new Outcome { Problems = problems, ExitCode = ExitCode.Failed, Result = new JsonObject { ["sound"] = false } };
    }

    private static Outcome Backup(Run run, string path)
    {
        using Workspace workspace = run.Open();
        (long sequence, byte[] hash) = WorkspaceBackup.Make(workspace, path, run.IsDryRun);
        string head = AuditCommands.HeadText(sequence, hash);
        return new Outcome
        {
            Lines = [run.Words.Format("workspace.backedUp", path), run.Words.Format("audit.head", head)],
            Result = new JsonObject { ["file"] = path, ["head"] = head },
        };
    }

    private static Outcome Restore(Run run, string path)
    {
        (long restored, long givenUp) = WorkspaceBackup.Restore(path, run.Address, run.Author, run.IsDryRun, run.Surroundings.Time);
        return new Outcome
        {
            Lines = [run.Words.Format(givenUp > restored ? "workspace.restoredOver" : "workspace.restored", $"{restored}", $"{givenUp}")],
            Result = new JsonObject { ["restoredUpTo"] = restored, ["givenUpAt"] = givenUp },
        };
    }
}
