// Gives orders: settings for poles that are behind. What is on its way already is left alone, what is out of date is superseded; asked twice it gives one order.
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using PoleController.Settings;
using Provisioning.Audit;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>What would be sent to a pole, or was ordered.</summary>
/// <param name="Comparison">How the pole stands.</param>
/// <param name="Plan">The downlinks; null when nothing is to be sent.</param>
/// <param name="IsOnItsWay">Whether an order for just these settings is open.</param>
public sealed record PlannedPole(PoleComparison Comparison, SettingsPlan? Plan, bool IsOnItsWay)
{
    /// <summary>Whether what is the same for many poles goes to it by a multicast group.</summary>
    public bool IsGrouped { get; init; }
}

/// <summary>Whom settings are sent to, and how.</summary>
public sealed record SettingsRequest
{
    /// <summary>The poles.</summary>
    public PoleFilter Filter { get; init; } = new();

    /// <summary>Numbers of single poles; empty for all of the filter.</summary>
    public IReadOnlySet<string> Poles { get; init; } = new HashSet<string>();

    /// <summary>Data rate of RX2 where the network has set another than the region's; null for that.</summary>
    public int? DataRate { get; init; }

    /// <summary>Whether poles are sent to again that refused, did not answer, or have something else although they carried everything out.</summary>
    public bool Again { get; init; }

    internal bool Means(Pole pole) => Poles.Count == 0 || Poles.Contains(pole.Id);
}

/// <summary>Orders settings.</summary>
public static class SettingsDesk
{
    private const long LifetimeMs = 30L * 24 * 3_600_000;

