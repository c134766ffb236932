// A network server in memory that can fail in every way, with poles behind it.
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.Problems;
using Provisioning.Uplinks;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests.Downlinks;

/// <summary>How a call ends.</summary>
internal enum CallEnd
{
    Well,
    Refused,
    Overloaded,
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

    /// <summary>Multicast groups by identifier.</summary>
    public Dictionary<string, MulticastGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Frames that wait for a group.</summary>
    public List<(string GroupId, int FPort, byte[] Payload)> GroupQueue { get; } = [];

    /// <summary>Frames that were taken for groups.</summary>
    public int GroupFrameCount { get; private set; }

    /// <summary>Calls of every kind.</summary>
    public int CallCount { get; private set; }

    /// <summary>Whether a frame of a group does not reach a pole.</summary>
    public Func<string, byte[], bool> IsGroupFrameLost { get; set; } = (_, _) => false;

    /// <summary>Whether a downlink is lost on air.</summary>
    public Func<string, QueuedDownlink, bool> IsLost { get; set; } = (_, _) => false;

    public long RequestCount => EnqueueCount;

    public ServerTraits Traits { get; } = new("test", true, true, false, false, true, 100);

    public Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation)
    {
        EnqueueCount++;
        string id = $"d{EnqueueCount}";
        return CallAsync(() =>
        {
            Queue.Add((downlink.DevEui, new QueuedDownlink(id, downlink.FPort, downlink.Payload, false, false)));
            return id;
        });
    }

    public Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListQueueAsync(string devEui, CancellationToken cancellation) =>
        Task.FromResult(Answer<IReadOnlyList<QueuedDownlink>>([.. Queue.Where(queued => queued.DevEui == devEui).Select(queued => queued.Downlink)]));

    /// <summary>Sends what is in the queue, and takes what the poles answer into the workspace.</summary>
    public void Deliver(Workspace workspace, long nowUtcMs)
    {
        (string DevEui, QueuedDownlink Downlink)[] sent = [.. Queue];
        Queue.Clear();
        foreach ((string devEui, QueuedDownlink downlink) in sent.Where(one => Poles.ContainsKey(one.DevEui) && !IsLost(one.DevEui, one.Downlink)))
        {
            foreach ((int port, byte[] payload) in Poles[devEui].Take(downlink.FPort, downlink.Payload.ToArray()))
            {
                Hear(workspace, devEui, port, payload, nowUtcMs);
            }
        }

        DeliverToGroups(workspace, nowUtcMs);
    }

    // Who has the group's keys hears a frame, whoever is a member at the server.
    private void DeliverToGroups(Workspace workspace, long nowUtcMs)
    {
        (string GroupId, int FPort, byte[] Payload)[] frames = [.. GroupQueue];
        GroupQueue.Clear();
        foreach ((string groupId, int port, byte[] payload) in frames)
        {
            MulticastGroup group = Groups[groupId];
            Groups[groupId] = group with { FrameCounter = group.FrameCounter + 1 };
            foreach ((string devEui, TestPole pole) in Poles.Where(one => !IsGroupFrameLost(one.Key, payload)))
            {
                foreach ((int answerPort, byte[] answer) in pole.TakeFromGroup(group, port, payload))
                {
                    Hear(workspace, devEui, answerPort, answer, nowUtcMs);
                }
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

    public Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListMulticastGroupsAsync(CancellationToken cancellation) => CallAsync<IReadOnlyList<MulticastGroup>>(() => [.. Groups.Values]);

    public Task<ServerAnswer<string>> CreateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => CallAsync(() =>
    {
        Assert.DoesNotContain(Groups.Values, other => other.McAddr == group.McAddr || other.Name == group.Name);
        string id = $"g{Groups.Count + DeletedGroups.Count + 1}";
        Groups.Add(id, group with { Id = id });
        return id;
    });

    public Task<ServerAnswer<Done>> UpdateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => CallAsync(() =>
    {
        Groups[group.Id] = group with { FrameCounter = Groups[group.Id].FrameCounter };
        return Done.Yes;
    });

    public Task<ServerAnswer<Done>> DeleteMulticastGroupAsync(string id, CancellationToken cancellation) => CallAsync(() =>
    {
        DeletedGroups.Add(id);
        Groups.Remove(id);
        return Done.Yes;
    });

    public Task<ServerAnswer<Done>> EnqueueMulticastAsync(MulticastDownlink downlink, CancellationToken cancellation) => Groups.ContainsKey(downlink.GroupId)
        ? CallAsync(() =>
        {
            GroupFrameCount++;
            GroupQueue.Add((downlink.GroupId, downlink.FPort, downlink.Payload.ToArray()));
            return Done.Yes;
        })
        : Task.FromResult<ServerAnswer<Done>>(new ServerFailure(FailureKind.NotFound, new Problem("problem.server.unreachable", "gone")));

    /// <summary>Identifiers of groups that were deleted.</summary>
    public List<string> DeletedGroups { get; } = [];

    public void Dispose()
    {
    }

    private Task<ServerAnswer<T>> CallAsync<T>(Func<T> take)
    {
        CallCount++;
        CallEnd end = Ends.Count > 0 ? Ends.Dequeue() : CallEnd.Well;
        if (end == CallEnd.KilledBefore)
        {
            throw new KilledException();
        }

        T? value = end is CallEnd.Well or CallEnd.TakenAndCut or CallEnd.KilledAfter ? take() : default;
        ServerAnswer<T> answer = end switch
        {
            CallEnd.KilledAfter => throw new KilledException(),
            CallEnd.Refused => new ServerFailure(FailureKind.Refused, new Problem("problem.file.absent")),
            CallEnd.Overloaded => new ServerFailure(FailureKind.Overloaded, new Problem("problem.server.unreachable", "429")),
            CallEnd.Unreachable => new ServerFailure(FailureKind.Unreachable, new Problem("problem.server.unreachable", "down")),
            CallEnd.TakenAndCut or CallEnd.CutAndNotTaken => new ServerFailure(FailureKind.NoAnswer, new Problem("problem.server.unreachable", "cut")) { IsOutcomeUnknown = true },
            _ => value!,
        };
        return Task.FromResult(answer);
    }

    private static ServerAnswer<T> Answer<T>(T value) => value;
}
