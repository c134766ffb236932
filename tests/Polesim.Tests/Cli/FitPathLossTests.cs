// polesim fit-path-loss: from measurements to keys that a scenario takes.
using System.Text.Json;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class FitPathLossTests
{
    // 14 dBm less 40 dB, less 25 dB a decade, 3 dB up and down.
    private const string Measurements =
        """
        eui,metres,RSSI
        near-a,10,-47
        near-a,10,-49
        near-b,10,-54
        near-b,10,-54
        far-a,1000,-98
        far-a,1000,-98
        far-b,1000,-104
        far-b,1000,

        """;

    private static readonly string[] Options = ["--distance-column", "metres", "--node-column", "eui"];

    [Fact]
    public async Task Measurements_become_a_fit_as_json_and_keys_that_a_scenario_takes()
    {
        using ScenarioFolder folder = new();
        folder.Write("survey.csv", Measurements);
        PolesimResult fit = await PolesimProcess.RunAsync(folder.Directory, ["fit-path-loss", "survey.csv", .. Options, "--json", "fit.json"]);

        Assert.True(fit.ExitCode == 0, fit.Errors);
        Assert.Contains("7 on 4 links, 10 to 1000 m; 1 rows without RSSI left out", fit.OutputText, StringComparison.Ordinal);
        Assert.Contains("far-b", fit.OutputText, StringComparison.Ordinal);
        JsonElement numbers = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("fit.json"))).RootElement;
        Assert.Equal(2.5, numbers.GetProperty("pathLossExponent").GetDouble(), 1e-9);
        Assert.Equal(4, numbers.GetProperty("links").GetArrayLength());

        string keys = fit.OutputText[fit.OutputText.IndexOf("radio:", StringComparison.Ordinal)..];
        Assert.Contains("pathLossExponent: 2.5", keys, StringComparison.Ordinal);
        folder.Write(ScenarioFolder.ScenarioFile, ScenarioFolder.Scenario + keys);
        PolesimResult run = await PolesimProcess.RunAsync(folder.Directory, "run", ScenarioFolder.ScenarioFile, "--until", "1min");
        Assert.True(run.ExitCode is 0 or 1, run.Errors);
    }

    [Theory]
    [InlineData("absent.csv", "there is no such file")]
    [InlineData("survey.csv --node-column eui", "--distance-column")]
    [InlineData("survey.csv --distance-column metres --rssi-column eui", "survey.csv:2: eui: this is no measurement (found 'near-a')")]
    [InlineData("few.csv", "there are 1 links")]
    [InlineData("survey.csv --power-dbm loud", "--power-dbm 'loud'")]
    [InlineData("survey.csv --distance-column metres --json absent/fit.json", "--json 'absent/fit.json'")]
    public async Task Wrong_input_is_refused_with_what_to_do(string arguments, string expected)
    {
        using ScenarioFolder folder = new();
        folder.Write("survey.csv", Measurements);
        folder.Write("few.csv", "distance,rssi\n10,-40\n");
        PolesimResult result = await PolesimProcess.RunAsync(folder.Directory, ["fit-path-loss", .. arguments.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