    /// <summary>Compares poles.</summary>
    public static IReadOnlyList<PoleComparison> Compare(Workspace workspace, SettingsRequest request)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(request);
        return workspace.Read(connection => PoleComparison.All(connection, request.Filter, request.Means));
    }

    /// <summary>What would be sent to whom.</summary>
    public static IReadOnlyList<PlannedPole> Plan(Workspace workspace, SettingsRequest request)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(request);
        return workspace.Read(connection => PlanAll(connection, request, _ => 0));
    }

    /// <summary>Gives orders to poles that are behind and have none for what they should have.</summary>
    public static IReadOnlyList<PlannedPole> Order(WorkspaceWriter writer, SettingsRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        NoteWhoIsInStep(writer, request);
        List<PlannedPole> planned = PlanAll(writer.Connection, request, devEui => OrderTable.TakeSequence(writer.Connection, devEui));
        long number = OrderTable.NextNumber(writer.Connection);
        foreach (PlannedPole pole in planned.Where(pole => pole.Plan is not null))
        {
            Give(writer, pole, number++);
        }

        return planned;
    }

    internal static List<PlannedPole> PlanAll(DbConnection connection, SettingsRequest request, Func<string, int> takeSequence)
    {
        Dictionary<string, Channel> channels = new(StringComparer.Ordinal);
        ILookup<string, Order> open = OrderTable.Open(connection).Where(order => order.Kind == OrderKind.Settings).ToLookup(order => order.DevEui, StringComparer.Ordinal);
        List<PlannedPole> planned = [];
        foreach (PoleComparison comparison in PoleComparison.All(connection, request.Filter, request.Means))
        {
            bool isGivenUp = comparison.State is StepState.Refused or StepState.Unanswered or StepState.Differs;
            bool isDue = comparison.State == StepState.Behind || (isGivenUp && request.Again);
            bool isOnItsWay = comparison.Controller is { } there && open[there.DevEui].Any(order => order.WantedHash == comparison.Wanted?.Hash);
            if (!isDue || isOnItsWay)
            {
                planned.Add(new PlannedPole(comparison, null, isOnItsWay));
                continue;
            }

            string region = comparison.Controller!.Region;
            if (!channels.TryGetValue(region, out Channel? channel))
            {
                channels.Add(region, channel = new Channel(region, request.DataRate));
            }

            string devEui = comparison.Controller.DevEui;
            planned.Add(new PlannedPole(comparison, SettingsParts.Make(comparison.Wanted!.Settings, Sections(connection, comparison), channel, () => takeSequence(devEui)), false));
        }

        return planned;
    }

    // What differs from what the pole is known to have; everything when it reports something else than that. What earlier orders may have left half done is sent too.
    private static IReadOnlyList<int> Sections(DbConnection connection, PoleComparison comparison)
    {
        string devEui = comparison.Controller!.DevEui;
        KnownSettings? known = OrderTable.Known(connection, devEui);
        ControllerSettings? has = null;
        if (known is not null && known.Hash == comparison.Reported!.Hash)
        {
            ControllerSettings read = new();
            has = SettingsCodec.TryDecode(known.Record, known.Record.Length, read) ? read : null;
        }

        HashSet<int> also = [];
        foreach (Order order in OrderTable.Unsettled(connection, devEui))
        {
            also.UnionWith(order.Sections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)));
        }

        return SettingsParts.Differing(comparison.Wanted!.Settings, has, also);
    }

    internal static void Give(WorkspaceWriter writer, PlannedPole pole, long number)
    {
        PoleComparison comparison = pole.Comparison;
        string devEui = comparison.Controller!.DevEui;
        foreach (Order old in OrderTable.OpenOf(writer.Connection, devEui).Where(order => order.Kind == OrderKind.Settings))
        {
            OrderTable.Update(writer.Connection, old with { State = OrderState.Superseded, ChangedUtcMs = writer.NowUtcMs });
        }

        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        OrderTable.Insert(writer.Connection, new Order
        {
            Number = number,
            DevEui = devEui,
            PoleId = comparison.Pole.Id,
            Kind = OrderKind.Settings,
            Title = pole.Plan!.Title,
            WantedHash = comparison.Wanted!.Hash,
            Sections = string.Join(' ', pole.Plan.Sections.Select(section => section.ToString(CultureInfo.InvariantCulture))),
            Record = buffer[..SettingsCodec.Encode(comparison.Wanted.Settings, 0, buffer)],
            CreatedUtcMs = writer.NowUtcMs,
            ExpiresUtcMs = writer.NowUtcMs + LifetimeMs,
            ChangedUtcMs = writer.NowUtcMs,
            Parts = pole.Plan.Parts,
        });
        writer.Record(JournalAction.SettingsOrdered, SubjectKind.Pole, comparison.Pole.Id, null, new JsonObject
        {
            ["controller"] = devEui,
            ["hash"] = comparison.Wanted.Hash.ToString("x4", CultureInfo.InvariantCulture),
            ["programs"] = new JsonArray([.. comparison.Wanted.Files.Select(file => (JsonNode)file.Program)]),
        });
    }

    // Who says the hash of what it should have, has it: from then on only differences are sent.
    internal static void NoteWhoIsInStep(WorkspaceWriter writer, SettingsRequest request)
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        foreach (PoleComparison comparison in PoleComparison.All(writer.Connection, request.Filter, request.Means).Where(comparison => comparison.State == StepState.InStep))
        {
            string devEui = comparison.Controller!.DevEui;
            int hash = comparison.Wanted!.Hash;
            if (OrderTable.Known(writer.Connection, devEui)?.Hash != hash)
            {
                OrderTable.SetKnown(writer.Connection, devEui, new KnownSettings(hash, buffer[..SettingsCodec.Encode(comparison.Wanted.Settings, 0, buffer)]), writer.NowUtcMs);
            }

            foreach (Order order in OrderTable.OpenOf(writer.Connection, devEui).Where(order => order.Kind == OrderKind.Settings))
            {
                OrderTable.Update(writer.Connection, order with { State = order.WantedHash == hash ? OrderState.Done : OrderState.Superseded, ChangedUtcMs = writer.NowUtcMs });
            }
        }
    }
}
