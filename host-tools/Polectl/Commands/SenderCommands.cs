// polectl sender: which network servers may hand uplinks in.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun sender.</summary>
internal static class SenderCommands
{
    private const string Noun = "sender";

    public static Command Create(CommandMaker make)
    {
        Argument<string> sender = make.Argument("sender");
        Option<bool> reveal = make.Flag("reveal-token");
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "set", [sender, reveal], run => Set(run, run.Get(sender), run.Get(reveal))),
            make.Writing(Noun, "remove", [sender], run => Remove(run, run.Get(sender))));
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<string> names = SenderList.All(workspace);
        return new Outcome { Lines = names, Result = new JsonObject { ["senders"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) } };
    }

    private static Outcome Set(Run run, string name, bool isRevealed)
    {
        // It is kept nowhere: made without being shown, it would be of no use.
        if (!isRevealed)
        {
            throw new ProblemException(new Problem("problem.sender.notAsked") { Kind = ProblemKind.WrongUse, Field = "--reveal-token" });
        }

        using Workspace workspace = run.Open();
        string token = workspace.Write(Permission.Administer, run.IsDryRun, writer => SenderList.Set(writer, name));
        return run.IsDryRun
            ? new Outcome { Result = new JsonObject { ["sender"] = name } }
            : new Outcome
            {
                Lines = [run.Words.Format("sender.token", name, token), run.Words.Format("sender.use", UplinkListener.ChirpStackPath, UplinkListener.ThingsStackPath)],
                Result = new JsonObject { ["sender"] = name, ["token"] = token },
            };
    }

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Administer, run.IsDryRun, writer =>
        {
            SenderList.Remove(writer, name);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("sender.removed", name)], Result = new JsonObject { ["sender"] = name } };
    }
}
