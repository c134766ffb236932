// Hostile frames for the simulator's network server: forged uplinks and join-requests, and uplinks with a valid MIC whose content is anything.
using System.Reflection;
using PoleController.LoRaWan;
using Simulation.Conformance.Bench;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Conformance.Fuzzing;

/// <summary>The network server under fire, through its air: a gateway hears everything.</summary>
internal sealed class ServerFuzz : IApplicationServer
{
    private const int PoleCount = 4;
    private const int FramesPerSecond = 6;
    private const int WholeStateEvery = 500;
    private const int MaximumLength = 255;
    private static readonly int[] Frequencies = [868_100_000, 868_300_000, 868_500_000];

    private readonly RandomStream _random;
    private readonly FrameMutator _mutator;
    private readonly FuzzResult _result;
    private readonly FleetNetwork _network;
    private readonly UplinkPool _pool = new();
    private readonly List<DownlinkTransmission> _taken = [];
    private readonly SessionKeys[] _keys = new SessionKeys[PoleCount];
    private readonly uint[] _counters = new uint[PoleCount];
    private readonly List<byte[]> _recorded = [];
    private readonly List<byte[]> _sent = [];
    private readonly byte[] _appKey;
    private long _nowUs;
    private long _windowCount;
    private int _heardCount;
    private int _devNonce;

    /// <summary>Makes it.</summary>
    public ServerFuzz(long seed, FuzzResult result)
    {
        _random = new RandomStream(seed, "server-fuzz", 0);
        _mutator = new FrameMutator(_random);
        _result = result;
        _appKey = _mutator.Bytes(16);
        PoleSite[] poles = [.. Enumerable.Range(0, PoleCount).Select(i => new PoleSite(0, 0.002 + (i * 0.0001), [0x70, 0xB3, 0xD5, 0x7E, 0xD0, 0, 0, (byte)i], new byte[8], _appKey))];
        _network = new FleetNetwork(
            new RadioSettings { ShadowingDecibel = 0, FadingDecibel = 0 }, [new GatewaySite("one", 0, 0)], poles, 1, 1_781_546_400_000, this);
        for (int i = 0; i < PoleCount; i++)
        {
            _keys[i] = new SessionKeys(_mutator.Bytes(16), _mutator.Bytes(16));
            _network.Personalise(i, AddressOf(i), _keys[i].NetworkSessionKey, _keys[i].ApplicationSessionKey);
        }
    }

    /// <summary>Feeds forged frames, and a genuine one in every twentieth second.</summary>
    public void Run(int forgedCount)
    {
        for (int fed = 0; fed < forgedCount; fed += FramesPerSecond)
        {
            _windowCount++;
            if (_windowCount % 20 == 0)
            {
                SendGenuine();
            }

            SendForged();
        }
    }

    /// <inheritdoc/>
    public void OnJoined(int poleIndex, long timeUs) => _heardCount++;

