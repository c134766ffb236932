// Rules about structs and boxes: on the pole a struct local is a heap object on every call, a struct array about 50 bytes an element,
// a box 39 bytes.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds values that cost heap memory on nanoFramework though they cost none on .NET, and boxes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueTypeAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor StructValue = new(
        "NF0024",
        "Struct local, parameter or temporary",
        "A value of struct '{0}' is a heap object on every call on nanoFramework: use integers, or a class that is made once",
        Memory, DiagnosticSeverity.Error, true,
        "Locals, parameters (but ref), results and temporaries of a struct type.",
        Pages + "NF0024.md", Always);

    internal static readonly DiagnosticDescriptor StructArray = new(
        "NF0025",
        "Array of structs",
        "An array of '{0}' costs about 50 bytes an element on nanoFramework: use an array of numbers a field",
        Memory, DiagnosticSeverity.Error, true,
        "Arrays of byte, int, double and other primitive types are dense.",
        Pages + "NF0025.md", Always);

    internal static readonly DiagnosticDescriptor Boxing = new(
        "NF0026",
        "Boxing",
        "'{0}' is boxed, which costs 39 bytes of heap each time: keep its own type",
        Memory, DiagnosticSeverity.Error, true,
        "A value that becomes an object; allowed where an exception is thrown.",
        Pages + "NF0026.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(StructValue, StructArray, Boxing);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            OwnCode own = new(start.Compilation.Assembly, start.Options.AnalyzerConfigOptionsProvider);
            StructCheck check = new(own, AllowedApi.Read(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterOperationAction(check.Local, OperationKind.VariableDeclarator, OperationKind.DeclarationPattern);
            start.RegisterOperationAction(
                check.Temporary, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation,
                OperationKind.DefaultValue, OperationKind.Binary, OperationKind.Unary, OperationKind.DeclarationExpression);
            start.RegisterSymbolAction(check.Parameter, SymbolKind.Parameter);
            start.RegisterSymbolAction(check.Result, SymbolKind.Method);
            start.RegisterSyntaxNodeAction(
                node => ReportArray(node, own), SyntaxKind.ArrayType, SyntaxKind.ImplicitArrayCreationExpression);
        });
        context.RegisterOperationAction(ReportBox, OperationKind.Conversion);
        context.RegisterOperationAction(ReportReceiverBox, OperationKind.Invocation);
    }

    private static void ReportArray(SyntaxNodeAnalysisContext context, OwnCode own)
    {
        ITypeSymbol? type = context.SemanticModel.GetTypeInfo(context.Node, context.CancellationToken).Type;
        ITypeSymbol? element = (type as IArrayTypeSymbol)?.ElementType;
        if (element is not null && Values.IsStruct(element) && TypeClassifier.RuleFor(element, own) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(StructArray, context.Node.GetLocation(), element.ToDisplayString()));
        }
    }

    private static void ReportBox(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        ITypeSymbol? value = conversion.Operand.Type;
        bool isBoxing = conversion.OperatorMethod is null && value is { IsValueType: true } && conversion.Type is { IsReferenceType: true };
        if (isBoxing && !IsConcatenated(conversion) && !Values.IsInThrow(conversion))
        {
            context.ReportDiagnostic(Diagnostic.Create(Boxing, conversion.Syntax.GetLocation(), value!.ToDisplayString()));
        }
    }

    // Calls of what object, ValueType and Enum define (GetType, an enumeration's GetHashCode) box the value they are called on.
    private static void ReportReceiverBox(OperationAnalysisContext context)
    {
        IInvocationOperation invocation = (IInvocationOperation)context.Operation;
        ITypeSymbol? value = invocation.Instance?.Type;
        bool isBoxing = value is { IsValueType: true } && invocation.TargetMethod.ContainingType is { IsReferenceType: true };
        if (isBoxing && !Values.IsInThrow(invocation))
        {
            context.ReportDiagnostic(Diagnostic.Create(Boxing, invocation.Syntax.GetLocation(), value!.ToDisplayString()));
        }
    }

    // The compiler calls ToString on what is concatenated; that is string building, but no box.
    private static bool IsConcatenated(IConversionOperation conversion)
    {
        return conversion.IsImplicit && conversion.Parent switch
        {
            IBinaryOperation binary => binary.Type?.SpecialType == SpecialType.System_String,
            ICompoundAssignmentOperation assignment => assignment.Type?.SpecialType == SpecialType.System_String,
            _ => false,
        };
    }

    // Structs that the library leaves no way round are named in a list as S: and their type's name.
    private sealed class StructCheck(OwnCode own, ImmutableHashSet<string> allowed)
    {
        public void Local(OperationAnalysisContext context)
        {
            ITypeSymbol? type = context.Operation switch
            {
                IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } local => local.Symbol.Type,
                IDeclarationPatternOperation pattern => (pattern.DeclaredSymbol as ILocalSymbol)?.Type,
                _ => null,
            };
            Report(type, context.Operation.Syntax.GetLocation(), context.ReportDiagnostic);
        }

        public void Temporary(OperationAnalysisContext context)
        {
            bool isDeclaredLocal = context.Operation.Parent is IVariableInitializerOperation;
            bool isRef = context.Operation is IInvocationOperation { TargetMethod.RefKind: not RefKind.None }
                or IPropertyReferenceOperation { Property.RefKind: not RefKind.None };
            if (!isDeclaredLocal && !isRef && !Values.IsInThrow(context.Operation))
            {
                Report(context.Operation.Type, context.Operation.Syntax.GetLocation(), context.ReportDiagnostic);
            }
        }

        public void Parameter(SymbolAnalysisContext context)
        {
            IParameterSymbol parameter = (IParameterSymbol)context.Symbol;
            if (parameter.RefKind != RefKind.Ref && !parameter.IsImplicitlyDeclared)
            {
                Report(parameter.Type, parameter.Locations[0], context.ReportDiagnostic);
            }
        }

        public void Result(SymbolAnalysisContext context)
        {
            IMethodSymbol method = (IMethodSymbol)context.Symbol;
            bool isResult = method.MethodKind is not MethodKind.Constructor and not MethodKind.StaticConstructor && !method.ReturnsByRef
                && !method.ReturnsByRefReadonly && !method.IsImplicitlyDeclared;
            if (isResult)
            {
                Report(method.ReturnType, method.Locations[0], context.ReportDiagnostic);
            }
        }

        private void Report(ITypeSymbol? type, Location where, Action<Diagnostic> report)
        {
            if (Values.IsStruct(type) && TypeClassifier.RuleFor(type, own) is null && !allowed.Contains("S:" + Name(type!)))
            {
                report(Diagnostic.Create(StructValue, where, type!.ToDisplayString()));
            }
        }

        private static string Name(ITypeSymbol type) => (type.OriginalDefinition.GetDocumentationCommentId() ?? "T:").Substring(2);
    }
}
