// How far poles run ahead of each other must not show in the report.
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Engine;

public class RunAheadTests
{
    [Fact]
    public void Given_the_example_district_When_poles_run_ahead_a_second_a_minute_or_ten_Then_the_report_is_the_same()
    {
        // From before dusk to after the commands of the night: joins, programs, arrivals, orders and their answers.
        byte[] stepByStep = Report(1_000_000, 1);
        Assert.Equal(stepByStep, Report(60_000_000, 2));
        Assert.Equal(stepByStep, Report(FleetSimulationEpoch, 3));
    }

    private static long FleetSimulationEpoch => Simulation.Engine.FleetSimulation.DefaultEpochUs;

    private static byte[] Report(long epochUs, int threadCount)
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(RepositoryRoot(), "simulator", "scenarios", "district.yaml"));
        using FleetRunner runner = new(scenario, new RunOptions { EpochUs = epochUs, ThreadCount = threadCount, UntilMs = 13 * 3_600_000 });
        runner.Run(null, CancellationToken.None);
        return ReportJson.Serialize(runner.Report());
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
