// One real end device in virtual time between a tester's radio and a tester's network. A case drives it; nothing here knows what a case is about.
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Time;
using Simulation.Engine;
using Simulation.Parts;

namespace Simulation.Conformance.Bench;

/// <summary>How a bench is set up.</summary>
internal sealed record BenchSetup
{
    /// <summary>Seed of the device's random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The device's region.</summary>
    public RegionId Region { get; init; }

    /// <summary>The device's clock.</summary>
    public TesterClock Clock { get; init; } = new();

    /// <summary>What the board states about its timing.</summary>
    public TimerUncertainty Timing { get; init; } = new();

    /// <summary>How late each step comes, in microseconds; null for not at all.</summary>
    public Func<int>? LatenessUs { get; init; }

    /// <summary>The store, if not an empty one.</summary>
    public IStore? Store { get; init; }
}

/// <summary>The device under test with everything around it.</summary>
internal sealed class ConformanceBench
{
    /// <summary>The port that cases send on.</summary>
    public const int Port = 2;

    private const int StepsAtOneTime = 20;
    private const long HourMs = 3_600_000;

    /// <summary>AppKey.</summary>
    internal static readonly byte[] AppKey = Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C");

    /// <summary>GenAppKey, the root of multicast keys.</summary>
    internal static readonly byte[] GenAppKey = Convert.FromHexString("0F0E0D0C0B0A09080706050403020100");

    private readonly BenchSetup _setup;
    private readonly IStore _store;
    private long _wakeUs;
    private int _bootCount;

    /// <summary>Makes it: a device with identity that has just been switched on for the first time.</summary>
    public ConformanceBench(BenchSetup? setup = null)
    {
        _setup = setup ?? new BenchSetup();
        _store = _setup.Store ?? new MemoryStore();
        LoRaWanIdentity identity = new();
        DevEui.CopyTo(identity.DevEui, 0);
        JoinEui.CopyTo(identity.JoinEui, 0);
        AppKey.CopyTo(identity.AppKey, 0);
        GenAppKey.CopyTo(identity.GenAppKey, 0);
        identity.Region = _setup.Region;
        byte[] record = new byte[256];
        _store.TryWrite(IdentityStore.RecordName, record, IdentityStore.Encode(identity, record));
        Radio = new TesterRadio(_setup.Clock);
        Network = new TesterNetwork(Radio, TesterPlan.For(_setup.Region), AppKey);
        Clock = new PoleClock();
        Device = null!;
        Restart();
    }

    /// <summary>DevEUI, most significant octet first.</summary>
    public static byte[] DevEui => Convert.FromHexString("70B3D57ED0000001");

    /// <summary>JoinEUI, most significant octet first.</summary>
    public static byte[] JoinEui => Convert.FromHexString("0011223344556677");

    /// <summary>True time since the beginning of the case.</summary>
    public long NowUs { get; private set; }

    /// <summary>Milliseconds since the device's start, by its clock.</summary>
    public long LocalMs => _setup.Clock.LocalMs(NowUs);

    /// <summary>The device under test.</summary>
    public EndDevice Device { get; private set; }

    /// <summary>Its UTC.</summary>
    public PoleClock Clock { get; private set; }

    /// <summary>Its radio.</summary>
    public TesterRadio Radio { get; }

    /// <summary>Its network.</summary>
    public TesterNetwork Network { get; }

    /// <summary>Told after every step.</summary>
    public Action? Stepped { get; set; }

    /// <summary>Its store.</summary>
    public IStore Store => _store;

    /// <summary>Cuts the power and switches on again: nothing is left but the store.</summary>
    public void Restart(bool isPowerReturn = false)
    {
        _bootCount++;
        Radio.PowerOff();
        _setup.Clock.Restart(NowUs);
        Clock = new PoleClock();
        PoleRandom random = new(new RandomStream(_setup.Seed, "device", _bootCount));
        Device = new EndDevice(Radio, new AesBlock(), _store, random, new LoRaWanIdentity(), Clock, _setup.Timing);
        Device.Start(0, isPowerReturn);
        _wakeUs = NowUs;
    }

    /// <summary>Forgets the session in the store, as if its record had been lost; nonces stay.</summary>
    public void LoseSession()
    {
        _store.TryWrite("lora-session-a", [0], 1);
        _store.TryWrite("lora-session-b", [0], 1);
    }

    /// <summary>Lets time pass.</summary>
    public void RunFor(long durationMs) => RunUntil(() => false, durationMs);

    /// <summary>Lets time pass until something is so.</summary>
    /// <returns>Whether it came to be so within the limit.</returns>
    public bool RunUntil(Func<bool> isDone, long limitMs)
    {
        long untilUs = NowUs + (limitMs * 1000);
        while (!isDone())
        {
            long nextUs = Math.Max(Math.Min(_wakeUs, Radio.NextEventUs), NowUs);
            if (nextUs > untilUs)
            {
                NowUs = untilUs;
                Radio.Advance(NowUs);
                return isDone();
            }

            StepAt(nextUs);
        }

        return true;
    }

