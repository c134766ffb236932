// A bench for the network: poles that speak LoRaWAN by hand, windows of one second, everything that came down kept. Stands on its own,
// so that the frame tests can link it.
using PoleController.LoRaWan;
using Simulation.Network;
using Simulation.Parts;
using Simulation.Radio;

namespace Simulation.Tests.Network;

/// <summary>A downlink as it was handed out; the live record says what became of it.</summary>
internal sealed record SentDownlink(
    int Pole, int Gateway, long StartUs, long EndUs, int FrequencyHz, int SpreadingFactor, byte[] Frame, DownlinkTransmission Live)
{
    /// <summary>What became of it; kept when its end had passed.</summary>
    public DownlinkLossCause? Cause { get; set; }
}

/// <summary>What the application server heard.</summary>
internal sealed class RecordingApplication : IApplicationServer
{
    public List<(int Pole, long TimeUs)> Joined { get; } = [];

    public List<(int Pole, long TimeUs, int FPort, string Payload, UplinkReception Reception)> Uplinks { get; } = [];

    public List<(int Pole, long Id, long StartUs, int Attempt)> Sent { get; } = [];

    public List<(int Pole, long Id, long TimeUs)> Acknowledged { get; } = [];

    public List<(int Pole, long Id, long TimeUs, DownlinkFailure Failure)> Failed { get; } = [];

    public List<(int Group, long Id, long StartUs, long EndUs)> MulticastSent { get; } = [];

    public List<(int Group, long Id, long TimeUs)> MulticastFailed { get; } = [];

    public List<(long Id, int Complete, int Failed)> DataBlocks { get; } = [];

    public void OnDataBlockEnded(long dataBlockId, long timeUs, int completeCount, int failedCount) =>
        DataBlocks.Add((dataBlockId, completeCount, failedCount));

    public void OnMulticastSent(int groupIndex, long downlinkId, long startUs, long endUs) =>
        MulticastSent.Add((groupIndex, downlinkId, startUs, endUs));

    public void OnMulticastFailed(int groupIndex, long downlinkId, long timeUs) => MulticastFailed.Add((groupIndex, downlinkId, timeUs));

    public void OnJoined(int poleIndex, long timeUs) => Joined.Add((poleIndex, timeUs));

    public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception) =>
        Uplinks.Add((poleIndex, timeUs, fPort, Convert.ToHexStringLower(payload.AsSpan(0, length)), reception));

    public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt) => Sent.Add((poleIndex, downlinkId, startUs, attempt));

    public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs) => Acknowledged.Add((poleIndex, downlinkId, timeUs));

    public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure) =>
        Failed.Add((poleIndex, downlinkId, timeUs, failure));
}

/// <summary>A network with poles worked by hand.</summary>
internal sealed class NetworkBench
{
    public const long StartUtcMs = 1_781_546_400_000; // 2026-06-15T18:00:00Z

    private readonly PriorityQueue<UplinkTransmission, (long StartUs, int Pole)> _waiting = new();
    private readonly UplinkPool _pool = new();
    private readonly List<DownlinkTransmission> _taken = [];

    public NetworkBench(
        IReadOnlyList<GatewaySite>? gateways = null, IReadOnlyList<PoleSite>? poles = null, RadioSettings? radio = null,
        NetworkSettings? network = null, int poleCount = 1, double distanceMetres = 300)
    {
        network ??= new NetworkSettings { DevStatusIntervalS = 0 }; // so that answers hold what the test is about
        gateways ??= [new GatewaySite("one", 0, 0)];
        poles ??= [.. Enumerable.Range(0, poleCount).Select(pole => Site(pole, 0, distanceMetres))];
        Network = new FleetNetwork(radio ?? new RadioSettings { ShadowingDecibel = 0, FadingDecibel = 0 }, gateways, poles, 1, StartUtcMs, Application, network);
        Poles = [.. poles.Select((site, index) => new BenchPole(this, index, site))];
    }

    public FleetNetwork Network { get; }

    public RecordingApplication Application { get; } = new();

    public BenchPole[] Poles { get; }

    public List<SentDownlink> Downlinks { get; } = [];

    public long NowUs { get; private set; }

    /// <summary>A pole some metres north and east of (0, 0).</summary>
    public static PoleSite Site(int pole, double northMetres, double eastMetres)
    {
        const double MetresPerDegree = 111_194.93;
        byte[] devEui = [0x70, 0xB3, 0xD5, 0x7E, 0xD0, 0, (byte)(pole >> 8), (byte)pole];
        byte[] appKey = new byte[16];
        new Random(pole).NextBytes(appKey);
        return new PoleSite(northMetres / MetresPerDegree, eastMetres / MetresPerDegree, devEui, [0, 0, 0, 0, 0, 0, 0, 1], appKey)
        {
            GenAppKey = [.. appKey.Reverse()],
        };
    }

    /// <summary>A gateway some metres north and east of (0, 0).</summary>
    public static GatewaySite Gateway(string name, double northMetres, double eastMetres)
    {
        PoleSite site = Site(0, northMetres, eastMetres);
        return new GatewaySite(name, site.Latitude, site.Longitude);
    }

    /// <summary>Puts a frame on the air. Returns when it ends.</summary>
    public long Send(int pole, ReadOnlySpan<byte> frame, long startUs, int dataRate = 5, int frequencyHz = 868_100_000, int powerDbm = 14)
    {
        UplinkTransmission uplink = _pool.Rent();
        uplink.PoleIndex = pole;
        uplink.StartUs = startUs;
        uplink.SpreadingFactor = 12 - dataRate;
        uplink.BandwidthHz = 125_000;
        uplink.EndUs = startUs + AirTime.FrameUs(uplink.SpreadingFactor, 125_000, frame.Length, hasCrc: true);
        uplink.FrequencyHz = frequencyHz;
        uplink.PowerDbm = powerDbm;
        uplink.Length = frame.Length;
        frame.CopyTo(uplink.Frame);
        _waiting.Enqueue(uplink, (startUs, pole));
        return uplink.EndUs;
    }

