// Where the tests find the repository, its examples and the data beside it; and scenarios made of text.
using System.Text;
using RepositoryFiles;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Scenarios;

/// <summary>Files for the tests of scenarios and of the world's inputs.</summary>
internal static class ScenarioFiles
{
    public static string Root => RepositoryRoot.Folder;

    public static string Scenarios => Path.Combine(Root, "simulator", "scenarios");

    public static string SharedData(string file) => RepositoryRoot.SharedPathOrSkip("data", file);

    /// <summary>Reads a scenario text as if it stood in simulator/scenarios/test.yaml.</summary>
    public static Scenario Parse(string yaml) => ScenarioLoader.Parse(Encoding.UTF8.GetBytes(yaml), Path.Combine(Scenarios, "test.yaml"));

    public static IReadOnlyList<ScenarioProblem> Problems(string yaml) => Assert.Throws<ScenarioException>(() => Parse(yaml)).Problems;

    /// <summary>The least that a scenario needs, with more behind it.</summary>
    public static string Minimal(string more = "") => "name: n\nstart: 2026-06-20T12:00\nduration: 24h\nlamps:\n  file: district/lamps.csv\n" + more;

    /// <summary>A file that is gone after the test.</summary>
    public static TemporaryFile Write(string contents, string ending = ".csv", Encoding? encoding = null) => new(contents, ending, encoding ?? new UTF8Encoding(false));
}

/// <summary>A file in the folder for temporary files.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string contents, string ending, Encoding encoding)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N") + ending);
        File.WriteAllBytes(Path, [.. encoding.GetPreamble(), .. encoding.GetBytes(contents)]);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
