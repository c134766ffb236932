// polectl settings: what poles should have, shown, compared with what they say, and sent.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Downlinks;
using Provisioning.Downlinks.Multicast;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Programs;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun settings.</summary>
internal static class SettingsCommands
{
    private const string Noun = "settings";
    private const int HighestDataRate = 15;
    private const int UsualOrderCount = 50;

    public static Command Create(CommandMaker make)
    {
        Argument<string> pole = make.Argument("pole");
        SettingsOptions compare = new(make);
        SettingsOptions plan = new(make);
        SettingsOptions send = new(make);
        SendOptions how = new(make);
        MulticastOptions groups = new(make, how);
        Option<string?> ofPole = new("--pole") { Description = make.Words["option.chosen-pole"], HelpName = make.Words["name.pole"] };
        Option<int?> last = make.Number("last", 1, int.MaxValue);
        return make.Noun(
            Noun,
            make.Reading(Noun, "show", [pole], run => Show(run, run.Get(pole))),
            make.Reading(Noun, "compare", compare.Chosen, run => Compare(run, compare.Read(run))),
            make.Reading(Noun, "plan", plan.All, run => Plan(run, plan.Read(run))),
            make.Writing(Noun, "send", [.. send.All, .. groups.All, .. how.All], run => Send(run, send.Read(run), how, groups)),
            make.Reading(Noun, "orders", [ofPole, last], run => Orders(run, run.Get(ofPole), run.Get(last) ?? UsualOrderCount)));
    }

    /// <summary>The option for the data rate of RX2.</summary>
    public static Option<int?> DataRate(CommandMaker make) => make.Number("data-rate", 0, HighestDataRate);

    private static Outcome Show(Run run, string id)
    {
        using Workspace workspace = run.Open();
        Pole pole = PoleInventory.Get(workspace, id);
        PoleSettings settings = SettingsView.Of(workspace, pole);
        JsonObject sections = SettingsView.Sections(settings.Settings);
        string hash = Hash(settings.Hash);
        return new Outcome
        {
            Lines =
            [
                $"{run.Words["field.programs"]}: {(settings.Files.Count == 0 ? "-" : string.Join(", ", settings.Files.Select(file => $"{file.Program} ({file.Scope.Text})")))}",
                $"{run.Words["field.settingsHash"]}: {hash}",
                .. sections.SelectMany(section => ((JsonObject)section.Value!).Select(field => $"{section.Key}.{field.Key}: {field.Value?.ToJsonString() ?? "null"}")),
            ],
            Result = new JsonObject
            {
                ["pole"] = id,
                ["hash"] = hash,
                ["programs"] = new JsonArray([.. settings.Files.Select(file => (JsonNode)new JsonObject { ["name"] = file.Program, ["scope"] = file.Scope.Text })]),
                ["hasLocalTime"] = settings.HasLocalTime,
                ["settings"] = sections,
            },
        };
    }

