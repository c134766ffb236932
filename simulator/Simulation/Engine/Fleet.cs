// A fleet made from a scenario: lamps, poles with their parts, gateways, network server, operator. Making it reads the scenario's
// files; running it is FleetSimulation's.
using Simulation.Network;
using Simulation.Operation;
using Simulation.Radio;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Everything that a run is made of.</summary>
public sealed class Fleet
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The lamps and what was wrong with their file.</summary>
    public required LampImportResult Import { get; init; }

    /// <summary>The poles, by the index of their lamp.</summary>
    public required SimulatedPole[] Poles { get; init; }

    /// <summary>From civil dusk to civil dawn at each pole.</summary>
    public required NightIntervals[] Nights { get; init; }

    /// <summary>When each pole has no mains.</summary>
    public required PowerOutages[] Outages { get; init; }

    /// <summary>The faults in parts, a fault and a pole each, ordered by time, then pole.</summary>
    public required IReadOnlyList<InjectedFault> Faults { get; init; }

    /// <summary>The gateways; those of the scenario, or one in the middle.</summary>
    public required IReadOnlyList<GatewayModel> Gateways { get; init; }

    /// <summary>Air, gateways and network server.</summary>
    public required FleetNetwork Network { get; init; }

    /// <summary>Who passes the poles.</summary>
    public required TrafficModel Traffic { get; init; }

    /// <summary>The operator.</summary>
    public required FleetOperator Operator { get; init; }

    /// <summary>Where each pole stands and who it is to a network, by index.</summary>
    public IReadOnlyList<PoleSite> Sites { get; init; } = [];

    /// <summary>Whether somebody else's network server stands behind the gateways.</summary>
    public bool IsAttached { get; init; }

    /// <summary>Poles that hear each other over short range, with the air between them.</summary>
    public IReadOnlyList<PoleCluster> Clusters { get; init; } = [];

    /// <summary>The lines of neighbouring poles, in the order of the scenario.</summary>
    public IReadOnlyList<NeighbourLine> NeighbourLines { get; init; } = [];

    /// <summary>Length of a bin of the poles' series, in seconds.</summary>
    public required int BinSeconds { get; init; }

    /// <summary>What the reader of the report has to know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The lamps.</summary>
    public IReadOnlyList<Lamp> Lamps => Import.Lamps;
}
