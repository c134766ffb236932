// One door to radio channel, gateways and network server, as the engine uses it: window by window. It only connects the three.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// Radio channel, gateways and network server of a fleet. The run goes in windows of at most one second: nothing that is decided in a
/// window reaches a pole before its end, because the first receive window opens a second after an uplink. In each window: the poles run,
/// their uplinks are submitted in order, <see cref="Advance"/> closes the window, <see cref="TakeDownlinks"/> gives what was scheduled.
/// Not thread-safe.
/// </summary>
public sealed class FleetNetwork
{
    private readonly UplinkAir _uplinks;
    private readonly DownlinkAir _downlinks;
    private readonly GatewayRequests _requests;
    private readonly NetworkServer _server;
    private readonly IGatewayBackend _backend;
    private readonly IReadOnlyList<PoleSite> _poles;

    /// <summary>Makes it. Time 0 of the run is <paramref name="startUtcMs"/>.</summary>
    /// <param name="radio">The channel's numbers.</param>
    /// <param name="gateways">The gateways.</param>
    /// <param name="poles">The poles.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="startUtcMs">UTC at time 0, in milliseconds since 1970.</param>
    /// <param name="application">Who hears what the poles say.</param>
    /// <param name="network">The network server's settings; null for the defaults.</param>
    /// <param name="attach">Makes who stands behind the gateways in the embedded server's place; null for the embedded server.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or an identity has the wrong length or comes twice.</exception>
    public FleetNetwork(
        RadioSettings radio, IReadOnlyList<GatewaySite> gateways, IReadOnlyList<PoleSite> poles, long seed, long startUtcMs,
        IApplicationServer application, NetworkSettings? network = null, Func<IGatewayRadios, IGatewayBackend>? attach = null)
    {
        ArgumentNullException.ThrowIfNull(radio);
        ArgumentNullException.ThrowIfNull(gateways);
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentNullException.ThrowIfNull(application);
        network ??= new NetworkSettings();
        _poles = poles;
        radio.Validate();
        network.Validate();
        Statistics = new RadioStatistics(gateways.Count, poles.Count);
        var links = new LinkTable(radio, gateways, poles, seed);
        _uplinks = new UplinkAir(radio, links, gateways, seed, Statistics, new Listener(this));
        _downlinks = new DownlinkAir(radio, links, gateways, seed, Statistics, _uplinks, new PoleController.LoRaWan.Region(network.Region));
        _requests = new GatewayRequests(_downlinks, _uplinks, gateways, Statistics, network, seed);
        _server = new NetworkServer(network, poles, gateways.Count, startUtcMs, _requests, new DownlinkScheduler(_downlinks, _requests, network, radio), Statistics, application);
        _backend = attach is null ? _server : attach(new GatewayRadios(this));
    }

    /// <summary>What the air did so far.</summary>
    public RadioStatistics Statistics { get; }

    /// <summary>What the network server did so far.</summary>
    public NetworkStatistics NetworkStatistics => _server.Statistics;

    /// <summary>What can be asked of single poles by MAC command.</summary>
    public DeviceRequests DeviceRequests => _server.DeviceRequests;

    /// <summary>
    /// Earliest time at which <see cref="Advance"/> has something to do without new uplinks; <see cref="long.MaxValue"/> if none. A
    /// window that is advanced beyond it does it.
    /// </summary>
    public long NextEventUs => Math.Min(_uplinks.NextEventUs, _backend.NextEventUs);

    /// <summary>The embedded server's devices.</summary>
    internal DeviceDirectory Devices => _server.Devices;

    /// <summary>An uplink that real gateways received, past the simulated air.</summary>
    /// <param name="uplink">The frame; valid during the call.</param>
    /// <param name="receptions">The gateways that received it, ascending by index.</param>
    internal void Receive(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions) => _backend.OnUplink(uplink, receptions);

    /// <summary>Puts an uplink on the air. Called serially in order of (StartUs, PoleIndex); StartUs is not before the last Advance's time.</summary>
    /// <param name="uplink">Belongs to the network until it has returned it to its pool.</param>
    /// <exception cref="ArgumentException">It is not in order of time.</exception>
    public void Submit(UplinkTransmission uplink) => _uplinks.Submit(uplink);

    /// <summary>Decides every uplink that ends before a time, lets the server act and schedules downlinks at or after it.</summary>
    /// <param name="untilUs">The window's end: at most one second after the end of any uplink that is still to be decided.</param>
    public void Advance(long untilUs)
    {
        _requests.EarliestStartUs = untilUs;
        _uplinks.Advance(untilUs);
        _backend.Run(untilUs);
        _downlinks.Sweep(untilUs);
    }

    /// <summary>Adds the downlinks scheduled since the last call; each starts at or after the last Advance's time.</summary>
    /// <param name="into">Receives them in the order in which they were scheduled.</param>
    public void TakeDownlinks(List<DownlinkTransmission> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.AddRange(_requests.Scheduled);
        _requests.Scheduled.Clear();
    }

