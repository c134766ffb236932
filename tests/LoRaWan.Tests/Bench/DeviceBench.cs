// One device on the bench: the real end device in virtual time, with a radio, a store and a network that tests can script.
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Time;
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Bench;

internal sealed class TestRandom(long seed) : IRandom
{
    private readonly RandomStream _stream = new(seed, "device", 0);

    public int Next(int exclusiveUpperBound) => _stream.Next(exclusiveUpperBound);
}

internal sealed class DeviceBench
{
    private const int StepsAtOneTime = 20;

    private readonly long _seed;
    private int _restartCount;
    private long _wakeMs;

    public DeviceBench(long seed = 1, bool isProvisioned = true, bool hasGenAppKey = true, RegionId region = RegionId.Eu868)
    {
        _seed = seed;
        LoRaWanIdentity identity = new() { Region = region };
        Hex.Bytes("70b3d57ed0000001").CopyTo(identity.DevEui, 0);
        Hex.Bytes("0000000000000001").CopyTo(identity.JoinEui, 0);
        Hex.Bytes("2b7e151628aed2a6abf7158809cf4f3c").CopyTo(identity.AppKey, 0);
        if (hasGenAppKey)
        {
            Hex.Bytes("0f1e2d3c4b5a69788796a5b4c3d2e1f0").CopyTo(identity.GenAppKey, 0);
        }

        if (isProvisioned)
        {
            byte[] record = new byte[IdentityStore.RecordLength];
            IdentityStore.Encode(identity, record);
            Store.Records[IdentityStore.RecordName] = record;
        }

        Network = new TestNetwork(Radio, identity);
        Clock = new PoleClock();
        Device = null!;
        Boot();
    }

    public TestStore Store { get; } = new();

    public ScriptedRadio Radio { get; } = new();

    public TestNetwork Network { get; }

    public PoleClock Clock { get; private set; }

    public TimerUncertainty Timing { get; } = new();

    public EndDevice Device { get; private set; }

    public long NowMs { get; private set; }

    /// <summary>Steps come only at multiples of this: a loop on a clock that steps.</summary>
    public int StepGranularityMs { get; set; } = 1;

    /// <summary>Address and counter of every downlink that had an effect, over all restarts.</summary>
    public List<(uint DevAddr, uint FCnt)> AcceptedDownlinks { get; } = [];

    public int StepCount { get; private set; }

    /// <summary>What the pole takes data blocks with; survives restarts as its code does.</summary>
    public IDataBlockConsumer? DataBlockConsumer { get; set; }

    public Action? AfterStep { get; set; }

    /// <summary>Cuts the power and starts again, with nothing but the store left.</summary>
    public void Boot(bool isPowerReturn = false)
    {
        Clock = new PoleClock();
        Radio.Sleep();
        Device = new EndDevice(Radio, new AesBlock(), Store, new TestRandom(_seed + (1000 * _restartCount++)), new LoRaWanIdentity(), Clock, Timing);
        Device.Packages.DataBlockConsumer = DataBlockConsumer;
        Device.Start(NowMs, isPowerReturn);
        _wakeMs = NowMs;
    }

    public void RunUntil(long untilMs) => RunUntil(untilMs, () => false);

    public void RunFor(long durationMs) => RunUntil(NowMs + durationMs);

    public bool RunUntil(long untilMs, Func<bool> isDone)
    {
        while (!isDone())
        {
            long packageMs = Device.IsIdle ? Device.Packages.DueMs : long.MaxValue;
            long nextMs = Math.Max(Math.Min(Math.Min(_wakeMs, packageMs), Radio.NextMs), NowMs);
            nextMs = (nextMs + StepGranularityMs - 1) / StepGranularityMs * StepGranularityMs;
            if (nextMs > untilMs || nextMs < 0)
            {
                NowMs = Math.Max(NowMs, untilMs);
                Radio.Advance(NowMs);
                return isDone();
            }

            StepAt(nextMs);
        }

        return true;
    }

    public void Join()
    {
        Assert.True(RunUntil(NowMs + 1_000_000, () => Device.IsJoined), "the device did not join");
        RunFor(60_000);
    }

    public bool TrySend(byte[] payload, int length, bool isConfirmed)
    {
        _wakeMs = NowMs;
        return Device.TrySend(NowMs, 2, payload, length, isConfirmed);
    }

    public void Send(string payload = "0102", int fPort = 2, bool isConfirmed = false)
    {
        byte[] bytes = Hex.Bytes(payload);
        Assert.True(Device.TrySend(NowMs, fPort, bytes, bytes.Length, isConfirmed), "the device did not take the message");
        _wakeMs = NowMs;
    }

    public void SendAndFinish(string payload = "0102", int fPort = 2, bool isConfirmed = false)
    {
        Send(payload, fPort, isConfirmed);
        Assert.True(RunUntil(NowMs + 3_600_000, () => Device.IsIdle), "the message was not finished");
    }

    public string TakeDownlink()
    {
        byte[] buffer = new byte[256];
        return Hex.Text(buffer, Device.TakeDownlink(buffer));
    }

    private void StepAt(long nowMs)
    {
        int stepsHere = 0;
        NowMs = nowMs;
        Radio.Advance(nowMs);
        do
        {
            int downlinkCount = Device.DownlinkCount;
            _wakeMs = Device.Step(nowMs);
            if (Device.DownlinkCount != downlinkCount)
            {
                AcceptedDownlinks.Add((Device.Session.DevAddr, Device.Session.FCntDownNext - 1));
            }

            if (Device.TrySendPackageMessage(nowMs))
            {
                _wakeMs = nowMs;
            }

            StepCount++;
            stepsHere++;
            Assert.True(stepsHere < StepsAtOneTime, "the device asks for step after step at one time");
            Radio.Advance(nowMs);
        }
        while (_wakeMs <= nowMs);

        AfterStep?.Invoke();
    }
}
