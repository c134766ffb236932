// Decides how deliveries go on: who is ready, for whom it is waited, who is served alone; when a stage begins and when it is over. It sends nothing. Asked again in the
// same state it changes nothing.
using PoleController.Messages;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Judges deliveries.</summary>
internal static class DeliveryJudge
{
    // Sessions must go on for a while when a stage begins.
    private const long SessionRestMs = 60_000;

    // Tries of a block's set-up after which a delivery goes on without the controller.
    private const int EnoughTries = 2;
    private const int FewestMembers = 2;

    private enum Standing
    {
        Ready,
        Expected,
        Lost,
    }

    /// <summary>Moves deliveries on.</summary>
    /// <returns>Numbers of the poles that are served alone from now on.</returns>
    public static IReadOnlyList<string> Judge(WorkspaceWriter writer)
    {
        DeliveryTable.SettleInterrupted(writer.Connection);
        List<string> alone = [];
        foreach (Delivery delivery in DeliveryTable.Open(writer.Connection))
        {
            MulticastGroupRow? group = GroupTable.Find(writer.Connection, delivery.GroupNumber);
            if (group is not { State: GroupState.Open })
            {
                alone.AddRange(GiveUp(writer, delivery));
            }
            else if (GroupDesk.HasLeaver(writer, group))
            {
                alone.AddRange(OrderTable.OpenOfDelivery(writer.Connection, delivery.Number).Select(order => order.PoleId));
                GroupDesk.Close(writer, group, GroupDesk.MemberLeft);
            }
            else
            {
                alone.AddRange(delivery.State == DeliveryState.Preparing ? Prepare(writer, delivery) : Finish(writer, delivery));
            }
        }

        return alone;
    }

    /// <summary>Ends a delivery: whatever of it is not answered goes to each controller alone.</summary>
    /// <returns>Numbers of the poles.</returns>
    internal static List<string> GiveUp(WorkspaceWriter writer, Delivery delivery)
    {
        List<Order> orders = OrderTable.OpenOfDelivery(writer.Connection, delivery.Number);
        foreach (Order order in orders)
        {
            Renew(writer, order);
        }

        OrderTable.UngroupAll(writer.Connection, delivery.Number);
        DeliveryTable.Update(writer.Connection, delivery with { State = DeliveryState.Over, ChangedUtcMs = writer.NowUtcMs });
        return [.. orders.Select(order => order.PoleId)];
    }

    private static List<string> Prepare(WorkspaceWriter writer, Delivery delivery)
    {
        Dictionary<string, MulticastMemberRow> members = GroupTable.Members(writer.Connection, delivery.GroupNumber).ToDictionary(member => member.DevEui, StringComparer.Ordinal);
        ILookup<Standing, Order> orders = OrderTable.OpenOfDelivery(writer.Connection, delivery.Number)
            .Where(order => order.Parts.Any(part => part.Delivery == delivery.Number && part.Stage == delivery.Stage && part.State == PartState.Grouped))
            .ToLookup(order => StandingOf(writer, delivery, order, members.GetValueOrDefault(order.DevEui)));
        Order[] ready = [.. orders[Standing.Ready]];
        bool isOverdue = writer.NowUtcMs >= delivery.DeadlineUtcMs;
        List<Order> lost = [.. orders[Standing.Lost], .. isOverdue ? orders[Standing.Expected] : []];
        bool isWaiting = !isOverdue && orders[Standing.Expected].Any();
        bool isWorthIt = isWaiting || ready.Length >= FewestMembers;
        foreach (Order order in lost)
        {
            OrderTable.Ungroup(writer.Connection, order.Number);
            Renew(writer, order);
        }

        List<string> alone = [.. lost.Select(order => order.PoleId)];
        if (!isWorthIt)
        {
            return [.. alone, .. GiveUp(writer, delivery)];
        }

        if (!isWaiting && ready.All(order => members[order.DevEui].StartsUtcMs <= writer.NowUtcMs))
        {
            Begin(writer, delivery, ready);
        }

        return alone;
    }

    private static Standing StandingOf(WorkspaceWriter writer, Delivery delivery, Order order, MulticastMemberRow? member)
    {
        if (member is null)
        {
            return Standing.Lost;
        }

        if (!member.HasSession(writer.NowUtcMs, SessionRestMs))
        {
            return OrderTable.Find(writer.Connection, member.SetupOrder) is { State: OrderState.Open } ? Standing.Expected : Standing.Lost;
        }

        if (order.PresentStage < delivery.Stage)
        {
            return Standing.Expected;
        }

        // A block has a set-up that goes to each controller alone; a command has nothing before it.
        OrderPart first = order.Parts.First(part => part.Stage == delivery.Stage);
        return first.State is PartState.Answered or PartState.Grouped ? Standing.Ready
            : order.Tries >= EnoughTries ? Standing.Lost
            : Standing.Expected;
    }

    private static void Begin(WorkspaceWriter writer, Delivery delivery, IReadOnlyList<Order> ready)
    {
        long after = OrderTable.LastUplink(writer.Connection);
        foreach (Order order in ready)
        {
            OrderTable.SendGrouped(writer.Connection, order.Number, delivery.Stage, writer.NowUtcMs, after);
            Renew(writer, order);
        }

        DeliveryTable.Update(writer.Connection, delivery with { State = DeliveryState.Sending, DeadlineUtcMs = writer.NowUtcMs + delivery.PatienceMs, ChangedUtcMs = writer.NowUtcMs });
    }

    private static List<string> Finish(WorkspaceWriter writer, Delivery delivery)
    {
        List<DeliveryFrame> frames = DeliveryTable.Frames(writer.Connection, delivery.Number);
        if (frames.Exists(frame => frame.Stage == delivery.Stage && frame.State != PartState.Queued))
        {
            return writer.NowUtcMs >= delivery.DeadlineUtcMs ? GiveUp(writer, delivery) : [];
        }

        End(writer, delivery, frames);
        return [];
    }

    /// <summary>A stage's frames are all sent: from now on its answers are waited for, and the next stage is due.</summary>
    internal static void End(WorkspaceWriter writer, Delivery delivery, IReadOnlyList<DeliveryFrame> frames)
    {
        OrderTable.SetSent(writer.Connection, delivery.Number, delivery.Stage, writer.NowUtcMs);
        bool hasNext = frames.Any(frame => frame.Stage > delivery.Stage);
        DeliveryTable.Update(writer.Connection, delivery with
        {
            State = hasNext ? DeliveryState.Preparing : DeliveryState.Over,
            Stage = hasNext ? delivery.Stage + 1 : delivery.Stage,
            DeadlineUtcMs = writer.NowUtcMs + delivery.PatienceMs + delivery.SpreadMs,
            ChangedUtcMs = writer.NowUtcMs,
        });
    }

    // A command's time begins when it is sent: until then the controller cannot have carried it out.
    private static void Renew(WorkspaceWriter writer, Order order)
    {
        if (order.Kind == OrderKind.Command)
        {
            OrderTable.Update(writer.Connection, order with { ExpiresUtcMs = writer.NowUtcMs + CommandProcessor.RepetitionMs, ChangedUtcMs = writer.NowUtcMs });
        }
    }
}
