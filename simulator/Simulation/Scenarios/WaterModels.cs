// Waters of a scenario and the gauges above them. Data only: World/WaterModel makes levels of it.
namespace Simulation.Scenarios;

/// <summary>A water gauge at some poles.</summary>
public sealed record WaterPlan
{
    /// <summary>Poles concerned.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;

    /// <summary>The sensor. Default MB7389.</summary>
    public RangePart Sensor { get; init; } = RangePart.Mb7389;

    /// <summary>How high the sensor hangs above the gauge's zero, in centimetres, 50 to 1,000. Default 400.</summary>
    public double SensorAboveZeroCentimetres { get; init; } = 400;

    /// <summary>Level without floods, in centimetres. Default 80.</summary>
    public double BaseCentimetres { get; init; } = 80;

    /// <summary>How much that level changes by itself over a day (standard deviation), in centimetres, 0 to 100. Default 4.</summary>
    public double UnrestCentimetres { get; init; } = 4;

    /// <summary>Height of the waves at a wind of 4 m/s, from trough to crest, in centimetres, 0 to 100. Default 4.</summary>
    public double WaveCentimetres { get; init; } = 4;

    /// <summary>Floods, in the order of the file.</summary>
    public IReadOnlyList<FloodWave> Floods { get; init; } = [];

    /// <summary>A measured course in the place of base and floods; null when there is none.</summary>
    public LevelSource? File { get; init; }

    /// <summary>First threshold, in centimetres. Default 150.</summary>
    public int WarningCentimetres { get; init; } = 150;

    /// <summary>Second threshold, more than the first, in centimetres. Default 220.</summary>
    public int AlarmCentimetres { get; init; } = 220;

    /// <summary>Rate of rise that warns as well, in centimetres an hour, 1 to 1,000. Default 30.</summary>
    public int RiseCentimetresPerHour { get; init; } = 30;

    /// <summary>Time between measurements at rest, 60 to 86,400 s. Default 600.</summary>
    public int IntervalSeconds { get; init; } = 600;
}

/// <summary>A flood wave: it rises as half a cosine and falls off exponentially.</summary>
public sealed record FloodWave
{
    /// <summary>When it begins to rise, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>How high it rises over the base, in centimetres, more than 0.</summary>
    public required double HeightCentimetres { get; init; }

    /// <summary>From its beginning to its peak, in milliseconds.</summary>
    public long RiseMs { get; init; } = 4 * 3_600_000;

    /// <summary>Time in which it falls to a third (1/e), in milliseconds.</summary>
    public long FallMs { get; init; } = 8 * 3_600_000;
}

/// <summary>A file with a measured level.</summary>
public sealed record LevelSource
{
    /// <summary>Full path of the file.</summary>
    public required string FilePath { get; init; }

    /// <summary>Column with the local time. Default "time".</summary>
    public string TimeColumn { get; init; } = "time";

    /// <summary>Column with centimetres above the gauge's zero. Default "level".</summary>
    public string LevelColumn { get; init; } = "level";
}