    /// <summary>Runs window by window.</summary>
    public void Run(long seconds)
    {
        for (; seconds > 0; seconds--)
        {
            long untilUs = NowUs + 1_000_000;
            while (_waiting.TryPeek(out UplinkTransmission? uplink, out _) && uplink.StartUs < untilUs)
            {
                Network.Submit(_waiting.Dequeue());
            }

            // The poles have run until the end of this window: downlinks that ended in it have been looked at.
            foreach (SentDownlink downlink in Downlinks)
            {
                if (downlink.Cause is null && downlink.EndUs < untilUs)
                {
                    downlink.Cause = downlink.Live.LossCause;
                }
            }

            Network.Advance(untilUs);
            NowUs = untilUs;
            _taken.Clear();
            Network.TakeDownlinks(_taken);
            foreach (DownlinkTransmission live in _taken)
            {
                if (live.StartUs < untilUs)
                {
                    throw new InvalidOperationException($"A downlink starts at {live.StartUs}, before the window's end {untilUs}.");
                }

                Downlinks.Add(new SentDownlink(
                    live.PoleIndex, live.GatewayIndex, live.StartUs, live.EndUs, live.FrequencyHz, live.SpreadingFactor,
                    live.Frame[..live.Length], live));
            }
        }
    }

    /// <summary>Joins every pole, one after the other, and sends a first uplink from each.</summary>
    public void JoinAll()
    {
        foreach (BenchPole pole in Poles)
        {
            pole.Join();
            pole.SendUplink(1, [0x01]);
            Run(3);
        }

        Downlinks.Clear();
        Application.Uplinks.Clear();
    }
}

/// <summary>The device's side of LoRaWAN, by hand.</summary>
internal sealed class BenchPole(NetworkBench bench, int index, PoleSite site)
{
    private static readonly byte[] _nothing = [];
    private readonly FrameCodec _codec = new(new AesBlock());
    private readonly byte[] _buffer = new byte[256];

    public int DevNonce { get; set; }

    public uint UplinkCounter { get; set; }

    public byte[] NetworkSessionKey { get; } = new byte[16];

    public byte[] ApplicationSessionKey { get; } = new byte[16];

    public JoinAccept Accept { get; } = new();

    public int DataRate { get; set; } = 5;

    public byte[] JoinRequest(int devNonce)
    {
        int length = new JoinCodec(_codec.Crypto).BuildRequest(site.JoinEui, site.DevEui, devNonce, site.AppKey, _buffer);
        return _buffer[..length];
    }

    /// <summary>Joins, and takes the session over. False when no join-accept came.</summary>
    public bool Join()
    {
        int before = bench.Downlinks.Count;
        bench.Send(index, JoinRequest(++DevNonce), bench.NowUs, DataRate);
        bench.Run(9);
        SentDownlink? answer = bench.Downlinks.Skip(before).FirstOrDefault(downlink => downlink.Pole == index);
        if (answer is null || !new JoinCodec(_codec.Crypto).TryOpenAccept(site.AppKey, (byte[])answer.Frame.Clone(), answer.Frame.Length, Accept))
        {
            return false;
        }

        _codec.Crypto.DeriveSessionKeys(site.AppKey, Accept.JoinNonce, Accept.NetId, DevNonce, NetworkSessionKey, ApplicationSessionKey);
        UplinkCounter = 0;
        return true;
    }

    public byte[] Uplink(
        int fPort, byte[] payload, bool isConfirmed = false, byte[]? commands = null, bool isAdaptive = false, bool isAcknowledge = false)
    {
        var header = new DataFrame
        {
            IsConfirmed = isConfirmed,
            DevAddr = Accept.DevAddr,
            IsAdaptiveDataRate = isAdaptive,
            IsAcknowledge = isAcknowledge,
            FOptsLength = commands?.Length ?? 0,
            FPort = fPort,
            PayloadLength = payload.Length,
        };
        int length = _codec.BuildData(header, UplinkCounter++, NetworkSessionKey, ApplicationSessionKey, commands ?? _nothing, payload, _buffer);
        return _buffer[..length];
    }

    /// <summary>Sends an uplink now. Returns when it ends.</summary>
    public long SendUplink(
        int fPort, byte[] payload, bool isConfirmed = false, byte[]? commands = null, bool isAdaptive = false, bool isAcknowledge = false,
        int frequencyHz = 868_100_000) =>
        bench.Send(index, Uplink(fPort, payload, isConfirmed, commands, isAdaptive, isAcknowledge), bench.NowUs, DataRate, frequencyHz);

    /// <summary>Checks and deciphers a downlink. Null when the MIC is wrong for this counter.</summary>
    public (DataFrame Header, byte[] Commands, byte[] Payload)? Open(SentDownlink downlink, uint counter)
    {
        var header = new DataFrame();
        byte[] frame = (byte[])downlink.Frame.Clone();
        if (!FrameCodec.TryParse(frame, frame.Length, header) || !header.IsDownlink
            || !_codec.IsMicValid(header, counter, NetworkSessionKey, frame, frame.Length))
        {
            return null;
        }

        _codec.CipherPayload(header, counter, NetworkSessionKey, ApplicationSessionKey, frame);
        return (header, frame[header.FOptsOffset..(header.FOptsOffset + header.FOptsLength)],
            frame[header.PayloadOffset..(header.PayloadOffset + header.PayloadLength)]);
    }
}
