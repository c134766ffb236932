// The report's page as a reader meets it, in a real Chromium: what it shows, that it can be worked with, that it asks nobody for anything
// and that nothing in the data can take it over.
using System.Globalization;
using Microsoft.Playwright;
using Simulation.Reports;
using Simulation.Tests.Reports;
using Xunit;

namespace Polesim.Tests.Report;

public sealed class ReportPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Opening_the_page_asks_the_network_for_nothing_and_raises_no_error()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create());

        Assert.Empty(open.Complaints);
        string only = Assert.Single(open.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.StartsWith("file://", only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_headline_says_which_promises_did_not_hold()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create());

        string verdict = await open.TextAsync("#verdict");
        Assert.Contains("2 of 5 promises did not hold.", verdict, StringComparison.Ordinal);
        Assert.Contains("No lamp is dark between civil dusk and dawn: 1 pole, longest 1 h 15 min", verdict, StringComparison.Ordinal);
        Assert.Contains("worst 1412 ms", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("95 %", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_headline_says_when_all_promises_held()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.CreatePassed());

        Assert.Equal("All 5 promises held.", (await open.TextAsync("#verdict")).Trim());
        Assert.Equal(0, await open.Page.Locator("#checks .result.bad").CountAsync());
    }

    [Fact]
    public async Task A_run_that_was_stopped_says_how_far_it_got()
    {
        RunReport report = SampleReport.Create();
        report.Scenario.IsComplete = false;
        report.Scenario.SimulatedSeconds = 6 * 3600;

        await using OpenPage open = await browser.OpenAsync(report);

        Assert.Contains("stopped after 6\u00a0h of 14\u00a0h", await open.TextAsync(".notice"), StringComparison.Ordinal);
        Assert.Equal("72", await open.Page.Locator("#pole-chart svg.plot").GetAttributeAsync("data-bins"));
    }

    [Fact]
    public async Task Key_figures_are_those_of_the_report()
    {
        RunReport report = SampleReport.Create();
        await using OpenPage open = await browser.OpenAsync(report);

        string figures = await open.TextAsync(".key-figures");
        Assert.Contains(Text(report.Energy.SavingAgainstUndimmedPercent!.Value, "0.0"), figures, StringComparison.Ordinal);
        Assert.Contains(Text(report.Energy.SavingAgainstTimerPercent!.Value, "0.0"), figures, StringComparison.Ordinal);
        Assert.Contains(Text(report.Radio.StatusDeliveryPercent!.Value, "0.00"), figures, StringComparison.Ordinal);
        Assert.Contains("3 of 4 injected faults found", figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_shows_every_pole_in_the_colour_of_what_happened()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create());

        Assert.Equal("152", await open.Page.Locator("#map canvas").GetAttributeAsync("data-drawn-poles"));
        Assert.True(await CountPixelsAsync(open, "--outcome-ok") > 2000);
        Assert.True(await CountPixelsAsync(open, "--outcome-check-failed") > 60);
        Assert.Contains("No finding 145", Flat(await open.TextAsync("#map .legend")), StringComparison.Ordinal);
        Assert.Contains("Dark at night 1", Flat(await open.TextAsync("#map .legend")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_can_be_coloured_by_delivery()
    {
        RunReport report = SampleReport.Create();
        await using OpenPage open = await browser.OpenAsync(report);

        await open.Page.Locator("#map-colouring").SelectOptionAsync("delivery");
        await open.ChosenPoleAsync();

        int below80 = report.Poles.Count(pole => 100.0 * pole.StatusDelivered / pole.StatusSent < 80);
        Assert.Contains("below 80 % " + below80, Flat(await open.TextAsync("#map .legend")), StringComparison.Ordinal);
        Assert.Equal(0, await CountPixelsAsync(open, "--outcome-check-failed"));
        Assert.True(await CountPixelsAsync(open, "--scale-4") > 100);
    }

    [Fact]
    public async Task The_page_opens_on_the_pole_that_needs_a_look_first()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create());

        Assert.Equal("L-0024", await open.ChosenPoleAsync());
        Assert.Contains("Dark at night", await open.TextAsync("#pole-panel"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_on_a_marker_chooses_its_pole()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create());
        await open.Page.Locator("#map canvas").ScrollIntoViewIfNeededAsync();

        // Where there is a pixel in the colour of a failed check there is one of the two poles of that outcome.
        float[] place = await open.Page.EvaluateAsync<float[]>(
            """
            () => {
              const canvas = document.querySelector("#map canvas");
              const probe = document.createElement("canvas").getContext("2d");
              probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--outcome-check-failed").trim();
              probe.fillRect(0, 0, 1, 1);
              const wanted = probe.getImageData(0, 0, 1, 1).data;
              const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              for (let at = 0; at < data.length; at += 4) {
                if (data[at] === wanted[0] && data[at + 1] === wanted[1] && data[at + 2] === wanted[2]) {
                  const scale = canvas.clientWidth / canvas.width;
                  return [((at / 4) % width) * scale, Math.floor(at / 4 / width) * scale];
                }
              }
              return [];
            }
            """);
        Assert.Equal(2, place.Length);
        await open.Page.Locator("#map canvas").ClickAsync(new LocatorClickOptions { Position = new Position { X = place[0], Y = place[1] + 3 } });

        Assert.Contains(await open.ChosenPoleAsync(), new[] { "L-0041", "L-0098" });
    }

    [Fact]
    public async Task Arrow_keys_on_the_map_go_to_the_next_pole_in_that_direction()
    {
        RunReport report = SampleReport.Create();
        await using OpenPage open = await browser.OpenAsync(report);
        double Longitude(string id) => report.Poles.Single(pole => pole.Id == id).Longitude;
        string before = await open.ChosenPoleAsync();

        await open.Page.Locator("#map canvas").FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowRight");
        string right = await open.ChosenPoleAsync();
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        string left = await open.ChosenPoleAsync();

        Assert.True(Longitude(right) > Longitude(before));
        Assert.True(Longitude(left) < Longitude(right));
    }

    [Fact]
    public async Task A_pole_is_found_by_its_street_and_its_chart_reads_its_own_values()
    {
        RunReport report = SampleReport.Create();
        PoleReport expected = report.Poles.First(pole => pole.Street == "Uferpromenade");
        await using OpenPage open = await browser.OpenAsync(report);

        await open.Page.Locator("#pole-search-input").FocusAsync();
        await open.Page.Keyboard.TypeAsync("uferpro");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(expected.Id, await open.ChosenPoleAsync());

        await open.Page.Locator("#pole-chart svg.plot").FocusAsync();
        await open.Page.Keyboard.PressAsync("Home");
        int bin = 0;
        for (; bin < 72; bin += 12)
        {
            await open.Page.Keyboard.PressAsync("PageDown");
        }

        // Bin 72 of 5 minutes after 17:00 is 23:00.
        string readout = await open.TextAsync("#pole-chart .readout");
        double level = expected.LevelSeries[bin] / 2.0;
        Assert.Contains("23:00\u201323:05: light " + Text(level, level % 1 > 0 ? "0.0" : "0") + "\u00a0%", readout, StringComparison.Ordinal);
        Assert.Contains(", " + expected.OccupancySeries[bin] + " arrival", readout, StringComparison.Ordinal);
        Assert.Contains(expected.CauseSeries[bin] == 2 ? "(occupancy)" : "(program)", readout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_has_a_table_that_says_the_same()
    {
        RunReport report = SampleReport.Create();
        PoleReport pole = report.Poles[23];
        await using OpenPage open = await browser.OpenAsync(report);

        await open.Page.Locator("#pole-chart summary").ClickAsync();
        await open.Page.Locator("#pole-chart tbody tr").First.WaitForAsync();

        Assert.Equal(14, await open.Page.Locator("#pole-chart tbody tr").CountAsync());
        int arrivals = pole.OccupancySeries.Take(12).Sum(count => count);
        Assert.Equal(Text(arrivals, "0"), await open.TextAsync("#pole-chart tbody tr:first-child td:nth-child(3)"));
    }

    [Fact]
    public async Task Tables_list_what_the_report_holds_and_can_be_filtered_and_sorted()
    {
        RunReport report = SampleReport.Create();
        await using OpenPage open = await browser.OpenAsync(report);

        Assert.Equal(report.Alarms.Count, await RowsAsync(open, "#alarms"));

        // Commands for a level stand there once more, with how soon the lamps had it.
        Assert.Equal(report.Commands.Count + report.Commands.Count(command => command.Kind == "setLevel"), await RowsAsync(open, "#commands"));
        Assert.Equal(report.Faults.Count, await RowsAsync(open, "#faults"));
        Assert.Equal(report.RejectedRows.Count, await RowsAsync(open, "#input"));
        Assert.Equal(report.Radio.BySpreadingFactor.Count + report.Radio.Gateways.Count + report.Neighbours.Delays.Count, await RowsAsync(open, "#radio"));
        Assert.Contains("never found", await open.TextAsync("#faults tbody"), StringComparison.Ordinal);

        await open.Page.Locator("#pole-list > summary").ClickAsync();
        await open.Page.Locator("#pole-list tbody tr").First.WaitForAsync();
        Assert.Equal(50, await RowsAsync(open, "#pole-list"));
        await open.Page.Locator("#pole-list input").FillAsync("talweg");
        Assert.Equal(report.Poles.Count(pole => pole.Street == "Talweg"), await RowsAsync(open, "#pole-list"));
        await open.Page.Locator("#pole-list input").FillAsync("");
        await open.Page.Locator("#pole-list th button", new PageLocatorOptions { HasText = "Slowest" }).ClickAsync();
        double worst = report.Poles.Max(pole => pole.WorstResponseMs ?? 0);
        Assert.Contains(Text(worst, "0"), await open.TextAsync("#pole-list tbody tr:first-child"), StringComparison.Ordinal);

        await open.Page.Locator("#pole-list tbody tr:first-child button.link").ClickAsync();
        Assert.Equal(report.Poles.First(pole => pole.WorstResponseMs == worst).Id, await open.ChosenPoleAsync());
    }

    [Fact]
    public async Task Nothing_in_the_data_becomes_part_of_the_page()
    {
        const string Hostile = "</script><img src=x onerror=\"window.pwned=1;alert(1)\"><svg onload=alert(2)>{{data}}\u2028'\"`${alert(3)}";
        RunReport report = SampleReport.Create();
        report.Scenario.Name = Hostile;
        report.Scenario.Description = Hostile;
        report.Scenario.ToolVersion = Hostile;
        report.Scenario.ReplayCommand = Hostile;
        report.Poles[23].Id = Hostile;
        report.Poles[23].Group = "__proto__";
        foreach (PoleReport pole in report.Poles.Take(16))
        {
            pole.Street = Hostile;
        }

        report.Radio.Gateways[0].Id = Hostile;
        foreach (AlarmReport alarm in report.Alarms)
        {
            (alarm.PoleId, alarm.Kind) = (Hostile, Hostile);
        }

        report.Faults[2].PoleId = Hostile;
        report.Commands[0].Target = Hostile;
        (report.Checks[0].Title, report.Checks[0].Measured, report.Checks[0].Expectation) = (Hostile, Hostile, Hostile);
        report.Checks[0].Failures[0].Text = Hostile;
        (report.RejectedRows[0].File, report.RejectedRows[0].Value, report.RejectedRows[0].Reason) = (Hostile, Hostile, Hostile);
        report.Warnings = [Hostile];

        await using OpenPage open = await browser.OpenAsync(report);
        await open.Page.Locator("#pole-list > summary").ClickAsync();
        await open.Page.Locator("#pole-list tbody tr").First.WaitForAsync();
        await open.Page.Locator("#pole-search-input").FillAsync("img");

        Assert.Empty(open.Complaints);
        Assert.Single(open.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(0, await open.Page.Locator("img, [onerror], [onload]").CountAsync());
        Assert.False(await open.Page.EvaluateAsync<bool>("() => 'pwned' in window"));
        Assert.Equal(Hostile, await open.Page.Locator("h1").TextContentAsync());
        Assert.Equal(Hostile, await open.Page.Locator("#pole-panel h3").TextContentAsync());
        Assert.Equal(4, await RowsAsync(open, "#alarms"));
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(420)]
    [InlineData(320)]
    public async Task The_page_fits_the_screen(int width)
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create(), width);

        Assert.Equal(0, await open.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_background(ColorScheme colorScheme)
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create(), colorScheme: colorScheme);

        // WCAG 2.2, success criteria 1.4.3 (text, 4.5:1) and 1.4.11 (graphics, 3:1), with its definition of relative luminance.
        string[] tooWeak = await open.Page.EvaluateAsync<string[]>(
            """
            () => {
              const style = getComputedStyle(document.documentElement);
              const luminance = (name) => {
                const hex = style.getPropertyValue(name).trim();
                const linear = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
                  .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
                return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
              };
              const contrast = (one, other) => {
                const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
              };
              const pairs = [
                ...["--ink", "--muted", "--accent", "--good", "--bad", "--note"].flatMap((name) => ["--paper", "--surface"].map((back) => [name, back, 4.5])),
                ["--ink", "--bad-soft", 4.5], ["--ink", "--good-soft", 4.5], ["--ink", "--note-soft", 4.5], ["--bad", "--bad-soft", 4.5],
                ["--good", "--good-soft", 4.5], ["--muted", "--night", 4.5], ["--bad", "--night", 4.5],
                ...["ok", "alarm", "silent", "check-failed", "dark"].map((name) => ["--outcome-" + name, "--surface", 3]),
              ];
              return pairs.filter(([one, other, least]) => !(contrast(one, other) >= least)).map((pair) => pair.join(" ") + " " + contrast(pair[0], pair[1]));
            }
            """);
        Assert.Empty(tooWeak);
    }

    [Fact]
    public async Task Light_and_dark_follow_the_reader_s_setting()
    {
        await using OpenPage light = await browser.OpenAsync(SampleReport.Create());
        await using OpenPage dark = await browser.OpenAsync(SampleReport.Create(), colorScheme: ColorScheme.Dark);
        const string Background = "() => getComputedStyle(document.documentElement).backgroundColor";

        Assert.NotEqual(await light.Page.EvaluateAsync<string>(Background), await dark.Page.EvaluateAsync<string>(Background));
    }

    [Fact]
    public async Task Five_thousand_poles_are_drawn_and_a_redraw_takes_less_than_half_a_second()
    {
        await using OpenPage open = await browser.OpenAsync(SampleReport.Create(5000));

        Assert.Equal("5000", await open.Page.Locator("#map canvas").GetAttributeAsync("data-drawn-poles"));
        double[] milliseconds = await open.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const button = document.querySelector("#map .zoom button");
              const times = [];
              for (let round = 0; round < 7; round++) {
                const start = performance.now();
                button.click();
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                times.push(performance.now() - start);
              }
              return times.sort((one, other) => one - other);
            }
            """);
        Assert.InRange(milliseconds[3], 0, 500);
    }

    [Fact]
    public async Task A_run_in_which_nothing_happened_is_shown_without_an_error()
    {
        await using OpenPage open = await browser.OpenAsync(new RunReport());

        Assert.Empty(open.Complaints);
        Assert.Contains("asked for no checks", await open.TextAsync("#verdict"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_pole_without_series_is_shown_without_an_error()
    {
        await using OpenPage open = await browser.OpenAsync(new RunReport { Poles = [new PoleReport { Id = "only" }] });

        Assert.Empty(open.Complaints);
        Assert.Equal("only", await open.ChosenPoleAsync());
    }

    private static Task<int> RowsAsync(OpenPage open, string section) => open.Page.Locator(section + " tbody tr").CountAsync();

    private static Task<int> CountPixelsAsync(OpenPage open, string colorProperty) => open.Page.EvaluateAsync<int>(
        """
        (property) => {
          const canvas = document.querySelector("#map canvas");
          const probe = document.createElement("canvas").getContext("2d");
          probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
          probe.fillRect(0, 0, 1, 1);
          const wanted = probe.getImageData(0, 0, 1, 1).data;
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (data[at] === wanted[0] && data[at + 1] === wanted[1] && data[at + 2] === wanted[2]) count++;
          }
          return count;
        }
        """,
        colorProperty);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
