// polectl multicast: the multicast groups of poles, made ready ahead, looked at, taken away. Commands and settings are sent to them by the nouns command and settings.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Downlinks.Multicast;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun multicast.</summary>
internal static class MulticastCommands
{
    private const string Noun = "multicast";

    public static Command Create(CommandMaker make)
    {
        Argument<string> shown = make.Argument("groupNumber");
        Argument<string> removed = make.Argument("groupNumber");
        FilterOptions filter = new(make);
        Option<string[]> poles = FilterOptions.Poles(make);
        Option<int?> dataRate = SettingsCommands.DataRate(make);
        SendOptions how = new(make);
        MulticastOptions groups = new(make, how);
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Reading(Noun, "show", [shown], run => Show(run, run.Get(shown))),
            make.Writing(Noun, "prepare", [.. filter.Chosen, poles, dataRate, .. groups.Gateways, .. how.All], run => Prepare(run, how, groups, filter.Read(run), run.Get(poles), run.Get(dataRate))),
            make.Writing(Noun, "remove", [removed], run => Remove(run, run.Get(removed))));
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<MulticastGroupView> groups = MulticastGroups.List(workspace);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.number"], run.Words["field.selection"], run.Words["field.mcAddr"], run.Words["field.state"], run.Words["field.listening"], run.Words["field.frames"], run.Words["field.atServer"]],
                groups.Select(group => Row(run, group))),
            Result = new JsonObject { ["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)ToJson(group))]) },
        };
    }

    private static IReadOnlyList<string> Row(Run run, MulticastGroupView group) =>
    [
        $"{group.Number}", $"{group.Selection} ({group.Region})", group.McAddr, run.Words["state.group." + SchemaWord.Of(group.State)],
        $"{group.Members.Count(member => member.State == MemberState.Listening)}/{group.Members.Count}", $"{group.FramesUsed}/{group.FramesPerKey}",
        run.Words[group.IsAtServer ? "multicast.atServer" : "multicast.notAtServer"],
    ];

    private static Outcome Show(Run run, string number)
    {
        using Workspace workspace = run.Open();
        MulticastGroupView group = MulticastGroups.Get(workspace, Number(number));
        return new Outcome
        {
            Lines =
            [
                $"{run.Words["field.selection"]}: {group.Selection} ({group.Region})",
                $"{run.Words["field.mcAddr"]}: {group.McAddr}",
                $"{run.Words["field.state"]}: {run.Words["state.group." + SchemaWord.Of(group.State)]}",
                $"{run.Words["field.frames"]}: {group.FramesUsed}/{group.FramesPerKey}",
                .. Table.Lines(
                    [run.Words["field.id"], "DevEUI", run.Words["field.standing"], run.Words["field.sessionUntil"], run.Words["field.reason"]],
                    group.Members.Select(member => (IReadOnlyList<string>)
                    [
                        member.PoleId ?? "-", member.DevEui, run.Words["state.member." + SchemaWord.Of(member.State)],
                        member.SessionEndsUtcMs is { } ends ? UtcText.Seconds(ends) : "-", member.Reason.Length == 0 ? "" : run.Words.Find("refusal." + member.Reason) ?? member.Reason,
                    ])),
                .. Table.Lines(
                    [run.Words["field.number"], run.Words["field.given"], run.Words["field.title"], run.Words["field.state"], run.Words["field.frames"]],
                    group.Deliveries.Select(delivery => (IReadOnlyList<string>)
                    [
                        $"{delivery.Number}", UtcText.Seconds(delivery.CreatedUtcMs), delivery.Title, run.Words["state.delivery." + SchemaWord.Of(delivery.State)],
                        $"{delivery.SentFrames}/{delivery.Frames}",
                    ])),
            ],
            Result = ToJson(group),
        };
    }

    private static Outcome Prepare(Run run, SendOptions how, MulticastOptions options, PoleFilter filter, string[]? poles, int? dataRate)
    {
        using Workspace workspace = run.Open();
        using VaultLease vault = how.Vault(run, workspace);
        MulticastRequest request = options.ReadAlways(run, workspace, vault);
        HashSet<string> chosen = poles is null ? [] : poles.ToHashSet(StringComparer.Ordinal);
        (IReadOnlyList<PreparedGroup> groups, IReadOnlyList<Problem> problems) =
            workspace.Write(Permission.Plan, run.IsDryRun, writer => MulticastGroups.Prepare(writer, filter, chosen, dataRate, request));
        string[] lines = [.. groups.Select(group => run.Words.Format("multicast.prepared", group.Selection, group.Region, $"{group.PoleCount}", $"{group.SetupCount}"))];
        Outcome outcome = run.IsDryRun ? new Outcome { Result = new JsonObject() } : how.Pump(run, workspace, vault, dataRate, groups.Sum(group => group.SetupCount));
        JsonObject result = outcome.Result as JsonObject ?? [];
        result["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)new JsonObject
        {
            ["selection"] = group.Selection, ["region"] = group.Region, ["poles"] = group.PoleCount, ["setups"] = group.SetupCount,
        })]);
        return outcome with
        {
            Lines = [.. lines, .. outcome.Lines],
            Problems = [.. problems, .. outcome.Problems],
            Result = result,
            ExitCode = problems.Count > 0 && outcome.ExitCode == ExitCode.Done ? ExitCode.PartlyDone : outcome.ExitCode,
        };
    }

    private static Outcome Remove(Run run, string number)
    {
        using Workspace workspace = run.Open();
        MulticastGroupView group = MulticastGroups.Get(workspace, Number(number));
        workspace.Write(Permission.Plan, run.IsDryRun, writer =>
        {
            MulticastGroups.Remove(writer, group.Number);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("multicast.removed", group.Selection)], Result = new JsonObject { ["removed"] = group.Number } };
    }

    private static long Number(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new ProblemException(new Problem("problem.multicast.noSuchGroup") { Kind = ProblemKind.WrongUse, Value = text });

    private static JsonObject ToJson(MulticastGroupView group) => new()
    {
        ["number"] = group.Number,
        ["selection"] = group.Selection,
        ["region"] = group.Region,
        ["mcAddr"] = group.McAddr,
        ["state"] = SchemaWord.Of(group.State),
        ["atServer"] = group.IsAtServer,
        ["framesUsed"] = group.FramesUsed,
        ["framesPerKey"] = group.FramesPerKey,
        ["members"] = new JsonArray([.. group.Members.Select(member => (JsonNode)new JsonObject
        {
            ["pole"] = member.PoleId,
            ["controller"] = member.DevEui,
            ["mcGroupId"] = member.McGroupId,
            ["state"] = SchemaWord.Of(member.State),
            ["reason"] = member.Reason,
            ["sessionUntil"] = member.SessionEndsUtcMs is { } ends ? UtcText.Seconds(ends) : null,
        })]),
        ["deliveries"] = new JsonArray([.. group.Deliveries.Select(delivery => (JsonNode)new JsonObject
        {
            ["number"] = delivery.Number,
            ["given"] = UtcText.Seconds(delivery.CreatedUtcMs),
            ["title"] = delivery.Title,
            ["state"] = SchemaWord.Of(delivery.State),
            ["sentFrames"] = delivery.SentFrames,
            ["frames"] = delivery.Frames,
        })]),
    };
}
