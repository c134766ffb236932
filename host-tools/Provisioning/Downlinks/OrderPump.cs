// Gives the downlinks of open orders to the network server: in their order, as long as there is air, each noted before and after, so that an interruption at any
// moment loses nothing and repeats nothing that the pole has answered. What is not answered in time is sent again, a bounded number of times.
using System.Data.Common;
using PoleController.LoRaWan.Packages;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>How downlinks are given to the server.</summary>
public sealed record PumpSettings
{
    /// <summary>Data rate of RX2 where the network has set another than the region's; null for that.</summary>
    public int? DataRate { get; init; }

    /// <summary>Gateways that send: the air that there is goes by their number, 1 or more.</summary>
    public int GatewayCount { get; init; } = 1;

    /// <summary>How long an answer is waited for before a stage is sent again, in milliseconds; doubled with every try.</summary>
    public long RetryAfterMs { get; init; } = 30 * 60_000;
}

/// <summary>What the pump did.</summary>
/// <param name="SentCount">Downlinks that the server took.</param>
/// <param name="WaitingCount">Downlinks that wait for air.</param>
/// <param name="AnsweredCount">Orders that answers closed.</param>
/// <param name="UnansweredCount">Orders that were given up.</param>
/// <param name="Problems">What the server refused, or why it could not be reached.</param>
public sealed record PumpResult(int SentCount, int WaitingCount, int AnsweredCount, int UnansweredCount, IReadOnlyList<Problem> Problems);

/// <summary>Gives downlinks to a server.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="server">The server.</param>
/// <param name="settings">How.</param>
public sealed class OrderPump(Workspace workspace, INetworkServer server, PumpSettings settings)
{
    /// <summary>Part of a gateway's time on air that polectl takes: the other half is the network's own and everybody else's.</summary>
    public const int SharePercent = 50;

    private const int MaximumTries = 6;
    private const int PortionSize = 64;
    private const int SparePerRound = 2;
    private const long HourMs = 3_600_000;

    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _regions = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    /// <summary>Takes what was answered and gives what is due.</summary>
    /// <param name="cancellation">Ends it between two downlinks.</param>
    public async Task<PumpResult> RunAsync(CancellationToken cancellation)
    {
        _problems.Clear();
        int answered = workspace.Write(Permission.Service, false, OrderAnswers.Take);
        await FindOutAsync(cancellation).ConfigureAwait(false);
        int unanswered = workspace.Write(Permission.Service, false, Renew);
        int sent = 0;
        int waiting = 0;
        bool isOver = false;
        HashSet<(long Order, int Part)> refused = [];
        while (!isOver && !cancellation.IsCancellationRequested)
        {
            (List<(Order Order, OrderPart Part)> portion, waiting) = workspace.Read(connection => TakePortion(connection, refused));
            isOver = portion.Count == 0;
            foreach ((Order order, OrderPart part) in portion)
            {
                if (isOver || cancellation.IsCancellationRequested || TryBegin(order, part) is not { } sending)
                {
                    break;
                }

                ServerAnswer<string> answer = await server.EnqueueAsync(new Downlink(order.DevEui, part.FPort, part.Payload), cancellation).ConfigureAwait(false);
                sent += answer.IsOk ? 1 : 0;
                isOver |= answer.Failure is { EndsEverything: true };
                Note(order, sending, answer, refused);
            }
        }

        return new PumpResult(sent, waiting, answered, unanswered, [.. _problems.DistinctBy(problem => problem.ToString())]);
    }

    // A downlink of which an earlier run did not hear: if it is in the server's queue it was taken; if not, it was sent or lost, and the pole's answer or its lack tells.
    private async Task FindOutAsync(CancellationToken cancellation)
    {
        List<Order> orders = workspace.Read(OrderTable.Open);
        foreach (Order order in orders.Where(order => order.Parts.Any(part => part.State == PartState.Sending)))
        {
            ServerAnswer<IReadOnlyList<QueuedDownlink>> queue = await server.ListQueueAsync(order.DevEui, cancellation).ConfigureAwait(false);
            if (!queue.IsOk)
            {
                _problems.Add(queue.Failure.Problem);
                return;
            }

            workspace.Write(Permission.Service, false, writer =>
            {
                foreach (OrderPart part in order.Parts.Where(part => part.State == PartState.Sending))
                {
                    QueuedDownlink? there = queue.Value.FirstOrDefault(queued => queued.FPort == part.FPort && queued.Payload.Span.SequenceEqual(part.Payload));
                    OrderTable.Update(writer.Connection, order.Number, part with { State = PartState.Queued, ServerName = there?.Id ?? "" });
                }

                return 0;
            });
        }
    }

