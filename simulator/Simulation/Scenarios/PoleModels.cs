// What stands at a pole: luminaire, controller hardware, settings. Data only.
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>A luminaire where the lamp file does not say otherwise.</summary>
public sealed record LuminaireModel
{
    /// <summary>Power at full level in watts. Default 60.</summary>
    public double FullPowerWatts { get; init; } = 60;

    /// <summary>Power of the control gear with the lamp dark but fed, in watts. Default 0.3.</summary>
    public double StandbyPowerWatts { get; init; } = 0.3;

    /// <summary>Power of a lamp's luminaire at full level in watts: the lamp file's where it says one.</summary>
    public double FullPowerWattsOf(Lamp lamp)
    {
        ArgumentNullException.ThrowIfNull(lamp);
        return lamp.FullPowerWatts ?? FullPowerWatts;
    }
}

/// <summary>Which radio chip the poles have.</summary>
public enum RadioChipKind
{
    /// <summary>Semtech SX1262.</summary>
    Sx1262 = 0,

    /// <summary>Semtech SX1276.</summary>
    Sx1276 = 1,
}

/// <summary>How far down the radio is simulated.</summary>
public enum RadioForm
{
    /// <summary>The controller's radio port, with the times and limits of the chip.</summary>
    Port = 0,

    /// <summary>The chip itself, byte by byte, behind the controller's own driver.</summary>
    Chip = 1,
}

/// <summary>The controller's hardware.</summary>
public sealed record ControllerModel
{
    /// <summary>What a radar draws from the mains beside the controller, in milliwatts: HLK-LD2410, hardware/power-budget.yaml.</summary>
    public const int RadarMilliwatts = 583;

    /// <summary>What the controller itself draws from the mains, in milliwatts, counted in the energy. Default 600, the sum of hardware/power-budget.yaml rounded up. A radar comes on top.</summary>
    public int PowerMilliwatts { get; init; } = 600;

    /// <summary>Whether poles have an occupancy sensor. Default true.</summary>
    public bool HasOccupancySensor { get; init; } = true;

    /// <summary>Whether poles have a photocell. Default true.</summary>
    public bool HasPhotocell { get; init; } = true;

    /// <summary>Whether poles measure the luminaire's power. Default true.</summary>
    public bool HasMeter { get; init; } = true;

    /// <summary>Largest error of the crystal in millionths; each pole gets its own, evenly spread from minus this to plus this. Default 20.</summary>
    public int ClockDriftPartsPerMillion { get; init; } = 20;

    /// <summary>The radio chip. Default SX1262.</summary>
    public RadioChipKind RadioChip { get; init; }

    /// <summary>How far down the radio is simulated. Default the port.</summary>
    public RadioForm RadioForm { get; init; }
}

/// <summary>Settings of every pole; the defaults are those of the controller.</summary>
public sealed record PoleSettings
{
    /// <summary>Time between status messages, 60 to 86,400 s. Default 600.</summary>
    public int StatusIntervalSeconds { get; init; } = 600;

    /// <summary>How long the raised level stays after the last movement, 1,000 to 3,600,000 ms. Default 30,000.</summary>
    public int HoldTimeMs { get; init; } = 30_000;

    /// <summary>Fade to the occupancy level, 0 to 10,000 ms. Default 500.</summary>
    public int OccupancyFadeUpMs { get; init; } = 500;

    /// <summary>Fade back to the program's level, 0 to 60,000 ms. Default 5,000.</summary>
    public int OccupancyFadeDownMs { get; init; } = 5_000;

    /// <summary>How long the occupancy input must be steady, 0 to 1,000 ms. Default 50.</summary>
    public int OccupancyDebounceMs { get; init; } = 50;

    /// <summary>Longest random delay of the light after power returns, 0 to 60,000 ms. Default 5,000.</summary>
    public int PowerReturnDelayMaximumMs { get; init; } = 5_000;

    /// <summary>Whether status messages are confirmed uplinks. Default false.</summary>
    public bool IsStatusConfirmed { get; init; }

    /// <summary>Photocell: light on below this, 1 to 1,000 lux. Default 20.</summary>
    public int PhotocellOnLux { get; init; } = 20;

    /// <summary>Photocell: light off above this, up to 2,000 lux. Default 40.</summary>
    public int PhotocellOffLux { get; init; } = 40;

    /// <summary>Photocell: how long a threshold must be passed, 0 to 600 s. Default 60.</summary>
    public int PhotocellDelaySeconds { get; init; } = 60;

    /// <summary>Scenes 0 and on, 16 at most.</summary>
    public IReadOnlyList<ScenePlan> Scenes { get; init; } = [];

    /// <summary>Level of the emergency profile, 100 to 1000 in steps of 10. Default 1000.</summary>
    public int EmergencyLevelPermille { get; init; } = 1000;

    /// <summary>Level of the crisis profile, 0 to 1000 in steps of 10. Default 300.</summary>
    public int CrisisLevelPermille { get; init; } = 300;

    /// <summary>How long a profile may be called at most, 1 to 1,440 minutes. Default 240.</summary>
    public int EmergencyMaximumMinutes { get; init; } = 240;

    /// <summary>The most that is put out at the steps 1, 2 and 3 of load shedding, 10 to 1000 in steps of 10. Default 700, 500, 300.</summary>
    public IReadOnlyList<int> SheddingLimitsPermille { get; init; } = [700, 500, 300];

    /// <summary>No limit goes below this, 10 to 1000 in steps of 10. Default 200.</summary>
    public int SheddingFloorPermille { get; init; } = 200;

    /// <summary>How long load may be shed at most, 1 to 1,440 minutes. Default 240.</summary>
    public int SheddingMaximumMinutes { get; init; } = 240;
}

/// <summary>A scene.</summary>
public sealed record ScenePlan
{
    /// <summary>Its level, 0 to 1000 in steps of 10.</summary>
    public required int LevelPermille { get; init; }

    /// <summary>Fade to it, 0 to 3,600 s. Default 0.</summary>
    public int FadeSeconds { get; init; }
}

/// <summary>Poles of a lighting group: those that a command for it means.</summary>
public sealed record LightingGroupPlan
{
    /// <summary>Its number, 1 to 255.</summary>
    public required int Number { get; init; }

    /// <summary>Its poles; a pole can be in eight groups.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;
}