    private static Outcome Compare(Run run, SettingsRequest request)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<PoleComparison> poles = SettingsDesk.Compare(workspace, request);
        bool isAllInStep = poles.All(pole => pole.State is StepState.InStep or StepState.NothingAssigned);
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.id"], run.Words["field.standing"], run.Words["field.wanted"], run.Words["field.reported"], run.Words["field.since"], run.Words["field.tries"], run.Words["field.reason"]],
                    poles.Where(pole => pole.State is not (StepState.InStep or StepState.NothingAssigned)).Select(pole => Row(run, pole))),
                run.Words.Format("settings.compared", [.. Enum.GetValues<StepState>().Select(state => $"{poles.Count(pole => pole.State == state)}")]),
            ],
            Result = new JsonObject { ["poles"] = new JsonArray([.. poles.Select(pole => (JsonNode)ToJson(pole))]) },
            ExitCode = isAllInStep ? ExitCode.Done : ExitCode.PartlyDone,
        };
    }

    private static IReadOnlyList<string> Row(Run run, PoleComparison pole) =>
    [
        pole.Pole.Id, run.Words["step." + SchemaWord.Of(pole.State)], pole.Wanted is null ? "-" : Hash(pole.Wanted.Hash), pole.Reported is null ? "-" : Hash(pole.Reported.Hash),
        pole.Wanted is null ? "-" : UtcText.Seconds(pole.Wanted.SinceUtcMs), pole.Order is null ? "-" : $"{pole.Order.Tries + 1}", Refusal(run, pole.Order),
    ];

    private static JsonObject ToJson(PoleComparison pole) => new()
    {
        ["pole"] = pole.Pole.Id,
        ["controller"] = pole.Controller?.DevEui,
        ["state"] = SchemaWord.Of(pole.State),
        ["wanted"] = pole.Wanted is null ? null : Hash(pole.Wanted.Hash),
        ["since"] = pole.Wanted is null ? null : UtcText.Seconds(pole.Wanted.SinceUtcMs),
        ["reported"] = pole.Reported is null ? null : Hash(pole.Reported.Hash),
        ["reportedAt"] = pole.Reported is null ? null : UtcText.Seconds(pole.Reported.AtUtcMs),
        ["order"] = pole.Order is null ? null : ToJson(pole.Order),
    };

    private static JsonObject ToJson(Order order) => new()
    {
        ["number"] = order.Number,
        ["pole"] = order.PoleId,
        ["controller"] = order.DevEui,
        ["kind"] = order.Kind,
        ["title"] = order.Title,
        ["state"] = SchemaWord.Of(order.State),
        ["reason"] = order.Reason,
        ["tries"] = order.Tries + 1,
        ["given"] = UtcText.Seconds(order.CreatedUtcMs),
        ["changed"] = UtcText.Seconds(order.ChangedUtcMs),
    };

    private static Outcome Plan(Run run, SettingsRequest request)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<PlannedPole> planned = SettingsDesk.Plan(workspace, request);
        return Planned(run, planned);
    }

    private static Outcome Planned(Run run, IReadOnlyList<PlannedPole> planned)
    {
        PlannedPole[] due = [.. planned.Where(pole => pole.Plan is not null)];
        OrderPart[] single = [.. due.SelectMany(pole => pole.Plan!.Parts).Where(part => part.Delivery == 0)];
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.id"], run.Words["field.sections"], run.Words["field.form"], run.Words["field.downlinks"], run.Words["field.bytes"]],
                    due.Select(pole => (IReadOnlyList<string>)
                    [
                        pole.Comparison.Pole.Id, pole.Plan!.Title, run.Words[pole.Plan.IsBlock ? "settings.block" : "settings.commands"],
                        $"{pole.Plan.Parts.Count(part => part.Delivery == 0)}", $"{pole.Plan.Parts.Where(part => part.Delivery == 0).Sum(part => part.Payload.Length)}",
                    ])),
                run.Words.Format("settings.planned", $"{due.Length}", $"{planned.Count(pole => pole.IsOnItsWay)}", $"{single.Length}", Seconds(single)),
            ],
            Result = new JsonObject
            {
                ["poles"] = new JsonArray([.. due.Select(pole => (JsonNode)new JsonObject
                {
                    ["pole"] = pole.Comparison.Pole.Id,
                    ["controller"] = pole.Comparison.Controller!.DevEui,
                    ["sections"] = new JsonArray([.. pole.Plan!.Sections.Select(section => (JsonNode)SettingsParts.NameOf(section))]),
                    ["form"] = pole.Plan.IsBlock ? "block" : "commands",
                    ["downlinks"] = new JsonArray([.. pole.Plan.Parts.Select(part => (JsonNode)new JsonObject { ["fPort"] = part.FPort, ["payload"] = Convert.ToHexStringLower(part.Payload), ["byGroup"] = part.Delivery > 0 })]),
                })]),
                ["onTheirWay"] = planned.Count(pole => pole.IsOnItsWay),
                ["airtimeMs"] = single.Sum(part => part.AirtimeUs) / 1000,
            },
        };
    }

    private static Outcome Send(Run run, SettingsRequest request, SendOptions how, MulticastOptions groups)
    {
        using Workspace workspace = run.Open();
        using VaultLease vault = how.Vault(run, workspace);
        if (groups.Read(run, workspace, vault) is not { } multicast)
        {
            IReadOnlyList<PlannedPole> planned = workspace.Write(Permission.Plan, run.IsDryRun, writer => SettingsDesk.Order(writer, request));
            return run.IsDryRun ? Planned(run, planned) : how.Pump(run, workspace, vault, request.DataRate, planned.Count(pole => pole.Plan is not null));
        }

        MulticastOrder ordered = workspace.Write(Permission.Plan, run.IsDryRun, writer => SettingsMulticast.Order(writer, request, multicast));
        Outcome outcome = run.IsDryRun
            ? Planned(run, ordered.Poles)
            : how.Pump(run, workspace, vault, request.DataRate, ordered.Poles.Count(pole => pole.Plan is not null));
        return MulticastOptions.Tell(run, outcome, ordered);
    }

    private static Outcome Orders(Run run, string? poleId, int most)
    {
        using Workspace workspace = run.Open();
        string? devEui = poleId is null ? null : SettingsView.ControllerOf(workspace, poleId);
        IReadOnlyList<Order> orders = OrderList.Newest(workspace, devEui, most);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.number"], run.Words["field.id"], run.Words["field.state"], run.Words["field.tries"], run.Words["field.given"], run.Words["field.title"], run.Words["field.reason"]],
                orders.Select(order => (IReadOnlyList<string>)
                [
                    $"{order.Number}", order.PoleId, run.Words["order." + SchemaWord.Of(order.State)], $"{order.Tries + 1}", UtcText.Seconds(order.CreatedUtcMs), order.Title, Refusal(run, order),
                ])),
            Result = new JsonObject { ["orders"] = new JsonArray([.. orders.Select(order => (JsonNode)ToJson(order))]) },
        };
    }

    // The word of the pole's answer in the reader's language, and what it is about in the schema's names.
    private static string Refusal(Run run, Order? order)
    {
        if (order is null || order.Reason.Length == 0)
        {
            return "";
        }

        string[] parts = order.Reason.Split(' ', 2);
        string what = run.Words.Find("refusal." + parts[0]) ?? parts[0];
        string about = parts.Length < 2 ? "" : run.Words.Problems.Texts.GetValueOrDefault("settingsFault." + parts[1]) ?? parts[1];
        return about.Length == 0 ? what : $"{what}: {about}";
    }

    private static string Seconds(IEnumerable<OrderPart> parts) => (parts.Sum(part => part.AirtimeUs) / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Hash(int hash) => hash.ToString("x4", CultureInfo.InvariantCulture);
}
