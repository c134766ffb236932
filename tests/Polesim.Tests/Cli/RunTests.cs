// polesim run on a small scenario: what it leaves behind, what it prints where, and that nothing but scenario and seed decides the result.
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Polesim.Tests.Cli;

/// <summary>One run of the small scenario that several tests look at.</summary>
public sealed class SmallRun : IAsyncLifetime
{
    internal ScenarioFolder Folder { get; } = new();

    internal PolesimResult Result { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Result = await PolesimProcess.RunAsync(Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--report", "out", "--threads", "2", "--json");

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class RunTests(SmallRun run) : IClassFixture<SmallRun>
{
    [Fact]
    public void A_run_writes_its_three_reports_and_ends_with_0_when_every_check_passed()
    {
        Assert.True(run.Result.ExitCode == 0, run.Result.Errors);
        Assert.Equal(
            ["junit.xml", "report.html", "report.json"],
            Directory.GetFileSystemEntries(run.Folder.PathOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonElement report = run.Folder.ReportJson("out");
        Assert.Equal(20, report.GetProperty("poles").GetArrayLength());
        Assert.True(report.GetProperty("scenario").GetProperty("isComplete").GetBoolean());
        Assert.True(report.GetProperty("totals").GetProperty("arrivals").GetInt64() > 0);
        XElement suite = XDocument.Load(run.Folder.PathOf("out", "junit.xml")).Descendants("testsuite").Single();
        Assert.Equal("5", suite.Attribute("tests")!.Value);
        Assert.Empty(suite.Descendants("failure"));
    }

    [Fact]
    public void With_json_standard_output_has_the_report_and_nothing_else()
    {
        Assert.Equal(run.Folder.Report("out"), run.Result.Output);
    }

    [Fact]
    public async Task Uplinks_are_events_of_ChirpStack_one_a_line_and_the_same_run_gives_the_same_file()
    {
        foreach (string name in new[] { "one", "two" })
        {
            PolesimResult result = await PolesimProcess.RunAsync(
                run.Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--report", name, "--threads", name == "one" ? "1" : "3", "--uplinks", name + ".ndjson");
            Assert.True(result.ExitCode == 0, result.Errors);
        }

        string[] lines = File.ReadAllLines(run.Folder.PathOf("one.ndjson"));
        Assert.Equal(lines, File.ReadAllLines(run.Folder.PathOf("two.ndjson")));
        JsonElement[] events = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(20, events.Count(one => !one.TryGetProperty("fPort", out _)));
        Assert.All(events, one => Assert.Equal(16, one.GetProperty("deviceInfo").GetProperty("devEui").GetString()!.Length));
        Assert.Equal(events.Select(one => one.GetProperty("time").GetDateTimeOffset()).Order(), events.Select(one => one.GetProperty("time").GetDateTimeOffset()));
    }

    [Fact]
    public void Progress_that_goes_to_a_file_is_plain_lines_with_time_speed_and_time_left()
    {
        Assert.StartsWith("Small street: 20 poles, 3 h from 2026-06-20 21:00, seed 7", run.Result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(run.Result.ErrorLines, line => line.StartsWith("Sun 00:00  100 %", StringComparison.Ordinal) && line.EndsWith("0 s left", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', run.Result.Errors);
        Assert.DoesNotContain('\r', run.Result.Errors);
        Assert.Contains("All 5 checks passed", run.Result.ErrorLines);
    }

    [Fact]
    public async Task On_a_terminal_a_bar_shows_simulated_time_speed_and_time_left()
    {
        PolesimResult result = await PolesimProcess.RunOnTerminalAsync(run.Folder.Directory, "xterm-256color", "run", ScenarioFolder.ScenarioFile, "--report", "terminal");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains('━', result.OutputText);
        Assert.Matches(@"Sun 00:00  100 %  [0-9,]+x real time, 0 s left", result.OutputText);
        Assert.Contains("\u001b[", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("All 5 checks passed", result.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_that_cannot_move_its_cursor_progress_is_plain_lines()
    {
        PolesimResult result = await PolesimProcess.RunOnTerminalAsync(run.Folder.Directory, "dumb", "run", ScenarioFolder.ScenarioFile, "--report", "dumb");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"Sun 00:00  100 %  [0-9,]+x real time, 0 s left", result.OutputText);
        Assert.DoesNotContain('\u001b', result.OutputText);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("7")]
    public async Task The_same_scenario_and_seed_give_the_same_bytes_on_any_number_of_threads(string threads)
    {
        PolesimResult result = await PolesimProcess.RunAsync(
            run.Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--seed", "7", "--report", "threads-" + threads, "--threads", threads);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(run.Folder.Report("out"), run.Folder.Report("threads-" + threads));
    }

    [Fact]
    public async Task Another_seed_gives_another_result()
    {
        PolesimResult result = await PolesimProcess.RunAsync(run.Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--seed", "8", "--report", "seed-8");

        Assert.InRange(result.ExitCode, 0, 1);
        JsonElement one = run.Folder.ReportJson("out");
        JsonElement other = run.Folder.ReportJson("seed-8");
        Assert.Equal(8, other.GetProperty("scenario").GetProperty("seed").GetInt64());
        Assert.NotEqual(one.GetProperty("poles").GetRawText(), other.GetProperty("poles").GetRawText());
        Assert.NotEqual(one.GetProperty("radio").GetRawText(), other.GetProperty("radio").GetRawText());
    }

    [Theory]
    [InlineData("75min", 4500)]
    [InlineData("1.25h", 4500)]
    [InlineData("22:15", 4500)]
    [InlineData("23:59", 10_740)]
    public async Task Until_ends_a_run_early_and_the_report_says_so(string until, double seconds)
    {
        string folder = "until-" + until.Replace(':', '-');
        PolesimResult result = await PolesimProcess.RunAsync(run.Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--until", until, "--report", folder);

        Assert.True(result.ExitCode == 0, result.Errors + result.OutputText);
        JsonElement scenario = run.Folder.ReportJson(folder).GetProperty("scenario");
        Assert.False(scenario.GetProperty("isComplete").GetBoolean());
        Assert.Equal(seconds, scenario.GetProperty("simulatedSeconds").GetDouble());
        Assert.Equal(10_800, scenario.GetProperty("durationSeconds").GetDouble());
        Assert.Contains("stopped early", result.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_after_the_end_runs_to_the_end_and_says_so()
    {
        PolesimResult result = await PolesimProcess.RunAsync(run.Folder.Directory, "run", ScenarioFolder.ScenarioFile, "--until", "4h", "--report", "until-late");

        Assert.Equal(0, result.ExitCode);
        Assert.True(run.Folder.ReportJson("until-late").GetProperty("scenario").GetProperty("isComplete").GetBoolean());
        Assert.Contains("--until 4h is after the scenario's end", result.Errors, StringComparison.Ordinal);
    }
}
