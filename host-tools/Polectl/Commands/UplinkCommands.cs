// polectl uplink: what the poles report, taken from files or from network servers over HTTP, looked at.
using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun uplink.</summary>
internal static class UplinkCommands
{
    private const string Noun = "uplink";
    private const int UsualPort = 8081;
    private const int UsualCount = 20;

    public static Command Create(CommandMaker make)
    {
        Argument<string[]> files = make.Arguments("uplinkFiles");
        Option<string?> bind = make.Text("bind", "address");
        Option<int?> last = make.Number("last", 1, 100_000);
        Option<string?> controller = make.Text("dev-eui", "controller");
        Option<bool> unknown = make.Flag("unknown");
        Option<bool> undecodable = make.Flag("undecodable");
        return make.Noun(
            Noun,
            make.Writing(Noun, "take", [files], run => Take(run, run.Get(files))),
            make.Writing(Noun, "listen", [bind], run => Listen(run, run.Get(bind) ?? "127.0.0.1")),
            make.Reading(Noun, "list", [last, controller, undecodable, unknown], run => List(
                run, run.Get(controller), run.Get(unknown) ? UplinkState.Unknown : run.Get(undecodable) ? UplinkState.Undecodable : null, run.Get(last) ?? UsualCount)),
            make.Reading(Noun, "unknown", [], Unknown));
    }

    private static Outcome Take(Run run, string[] files)
    {
        using Workspace workspace = run.Open();
        IntakeCounts counts = IntakeCounts.None;
        long joins = 0;
        long notKept = 0;
        long refused = 0;
        List<Problem> problems = [];
        int adopted = workspace.Write(Permission.Intake, run.IsDryRun, UplinkStore.Adopt);
        foreach (string file in files)
        {
            FileIntake intake = UplinkFile.Take(workspace, file, run.IsDryRun, lines => run.Progress("uplink.progress", file, $"{lines}"));
            counts = counts.Add(intake.Counts);
            joins += intake.Joins;
            notKept += intake.NotKept;
            refused += intake.RefusedCount;
            problems.AddRange(intake.Refused);
        }

        return new Outcome
        {
            ExitCode = refused == 0 ? ExitCode.Done : counts.Stored + counts.Duplicates + joins + notKept > 0 ? ExitCode.PartlyDone : ExitCode.Failed,
            Problems = problems,
            Lines =
            [
                run.Words.Format("uplink.counts", $"{counts.Stored}", $"{counts.Duplicates}", $"{counts.Undecodable}", $"{refused}"),
                .. counts.Unknown > 0 ? [run.Words.Format("uplink.unknown", $"{counts.Unknown}")] : (string[])[],
                .. adopted > 0 ? [run.Words.Format("uplink.adopted", $"{adopted}")] : (string[])[],
            ],
            Result = ToJson(counts, joins, refused, adopted),
        };
    }

    private static Outcome Listen(Run run, string bind)
    {
        if (!IPEndPoint.TryParse(bind, out IPEndPoint? point))
        {
            throw new ProblemException(new Problem("problem.listen.address") { Kind = ProblemKind.WrongUse, Field = "--bind", Value = bind });
        }

        using Workspace workspace = run.Open();
        int adopted = workspace.Write(Permission.Intake, run.IsDryRun, UplinkStore.Adopt);
        UplinkListener listener = UplinkListener.Start(workspace, point.Address, HasPort(bind) ? point.Port : UsualPort).GetAwaiter().GetResult();
        try
        {
            run.Progress("uplink.listening", $"{point.Address}:{listener.Port}", UplinkListener.ChirpStackPath, UplinkListener.ThingsStackPath);
            if (!run.IsDryRun)
            {
                run.Surroundings.WaitForEnd(seconds => run.Progress(
                    "uplink.listened", $"{listener.Counts.Stored}", $"{listener.Counts.Duplicates}", $"{listener.Refused}",
                    listener.Trouble is { } trouble ? trouble.ToText(run.Words.Problems) : ""));
            }
        }
        finally
        {
            listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        IntakeCounts counts = listener.Counts;
        return new Outcome
        {
            Lines = [run.Words.Format("uplink.counts", $"{counts.Stored}", $"{counts.Duplicates}", $"{counts.Undecodable}", $"{listener.Refused}")],
            Result = ToJson(counts, 0, listener.Refused, adopted),
        };
    }

    // An address of version 6 with a port has it behind brackets.
    private static bool HasPort(string bind) => bind.Contains("]:", StringComparison.Ordinal) || bind.Count(character => character == ':') == 1;

    private static Outcome List(Run run, string? controller, UplinkState? state, int last)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<StoredUplink> uplinks = UplinkList.Newest(workspace, controller, state, last);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.time"], "DevEUI", "FCnt", "FPort", "RSSI", run.Words["field.state"], run.Words["field.payload"]],
                uplinks.Select(stored => (IReadOnlyList<string>)
                [
                    UtcText.Shown(stored.Uplink.ReceivedAtUtcMs), stored.Uplink.DevEui, $"{stored.Uplink.FrameCounter}", $"{stored.Uplink.FPort}", $"{stored.Uplink.RssiDbm}",
                    run.Words["uplink.state." + UplinkList.Word(stored.State)], Convert.ToHexStringLower(stored.Uplink.Payload),
                ])),
            Result = new JsonObject { ["uplinks"] = new JsonArray([.. uplinks.Select(ToJson)]) },
        };
    }

    private static Outcome Unknown(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<(string DevEui, long Count, long LastUtcMs)> unknown = UplinkList.Unknown(workspace);
        return new Outcome
        {
            Lines = Table.Lines(
                ["DevEUI", run.Words["field.uplinks"], run.Words["field.lastHeard"]],
                unknown.Select(one => (IReadOnlyList<string>)[one.DevEui, $"{one.Count}", UtcText.Shown(one.LastUtcMs)])),
            Result = new JsonObject
            {
                ["controllers"] = new JsonArray([.. unknown.Select(one => (JsonNode)new JsonObject { ["devEui"] = one.DevEui, ["uplinks"] = one.Count, ["lastHeard"] = UtcText.Milliseconds(one.LastUtcMs) })]),
            },
        };
    }

    private static JsonObject ToJson(IntakeCounts counts, long joins, long refused, int adopted) => new()
    {
        ["stored"] = counts.Stored,
        ["duplicates"] = counts.Duplicates,
        ["unknown"] = counts.Unknown,
        ["undecodable"] = counts.Undecodable,
        ["joins"] = joins,
        ["refused"] = refused,
        ["adopted"] = adopted,
    };

    private static JsonObject ToJson(StoredUplink stored) => new()
    {
        ["number"] = stored.Number,
        ["devEui"] = stored.Uplink.DevEui,
        ["receivedAt"] = UtcText.Milliseconds(stored.Uplink.ReceivedAtUtcMs),
        ["session"] = stored.Uplink.Session,
        ["frameCounter"] = stored.Uplink.FrameCounter,
        ["fPort"] = stored.Uplink.FPort,
        ["payload"] = Convert.ToHexStringLower(stored.Uplink.Payload),
        ["rssiDbm"] = stored.Uplink.RssiDbm,
        ["snrDb"] = stored.Uplink.SnrDb,
        ["source"] = stored.Uplink.Source,
        ["state"] = UplinkList.Word(stored.State),
    };
}
