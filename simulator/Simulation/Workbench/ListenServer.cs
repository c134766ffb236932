// The embedded network server behind real gateways: takes datagrams of Semtech's packet forwarders, gives the server what they received, and the
// gateways what the server answers. The server is the simulation's own; here is only the way in and out. Sockets are the caller's.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PoleController.LoRaWan;
using Simulation.Forwarding;
using Simulation.Forwarding.Semtech;
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Workbench;

/// <summary>Sends a datagram to a gateway.</summary>
/// <param name="gatewayEui">Which gateway.</param>
/// <param name="datagram">The datagram.</param>
public delegate void SendToGateway(ulong gatewayEui, byte[] datagram);

/// <summary>Listens to packet forwarders. Not thread-safe; called with every datagram, and every few milliseconds with the time.</summary>
public sealed class ListenServer
{
    /// <summary>Copies of a frame from other gateways are waited for this long, as network servers do, in microseconds.</summary>
    public const long CollectUs = 150_000;

    /// <summary>Gateways that are served.</summary>
    public const int MaximumGateways = 64;

    private const int MaximumCollected = 256;

    // A gateway's antenna has some 2 dBi, and its amplifier gives 27 dBm at most (Semtech's global_conf.json).
    private const int AntennaGainDecibel = 2;
    private const int MaximumPowerDbm = 27;

    private readonly FleetNetwork _network;
    private readonly SessionFile? _file;
    private readonly IListener _listener;
    private readonly SendToGateway _send;
    private readonly List<KnownDevice?> _devices = [];
    private readonly List<string> _devEuis = [];
    private readonly List<ulong> _gateways = [];
    private readonly List<Collected> _collected = [];
    private readonly List<RxPacket> _packets = [];
    private readonly List<DownlinkTransmission> _downlinks = [];
    private readonly DataFrame _header = new();
    private readonly Application _application;
    private readonly int _powerDbm;
    private int _nextToken = RandomNumberGenerator.GetInt32(65_536);
    private string _savedState = "";

    /// <summary>Makes it.</summary>
    /// <param name="known">Devices whose keys are known.</param>
    /// <param name="statePath">Where nonces and sessions are kept; null keeps them in memory only.</param>
    /// <param name="startUtcMs">UTC now, which is time 0 from here on.</param>
    /// <param name="listener">Who hears.</param>
    /// <param name="send">Sends to gateways.</param>
    /// <param name="region">The region of gateways and poles.</param>
    /// <exception cref="SessionFileException">The state cannot be read.</exception>
    public ListenServer(IReadOnlyList<KnownDevice> known, string? statePath, long startUtcMs, IListener listener, SendToGateway send,
        RegionId region = RegionId.Eu868)
    {
        ArgumentNullException.ThrowIfNull(known);
        _listener = listener;
        _send = send;
        _powerDbm = Math.Min(new Region(region).PowerDbm(0) - AntennaGainDecibel, MaximumPowerDbm);
        _file = statePath is null ? null : new SessionFile(statePath);
        IReadOnlyList<SavedDevice> saved = _file?.Read() ?? [];
        Arrange(known, saved);
        GatewaySite[] gateways = [.. Enumerable.Range(0, MaximumGateways).Select(index => new GatewaySite($"gateway {index}", 0, 0))];
        RadioSettings air = new() { ShadowingDecibel = 0, FadingDecibel = 0 }; // what is on the air is real: the simulated one is not asked
        _application = new Application(this);
        _network = new FleetNetwork(
            air, gateways, [.. _devices.Select(MakeSite)], seed: 0, startUtcMs, _application, NetworkSettings.For(region) with { IsClassC = false });
        for (int at = 0; at < saved.Count; at++)
        {
            saved[at].Restore(_network.Devices[at]);
        }
    }

    /// <summary>Lets time pass: frames whose copies have been waited for are given to the server, its answers to the gateways.</summary>
    /// <param name="nowUs">Microseconds since it was made, never less than before.</param>
    /// <exception cref="SessionFileException">The state cannot be written: then nothing is answered.</exception>
    public void Run(long nowUs)
    {
        while (_collected.Count > 0 && _collected[0].FirstUs + CollectUs <= nowUs)
        {
            Collected frame = _collected[0];
            _collected.RemoveAt(0);
            _network.Advance(nowUs);
            Hear(frame);
            Save();
            Answer(frame);
        }

        _network.Advance(nowUs);
        _downlinks.Clear();
        _network.TakeDownlinks(_downlinks);
    }

