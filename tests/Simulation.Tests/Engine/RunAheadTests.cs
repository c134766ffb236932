// How far poles run ahead of each other must not show in the report.
using Simulation.Engine;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
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
        Assert.Equal(stepByStep, Report(FleetSimulation.DefaultEpochUs, 3));
    }

    private static byte[] Report(long epochUs, int threadCount)
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "district.yaml"));
        using FleetRunner runner = new(scenario, new RunOptions { EpochUs = epochUs, ThreadCount = threadCount, UntilMs = 13 * 3_600_000 });
        runner.Run(null, CancellationToken.None);
        return ReportJson.Serialize(runner.Report());
    }
}
