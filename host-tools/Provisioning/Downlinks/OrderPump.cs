// Gives the downlinks of open orders to the network server: in their order, as long as there is air, each noted before and after, so that an interruption at any
// moment loses nothing and repeats nothing that the pole has answered. What is not answered in time is sent again, a bounded number of times.
using System.Data.Common;
using PoleController.LoRaWan.Packages;
using Provisioning.Downlinks.Multicast;
using Provisioning.Keys;
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

    /// <summary>
    /// Gives the open vault when the keys of a multicast group have to be given to the server; it stays the caller's. Null when nothing unlocks it: such a group then
    /// waits for a run that can.
    /// </summary>
    public Func<KeyVault?> Unlock { get; init; } = () => null;
}

/// <summary>What the pump did.</summary>
/// <param name="SentCount">Downlinks that the server took.</param>
/// <param name="WaitingCount">Downlinks that wait for air.</param>
/// <param name="AnsweredCount">Orders that answers closed.</param>
/// <param name="UnansweredCount">Orders that were given up.</param>
/// <param name="Problems">What the server refused, or why it could not be reached.</param>
public sealed record PumpResult(int SentCount, int WaitingCount, int AnsweredCount, int UnansweredCount, IReadOnlyList<Problem> Problems)
{
    /// <summary>Frames to multicast groups among the downlinks that the server took.</summary>
    public int GroupFrameCount { get; init; }

    /// <summary>Poles that a multicast group does not reach, by number: what was meant for the group goes to them alone.</summary>
    public IReadOnlyList<string> ServedAlone { get; init; } = [];
}

/// <summary>Gives downlinks to a server.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="server">The server.</param>
/// <param name="settings">How.</param>
public sealed class OrderPump(Workspace workspace, INetworkServer server, PumpSettings settings)
{
    /// <summary>Part of a gateway's time on air that polectl takes: the other half is the network's own and everybody else's.</summary>
    public const int SharePercent = 50;

    private const int PortionSize = 64;

    // From the session's request to its beginning, beside the time that all requests need on air: a minute for the server and the controller.
    private const long SessionDelayMs = 60_000;
    private const long LongestSessionDelayMs = 30 * 60_000;

    // A gateway hears nothing while it sends, and a controller answers a set-up one to three seconds after it: set-ups for a group go out a few at a time, so that the
    // answers to the first are not lost under the last.
    private const int MostSetupsAtOnce = 4;
    private const long SetupPauseMs = 4_000;

    private readonly AirBudget _air = new(settings);
    private readonly List<Problem> _problems = [];
    private long _sessionDelayMs = SessionDelayMs;
    private int _setupsLeft;

    /// <summary>Takes what was answered and gives what is due.</summary>
    /// <param name="cancellation">Ends it between two downlinks.</param>
    public async Task<PumpResult> RunAsync(CancellationToken cancellation)
    {
        _problems.Clear();
        int answered = workspace.Write(Permission.Service, false, OrderAnswers.Take);
        await FindOutAsync(cancellation).ConfigureAwait(false);
        OrderRenewal renewal = new(settings);
        int unanswered = workspace.Write(Permission.Service, false, renewal.Renew);
        IReadOnlyList<string> servedAlone = workspace.Write(Permission.Service, false, DeliveryJudge.Judge);
        _sessionDelayMs = workspace.Read(SessionDelay);
        _setupsLeft = workspace.Read(SetupsNow);
        int sent = 0;
        int waiting = 0;
        bool isOver = false;
        HashSet<(long Order, int Part)> refused = [];
        while (!isOver && !cancellation.IsCancellationRequested)
        {
            (List<(Order Order, OrderPart Part)> portion, waiting) = workspace.Read(connection => TakePortion(connection, refused));
            if (portion.Count == 0)
            {
                break;
            }

            foreach ((Order order, OrderPart part) in portion)
            {
                if (isOver || cancellation.IsCancellationRequested || TryBegin(order, part) is not { } sending)
                {
                    break;
                }

                ServerAnswer<string> answer = await server.EnqueueAsync(new Downlink(order.DevEui, part.FPort, sending.Payload), cancellation).ConfigureAwait(false);
                sent += answer.IsOk ? 1 : 0;
                isOver |= answer.Failure is { EndsEverything: true };
                Note(order, sending, answer, refused);
            }
        }

        int frames = 0;
        if (!isOver && !cancellation.IsCancellationRequested)
        {
            DeliveryPump groups = new(workspace, server, _air, settings.Unlock, _problems);
            (frames, int waitingFrames) = await groups.RunAsync(cancellation).ConfigureAwait(false);
            waiting += waitingFrames;
        }

        return new PumpResult(sent + frames, waiting, answered, unanswered, [.. _problems.DistinctBy(problem => problem.ToString())]) { GroupFrameCount = frames, ServedAlone = servedAlone };
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

    private (List<(Order Order, OrderPart Part)> Portion, int Waiting) TakePortion(DbConnection connection, HashSet<(long Order, int Part)> refused)
    {
        List<(Order, OrderPart)> portion = [];
        int waiting = 0;
        long spentUs = _air.SpentUs(connection, workspace.NowUtcMs);
        foreach (Order order in OrderTable.Open(connection))
        {
            OrderPart[] stage = [.. order.Parts.Where(part => part.Stage == order.PresentStage)];
            foreach (OrderPart part in stage.Where(part => part.State == PartState.Waiting && !OrderRenewal.IsHeldBack(stage, part)))
            {
                if (refused.Contains((order.Number, part.Part)))
                {
                    break;
                }

                bool isSetup = IsGroupSetup(order, part);
                bool hasRoom = portion.Count < PortionSize && spentUs + part.AirtimeUs <= _air.HourlyUs(_air.ChannelOf(connection, order));
                if (!hasRoom || (isSetup && _setupsLeft == 0))
                {
                    waiting++;
                    continue;
                }

                _setupsLeft -= isSetup ? 1 : 0;
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
        if (part.FPort == PackageId.MulticastSetupPort)
        {
            long delayMs = Math.Min(_sessionDelayMs << order.Tries, LongestSessionDelayMs);
            sending = sending with { Payload = SetupRequest.BeginAt(part.Payload, writer.NowUtcMs + delayMs) };
        }

        return OrderTable.TryTake(writer.Connection, order.Number, sending) ? sending : null;
    });

    // What prepares a controller for frames of its group: the group's set-up, and a block's whose fragments come by the group.
    private static bool IsGroupSetup(Order order, OrderPart part) => part.FPort == PackageId.MulticastSetupPort
        || (part.FPort == PackageId.FragmentationPort && part.Part == 0 && order.Parts.Any(other => other.Stage == part.Stage && other.State == PartState.Grouped));

    private int SetupsNow(DbConnection connection)
    {
        long sinceMs = workspace.NowUtcMs - OrderTable.LastSetupUtcMs(connection);
        return (int)Math.Clamp(sinceMs / SetupPauseMs, 0, MostSetupsAtOnce) * settings.GatewayCount;
    }

    // A session must not have begun when the last of its requests arrives.
    private long SessionDelay(DbConnection connection)
    {
        long airtimeUs = 0;
        long sendingMs = 0;
        foreach (Order order in OrderTable.Open(connection).Where(order => order.Kind == OrderKind.Multicast))
        {
            airtimeUs += order.Parts.Where(part => part.State == PartState.Waiting).Sum(part => part.AirtimeUs);
            sendingMs = _air.SendingMs(_air.ChannelOf(connection, order), airtimeUs);
        }

        return Math.Min(SessionDelayMs + sendingMs, LongestSessionDelayMs);
    }

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
}
