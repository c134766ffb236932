// One pole for the benchmarks: the controller over the simulator's parts, at night, with its clock set.
using PoleController;
using PoleController.Settings;
using Simulation.Engine;
using Simulation.Parts;

namespace Benchmarks;

/// <summary>A pole that is lit by its program.</summary>
internal sealed class BenchPole
{
    private const long MidnightUtcMs = 1_781_992_800_000; // 2026-06-20T22:00:00Z, local midnight in central Europe

    public BenchPole()
    {
        NightIntervals nights = new([], []);
        PoleRecorder recorder = new(nights, 60_000_000, 1440);
        LuminairePart luminaire = new(60_000, 300, recorder);
        recorder.Luminaire = luminaire;
        luminaire.SetFed(true);
        Crystal crystal = new(0);
        MemoryStore store = new();
        ControllerSettings settings = new() { HasPosition = true, LatitudeMicrodegrees = 51_000_000, LongitudeMicrodegrees = 9_000_000, Revision = 1 };
        new SettingsStore(store).TrySave(settings);
        Parts = new PoleParts
        {
            Recorder = recorder,
            Responses = new ResponseMeter(1_000_000),
            Crystal = crystal,
            Luminaire = luminaire,
            Radio = new RadioPart(0, crystal),
            Store = store,
            Aes = new AesBlock(),
            Random = new PoleRandom(new RandomStream(1, "bench", 0)),
            Meter = new MeterPart(luminaire, recorder, new RandomStream(1, "meter", 0)),
        };
        Controller = new Controller(Parts.CreateHardware());
        Controller.Start(0, isPowerReturn: false);
        Controller.Clock.Set(0, MidnightUtcMs, 100);
        NowMs = 1000;
        for (int i = 0; i < 1000; i++)
        {
            Step(100);
        }
    }

    public PoleParts Parts { get; }

    public Controller Controller { get; }

    public long NowMs { get; private set; }

    public long Step(long afterMs)
    {
        NowMs += afterMs;
        Parts.SetTime(NowMs * 1000);
        return Controller.Step(NowMs);
    }
}
