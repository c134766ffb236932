// Everything a finished (or interrupted) run left behind, for the checks and the report.
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Radio;
using Simulation.Reports;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>What a run left behind.</summary>
public sealed class FleetResult
{
    /// <summary>What was run.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The same in the report's words; knows local times.</summary>
    public required ScenarioReport ScenarioReport { get; init; }

    /// <summary>The lamps, by pole index.</summary>
    public required IReadOnlyList<Lamp> Lamps { get; init; }

    /// <summary>The poles, by index.</summary>
    public required IReadOnlyList<SimulatedPole> Poles { get; init; }

    /// <summary>When it had to be light at each pole, in full.</summary>
    public required IReadOnlyList<NightIntervals> Nights { get; init; }

    /// <summary>When each pole had no mains.</summary>
    public required IReadOnlyList<PowerOutages> Outages { get; init; }

    /// <summary>The faults that were put in, a fault and a pole each, ordered by time, then pole.</summary>
    public required IReadOnlyList<InjectedFault> Faults { get; init; }

    /// <summary>The operator.</summary>
    public required FleetOperator Operator { get; init; }

    /// <summary>What the poles told of what they measure.</summary>
    public required ToldLog Told { get; init; }

    /// <summary>Who passed the poles.</summary>
    public required TrafficModel Traffic { get; init; }

    /// <summary>The lines of neighbouring poles.</summary>
    public IReadOnlyList<NeighbourLine> NeighbourLines { get; init; } = [];

    /// <summary>What the air did.</summary>
    public required RadioStatistics Radio { get; init; }

    /// <summary>Whether somebody else's network server stands behind the gateways: then the operator here neither heard nor commanded anything.</summary>
    public bool IsAttached { get; init; }

    /// <summary>The light of the same run without troubles of parts, by pole; empty where no check asks for it.</summary>
    public IReadOnlyList<LightCurve> UndisturbedCurves { get; init; } = [];

    /// <summary>What has run, in microseconds.</summary>
    public required long TimeUs { get; init; }
}
