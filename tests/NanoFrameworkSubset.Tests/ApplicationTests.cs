// The guard over the ESP32 application, compiled together with the controller against the reference declarations: the list of what it uses is exact, and what a
// step allocates on a board is just what firmware/PoleController.Esp32/README.md names, because the packages leave no way round.
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace NanoFrameworkSubset.Tests;

public sealed partial class ApplicationTests
{
    private static readonly string Firmware = Path.Combine(Repository.Root, "firmware");
    internal static readonly string Application = Path.Combine(Firmware, "PoleController.Esp32");

    // Without the application's list, so that everything that it would allow is told.
    private static readonly Lazy<Diagnostic[]> s_found = new(() =>
        [.. Guard.RunFiles([.. Sources(Path.Combine(Firmware, "PoleController")), .. Sources(Application)], Repository.AllowedApi, references: [Packages()])]);

    [Fact]
    public void Given_the_applications_list_When_compared_with_its_sources_Then_they_use_every_entry()
    {
        string[] listed = [.. File.ReadLines(Path.Combine(Application, "AllowedApi.Esp32.txt")).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        IEnumerable<string> used = s_found.Value.Where(diagnostic => diagnostic.Id == "NF0030").Select(diagnostic => IdInMessage().Match(diagnostic.GetMessage(null)).Groups[1].Value);
        IEnumerable<string> structs = s_found.Value.Where(diagnostic => diagnostic.Id == "NF0024").Select(diagnostic => "S:" + StructInMessage().Match(diagnostic.GetMessage(null)).Groups[1].Value);

        Assert.Equal(listed, used.Concat(structs).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_the_application_and_the_controller_When_the_guard_follows_every_step_Then_only_the_garbage_that_the_page_names_is_made()
    {
        // What the list allows (NF0024, NF0030) is the other test's.
        Diagnostic[] found = [.. s_found.Value.Where(diagnostic => diagnostic.Id is not "NF0024" and not "NF0030")];
        Assert.All(found, diagnostic => Assert.Contains(diagnostic.Id, new[] { "NF0028", "NF0029" }));

        string[] files = [.. found.Select(diagnostic => Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree!.FilePath)).Distinct().Order(StringComparer.Ordinal)];
        string[] named = [.. GarbageRow().Matches(File.ReadAllText(Path.Combine(Application, "README.md"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains(file, named));
    }

    [Fact]
    public void Given_the_applications_projects_When_read_Then_the_default_builds_copy_is_under_the_guard()
    {
        string project = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Esp32.Application", "Esp32.Application.csproj"));
        Assert.Contains("NanoFrameworkSubset.props", project, StringComparison.Ordinal);
        Assert.Contains("firmware/PoleController.Esp32/**/*.cs", project, StringComparison.Ordinal);
    }


    internal static MetadataReference Packages() => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "NanoFrameworkPackages.dll"));

    internal static IEnumerable<(string Path, string Source)> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "Properties" or "assemblies"))
            .Select(path => (path, File.ReadAllText(path)));

    [GeneratedRegex(@"AllowedApi\.txt, id (\S+)\): ")]
    private static partial Regex IdInMessage();

    [GeneratedRegex("value of struct '([^']+)'")]
    private static partial Regex StructInMessage();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex GarbageRow();
}
