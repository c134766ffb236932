// Input that cannot be used: every message says what, where and what to do, goes to standard error, and nothing is written.
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class BadInputTests
{
    private const string Scenario = ScenarioFolder.ScenarioFile;

    /// <summary>Arguments after run, and words that standard error has to have.</summary>
    public static TheoryData<string[], string[]> WrongArguments => new()
    {
        { ["nowhere.yaml"], ["nowhere.yaml", "no such file", "Check the path"] },
        { ["."], ["this is a folder", "Name a file"] },
        { [], ["Required argument missing", "'run'", "polesim run --help"] },
        { [Scenario, "other.yaml"], ["'other.yaml'", "polesim run --help"] },
        { [Scenario, "--treads", "2"], ["'--treads'", "polesim run --help"] },
        { [Scenario, "--threads", "0"], ["--threads '0'", "from 1 to 256"] },
        { [Scenario, "--threads", "many"], ["--threads 'many'", "from 1 to 256"] },
        { [Scenario, "--seed", "-1"], ["--seed '-1'", "from 0 to 9007199254740991"] },
        { [Scenario, "--seed", "1.5"], ["--seed '1.5'", "whole number"] },
        { [Scenario, "--until", "garbage"], ["--until 'garbage'", "90min", "02:30"] },
        { [Scenario, "--until", "-5min"], ["--until '-5min'", "90min", "02:30"] },
        { [Scenario, "--until", "0h"], ["--until '0h'", "90min", "02:30"] },
        { [Scenario, "--until", "24:00"], ["--until '24:00'", "90min", "02:30"] },
        { [Scenario, "--until", "99999999999999999999999999h"], ["--until", "90min", "02:30"] },
    };

    /// <summary>What is replaced in the scenario by what, and words that standard error has to have; the first says where.</summary>
    public static TheoryData<string, string, string[]> WrongScenarios => new()
    {
        { "name: Small street", "name: [Small street", ["small.yaml:", "not YAML", "Check"] },
        { "statusDelivery", "statusDelivry", ["small.yaml:20:3: checks.statusDelivry", "unknown", "Did you mean statusDelivery?"] },
        { "duration: 3h", "duration: -3h", ["small.yaml:4:11: duration", "-3h", "cannot be negative"] },
        { "duration: 3h", "duration: 99999999999999999999999999h", ["small.yaml:4:11: duration", "this is not a"] },
        { "within: 30min", "within: -30min", ["small.yaml:19:24: checks.allJoined.within", "cannot be negative"] },
        { "file: lamps.csv", "file: nowhere.csv", ["small.yaml:7:9: lamps.file", "no such file", "nowhere.csv"] },
        { "latitude: latitude", "latitude: lattitude", ["lamps.csv:1: lamps.columns.latitude", "no such column", "'latitude'"] },
        {
            "synthetic: { kind: arterial, travellersPerDay: 2000 }",
            "counts: { file: counts.csv, column: Total, day: 2026-06-20 }",
            ["small.yaml:15:19: traffic.counts.file", "no such file", "counts.csv"]
        },
    };

    /// <summary>Lamp files of which nothing can be used.</summary>
    public static TheoryData<string, string[]> WrongLamps => new()
    {
        { "", ["lamps.csv: lamps.file", "empty", "header row"] },
        { "id,latitude,longitude,street\n", ["lamps.csv: lamps.file", "no row besides its header"] },
        { "id,latitude,longitude,street\na,91,9,x\nb,51,east,x\n", ["lamps.csv: lamps.file", "none of the 2 rows", "line 2", "-90 to 90", "'91'"] },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task Wrong_arguments(string[] arguments, string[] words)
    {
        using ScenarioFolder folder = new();
        await RefusesAsync(folder, arguments, words);
    }

    [Theory]
    [MemberData(nameof(WrongScenarios))]
    public async Task Wrong_scenarios(string right, string wrong, string[] words)
    {
        Assert.Contains(right, ScenarioFolder.Scenario, StringComparison.Ordinal);
        using ScenarioFolder folder = new(ScenarioFolder.Scenario.Replace(right, wrong, StringComparison.Ordinal));
        await RefusesAsync(folder, [Scenario], words);
    }

    [Theory]
    [MemberData(nameof(WrongLamps))]
    public async Task Wrong_lamp_files(string lamps, string[] words)
    {
        using ScenarioFolder folder = new(lamps: lamps);
        await RefusesAsync(folder, [Scenario], words);
    }

    [Theory]
    [InlineData("lamps.csv", "it is a file")]
    [InlineData("lamps.csv/below", "lamps.csv")]
    [InlineData("", "empty")]
    [InlineData("taken", "a folder stands where report.json has to be")]
    [InlineData("/proc/polesim-report", "/proc/polesim-report")]
    public async Task A_report_folder_that_cannot_be_written_is_found_before_the_run(string report, string word)
    {
        if (report.StartsWith("/proc", StringComparison.Ordinal) && !OperatingSystem.IsLinux())
        {
            Assert.Skip("there is no /proc here");
        }

        using ScenarioFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("taken", "report.json"));
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "run", Scenario, "--report", report);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith($"polesim: --report '{report}':", line, StringComparison.Ordinal);
        Assert.Contains(word, line, StringComparison.Ordinal);
        Assert.Contains("Choose another folder with --report.", line, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.PathOf("taken", "report.json")));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_said_on_the_console_and_in_the_report_and_the_run_goes_on()
    {
        string lamps = ScenarioFolder.Lamps() + "bad-1,95.1,9,x\nbad-2,51,nine,x\nbad-3,,9,x\nbad-4,0,0,x\nL-01,51,9,x\n";
        using ScenarioFolder folder = new(lamps: lamps);
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "run", Scenario, "--until", "30min", "--report", "out");

        Assert.True(result.ExitCode == 0, result.Errors);
        string[] left = [.. result.ErrorLines.Where(line => line.Contains("is left out:", StringComparison.Ordinal))];
        Assert.Equal(5, left.Length);
        Assert.Contains("lamps.csv: line 22 is left out: the latitude is outside -90 to 90 degrees (found '95.1')", left[0], StringComparison.Ordinal);
        Assert.Contains("line 23 is left out: the longitude is not a number (found 'nine')", left[1], StringComparison.Ordinal);
        Assert.Contains("line 26", left[4], StringComparison.Ordinal);
        Assert.Contains(result.ErrorLines, line => line.StartsWith("5 of 25 lamps are left out", StringComparison.Ordinal));
        System.Text.Json.JsonElement report = folder.ReportJson("out");
        Assert.Equal(20, report.GetProperty("poles").GetArrayLength());
        Assert.Equal([22, 23, 24, 25, 26], report.GetProperty("rejectedRows").EnumerateArray().Select(row => row.GetProperty("line").GetInt32()));
        Assert.All(report.GetProperty("rejectedRows").EnumerateArray(), row => Assert.NotEmpty(row.GetProperty("reason").GetString()!));
    }

    [Fact]
    public async Task Many_rows_that_cannot_be_used_do_not_flood_the_console()
    {
        using ScenarioFolder folder = new(lamps: ScenarioFolder.Lamps() + string.Concat(Enumerable.Range(0, 1234).Select(i => $"bad-{i},95,9,x\n")));
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "run", Scenario, "--until", "30min", "--report", "out");

        Assert.Equal(10, result.ErrorLines.Count(line => line.Contains("is left out:", StringComparison.Ordinal)));
        Assert.Contains(result.ErrorLines, line => line.StartsWith("1,234 of 1,254 lamps are left out; 1,224 more", StringComparison.Ordinal));
        Assert.Equal(1234, folder.ReportJson("out").GetProperty("rejectedRows").GetArrayLength());
    }

    private static async Task RefusesAsync(ScenarioFolder folder, string[] arguments, string[] words)
    {
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, ["run", .. arguments, "--report", "out"]);

        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Errors}");
        Assert.Empty(result.Output);
        Assert.StartsWith("polesim: ", result.Errors, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, result.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("out")), "the report folder was made");
    }
}
