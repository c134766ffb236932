// Settings by multicast: what is the same for many poles goes to their group once, what is a pole's own goes to it alone behind. A command to the group is carried out by
// every member that hears it, so it is sent only when it is right for all that know the group's key; else the settings go as a block, which only those take that were
// told of it.
using System.Text;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>A delivery that was ordered.</summary>
/// <param name="Selection">The group: the words of the choice.</param>
/// <param name="Title">What it brings.</param>
/// <param name="PoleCount">To how many poles.</param>
/// <param name="SetupCount">How many of them have to be told of the group, or of a session, first.</param>
/// <param name="FrameCount">Frames that go out once for all.</param>
/// <param name="AirtimeUs">Their time on air at each gateway, in microseconds.</param>
/// <param name="IsBlock">Whether it is a block by fragments.</param>
public sealed record PlannedDelivery(string Selection, string Title, int PoleCount, int SetupCount, int FrameCount, long AirtimeUs, bool IsBlock);

/// <summary>What was ordered.</summary>
/// <param name="Poles">The poles.</param>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Problems">Why poles are served alone that a group should serve.</param>
public sealed record MulticastOrder(IReadOnlyList<PlannedPole> Poles, IReadOnlyList<PlannedDelivery> Deliveries, IReadOnlyList<Problem> Problems);

/// <summary>Orders settings by multicast.</summary>
public static class SettingsMulticast
{
    // Within a session, and past the retries of whoever does not answer the set-up.
    private const long PatienceMs = 8 * 3_600_000L;

    /// <summary>Gives orders to poles that are behind and have none for what they should have; as <see cref="SettingsDesk.Order"/>.</summary>
    public static MulticastOrder Order(WorkspaceWriter writer, SettingsRequest request, MulticastRequest multicast)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(multicast);
        SettingsDesk.NoteWhoIsInStep(writer, request);
        List<PlannedPole> planned = SettingsDesk.PlanAll(writer.Connection, request, _ => 0);
        Dictionary<string, PlannedPole> ordered = new(StringComparer.Ordinal);
        List<PlannedDelivery> deliveries = [];
        List<Problem> problems = [];
        foreach (PlannedPole[] batch in planned.Where(pole => pole.Plan is not null).GroupBy(BatchOf).Select(group => group.ToArray()).Where(batch => batch.Length >= DeliveryMaker.FewestPoles))
        {
            if (Deliver(writer, request, multicast, planned, batch, problems) is not { } made)
            {
                continue;
            }

            deliveries.Add(made.Delivery);
            foreach (PlannedPole pole in made.Poles)
            {
                ordered.Add(pole.Comparison.Pole.Id, pole);
            }
        }

