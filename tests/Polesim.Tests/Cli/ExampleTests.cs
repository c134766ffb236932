// The examples that ship with the project, run as the README says.
using System.Text.Json;
using Polesim.Tests.Report;
using RepositoryFiles;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class ExampleTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task A_night_without_gateways_is_told_in_the_morning()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(RepositoryRoot.Folder, "run", "simulator/scenarios/backhaul-outage.yaml", "--report", folder.PathOf("out"));

        Assert.True(result.ExitCode == 0, result.OutputText + result.Errors);
        Assert.Contains("Told later: ", result.OutputText, StringComparison.Ordinal);
        JsonElement journal = folder.ReportJson("out").GetProperty("journal");
        Assert.True(journal.GetProperty("intervals").GetInt32() > 120 * 25);
        Assert.Equal(0, journal.GetProperty("lost").GetInt64());
    }

    [Fact]
    public async Task The_district_keeps_every_promise_through_its_night_and_its_report_opens_in_a_browser()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(RepositoryRoot.Folder, "run", "simulator/scenarios/district.yaml", "--report", folder.PathOf("out"));

        Assert.True(result.ExitCode == 0, result.OutputText + result.Errors);
        JsonElement report = folder.ReportJson("out");
        Assert.True(report.GetProperty("scenario").GetProperty("isComplete").GetBoolean());
        Assert.True(report.GetProperty("checks").GetArrayLength() >= 8);
        Assert.All(report.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("isPassed").GetBoolean(), check.GetRawText()));

        await using OpenPage open = await browser.OpenFileAsync(folder.PathOf("out", "report.html"));
        Assert.Empty(open.Complaints);
        string only = Assert.Single(open.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.StartsWith("file://", only, StringComparison.Ordinal);
        Assert.Matches("^All [0-9]+ promises held.$", (await open.TextAsync("#verdict")).Trim());
        Assert.Equal("120", await open.Page.Locator("#map canvas").GetAttributeAsync("data-drawn-poles"));

        // The page opens at the first pole with something to tell: D-010, which was hit in the night.
        Assert.Contains("Station Road", await open.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Montpellier_without_its_data_says_which_files_are_missing()
    {
        using ScenarioFolder folder = new();
        File.Copy(Path.Combine(RepositoryRoot.Folder, "simulator", "scenarios", "montpellier.yaml"), folder.PathOf("montpellier.yaml"));
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "run", "montpellier.yaml", "--report", "out");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.Contains("lamps.file: there is no such file", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("traffic.counts.file: there is no such file", StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    public async Task Montpellier_begins_its_night_where_its_data_is()
    {
        if (!Directory.Exists(Path.Combine(RepositoryRoot.Folder, "..", "shared", "data", "lamps")))
        {
            Assert.Skip("shared/data is not beside the repository");
        }

        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(
            RepositoryRoot.Folder, "run", "simulator/scenarios/montpellier.yaml", "--until", "20min", "--report", folder.PathOf("out"));

        // Twenty minutes after power-on not every status message can have got through: the checks may say so.
        Assert.InRange(result.ExitCode, 0, 1);
        JsonElement report = folder.ReportJson("out");
        Assert.True(report.GetProperty("poles").GetArrayLength() >= 2000);
        Assert.Equal(1200, report.GetProperty("scenario").GetProperty("simulatedSeconds").GetDouble());
        Assert.True(report.GetProperty("radio").GetProperty("statusDelivered").GetInt64() > 1000);
        Assert.True(Passed(report, "controllersSound"));
        Assert.True(Passed(report, "allJoined"), "poles that still had time to join were judged");
        Assert.True(Passed(report, "energySaving"), "energy was judged before the first night");
    }

    private static bool Passed(JsonElement report, string name) =>
        report.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name).GetProperty("isPassed").GetBoolean();
}
