// What poles told of what they sense, held against what was true; what troubles of parts came to. No value is of a single person: counts below the operator's
// smallest one are not here, as they were not told.
namespace Simulation.Reports;

/// <summary>What poles sensed.</summary>
public sealed class SensorsReport
{
    /// <summary>Quantities over time, by pole, then sensor.</summary>
    public IReadOnlyList<QuantityReport> Quantities { get; set; } = [];

    /// <summary>The containers, in the order of their poles.</summary>
    public IReadOnlyList<ContainerReport> Containers { get; set; } = [];

    /// <summary>Counts of travellers, by pole and interval.</summary>
    public IReadOnlyList<TrafficReport> Traffic { get; set; } = [];

    /// <summary>Troubles of parts and incidents, in order of time, with what came of them.</summary>
    public IReadOnlyList<TroubleReport> Troubles { get; set; } = [];
}

/// <summary>One quantity at one pole over the run.</summary>
public sealed class QuantityReport
{
    /// <summary>The pole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>The sensor, in the words of the scenario: fillLevel, waterLevel, particulates, climate, carbonDioxide, gas.</summary>
    public string Sensor { get; set; } = "";

    /// <summary>The quantity, such as "PM2.5, corrected".</summary>
    public string Name { get; set; } = "";

    /// <summary>Its unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Thresholds that were set, rising.</summary>
    public IReadOnlyList<ThresholdReport> Thresholds { get; set; } = [];

    /// <summary>What was true, thinned out to at most 300 points; between them it changes evenly.</summary>
    public IReadOnlyList<PointReport> Truth { get; set; } = [];

    /// <summary>What was told, in order of time.</summary>
    public IReadOnlyList<ToldReport> Told { get; set; } = [];

    /// <summary>When the part was in trouble.</summary>
    public IReadOnlyList<SpanReport> Troubles { get; set; } = [];
}

/// <summary>A threshold.</summary>
public sealed class ThresholdReport
{
    /// <summary>What it is: warning or alarm.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its value, in the quantity's unit.</summary>
    public double Value { get; set; }
}

/// <summary>A true value.</summary>
public sealed class PointReport
{
    /// <summary>When, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>The value.</summary>
    public double Value { get; set; }
}

/// <summary>A value that was told.</summary>
public sealed class ToldReport
{
    /// <summary>When it was measured, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>The value; null when none was told.</summary>
    public double? Value { get; set; }

    /// <summary>How good it is, in the name of the message schema.</summary>
    public string Quality { get; set; } = "";
}

/// <summary>A time in which something was so.</summary>
public sealed class SpanReport
{
    /// <summary>Begin, in seconds since the start.</summary>
    public double FromSeconds { get; set; }

    /// <summary>End, in seconds since the start.</summary>
    public double ToSeconds { get; set; }

    /// <summary>What was so.</summary>
    public string Text { get; set; } = "";
}

/// <summary>One container over the run.</summary>
public sealed class ContainerReport
{
    /// <summary>The pole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>How full it was at the end, in percent.</summary>
    public double FillPercent { get; set; }

    /// <summary>What the operator's traffic light showed at the end: green, yellow, red, or unknown.</summary>
    public string State { get; set; } = "";

    /// <summary>How often it was told to be red.</summary>
    public int RedCount { get; set; }

    /// <summary>How often it was emptied.</summary>
    public int EmptiedCount { get; set; }

    /// <summary>How often that was told.</summary>
    public int EmptiedToldCount { get; set; }

    /// <summary>When it would be full by the last value told, in seconds since the start; null when nothing was told of that.</summary>
    public double? FullAtSeconds { get; set; }
}

/// <summary>What one pole counted in one interval.</summary>
public sealed class TrafficReport
{
    /// <summary>The pole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>End of the interval, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>Length of the interval, in seconds.</summary>
    public double LengthSeconds { get; set; }

    /// <summary>How good the counts are, in the name of the message schema.</summary>
    public string Quality { get; set; } = "";

    /// <summary>The counts that were told.</summary>
    public IReadOnlyList<CountReport> Counts { get; set; } = [];
}

/// <summary>A count.</summary>
public sealed class CountReport
{
    /// <summary>What was counted: a speed class or a direction, in the name of the message schema.</summary>
    public string Name { get; set; } = "";

    /// <summary>How many; null when it was withheld because it was below the smallest count that is published.</summary>
    public int? Count { get; set; }
}

/// <summary>A trouble of a part, or an incident, and what came of it.</summary>
public sealed class TroubleReport
{
    /// <summary>Begin, in seconds since the start.</summary>
    public double AtSeconds { get; set; }

    /// <summary>End, in seconds since the start; null when it lasted.</summary>
    public double? UntilSeconds { get; set; }

    /// <summary>The pole.</summary>
    public string PoleId { get; set; } = "";

    /// <summary>What was in trouble, in the name of the scenario.</summary>
    public string What { get; set; } = "";

    /// <summary>How, in the name of the scenario; empty for an incident.</summary>
    public string How { get; set; } = "";

    /// <summary>The alarm that has to come, in the name of the message schema; empty when none has to.</summary>
    public string Alarm { get; set; } = "";

    /// <summary>Seconds until that alarm was known; null when it was not.</summary>
    public double? ToldAfterSeconds { get; set; }

    /// <summary>Seconds from the end until its end was known; null when it was not.</summary>
    public double? EndToldAfterSeconds { get; set; }

    /// <summary>Values that were told of that time and called good.</summary>
    public int GoodValues { get; set; }

    /// <summary>Values that were told of that time and carried a flag, or were not told.</summary>
    public int FlaggedValues { get; set; }
}
