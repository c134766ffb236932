// polectl unlock: the ways to unlock the keys of a workspace.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Files;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun unlock.</summary>
internal static class UnlockCommands
{
    private const string Noun = "unlock";

    public static Command Create(CommandMaker make)
    {
        Argument<string> name = make.Argument("way");
        Option<string?> newKeyFile = make.Text("new-key-file", "file");
        Option<string?> newPassphraseFile = make.Text("new-passphrase-file", "file");
        SecretOptions secret = new(make);
        return make.Noun(
            Noun,
            make.Writing(Noun, "add", [name, newPassphraseFile, newKeyFile, .. secret.All], run =>
                Add(run, run.Get(name), run.Get(newKeyFile), run.Get(newPassphraseFile), secret)),
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "remove", [name], run => Remove(run, run.Get(name))));
    }

    private static Outcome Add(Run run, string name, string? keyFile, string? passphraseFile, SecretOptions secret)
    {
        using Workspace workspace = run.Open();
        UnlockSecret? known = KeyVault.List(workspace).Count == 0 ? null : secret.Read(run);
        UnlockSecret added = keyFile is not null ? new UnlockSecret(null, KeyFile.Random()) : new UnlockSecret(NewPassphrase(run, passphraseFile), null);
        if (keyFile is not null)
        {
            NewFile.Require(keyFile);
        }

        workspace.Write(Permission.Administer, run.IsDryRun, writer =>
        {
            KeyVault.AddWay(writer, name, added, known);

            // Before the change is final: a way without its key file would be of no use.
            if (keyFile is not null && !run.IsDryRun)
            {
                KeyFile.Write(keyFile, added.FileKey!);
            }

            return true;
        });
        return new Outcome
        {
            Lines = [run.Words.Format(keyFile is null ? "unlock.added" : "unlock.addedFile", name, keyFile ?? "")],
            Result = new JsonObject { ["name"] = name, ["keyFile"] = keyFile },
        };
    }

    private static string NewPassphrase(Run run, string? file)
    {
        string? passphrase = SecretOptions.Passphrase(run, file, "POLECTL_NEW_PASSPHRASE", "ask.newPassphrase");
        bool wasAsked = file is null && run.Surroundings.Variable("POLECTL_NEW_PASSPHRASE") is null && passphrase is not null;
        if (wasAsked && run.Surroundings.AskSecret!(run.Words["ask.again"]) != passphrase)
        {
            throw new ProblemException(new Problem("problem.keys.notTheSame") { Kind = ProblemKind.WrongUse });
        }

        return passphrase ?? throw new ProblemException(new Problem("problem.keys.noNew") { Kind = ProblemKind.WrongUse });
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<(string Name, string Kind)> ways = KeyVault.List(workspace);
        return new Outcome
        {
            Lines = Table.Lines([run.Words["field.way"], run.Words["field.kind"]], ways.Select(way => (IReadOnlyList<string>)[way.Name, run.Words["unlock.kind." + way.Kind]])),
            Result = new JsonObject { ["ways"] = new JsonArray([.. ways.Select(way => (JsonNode)new JsonObject { ["name"] = way.Name, ["kind"] = way.Kind })]) },
        };
    }

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Administer, run.IsDryRun, writer =>
        {
            KeyVault.RemoveWay(writer, name);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("unlock.removed", name)], Result = new JsonObject { ["name"] = name } };
    }
}
