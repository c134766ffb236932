// Alarms that poles raised, and the faults that the scenario put in to see whether they would.
namespace Simulation.Reports;

/// <summary>An alarm that a pole raised or cleared.</summary>
public sealed class AlarmReport
{
    /// <summary>When the pole raised or cleared it, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>The same in local time: see <see cref="ScenarioReport.LocalTimeAt"/>.</summary>
    public string LocalTime { get; set; } = "";

    /// <summary>The pole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>The alarm, in the name of the message schema.</summary>
    public string Kind { get; set; } = "";

    /// <summary>True if raised, false if cleared.</summary>
    public bool IsRaised { get; set; }

    /// <summary>Whether it came by the pole's journal, after nobody had acknowledged it.</summary>
    public bool IsLate { get; set; }

    /// <summary>The light level at that moment, in thousandths; null if unknown.</summary>
    public int? LevelPermille { get; set; }

    /// <summary>The power measured at that moment, in watts; null if unknown.</summary>
    public double? PowerWatts { get; set; }

    /// <summary>Seconds until the network server had it; null if it never arrived.</summary>
    public double? ReceivedAfterSeconds { get; set; }
}

/// <summary>A fault that the scenario put in.</summary>
public sealed class FaultReport
{
    /// <summary>When, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>The same in local time: see <see cref="ScenarioReport.LocalTimeAt"/>.</summary>
    public string LocalTime { get; set; } = "";

    /// <summary>The pole, or the gateway.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>The fault, in the name of the scenario.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Seconds until the alarm that names it was raised; null if it was never found.</summary>
    public double? DetectedAfterSeconds { get; set; }
}
