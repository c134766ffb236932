// A pole: the place and what stands there. The controller that hangs in it is another thing, with a life of its own.
namespace Provisioning.Poles;

/// <summary>A pole.</summary>
public sealed record Pole
{
    /// <summary>Longest text of a field.</summary>
    public const int LongestText = 200;

    /// <summary>Longest identifier.</summary>
    public const int LongestId = 64;

    /// <summary>Largest power of a luminaire in watts: what the controller's setting holds (SupervisionSettings' range is 5,000,000 mW).</summary>
    public const double LargestWatts = 5_000;

    /// <summary>The number on the pole, unique; 1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Latitude in degrees, WGS 84, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Longitude in degrees, WGS 84, east positive.</summary>
    public required double Longitude { get; init; }

    /// <summary>Street.</summary>
    public string? Street { get; init; }

    /// <summary>District.</summary>
    public string? District { get; init; }

    /// <summary>Type of the luminaire.</summary>
    public string? Luminaire { get; init; }

    /// <summary>What the luminaire draws at full light, in watts; null when not known.</summary>
    public double? FullPowerWatts { get; init; }

    /// <summary>The electric circuit that feeds it.</summary>
    public string? Circuit { get; init; }

    /// <summary>Who owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>How much depends on it.</summary>
    public Criticality Criticality { get; init; } = Criticality.Normal;

    /// <summary>The lighting group that it belongs to.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it stands.</summary>
    public PoleState State { get; init; }

    /// <summary>Counts changes, from 1. Who changes a pole says which version was seen.</summary>
    public int Version { get; init; } = 1;
}