        return new MulticastOrder([.. planned.Select(pole => ordered.TryGetValue(pole.Comparison.Pole.Id, out PlannedPole? done) ? done : OrderAlone(writer, request, pole))], deliveries, problems);
    }

    // Poles that get the same by the same frames: of one region, with the same content in the same sections.
    private static string BatchOf(PlannedPole pole)
    {
        StringBuilder key = new(pole.Comparison.Controller!.Region);
        foreach (int section in Shared(pole.Plan!.Sections))
        {
            key.Append('|').Append(section).Append(':').Append(Convert.ToHexString(Content(pole.Comparison.Wanted!.Settings, section)));
        }

        return key.ToString();
    }

    private static (PlannedDelivery Delivery, IReadOnlyList<PlannedPole> Poles)? Deliver(
        WorkspaceWriter writer, SettingsRequest request, MulticastRequest multicast, List<PlannedPole> planned, PlannedPole[] batch, List<Problem> problems)
    {
        List<int> shared = Shared(batch[0].Plan!.Sections);
        string region = batch[0].Comparison.Controller!.Region;
        Channel channel = new(region, request.DataRate);
        if (shared.Count == 0 || channel.LongestPayload < SetupRequest.Longest)
        {
            if (shared.Count > 0)
            {
                problems.Add(new Problem("problem.multicast.tooShort", region));
            }

            return null;
        }

        PlannedPole[] chosen = [.. planned.Where(pole => pole.Comparison.Controller?.Region == region)];
        GroupUse use = GroupDesk.Enter(
            writer, multicast.Vault, GroupDesk.SelectionOf(request.Filter, request.Poles), region, channel,
            chosen.Select(pole => pole.Comparison.Controller!.DevEui).ToHashSet(StringComparer.Ordinal), [.. batch.Select(pole => pole.Comparison.Controller!.DevEui)]);
        problems.AddRange(batch.Where(pole => !use.Members.ContainsKey(pole.Comparison.Controller!.DevEui))
            .Select(pole => new Problem("problem.multicast.full") { Field = "pole", Value = pole.Comparison.Pole.Id }));
        PlannedPole[] takers = [.. batch.Where(pole => use.Members.ContainsKey(pole.Comparison.Controller!.DevEui))];
        if (takers.Length < DeliveryMaker.FewestPoles)
        {
            return null;
        }

        long number = DeliveryTable.NextNumber(writer.Connection);
        DeliveryContent content = Make(writer, number, use, chosen, takers, shared, channel);
        Dictionary<string, string> poleOf = takers.ToDictionary(pole => pole.Comparison.Controller!.DevEui, pole => pole.Comparison.Pole.Id, StringComparer.Ordinal);
        int setups = GroupDesk.OrderSetups(writer, use, devEui => poleOf[devEui], PatienceMs);
        string title = string.Join(", ", shared.Select(SettingsParts.NameOf));
        DeliveryMaker.Insert(writer, number, use, multicast, content, (OrderKind.Settings, title, PatienceMs));
        PlannedPole[] ordered = [.. takers.Select(pole => GiveGrouped(writer, pole, shared, content, use, channel))];
        return (new PlannedDelivery(use.Group.Selection, title, takers.Length, setups, content.Frames.Count, content.Frames.Sum(frame => frame.AirtimeUs), content.IsBlock), ordered);
    }

    private static DeliveryContent Make(
        WorkspaceWriter writer, long number, GroupUse use, PlannedPole[] chosen, PlannedPole[] takers, List<int> shared, Channel channel)
    {
        ControllerSettings wanted = takers[0].Comparison.Wanted!.Settings;
        string[] devEuis = [.. takers.Select(pole => pole.Comparison.Controller!.DevEui)];
        HashSet<int> sequences = [];
        bool isForAll = chosen.Where(pole => use.Told.Contains(pole.Comparison.Controller!.DevEui)).All(pole => Wants(pole, wanted, shared));
        IReadOnlyList<byte[]>? commands = isForAll
            ? SettingsParts.CommandsOf(
                wanted, shared, channel, () => OrderTable.TakeSharedSequence(writer.Connection, devEuis, writer.NowUtcMs - CommandProcessor.RepetitionMs, sequences))
            : null;
        return commands is not null
            ? DeliveryMaker.OfCommands(number, commands, channel, wanted.MulticastAnswerWindowSeconds.Max())
            : DeliveryMaker.OfBlocks(number, SettingsParts.BlocksOf(wanted, shared), channel, takers.Length, DeliveryTable.FragmentLengths(writer.Connection, use.Group.Number));
    }

    private static PlannedPole GiveGrouped(WorkspaceWriter writer, PlannedPole pole, List<int> shared, DeliveryContent content, GroupUse use, Channel channel)
    {
        string devEui = pole.Comparison.Controller!.DevEui;
        int[] own = [.. pole.Plan!.Sections.Except(shared)];
        List<OrderPart> parts = [.. content.PartsOf(use.Members[devEui].McGroupId)];
        if (own.Length > 0)
        {
            SettingsPlan alone = SettingsParts.Make(pole.Comparison.Wanted!.Settings, own, channel, () => OrderTable.TakeSequence(writer.Connection, devEui));
            parts.AddRange(alone.Parts.Select(part => part with { Stage = part.Stage + content.StageCount }));
        }

        PlannedPole grouped = pole with { Plan = new SettingsPlan([.. shared, .. own], parts, content.IsBlock), IsGrouped = true };
        SettingsDesk.Give(writer, grouped, OrderTable.NextNumber(writer.Connection));
        return grouped;
    }

    private static PlannedPole OrderAlone(WorkspaceWriter writer, SettingsRequest request, PlannedPole pole)
    {
        if (pole.Plan is null)
        {
            return pole;
        }

        string devEui = pole.Comparison.Controller!.DevEui;
        Channel channel = new(pole.Comparison.Controller.Region, request.DataRate);
        SettingsPlan plan = SettingsParts.Make(pole.Comparison.Wanted!.Settings, pole.Plan.Sections, channel, () => OrderTable.TakeSequence(writer.Connection, devEui));
        PlannedPole alone = pole with { Plan = plan };
        SettingsDesk.Give(writer, alone, OrderTable.NextNumber(writer.Connection));
        return alone;
    }

    private static bool Wants(PlannedPole pole, ControllerSettings wanted, List<int> sections) => pole.Comparison.Wanted is { HasLocalTime: true } its
        && sections.All(section => Content(its.Settings, section).AsSpan().SequenceEqual(Content(wanted, section)));

    private static List<int> Shared(IReadOnlyList<int> sections) =>
        [.. sections.Where(section => !SettingsParts.IsOwn(section))];

    private static byte[] Content(ControllerSettings settings, int section) => SectionMapping.Content(settings, SettingsParts.PartOf(settings, section));
}
