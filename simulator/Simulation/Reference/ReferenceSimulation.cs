// Runs the reference workload: the controller's end devices, the channel, the gateway and the network server, window by window on one thread.
// No wall clock: who wants to know how long it takes measures from outside.
using System.Buffers.Binary;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Reference;

/// <summary>A run of the reference workload.</summary>
public sealed class ReferenceSimulation
{
    // Before the measured time the devices have power for a period, in which the duty cycle's allowances fill and nothing is sent.
    private const long MeasuredFromUs = ReferenceWorkload.PeriodUs;

    // After it, what was sent last is received and its windows close.
    private const long FinishUs = 60_000_000;

    private const long StartUtcMs = 1_781_546_400_000; // 2026-06-15T18:00:00Z; nothing depends on it

    private static readonly Comparison<UplinkTransmission> _byTime = static (one, other) =>
        one.StartUs != other.StartUs ? one.StartUs.CompareTo(other.StartUs) : one.PoleIndex.CompareTo(other.PoleIndex);

    private readonly ReferenceWorkload _workload;
    private readonly FleetNetwork _network;
    private readonly ReferenceDevice[] _devices;
    private readonly DeviceWheel _wheel;
    private readonly Application _application;
    private readonly UplinkBuffer _uplinks = new();
    private readonly List<DownlinkTransmission> _downlinks = [];

    /// <summary>Makes devices, gateway and network server.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The workload is outside its ranges.</exception>
    public ReferenceSimulation(ReferenceWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        workload.Validate();
        _workload = workload;
        _application = new Application(workload.DeviceCount);
        _wheel = new DeviceWheel(workload.DeviceCount);

        var settings = new NetworkSettings { IsAdaptiveDataRate = workload.IsAdaptiveDataRate };
        var provisioning = new DeviceProvisioning(workload.Seed, settings);
        ReferencePlace[] places = workload.MakePlaces();
        var identities = new PoleController.LoRaWan.LoRaWanIdentity[places.Length];
        var sites = new PoleSite[places.Length];
        for (int index = 0; index < places.Length; index++)
        {
            identities[index] = provisioning.MakeIdentity(index);
            double latitude = double.RadiansToDegrees(places[index].DistanceMetres / PathLoss.EarthRadiusMetres);
            sites[index] = new PoleSite(latitude, 0, identities[index].DevEui, identities[index].JoinEui, identities[index].AppKey);
        }

        _network = new FleetNetwork(
            ReferenceWorkload.Radio, [new GatewaySite("centre", 0, 0)], sites, workload.Seed, StartUtcMs, _application, settings);
        _devices = new ReferenceDevice[places.Length];
        byte[] payload = Enumerable.Range(0, ReferenceWorkload.PayloadLength).Select(at => (byte)at).ToArray();
        long endUs = MeasuredFromUs + (workload.Hours * 3_600_000_000L);
        for (int index = 0; index < places.Length; index++)
        {
            Parts.MemoryStore store = provisioning.MakeStore(index, identities[index], places[index].SpreadingFactor, _network);
            _devices[index] = new ReferenceDevice(index, workload.Seed, store, payload, MeasuredFromUs + places[index].PhaseUs, endUs);
            _devices[index].Device.IsAdaptiveDataRate = workload.IsAdaptiveDataRate;
            _wheel.Put(index, 0, 0);
        }
    }

    /// <summary>Runs all of it. Call once.</summary>
    public ReferenceResult Run()
    {
        long endUs = MeasuredFromUs + (_workload.Hours * 3_600_000_000L) + FinishUs;
        for (long window = 0; window * FleetSimulation.WindowUs < endUs; window++)
        {
            RunWindow(window);
        }

        int[] deviceCounts = new int[6];
        foreach (ReferenceDevice device in _devices)
        {
            deviceCounts[5 - device.Device.DataRate]++;
        }

        return new ReferenceResult
        {
            Workload = _workload,
            Radio = _network.Statistics,
            Network = _network.NetworkStatistics,
            MessageCount = _application.MessageCount,
            WrongMessageCount = _application.WrongCount,
            RefusedMessageCount = _devices.Sum(device => (long)device.RefusedCount),
            DeviceCounts = deviceCounts,
        };
    }

    private void RunWindow(long window)
    {
        long endUs = (window + 1) * FleetSimulation.WindowUs;
        foreach (int index in _wheel.Take(window))
        {
            ReferenceDevice device = _devices[index];
            device.Run(endUs, _uplinks);
            _wheel.Put(index, device.NextEventUs / FleetSimulation.WindowUs, window);
        }

        _uplinks.Uplinks.Sort(_byTime);
        foreach (UplinkTransmission uplink in _uplinks.Uplinks)
        {
            _network.Submit(uplink);
        }

        _uplinks.Uplinks.Clear();
        _network.Advance(endUs);
        _network.TakeDownlinks(_downlinks);
        foreach (DownlinkTransmission downlink in _downlinks)
        {
            _devices[downlink.PoleIndex].Announce(downlink);
            _wheel.Put(downlink.PoleIndex, _devices[downlink.PoleIndex].NextEventUs / FleetSimulation.WindowUs, window);
        }

        _downlinks.Clear();
    }

    /// <summary>Takes the messages and compares them with what was sent.</summary>
    private sealed class Application(int deviceCount) : IApplicationServer
    {
        private readonly int[] _lastNumbers = Enumerable.Repeat(-1, deviceCount).ToArray();

        public long MessageCount { get; private set; }

        public long WrongCount { get; private set; }

        public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
        {
            int index = BinaryPrimitives.ReadInt32LittleEndian(payload);
            int number = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(4));
            bool isRight = fPort == ReferenceDevice.FPort && length == ReferenceWorkload.PayloadLength && index == poleIndex
                && number > _lastNumbers[poleIndex] && payload[length - 1] == length - 1;
            if (isRight)
            {
                _lastNumbers[poleIndex] = number;
                MessageCount++;
            }
            else
            {
                WrongCount++;
            }
        }

        public void OnJoined(int poleIndex, long timeUs)
        {
        }

        public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt)
        {
        }

        public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs)
        {
        }

        public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure)
        {
        }
    }
}
