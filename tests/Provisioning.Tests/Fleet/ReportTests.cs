// The report: energy, saving and availability of a time, reckoned by hand beside; gaps are gaps. The page in a real Chromium.
using Microsoft.Playwright;
using PoleController.Alarms;
using PoleController.Messages.Entries;
using Provisioning.Language;
using Provisioning.Poles;
using Provisioning.Reports;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class SqliteReportTests : ReportTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresReportTests(PostgresServer server) : ReportTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class ReportTests : AnyStore
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    private static long DayBegin => NightMs - (22 * HourMs);

    [Fact]
    public void Given_a_pole_that_reported_all_day_then_energy_and_saving_are_those_reckoned_by_hand()
    {
        using Workspace workspace = NewFleet(1);

        // 10 W from 22:00 to 24:00 of the 40 W that the luminaire could draw, told every half hour; 0.5 W of the controller.
        TakeDay(workspace, 1, minute => minute >= 22 * 60 ? (minute - (22 * 60)) / 60.0 * 10 : 0, controllerWatts: 0.5);

        FleetReport report = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = DayBegin, ToUtcMs = DayBegin + DayMs });

        Assert.Equal((1, 1, 0), (report.Whole.Poles, report.Whole.ReportingPoles, report.Whole.AssumedControllers));
        Assert.InRange(report.Whole.LuminaireWattHours, 14, 16);
        Assert.InRange(report.Whole.ControllerWattHours, 11.5, 12.5);
        Assert.InRange(report.Whole.CoveredPercent, 97, 100);

        // 49 degrees north, 8.4 east, 15 January: civil dawn 6:33 UTC, civil dusk 16:35 UTC (US Naval Observatory's rules, to some minutes).
        Assert.InRange(report.Whole.ReferenceWattHours, (6.5 + 7.0) * 40, (6.6 + 7.45) * 40);
        Assert.InRange(report.Whole.SavingPercent!.Value, 94.5, 96);
        Assert.Equal("odd", Assert.Single(report.Groups).Name);

        double fixedReference = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = DayBegin, ToUtcMs = DayBegin + DayMs, ReferenceWatts = 80 }).Whole.ReferenceWattHours;
        Assert.Equal(2 * report.Whole.ReferenceWattHours, fixedReference, 1);
    }

    [Fact]
    public void Given_hours_that_were_not_heard_then_they_are_a_gap_and_save_nothing()
    {
        using Workspace workspace = NewFleet(1);

        // 20 W all day; nothing heard from 6:00 to 18:00.
        TakeDay(workspace, 1, minute => minute / 60.0 * 20, isHeard: minute => minute is < 6 * 60 or >= 18 * 60);

        FleetReport report = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = DayBegin, ToUtcMs = DayBegin + DayMs });

        Assert.InRange(report.Whole.CoveredPercent, 45, 47);
        Assert.InRange(report.Whole.LuminaireWattHours, 220, 240);
        Assert.InRange(report.Whole.GapWattHours, 240, 260);
        Assert.Equal(1, report.Whole.AssumedControllers);
        Assert.All(report.Steps.Skip(7).Take(10), step => Assert.Null(step.MeanWatts));
        Assert.All(report.Steps.Take(5), step => Assert.InRange(step.MeanWatts!.Value, 18, 22));

        // Intervals that come late by the journal close the gap.
        Take(workspace, [.. Enumerable.Range(12, 24).Select(half => ChirpStack(
            DevEui(1), DayBegin + DayMs + half, 1_000 + half, 13, JournalInterval((long)(half * 10.0), DayBegin + (half * HourMs / 2))))]);
        FleetReport closed = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = DayBegin, ToUtcMs = DayBegin + DayMs });
        Assert.InRange(closed.Whole.CoveredPercent, 97, 100);
        Assert.Equal(0, closed.Whole.GapWattHours);
    }

    [Fact]
    public void Given_a_pole_that_was_dark_for_six_hours_and_one_never_heard_then_availability_says_so()
    {
        using Workspace workspace = NewFleet(2);
        Take(workspace, ChirpStack(DevEui(1), DayBegin + (3 * HourMs), 1, 12, Alarm(AlarmKind.LampFailure, true, 0)), ChirpStack(DevEui(1), DayBegin + (9 * HourMs), 2, 12, Alarm(AlarmKind.LampFailure, false, 0)));

        FleetReport report = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = DayBegin, ToUtcMs = DayBegin + DayMs });

        Assert.Equal((87.5, 0.0, 1, null), (report.Whole.LightAvailabilityPercent, report.Whole.CoveredPercent, report.Whole.Alarms, report.Whole.SavingPercent));
        Assert.Equal([("lampFailure", 1)], report.AlarmKinds);
    }

    protected static void TakeDay(Workspace workspace, int pole, Func<int, double> wattHours, Func<int, bool>? isHeard = null, double? controllerWatts = null)
    {
        List<string> documents = [];
        for (int minute = 0; minute < 24 * 60; minute += 30)
        {
            if (isHeard?.Invoke(minute) != false)
            {
                long at = DayBegin + (minute * 60_000L);
                documents.Add(ChirpStack(DevEui(pole), at, minute, 10, Status((long)wattHours(minute))));
                if (controllerWatts is { } watts)
                {
                    documents.Add(ChirpStack(DevEui(pole), at, minute + 1, 14, Measurement(
                        new LuminaireEntry { EnergyWattHours = (long)wattHours(minute), ControllerWattHours = (int)Math.Round(minute / 60.0 * watts), PowerMilliwatts = -1, PowerFactorPermille = -1, VoltageMillivolts = -1 }, at)));
                }
            }
        }

        Take(workspace, documents);
    }
}

