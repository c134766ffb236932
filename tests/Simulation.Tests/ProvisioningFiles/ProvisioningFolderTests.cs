// Fleets whose poles are the controllers of a folder of provisioning files: what is in the files is what the pole has, and a folder that is not whole is named.
using PoleController.LoRaWan;
using PoleController.Settings;
using Simulation.Engine;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.ProvisioningFiles;

public sealed class ProvisioningFolderTests : IDisposable
{
    private readonly ProvisionedStreet _street = new();

    [Fact]
    public void Given_files_of_controllers_When_run_Then_exactly_these_are_the_poles_and_they_join_with_their_own_keys()
    {
        _street.Controller(7, milliwatts: 25_000, change: settings => settings.HoldTimeMs = 77_000).Controller(3, "pole-controller-r2 dali counting door climate");
        using FleetRunner runner = new(_street.Load("checks: { allJoined: { within: 30min }, noLampDark: {} }\n"), new RunOptions());
        runner.Run(null, CancellationToken.None);
        RunReport report = runner.Report();

        Assert.All(report.Checks, check => Assert.True(check.IsPassed, check.Name + ": " + check.Measured));
        Assert.Equal([ProvisionedStreet.DevEui(3), ProvisionedStreet.DevEui(7)], report.Poles.Select(pole => pole.Id));
        SimulatedPole second = runner.Fleet.Poles[1];
        Assert.Equal((77_000, 25_000), (second.Controller!.Settings.HoldTimeMs, second.Controller.Settings.LuminaireFullPowerMilliwatts));
        Assert.Equal((51.0, 9.00301, 25.0), (runner.Fleet.Lamps[1].Latitude, runner.Fleet.Lamps[1].Longitude, runner.Fleet.Lamps[1].FullPowerWatts));
        Assert.Equal("pole-controller-r1", second.Parts.CreateHardware().BoardName);

        // The hash that polectl expects is the one that the pole reports.
        Assert.Equal((ushort)SettingsCodec.Hash(second.Controller.Settings), runner.Fleet.Operator.Poles[1].SettingsHash);
    }

    [Fact]
    public void Given_a_lamp_that_fails_When_its_power_is_in_the_files_Then_the_alarm_comes_and_without_power_it_is_not_expected()
    {
        const string Faults = "faults: [{ at: \"22:00\", kind: lampFailure, poles: all }]\nchecks: { alarmsRaised: { within: 30min } }\n";
        _street.Controller(1).Controller(2, milliwatts: 0);
        using FleetRunner runner = new(_street.Load(Faults), new RunOptions());
        runner.Run(null, CancellationToken.None);

        Assert.Equal([0], runner.Fleet.Operator.Alarms.Select(alarm => alarm.PoleIndex).Distinct());
        Assert.All(runner.Report().Checks, check => Assert.True(check.IsPassed, check.Name + ": " + check.Measured));
    }

    [Fact]
    public void Given_a_spare_and_parts_that_are_not_simulated_When_loaded_Then_the_spare_is_left_out_and_the_parts_are_named()
    {
        _street.Controller(1, "pole-controller-r2 container radra").Controller(2, hasPlace: false);
        LampImportResult lamps = ScenarioLoader.LoadLamps(_street.Load());

        Assert.Equal([ProvisionedStreet.DevEui(1)], lamps.Lamps.Select(lamp => lamp.Id));
        Assert.Equal([ProvisionedStreet.DevEui(2)], lamps.Rejected.Select(row => row.Value));
        Assert.Contains("spare", lamps.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal([true, true], new[] { "container", "radra" }.Select(word => lamps.Warnings.Any(row => row.Reason.Contains($"'{word}'", StringComparison.Ordinal))));
    }

    [Fact]
    public void Given_folders_that_are_not_whole_When_loaded_Then_every_one_is_named_with_what_to_do_and_no_key_is_in_a_message()
    {
        _street.Controller(1).Controller(2).Controller(3).Controller(4).Controller(5, "pole-controller-r9").Controller(6, region: RegionId.Us915).Controller(7).Controller(8);
        File.Delete(_street.PathOf(1, "identity"));
        Flip(_street.PathOf(2, "identity"), 20);
        File.WriteAllBytes(_street.PathOf(3, "settings-a"), new byte[5000]);
        File.Delete(_street.PathOf(4, "board"));
        File.Copy(_street.PathOf(1, "settings-a"), Path.Combine(_street.Provisioning, "notes.txt"));
        Flip(_street.PathOf(7, "settings-a"), 30);
        File.Copy(_street.PathOf(7, "identity"), _street.PathOf(8, "identity"), overwrite: true);

        ScenarioException wrong = Assert.Throws<ScenarioException>(() => ScenarioLoader.LoadLamps(_street.Load()));

        Assert.Equal(
            [
                ("70b3d50000000001/identity", "missing"), ("70b3d50000000002/identity", "damaged"), ("70b3d50000000003/settings-a", "damaged"), ("70b3d50000000004/board", "missing"),
                ("70b3d50000000005/board", "pole-controller-r9"), ("70b3d50000000006/identity", "Us915"), ("70b3d50000000007/settings-a", "damaged"), ("70b3d50000000008/identity", "another controller's"),
                ("notes.txt", "no controller's folder"),
            ],
            wrong.Problems.Select((problem, i) => (Path.GetRelativePath(_street.Provisioning, problem.File).Replace('\\', '/'), Expected(problem, i))));
        Assert.All(wrong.Problems, problem => Assert.NotEqual("", problem.Remedy));
        Assert.DoesNotContain("02020202", wrong.Message, StringComparison.Ordinal);

        static string Expected(ScenarioProblem problem, int at)
        {
            string[] words = ["missing", "damaged", "damaged", "missing", "pole-controller-r9", "Us915", "damaged", "another controller's", "no controller's folder"];
            return problem.Message.Contains(words[at], StringComparison.Ordinal) ? words[at] : problem.Message;
        }
    }

    [Theory]
    [InlineData("programs: [{ name: a, points: [{ at: sunset, level: 1 }] }]\n", "provisioning: provisioning", "programs")]
    [InlineData("settings: { holdTime: 30s }\n", "provisioning: provisioning", "settings")]
    [InlineData("sensors: [{ poles: all, radar: true }]\n", "provisioning: provisioning", "sensors")]
    [InlineData("controller: { hasMeter: true }\n", "provisioning: provisioning", "controller.hasMeter")]
    [InlineData("", "provisioning: provisioning, separator: \";\"", "lamps.separator")]
    [InlineData("", "provisioning: nowhere", "lamps.provisioning")]
    [InlineData("", "provisioning: provisioning, file: lamps.csv", "lamps")]
    public void Given_a_scenario_that_contradicts_the_files_When_loaded_Then_the_key_is_named(string more, string lamps, string key)
    {
        _street.Controller(1);
        Assert.Contains(key, Assert.Throws<ScenarioException>(() => _street.Load(more, lamps)).Problems.Select(problem => problem.KeyPath));
    }

    [Fact]
    public void Given_an_empty_folder_When_loaded_Then_it_says_so()
    {
        Directory.CreateDirectory(_street.Provisioning);
        Assert.Contains("empty", Assert.Throws<ScenarioException>(() => ScenarioLoader.LoadLamps(_street.Load())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _street.Dispose();

    private static void Flip(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
