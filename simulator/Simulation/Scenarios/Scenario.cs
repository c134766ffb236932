// What a scenario file says, in the units the simulation computes with. Data only: ScenarioLoader makes it, the engine reads it.
using SettingsFiles;
namespace Simulation.Scenarios;

/// <summary>One run: place, time, lamps, what happens, and what has to hold. Levels are permille, durations milliseconds unless the name says otherwise.</summary>
public sealed record Scenario
{
    /// <summary>Short name, used in reports.</summary>
    public required string Name { get; init; }

    /// <summary>What the run is about, free text; empty when not given.</summary>
    public string Description { get; init; } = "";

    /// <summary>The scenario file's full path; empty when the scenario was made in code. Files named in a scenario are relative to its folder.</summary>
    public string FilePath { get; init; } = "";

    /// <summary>The run's seed, unless the command line gives another. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Local wall time of the start, without an offset.</summary>
    public required DateTime StartLocal { get; init; }

    /// <summary>The start in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public required long StartUtcMs { get; init; }

    /// <summary>Length of the run, more than 0.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Local time of the place.</summary>
    public TimeZoneRule TimeZone { get; init; } = new();

    /// <summary>Where the lamps come from.</summary>
    public required LampSource Lamps { get; init; }

    /// <summary>What a luminaire draws where the lamp file does not say.</summary>
    public LuminaireModel Luminaire { get; init; } = new();

    /// <summary>The controller's hardware.</summary>
    public ControllerModel Controller { get; init; } = new();

    /// <summary>What the poles are provisioned with, besides programs and calendar.</summary>
    public PoleSettings Settings { get; init; } = new();

    /// <summary>Up to four dimming programs; a pole holds them by their position. With none, every lamp burns at full level from civil dusk to civil dawn.</summary>
    public IReadOnlyList<DimmingProgram> Programs { get; init; } = [];

    /// <summary>Which program runs on which lighting day.</summary>
    public CalendarPlan Calendar { get; init; } = new();

    /// <summary>Who passes the poles; null when nobody does.</summary>
    public TrafficSource? Traffic { get; init; }

    /// <summary>The weather.</summary>
    public WeatherPlan Weather { get; init; } = new();

    /// <summary>Sensors of some poles, in the order of the file; where two say something of a pole the later holds.</summary>
    public IReadOnlyList<SensorPlan> Sensors { get; init; } = [];

    /// <summary>Containers, in the order of the file; where two say something of a pole the later holds.</summary>
    public IReadOnlyList<BinPlan> Bins { get; init; } = [];

    /// <summary>Water gauges, in the order of the file; where two say something of a pole the later holds.</summary>
    public IReadOnlyList<WaterPlan> Waters { get; init; } = [];

    /// <summary>Air stations, in the order of the file; where two say something of a pole the later holds.</summary>
    public IReadOnlyList<AirStationPlan> AirStations { get; init; } = [];

    /// <summary>What happens to poles from outside, in the order of the file.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Times without mains, in the order of the file.</summary>
    public IReadOnlyList<MainsOutage> MainsOutages { get; init; } = [];

    /// <summary>Parts that fail, in the order of the file.</summary>
    public IReadOnlyList<PartFault> Faults { get; init; } = [];

    /// <summary>The radio channel.</summary>
    public RadioModel Radio { get; init; } = new();

    /// <summary>The gateways; empty means one at the centroid of the lamps (see <see cref="GatewayModel.AtCentroidOf"/>).</summary>
    public IReadOnlyList<GatewayModel> Gateways { get; init; } = [];

    /// <summary>The network server.</summary>
    public NetworkModel Network { get; init; } = new();

    /// <summary>Commands sent to poles, in the order of the file.</summary>
    public IReadOnlyList<ScenarioCommand> Commands { get; init; } = [];

    /// <summary>Lighting groups, in the order of the file; entries with the same number are one group.</summary>
    public IReadOnlyList<LightingGroupPlan> LightingGroups { get; init; } = [];

    /// <summary>Lines of poles that tell each other of arrivals, in the order of the file; a pole is in one at most.</summary>
    public IReadOnlyList<NeighbourLinePlan> NeighbourLines { get; init; } = [];

    /// <summary>The radio between them.</summary>
    public ShortRangeModel ShortRange { get; init; } = new();

    /// <summary>What the energy is compared with, besides the undimmed lamp.</summary>
    public BaselinePlan Baselines { get; init; } = new();

    /// <summary>What has to hold.</summary>
    public CheckPlan Checks { get; init; } = new();
}
