// A lighting command and who obeyed it, how soon.
namespace Simulation.Reports;

/// <summary>One command of the scenario to one pole, a group or all.</summary>
public sealed class CommandReport
{
    /// <summary>When it was given to the network server, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>The same in local time: see <see cref="ScenarioReport.LocalTimeAt"/>.</summary>
    public string LocalTime { get; set; } = "";

    /// <summary>Its kind, in the name of the message schema.</summary>
    public string Kind { get; set; } = "";

    /// <summary>What it asks of whom, for people.</summary>
    public string Target { get; set; } = "";

    /// <summary>How it got to them, in the name of the scenario: unicast or multicast.</summary>
    public string Via { get; set; } = "unicast";

    /// <summary>Poles that it was sent to.</summary>
    public int PolesAddressed { get; set; }

    /// <summary>Poles that did it.</summary>
    public int Obeyed { get; set; }

    /// <summary>Poles that refused it with an error code.</summary>
    public int Refused { get; set; }

    /// <summary>Poles from which nothing was heard about it.</summary>
    public int Unanswered { get; set; }

    /// <summary>Seconds until half of the poles had obeyed; null if that many never did.</summary>
    public double? SecondsUntil50Percent { get; set; }

    /// <summary>Seconds until 95 % had obeyed; null if that many never did.</summary>
    public double? SecondsUntil95Percent { get; set; }

    /// <summary>Seconds until 99 % had obeyed; null if that many never did.</summary>
    public double? SecondsUntil99Percent { get; set; }

    /// <summary>Seconds until all had obeyed; null if some never did.</summary>
    public double? SecondsUntil100Percent { get; set; }

    /// <summary>Lamps that had the commanded level, measured at the lamps; 0 for a command that sets none.</summary>
    public int LampsObeyed { get; set; }

    /// <summary>Seconds until each percent of the lamps had the commanded level, from 1 to 100 %, as far as that many ever had; empty for a
    /// command that sets none.</summary>
    public IReadOnlyList<double> LampSecondsByPercent { get; set; } = [];

    /// <summary>Downlink frames on the air for it, repetitions and the copies of every gateway included.</summary>
    public long FramesSent { get; set; }

    /// <summary>Their time on air in milliseconds.</summary>
    public double AirtimeMs { get; set; }

    /// <summary>Receptions of them that another downlink of the same network destroyed.</summary>
    public long Collisions { get; set; }

    /// <summary>Poles that a multicast command was sent to by unicast as well: not set up yet, or not heard of after the multicast.</summary>
    public int RepairedByUnicast { get; set; }
}
