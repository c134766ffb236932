// The nanoFramework projects: each compiles just the sources that it should, references just the packages that it lists, in the versions of the facts, and takes no
// part in the solution's default build.
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RepositoryFiles;

namespace Esp32.Tests.Project;

public sealed partial class ProjectFileTests
{
    private const string Application = "PoleController.Esp32";

    private static readonly XNamespace s_ns = "http://schemas.microsoft.com/developer/msbuild/2003";
    private static readonly string s_folder = RepositoryRoot.PathOf("firmware", Application);

    public static TheoryData<string> Projects { get; } = [.. Directory.EnumerateFiles(s_folder, "*.nfproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(s_folder, path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Given_the_assemblies_of_the_controller_When_compared_with_the_projects_Then_each_has_one_with_its_sources_and_uses()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("firmware", "PoleController", "assemblies.json")));
        JsonElement[] assemblies = [.. document.RootElement.GetProperty("assemblies").EnumerateArray()];
        Assert.Equal(
            assemblies.Select(assembly => assembly.GetProperty("name").GetString()!).Append(Application).Order(StringComparer.Ordinal),
            Projects.Select(row => Path.GetFileNameWithoutExtension(row.Data)).Order(StringComparer.Ordinal));
        foreach (JsonElement assembly in assemblies)
        {
            string name = assembly.GetProperty("name").GetString()!;
            string path = Path.Combine(s_folder, "assemblies", name, name + ".nfproj");
            XDocument project = XDocument.Load(path);
            Assert.Equal(Sources(assembly, assemblies).Order(StringComparer.Ordinal), Compiled(path).Where(file => !file.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Equal(
                assembly.GetProperty("uses").EnumerateArray().Select(used => used.GetString()!).Order(StringComparer.Ordinal),
                project.Descendants(s_ns + "ProjectReference").Select(Name).Order(StringComparer.Ordinal));
            Assert.Equal((name, "Library"), (Property(project, "AssemblyName"), Property(project, "OutputType")));
        }
    }

    [Fact]
    public void Given_the_application_When_its_sources_are_listed_Then_they_are_all_of_the_folder_and_all_assemblies_are_referenced()
    {
        string path = Path.Combine(s_folder, Application + ".nfproj");
        string[] files = [.. Directory.EnumerateFiles(s_folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(s_folder, file).StartsWith("assemblies", StringComparison.Ordinal) && !IsOutput(file))
            .Order(StringComparer.Ordinal)];
        XDocument project = XDocument.Load(path);

        Assert.Equal(files, Compiled(path).Order(StringComparer.Ordinal));
        Assert.Equal("Exe", Property(project, "OutputType"));
        Assert.Equal(
            Projects.Select(row => Path.GetFileNameWithoutExtension(row.Data)).Where(name => name != Application).Order(StringComparer.Ordinal),
            project.Descendants(s_ns + "ProjectReference").Select(Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Given_a_project_When_its_packages_are_listed_Then_it_references_each_from_where_it_is_restored(string project)
    {
        string path = Path.Combine(s_folder, project);
        string folder = Path.GetDirectoryName(path)!;
        (string Id, string Version)[] packages = Packages(folder);
        string up = Path.GetRelativePath(folder, RepositoryRoot.Folder).Replace('/', '\\');

        Assert.Equal(
            packages.Select(package => $@"{up}\packages\{package.Id}.{package.Version}\lib\").Order(StringComparer.Ordinal),
            XDocument.Load(path).Descendants(s_ns + "HintPath").Select(hint => DllName().Replace(hint.Value, "")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_the_packages_When_compared_with_the_facts_Then_the_versions_are_those_of_the_stable_line()
    {
        string facts = File.ReadAllText(RepositoryRoot.SharedPathOrSkip("facts", "nanoframework.md"));
        Dictionary<string, string> stable = [];
        foreach (Match row in TableRow().Matches(facts))
        {
            string[] names = row.Groups[1].Value.Split(" / ");
            string[] versions = row.Groups[2].Value.Split(" / ");
            string prefix = names[0][..(names[0].LastIndexOf('.') + 1)];
            for (int i = 0; i < names.Length; i++)
            {
                // "nanoFramework.System.Device.I2c / Spi" and "nanoFramework.System.IO.Ports / System.IO.FileSystem" are both written there.
                string name = i == 0 ? names[0] : names[i].StartsWith("System.", StringComparison.Ordinal) || names[i].StartsWith("Runtime.", StringComparison.Ordinal)
                    || names[i].StartsWith("Hardware.", StringComparison.Ordinal) ? "nanoFramework." + names[i] : names[i].StartsWith("nanoFramework.", StringComparison.Ordinal) ? names[i] : prefix + names[i];
                stable[name] = versions[Math.Min(i, versions.Length - 1)];
            }
        }

        (string Id, string Version)[] packages = Packages(s_folder);
        string[] wanted =
        [
            "nanoFramework.CoreLibrary", "nanoFramework.System.Device.Gpio", "nanoFramework.Hardware.Esp32", "nanoFramework.System.Device.I2c", "nanoFramework.System.Device.Spi",
            "nanoFramework.System.Device.Pwm", "nanoFramework.System.Device.Adc", "nanoFramework.System.IO.Ports", "nanoFramework.System.IO.FileSystem",
            "nanoFramework.System.Security.Cryptography", "nanoFramework.Device.Bluetooth", "nanoFramework.Hardware.Esp32.Rmt",
        ];
        Assert.All(wanted, id => Assert.Contains(packages, package => package.Id == id));
        Assert.All(packages.Where(package => stable.ContainsKey(package.Id)), package => Assert.Equal(stable[package.Id], package.Version));
        Assert.All(wanted, id => Assert.Contains(id, stable.Keys));

        // One version of a package in all projects.
        IEnumerable<string> everywhere = Projects.SelectMany(row => Packages(Path.GetDirectoryName(Path.Combine(s_folder, row.Data))!)).Select(package => package.Id + package.Version).Distinct();
        Assert.Equal(packages.Select(package => package.Id + package.Version).Order(StringComparer.Ordinal), everywhere.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Given_the_solution_When_read_Then_the_projects_are_in_it_and_in_no_configurations_build()
    {
        string solution = File.ReadAllText(RepositoryRoot.PathOf("nanoFramework.sln"));
        foreach (string project in Projects.Select(row => row.Data))
        {
            Match entry = Regex.Match(solution, $"\"firmware\\\\{Application.Replace(".", "\\.", StringComparison.Ordinal)}\\\\{Regex.Escape(project.Replace('/', '\\'))}\", \"(\\{{[^}}]+\\}})\"");
            Assert.True(entry.Success, project);
            Assert.Contains(entry.Groups[1].Value + ".Debug|Any CPU.ActiveCfg", solution, StringComparison.Ordinal);
            Assert.DoesNotContain(entry.Groups[1].Value + ".Debug|Any CPU.Build.0", solution, StringComparison.Ordinal);
            Assert.DoesNotContain(entry.Groups[1].Value + ".Release|Any CPU.Build.0", solution, StringComparison.Ordinal);
        }
    }

    // A file that is named belongs to who names it, whoever has its folder.
    private static IEnumerable<string> Sources(JsonElement assembly, JsonElement[] assemblies)
    {
        string folder = RepositoryRoot.PathOf("firmware", "PoleController");
        HashSet<string> elsewhere =
        [
            .. assemblies.Where(other => other.GetProperty("name").GetString() != assembly.GetProperty("name").GetString())
                .SelectMany(other => other.GetProperty("sources").EnumerateArray()).Select(source => Path.GetFullPath(Path.Combine(folder, source.GetString()!))),
        ];
        IEnumerable<string> all = assembly.GetProperty("sources").EnumerateArray().Select(source => source.GetString()!).SelectMany(source => source.EndsWith('/')
            ? Directory.EnumerateFiles(Path.Combine(folder, source), "*.cs", SearchOption.AllDirectories).Select(Path.GetFullPath)
            : [Path.GetFullPath(Path.Combine(folder, source))]);
        return all.Where(file => !elsewhere.Contains(file));
    }

    // What MSBuild makes of the items: a file, the files of a folder, or those below it.
    private static IEnumerable<string> Compiled(string projectPath)
    {
        string folder = Path.GetDirectoryName(projectPath)!;
        foreach (XElement item in XDocument.Load(projectPath).Descendants(s_ns + "Compile"))
        {
            string include = item.Attribute("Include")!.Value.Replace('\\', '/');
            int wild = include.IndexOf('*', StringComparison.Ordinal);
            if (wild < 0)
            {
                string file = Path.GetFullPath(Path.Combine(folder, include));
                Assert.True(File.Exists(file), file);
                yield return file;
                continue;
            }

            string rest = include[wild..];
            string[] excluded = [.. (item.Attribute("Exclude")?.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/'))))];
            Assert.All(excluded, file => Assert.True(File.Exists(file), file));
            Assert.Contains(rest, new[] { "*.cs", "**/*.cs" });
            foreach (string file in Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(folder, include[..wild])), "*.cs", rest[1] == '*' ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Where(file => !excluded.Contains(file)))
            {
                yield return file;
            }
        }
    }

    private static (string Id, string Version)[] Packages(string folder) =>
        [.. XDocument.Load(Path.Combine(folder, "packages.config")).Descendants("package").Select(package => (package.Attribute("id")!.Value, package.Attribute("version")!.Value))];

    private static string Name(XElement reference) => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string Property(XDocument project, string name) => project.Descendants(s_ns + name).Single().Value;

    private static bool IsOutput(string path) => path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    [GeneratedRegex(@"(?<=\\lib\\).*$")]
    private static partial Regex DllName();

    [GeneratedRegex(@"^\| ((?:nanoFramework\.)[^|]+?) \| ([0-9][^|;]+?)(?:;[^|]*)? \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
