// The examples that ship with the project load, and say what they are meant to say.
using System.Diagnostics;
using PoleController.Lighting;
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.Scenarios;

public class ExampleScenarioTests
{
    [Fact]
    public void The_district_loads_with_all_its_lamps()
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "district.yaml"));
        LampImportResult lamps = ScenarioLoader.LoadLamps(scenario);

        Assert.Equal(120, lamps.Lamps.Count);
        Assert.Empty(lamps.Rejected);
        Assert.Empty(lamps.Warnings);
        Assert.Equal(10, lamps.Lamps.Select(lamp => lamp.Street).Distinct().Count());
        Assert.Equal(new DateTime(2026, 6, 20, 10, 0, 0, DateTimeKind.Utc), DateTime.UnixEpoch.AddMilliseconds(scenario.StartUtcMs));
        Assert.Equal(86_400_000, scenario.DurationMs);
        Assert.Equal(2, scenario.Gateways.Count);
        Assert.Equal(SwitchingReference.CivilDusk, scenario.Programs[0].Points[0].Reference);
        Assert.Equal(-10, scenario.Programs[0].Points[0].OffsetMinutes);
        Assert.Equal(0b0110000, scenario.Calendar.Rules[0].WeekdayMask);
        Assert.Equal(13.5 * 3_600_000, scenario.MainsOutages[0].AtMs);
        Assert.Empty(TrafficModel.Create(scenario, lamps.Lamps, scenario.Seed).Warnings);
    }

    [Fact]
    public void Montpellier_has_at_least_two_thousand_real_lamps_where_the_data_is()
    {
        ScenarioFiles.SharedData("lamps/montpellier_eclairage_public.csv");
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "montpellier.yaml"));
        LampImportResult lamps = ScenarioLoader.LoadLamps(scenario);

        Assert.True(lamps.Lamps.Count >= 2000);
        Assert.Equal(29_969, lamps.RowCount);
        Assert.Equal(lamps.RowCount, lamps.Lamps.Count + lamps.Rejected.Count + lamps.OutsideCount + lamps.OverLimitCount);
        Assert.All(lamps.Lamps, lamp => Assert.InRange(lamp.Latitude, 43.59, 43.63));
        TrafficModel traffic = TrafficModel.Create(scenario, lamps.Lamps, scenario.Seed);
        Assert.True(traffic.OpenSequence(0).MoveNext());
    }

    [Fact]
    public void Data_that_is_absent_is_said_with_file_key_and_place()
    {
        string yaml = File.ReadAllText(Path.Combine(ScenarioFiles.Scenarios, "montpellier.yaml")).Replace("shared/data", "nowhere", StringComparison.Ordinal);

        IReadOnlyList<ScenarioProblem> problems = ScenarioFiles.Problems(yaml);

        Assert.Equal(["lamps.file", "traffic.counts.file"], problems.Select(problem => problem.KeyPath));
        Assert.All(problems, problem => Assert.Equal("there is no such file", problem.Message));
        Assert.All(problems, problem => Assert.True(problem.Line > 1 && problem.Column > 1));
    }

    [Fact]
    public void Making_the_district_again_gives_the_same_bytes()
    {
        string district = Path.Combine(ScenarioFiles.Scenarios, "district");
        string output = Directory.CreateTempSubdirectory().FullName;
        try
        {
            ProcessStartInfo start = new("python3", [Path.Combine(district, "make-district.py"), output]) { RedirectStandardError = true };
            using Process? process = StartOrSkip(start);
            string errors = process!.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            foreach (string file in new[] { "lamps.csv", "counts.csv", "weather.csv", "bins.csv", "water.csv" })
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(district, file)), File.ReadAllBytes(Path.Combine(output, file)));
            }
        }
        finally
        {
            Directory.Delete(output, true);
        }
    }

    private static Process? StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not here");
            return null;
        }
    }
}
