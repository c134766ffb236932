// The scenarios that ship with the project and carry a case in their name: all their promises hold.
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class NamedScenarioTests
{
    [Theory]
    [InlineData("karlsruhe.yaml", "binsReported")]
    [InlineData("aachen.yaml", "trafficCounted")]
    [InlineData("luebeck.yaml", "floodWarned")]
    [InlineData("braunschweig.yaml", "flagsRight")]
    [InlineData("broken-parts.yaml", "lampUndisturbed")]
    [InlineData("neighbours.yaml", "lightAhead")]
    public void Given_a_named_scenario_When_it_is_run_to_its_end_Then_every_promise_of_it_holds(string file, string check)
    {
        RunReport report = Run(file);
        Assert.Contains(report.Checks, made => made.Name == check);
        Assert.All(report.Checks, made => Assert.False(made.HasFailed(), $"{made.Name}: {made.Measured}; {string.Join("; ", made.Failures.Take(5).Select(failure => $"{failure.PoleId} {failure.LocalTime} {failure.Text}"))}"));
    }

    [Fact]
    public void Given_Braunschweig_Then_62_measuring_points_serve_eight_uses_and_six_count_bicycles()
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "braunschweig.yaml"));
        IReadOnlyList<Simulation.World.Lamp> lamps = ScenarioLoader.LoadLamps(scenario).Lamps;

        Assert.Equal(62, lamps.Count);
        Assert.Equal(8, lamps.Select(lamp => lamp.Group).Distinct().Count());
        Assert.Equal(6, lamps.Count(lamp => lamp.Group == "bicycles"));
        Assert.All(PoleFitting.Resolve(scenario, lamps, 1), fitting => Assert.NotEqual(PoleFitting.None, fitting));
    }

    [Fact]
    public void Given_Heidelberg_for_an_hour_of_the_night_Then_a_thousand_luminaires_run_without_a_dark_one()
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "heidelberg.yaml"));
        Assert.Equal(1000, ScenarioLoader.LoadLamps(scenario).Lamps.Count);

        // The whole night is a target of its own (Simulate-Cities): here the first hour after dusk.
        using FleetRunner runner = new(scenario, new RunOptions { UntilMs = (long)(7.5 * 3_600_000) });
        runner.Run(null, CancellationToken.None);
        RunReport report = runner.Report();
        Assert.False(report.Checks.Single(check => check.Name == "noLampDark").HasFailed());
        Assert.False(report.Checks.Single(check => check.Name == "noUnexpectedAlarms").HasFailed());
    }

    private static RunReport Run(string file)
    {
        using FleetRunner runner = new(ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, file)), new RunOptions { ReplayCommand = "polesim run " + file });
        runner.Run(null, CancellationToken.None);
        return runner.Report();
    }
}
