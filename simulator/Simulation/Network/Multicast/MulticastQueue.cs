// Multicast downlinks: from the application's hand to the gateways. Who is in a group and listens is known from MulticastMember; who is
// missing afterwards, and what is done about it, is the application's affair.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// The groups' queues. A group's frames go one after the other, each with the next counter; the next begins when all copies of the one
/// before have ended, so that counters cannot be out of order at any member. The copies of one frame go out one after the other where
/// gateways would disturb each other, else side by side.
/// </summary>
internal sealed class MulticastQueue
{
    private const long WindowUs = 1_000_000;

    private readonly ServerParts _parts;
    private readonly MulticastCover _cover;
    private readonly List<MulticastGroup> _groups = [];
    private readonly DataFrame _header = new();
    private readonly byte[] _frame = new byte[256];
    private readonly List<int> _others = [];
    private long _nextId = 1;

    /// <summary>Makes it without groups.</summary>
    public MulticastQueue(ServerParts parts, int gatewayCount)
    {
        _parts = parts;
        _cover = new MulticastCover(parts.Scheduler, parts.Devices, gatewayCount);
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<MulticastGroup> Groups => _groups;

    /// <summary>When there is something to do.</summary>
    public long NextEventUs
    {
        get
        {
            foreach (MulticastGroup group in _groups)
            {
                if (group.Waiting.Count > 0)
                {
                    return _parts.Scheduler.EarliestStartUs;
                }
            }

            return long.MaxValue;
        }
    }

    /// <summary>Adds a group.</summary>
    public void Add(MulticastGroup group) => _groups.Add(group);

    /// <summary>Adds a group whose session somebody else made; nobody is in it yet.</summary>
    /// <returns>Its index.</returns>
    public int AddSession(MulticastSession session)
    {
        MulticastGroup group = new(_groups.Count, new MulticastGroupPlan(session.Name, [], []) { IsSetUpRemotely = false }, session.McAddr);
        group.Session.Reset();
        session.NetworkSessionKey.CopyTo(group.Session.NetworkSessionKey, 0);
        session.ApplicationSessionKey.CopyTo(group.Session.ApplicationSessionKey, 0);
        group.Session.NextDownlinkCounter = session.FrameCounter;
        _groups.Add(group);
        return group.Index;
    }

    /// <summary>Takes a message for a group. False when it is longer than the data rate can carry or the queue is full.</summary>
    public bool TryEnqueue(MulticastGroup group, int fPort, ReadOnlySpan<byte> payload, long nowUs, long lifetimeUs, DownlinkTally? tally, out long id)
    {
        id = 0;
        if (group.Waiting.Count >= _parts.Settings.MulticastQueueLength || payload.Length > _parts.Scheduler.ClassCMaximumPayloadLength)
        {
            return false;
        }

        id = _nextId++;
        group.Waiting.Enqueue(new MulticastDownlink
        {
            Id = id,
            FPort = fPort,
            Payload = payload.ToArray(),
            ExpiresUs = nowUs + (lifetimeUs > 0 ? lifetimeUs : _parts.Settings.DownlinkLifetimeS * 1_000_000L),
            Tally = tally,
        });
        _parts.Statistics.MulticastEnqueuedCount++;
        return true;
    }

    /// <summary>Gives gateways what they can send until a window after now.</summary>
    public void Run(long nowUs)
    {
        foreach (MulticastGroup group in _groups)
        {
            while (group.Waiting.TryPeek(out MulticastDownlink? downlink) && group.BusyUntilUs < nowUs + WindowUs)
            {
                Serve(group, downlink, nowUs);
                if (downlink.Frame.Length > 0 && downlink.Copies.Count > 0)
                {
                    break; // a gateway is busy or has used its duty cycle up: the next window goes on
                }

                group.Waiting.Dequeue();
                End(group, downlink, nowUs);
            }
        }
    }

    private void Serve(MulticastGroup group, MulticastDownlink downlink, long nowUs)
    {
        if (downlink.Frame.Length == 0)
        {
            Begin(group, downlink, nowUs);
        }

        MoveAwayFromFailedGateways(downlink);
        long notBeforeUs = downlink.SentCount == 0 ? group.BusyUntilUs + DownlinkAir.GatewayGapUs : 0; // counters in order at every member
        for (int at = 0; at < downlink.Copies.Count;)
        {
            if (TrySend(group, downlink, downlink.Copies[at], notBeforeUs, nowUs) || nowUs >= downlink.ExpiresUs)
            {
                downlink.Copies.RemoveAt(at);
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>Builds the frame with the group's next counter, for those who listen now.</summary>
    private void Begin(MulticastGroup group, MulticastDownlink downlink, long nowUs)
    {
        List<int> listening = [.. group.Members.Where(member => member.IsListening(nowUs)).Select(static member => member.PoleIndex)];
        downlink.Copies.AddRange(_cover.Choose(listening));
        if (downlink.Copies.Count == 0)
        {
            return;
        }

        group.FillHeader(_header);
        _header.FPort = downlink.FPort;
        _header.PayloadLength = downlink.Payload.Length;
        Session session = group.Session;
        int length = _parts.Codec.BuildData(
            _header, session.NextDownlinkCounter, session.NetworkSessionKey, session.ApplicationSessionKey, [], downlink.Payload, _frame);
        session.NextDownlinkCounter++;
        downlink.Frame = _frame[..length];
    }

    /// <summary>The members of a gateway that has failed meanwhile go to others that heard them, if there are any.</summary>
    private void MoveAwayFromFailedGateways(MulticastDownlink downlink)
    {
        int[] left = [.. downlink.Copies.Where(copy => _parts.Scheduler.IsDown(copy.GatewayIndex)).SelectMany(static copy => copy.PoleIndices)];
        if (left.Length > 0)
        {
            downlink.Copies.RemoveAll(copy => _parts.Scheduler.IsDown(copy.GatewayIndex));
            downlink.Copies.AddRange(_cover.Choose(left));
        }
    }

    private bool TrySend(MulticastGroup group, MulticastDownlink downlink, MulticastCopy copy, long notBeforeUs, long nowUs)
    {
        if (!_parts.Scheduler.TryPlanGroup(
            copy.GatewayIndex, copy.PoleIndices, notBeforeUs, nowUs + WindowUs, downlink.Frame.Length, out DownlinkPlan plan))
        {
            return false;
        }

        _others.Clear();
        foreach (MulticastMember member in group.Members)
        {
            if (Array.BinarySearch(copy.PoleIndices, member.PoleIndex) < 0)
            {
                _others.Add(member.PoleIndex);
            }
        }

        if (_parts.Scheduler.TransmitToGroup(plan, copy.PoleIndices, _others, downlink.Frame, downlink.Tally) is not { } transmission)
        {
            return false; // the next window asks this gateway again, or another one if it is silent
        }

        downlink.SentCount++;
        downlink.StartUs = downlink.StartUs < 0 ? transmission.StartUs : Math.Min(downlink.StartUs, transmission.StartUs);
        downlink.EndUs = Math.Max(downlink.EndUs, transmission.EndUs);
        group.BusyUntilUs = Math.Max(group.BusyUntilUs, transmission.EndUs);
        _parts.Statistics.MulticastFrameSentCount++;
        foreach (int pole in copy.PoleIndices)
        {
            NetworkDevice device = _parts.Devices[pole];
            device.BusyUntilUs = Math.Max(device.BusyUntilUs, transmission.EndUs);
        }

        return true;
    }

    private void End(MulticastGroup group, MulticastDownlink downlink, long nowUs)
    {
        if (downlink.SentCount > 0)
        {
            _parts.Application.OnMulticastSent(group.Index, downlink.Id, downlink.StartUs, downlink.EndUs);
        }
        else
        {
            _parts.Statistics.MulticastFailedCount++;
            _parts.Application.OnMulticastFailed(group.Index, downlink.Id, nowUs);
        }
    }
}
