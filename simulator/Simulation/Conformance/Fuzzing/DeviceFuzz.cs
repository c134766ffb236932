// Hostile frames for the end device: while it listens in class C, in its class A windows, and while it waits for a join-accept; and frames with a valid
// MIC whose content is anything.
using PoleController.LoRaWan;
using Simulation.Conformance.Bench;
using Simulation.Engine;
using Simulation.Parts;

namespace Simulation.Conformance.Fuzzing;

/// <summary>The end device under fire.</summary>
internal sealed class DeviceFuzz
{
    private const int WholeStateEvery = 5000;
    private const int RestartEvery = 500;
    private const int MutationsOfOne = 16;

    private readonly RandomStream _random;
    private readonly FrameMutator _mutator;
    private readonly FuzzResult _result;
    private readonly long _seed;
    private readonly List<byte[]> _recorded = [];
    private readonly TesterGroup _group = new();
    private byte[] _good = [];
    private uint _groupFCntNext;
    private int _mutationCount;
    private ConformanceBench _bench;
    private MemoryStore _store;
    private int _benchCount;

    /// <summary>Makes it.</summary>
    public DeviceFuzz(long seed, FuzzResult result)
    {
        _seed = seed;
        _random = new RandomStream(seed, "device-fuzz", 0);
        _mutator = new FrameMutator(_random);
        _result = result;
        _store = new MemoryStore();
        _bench = NewJoinedBench();
    }

    /// <summary>Feeds some frames of all kinds.</summary>
    /// <param name="forgedCount">How many forged ones in class C; the other kinds follow in proportion.</param>
    public void Run(int forgedCount)
    {
        for (int i = 0; i < forgedCount; i++)
        {
            ForgedInClassC(i % WholeStateEvery == 0);
        }

        for (int i = 0; i < (forgedCount / 200) + 1; i++)
        {
            ForgedInClassA();
            Genuine(i);
        }

        ForgedAccepts((forgedCount / 500) + 1);
    }

    private ConformanceBench NewBench()
    {
        _store = new MemoryStore();
        _benchCount++;
        ConformanceBench bench = new(new BenchSetup { Seed = _seed + _benchCount, Store = _store });
        bench.Radio.KeepsRecords = false;
        return bench;
    }

