// The reference declarations and the list of what the application uses: both only hold what the stable packages have.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoFrameworkPackages;
using RepositoryFiles;

namespace Esp32.Tests.Project;

public sealed class DeclarationTests
{
    private static readonly string[] s_ids =
        [.. File.ReadLines(RepositoryRoot.PathOf("firmware", "PoleController.Esp32", "AllowedApi.Esp32.txt")).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Given_the_reference_declarations_When_compared_with_the_stable_packages_Then_every_member_is_there()
    {
        HashSet<string> stable = Stable();
        string[] declared = [.. Declared()];
        Assert.InRange(declared.Length, 120, 400);
        Assert.All(declared, id => Assert.Contains(id, stable));
    }

    [Fact]
    public void Given_the_list_of_what_the_application_uses_When_compared_with_the_stable_packages_Then_every_entry_is_there_sorted_and_once()
    {
        HashSet<string> stable = Stable();
        Assert.All(s_ids, id => Assert.Contains(id.StartsWith("S:", StringComparison.Ordinal) ? "T:" + id[2..] : id, stable));
        Assert.Equal(s_ids.Distinct().Order(StringComparer.Ordinal), s_ids);
    }

    [Fact]
    public void Given_the_reference_declarations_When_compared_with_the_list_Then_they_hold_just_what_is_used()
    {
        // Constructors that C# makes by itself are there whether they are used or not; types are there for their members (no rule asks for the names of enumerations).
        IEnumerable<string> unused = Declared().Where(id => !s_ids.Contains(id) && !id.EndsWith(".#ctor", StringComparison.Ordinal) && id[0] != 'T');
        Assert.Equal("", string.Join("\n", unused));
    }

    private static HashSet<string> Stable() => [.. File.ReadLines(RepositoryRoot.SharedPathOrSkip("facts", "nanoframework-api.txt")).Select(line => line.Trim())];

    private static IEnumerable<string> Declared()
    {
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Collections.NonGeneric.dll" or "System.Collections.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];
        PortableExecutableReference packages = MetadataReference.CreateFromFile(typeof(SimulatedChip).Assembly.Location);
        CSharpCompilation compilation = CSharpCompilation.Create("declarations", references: references.Append(packages));
        IAssemblySymbol assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(packages)!;
        return Types(assembly.GlobalNamespace).Where(IsVisible).SelectMany(Ids);
    }

    private static IEnumerable<string> Ids(INamedTypeSymbol type)
    {
        yield return type.GetDocumentationCommentId()!;
        foreach (ISymbol member in type.GetMembers().Where(IsVisible))
        {
            bool isMade = type.TypeKind == TypeKind.Delegate || member is INamedTypeSymbol
                || member is IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
                || (member is IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true });
            if (!isMade)
            {
                yield return member.GetDocumentationCommentId()!;
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol inner in Types(member))
            {
                yield return inner;
            }
        }
    }

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal && (symbol.ContainingType is null || IsVisible(symbol.ContainingType));
}
