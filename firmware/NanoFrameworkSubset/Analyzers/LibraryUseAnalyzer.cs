// Rules about library types that exist on the pole and work differently there: enumerators and hash tables.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds foreach over anything but arrays and strings, and hash table keys that nanoFramework compares in its own way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LibraryUseAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Enumerator = new(
        "NF0027",
        "foreach over a collection",
        "'foreach' over '{0}' makes an enumerator (and boxes) each time: use an array, or for with an index",
        Memory, DiagnosticSeverity.Error, true,
        "foreach is for arrays and strings only.",
        Pages + "NF0027.md", Always);

    internal static readonly DiagnosticDescriptor HashtableKey = new(
        "NF0032",
        "Hashtable key",
        "A Hashtable ignores the Equals and GetHashCode of '{0}' on nanoFramework: use a string or an int as key",
        Result, DiagnosticSeverity.Error, true,
        "Two equal keys are two keys on the pole.",
        Pages + "NF0032.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Enumerator, HashtableKey);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterOperationAction(ReportForEach, OperationKind.Loop);
        context.RegisterOperationAction(ReportKey, OperationKind.Argument);
    }

    private static void ReportForEach(OperationAnalysisContext context)
    {
        if (context.Operation is IForEachLoopOperation loop
            && Values.WithoutImplicitConversion(loop.Collection).Type is { } type
            && type.TypeKind != TypeKind.Array
            && type.SpecialType != SpecialType.System_String)
        {
            context.ReportDiagnostic(Diagnostic.Create(Enumerator, loop.Syntax.GetFirstToken().GetLocation(), type.ToDisplayString()));
        }
    }

    private static void ReportKey(OperationAnalysisContext context)
    {
        IArgumentOperation argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { Name: "key", ContainingType: { } type } || type.ToDisplayString() != "System.Collections.Hashtable")
        {
            return;
        }

        ITypeSymbol? key = Values.WithoutImplicitConversion(argument.Value).Type;
        if (key?.SpecialType is not SpecialType.System_String and not SpecialType.System_Int32)
        {
            context.ReportDiagnostic(Diagnostic.Create(HashtableKey, argument.Syntax.GetLocation(), key?.ToDisplayString() ?? "null"));
        }
    }
}
