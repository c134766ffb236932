// The same run without troubles of parts: what the lamps would have done, for the check that they did not notice.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>Runs a fleet once more, undisturbed.</summary>
internal static class UndisturbedRun
{
    /// <summary>The curves of the lamps of the same run without troubles of parts; other faults stay.</summary>
    /// <param name="fleet">The fleet that was run.</param>
    /// <param name="untilUs">How far it ran.</param>
    /// <param name="threadCount">Threads to run on.</param>
    public static IReadOnlyList<LightCurve> Run(Fleet fleet, long untilUs, int threadCount)
    {
        Scenario undisturbed = fleet.Scenario with
        {
            Faults = [.. fleet.Scenario.Faults.Where(static fault => fault.Kind != FaultKind.PartTrouble)],
        };
        Fleet twin = FleetBuilder.Build(undisturbed, fleet.Seed, fleet.Import);
        using FleetSimulation simulation = new(twin.Poles, twin.Network, twin.Operator, threadCount);
        simulation.RunTo(untilUs, null, CancellationToken.None);
        simulation.Finish();
        return [.. twin.Poles.Select(static pole => pole.Parts.Recorder.Curve!)];
    }
}
