// What happens to poles during a run: outages and faults. Data only. Moments are milliseconds after the start of the run.
namespace Simulation.Scenarios;

/// <summary>A time without mains at some poles.</summary>
public sealed record MainsOutage
{
    /// <summary>Beginning, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Length, more than 0.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Poles concerned.</summary>
    public required PoleSelector Poles { get; init; }
}

/// <summary>What can fail at a pole.</summary>
public enum FaultKind
{
    /// <summary>The light source stays dark and draws next to nothing.</summary>
    LampFailure,

    /// <summary>The lamp burns at full level whatever it is told: a relay that is welded shut, gear that ignores its input.</summary>
    DayBurner,

    /// <summary>The meter gives no readings.</summary>
    MeterSilent,

    /// <summary>The photocell gives no readings.</summary>
    PhotocellFailed,

    /// <summary>The occupancy sensor says that somebody is there, all the time.</summary>
    OccupancyStuck,

    /// <summary>The dimmer output fails: it takes no level.</summary>
    DimmerSilent,

    /// <summary>A part is in trouble: which one and how is said beside it.</summary>
    PartTrouble,
}

/// <summary>Parts of a pole that can be in trouble.</summary>
public enum PartName
{
    /// <summary>The presence radar.</summary>
    Radar,

    /// <summary>The photocell.</summary>
    Photocell,

    /// <summary>The luminaire's meter.</summary>
    Meter,

    /// <summary>The dimming interface.</summary>
    Dimmer,

    /// <summary>The ranging sensor above a container.</summary>
    FillLevel,

    /// <summary>The ranging sensor above water.</summary>
    WaterLevel,

    /// <summary>The particulate sensor.</summary>
    Particulates,

    /// <summary>The sensor for temperature, humidity and pressure.</summary>
    Climate,

    /// <summary>The carbon dioxide sensor.</summary>
    CarbonDioxide,

    /// <summary>The gas sensor.</summary>
    Gas,

    /// <summary>The accelerometer.</summary>
    Accelerometer,

    /// <summary>The short-range radio between neighbouring poles.</summary>
    NeighbourRadio,

    /// <summary>The control gear with its lamp.</summary>
    Gear,

    /// <summary>The relay in the luminaire's feed.</summary>
    Relay,

    /// <summary>The analogue input that measures the controller's supply.</summary>
    SupplyVoltage,

    /// <summary>The temperature sensor of the board.</summary>
    BoardTemperature,
}

/// <summary>What can be wrong with a part.</summary>
public enum PartTrouble
{
    /// <summary>Nothing comes from it.</summary>
    Silent,

    /// <summary>It hears nothing.</summary>
    Deaf,

    /// <summary>Its answers are damaged on the way.</summary>
    Checksum,

    /// <summary>What comes is no frame.</summary>
    Garbage,

    /// <summary>Frames are cut off.</summary>
    Cut,

    /// <summary>The bus or the UART of the board fails.</summary>
    Stuck,

    /// <summary>Another type of part answers.</summary>
    Replaced,

    /// <summary>It loses its settings again and again.</summary>
    Restarted,

    /// <summary>Its values are off.</summary>
    Drifting,

    /// <summary>Its laser is worn out.</summary>
    Worn,

    /// <summary>Its fan is blocked.</summary>
    Blocked,

    /// <summary>Its wire is cut.</summary>
    Open,

    /// <summary>Its wires touch.</summary>
    Shorted,

    /// <summary>Its lamp does not work.</summary>
    LampFailed,

    /// <summary>It does not work itself.</summary>
    GearFailed,
}

/// <summary>A part that fails at some poles.</summary>
public sealed record PartFault
{
    /// <summary>Beginning, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Length, more than 0; null until the end of the run.</summary>
    public long? DurationMs { get; init; }

    /// <summary>What fails.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Which part, when the kind is <see cref="FaultKind.PartTrouble"/>.</summary>
    public PartName Part { get; init; }

    /// <summary>What is wrong with it, when the kind is <see cref="FaultKind.PartTrouble"/>.</summary>
    public PartTrouble Trouble { get; init; }

    /// <summary>By how many percent the values of a drifting part are off.</summary>
    public double Size { get; init; }

    /// <summary>Poles concerned.</summary>
    public required PoleSelector Poles { get; init; }
}
