// Rules about what may be declared: no own generics, anonymous types, records, explicit layout, interface members
// with a body, nor overrides that return another type.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds declarations that do not compile, load or run on nanoFramework.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor GenericType = new(
        "NF0001",
        "Own generic type",
        "'{0}' is generic: nanoFramework crashes while loading it; write it for the type that is needed",
        Language, DiagnosticSeverity.Error, true,
        "Generic classes, interfaces, structs, delegates and anonymous types (which compile to generic classes).",
        Pages + "NF0001.md", Always);

    internal static readonly DiagnosticDescriptor GenericMethod = new(
        "NF0002",
        "Own generic method",
        "'{0}' is a generic method: on nanoFramework it silently returns a wrong value; write an overload a type",
        Language, DiagnosticSeverity.Error, true,
        "Generic methods and local functions.",
        Pages + "NF0002.md", Always);

    internal static readonly DiagnosticDescriptor Record = new(
        "NF0009",
        "Record",
        "Records do not exist on nanoFramework: write a class",
        Language, DiagnosticSeverity.Error, true,
        "A record's compiled form needs generic library types.",
        Pages + "NF0009.md", Always);

    internal static readonly DiagnosticDescriptor ExplicitLayout = new(
        "NF0015",
        "Explicit layout",
        "Explicit layout does not exist on nanoFramework: shift and mask",
        Language, DiagnosticSeverity.Error, true,
        "StructLayout with LayoutKind.Explicit, and FieldOffset.",
        Pages + "NF0015.md", Always);

    internal static readonly DiagnosticDescriptor InterfaceBody = new(
        "NF0019",
        "Default or static interface member",
        "'{0}' is an interface member that is not abstract: it throws when it runs on nanoFramework; put it into a class",
        Language, DiagnosticSeverity.Error, true,
        "Default interface methods, private and static interface members.",
        Pages + "NF0019.md", Always);

    internal static readonly DiagnosticDescriptor CovariantReturn = new(
        "NF0035",
        "Covariant return",
        "'{0}' returns another type than what it overrides, which nanoFramework does not know: return the same type",
        Language, DiagnosticSeverity.Error, true,
        "RuntimeFeature.CovariantReturnsOfClasses is missing there.",
        Pages + "NF0035.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(GenericType, GenericMethod, Record, ExplicitLayout, InterfaceBody, CovariantReturn);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterSyntaxNodeAction(ReportTypeParameters, SyntaxKind.TypeParameterList);
        context.RegisterSyntaxNodeAction(
            node => Report(node, GenericType, node.Node, "new { ... }"), SyntaxKind.AnonymousObjectCreationExpression);
        context.RegisterSyntaxNodeAction(
            node => Report(node, Record, ((RecordDeclarationSyntax)node.Node).Identifier.GetLocation()),
            SyntaxKind.RecordDeclaration, SyntaxKind.RecordStructDeclaration);
        context.RegisterSyntaxNodeAction(
            node => Report(node, Record, ((WithExpressionSyntax)node.Node).WithKeyword.GetLocation()), SyntaxKind.WithExpression);
        context.RegisterSyntaxNodeAction(ReportLayout, SyntaxKind.Attribute);
        context.RegisterSymbolAction(ReportInterface, SymbolKind.NamedType);
        context.RegisterSymbolAction(ReportOverride, SymbolKind.Method);
    }

    private static void ReportTypeParameters(SyntaxNodeAnalysisContext context)
    {
        (DiagnosticDescriptor? rule, SyntaxToken name) = context.Node.Parent switch
        {
            TypeDeclarationSyntax type => (GenericType, type.Identifier),
            DelegateDeclarationSyntax type => (GenericType, type.Identifier),
            MethodDeclarationSyntax method => (GenericMethod, method.Identifier),
            LocalFunctionStatementSyntax function => (GenericMethod, function.Identifier),
            _ => ((DiagnosticDescriptor?)null, default(SyntaxToken)),
        };
        if (rule is not null)
        {
            Report(context, rule, name.GetLocation(), name.ValueText);
        }
    }

    private static void ReportLayout(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        string? type = context.SemanticModel.GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingType?.ToDisplayString();
        bool isExplicit = type == "System.Runtime.InteropServices.FieldOffsetAttribute"
            || (type == "System.Runtime.InteropServices.StructLayoutAttribute" && IsExplicit(attribute, context));
        if (isExplicit)
        {
            Report(context, ExplicitLayout, attribute);
        }
    }

    private static bool IsExplicit(AttributeSyntax attribute, SyntaxNodeAnalysisContext context)
    {
        const int layoutKindExplicit = 2;
        AttributeArgumentSyntax? kind = attribute.ArgumentList?.Arguments.FirstOrDefault();
        object? value = kind is null ? null : context.SemanticModel.GetConstantValue(kind.Expression, context.CancellationToken).Value;
        return value is int or short && Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) == layoutKindExplicit;
    }

    private static void ReportInterface(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface)
        {
            return;
        }

        foreach (ISymbol member in type.GetMembers())
        {
            bool isAccessorOrNested = member is INamedTypeSymbol or IMethodSymbol { AssociatedSymbol: not null };
            if (!isAccessorOrNested && (member.IsStatic || !member.IsAbstract) && !member.IsImplicitlyDeclared)
            {
                context.ReportDiagnostic(Diagnostic.Create(InterfaceBody, member.Locations[0], member.Name));
            }
        }
    }

    private static void ReportOverride(SymbolAnalysisContext context)
    {
        IMethodSymbol method = (IMethodSymbol)context.Symbol;
        if (method.OverriddenMethod is { } overridden && !SymbolEqualityComparer.Default.Equals(method.ReturnType, overridden.ReturnType))
        {
            context.ReportDiagnostic(Diagnostic.Create(CovariantReturn, method.Locations[0], method.Name));
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor rule, SyntaxNode where, params object[] arguments)
    {
        Report(context, rule, where.GetLocation(), arguments);
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor rule, Location where, params object[] arguments)
    {
        context.ReportDiagnostic(Diagnostic.Create(rule, where, arguments));
    }
}
