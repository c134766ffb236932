// A lamp of a run, as its file describes it.
using Simulation.ProvisioningFiles;

namespace Simulation.World;

/// <summary>A lamp and where it stands.</summary>
public sealed record Lamp
{
    /// <summary>Identifier, unique in the run.</summary>
    public required string Id { get; init; }

    /// <summary>Latitude in degrees, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Longitude in degrees, east positive.</summary>
    public required double Longitude { get; init; }

    /// <summary>Power at full level in watts; null when the file does not say.</summary>
    public double? FullPowerWatts { get; init; }

    /// <summary>Street; null when the file does not say.</summary>
    public string? Street { get; init; }

    /// <summary>Group; null when the file does not say.</summary>
    public string? Group { get; init; }

    /// <summary>Line of the file, from 1 (CSV), or number of the feature (GeoJSON) or folder (provisioning files), from 1.</summary>
    public int Line { get; init; }

    /// <summary>What was put on the controller that hangs there; null where the run provisions it by its scenario.</summary>
    public ControllerFiles? Files { get; init; }
}
