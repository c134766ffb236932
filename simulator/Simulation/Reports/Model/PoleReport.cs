// What one pole did.
using System.Text.Json.Serialization;

namespace Simulation.Reports;

/// <summary>What became of a pole: the worst that is true of it, and its colour on the map.</summary>
public enum PoleOutcome
{
    /// <summary>Nothing to say.</summary>
    Ok,

    /// <summary>It raised at least one alarm.</summary>
    Alarm,

    /// <summary>It never joined, or nothing of it was received for so long that it counts as lost.</summary>
    Silent,

    /// <summary>It is named in the failure of a check.</summary>
    CheckFailed,

    /// <summary>Its lamp was dark when it should have been lit.</summary>
    Dark,
}

/// <summary>What one pole did over the run.</summary>
public sealed class PoleReport
{
    /// <summary>The pole's name in the lamp file.</summary>
    public string Id { get; set; } = "";

    /// <summary>Degrees north (WGS 84).</summary>
    [JsonConverter(typeof(CoordinateJsonConverter))]
    public double Latitude { get; set; }

    /// <summary>Degrees east (WGS 84).</summary>
    [JsonConverter(typeof(CoordinateJsonConverter))]
    public double Longitude { get; set; }

    /// <summary>Street, empty where the lamp file has none.</summary>
    public string Street { get; set; } = "";

    /// <summary>The group it is commanded with, empty for none.</summary>
    public string Group { get; set; } = "";

    /// <summary>Power of the luminaire at full level, in watts.</summary>
    public double FullPowerWatts { get; set; }

    /// <summary>What became of it.</summary>
    public PoleOutcome Outcome { get; set; }

    /// <summary>When it first joined the network, in seconds since the start; null if never.</summary>
    public double? JoinedAfterSeconds { get; set; }

    /// <summary>Status messages that it sent.</summary>
    public long StatusSent { get; set; }

    /// <summary>Status messages that the network server received.</summary>
    public long StatusDelivered { get; set; }

    /// <summary>What the lamp used, in watt-hours.</summary>
    public double LampEnergyWattHours { get; set; }

    /// <summary>What the controller used itself, in watt-hours.</summary>
    public double ControllerEnergyWattHours { get; set; }

    /// <summary>What the same lamp would have used at full level from dusk to dawn, in watt-hours.</summary>
    public double UndimmedEnergyWattHours { get; set; }

    /// <summary>What the same lamp would have used on a plain timer, in watt-hours.</summary>
    public double TimerEnergyWattHours { get; set; }

    /// <summary>Time with the lamp lit, in seconds.</summary>
    public double LampOnSeconds { get; set; }

    /// <summary>Time by cause of the level, in seconds.</summary>
    public CauseSeconds SecondsByCause { get; set; } = new();

    /// <summary>People and vehicles that came by in the world.</summary>
    public long Arrivals { get; set; }

    /// <summary>What the controller counted of them.</summary>
    public long Counted { get; set; }

    /// <summary>How often the time from an arrival to the raised level was measured.</summary>
    public long Responses { get; set; }

    /// <summary>The longest of these times in milliseconds; null if none was measured.</summary>
    public double? WorstResponseMs { get; set; }

    /// <summary>The spreading factor of the last uplink, 7 to 12; 0 if there was none.</summary>
    public int SpreadingFactor { get; set; }

    /// <summary>What it said of its supply (DevStatusAns): 0 is external power, 1 to 254 the charge, 255 not known; null if it never said.</summary>
    public int? DeviceBattery { get; set; }

    /// <summary>By how much downlinks reached it above what they need, in decibels, as it said last (DevStatusAns); null if it never said.</summary>
    public int? DownlinkMarginDecibel { get; set; }

    /// <summary>Alarms raised.</summary>
    public int Alarms { get; set; }

    /// <summary>Time without light when there should have been some, in seconds.</summary>
    public double DarkSeconds { get; set; }

    /// <summary>The part of <see cref="DarkSeconds"/> that nothing outside the controller explains: no outage of the mains, no broken lamp, no
    /// command, in seconds.</summary>
    public double UnexplainedDarkSeconds { get; set; }

    /// <summary>Mean light level of each bin in half percent, 0 to 200. The last bin may be cut short.</summary>
    public byte[] LevelSeries { get; set; } = [];

    /// <summary>People and vehicles that arrived in each bin; 255 stands for 255 or more.</summary>
    public byte[] OccupancySeries { get; set; } = [];

    /// <summary>The <see cref="PoleController.Lighting.LevelCause"/> that held longest in each bin; empty if it was not recorded.</summary>
    public byte[] CauseSeries { get; set; } = [];
}