    // Stages that were not answered in time are sent again; what lost its sense, or was sent often enough, is given up.
    private int Renew(WorkspaceWriter writer)
    {
        int givenUp = 0;
        foreach (Order order in OrderTable.Open(writer.Connection))
        {
            OrderPart[] stage = [.. order.Parts.Where(part => part.Stage == order.PresentStage)];
            bool isLate = stage.Length > 0 && stage.All(part => part.State != PartState.Waiting || IsHeldBack(stage, part))
                && stage.Any(part => part.State is PartState.Queued or PartState.Answered)
                && writer.NowUtcMs - stage.Max(part => part.SentUtcMs) > settings.RetryAfterMs << Math.Min(order.Tries, 4);
            bool isOver = writer.NowUtcMs >= order.ExpiresUtcMs || (isLate && order.Tries + 1 >= MaximumTries);
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

    private void SendAgain(WorkspaceWriter writer, Order order, OrderPart[] stage)
    {
        bool isBlock = stage[0].FPort == PackageId.FragmentationPort;
        bool isSetUp = stage[0].State == PartState.Answered;
        if (!isBlock || !isSetUp)
        {
            OrderTable.Update(writer.Connection, order.Number, stage[0] with { State = PartState.Waiting });
            return;
        }

        // The pole has a session and lacks some fragments, or its answer was lost. Each odd try sends as many coded fragments again as were sent behind the block;
        // each even one begins anew, as a restart ends a session.
        if (order.Tries % 2 == 0)
        {
            byte[] block = SettingsParts.BlockOf(stage);
            int more = Math.Max(SparePerRound, stage.Length / 4);
            Channel channel = ChannelOf(writer.Connection, order);
            OrderTable.InsertParts(writer.Connection, order.Number, [.. SettingsParts.MoreFragments(block, stage[0], stage.Max(part => part.Part) + 1, more, channel)]);
            return;
        }

        foreach (OrderPart part in stage)
        {
            OrderTable.Update(writer.Connection, order.Number, part with { State = PartState.Waiting });
        }
    }

    // Fragments wait for the pole to say that it has a session.
    private static bool IsHeldBack(OrderPart[] stage, OrderPart part) =>
        part.Part > 0 && part.FPort == PackageId.FragmentationPort && stage[0].State != PartState.Answered;

    private (List<(Order Order, OrderPart Part)> Portion, int Waiting) TakePortion(DbConnection connection, HashSet<(long Order, int Part)> refused)
    {
        List<(Order, OrderPart)> portion = [];
        int waiting = 0;
        long spentUs = OrderTable.AirtimeUsSince(connection, workspace.NowUtcMs - HourMs);
        foreach (Order order in OrderTable.Open(connection))
        {
            OrderPart[] stage = [.. order.Parts.Where(part => part.Stage == order.PresentStage)];
            foreach (OrderPart part in stage.Where(part => part.State == PartState.Waiting && !IsHeldBack(stage, part)))
            {
                if (refused.Contains((order.Number, part.Part)))
                {
                    break;
                }

                if (portion.Count == PortionSize || spentUs + part.AirtimeUs > BudgetUs(ChannelOf(connection, order)))
                {
                    waiting++;
                    continue;
                }

                spentUs += part.AirtimeUs;
                portion.Add((order, part));
            }
        }

        return (portion, waiting);
    }

    // Noted before the call; null when another polectl has taken the downlink, or closed the order, meanwhile.
    private OrderPart? TryBegin(Order order, OrderPart part) => workspace.Write(Permission.Service, false, writer =>
    {
        OrderPart sending = part with { State = PartState.Sending, SentUtcMs = writer.NowUtcMs, AfterUplink = OrderTable.LastUplink(writer.Connection) };
        return OrderTable.TryTake(writer.Connection, order.Number, sending) ? sending : null;
    });

    private long BudgetUs(Channel channel) => HourMs * channel.DutyPermille * settings.GatewayCount * SharePercent / 100;

    private void Note(Order order, OrderPart part, ServerAnswer<string> answer, HashSet<(long Order, int Part)> refused)
    {
        if (answer.Failure is { } failure)
        {
            _problems.Add(failure.Problem);
            refused.Add((order.Number, part.Part));
            if (failure.IsOutcomeUnknown)
            {
                return;
            }
        }

        OrderPart noted = answer.IsOk
            ? part with { State = PartState.Queued, ServerName = answer.Value }
            : part with { State = PartState.Waiting, SentUtcMs = 0, AfterUplink = 0 };
        workspace.Write(Permission.Service, false, writer =>
        {
            OrderTable.Update(writer.Connection, order.Number, noted);
            return 0;
        });
    }

    private Channel ChannelOf(DbConnection connection, Order order)
    {
        string region = RegionOf(connection, order.DevEui);
        if (!_channels.TryGetValue(region, out Channel? channel))
        {
            _channels.Add(region, channel = new Channel(region, settings.DataRate));
        }

        return channel;
    }

    private string RegionOf(DbConnection connection, string devEui)
    {
        if (!_regions.TryGetValue(devEui, out string? region))
        {
            _regions.Add(devEui, region = ControllerTable.Find(connection, devEui)?.Region ?? RegionNames.All[0]);
        }

        return region;
    }
}
