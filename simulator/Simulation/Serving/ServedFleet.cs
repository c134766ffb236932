// A fleet whose network server somebody outside runs, as a network server's interface lets its users: registers devices, fills queues, hears what comes. The
// frames, the joins, the air and the poles are those of every run; only who knows the devices and what is sent comes from outside.
using Simulation.Engine;
using Simulation.Network;
using Simulation.Running;
using Simulation.Scenarios;

namespace Simulation.Serving;

/// <summary>
/// A fleet with an open network server. Time passes only in <see cref="RunTo"/>; everything else happens at <see cref="NowUs"/>. Members lock each other out, so that
/// requests may come from any thread; the same calls at the same times give the same run.
/// </summary>
public sealed class ServedFleet : IDisposable
{
    /// <summary>How long the run goes on before queues are looked at again, in microseconds: ten windows of the engine.</summary>
    private const long SliceUs = 10 * FleetSimulation.WindowUs;

    private readonly Lock _lock = new();
    private readonly FleetRunner _runner;
    private readonly FleetNetwork _network;
    private readonly ServedQueues _queues;
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly HashSet<int> _registered = [];
    private readonly RandomStream _ids;
    private readonly ServedListener _listener;

    /// <summary>Makes the fleet, with no device registered.</summary>
    /// <param name="scenario">The scenario; its commands are not given.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="onEvent">Told of everything, in order of time, from within <see cref="RunTo"/>; does not call back.</param>
    /// <exception cref="ScenarioException">A file of the scenario cannot be used.</exception>
    public ServedFleet(Scenario scenario, RunOptions options, Action<ServedEvent> onEvent)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onEvent);
        _listener = new ServedListener(onEvent);
        Fleet fleet = FleetBuilder.Build(scenario, options.Seed ?? scenario.Seed, ScenarioLoader.LoadLamps(scenario), new FleetConnections { Listener = _listener, IsServed = true });
        _runner = new FleetRunner(fleet, options);
        _network = fleet.Network;
        _queues = new ServedQueues(_network, fleet.Poles.Length);
        _ids = new RandomStream(fleet.Seed, "downlink-ids", 0);
        string[] devEuis = [.. fleet.Sites.Select(site => Convert.ToHexStringLower(site.DevEui))];
        for (int pole = 0; pole < devEuis.Length; pole++)
        {
            _indexOf.Add(devEuis[pole], pole);
        }

        _listener.Connect(_network, _queues, devEuis);
    }

    /// <summary>The fleet.</summary>
    public Fleet Fleet => _runner.Fleet;

    /// <summary>Simulated time that has passed, in microseconds.</summary>
    public long NowUs => _runner.Simulation.TimeUs;

    /// <summary>The end of the scenario, in microseconds.</summary>
    public long EndUs => _runner.EndUs;

    /// <summary>The moment of the fleet's world, in milliseconds since 1970 (UTC).</summary>
    public long NowUtcMs => Fleet.Scenario.StartUtcMs + (NowUs / 1000);

    /// <summary>Makes a device known with these keys, or gives a known one others. One that no pole of the fleet has is known, and never heard of.</summary>
    /// <param name="devEui">DevEUI, 16 hexadecimal digits in lower case.</param>
    /// <param name="joinEui">JoinEUI, 8 bytes.</param>
    /// <param name="appKey">AppKey, 16 bytes.</param>
    public void Register(string devEui, byte[] joinEui, byte[] appKey)
    {
        lock (_lock)
        {
            if (_indexOf.TryGetValue(devEui, out int pole))
            {
                _registered.Add(pole);
                _network.Register(pole, joinEui, appKey);
            }
        }
    }

    /// <summary>Forgets a device with its session and its queue.</summary>
    /// <param name="devEui">DevEUI.</param>
    public void Unregister(string devEui)
    {
        lock (_lock)
        {
            if (_indexOf.TryGetValue(devEui, out int pole) && _registered.Remove(pole))
            {
                _network.Unregister(pole);
                _queues.Drop(pole);
            }
        }
    }

    /// <summary>A device's address; null while it has no session.</summary>
    /// <param name="devEui">DevEUI.</param>
    public uint? DevAddr(string devEui)
    {
        lock (_lock)
        {
            return _indexOf.TryGetValue(devEui, out int pole) ? _network.DevAddr(pole) : null;
        }
    }

    /// <summary>Puts a downlink at the end of a device's queue; it is sent when the device has a session and a gateway has time.</summary>
    /// <param name="devEui">DevEUI.</param>
    /// <param name="fPort">1 to 223.</param>
    /// <param name="payload">In the clear.</param>
    /// <param name="isConfirmed">Whether the device has to acknowledge it.</param>
    /// <returns>What the events call it.</returns>
    public Guid Enqueue(string devEui, int fPort, byte[] payload, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentOutOfRangeException.ThrowIfLessThan(fPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fPort, 223);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, 242);
        lock (_lock)
        {
            Guid id = NextId();
            if (_indexOf.TryGetValue(devEui, out int pole))
            {
                _queues.Add(pole, new ServedDownlink(id, fPort, payload, isConfirmed));
            }

            return id;
        }
    }

    /// <summary>What waits for a device, in order.</summary>
    /// <param name="devEui">DevEUI.</param>
    public IReadOnlyList<ServedDownlink> QueueOf(string devEui)
    {
        lock (_lock)
        {
            return _indexOf.TryGetValue(devEui, out int pole) ? [.. _queues.Of(pole)] : [];
        }
    }

    /// <summary>Empties a device's queue but for what a gateway has been given already.</summary>
    /// <param name="devEui">DevEUI.</param>
    public void Flush(string devEui)
    {
        lock (_lock)
        {
            if (_indexOf.TryGetValue(devEui, out int pole))
            {
                _queues.Flush(pole);
            }
        }
    }

    /// <summary>Adds a multicast group whose members were given its keys by the application (TS005).</summary>
    /// <param name="session">The group; it is sent on the parameters of RX2.</param>
    /// <returns>What the other members know it by.</returns>
    public int AddGroup(MulticastSession session)
    {
        lock (_lock)
        {
            return _network.AddMulticastGroup(session);
        }
    }

    /// <summary>Says who is in a group.</summary>
    /// <param name="group">What <see cref="AddGroup"/> gave.</param>
    /// <param name="devEuis">DevEUIs; those that no pole has are passed over.</param>
    public void SetMembers(int group, IEnumerable<string> devEuis)
    {
        lock (_lock)
        {
            _network.SetMulticastMembers(group, [.. devEuis.Where(_indexOf.ContainsKey).Select(devEui => _indexOf[devEui])]);
        }
    }

    /// <summary>Puts a downlink into a group's queue. False when the queue is full or no frame can carry it.</summary>
    /// <param name="group">What <see cref="AddGroup"/> gave.</param>
    /// <param name="fPort">1 to 223.</param>
    /// <param name="payload">In the clear.</param>
    public bool TryEnqueueMulticast(int group, int fPort, byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        lock (_lock)
        {
            return _network.TryEnqueueMulticast(group, fPort, payload, payload.Length, NowUs, out _);
        }
    }

    /// <summary>How many downlinks wait in a group's queue.</summary>
    /// <param name="group">What <see cref="AddGroup"/> gave.</param>
    public int MulticastWaitingCount(int group)
    {
        lock (_lock)
        {
            return _network.MulticastWaitingCount(group);
        }
    }

    /// <summary>Lets time pass up to a moment, the scenario's end at most.</summary>
    /// <param name="untilUs">The moment.</param>
    /// <param name="cancellation">Ends it within ten seconds of simulated time.</param>
    public void RunTo(long untilUs, CancellationToken cancellation)
    {
        long endUs = Math.Min(untilUs, EndUs);
        while (NowUs < endUs && !cancellation.IsCancellationRequested)
        {
            lock (_lock)
            {
                _queues.Pump(NowUs, _listener.Refuse);
                _runner.Simulation.RunTo(Math.Min(endUs, NowUs + SliceUs), null, CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private Guid NextId()
    {
        byte[] bytes = [.. Enumerable.Range(0, 16).Select(_ => (byte)_ids.Next(256))];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // version 4, variant 1 (RFC 9562)
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
