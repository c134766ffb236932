// What becomes of orders that are not answered in time: their stage is sent again, a bounded number of times, and what was sent often enough or lost its sense is given up.
using PoleController.LoRaWan.Packages;
using Provisioning.Downlinks.Multicast;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>Renews orders.</summary>
/// <param name="settings">How downlinks are given.</param>
internal sealed class OrderRenewal(PumpSettings settings)
{
    /// <summary>Tries of a controller's set-up for a group: who does not answer these is served alone.</summary>
    public const int SetupTries = 4;

    private const int MaximumTries = 6;
    private const int SparePerRound = 2;

    // Answers to a set-up come within seconds of it (TS005); what takes the time is the server's queue.
    private const long SetupRetryMs = 120_000;

    /// <summary>Sends again and gives up what is due.</summary>
    /// <returns>How many orders were given up.</returns>
    public int Renew(WorkspaceWriter writer)
    {
        Dictionary<long, long> spreadMs = DeliveryTable.SpreadMs(writer.Connection);
        HashSet<(long, int)> busy = [.. DeliveryTable.Open(writer.Connection).Where(delivery => delivery.State == DeliveryState.Sending).Select(delivery => (delivery.Number, delivery.Stage))];
        int givenUp = 0;
        foreach (Order order in OrderTable.Open(writer.Connection))
        {
            OrderPart[] stage = [.. order.Parts.Where(part => part.Stage == order.PresentStage)];
            bool isBusy = stage.Any(part => part.State == PartState.Queued && busy.Contains((part.Delivery, part.Stage)));
            bool isLate = !isBusy && IsSent(stage) && writer.NowUtcMs - stage.Max(part => part.SentUtcMs) > WaitMs(order, stage, spreadMs);
            bool isOver = writer.NowUtcMs >= order.ExpiresUtcMs || (isLate && order.Tries + 1 >= MostTries(order));
            if (isOver)
            {
                OrderTable.Update(writer.Connection, order with { State = OrderState.Unanswered, ChangedUtcMs = writer.NowUtcMs });
                givenUp++;
            }
            else if (isLate)
            {
                SendAgain(writer, order, stage);
                OrderTable.Update(writer.Connection, order with { Tries = order.Tries + 1, ChangedUtcMs = writer.NowUtcMs });
            }
        }

        return givenUp;
    }

    /// <summary>Whether fragments wait for the controller to say that it has a session.</summary>
    internal static bool IsHeldBack(OrderPart[] stage, OrderPart part) =>
        part.Part > 0 && part.FPort == PackageId.FragmentationPort && stage[0].State != PartState.Answered;

    private static int MostTries(Order order) => order.Kind == OrderKind.Multicast ? SetupTries : MaximumTries;

    // Sent, as far as it can be: fragments that wait for a group's frames are not, once their set-up is answered.
    private static bool IsSent(OrderPart[] stage) => stage.Length > 0
        && stage.All(part => part.State != PartState.Waiting || IsHeldBack(stage, part))
        && (stage[0].State != PartState.Answered || stage.All(part => part.State != PartState.Grouped))
        && stage.Any(part => part.State is PartState.Queued or PartState.Answered);

    private long WaitMs(Order order, OrderPart[] stage, Dictionary<long, long> spreadMs)
    {
        long firstMs = order.Kind == OrderKind.Multicast ? Math.Min(settings.RetryAfterMs, SetupRetryMs) : settings.RetryAfterMs;
        long spread = stage.Where(part => part.State == PartState.Queued).Select(part => spreadMs.GetValueOrDefault(part.Delivery)).DefaultIfEmpty(0).Max();
        return (firstMs << Math.Min(order.Tries, 4)) + spread;
    }

    private static void SendAgain(WorkspaceWriter writer, Order order, OrderPart[] stage)
    {
        NoteUnheard(writer, order, stage);
        bool isBlock = stage[0].FPort == PackageId.FragmentationPort;
        bool isSetUp = stage[0].State == PartState.Answered;
        if (!isBlock || !isSetUp)
        {
            OrderTable.Update(writer.Connection, order.Number, stage[0] with { State = PartState.Waiting, Delivery = 0 });
            return;
        }

        // The pole has a session and lacks some fragments, or its answer was lost. Each odd try sends as many coded fragments again as were sent behind the block;
        // each even one begins anew, as a restart ends a session.
        if (order.Tries % 2 == 0)
        {
            OrderTable.InsertParts(writer.Connection, order.Number, [.. SettingsParts.MoreFragments(stage, Math.Max(SparePerRound, stage.Length / 4))]);
            return;
        }

        foreach (OrderPart part in stage)
        {
            OrderTable.Update(writer.Connection, order.Number, part with { State = PartState.Waiting, Delivery = 0 });
        }
    }

    // Who did not answer what went to its group may have lost the group: it is told again before the next delivery.
    private static void NoteUnheard(WorkspaceWriter writer, Order order, OrderPart[] stage)
    {
        long delivery = stage.Where(part => part.State == PartState.Queued).Select(part => part.Delivery).DefaultIfEmpty(0).Max();
        if (delivery > 0 && DeliveryTable.GroupOf(writer.Connection, delivery) is { } group
            && GroupTable.Members(writer.Connection, group).FirstOrDefault(member => member.DevEui == order.DevEui) is { } member)
        {
            GroupTable.Update(writer.Connection, member with { HasGroup = false, StartsUtcMs = 0, EndsUtcMs = 0 });
        }
    }
}
