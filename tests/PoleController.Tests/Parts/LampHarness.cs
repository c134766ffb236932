// The lamp's components over simulated parts in virtual time: steps them exactly when they asked to be, or at a fixed beat, and records
// the level curve.
using PoleController.Alarms;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Parts;

internal sealed class LampHarness
{
    /// <summary>2026-06-21T22:00:00Z.</summary>
    public const long MidsummerEveningUtcMs = 1782079200000;

    private const int MostRepeatedSteps = 4;

    private long _wakeMs;
    private int _lastPermille = -1;

    public LampHarness(bool hasRelay = false, bool hasPhotocell = false, bool hasMeter = false, int seed = 1, int beatMs = 0,
        FaultableStore? store = null, bool hasWarmDimmer = false)
    {
        BeatMs = beatMs;
        Store = store ?? new FaultableStore();
        Random = new SimulatedRandom(seed);
        Schedule = new LightingSchedule(Settings);
        Occupancy = new OccupancySensor(Input, null, Settings);
        Relay = hasRelay ? new SimulatedRelay() : null;
        WarmDimmer = hasWarmDimmer ? new SimulatedDimmer() : null;
        Photocell = hasPhotocell ? new SimulatedPhotocell() : null;
        Lighting = new LightingControl(Clock, Settings, Schedule, Occupancy, Dimmer, WarmDimmer, Relay, Photocell, Random, Alarms);
        Luminaire = new LuminaireMonitor(hasMeter ? Meter : null, Lighting, Settings, Store);
    }

    public ControllerSettings Settings { get; } = new();

    public PoleClock Clock { get; } = new();

    public SimulatedInput Input { get; } = new();

    public SimulatedDimmer Dimmer { get; } = new();

    public SimulatedDimmer? WarmDimmer { get; }

    public AlarmBoard Alarms { get; } = new();

    public SimulatedRelay? Relay { get; }

    public SimulatedPhotocell? Photocell { get; }

    public SimulatedMeter Meter { get; } = new();

    public FaultableStore Store { get; }

    public SimulatedRandom Random { get; }

    public LightingSchedule Schedule { get; }

    public OccupancySensor Occupancy { get; }

    public LightingControl Lighting { get; }

    public LuminaireMonitor Luminaire { get; }

    public long NowMs { get; private set; } = 1000;

    /// <summary>0: step exactly at the returned wake times; else at every multiple of it.</summary>
    public int BeatMs { get; }

    public int StepCount { get; private set; }

    /// <summary>The level after each step in which it changed, by time.</summary>
    public SortedDictionary<long, int> Curve { get; } = [];

    /// <summary>Whether light comes out of the luminaire.</summary>
    public bool IsLit => (Relay?.IsClosed ?? true) && Dimmer.LevelPermille > 0;

    public LampHarness Start(bool isPowerReturn = false)
    {
        Occupancy.Start(NowMs, isPowerReturn);
        Lighting.Start(NowMs, isPowerReturn);
        Luminaire.Start(NowMs, isPowerReturn);
        Step();
        return this;
    }

    /// <summary>Gives the pole a position and UTC, and one program that is the same all day.</summary>
    public LampHarness WithProgram(int levelPermille, int occupancyLevelPermille = 0, int fadeSeconds = 0)
    {
        return WithProgram([720], [levelPermille], [occupancyLevelPermille], fadeSeconds);
    }

    /// <summary>Gives the pole a position and UTC, and program 0 with points at these minutes of the UTC day.</summary>
    public LampHarness WithProgram(int[] minutes, int[] levels, int[] occupancyLevels, int fadeSeconds = 0)
    {
        Settings.HasPosition = true;
        Settings.LatitudeMicrodegrees = 50000000;
        Settings.LongitudeMicrodegrees = 8000000;
        Settings.UtcOffsetMinutes = 0;
        Settings.DaylightSaving = (int)DaylightSavingRule.None;
        LightingProgram program = Settings.Programs[0];
        program.PointCount = minutes.Length;
        program.FadeSeconds = fadeSeconds;
        for (int i = 0; i < minutes.Length; i++)
        {
            program.Reference[i] = (byte)SwitchingReference.Clock;
            program.OffsetMinutes[i] = (short)minutes[i];
            program.LevelPermille[i] = (short)levels[i];
            program.OccupancyLevelPermille[i] = (short)occupancyLevels[i];
        }

        Schedule.Invalidate();
        if (!Clock.IsKnown)
        {
            Clock.Set(NowMs, MidsummerEveningUtcMs, 0);
        }

        return this;
    }

    /// <summary>Runs for a time.</summary>
    public LampHarness Run(long durationMs)
    {
        long endMs = NowMs + durationMs;
        while (NowMs < endMs)
        {
            long nextMs = BeatMs > 0 ? NowMs + BeatMs : _wakeMs;
            NowMs = nextMs < endMs ? nextMs : endMs;
            if (NowMs == nextMs)
            {
                Step();
            }
        }

        return this;
    }

    /// <summary>Sets the input, which wakes the pole.</summary>
    public LampHarness Sense(bool isActive)
    {
        Input.IsActive = isActive;
        return Step();
    }

    public LampHarness Override(int levelPermille, int fadeMs, long durationMs)
    {
        Lighting.SetOverride(NowMs, levelPermille, fadeMs, durationMs);
        return Step();
    }

    /// <summary>Passes time without a step: the pole overslept.</summary>
    public LampHarness Oversleep(long durationMs)
    {
        NowMs += durationMs;
        return Step();
    }

    public LampHarness Step()
    {
        for (int i = 0; i < MostRepeatedSteps; i++)
        {
            _wakeMs = Math.Min(Occupancy.Step(NowMs), Math.Min(Lighting.Step(NowMs), Luminaire.Step(NowMs)));
            StepCount++;
            if (_lastPermille != Lighting.LevelPermille)
            {
                _lastPermille = Lighting.LevelPermille;
                Curve[NowMs] = _lastPermille;
            }

            if (_wakeMs > NowMs)
            {
                return this;
            }
        }

        Assert.Fail($"At {NowMs} ms the lamp asked {MostRepeatedSteps} times running to be stepped at once.");
        return this;
    }
}
