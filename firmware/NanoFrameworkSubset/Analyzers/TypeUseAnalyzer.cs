// Rules about types that must not be used at all, wherever their name stands and wherever one comes out of a library member:
// generic library types, spans, nullable values, tuples, decimal, dynamic, multi-dimensional arrays.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds the use of types that do not exist, or do not work, on nanoFramework.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TypeUseAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor GenericLibraryType = new(
        "NF0003",
        "Generic library type or method",
        "'{0}' is generic or a delegate of the library that nanoFramework lacks: use an array, or a delegate of your own",
        Language, DiagnosticSeverity.Error, true,
        "List<T>, Action, Func<>, Array.IndexOf<T> and the like.",
        Pages + "NF0003.md", Always);

    internal static readonly DiagnosticDescriptor Span = new(
        "NF0006",
        "Span and Memory",
        "'{0}' does not exist on nanoFramework: pass array, offset and length",
        Language, DiagnosticSeverity.Error, true,
        "Span<T>, ReadOnlySpan<T>, Memory<T> and other by-reference types.",
        Pages + "NF0006.md", Always);

    internal static readonly DiagnosticDescriptor NullableValue = new(
        "NF0007",
        "Nullable value type",
        "'{0}' is a nullable value, which nanoFramework lacks: use a flag or a value that stands for none",
        Language, DiagnosticSeverity.Error, true,
        "Nullable<T> is generic; a?.Length makes one as well.",
        Pages + "NF0007.md", Always);

    internal static readonly DiagnosticDescriptor Tuple = new(
        "NF0008",
        "Tuple",
        "Tuples and deconstruction do not exist on nanoFramework: use out parameters or a class",
        Language, DiagnosticSeverity.Error, true,
        "ValueTuple is generic.",
        Pages + "NF0008.md", Always);

    internal static readonly DiagnosticDescriptor Decimal = new(
        "NF0012",
        "decimal",
        "'decimal' does not exist on nanoFramework: use a scaled integer",
        Language, DiagnosticSeverity.Error, true,
        "System.Decimal is missing.",
        Pages + "NF0012.md", Always);

    internal static readonly DiagnosticDescriptor Dynamic = new(
        "NF0013",
        "dynamic",
        "'dynamic' does not exist on nanoFramework: use an interface",
        Language, DiagnosticSeverity.Error, true,
        "The run-time binder is missing.",
        Pages + "NF0013.md", Always);

    internal static readonly DiagnosticDescriptor MultiDimensionalArray = new(
        "NF0016",
        "Multi-dimensional array",
        "Multi-dimensional arrays crash nanoFramework while loading: use one array and compute the index",
        Language, DiagnosticSeverity.Error, true,
        "int[,] and the like; int[][] works.",
        Pages + "NF0016.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        GenericLibraryType, Span, NullableValue, Tuple, Decimal, Dynamic, MultiDimensionalArray, SyntaxAnalyzer.Linq, SyntaxAnalyzer.Async,
        SyntaxAnalyzer.Range, SyntaxAnalyzer.Unsafe);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            OwnCode own = new(start.Compilation.Assembly, start.Options.AnalyzerConfigOptionsProvider);
            start.RegisterSyntaxNodeAction(
                node => ReportTypeName(node, own), SyntaxKind.IdentifierName, SyntaxKind.GenericName, SyntaxKind.PredefinedType,
                SyntaxKind.NullableType);
            start.RegisterOperationAction(
                operation => ReportMember(operation, own), OperationKind.Invocation, OperationKind.PropertyReference,
                OperationKind.FieldReference, OperationKind.MethodReference);
        });
        context.RegisterSyntaxNodeAction(
            ReportTuple, SyntaxKind.TupleType, SyntaxKind.TupleExpression, SyntaxKind.ParenthesizedVariableDesignation);
        context.RegisterSyntaxNodeAction(ReportRank, SyntaxKind.ArrayRankSpecifier, SyntaxKind.ImplicitArrayCreationExpression);
        context.RegisterSyntaxNodeAction(ReportLinqImport, SyntaxKind.UsingDirective);
        context.RegisterOperationAction(ReportNullable, OperationKind.ConditionalAccess);
        context.RegisterOperationAction(ReportDecimalLiteral, OperationKind.Literal);
    }

    private static void ReportTypeName(SyntaxNodeAnalysisContext context, OwnCode own)
    {
        bool isType = context.Node switch
        {
            PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.DecimalKeyword),
            SimpleNameSyntax name => name.Parent is not NameColonSyntax and not NameEqualsSyntax && TypeNames.MayBeType(name),
            _ => true,
        };
        if (!isType || context.Node.IsPartOfStructuredTrivia() || IsFromSdk(context.Node.SyntaxTree))
        {
            return;
        }

        ISymbol? symbol = context.Node is NullableTypeSyntax
            ? context.SemanticModel.GetTypeInfo(context.Node, context.CancellationToken).Type
            : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol;
        bool isReportedTuple = symbol is ITypeSymbol { IsTupleType: true } && !IsVar(context.Node);
        DiagnosticDescriptor? rule = isReportedTuple ? null : TypeClassifier.RuleFor(symbol as ITypeSymbol, own);
        bool isNullableReference = context.Node is NullableTypeSyntax && rule != NullableValue;
        if (rule is not null && !isNullableReference)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, context.Node.GetLocation(), symbol!.ToDisplayString()));
        }
    }

    private static bool IsVar(SyntaxNode node)
    {
        return node is IdentifierNameSyntax { IsVar: true };
    }

    private static void ReportMember(OperationAnalysisContext context, OwnCode own)
    {
        ISymbol member = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod,
            IMemberReferenceOperation reference => reference.Member,
            _ => throw new InvalidOperationException(context.Operation.Kind.ToString()),
        };
        if (own.Contains(member) || member.ContainingType is not { } type)
        {
            return;
        }

        DiagnosticDescriptor? rule = TypeClassifier.RuleFor(type, own) ?? TypeClassifier.RuleFor(context.Operation.Type, own);
        if (rule is null && member is IMethodSymbol { IsGenericMethod: true })
        {
            rule = GenericLibraryType;
        }

        if (rule is not null && context.Operation.Syntax is not TypeSyntax { IsVar: true })
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, context.Operation.Syntax.GetLocation(), member.ToDisplayString()));
        }
    }

    private static void ReportTuple(SyntaxNodeAnalysisContext context)
    {
        context.ReportDiagnostic(Diagnostic.Create(Tuple, context.Node.GetLocation()));
    }

    private static void ReportRank(SyntaxNodeAnalysisContext context)
    {
        bool isMultiDimensional = context.Node switch
        {
            ArrayRankSpecifierSyntax specifier => specifier.Rank > 1,
            ImplicitArrayCreationExpressionSyntax creation => creation.Commas.Count > 0,
            _ => false,
        };
        if (isMultiDimensional)
        {
            context.ReportDiagnostic(Diagnostic.Create(MultiDimensionalArray, context.Node.GetLocation()));
        }
    }

    private static void ReportLinqImport(SyntaxNodeAnalysisContext context)
    {
        if (((UsingDirectiveSyntax)context.Node).NamespaceOrType.ToString() == "System.Linq")
        {
            context.ReportDiagnostic(Diagnostic.Create(SyntaxAnalyzer.Linq, context.Node.GetLocation()));
        }
    }

    private static void ReportNullable(OperationAnalysisContext context)
    {
        if (context.Operation.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            context.ReportDiagnostic(
                Diagnostic.Create(NullableValue, context.Operation.Syntax.GetLocation(), context.Operation.Type.ToDisplayString()));
        }
    }

    private static void ReportDecimalLiteral(OperationAnalysisContext context)
    {
        if (context.Operation.Type?.SpecialType == SpecialType.System_Decimal && !context.Operation.IsImplicit)
        {
            context.ReportDiagnostic(Diagnostic.Create(Decimal, context.Operation.Syntax.GetLocation()));
        }
    }
}
