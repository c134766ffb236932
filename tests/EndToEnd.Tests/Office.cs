// polectl as people run it, in the test's own process: a workspace in a folder of its own, the clock of the district.
using System.Text.Json;
using Polectl.Cli;

namespace EndToEnd.Tests;

/// <summary>What came of a command.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error)
{
    public JsonElement Result => JsonDocument.Parse(Output).RootElement.GetProperty("result");
}

/// <summary>A place to run polectl in.</summary>
internal sealed class Office : IDisposable
{
    private readonly Dictionary<string, string> _variables = new()
    {
        ["LANG"] = "C.UTF-8", ["POLECTL_USER"] = "anna", ["POLECTL_PASSPHRASE"] = "correct horse battery staple", ["POLECTL_NEW_PASSPHRASE"] = "correct horse battery staple",
    };

    public Office() => _variables["POLECTL_WORKSPACE"] = PathOf("poles.polectl");

    public string Folder { get; } = Directory.CreateTempSubdirectory("polectl-chain-").FullName;

    public DistrictClock Clock { get; } = new();

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Set(string variable, string value) => _variables[variable] = value;

    public Answer Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = App.Run(arguments, Surroundings(output, error));
        return new Answer(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs and expects one of the exit codes; 0 when none is named.</summary>
    public Answer Expect(int exitCode, params string[] arguments)
    {
        Answer answer = Run(arguments);
        Assert.True(answer.ExitCode == exitCode, $"polectl {string.Join(' ', arguments)} ended with {answer.ExitCode}: {answer.Error} {answer.Output}");
        return answer;
    }

    public JsonElement Done(params string[] arguments) => Expect(0, [.. arguments, "--json"]).Result;

    public Surroundings Surroundings(TextWriter output, TextWriter error) => new(output, error, _variables.GetValueOrDefault) { Time = Clock };

    public void Dispose() => Directory.Delete(Folder, true);
}
