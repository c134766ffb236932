// The whole controller in virtual time over simulated parts, with an operator at the other end of the radio.
using LoRaWan.Tests.Bench;
using PoleController;
using PoleController.LoRaWan;
using PoleController.Messages;
using PoleController.Tests.Parts;
using Xunit;

namespace MessageGenerator.Tests.Controller;

internal sealed class PoleBench
{
    private const int StepsAtOneTime = 20;

    private readonly int _seed;
    private long _wakeMs;
    private int _startCount;

    public PoleBench(int seed = 1)
    {
        _seed = seed;
        LoRaWanIdentity identity = new();
        Array.Fill(identity.DevEui, (byte)0x70);
        Array.Fill(identity.AppKey, (byte)0x2B);
        Array.Fill(identity.GenAppKey, (byte)0x3C);
        Array.Fill(identity.ServiceKey, (byte)0x4D);
        byte[] record = new byte[IdentityStore.RecordLength];
        IdentityStore.Encode(identity, record);
        Store.Records[IdentityStore.RecordName] = record;
        Operator = new OperatorNetwork(Radio, identity);
        Pole = null!;
    }

    public FaultableStore Store { get; } = new();

    public ScriptedRadio Radio { get; } = new();

    public SimulatedMeter Meter { get; } = new();

    public SimulatedInput Input { get; } = new();

    public SimulatedDimmer Dimmer { get; } = new();

    public SimulatedUart Service { get; } = new();

    public OperatorNetwork Operator { get; }

    /// <summary>Fits what else the pole has; null for nothing.</summary>
    public Action<PoleHardware>? Fit { get; init; }

    public PoleController.Controller Pole { get; private set; }

    public long NowMs { get; private set; }

    public IReadOnlyList<Heard> Statuses => On(MessagePort.Status);

    public IReadOnlyList<Heard> Answers => On(MessagePort.Command);

    public IReadOnlyList<Heard> Alarms => On(MessagePort.Alarm);

    public IReadOnlyList<Heard> Journals => On(MessagePort.Journal);

    /// <summary>Starts the controller, as new or after a power cut with nothing but the store left.</summary>
    public PoleBench Start(bool isPowerReturn = false)
    {
        PoleHardware hardware = new(Dimmer, Radio, new SimulatedAes(), Store, new SimulatedRandom(_seed + (1000 * _startCount++)))
        {
            Meter = Meter,
            Occupancy = Input,
            Service = Service,
        };
        Fit?.Invoke(hardware);
        Radio.Sleep();
        Pole = new PoleController.Controller(hardware);
        Pole.Start(NowMs, isPowerReturn);
        _wakeMs = NowMs;
        return this;
    }

    public PoleBench Run(long durationMs)
    {
        RunUntil(NowMs + durationMs, () => false);
        return this;
    }

    public PoleBench RunUntil(Func<bool> isDone)
    {
        Assert.True(RunUntil(NowMs + 7_200_000, isDone), "it did not happen within two hours");
        return this;
    }

    /// <summary>Runs until the pole has joined and told its first status.</summary>
    public PoleBench RunUntilJoined() => RunUntil(() => Statuses.Count > 0);

    /// <summary>Something has come in: the pole is woken.</summary>
    public void Touch() => Step();

    /// <summary>Somebody passes.</summary>
    public void Pass()
    {
        Input.IsActive = true;
        Step();
        Run(1000);
        Input.IsActive = false;
        Step();
    }

    private List<Heard> On(int port) => [.. Operator.Uplinks.Where(uplink => uplink.FPort == port)];

    private bool RunUntil(long untilMs, Func<bool> isDone)
    {
        while (!isDone())
        {
            long nextMs = Math.Max(Math.Min(_wakeMs, Radio.NextMs), NowMs);
            if (nextMs > untilMs)
            {
                NowMs = untilMs;
                Radio.Advance(NowMs);
                return isDone();
            }

            NowMs = nextMs;
            Step();
        }

        return true;
    }

    private void Step()
    {
        Radio.Advance(NowMs);
        for (int i = 0; i < StepsAtOneTime; i++)
        {
            _wakeMs = Pole.Step(NowMs);
            Assert.Equal(0, Pole.ExceptionCount);
            Radio.Advance(NowMs);
            if (_wakeMs > NowMs)
            {
                return;
            }
        }

        Assert.Fail("the pole asks for step after step at one time");
    }
}
