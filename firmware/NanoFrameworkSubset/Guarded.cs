// What every analyzer of the guard has in common: the shape of a descriptor's texts, what is looked at. It holds no rule.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoFrameworkSubset;

/// <summary>Texts that every rule shares.</summary>
internal static class Guarded
{
    /// <summary>Category of rules about what does not compile, load or run on the pole.</summary>
    public const string Language = "Language";

    /// <summary>Category of rules about what gives another result on the pole.</summary>
    public const string Result = "Result";

    /// <summary>Category of rules about what a step may cost.</summary>
    public const string Memory = "Memory";

    /// <summary>Category of rules about the base library.</summary>
    public const string Library = "Library";

    /// <summary>Folder of the pages, from the root of the repository.</summary>
    public const string Pages = "firmware/NanoFrameworkSubset/rules/";

    /// <summary>A rule cannot be switched off by a pragma or a configuration file: the pole would still be as it is.</summary>
    public const string Always = WellKnownDiagnosticTags.NotConfigurable;

    /// <summary>Says that a rule looks at the whole compilation before it reports.</summary>
    public const string AtEnd = WellKnownDiagnosticTags.CompilationEnd;

    /// <summary>
    /// Generated code runs on the pole like any other, so it is looked at; what the SDK generates besides (assembly information) is
    /// left out by <see cref="IsFromSdk"/>.
    /// </summary>
    public const GeneratedCodeAnalysisFlags GeneratedCode =
        GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics;

    /// <summary>Whether the SDK generated the file for .NET alone: assembly attributes, which a pole's project writes.</summary>
    public static bool IsFromSdk(SyntaxTree tree)
    {
        return tree.FilePath.EndsWith(".AssemblyInfo.cs", StringComparison.Ordinal)
            || tree.FilePath.EndsWith(".AssemblyAttributes.cs", StringComparison.Ordinal);
    }
}
