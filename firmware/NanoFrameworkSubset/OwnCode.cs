// What is the project's own and what is library: own is what is being compiled, and the assemblies a project names as its own.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoFrameworkSubset;

/// <summary>Tells own code from library code.</summary>
internal sealed class OwnCode
{
    private readonly IAssemblySymbol _compiled;
    private readonly ImmutableHashSet<string> _others;

    /// <summary>Makes it for one compilation.</summary>
    /// <param name="compiled">The assembly being compiled.</param>
    /// <param name="options">Where the property NanoFrameworkOwnAssemblies (names with semicolons or commas between) is read from.</param>
    public OwnCode(IAssemblySymbol compiled, AnalyzerConfigOptionsProvider options)
    {
        _compiled = compiled;
        options.GlobalOptions.TryGetValue("build_property.NanoFrameworkOwnAssemblies", out string? names);
        _others = (names ?? string.Empty).Split(';', ',').Select(name => name.Trim()).ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a symbol is the project's own. One of no assembly (an array) is the language's and counts as own.</summary>
    public bool Contains(ISymbol symbol)
    {
        IAssemblySymbol? assembly = symbol.ContainingAssembly;
        return assembly is null || SymbolEqualityComparer.Default.Equals(assembly, _compiled) || _others.Contains(assembly.Name);
    }
}
