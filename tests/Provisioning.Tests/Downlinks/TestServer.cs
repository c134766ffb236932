// A network server in memory that can fail in every way, with poles behind it.
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.Problems;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Provisioning.Tests.Downlinks;

/// <summary>How a call ends.</summary>
internal enum CallEnd
{
    Well,
    Refused,
    Unreachable,
    TakenAndCut,
    CutAndNotTaken,
    KilledBefore,
    KilledAfter,
}

/// <summary>The process was killed.</summary>
internal sealed class KilledException : Exception;

/// <summary>A network server.</summary>
internal sealed class TestServer : INetworkServer
{
    private long _counter;

    public Dictionary<string, TestPole> Poles { get; } = new(StringComparer.Ordinal);

    public List<(string DevEui, QueuedDownlink Downlink)> Queue { get; } = [];

    /// <summary>How the next calls end; well after that.</summary>
    public Queue<CallEnd> Ends { get; } = new();

    public int EnqueueCount { get; private set; }

    /// <summary>Whether a downlink is lost on air.</summary>
    public Func<string, QueuedDownlink, bool> IsLost { get; set; } = (_, _) => false;

    public long RequestCount => EnqueueCount;

    public ServerTraits Traits { get; } = new("test", true, true, false, false, true, 100);

    public Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation)
    {
        EnqueueCount++;
        CallEnd end = Ends.Count > 0 ? Ends.Dequeue() : CallEnd.Well;
        if (end == CallEnd.KilledBefore)
        {
            throw new KilledException();
        }

        string id = $"d{EnqueueCount}";
        if (end is CallEnd.Well or CallEnd.TakenAndCut or CallEnd.KilledAfter)
        {
            Queue.Add((downlink.DevEui, new QueuedDownlink(id, downlink.FPort, downlink.Payload, false, false)));
        }

        ServerAnswer<string> answer = end switch
        {
            CallEnd.KilledAfter => throw new KilledException(),
            CallEnd.Refused => new ServerFailure(FailureKind.Refused, new Problem("problem.file.absent")),
            CallEnd.Unreachable => new ServerFailure(FailureKind.Unreachable, new Problem("problem.server.unreachable", "down")),
            CallEnd.TakenAndCut or CallEnd.CutAndNotTaken => new ServerFailure(FailureKind.NoAnswer, new Problem("problem.server.unreachable", "cut")) { IsOutcomeUnknown = true },
            _ => id,
        };
        return Task.FromResult(answer);
    }

    public Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListQueueAsync(string devEui, CancellationToken cancellation) =>
        Task.FromResult(Answer<IReadOnlyList<QueuedDownlink>>([.. Queue.Where(queued => queued.DevEui == devEui).Select(queued => queued.Downlink)]));

    /// <summary>Sends what is in the queue, and takes what the poles answer into the workspace.</summary>
    public void Deliver(Workspace workspace, long nowUtcMs)
    {
        (string DevEui, QueuedDownlink Downlink)[] sent = [.. Queue];
        Queue.Clear();
        foreach ((string devEui, QueuedDownlink downlink) in sent.Where(one => !IsLost(one.DevEui, one.Downlink)))
        {
            foreach ((int port, byte[] payload) in Poles[devEui].Take(downlink.FPort, downlink.Payload.ToArray()))
            {
                Hear(workspace, devEui, port, payload, nowUtcMs);
            }
        }
    }

    public void Hear(Workspace workspace, string devEui, int port, byte[] payload, long nowUtcMs) => workspace.Write(Permission.Intake, false, writer => UplinkStore.Take(
        writer, [new NetworkEvent(new Uplink { DevEui = devEui, ReceivedAtUtcMs = nowUtcMs, Session = "s", FrameCounter = _counter++, FPort = port, Payload = payload, Source = "chirpstack" }, null)]));

    public Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListDevicesAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<ServerDevice?>> FindDeviceAsync(string devEui, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> CreateDeviceAsync(ServerDevice device, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> UpdateDeviceAsync(ServerDevice device, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> DeleteDeviceAsync(string devEui, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListProfilesAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<string>> CreateProfileAsync(ServerProfile profile, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> UpdateProfileAsync(ServerProfile profile, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> FlushQueueAsync(string devEui, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListMulticastGroupsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<string>> CreateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> UpdateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> DeleteMulticastGroupAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ServerAnswer<Done>> EnqueueMulticastAsync(MulticastDownlink downlink, CancellationToken cancellation) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static ServerAnswer<T> Answer<T>(T value) => value;
}
