// Runs that do not end well: a check that fails, and somebody who stops the run. Both leave a report from which it can be repeated.
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class FailureTests
{
    private const string Impossible = "  energySaving: { minimumPercent: 99 }\n";

    [Fact]
    public async Task A_failed_check_ends_with_1_and_the_replay_command_gives_the_same_run_again()
    {
        using ScenarioFolder folder = new();
        const string File = "it's a street.yaml";
        folder.Write(File, ScenarioFolder.Scenario + Impossible);
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "run", File, "--seed", "11", "--until", "23:30", "--report", "first");

        Assert.True(result.ExitCode == 1, result.Errors);
        Assert.Contains("FAIL  energySaving", result.OutputText, StringComparison.Ordinal);
        JsonElement check = Assert.Single(folder.ReportJson("first").GetProperty("checks").EnumerateArray(), one => !one.GetProperty("isPassed").GetBoolean());
        string replay = check.GetProperty("replayCommand").GetString()!;
        XElement failure = Assert.Single(XDocument.Load(folder.PathOf("first", "junit.xml")).Descendants("failure"));
        Assert.Equal("energySaving", failure.Attribute("type")!.Value);
        Assert.Contains("replay: " + replay + "\n", failure.Value, StringComparison.Ordinal);

        PolesimResult again = await ReplayAsync(folder, replay);
        Assert.Equal(1, again.ExitCode);
        Assert.Equal(folder.Report("first"), folder.Report("again"));
    }

    [Theory]
    [InlineData("INT", "", 3)]
    [InlineData("TERM", "", 3)]
    [InlineData("INT", Impossible, 1)]
    public async Task An_interrupted_run_leaves_the_report_of_what_has_run_within_seconds(string signal, string moreChecks, int exitCode)
    {
        // Weeks from the first dusk on; nobody waits for the end.
        string scenario = ScenarioFolder.Scenario.Replace("21:00", "23:00", StringComparison.Ordinal).Replace("duration: 3h", "duration: 300d", StringComparison.Ordinal);
        using ScenarioFolder folder = new(scenario + moreChecks);
        long start = Environment.TickCount64;
        PolesimResult result = await PolesimProcess.InterruptAsync(
            folder.Directory, signal, "Small street:", TimeSpan.FromMilliseconds(400), "run", ScenarioFolder.ScenarioFile, "--report", "first", "--json");

        Assert.InRange(Environment.TickCount64 - start, 0, 30_000);
        Assert.True(result.ExitCode == exitCode, result.ExitCode + "\n" + result.Errors);
        Assert.Contains("Interrupted", result.Errors, StringComparison.Ordinal);
        Assert.Equal(folder.Report("first"), result.Output);
        Assert.True(System.IO.File.Exists(folder.PathOf("first", "report.html")));
        Assert.True(System.IO.File.Exists(folder.PathOf("first", "junit.xml")));
        JsonElement ran = folder.ReportJson("first").GetProperty("scenario");
        Assert.False(ran.GetProperty("isComplete").GetBoolean());
        Assert.InRange(ran.GetProperty("simulatedSeconds").GetDouble(), 1, 299 * 86_400);

        // What has run can be run again, up to the same moment.
        PolesimResult again = await ReplayAsync(folder, ran.GetProperty("replayCommand").GetString()!);
        Assert.Equal(exitCode == 3 ? 0 : 1, again.ExitCode);
        Assert.Equal(folder.Report("first"), folder.Report("again"));
    }

    // Through a shell, as somebody who pastes the line would: its quotes have to be right.
    private static async Task<PolesimResult> ReplayAsync(ScenarioFolder folder, string command)
    {
        const string Program = "polesim ";
        Assert.StartsWith(Program, command, StringComparison.Ordinal);
        if (!System.IO.File.Exists("/bin/sh"))
        {
            Assert.Skip("no POSIX shell here");
        }

        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "/bin/sh", ["-c", "printf '%s\\n' " + command[Program.Length..]])
        { RedirectStandardOutput = true })!;
        string words = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return await PolesimProcess.RunAsync(folder.Directory, [.. words.TrimEnd('\n').Split('\n'), "--report", "again"]);
    }
}