    // With a multicast group, so that frames to it are judged too.
    private ConformanceBench NewJoinedBench()
    {
        ConformanceBench bench = NewBench();
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = TesterGroup.SetupPort, Payload = _group.Setup(0, uint.MaxValue) });
        bench.RunFor(60_000);
        Check.That(bench.Network.Uplinks.Any(u => u is { FPort: TesterGroup.SetupPort, Payload: "0200" }), "the multicast group was not set up");
        bench.Network.Uplinks.Clear();
        _groupFCntNext = 0;
        _mutationCount = 0;
        return bench;
    }

    private void ForgedInClassC(bool comparesAll)
    {
        byte[] frame = Forge();
        Dictionary<string, string>? before = comparesAll ? GraphDigest.Of(_bench.Device) : null;
        Brief briefBefore = Brief.Of(_bench, _store);
        Feed(frame);
        _result.ForgedDownlinks++;
        if (CheckUnchanged(before, briefBefore, frame))
        {
            return;
        }

        // Now and then a mutation changes nothing, or the frame is the next one of the network: it is taken, and rightly so.
        _bench.TakeDownlink();
        _bench.RunFor(20_000);
        _bench.Network.Uplinks.Clear();
    }

    private void ForgedInClassA()
    {
        // RX1 is open, and the answer in it is forged.
        _bench.Begin();
        if (!_bench.RunUntil(() => _bench.Radio.Current is { IsContinuous: false }, 3_600_000))
        {
            throw new FuzzFailureException("no receive window was opened", []);
        }

        byte[] frame = Forge();
        Brief before = Brief.Of(_bench, _store);
        Feed(frame);
        _result.ForgedDownlinks++;
        CheckUnchanged(null, before, frame);
        _bench.RunFor(10_000);
        _bench.TakeDownlink();
        _bench.Network.Uplinks.Clear();
    }

    // With a valid MIC the network may say anything, in class A or in class C. What the device is must stay something that it can work with.
    private void Genuine(int number)
    {
        bool isClassA = _random.Next(2) == 0;
        if (isClassA)
        {
            _bench.Begin();
            _bench.RunUntil(() => _bench.Radio.Current is { IsContinuous: false }, 3_600_000);
        }

        DownlinkSpec spec = AnySpec();
        byte[] frame = _bench.Network.Build(spec);
        Feed(frame);
        _result.GenuineDownlinks++;
        _bench.Network.Downlinks.Clear();
        _recorded.Add(frame);
        if (_recorded.Count > 64)
        {
            _recorded.RemoveAt(0);
        }

        _bench.TakeDownlink();
        CheckParameters(frame);

        // A duty cycle of 1/32768, or 15 transmissions at DR0, would only make the run wait.
        MacParameters parameters = _bench.Device.Session.Parameters;
        if (parameters.MaximumDutyCycle > 0 || parameters.TransmissionCount > 4 || parameters.DataRate < 3 || number % RestartEvery == 0)
        {
            Reset();
            return;
        }

        _bench.RunFor(isClassA ? 30_000 : 200);
        _bench.TakeDownlink();
        _bench.Network.Uplinks.Clear();
    }

    // A loss of power: what was kept is what was in force. Then a new device.
    private void Reset()
    {
        Dictionary<string, string> before = GraphDigest.Of(_bench.Device.Session.Parameters);
        _bench.Restart();
        string? difference = GraphDigest.Difference(before, GraphDigest.Of(_bench.Device.Session.Parameters));
        if (difference is not null)
        {
            throw new FuzzFailureException("after a loss of power " + difference, []);
        }

        _result.StateComparisons++;
        _bench = NewJoinedBench();
    }

    private void ForgedAccepts(int count)
    {
        ConformanceBench bench = NewBench();
        MemoryStore store = _store;
        byte[] accept = TesterFrames.JoinAccept(new JoinAcceptSpec { JoinNonce = 1, DevAddr = 0x26000001 }, ConformanceBench.AppKey);
        bench.Network.AcceptJoin = _ => null;
        for (int i = 0; i < count; i++)
        {
            if (!bench.RunUntil(() => bench.Radio.Current is not null, 7 * 24 * 3_600_000L))
            {
                throw new FuzzFailureException("the device has stopped joining", []);
            }

            byte[] frame = _mutator.Mutate(accept, _recorded.Count > 0 ? _recorded[^1] : accept);
            if (frame.AsSpan().SequenceEqual(accept))
            {
                continue;
            }

            int writes = store.WriteCount;
            bench.Radio.Deliver(frame);
            bench.StepNow();
            _result.ForgedAccepts++;
            if (bench.Device.IsJoined || store.WriteCount != writes)
            {
                throw new FuzzFailureException("a forged join-accept was taken", frame);
            }

            bench.RunFor(2000);
        }

        bench.Network.JoinRequests.Clear();
        _bench = NewJoinedBench();
    }

    private byte[] Forge()
    {
        if (_mutationCount % MutationsOfOne == 0)
        {
            TesterNetwork network = _bench.Network;
            _good = _random.Next(4) == 0
                ? _group.Frame(AnySpec(), _groupFCntNext)
                : TesterFrames.Downlink(AnySpec(), network.Keys!, network.DevAddr, network.FCntDown);
        }

        _mutationCount++;
        byte[] other = _recorded.Count > 0 ? _recorded[_random.Next(_recorded.Count)] : _good;
        return _mutator.Mutate(_good, other);
    }

    private DownlinkSpec AnySpec()
    {
        int kind = _random.Next(4);
        byte[] commands = _mutator.Bytes(_random.Next(16));
        for (int i = 0; i < commands.Length; i += 5)
        {
            commands[i] = (byte)(2 + _random.Next(13));
        }

        string content = Convert.ToHexString(commands);
        bool isConfirmed = _random.Next(2) == 0;
        return kind switch
        {
            0 => new DownlinkSpec { FPort = 0, Payload = content, IsConfirmed = isConfirmed },
            1 => new DownlinkSpec { FOpts = content, IsAck = isConfirmed },
            2 => new DownlinkSpec { FPort = _random.Next(256), Payload = content, IsConfirmed = isConfirmed, IsFramePending = isConfirmed },
            _ => new DownlinkSpec { FPort = 1 + _random.Next(223), Payload = Convert.ToHexString(_mutator.Bytes(_random.Next(200))), FOpts = content },
        };
    }

    private void Feed(byte[] frame)
    {
        _bench.Radio.Deliver(frame);
        _bench.StepNow();
    }

    // Whether the device was right to take it: an independent computation of the MIC says so. A frame of the network that the device has not seen yet,
    // or had to discard for its commands in class C, is as good as new.
    private bool IsGenuine(byte[] frame, uint fCntDownNext)
    {
        TesterNetwork network = _bench.Network;
        uint address = frame.Length >= 12 && (frame[0] >> 5 is 3 or 5) ? BitConverter.ToUInt32(frame, 1) : 0;
        bool isGroup = address == TesterGroup.McAddr;
        if (!isGroup && address != network.DevAddr)
        {
            return false;
        }

        uint next = isGroup ? _groupFCntNext : fCntDownNext;
        uint fCnt = (next & 0xFFFF0000) | BitConverter.ToUInt16(frame, 6);
        fCnt = fCnt < next ? fCnt + 0x10000 : fCnt;
        byte[] key = isGroup ? _group.Keys.NetworkSessionKey : network.Keys!.NetworkSessionKey;
        if (!TesterCrypto.DataMic(key, true, address, fCnt, frame.AsSpan(0, frame.Length - 4)).AsSpan().SequenceEqual(frame.AsSpan(frame.Length - 4)))
        {
            return false;
        }

        _groupFCntNext = isGroup ? fCnt + 1 : _groupFCntNext;
        network.FCntDown = isGroup ? network.FCntDown : Math.Max(network.FCntDown, fCnt + 1);
        _mutationCount = 0;
        _result.LuckyFrames += frame.AsSpan().SequenceEqual(_good) || _recorded.Exists(recorded => frame.AsSpan().SequenceEqual(recorded)) ? 0 : 1;
        return true;
    }

    // Returns whether nothing has changed; what was rightly taken may change something.
    private bool CheckUnchanged(Dictionary<string, string>? before, Brief briefBefore, byte[] frame)
    {
        Brief after = Brief.Of(_bench, _store);
        if (after != briefBefore)
        {
            return IsGenuine(frame, briefBefore.FCntDownNext) ? false : throw new FuzzFailureException($"the device went from {briefBefore} to {after}", frame);
        }

        if (before is null)
        {
            return true;
        }

        _result.StateComparisons++;
        return GraphDigest.Difference(before, GraphDigest.Of(_bench.Device)) is { } difference ? throw new FuzzFailureException(difference, frame) : true;
    }

    private void CheckParameters(byte[] frame)
    {
        MacParameters parameters = _bench.Device.Session.Parameters;
        bool isSound = parameters.RxDelayS is >= 1 and <= 15
            && parameters.TransmissionCount is >= 1 and <= 15
            && parameters.Rx2FrequencyHz is >= 863_000_000 and <= 870_000_000
            && parameters.PowerIndex is >= 0 and <= 7
            && _bench.Device.DataRate is >= 0 and <= 6
            && _bench.Device.MaximumPayloadLength is >= 0 and <= 242;
        if (!isSound)
        {
            throw new FuzzFailureException("the device's parameters are out of their ranges", frame);
        }
    }

    /// <summary>What is compared after every single frame.</summary>
    private readonly record struct Brief(
        uint FCntUp, uint FCntDownNext, uint DevAddr, int DownlinkPort, int Accepted, int Dropped, int Sent, int GivenUp, int Writes, int ClockSets, int DataRate,
        int Margin, bool IsJoined)
    {
        /// <summary>Takes it.</summary>
        public static Brief Of(ConformanceBench bench, MemoryStore store)
        {
            EndDevice device = bench.Device;
            return new Brief(
                device.Session.FCntUp, device.Session.FCntDownNext, device.Session.DevAddr, device.DownlinkPort, device.DownlinkCount, device.DroppedDownlinkCount,
                device.SentCount, device.UnacknowledgedCount, store.WriteCount, bench.Clock.SetCount, device.DataRate, device.LinkMarginDb, device.IsJoined);
        }
    }
}
