// The radio side of a stand-in: a simulated fleet. Devices that the stand-in knows can join, what waits in its queues goes down in the receive windows or by class C, and
// what is heard goes out through its integration. Requests from HTTP are carried out between two slices of simulated time, so that the fleet is touched by one thread.
using System.Collections.Concurrent;
using System.Globalization;
using NetworkServers.Radio;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Network;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Serving;

namespace ServedDistrict;

/// <summary>A simulated district behind a stand-in.</summary>
public sealed class District : IRadioSide, IDisposable
{
    private const long SliceUs = 10 * FleetSimulation.WindowUs;
    private const int MostPosts = 64;

    // A real server's queue of a group has no bound that matters; the simulated one has, so the rest waits here.
    private const int MostGroupFrames = 16;

    private readonly ConcurrentQueue<Action> _requests = new();
    private readonly List<ServedEvent> _events = [];
    private readonly SortedSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _registered = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, RadioDownlink> _sent = [];
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, Queue<RadioDownlink>> _groupQueues = [];
    private readonly List<string> _problems = [];
    private readonly ServedFleet _fleet;
    private readonly IServerSide _server;

    /// <summary>Makes the fleet.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="server">The stand-in; its radio side has to be set to this.</param>
    /// <param name="threads">Threads for the poles.</param>
    /// <exception cref="ScenarioException">A file of the scenario cannot be used.</exception>
    public District(Scenario scenario, IServerSide server, int threads = 1)
    {
        _server = server;
        _fleet = new ServedFleet(scenario, new RunOptions { ThreadCount = threads }, _events.Add);
    }

    /// <summary>The moment of the district's world.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_fleet.NowUtcMs);

    /// <summary>Whether the scenario is over.</summary>
    public bool IsOver => _fleet.NowUs >= _fleet.EndUs;

    /// <summary>The fleet, for looking at lamps.</summary>
    public Fleet Fleet => _fleet.Fleet;

    /// <summary>Poles in the district.</summary>
    public int PoleCount => _fleet.Fleet.Poles.Length;

    /// <summary>Joins so far.</summary>
    public int JoinCount { get; private set; }

    /// <summary>Uplinks so far.</summary>
    public long UplinkCount { get; private set; }

    /// <summary>What was asked for and cannot be simulated.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <inheritdoc/>
    public void DeviceChanged(RadioDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _requests.Enqueue(() => Change(device));
    }

    /// <inheritdoc/>
    public void DeviceRemoved(string devEui) => _requests.Enqueue(() => Remove(devEui));

    /// <inheritdoc/>
    public void DownlinkQueued(string devEui) => _requests.Enqueue(() => _waiting.Add(devEui));