    /// <summary>
    /// Queues an application downlink. False when the pole has no session yet, its queue is full, or the payload is longer than class C's
    /// data rate can carry (51 bytes at DR0 to DR2, 115 at DR3, 242 above).
    /// </summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="fPort">1 to 223.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isConfirmed">Whether the pole must acknowledge; repeated as often as the settings say.</param>
    /// <param name="nowUs">Now: the end of the window that was advanced last, or the time of the callback from which it is called.</param>
    /// <param name="downlinkId">What the application server's callbacks name it by.</param>
    /// <param name="lifetimeUs">After this time it is given up unsent; 0 for the setting's default.</param>
    /// <param name="tally">Where its transmissions are added up; may be null.</param>
    public bool TryEnqueue(
        int poleIndex, int fPort, byte[] payload, int length, bool isConfirmed, long nowUs, out long downlinkId, long lifetimeUs = 0,
        DownlinkTally? tally = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fPort, 223);
        return _server.TryEnqueue(poleIndex, fPort, payload.AsSpan(0, length), isConfirmed, nowUs, lifetimeUs, tally, out downlinkId);
    }

    /// <summary>
    /// Queues a message for a multicast group. False when its queue is full or the payload is longer than class C's data rate can carry.
    /// </summary>
    /// <param name="groupIndex">Which group: its index in <see cref="NetworkSettings.MulticastGroups"/>.</param>
    /// <param name="fPort">1 to 223.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="length">Its length.</param>
    /// <param name="nowUs">Now, as for <see cref="TryEnqueue"/>.</param>
    /// <param name="downlinkId">What the application server's callbacks name it by.</param>
    /// <param name="lifetimeUs">After this time what no gateway has been given is given up; 0 for the setting's default.</param>
    /// <param name="tally">Where its transmissions are added up; may be null.</param>
    public bool TryEnqueueMulticast(
        int groupIndex, int fPort, byte[] payload, int length, long nowUs, out long downlinkId, long lifetimeUs = 0, DownlinkTally? tally = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fPort, 223);
        return _server.TryEnqueueMulticast(groupIndex, fPort, payload.AsSpan(0, length), nowUs, lifetimeUs, tally, out downlinkId);
    }

    /// <summary>Whether a member listens for its group at a time, as far as the network server knows.</summary>
    /// <param name="groupIndex">Which group.</param>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="timeUs">When.</param>
    public bool IsListening(int groupIndex, int poleIndex, long timeUs) => _server.IsListening(groupIndex, poleIndex, timeUs);

    /// <summary>
    /// Sends a data block by fragments (TS004) to a pole or to a multicast group; <see cref="IApplicationServer.OnDataBlockEnded"/> tells when it is
    /// over. A block that is still on its way to one of the poles is given up.
    /// </summary>
    /// <param name="plan">The block, for whom, and how.</param>
    /// <param name="nowUs">Now, as for <see cref="TryEnqueue"/>.</param>
    /// <returns>What the block is known by.</returns>
    /// <exception cref="ArgumentException">The plan cannot be carried out.</exception>
    public long SendDataBlock(DataBlockPlan plan, long nowUs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _server.Fragmentation.Begin(plan, nowUs);
    }

    /// <summary>How far a pole has a data block; null when it was not for it.</summary>
    /// <param name="dataBlockId">What <see cref="SendDataBlock"/> gave.</param>
    /// <param name="poleIndex">Which pole.</param>
    public DataBlockState? DataBlockStateOf(long dataBlockId, int poleIndex) => _server.Fragmentation.StateOf(dataBlockId, poleIndex);

    /// <summary>A member did not do what its group was told: the network server sets it up again.</summary>
    /// <param name="groupIndex">Which group.</param>
    /// <param name="poleIndex">Which pole.</param>
    public void DoubtMember(int groupIndex, int poleIndex) => _server.DoubtMember(groupIndex, poleIndex);

    /// <summary>Makes a pole known with these keys, or gives a known one others; its session stays. For networks that do not know their devices from the start.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="joinEui">JoinEUI, 8 bytes as printed.</param>
    /// <param name="appKey">AppKey, 16 bytes.</param>
    public void Register(int poleIndex, byte[] joinEui, byte[] appKey)
    {
        ArgumentNullException.ThrowIfNull(joinEui);
        ArgumentNullException.ThrowIfNull(appKey);
        ArgumentOutOfRangeException.ThrowIfNotEqual(joinEui.Length, 8);
        ArgumentOutOfRangeException.ThrowIfNotEqual(appKey.Length, 16);
        _server.Register(poleIndex, _poles[poleIndex].DevEui, System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(joinEui), appKey);
    }

    /// <summary>Forgets a pole with its session and everything that waits for it: it is not answered any more.</summary>
    /// <param name="poleIndex">Which pole.</param>
    public void Unregister(int poleIndex) => _server.Unregister(poleIndex, _poles[poleIndex].DevEui);

    /// <summary>How many application downlinks wait for a pole, the one that is to be acknowledged among them.</summary>
    /// <param name="poleIndex">Which pole.</param>
    public int WaitingCount(int poleIndex) => _server.Devices[poleIndex].QueueLength + (_server.Devices[poleIndex].Unacknowledged is null ? 0 : 1);

    /// <summary>A pole's DevAddr; null while it has no session.</summary>
    /// <param name="poleIndex">Which pole.</param>
    public uint? DevAddr(int poleIndex) => _server.Devices[poleIndex] is { Active.IsValid: true } device ? device.DevAddr : null;

    /// <summary>Data rate of a pole's last uplink, the region's index.</summary>
    /// <param name="poleIndex">Which pole.</param>
    public int DataRate(int poleIndex) => _server.Devices[poleIndex].DataRate;

    /// <summary>The counter of a pole's next downlink.</summary>
    /// <param name="poleIndex">Which pole.</param>
    public uint NextDownlinkCounter(int poleIndex) => _server.Devices[poleIndex].Active.NextDownlinkCounter;

    /// <summary>Adds a multicast group whose address and session keys the application chose.</summary>
    /// <param name="session">The group's session.</param>
    /// <returns>What <see cref="TryEnqueueMulticast"/> knows it by.</returns>
    public int AddMulticastGroup(MulticastSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _server.AddGroup(session);
    }

    /// <summary>Says who is in a group of <see cref="AddMulticastGroup"/>: they have its keys already, and listen for it all the time.</summary>
    /// <param name="groupIndex">Which group.</param>
    /// <param name="poles">The members.</param>
    public void SetMulticastMembers(int groupIndex, IReadOnlyList<int> poles)
    {
        ArgumentNullException.ThrowIfNull(poles);
        _server.SetMembers(groupIndex, poles);
    }

    /// <summary>How many messages wait for a multicast group; the first may be on its way.</summary>
    /// <param name="groupIndex">Which group.</param>
    public int MulticastWaitingCount(int groupIndex) => _server.MulticastWaitingCount(groupIndex);

    /// <summary>
    /// Whether nothing is on its way or waiting for a pole: then no downlink can begin for it until it has transmitted, or until the
    /// application queues one. May be called by several threads while no other member is.
    /// </summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="timeUs">Now.</param>
    public bool IsQuiet(int poleIndex, long timeUs) => _backend.IsQuiet(poleIndex, timeUs);

    /// <summary>
    /// Gives a pole a session without a join (activation by personalisation), or one that went on elsewhere before: the region's own channels.
    /// </summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="devAddr">Its DevAddr, of no other pole.</param>
    /// <param name="networkSessionKey">NwkSKey, 16 bytes.</param>
    /// <param name="applicationSessionKey">AppSKey, 16 bytes.</param>
    /// <param name="powerIndex">TXPower that it was set up with.</param>
    /// <param name="uplinkCounter">The least counter of its next uplink.</param>
    /// <param name="downlinkCounter">The counter of its next downlink.</param>
    public void Personalise(
        int poleIndex, uint devAddr, byte[] networkSessionKey, byte[] applicationSessionKey, int powerIndex = 0, uint uplinkCounter = 0,
        uint downlinkCounter = 0)
    {
        ArgumentNullException.ThrowIfNull(networkSessionKey);
        ArgumentNullException.ThrowIfNull(applicationSessionKey);
        ArgumentOutOfRangeException.ThrowIfNotEqual(networkSessionKey.Length, 16);
        ArgumentOutOfRangeException.ThrowIfNotEqual(applicationSessionKey.Length, 16);
        _server.Personalise(poleIndex, devAddr, networkSessionKey, applicationSessionKey, powerIndex, uplinkCounter, downlinkCounter);
    }

    private sealed class Listener(FleetNetwork network) : IAirListener
    {
        public void OnUplinkReceived(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions) =>
            network._backend.OnUplink(uplink, receptions);

        public void OnDownlinkEnded(GatewayTransmission transmission) => network._downlinks.CountEnded(transmission);
    }

    private sealed class GatewayRadios(FleetNetwork network) : IGatewayRadios
    {
        private const int WholeDutyCyclePermille = 1000;

        public RadioStatistics Statistics => network.Statistics;

        public long EarliestStartUs => network._requests.EarliestStartUs;

        public bool IsDown(int gatewayIndex) => network._uplinks.IsDown(gatewayIndex);

        public bool IsWithinDutyCycle(in DownlinkPlan plan) => network._downlinks.IsWithinDutyCycle(plan, WholeDutyCyclePermille);

        public void Transmit(in DownlinkPlan plan, ReadOnlySpan<int> addressed, ReadOnlySpan<int> others, byte[] frame)
        {
            GatewayTransmission transmission = network._downlinks.TransmitToGroup(plan, addressed, others, frame);
            network._requests.Scheduled.AddRange(transmission.ReceptionList);
        }
    }
}
