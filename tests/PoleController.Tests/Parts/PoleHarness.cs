// A whole pole over simulated parts in virtual time: the controller as it runs on the pole, stepped exactly when it asked to be.
using PoleController.Lighting;
using PoleController.LoRaWan;
using Xunit;

namespace PoleController.Tests.Parts;

internal sealed class PoleHarness : IDisposable
{
    /// <summary>How often running a controller may ask to be stepped at once before something goes round in circles.</summary>
    private const int MostRepeatedSteps = 8;

    private long _wakeMs;

    public PoleHarness(int seed = 1, bool hasIdentity = true, FaultableStore? store = null, Action<PoleHardware>? fit = null)
    {
        Random = new SimulatedRandom(seed);
        Store = store ?? new FaultableStore();
        PoleHardware hardware = new(Dimmer, Radio, Aes, Store, Random)
        {
            Relay = Relay,
            Occupancy = Input,
            Photocell = Photocell,
            Meter = Meter,
            Watchdog = Watchdog,
        };
        fit?.Invoke(hardware);
        if (hasIdentity)
        {
            StoreIdentity();
        }

        Controller = new Controller(hardware);
    }

    public Controller Controller { get; }

    public SimulatedDimmer Dimmer { get; } = new();

    public SimulatedRelay Relay { get; } = new();

    public SimulatedInput Input { get; } = new();

    public SimulatedPhotocell Photocell { get; } = new();

    public SimulatedMeter Meter { get; } = new();

    public SimulatedWatchdog Watchdog { get; } = new();

    public FaultableStore Store { get; }

    public SilentRadio Radio { get; } = new();

    public SimulatedAes Aes { get; } = new();

    public SimulatedRandom Random { get; }

    public long NowMs { get; private set; } = 1000;

    public bool IsLit => Relay.IsClosed && Dimmer.LevelPermille > 0;

    /// <summary>Called after every step.</summary>
    public Action? Check { get; set; }

    public PoleHarness Start(bool isPowerReturn = false)
    {
        Controller.Start(NowMs, isPowerReturn);
        return Step();
    }

    /// <summary>Gives the pole a position, the time (midsummer, 22:00 UTC) and one program that is the same all day.</summary>
    public PoleHarness Provision(int levelPermille, int occupancyLevelPermille)
    {
        Controller.Settings.HasPosition = true;
        Controller.Settings.LatitudeMicrodegrees = 50000000;
        Controller.Settings.LongitudeMicrodegrees = 8000000;
        LightingProgram program = Controller.Settings.Programs[0];
        program.PointCount = 1;
        program.Reference[0] = (byte)SwitchingReference.Clock;
        program.OffsetMinutes[0] = 720;
        program.LevelPermille[0] = (short)levelPermille;
        program.OccupancyLevelPermille[0] = (short)occupancyLevelPermille;
        Controller.Schedule.Invalidate();
        Controller.Clock.Set(NowMs, LampHarness.MidsummerEveningUtcMs, 0);
        return Step();
    }

    public PoleHarness Sense(bool isActive)
    {
        Input.IsActive = isActive;
        return Step();
    }

    public PoleHarness Run(long durationMs)
    {
        long endMs = NowMs + durationMs;
        while (NowMs < endMs)
        {
            NowMs = Math.Min(Math.Min(_wakeMs, endMs), Math.Max(NowMs + 1, Radio.NextEventMs));
            Step();
        }

        return this;
    }

    public PoleHarness Step()
    {
        Radio.NowMs = NowMs;
        for (int i = 0; i < MostRepeatedSteps; i++)
        {
            _wakeMs = Controller.Step(NowMs);
            Check?.Invoke();
            if (_wakeMs > NowMs)
            {
                return this;
            }
        }

        Assert.Fail($"At {NowMs} ms the controller asked {MostRepeatedSteps} times running to be stepped at once.");
        return this;
    }

    public void Dispose()
    {
        Aes.Dispose();
    }

    private void StoreIdentity()
    {
        byte[] identity = new byte[IdentityStore.RecordLength];
        IdentityStore.Encode(new LoRaWanIdentity { AppKey = { [0] = 1 }, DevEui = { [7] = 1 } }, identity);
        Store.Records[IdentityStore.RecordName] = identity;
    }
}
