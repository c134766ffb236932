// Application downlinks: from the application's hand to a gateway, outside the class A windows; waiting, repeating, giving up.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// The queues of application downlinks. A pole with something to send stands in the line of one gateway; in each window of time every
/// gateway serves its line as far as time and duty cycle allow. One downlink is on its way to a pole at a time; a confirmed one holds the
/// pole's place until it is acknowledged, repeated or given up. Work is in proportion to downlinks, not to poles.
/// </summary>
internal sealed class ClassCQueue
{
    private const long WindowUs = 1_000_000;

    private readonly NetworkSettings _settings;
    private readonly NetworkStatistics _statistics;
    private readonly DownlinkScheduler _scheduler;
    private readonly DownlinkBuilder _builder;
    private readonly IApplicationServer _application;
    private readonly DeviceDirectory _devices;
    private readonly Queue<int>[] _lines;
    private readonly PriorityQueue<int, (long TimeUs, long Sequence)> _timers = new();
    private readonly Stack<ApplicationDownlink> _free = new();
    private long _nextId = 1;
    private long _timerSequence;

    /// <summary>Makes empty queues.</summary>
    public ClassCQueue(
        NetworkSettings settings, NetworkStatistics statistics, DownlinkScheduler scheduler, DownlinkBuilder builder,
        IApplicationServer application, DeviceDirectory devices, int gatewayCount)
    {
        _settings = settings;
        _statistics = statistics;
        _scheduler = scheduler;
        _builder = builder;
        _application = application;
        _devices = devices;
        _lines = new Queue<int>[gatewayCount];
        for (int gateway = 0; gateway < gatewayCount; gateway++)
        {
            _lines[gateway] = new Queue<int>();
        }
    }

    /// <summary>When there is something to do.</summary>
    public long NextEventUs
    {
        get
        {
            foreach (Queue<int> line in _lines)
            {
                if (line.Count > 0)
                {
                    return _scheduler.EarliestStartUs;
                }
            }

            return _timers.TryPeek(out _, out (long TimeUs, long Sequence) first) ? first.TimeUs : long.MaxValue;
        }
    }

    /// <summary>Takes an application downlink.</summary>
    public bool TryEnqueue(
        NetworkDevice device, int fPort, ReadOnlySpan<byte> payload, bool isConfirmed, long nowUs, long lifetimeUs, out long id,
        DownlinkTally? tally = null)
    {
        id = 0;
        if (!device.Active.IsValid || device.QueueLength >= _settings.DownlinkQueueLength
            || payload.Length > _scheduler.ClassCMaximumPayloadLength)
        {
            return false;
        }

        ApplicationDownlink downlink = _free.TryPop(out ApplicationDownlink? free) ? free : new ApplicationDownlink();
        id = _nextId++;
        downlink.Id = id;
        downlink.FPort = fPort;
        downlink.IsConfirmed = isConfirmed;
        downlink.Length = payload.Length;
        downlink.ExpiresUs = nowUs + (lifetimeUs > 0 ? lifetimeUs : _settings.DownlinkLifetimeS * 1_000_000L);
        downlink.AttemptCount = 0;
        downlink.Tally = tally;
        payload.CopyTo(downlink.Payload);
        device.Append(downlink);
        _statistics.EnqueuedCount++;
        Wake(device, downlink.ExpiresUs);
        Look(device, nowUs);
        return true;
    }

    /// <summary>The application downlink that may go with an answer now, or null.</summary>
    public ApplicationDownlink? ForAnswer(NetworkDevice device, long nowUs)
    {
        DropExpired(device, nowUs);
        return device.Unacknowledged is null ? device.Head : null;
    }

    /// <summary>Notes that the first application downlink was given to a gateway.</summary>
    public void Sent(NetworkDevice device, DownlinkTransmission transmission)
    {
        ApplicationDownlink downlink = device.TakeHead();
        downlink.AttemptCount++;
        _statistics.ApplicationDownlinkSentCount++;
        long id = downlink.Id;
        int attempt = downlink.AttemptCount;
        if (downlink.IsConfirmed)
        {
            device.Unacknowledged = downlink;
            device.AcknowledgeUntilUs = transmission.EndUs + (_settings.AcknowledgeTimeoutS * 1_000_000L);
            Wake(device, device.AcknowledgeUntilUs);
        }
        else
        {
            _free.Push(downlink);
            Wake(device, transmission.EndUs);
        }

        _application.OnDownlinkSent(device.PoleIndex, id, transmission.StartUs, attempt);
    }

    /// <summary>The pole acknowledged.</summary>
    public void Acknowledged(NetworkDevice device, long timeUs)
    {
        if (device.Unacknowledged is not { } downlink)
        {
            return;
        }

        device.Unacknowledged = null;
        long id = downlink.Id;
        _free.Push(downlink);
        _statistics.AcknowledgedCount++;
        _application.OnDownlinkAcknowledged(device.PoleIndex, id, timeUs);
        Look(device, timeUs);
    }

    /// <summary>Forgets everything that waits for a pole or for its acknowledgement; nobody is told.</summary>
    public void Drop(NetworkDevice device)
    {
        while (device.Head is not null)
        {
            _free.Push(device.TakeHead());
        }

        if (device.Unacknowledged is { } downlink)
        {
            device.Unacknowledged = null;
            _free.Push(downlink);
        }
    }

