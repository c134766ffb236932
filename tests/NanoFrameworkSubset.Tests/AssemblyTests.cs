// The controller cut into the assemblies that it is on the pole (firmware/PoleController/assemblies.json): every source is in one of them, each
// compiles with nothing but those it may use, and none has more byte code than nanoFramework's converter takes.
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoFrameworkSubset.Tests;

public sealed partial class AssemblyTests
{
    // nanoframework/metadata-processor, nanoByteCodeTable.GetMethodId: places in the table of byte code have 16 bits.
    private const int ByteCodeLimitBytes = 65_535;

    private const string Application = "PoleController.Esp32";

    private static readonly string Folder = Path.Combine(Repository.Root, "firmware", "PoleController");

    [Fact]
    public void Given_the_controllers_sources_When_looked_for_in_the_assemblies_Then_each_is_in_exactly_one()
    {
        Part[] parts = Parts();
        string[] sources = [.. SourceFiles()];

        Assert.All(sources, source => Assert.NotNull(Owner(source, parts)));
        Assert.All(parts.SelectMany(part => part.Sources), entry => Assert.Contains(sources, source => Part.IsIn(source, entry)));
    }

    [Fact]
    public void Given_the_assemblies_When_compiled_one_after_the_other_Then_each_needs_only_those_it_uses_fits_into_the_converter_and_is_as_large_as_the_page_says()
    {
        Dictionary<string, int> listed = ListedKilobytes();
        Dictionary<string, MetadataReference> compiled = [];
        Part[] parts = Parts();
        foreach (Part part in parts)
        {
            byte[] image = Compile(part, parts, Guard.References, part.Uses.Select(used => compiled[used]));
            compiled.Add(part.Name, MetadataReference.CreateFromImage(image));
            CheckSize(part.Name, image, listed);
        }

        CheckSize(Application, CompileApplication(compiled.Values), listed);
        Assert.Empty(listed.Keys);
    }

    // The judge from outside: nanoFramework's own core library, where it has been fetched (.ci/install tries to). Its package is referenced by no project, because a
    // build must not need it.
    [Fact]
    public void Given_nanoFrameworks_own_core_library_When_the_assemblies_are_compiled_against_it_Then_nothing_is_missing()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string library = Path.Combine(packages, "nanoframework.corelibrary", "1.17.11", "lib", "mscorlib.dll");
        Assert.SkipUnless(File.Exists(library), "nanoFramework.CoreLibrary 1.17.11 is not in the NuGet folder: dotnet restore tests/CoreLibrary.");

        MetadataReference core = MetadataReference.CreateFromFile(library);
        MetadataReference math = CompileMath(core);
        Dictionary<string, MetadataReference> compiled = [];
        Part[] parts = Parts();
        foreach (Part part in parts)
        {
            compiled.Add(part.Name, MetadataReference.CreateFromImage(Compile(part, parts, [core, math], part.Uses.Select(used => compiled[used]))));
        }

        Assert.Equal(parts.Length, compiled.Count);
    }

    // System.Math is an assembly of its own there; its members that the controller uses, as the stable package has them (AllowListTests compares).
    private static MetadataReference CompileMath(MetadataReference core)
    {
        IEnumerable<string> members = Repository.AllowedApiIds.Where(id => id.StartsWith("M:System.Math.", StringComparison.Ordinal)).Select(id =>
        {
            string name = id["M:System.Math.".Length..id.IndexOf('(', StringComparison.Ordinal)];
            int count = id.Count(letter => letter == ',') + 1;
            return $"public static double {name}({string.Join(", ", Enumerable.Range(0, count).Select(i => $"double a{i}"))}) {{ return 0; }}";
        });
        string source = "namespace System { public static class Math { public const double PI = 3.14159265358979; " + string.Join("\n", members) + " } }";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "System.Math", [CSharpSyntaxTree.ParseText(source)], [core], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    // The table of firmware/PoleController.Esp32/README.md says the truth: no more than that, and not much less.
    private static void CheckSize(string name, byte[] image, Dictionary<string, int> listed)
    {
        int bytes = ByteCodeBytes(image);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {bytes} bytes of IL");
        Assert.InRange(bytes, 1, ByteCodeLimitBytes);
        Assert.True(listed.Remove(name, out int kilobytes), $"{name} is not in the table of sizes.");
        Assert.True(bytes <= kilobytes * 1000, $"{name} has {bytes} bytes of IL, the table says {kilobytes} kB.");
        Assert.True(bytes * 4 >= kilobytes * 3000 || kilobytes <= 4, $"{name} has {bytes} bytes of IL, the table says {kilobytes} kB.");
    }

    private static Dictionary<string, int> ListedKilobytes() =>
        SizeRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "firmware", Application, "README.md")))
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] CompileApplication(IEnumerable<MetadataReference> controller)
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp9);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Application,
            ApplicationTests.Sources(ApplicationTests.Application).Select(file => CSharpSyntaxTree.ParseText(file.Source, options, file.Path)),
            [.. Guard.References, .. controller, ApplicationTests.Packages()],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    [GeneratedRegex(@"^\| `(PoleController[\w.]*)` \| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex SizeRow();

    // A file that is named belongs to who names it, whoever has its folder; in two places of a kind it belongs to nobody.
    private static Part? Owner(string source, Part[] parts)
    {
        Part[] owners = [.. parts.Where(part => part.Sources.Contains(source))];
        if (owners.Length == 0)
        {
            owners = [.. parts.Where(part => part.Sources.Any(entry => Part.IsIn(source, entry)))];
        }

        return owners.Length == 1 ? owners[0] : null;
    }

    private static byte[] Compile(Part part, Part[] parts, IEnumerable<MetadataReference> library, IEnumerable<MetadataReference> uses)
    {
        string visibility = string.Concat(parts.Select(other =>
            $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{other.Name}\")]\n"));
        CSharpParseOptions options = new(LanguageVersion.CSharp9);
        CSharpCompilation compilation = CSharpCompilation.Create(
            part.Name,
            SourceFiles().Where(source => Owner(source, parts) == part)
                .Select(source => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Folder, source)), options, source))
                .Append(CSharpSyntaxTree.ParseText(visibility, options, "Visibility.cs")),
            [.. library, .. uses],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => part.Name + ": " + found));
        return image.ToArray();
    }

    // The converter's own code is a little shorter: its references have two bytes where IL has four.
    private static int ByteCodeBytes(byte[] image)
    {
        using PEReader file = new(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.MethodDefinitions
            .Select(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress)
            .Where(address => address != 0)
            .Sum(address => file.GetMethodBody(address).GetILReader().Length);
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static Part[] Parts()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "assemblies.json")));
        return
        [
            .. document.RootElement.GetProperty("assemblies").EnumerateArray().Select(assembly => new Part(
                assembly.GetProperty("name").GetString()!, Strings(assembly.GetProperty("sources")), Strings(assembly.GetProperty("uses")))),
        ];
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(entry => entry.GetString()!)];

    private sealed record Part(string Name, string[] Sources, string[] Uses)
    {
        public static bool IsIn(string source, string entry) =>
            entry.EndsWith('/') ? source.StartsWith(entry, StringComparison.Ordinal) : source == entry;
    }
}
