// polesim service: a terminal on the service port of a simulated pole.
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class ServiceTests
{
    [Fact]
    public async Task A_pole_is_opened_asked_tested_and_restarted_through_a_pipe()
    {
        using ScenarioFolder folder = new();
        PolesimResult result = await PolesimProcess.RunWithInputAsync(
            folder.Directory, "id\nhealth\nlight 350 60\nvalues\nrestart\n#wait 30s\nhealth\n#wait nonsense\n",
            "service", "--scenario", ScenarioFolder.ScenarioFile, "--pole", "#0", "--unlock");

        Assert.True(result.ExitCode == 0, result.Errors);
        string[] lines = result.OutputText.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("ok unlock closesAfterIdleSeconds=600", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("id devEui=02", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("health component=lighting number=4 state=", StringComparison.Ordinal));
        Assert.Contains("ok light levelPermille=350 seconds=60", lines);
        Assert.Contains(lines, line => line.StartsWith("values value=lamp quality=ok levelPermille=350", StringComparison.Ordinal));
        Assert.Contains("ok restart afterMs=2000", lines);

        // The restart has closed the port.
        Assert.StartsWith("error code=locked", lines[^1], StringComparison.Ordinal);
        Assert.Contains("Service key of this simulated pole: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("is no wait", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pole", "nobody")]
    [InlineData("--pole", "#9999")]
    [InlineData("--at", "soon")]
    public async Task Wrong_options_say_what_is_right(string option, string value)
    {
        using ScenarioFolder folder = new();
        string[] pole = option == "--pole" ? [] : ["--pole", "#0"];
        PolesimResult result = await PolesimProcess.RunAsync(
            folder.Directory, ["service", "--scenario", ScenarioFolder.ScenarioFile, .. pole, option, value]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{option} '{value}'", result.Errors, StringComparison.Ordinal);
    }
}