    /// <summary>Takes a datagram: any bytes.</summary>
    /// <param name="datagram">The datagram; not kept.</param>
    /// <param name="nowUs">Now.</param>
    /// <param name="reply">What to send back at once to where it came from; null for nothing.</param>
    /// <param name="pullsFrom">The gateway that can be reached where the datagram came from; null when it said nothing of that kind.</param>
    public void Take(ReadOnlyMemory<byte> datagram, long nowUs, out byte[]? reply, out ulong? pullsFrom)
    {
        reply = null;
        pullsFrom = null;
        if (!SemtechPacket.TryReadHeader(datagram.Span, out SemtechPacketType type, out ushort token)
            || !SemtechPacket.TryReadGatewayEui(datagram.Span, out ulong gatewayEui))
        {
            _listener.OnTrouble("a datagram is none of a packet forwarder's protocol, version 2");
            return;
        }

        if (type is not (SemtechPacketType.PushData or SemtechPacketType.PullData or SemtechPacketType.TxAck))
        {
            _listener.OnTrouble($"a datagram is a {type}, which only servers send");
            return;
        }

        int gateway = IndexOf(gatewayEui);
        if (gateway < 0)
        {
            _listener.OnTrouble($"gateway {gatewayEui:x16} is one too many: {MaximumGateways} are served");
            return;
        }

        ReadOnlyMemory<byte> json = datagram[SemtechPacket.GatewayHeaderLength..];
        switch (type)
        {
            case SemtechPacketType.PullData:
                reply = SemtechPacket.FromServer(SemtechPacketType.PullAck, token, []);
                pullsFrom = gatewayEui;
                break;
            case SemtechPacketType.PushData:
                reply = SemtechPacket.FromServer(SemtechPacketType.PushAck, token, []);
                TakeFrames(gateway, json, nowUs);
                break;
            default:
                _listener.OnAnswered(gatewayEui, ReadAnswer(json));
                break;
        }
    }

    // A device keeps its place, and so its DevAddr, for as long as the state lasts; one whose key is no longer given keeps an empty place.
    private void Arrange(IReadOnlyList<KnownDevice> known, IReadOnlyList<SavedDevice> saved)
    {
        Dictionary<string, KnownDevice> byEui = known.ToDictionary(device => Convert.ToHexStringLower(device.DevEui));
        foreach (string devEui in saved.Select(device => device.DevEui).Concat(known.Select(device => Convert.ToHexStringLower(device.DevEui))))
        {
            if (!_devEuis.Contains(devEui))
            {
                _devEuis.Add(devEui);
                _devices.Add(byEui.GetValueOrDefault(devEui));
            }
        }

        if (_devices.Count == 0)
        {
            _devEuis.Add("0000000000000000");
            _devices.Add(null);
        }
    }

    private PoleSite MakeSite(KnownDevice? device, int index) =>
        device is null
            ? new PoleSite(0, 0, Convert.FromHexString(_devEuis[index]), new byte[8], RandomNumberGenerator.GetBytes(16))
            : new PoleSite(0, 0, device.DevEui, device.JoinEui, device.AppKey);

    private int IndexOf(ulong gatewayEui)
    {
        int gateway = _gateways.IndexOf(gatewayEui);
        if (gateway < 0 && _gateways.Count < MaximumGateways)
        {
            gateway = _gateways.Count;
            _gateways.Add(gatewayEui);
            _listener.OnGateway(gatewayEui);
        }

        return gateway;
    }

    private void TakeFrames(int gateway, ReadOnlyMemory<byte> json, long nowUs)
    {
        _packets.Clear();
        string? problem = RxPacket.Read(json, _packets);
        if (problem is not null)
        {
            _listener.OnTrouble($"gateway {_gateways[gateway]:x16} sent a PUSH_DATA that cannot be used: {problem}");
        }

        foreach (RxPacket packet in _packets)
        {
            Collected? same = _collected.Find(frame => frame.Copies[0].Packet.Frame.AsSpan().SequenceEqual(packet.Frame));
            if (same is not null && same.Copies.TrueForAll(copy => copy.Gateway != gateway))
            {
                same.Copies.Add((gateway, packet));
            }
            else if (same is null && _collected.Count < MaximumCollected)
            {
                _collected.Add(new Collected(nowUs, [(gateway, packet)]));
            }
        }
    }

