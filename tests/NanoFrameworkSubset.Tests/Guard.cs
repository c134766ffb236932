// Compiles a piece of source as C# 9 against the running .NET library, runs every analyzer of the guard over it, and compares what they
// say with what the source says they should: a line that ends in "// NF0020" must be reported under exactly that id.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace NanoFrameworkSubset.Tests;

/// <summary>Runs the guard over pieces of source.</summary>
internal static partial class Guard
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(AllowedApi).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The parts of the .NET library that stand for nanoFramework's.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is "System.Private.CoreLib" or "System.Runtime" or "System.Linq" or "System.Collections"
                or "System.Collections.NonGeneric" or "System.Memory" or "System.Runtime.InteropServices" or "System.Runtime.Extensions" or "System.Linq.Expressions")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Asserts that exactly the marked lines are reported. The list of allowed library members is not asked.</summary>
    public static void Verify(string source)
    {
        Verify(source, Run(source).Where(diagnostic => diagnostic.Id != "NF0030"));
    }

    /// <summary>Asserts that exactly the marked lines are reported, with this list of allowed library members.</summary>
    public static void VerifyWithList(string allowedApi, string source)
    {
        Verify(source, Run(source, allowedApi));
    }

    /// <summary>What the guard says about a source, which has to compile.</summary>
    public static ImmutableArray<Diagnostic> Run(
        string source, string allowedApi = "", LanguageVersion version = LanguageVersion.CSharp9, bool checkOverflow = false, string path = "Example.cs")
    {
        return RunFiles([(path, source)], allowedApi, version, checkOverflow);
    }

    /// <summary>What the guard says about files that are compiled together and have to compile.</summary>
    public static ImmutableArray<Diagnostic> RunFiles(
        IEnumerable<(string Path, string Source)> files, string allowedApi, LanguageVersion version = LanguageVersion.CSharp9, bool checkOverflow = false,
        IEnumerable<MetadataReference>? references = null)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example",
            files.Select(file => CSharpSyntaxTree.ParseText(file.Source, new CSharpParseOptions(version), file.Path)),
            References.Concat(references ?? []),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, checkOverflow: checkOverflow, nullableContextOptions: NullableContextOptions.Enable));
        string[] errors = [.. compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString())];
        Assert.Empty(errors);
        AnalyzerOptions options = new([new TextFile("AllowedApi.txt", allowedApi)]);
        ImmutableArray<Diagnostic> found = compilation
            .WithAnalyzers(Analyzers, options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return found;
    }

    /// <summary>Puts a class around members, so that examples may be short.</summary>
    public static string Whole(string source)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9)).GetCompilationUnitRoot();
        bool isTypes = root.Members.All(member => member is BaseTypeDeclarationSyntax or NamespaceDeclarationSyntax or DelegateDeclarationSyntax);
        return isTypes ? source : "public class Example\n{\n" + source + "\n}\n";
    }

    private static void Verify(string source, IEnumerable<Diagnostic> found)
    {
        string[] lines = source.ReplaceLineEndings("\n").Split('\n');
        IEnumerable<string> expected = lines.SelectMany((line, index) => Marker().Matches(line).Select(match => $"line {index + 1}: {match.Value}"));
        IEnumerable<string> actual = found.Select(diagnostic => $"line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}");
        Assert.Equal(expected.Distinct().Order(), actual.Distinct().Order());
    }

    [GeneratedRegex(@"(?<=//.*)NF\d{4}")]
    private static partial Regex Marker();

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default)
        {
            return SourceText.From(text);
        }
    }
}
