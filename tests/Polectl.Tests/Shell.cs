// Runs polectl in the test's own process, with its own output, environment and folder.
using System.Text.Json;
using Polectl.Cli;

namespace Polectl.Tests;

/// <summary>What came of a run.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    /// <summary>The JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public JsonElement Result => Json.GetProperty("result");
}

/// <summary>A place to run polectl in.</summary>
internal sealed class Shell : IDisposable
{
    public Shell() => Variables["POLECTL_WORKSPACE"] = PathOf("poles.polectl");

    public string Folder { get; } = Directory.CreateTempSubdirectory("polectl-test-").FullName;

    public Dictionary<string, string> Variables { get; } = new() { ["LANG"] = "C.UTF-8", ["POLECTL_USER"] = "anna" };

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Who sits at the keyboard; nobody when null.</summary>
    public Func<string, string?>? Keyboard { get; set; }

    public ShellResult Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = App.Run(arguments, new Surroundings(output, error, Variables.GetValueOrDefault) { AskLine = Keyboard });
        return new ShellResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs and expects that all of it is done.</summary>
    public ShellResult Done(params string[] arguments)
    {
        ShellResult result = Run(arguments);
        Assert.True(result.ExitCode == 0, $"polectl {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}");
        return result;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