    /// <summary>The pole joined anew: what was on its way is lost, what waits goes on in the new session.</summary>
    public void SessionEnded(NetworkDevice device, long timeUs)
    {
        if (device.Unacknowledged is { } downlink)
        {
            device.Unacknowledged = null;
            GiveUp(device, downlink, timeUs, DownlinkFailure.SessionEnded);
        }
    }

    /// <summary>Looks at a pole: gives up what is over its time, and puts the pole in a line if something can be sent.</summary>
    public void Look(NetworkDevice device, long nowUs)
    {
        if (device.Unacknowledged is { } unacknowledged && nowUs >= device.AcknowledgeUntilUs)
        {
            device.Unacknowledged = null;
            if (unacknowledged.AttemptCount > _settings.ConfirmedRetryCount)
            {
                GiveUp(device, unacknowledged, nowUs, DownlinkFailure.NotAcknowledged);
            }
            else
            {
                // It was sent: the time it may wait does not end its repetitions.
                unacknowledged.ExpiresUs = Math.Max(unacknowledged.ExpiresUs, nowUs + (_settings.DownlinkLifetimeS * 1_000_000L));
                Wake(device, unacknowledged.ExpiresUs);
                device.Prepend(unacknowledged);
            }
        }

        DropExpired(device, nowUs);
        if (!device.IsInLine && CanSend(device))
        {
            device.IsInLine = true;
            _lines[_scheduler.ChooseGateway(device, _lines)].Enqueue(device.PoleIndex);
        }
    }

    /// <summary>Lets timers run out and every gateway serve its line until a window after now.</summary>
    public void Run(long nowUs)
    {
        while (_timers.TryPeek(out int pole, out (long TimeUs, long Sequence) first) && first.TimeUs < nowUs)
        {
            _timers.Dequeue();
            Look(_devices[pole], first.TimeUs);
        }

        // Gateways that would disturb each other take turns: each window another one is first. By the clock and not by counting calls,
        // because windows in which nothing happens are skipped.
        int firstGateway = _lines.Length == 0 ? 0 : (int)(nowUs / WindowUs % _lines.Length);
        for (int turn = 0; turn < _lines.Length; turn++)
        {
            Serve((firstGateway + turn) % _lines.Length, nowUs);
        }
    }

    private void Serve(int gateway, long nowUs)
    {
        Queue<int> line = _lines[gateway];
        if (_scheduler.IsDown(gateway))
        {
            MoveAway(gateway, nowUs);
            return;
        }

        while (line.TryPeek(out int pole))
        {
            NetworkDevice device = _devices[pole];
            DropExpired(device, nowUs);
            if (!CanSend(device) || device.BusyUntilUs + DownlinkAir.GatewayGapUs >= nowUs + WindowUs)
            {
                line.Dequeue();
                device.IsInLine = false;
                if (CanSend(device))
                {
                    Wake(device, device.BusyUntilUs);
                }

                continue;
            }

            ApplicationDownlink downlink = device.Head!;
            long notBeforeUs = device.BusyUntilUs + DownlinkAir.GatewayGapUs;
            if (!_scheduler.TryPlanClassC(
                device, gateway, notBeforeUs, nowUs + WindowUs, DownlinkBuilder.LengthOf(0, downlink), out DownlinkPlan plan))
            {
                return;
            }

            _builder.Build(device, downlink, isAnswer: false);
            if (_scheduler.TransmitClassC(device, plan, _builder.Frame, downlink.Tally) is not { } transmission)
            {
                // The counter is used up, the message is not: another gateway sends it, or this one in the next window.
                if (_scheduler.IsDown(gateway))
                {
                    MoveAway(gateway, nowUs);
                }

                return;
            }

            line.Dequeue();
            device.IsInLine = false;
            Sent(device, transmission);
            _statistics.ClassCDownlinkCount++;
        }
    }

    /// <summary>Poles in the line of a gateway that is down go to another one that heard them, if there is one.</summary>
    private void MoveAway(int gateway, long nowUs)
    {
        Queue<int> line = _lines[gateway];
        for (int count = line.Count; count > 0; count--)
        {
            NetworkDevice device = _devices[line.Dequeue()];
            device.IsInLine = false;
            Look(device, nowUs);
        }
    }

    private bool CanSend(NetworkDevice device) =>
        _settings.IsClassC && device.Head is not null && device.Unacknowledged is null && device.Active.IsValid && !device.Pending.IsValid;

    private void DropExpired(NetworkDevice device, long nowUs)
    {
        while (device.Head is { } head && head.ExpiresUs <= nowUs)
        {
            GiveUp(device, device.TakeHead(), nowUs, DownlinkFailure.Expired);
        }
    }

    private void GiveUp(NetworkDevice device, ApplicationDownlink downlink, long timeUs, DownlinkFailure failure)
    {
        long id = downlink.Id;
        _free.Push(downlink);
        _statistics.FailedCounts[(int)failure]++;
        _application.OnDownlinkFailed(device.PoleIndex, id, timeUs, failure);
    }

    private void Wake(NetworkDevice device, long timeUs) => _timers.Enqueue(device.PoleIndex, (timeUs, _timerSequence++));
}