    private void Hear(Collected frame)
    {
        frame.Copies.Sort((one, other) => other.Packet.SnrDecibel.CompareTo(one.Packet.SnrDecibel));
        RxPacket packet = frame.Copies[0].Packet;
        HeardFrame heard = new([.. frame.Copies.Select(copy => _gateways[copy.Gateway])], packet);
        UplinkTransmission uplink = new()
        {
            StartUs = frame.FirstUs - AirTime.FrameUs(packet.SpreadingFactor, packet.BandwidthHz, packet.Frame.Length, hasCrc: true),
            EndUs = frame.FirstUs,
            FrequencyHz = packet.FrequencyHz,
            SpreadingFactor = packet.SpreadingFactor,
            BandwidthHz = packet.BandwidthHz,
            PowerDbm = 16,
            Length = packet.Frame.Length,
        };
        packet.Frame.CopyTo(uplink.Frame, 0);
        GatewayReception[] receptions =
        [
            .. frame.Copies.OrderBy(copy => copy.Gateway).Select(copy =>
                new GatewayReception(copy.Gateway, copy.Packet.RssiDbm, (int)Math.Round(copy.Packet.SnrDecibel * 4))),
        ];
        NetworkStatistics counts = _network.NetworkStatistics;
        long acceptedCount = counts.AcceptedUplinkCount;
        long[] refusedCounts = [.. counts.RefusedCounts];
        _application.Begin(heard);
        _network.Receive(uplink, receptions);
        if (_application.IsTold)
        {
            return;
        }

        int cause = Enumerable.Range(0, refusedCounts.Length).FirstOrDefault(at => counts.RefusedCounts[at] > refusedCounts[at], refusedCounts.Length);

        if (counts.AcceptedUplinkCount > acceptedCount && FrameCodec.TryParse(uplink.Frame, uplink.Length, _header) && _network.Devices.Find(_header.DevAddr) is NetworkDevice device)
        {
            _listener.OnUplink(_devices[device.PoleIndex]!, heard, null, [], null);
        }
        else
        {
            _listener.OnOther(heard, cause < refusedCounts.Length ? (RefusalCause)cause : null);
        }
    }

    // Before anything is sent: a nonce or counter that was used and forgotten would lock the pole out, or let somebody else in.
    private void Save()
    {
        if (_file is null)
        {
            return;
        }

        SavedDevice[] devices = [.. _devEuis.Select((devEui, at) => SavedDevice.From(devEui, _network.Devices[at]))];
        string state = JsonSerializer.Serialize(devices);
        if (state != _savedState)
        {
            _file.Write(devices);
            _savedState = state;
        }
    }

    private void Answer(Collected frame)
    {
        _downlinks.Clear();
        _network.TakeDownlinks(_downlinks);
        foreach (DownlinkTransmission downlink in _downlinks)
        {
            RxPacket? heard = frame.Copies.Find(copy => copy.Gateway == downlink.GatewayIndex).Packet;
            if (heard is null)
            {
                continue;
            }

            uint counter = unchecked(heard.Counter + (uint)(downlink.StartUs - frame.FirstUs));
            string json = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"txpk\":{{\"imme\":false,\"tmst\":{counter},\"freq\":{downlink.FrequencyHz / 1_000_000}.{downlink.FrequencyHz % 1_000_000:000000},\"rfch\":0,\"powe\":{_powerDbm},\"modu\":\"LORA\",\"datr\":\"SF{downlink.SpreadingFactor}BW{downlink.BandwidthHz / 1000}\",\"codr\":\"4/5\",\"ipol\":true,\"size\":{downlink.Length},\"ncrc\":true,\"data\":\"{Convert.ToBase64String(downlink.Frame, 0, downlink.Length)}\"}}}}");
            ushort token = (ushort)_nextToken++;
            _send(_gateways[downlink.GatewayIndex], SemtechPacket.FromServer(SemtechPacketType.PullResp, token, Encoding.ASCII.GetBytes(json)));
        }
    }

    private static string ReadAnswer(ReadOnlyMemory<byte> json)
    {
        if (json.Length == 0)
        {
            return "NONE";
        }

        try
        {
            using JsonDocument document = ForeignJson.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("txpk_ack", out JsonElement answer)
                && answer.ValueKind == JsonValueKind.Object
                ? new JsonFields(answer).Text("error", "NONE")
                : "NONE";
        }
        catch (JsonException)
        {
            return "not JSON";
        }
    }

    private sealed record Collected(long FirstUs, List<(int Gateway, RxPacket Packet)> Copies);

    /// <summary>Stands behind the network server and passes on what it says.</summary>
    private sealed class Application(ListenServer server) : IApplicationServer
    {
        private HeardFrame _frame = null!;

        public bool IsTold { get; private set; }

        public void Begin(HeardFrame frame)
        {
            _frame = frame;
            IsTold = false;
        }

        public void OnJoined(int poleIndex, long timeUs)
        {
            IsTold = true;
            server._listener.OnJoined(server._devices[poleIndex]!, _frame);
        }

        public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
        {
            IsTold = true;
            server._listener.OnUplink(server._devices[poleIndex]!, _frame, fPort, payload.AsSpan(0, length), reception.FrameCounter);
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
