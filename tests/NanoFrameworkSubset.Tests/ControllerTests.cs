// The guard over the code it is there for: the controller's own sources, and the projects that have to be under it.
using System.Text.RegularExpressions;

namespace NanoFrameworkSubset.Tests;

public sealed partial class ControllerTests
{
    private static readonly string Firmware = Path.Combine(Repository.Root, "firmware");

    [Fact]
    public void Given_the_controllers_sources_When_the_guard_runs_Then_it_is_silent()
    {
        Assert.Empty(Guard.RunFiles(Sources(), Repository.AllowedApi).Select(found => found.ToString()));
    }

    [Fact]
    public void Given_the_projects_list_When_compared_with_the_controllers_sources_Then_they_use_every_entry()
    {
        // Without a list, everything that is used is reported, with its id.
        IEnumerable<string> used = Guard.RunFiles(Sources(), string.Empty).Select(found => IdInMessage().Match(found.GetMessage(null)).Groups[1].Value);
        Assert.Equal(Repository.AllowedApiIds, used.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_the_controllers_sources_When_a_component_deep_in_a_step_allocates_Then_the_message_names_the_way()
    {
        // Put beside the real sources: a port's implementation, which the step reaches through an interface only.
        const string intruder = "namespace PoleController { internal sealed class Dog : Hal.IWatchdog { private byte[] _b = new byte[1];\n"
            + "public void Pet() { _b = new byte[2]; } internal byte[] B { get { return _b; } } } }";
        Microsoft.CodeAnalysis.Diagnostic found = Assert.Single(Guard.RunFiles(Sources().Append(("Dog.cs", intruder)), Repository.AllowedApi));
        Assert.Equal("NF0029", found.Id);
        Assert.Contains("Controller.Step > Dog.Pet", found.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_dotnet_projects_of_the_firmware_When_read_Then_each_but_the_guard_imports_it()
    {
        string[] projects =
            [.. Directory.EnumerateFiles(Firmware, "*.csproj", SearchOption.AllDirectories).Where(path => !path.Contains("NanoFrameworkSubset", StringComparison.Ordinal))];
        Assert.NotEmpty(projects);
        Assert.All(projects, path => Assert.Contains("NanoFrameworkSubset.props", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void Given_the_sources_of_the_firmware_When_searched_Then_none_suppresses_a_rule_by_attribute()
    {
        // An attribute is the one way past a rule that the compiler leaves open.
        Assert.DoesNotContain(Sources(), file => file.Source.Contains("SuppressMessage(", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"AllowedApi\.txt, id (\S+)\): ")]
    private static partial Regex IdInMessage();

    private static (string Path, string Source)[] Sources()
    {
        string folder = Path.Combine(Firmware, "PoleController");
        (string, string)[] sources =
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Path.GetRelativePath(folder, path).StartsWith("obj", StringComparison.Ordinal))
                .Where(path => !Path.GetRelativePath(folder, path).StartsWith("bin", StringComparison.Ordinal))
                .Select(path => (path, File.ReadAllText(path))),
        ];
        Assert.NotEmpty(sources);
        return sources;
    }
}
