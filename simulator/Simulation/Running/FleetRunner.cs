// One run from scenario to report: builds the fleet, lets time pass, judges, and puts the report together. Reading and printing are
// the command's; this has neither console nor wall clock.
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>What a run is asked for besides its scenario.</summary>
public sealed record RunOptions
{
    /// <summary>The seed; null takes the scenario's.</summary>
    public long? Seed { get; init; }

    /// <summary>Ends the run this long after its start, in milliseconds, if its duration does not end it before.</summary>
    public long UntilMs { get; init; } = long.MaxValue;

    /// <summary>Threads for the poles, 1 or more; the result does not depend on it.</summary>
    public int ThreadCount { get; init; } = 1;

    /// <summary>How far poles may run ahead, in microseconds; the result does not depend on it either.</summary>
    public long EpochUs { get; init; } = FleetSimulation.DefaultEpochUs;

    /// <summary>Lets the run follow the wall clock; null runs it as fast as it goes.</summary>
    public Pacer? Pacer { get; init; }

    /// <summary>The command line that repeats the run, for the report.</summary>
    public string ReplayCommand { get; init; } = "";

    /// <summary>The version that makes the report.</summary>
    public string ToolVersion { get; init; } = "";
}

/// <summary>Runs a scenario.</summary>
public sealed class FleetRunner : IDisposable
{
    private readonly Fleet _fleet;
    private readonly RunOptions _options;
    private readonly FleetSimulation _simulation;

    /// <summary>Makes the fleet; reads the files the scenario names.</summary>
    /// <exception cref="ScenarioException">A file cannot be used.</exception>
    public FleetRunner(Scenario scenario, RunOptions options)
        : this(FleetBuilder.Build(scenario, options.Seed ?? scenario.Seed), options)
    {
    }

    /// <summary>Takes a fleet that is already made.</summary>
    public FleetRunner(Fleet fleet, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _fleet = fleet;
        _simulation = new FleetSimulation(fleet.Poles, fleet.Network, fleet.Operator, options.ThreadCount, options.EpochUs, fleet.Clusters);
        EndUs = Math.Min(fleet.Scenario.DurationMs, options.UntilMs) * 1000;
    }

    /// <summary>The fleet.</summary>
    public Fleet Fleet => _fleet;

    /// <summary>The simulation, for benchmarks.</summary>
    public FleetSimulation Simulation => _simulation;

    /// <summary>When the run ends, in simulated time.</summary>
    public long EndUs { get; }

    /// <summary>Lets time pass until the end or until it is cancelled.</summary>
    /// <param name="progress">Gets the simulated time in microseconds after every window; may be null.</param>
    /// <param name="cancellation">Ends the run early; what has run is reported.</param>
    public void Run(Action<long>? progress, CancellationToken cancellation)
    {
        if (_options.Pacer is Pacer pacer)
        {
            pacer.Run(_simulation, EndUs, progress, cancellation);
        }
        else
        {
            _simulation.RunTo(EndUs, progress, cancellation);
        }

        _simulation.Finish();
    }

    /// <summary>Judges what has run and makes the report.</summary>
    /// <param name="replayCommand">The command line that repeats what has run, where it is another one than was asked for (the run was
    /// interrupted); null otherwise.</param>
    public RunReport Report(string? replayCommand = null)
    {
        RunOptions options = replayCommand is null ? _options : _options with { ReplayCommand = replayCommand };
        FleetResult result = new()
        {
            Scenario = _fleet.Scenario,
            ScenarioReport = ScenarioSection.Build(_fleet, options, _simulation.TimeUs),
            Lamps = _fleet.Lamps,
            Poles = _fleet.Poles,
            Nights = _fleet.Nights,
            Outages = _fleet.Outages,
            Faults = _fleet.Faults,
            Operator = _fleet.Operator,
            Told = new ToldLog(_fleet.Operator.Measurements, _fleet.Poles.Length),
            Traffic = _fleet.Traffic,
            NeighbourLines = _fleet.NeighbourLines,
            IsAttached = _fleet.IsAttached,
            Radio = _fleet.Network.Statistics,
            UndisturbedCurves = _fleet.Scenario.Checks.LampUndisturbed is null || _fleet.IsAttached
                ? []
                : UndisturbedRun.Run(_fleet, _simulation.TimeUs, _options.ThreadCount),
            TimeUs = _simulation.TimeUs,
        };
        return ReportBuilder.Build(_fleet, result, FleetChecks.Run(result));
    }

    /// <inheritdoc/>
    public void Dispose() => _simulation.Dispose();
}
