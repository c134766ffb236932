// Which sensors and luminaire interfaces hang at which poles, beside those of every pole. Data only: Engine/Fittings wires them.
namespace Simulation.Scenarios;

/// <summary>Types of meters in the luminaire's feed.</summary>
public enum MeterKind
{
    /// <summary>Shanghai Belling BL0942.</summary>
    Bl0942 = 0,

    /// <summary>Chipsea CSE7766.</summary>
    Cse7766 = 1,

    /// <summary>Shanghai Belling BL0937, which tells by pulses and needs no UART.</summary>
    Bl0937 = 2,
}

/// <summary>How the luminaire is dimmed.</summary>
public enum DimmerKind
{
    /// <summary>The controller's dimming port, without an interface behind it: the fleet's short cut.</summary>
    Port = 0,

    /// <summary>0-10 V by pulse-width modulation.</summary>
    Analog = 1,

    /// <summary>DALI-2 with D4i memory banks.</summary>
    Dali = 2,
}

/// <summary>Types of particulate sensors.</summary>
public enum ParticulatePart
{
    /// <summary>Sensirion SPS30 on I2C.</summary>
    Sps30I2c = 0,

    /// <summary>Sensirion SPS30 on a UART.</summary>
    Sps30Uart = 1,

    /// <summary>Plantower PMS5003.</summary>
    Pms5003 = 2,

    /// <summary>Nova SDS011.</summary>
    Sds011 = 3,
}

/// <summary>Sensors at some poles.</summary>
public sealed record SensorPlan
{
    /// <summary>Poles concerned.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;

    /// <summary>Whether they have a presence radar (HLK-LD2410). Default false.</summary>
    public bool HasRadar { get; init; }

    /// <summary>Whether they have an accelerometer (LIS3DH) for tilt and impact. Default false.</summary>
    public bool HasAccelerometer { get; init; }

    /// <summary>Whether they have a contact at their door. Default false.</summary>
    public bool HasDoorContact { get; init; }

    /// <summary>Whether they measure their supply voltage and the board's temperature. Default false.</summary>
    public bool HasBoardSensors { get; init; }

    /// <summary>How the luminaire is dimmed. Default the port.</summary>
    public DimmerKind Dimmer { get; init; }

    /// <summary>The luminaire's meter where the poles have one. Default BL0942.</summary>
    public MeterKind Meter { get; init; }

    /// <summary>Smallest count of travellers that is published, 1 to 100. Default 5.</summary>
    public int MinimumCount { get; init; } = 5;

    /// <summary>Time over which travellers are counted, 300 to 86,400 s. Default 900.</summary>
    public int CountIntervalSeconds { get; init; } = 900;
}

/// <summary>An air station at some poles.</summary>
public sealed record AirStationPlan
{
    /// <summary>Poles concerned.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;

    /// <summary>The particulate sensor; null when none is fitted. Default SPS30 on I2C.</summary>
    public ParticulatePart? Particulates { get; init; } = ParticulatePart.Sps30I2c;

    /// <summary>Whether there is a sensor for temperature, humidity and pressure (BME280). Default true.</summary>
    public bool HasClimate { get; init; } = true;

    /// <summary>Whether there is a sensor for carbon dioxide (SCD41). Default true.</summary>
    public bool HasCarbonDioxide { get; init; } = true;

    /// <summary>Whether there is a sensor for VOC and NOx (SGP41). Default true.</summary>
    public bool HasGas { get; init; } = true;

    /// <summary>Time between measurements, 60 to 3,600 s. Default 600.</summary>
    public int IntervalSeconds { get; init; } = 600;
}
