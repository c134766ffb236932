// One headless Chromium for the tests of the report page. There is none to download: the machine's own is used, and without one the
// tests are skipped and say so.
using Microsoft.Playwright;
using Simulation.Reports;
using Xunit;

namespace Polesim.Tests.Report;

public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>The variable that names a Chromium in an unusual place.</summary>
    private const string PathVariable = "CHROMIUM_PATH";

    private static readonly string[] UsualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // No sandbox: containers and CI run as root. The rest keeps Chromium from calling home, which would be slow where there is no network.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "polesim-page-" + Guid.NewGuid().ToString("N"));
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _pages;

    public async ValueTask InitializeAsync()
    {
        string? path = new[] { Environment.GetEnvironmentVariable(PathVariable) }.Concat(UsualPaths).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>Writes the report and opens its page; waits until it is drawn.</summary>
    internal Task<OpenPage> OpenAsync(RunReport report, int width = 1400, ColorScheme colorScheme = ColorScheme.Light)
    {
        string directory = Path.Combine(_directory, Interlocked.Increment(ref _pages).ToString("000"));
        ReportWriter.Write(report, directory);
        return OpenFileAsync(Path.Combine(directory, ReportWriter.HtmlFileName), width, colorScheme);
    }

    /// <summary>Opens a page that is there already; waits until it is drawn.</summary>
    internal async Task<OpenPage> OpenFileAsync(string path, int width = 1400, ColorScheme colorScheme = ColorScheme.Light)
    {
        if (_browser is null)
        {
            Assert.Skip("No Chromium on this machine: install the package chromium, or name one in " + PathVariable + ".");
        }

        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 1000 },
            ColorScheme = colorScheme,
        });
        OpenPage open = new(page);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.Locator("body[data-ready=true]").WaitForAsync(new LocatorWaitForOptions { Timeout = 20_000 });
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return open;
    }
}

/// <summary>A page, and everything it complained about or asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Complaints.Add(message.Type + ": " + message.Text);
        page.PageError += (_, error) => Complaints.Add("error: " + error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            Complaints.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync() => await Page.CloseAsync();

    /// <summary>The visible text of the first element that the selector finds.</summary>
    public Task<string> TextAsync(string selector) => Page.Locator(selector).First.InnerTextAsync();

    /// <summary>The pole that panel, chart and map agree to be chosen.</summary>
    public async Task<string> ChosenPoleAsync()
    {
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        string panel = await Page.Locator("#pole-panel").GetAttributeAsync("data-pole-id") ?? "";
        Assert.Equal(panel, await Page.Locator("#pole-chart").GetAttributeAsync("data-pole-id"));
        Assert.Equal(panel, await Page.Locator("#map canvas").GetAttributeAsync("data-selected-pole"));
        return panel;
    }
}