    /// <inheritdoc/>
    public void MulticastQueued(RadioGroup group, RadioDownlink downlink)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(downlink);
        _requests.Enqueue(() => QueueMulticast(group, downlink));
    }

    /// <summary>Lets time pass as fast as it goes; back when everything that was heard has been handed on.</summary>
    /// <param name="duration">How much, up to the scenario's end.</param>
    /// <param name="cancellation">Ends it within a slice.</param>
    public async Task AdvanceAsync(TimeSpan duration, CancellationToken cancellation = default)
    {
        long untilUs = Math.Min(_fleet.NowUs + (long)duration.TotalMicroseconds, _fleet.EndUs);
        while (_fleet.NowUs < untilUs && !cancellation.IsCancellationRequested)
        {
            CarryOut();
            _fleet.RunTo(Math.Min(untilUs, _fleet.NowUs + SliceUs), CancellationToken.None);
            await HandOnAsync().ConfigureAwait(false);
        }

        CarryOut();
    }

    /// <inheritdoc/>
    public void Dispose() => _fleet.Dispose();

    private void CarryOut()
    {
        while (_requests.TryDequeue(out Action? request))
        {
            request();
        }

        foreach ((int group, Queue<RadioDownlink> queue) in _groupQueues)
        {
            SendMulticast(group, queue);
        }

        foreach (string devEui in _waiting.ToArray())
        {
            if (_fleet.DevAddr(devEui) is null || _fleet.QueueOf(devEui).Count > 0)
            {
                continue;
            }

            if (_server.TakeDownlink(devEui) is { } downlink)
            {
                _sent.Add(_fleet.Enqueue(devEui, downlink.FPort, downlink.Payload, downlink.IsConfirmed), downlink);
            }
            else
            {
                _waiting.Remove(devEui);
            }
        }
    }

    private void Change(RadioDevice device)
    {
        if (device.IsDisabled)
        {
            Remove(device.DevEui);
            return;
        }

        _registered.Add(device.DevEui);
        _fleet.Register(device.DevEui, Convert.FromHexString(device.JoinEui), Convert.FromHexString(device.AppKey));
    }

    private void Remove(string devEui)
    {
        _registered.Remove(devEui);
        _waiting.Remove(devEui);
        _fleet.Unregister(devEui);
    }

    // Who is in a group only the poles know: the gateways send it for everybody.
    private void QueueMulticast(RadioGroup group, RadioDownlink downlink)
    {
        NetworkSettings settings = NetworkSettings.For(Fleet.Scenario.Network.Region);
        int frequencyHz = new PoleController.LoRaWan.Region(Fleet.Scenario.Network.Region).Rx2FrequencyHz;
        if (group.DataRate != settings.Rx2DataRate || group.FrequencyHz != frequencyHz)
        {
            _problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"multicast group {group.Id}: simulated is DR{settings.Rx2DataRate} at {frequencyHz} Hz, asked for was DR{group.DataRate} at {group.FrequencyHz} Hz"));
            return;
        }

        string name = $"{group.Id}/{group.McAddr}/{group.McNwkSKey}";
        if (!_groups.TryGetValue(name, out int index))
        {
            index = _fleet.AddGroup(new MulticastSession(
                group.Id, uint.Parse(group.McAddr, NumberStyles.HexNumber, CultureInfo.InvariantCulture), Convert.FromHexString(group.McNwkSKey), Convert.FromHexString(group.McAppSKey),
                (uint)group.FrameCounter));
            _groups.Add(name, index);
            _groupQueues.Add(index, new Queue<RadioDownlink>());
        }

        _groupQueues[index].Enqueue(downlink);
    }

    private void SendMulticast(int group, Queue<RadioDownlink> queue)
    {
        if (queue.Count > 0)
        {
            _fleet.SetMembers(group, _registered);
        }

        while (queue.Count > 0 && _fleet.MulticastWaitingCount(group) < MostGroupFrames)
        {
            RadioDownlink downlink = queue.Dequeue();
            if (!_fleet.TryEnqueueMulticast(group, downlink.FPort, downlink.Payload))
            {
                _problems.Add($"multicast group: no frame carries {downlink.Payload.Length} bytes");
            }
        }
    }

    // In order for each device, side by side for many: whoever takes them in stores many at once.
    private async Task HandOnAsync()
    {
        ServedEvent[] events = [.. _events];
        _events.Clear();
        await Parallel.ForEachAsync(
            events.GroupBy(served => served.DevEui), new ParallelOptions { MaxDegreeOfParallelism = MostPosts }, async (ofDevice, _) =>
            {
                foreach (ServedEvent served in ofDevice)
                {
                    await HandOnAsync(served).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        JoinCount += events.Count(static served => served is ServedJoin);
        UplinkCount += events.Count(static served => served is ServedUplink);
        foreach (ServedEvent served in events)
        {
            Forget(served);
        }
    }

    private Task HandOnAsync(ServedEvent served) => served switch
    {
        ServedJoin join => _server.JoinedAsync(join.DevEui, Address(join.DevAddr), At(join)),
        ServedUplink uplink => _server.UplinkAsync(Make(uplink)),
        ServedTransmission sent => _sent.TryGetValue(sent.DownlinkId, out RadioDownlink? downlink) ? _server.SentAsync(sent.DevEui, downlink, null, At(sent)) : Task.CompletedTask,
        ServedAcknowledgement told => _sent.TryGetValue(told.DownlinkId, out RadioDownlink? downlink)
            ? _server.SentAsync(told.DevEui, downlink, told.IsAcknowledged, At(told))
            : Task.CompletedTask,
        _ => Task.CompletedTask,
    };

    private void Forget(ServedEvent served)
    {
        switch (served)
        {
            case ServedTransmission sent when _sent.TryGetValue(sent.DownlinkId, out RadioDownlink? downlink) && !downlink.IsConfirmed:
                _sent.Remove(sent.DownlinkId);
                break;
            case ServedAcknowledgement told:
                _sent.Remove(told.DownlinkId);
                break;
            case ServedRefusal refused:
                _problems.Add($"device {refused.DevEui}: no frame carries {(_sent.Remove(refused.DownlinkId, out RadioDownlink? downlink2) ? downlink2.Payload.Length : 0)} bytes");
                break;
        }
    }

    private RadioUplink Make(ServedUplink uplink) => new()
    {
        DevEui = uplink.DevEui,
        At = At(uplink),
        FrameCounter = uplink.FrameCounter,
        FPort = uplink.FPort,
        Payload = uplink.Payload,
        DevAddr = Address(uplink.DevAddr),
        GatewayId = (AttachSettings.DefaultFirstGatewayEui + (ulong)uplink.Reception.GatewayIndex).ToString("x16", CultureInfo.InvariantCulture),
        RssiDbm = uplink.Reception.RssiDbm,
        SnrDb = uplink.Reception.SnrDecibel,
        DataRate = uplink.Reception.DataRate,
        SpreadingFactor = uplink.Reception.SpreadingFactor,
        FrequencyHz = uplink.Reception.FrequencyHz,
        IsConfirmed = uplink.IsConfirmed,
    };

    private DateTimeOffset At(ServedEvent served) => DateTimeOffset.FromUnixTimeMilliseconds(Fleet.Scenario.StartUtcMs).AddMicroseconds(served.TimeUs);

    private static string Address(uint devAddr) => devAddr.ToString("x8", CultureInfo.InvariantCulture);
}
