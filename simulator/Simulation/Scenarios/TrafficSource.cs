// Who passes the poles: counted or synthetic, and what share of each kind. Data only: World/TrafficModel makes arrivals of it.
namespace Simulation.Scenarios;

/// <summary>Traffic of a scenario: exactly one of <see cref="Counts"/> and <see cref="Synthetic"/> is set.</summary>
public sealed record TrafficSource
{
    /// <summary>Counts from a file.</summary>
    public CountsSource? Counts { get; init; }

    /// <summary>A made-up day.</summary>
    public SyntheticTraffic? Synthetic { get; init; }

    /// <summary>Part of the counted travellers that is seen in each street, 0 to 10. Default 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What the travellers are; the percentages add up to 100.</summary>
    public TravellerMix Mix { get; init; } = new();
}

/// <summary>A file of counts per 15 minutes.</summary>
public sealed record CountsSource
{
    /// <summary>Full path of the file.</summary>
    public required string FilePath { get; init; }

    /// <summary>Column with the counts, whole name or the beginning of it.</summary>
    public required string Column { get; init; }

    /// <summary>Column with the local time; null means the first column.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The local day whose counts are used, every day of the run.</summary>
    public required DateOnly Day { get; init; }
}

/// <summary>Shape of a synthetic day.</summary>
public enum SyntheticTrafficKind
{
    /// <summary>Morning and evening peaks, quiet nights.</summary>
    Residential,

    /// <summary>High all day, some traffic at night.</summary>
    Arterial,

    /// <summary>Afternoon and early evening, nearly nobody at night.</summary>
    Park,
}

/// <summary>A synthetic day of travellers.</summary>
public sealed record SyntheticTraffic
{
    /// <summary>Shape of the day.</summary>
    public required SyntheticTrafficKind Kind { get; init; }

    /// <summary>Travellers in a street in 24 hours, both directions together, 0 to 100,000.</summary>
    public required double TravellersPerDay { get; init; }
}

/// <summary>What the travellers are. The speed is the same for all of a class.</summary>
public sealed record TravellerMix
{
    /// <summary>People on foot.</summary>
    public TravellerClass Pedestrian { get; init; } = new() { Percent = 40, SpeedMetresPerSecond = 1.4 };

    /// <summary>People on bicycles.</summary>
    public TravellerClass Bicycle { get; init; } = new() { Percent = 40, SpeedMetresPerSecond = 5 };

    /// <summary>Motor vehicles.</summary>
    public TravellerClass Vehicle { get; init; } = new() { Percent = 20, SpeedMetresPerSecond = 8.3 };
}

/// <summary>One class of travellers.</summary>
public sealed record TravellerClass
{
    /// <summary>Part of all travellers, 0 to 100.</summary>
    public required double Percent { get; init; }

    /// <summary>Speed in metres per second, 0.3 to 40.</summary>
    public required double SpeedMetresPerSecond { get; init; }
}
