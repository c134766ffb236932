// Help, polesim docs and polesim bench.
using System.Text.Json;
using RepositoryFiles;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class OtherCommandTests
{
    [Theory]
    [InlineData("", "run <SCENARIO.yaml>")]
    [InlineData("run", "--until <TIME>")]
    [InlineData("bench", "--poles <N>")]
    [InlineData("docs", "scenario")]
    [InlineData("docs scenario", "--output <DIR>")]
    public async Task Help_shows_usage_examples_and_exit_codes(string command, string usage)
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Errors);
        Assert.Contains(usage, result.OutputText, StringComparison.Ordinal);
        Assert.Matches(@"Examples:\r?\n  polesim ", result.OutputText);
        Assert.Contains("Exit codes: 0 ", result.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_in_docs_are_those_that_polesim_writes()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "docs", "scenario", "--output", "pages");

        Assert.Equal(0, result.ExitCode);
        string committed = Path.Combine(RepositoryRoot.Folder, "docs", "scenario");
        Assert.Equal(Names(committed), Names(folder.PathOf("pages")));
        Assert.All(Names(committed), name => Assert.Equal(File.ReadAllBytes(Path.Combine(committed, name)), File.ReadAllBytes(folder.PathOf("pages", name))));
    }

    [Fact]
    public async Task A_bench_writes_its_numbers_as_json_too()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "bench", "--poles", "5", "--hours", "1", "--json", "bench.json");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("poles x simulated seconds per second", result.OutputText, StringComparison.Ordinal);
        JsonElement numbers = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("bench.json"))).RootElement;
        Assert.Equal(5, numbers.GetProperty("poles").GetInt32());
        Assert.Equal(1, numbers.GetProperty("simulatedHours").GetDouble());
        Assert.Equal(5 * 3600 / numbers.GetProperty("wallSeconds").GetDouble(), numbers.GetProperty("poleSecondsPerSecond").GetDouble(), 1e-3);
        Assert.True(numbers.GetProperty("steps").GetInt64() > 0);
        Assert.True(numbers.GetProperty("kibibytesPerPole").GetDouble() > 0);
    }

    [Fact]
    public async Task A_lorawan_bench_says_workload_delivery_losses_and_speed_and_writes_them_as_json()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(
            folder.Directory, "bench", "lorawan", "--devices", "200", "--hours", "1", "--json", "lorawan.json");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("200 devices", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("device-seconds per second", result.OutputText, StringComparison.Ordinal);
        JsonElement numbers = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("lorawan.json"))).RootElement;
        Assert.Equal(200, numbers.GetProperty("devices").GetInt32());
        Assert.InRange(numbers.GetProperty("deliveryPercent").GetDouble(), 50, 100);
        Assert.True(numbers.GetProperty("deviceSecondsPerSecond").GetDouble() > 0);
        Assert.True(numbers.GetProperty("peakMemoryMegabytes").GetDouble() > 1);
        Assert.True(numbers.GetProperty("encodeFramesPerSecond").GetDouble() > 0);
        Assert.True(numbers.GetProperty("parseFramesPerSecond").GetDouble() > 0);
        JsonElement reference = numbers.GetProperty("runs")[0];
        long lost = numbers.GetProperty("losses").EnumerateObject().Sum(cause => cause.Value.GetInt64());
        Assert.Equal(200 * 6, reference.GetProperty("sentFrames").GetInt64());
        Assert.Equal(200 * 6, reference.GetProperty("deliveredFrames").GetInt64() + lost);
    }

    [Theory]
    [InlineData("--devices 0", "--devices '0'")]
    [InlineData("--devices many", "--devices 'many'")]
    [InlineData("--hours 745", "from 1 to 744")]
    [InlineData("--json nowhere/lorawan.json", "--json 'nowhere/lorawan.json'")]
    public async Task A_lorawan_bench_with_bad_values_ends_with_2_and_says_which(string arguments, string word)
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, ["bench", "lorawan", .. arguments.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--poles 0", "--poles '0'")]
    [InlineData("--poles few", "--poles 'few'")]
    [InlineData("--hours 745", "from 1 to 744")]
    [InlineData("--threads 0", "from 1 to 256")]
    [InlineData("--counts nowhere.csv --column Total --day 2026-06-20", "--counts nowhere.csv")]
    [InlineData("--counts lamps.csv --column Total", "--day")]
    [InlineData("--counts lamps.csv --column Total --day 2026-06-31", "YYYY-MM-DD")]
    [InlineData("--column Total", "--counts")]
    [InlineData("--json nowhere/bench.json", "--json 'nowhere/bench.json'")]
    public async Task A_bench_with_bad_values_ends_with_2_and_says_which(string arguments, string word)
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, ["bench", .. arguments.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("polesim: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conformance_prints_every_requirement_with_its_section_and_writes_json_too()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, "conformance", "--json", "conformance.json");

        Assert.True(result.ExitCode == 0, result.OutputText + result.Errors);
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("conformance.json"))).RootElement;
        int count = json.GetProperty("requirements").GetInt32();
        Assert.True(count > 100);
        string[] lines = result.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count, lines.Count(line => line.StartsWith("  pass  ", StringComparison.Ordinal)));
        Assert.Equal($"{count} requirements, {count} met, 0 not met.", lines[^1]);

        PolesimResult list = await PolesimProcess.RunAsync(folder.Directory, "conformance", "--list");
        Assert.Equal(count, list.OutputText.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal)));
        Assert.DoesNotContain("  pass", list.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs scenario --output lamps.csv", "lamps.csv")]
    [InlineData("docs conformance --output nowhere/page.md", "nowhere/page.md")]
    [InlineData("conformance --json nowhere/results.json", "nowhere/results.json")]
    [InlineData("docs", "polesim docs --help")]
    [InlineData("simulate", "'simulate'")]
    [InlineData("", "polesim --help")]
    public async Task Other_wrong_use_ends_with_2_and_says_what_to_do(string arguments, string word)
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("polesim: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