    /// <inheritdoc/>
    public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception) => _heardCount++;

    /// <inheritdoc/>
    public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt) => _heardCount++;

    /// <inheritdoc/>
    public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs) => _heardCount++;

    /// <inheritdoc/>
    public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure) => _heardCount++;

    private static uint AddressOf(int pole) => 0x0100_0000u + (uint)pole;

    private void SendForged()
    {
        bool comparesAll = _windowCount % WholeStateEvery == 0;
        Dictionary<string, string>? before = comparesAll ? GraphDigest.Of(DevicesOf(_network)) : null;
        long accepted = AcceptedCount();
        _sent.Clear();
        for (int i = 0; i < FramesPerSecond; i++)
        {
            byte[] good = _random.Next(8) == 0 ? JoinRequest(_devNonce + 1) : Uplink(_random.Next(PoleCount), isCounted: false);
            byte[] frame = _mutator.Mutate(good, _recorded.Count > 0 ? _recorded[_random.Next(_recorded.Count)] : good);
            Submit(frame, i);
        }

        Advance();
        _result.ForgedUplinks += FramesPerSecond;
        if (AcceptedCount() != accepted)
        {
            // Now and then a mutation changes nothing.
            CheckThatOneIsGenuine();
            return;
        }

        if (before is null)
        {
            return;
        }

        _result.StateComparisons++;
        if (GraphDigest.Difference(before, GraphDigest.Of(DevicesOf(_network))) is { } difference)
        {
            throw new FuzzFailureException("the network server: " + difference, _sent.Count > 0 ? _sent[0] : []);
        }
    }

    // Any content under a valid MIC, of every pole; and a join.
    private void SendGenuine()
    {
        _sent.Clear();
        for (int i = 0; i < PoleCount; i++)
        {
            byte[] frame = Uplink(i, isCounted: true);
            Submit(frame, i);
            _recorded.Add(frame);
        }

        Advance();
        _result.GenuineUplinks += PoleCount;
        if (_recorded.Count > 64)
        {
            _recorded.RemoveRange(0, PoleCount);
        }

        for (int i = 0; i < 3; i++)
        {
            Advance();
        }
    }

    private byte[] Uplink(int pole, bool isCounted)
    {
        uint fCnt = _counters[pole];
        _counters[pole] += isCounted ? 1u : 0u;
        byte[] fOpts = _mutator.Bytes(_random.Next(3) == 0 ? _random.Next(16) : 0);
        int fPort = fOpts.Length > 0 ? 1 + _random.Next(254) : _random.Next(256);
        List<byte> frame = [(byte)(_random.Next(2) == 0 ? 0x40 : 0x80)];
        frame.AddRange(BitConverter.GetBytes(AddressOf(pole)));
        frame.Add((byte)((_random.Next(16) << 4) | fOpts.Length));
        frame.AddRange(BitConverter.GetBytes((ushort)fCnt));
        frame.AddRange(fOpts);
        frame.Add((byte)fPort);
        byte[] key = fPort == 0 ? _keys[pole].NetworkSessionKey : _keys[pole].ApplicationSessionKey;
        frame.AddRange(TesterCrypto.Payload(key, false, AddressOf(pole), fCnt, _mutator.Bytes(_random.Next(60))));
        frame.AddRange(TesterCrypto.DataMic(_keys[pole].NetworkSessionKey, false, AddressOf(pole), fCnt, [.. frame]));
        return [.. frame];
    }

    private byte[] JoinRequest(int devNonce)
    {
        byte[] frame = [0, .. new byte[8], 0, 0, 0, 0xD0, 0x7E, 0xD5, 0xB3, 0x70, (byte)devNonce, (byte)(devNonce >> 8)];
        return [.. frame, .. TesterCrypto.Cmac(_appKey, frame)[..4]];
    }

    private void Submit(byte[] frame, int slot)
    {
        if (frame.Length is 0 or > MaximumLength)
        {
            return;
        }

        _sent.Add(frame);
        UplinkTransmission uplink = _pool.Rent();
        uplink.PoleIndex = slot % PoleCount;
        uplink.StartUs = _nowUs + (slot / Frequencies.Length * 450_000L) + slot;
        uplink.SpreadingFactor = 7;
        uplink.BandwidthHz = 125_000;
        uplink.EndUs = uplink.StartUs + AirTime.FrameUs(7, 125_000, frame.Length, true);
        uplink.FrequencyHz = Frequencies[slot % Frequencies.Length];
        uplink.PowerDbm = 14;
        uplink.Length = frame.Length;
        frame.CopyTo(uplink.Frame, 0);
        _network.Submit(uplink);
    }

    private void Advance()
    {
        _nowUs += 1_000_000;
        _network.Advance(_nowUs);
        _taken.Clear();
        _network.TakeDownlinks(_taken);
    }

    private long AcceptedCount() => _heardCount + _network.NetworkStatistics.AcceptedUplinkCount + _network.NetworkStatistics.RepeatedUplinkCount;

    private void CheckThatOneIsGenuine()
    {
        foreach (byte[] frame in _sent)
        {
            if (IsGenuineUplink(frame) || IsGenuineJoinRequest(frame))
            {
                return;
            }
        }

        throw new FuzzFailureException("the network server took one of these without a valid MIC: " + string.Join(' ', _sent.Select(Convert.ToHexStringLower)), [.. _keys[0].NetworkSessionKey, .. _appKey]);
    }

    private bool IsGenuineUplink(byte[] frame)
    {
        uint address = frame.Length >= 12 ? BitConverter.ToUInt32(frame, 1) : 0;
        if (address < AddressOf(0) || address >= AddressOf(PoleCount))
        {
            return false;
        }

        // What was lost on air may still be taken, and what was taken last is taken once more.
        int pole = (int)(address - AddressOf(0));
        for (uint fCnt = _counters[pole] - Math.Min(_counters[pole], 1000); fCnt <= _counters[pole] + 0x10000; fCnt++)
        {
            if ((ushort)fCnt == BitConverter.ToUInt16(frame, 6)
                && TesterCrypto.DataMic(_keys[pole].NetworkSessionKey, false, address, fCnt, frame.AsSpan(0, frame.Length - 4))
                    .AsSpan().SequenceEqual(frame.AsSpan(frame.Length - 4)))
            {
                _counters[pole] = Math.Max(_counters[pole], fCnt + 1);
                return true;
            }
        }

        return false;
    }

    private bool IsGenuineJoinRequest(byte[] frame)
    {
        bool isGenuine = frame.AsSpan().SequenceEqual(JoinRequest(_devNonce + 1));
        _devNonce += isGenuine ? 1 : 0;
        return isGenuine;
    }

    // The server's own record of its devices: sessions, counters, routes, queues.
    private static object DevicesOf(FleetNetwork network)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        object server = typeof(FleetNetwork).GetField("_server", Any)!.GetValue(network)!;
        object parts = server.GetType().GetField("_parts", Any)!.GetValue(server)!;
        return parts.GetType().GetProperty("Devices", Any)!.GetValue(parts)!;
    }
}
