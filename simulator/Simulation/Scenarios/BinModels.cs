// Containers of a scenario: what they are, who fills them, when they are emptied, what the operator set. Data only: World/BinModel lives it.
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Types of ranging sensors.</summary>
public enum RangePart
{
    /// <summary>DYP-A02YYUW, ultrasonic, 30 mm to 4.5 m.</summary>
    A02yyuw = 0,

    /// <summary>MaxBotix MB7389, ultrasonic, 300 mm to 5 m.</summary>
    Mb7389 = 1,
}

/// <summary>Containers at some poles.</summary>
public sealed record BinPlan
{
    /// <summary>Poles concerned; the sensor hangs in the lid and is wired to the pole.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;

    /// <summary>The sensor. Default A02YYUW.</summary>
    public RangePart Sensor { get; init; }

    /// <summary>The container.</summary>
    public Container Container { get; init; } = new();

    /// <summary>How far what lies uppermost is off the mean, in millimetres (standard deviation), 0 to 300. Default 25.</summary>
    public double UnevenMillimetres { get; init; } = 25;

    /// <summary>How full it is at the start of the run, in percent; null means each another, chosen by the seed.</summary>
    public double? StartPercent { get; init; }

    /// <summary>Who fills it.</summary>
    public BinUsePlan Use { get; init; } = new();

    /// <summary>Recorded emptyings in the place of <see cref="Use"/>; null when there are none.</summary>
    public BinHistorySource? History { get; init; }

    /// <summary>Local times of day at which the crew comes anyway, as minutes of the day.</summary>
    public IReadOnlyList<int> RoundMinutes { get; init; } = [];

    /// <summary>How long after a container was told to be red the crew empties it, 900,000 ms or more; null when it comes by its rounds only.</summary>
    public long? WhenToldMs { get; init; }

    /// <summary>First threshold (yellow), 1 to 100 percent. Default 75.</summary>
    public int WarningPercent { get; init; } = 75;

    /// <summary>Second threshold (red), more than the first, up to 100 percent. Default 90.</summary>
    public int AlarmPercent { get; init; } = 90;

    /// <summary>Time between measurements, 60 to 86,400 s. Default 900.</summary>
    public int IntervalSeconds { get; init; } = 900;
}

/// <summary>How a container is used.</summary>
public sealed record BinUsePlan
{
    /// <summary>At which hours. Default as in a residential street.</summary>
    public SyntheticTrafficKind Kind { get; init; } = SyntheticTrafficKind.Residential;

    /// <summary>What comes into it in a mean day, in litres, 0 to 10,000. Default 60.</summary>
    public double LitresPerDay { get; init; } = 60;

    /// <summary>A mean small throw in litres, 0.01 to 100. Default 0.7.</summary>
    public double ItemLitres { get; init; } = 0.7;

    /// <summary>Which part of the throws is bulky, 0 to 100 percent. Default 4.</summary>
    public double BulkyPercent { get; init; } = 4;

    /// <summary>A mean bulky throw in litres, 0.01 to 1,000. Default 8.</summary>
    public double BulkyLitres { get; init; } = 8;

    /// <summary>A mean throw in litres.</summary>
    public double MeanThrowLitres => (ItemLitres * (100 - BulkyPercent) / 100) + (BulkyLitres * BulkyPercent / 100);
}

/// <summary>A file of recorded emptyings: a row for each, with the container, the local time and how full it was.</summary>
public sealed record BinHistorySource
{
    /// <summary>Full path of the file.</summary>
    public required string FilePath { get; init; }

    /// <summary>Column with the container's name. Default "site".</summary>
    public string SiteColumn { get; init; } = "site";

    /// <summary>Column with the local time of the emptying. Default "collected_at_local".</summary>
    public string TimeColumn { get; init; } = "collected_at_local";

    /// <summary>Column with how full it was before, in percent. Default "fill_before_pct".</summary>
    public string FillColumn { get; init; } = "fill_before_pct";

    /// <summary>The day of the file that the run's first day is; null means its first.</summary>
    public DateOnly? Day { get; init; }
}