/// <summary>The page as a reader meets it.</summary>
public sealed class ReportPageTests : AnyStore
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    [Theory]
    [InlineData(TextLanguage.English, "Saved", "2026-01-15")]
    [InlineData(TextLanguage.German, "Eingespart", "15.01.2026")]
    public async Task Given_a_report_then_the_browser_shows_it_asks_nobody_for_anything_and_what_others_wrote_stays_text(TextLanguage language, string saved, string date)
    {
        string? chromium = new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Assert.Skip("No Chromium on this machine (.ci/install).");
        }

        using Workspace workspace = NewFleet(3);
        workspace.Write(Members.Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("group")!, "<img src=x onerror=alert(1)>")], null));
        Take(workspace, [.. Enumerable.Range(0, 40).Where(half => half is < 10 or > 24).SelectMany(half => Enumerable.Range(1, 3).Select(pole =>
            ChirpStack(DevEui(pole), NightMs - (22 * 3_600_000L) + (half * 1_800_000L), half, 10, Status(half * 8)))),
            ChirpStack(DevEui(2), NightMs, 900, 12, Alarm(AlarmKind.Tilt, true))]);
        long from = NightMs - (22 * 3_600_000L);
        FleetReport report = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = from, ToUtcMs = from + 86_400_000 });
        string file = Folder.Write("report.html", ReportPage.Write(report, language == TextLanguage.German ? Texts.German : Texts.English, language));

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        IPage page = await browser.NewPageAsync();
        List<string> complaints = [];
        List<string> requests = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);

        Assert.Empty(complaints);
        Assert.StartsWith("file://", Assert.Single(requests), StringComparison.Ordinal);
        string text = await page.Locator("body").InnerTextAsync();
        Assert.Contains(saved, text, StringComparison.Ordinal);
        Assert.Contains(date, text, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(1)>", text, StringComparison.Ordinal);
        Assert.Equal((24, 0), (await page.Locator("#plot rect").CountAsync(), await page.Locator("img, script").CountAsync()));
        Assert.InRange(await page.Locator("#plot rect.gap").CountAsync(), 8, 14);
        Assert.Equal(4, await page.Locator("#groups tbody tr, #groups tfoot tr").CountAsync());

        // The style is in force: figures stand in boxes beside each other.
        Assert.Equal("flex", await page.Locator(".figures").EvaluateAsync<string>("list => getComputedStyle(list).display"));
        if (Environment.GetEnvironmentVariable("POLECTL_KEEP_PAGE") is { Length: > 0 } kept)
        {
            File.Copy(file, Path.Combine(kept, $"report-{language}.html"), true);
        }
    }
}
