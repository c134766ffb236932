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
}