    /// <summary>Lets the device join and settle: it has the time, and nothing to say.</summary>
    public void Join()
    {
        Check.That(RunUntil(() => Device.IsJoined, HourMs), "the device did not join within an hour");
        Settle();
    }

    /// <summary>Lets pass what the device says by itself after a start or a join.</summary>
    public void Settle() => RunFor(300_000);

    /// <summary>Sends on the case's port as soon as the device can, and waits until the frame is heard.</summary>
    public HeardUplink Send(string payload = "01", bool isConfirmed = false)
    {
        Begin(payload, isConfirmed);
        int before = Network.Uplinks.Count;
        HeardUplink? uplink = null;
        bool isHeard = RunUntil(() => (uplink = Network.Uplinks.Skip(before).FirstOrDefault(u => u.FPort == Port)) is not null, HourMs);
        Check.That(isHeard, "the message was not sent within an hour");
        return uplink!;
    }

    /// <summary>Gives the device a message.</summary>
    public void Begin(string payload = "01", bool isConfirmed = false)
    {
        byte[] bytes = Convert.FromHexString(payload);
        Check.That(RunUntil(() => Device.IsIdle, HourMs), "the device did not finish the message before within an hour");
        Check.That(Device.TrySend(LocalMs, Port, bytes, bytes.Length, isConfirmed), "the device did not take a message of " + bytes.Length + " octets");
        _wakeUs = NowUs;
    }

    /// <summary>Sends and waits until the message is done and the windows are over.</summary>
    public HeardUplink SendAndFinish(string payload = "01", bool isConfirmed = false)
    {
        HeardUplink uplink = Send(payload, isConfirmed);
        Finish();
        return uplink;
    }

    /// <summary>Waits until the message is done and the windows are over.</summary>
    public void Finish()
    {
        Check.That(RunUntil(() => Device.IsIdle, HourMs), "the message was not done within an hour");
        RunFor((Network.RxDelayS * 1000) + 6000);
    }

    /// <summary>Has the next uplink answered.</summary>
    public void Answer(DownlinkSpec downlink, bool isInRx2 = false, long offsetUs = 0) =>
        Network.Answers.Enqueue(new Answer(downlink, isInRx2, offsetUs));

    /// <summary>Sends an uplink that is answered; returns the uplink.</summary>
    public HeardUplink Exchange(DownlinkSpec downlink, bool isInRx2 = false)
    {
        Answer(downlink, isInRx2);
        return SendAndFinish();
    }

    /// <summary>Gives MAC commands in FOpts of an answer; returns the device's answers, from its next uplink.</summary>
    public string Command(string commands)
    {
        Exchange(commands.Length <= 30 ? new DownlinkSpec { FOpts = commands } : new DownlinkSpec { FPort = 0, Payload = commands });
        return SendAndFinish().MacCommands;
    }

    /// <summary>A class C downlink, to its end and a little more.</summary>
    public void ClassC(DownlinkSpec downlink)
    {
        Network.SendClassC(downlink);
        RunFor(4000);
    }

    /// <summary>Takes the message that the device has received; empty when there is none.</summary>
    public string TakeDownlink()
    {
        byte[] buffer = new byte[256];
        return Convert.ToHexStringLower(buffer.AsSpan(0, Device.TakeDownlink(buffer)));
    }

    /// <summary>Steps the device now, as an input would.</summary>
    public void StepNow() => StepAt(NowUs);

    private void StepAt(long timeUs)
    {
        NowUs = timeUs;
        Radio.Advance(timeUs);
        long wakeMs;
        int count = 0;
        do
        {
            wakeMs = Device.Step(LocalMs);
            wakeMs = SendPackageMessage() ? LocalMs : wakeMs;
            Radio.Advance(timeUs);
            count++;
            Check.That(count < StepsAtOneTime, "the device asks for step after step at one time");
        }
        while (wakeMs <= LocalMs);

        Stepped?.Invoke();
        wakeMs = Device.IsIdle ? Math.Min(wakeMs, Math.Max(Device.Packages.DueMs, LocalMs + 1000)) : wakeMs;
        _wakeUs = _setup.Clock.TimeUs(wakeMs);
        if (_setup.LatenessUs is { } lateness && _wakeUs < long.MaxValue / 2)
        {
            _wakeUs += lateness();
        }
    }

    // What the controller's reporter does for the packages: their answers go when nothing else is on its way.
    private bool SendPackageMessage() => Device.TrySendPackageMessage(LocalMs);
}
