// The rule about the base library: only types and members that the project's own list names. Types that no list could allow (generic
// ones and so on) are TypeUseAnalyzer's.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds library types and members that are not on the list of what the project relies on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AllowListAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor NotAllowed = new(
        "NF0030",
        "Library member that is not on the list",
        "'{0}' is not on the list of library members the controller relies on (AllowedApi.txt, id {1}): do without, "
        + "or add it if nanoFramework has it",
        Library, DiagnosticSeverity.Error, true,
        "What is not in the nanoFramework library does not exist on the pole.",
        Pages + "NF0030.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(NotAllowed);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            ImmutableHashSet<string> allowed = AllowedApi.Read(start.Options.AdditionalFiles, start.CancellationToken);
            Check check = new(allowed, new OwnCode(start.Compilation.Assembly, start.Options.AnalyzerConfigOptionsProvider));
            start.RegisterSyntaxNodeAction(check.TypeName, SyntaxKind.IdentifierName);
            start.RegisterOperationAction(
                check.Member, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.FieldReference,
                OperationKind.EventReference, OperationKind.MethodReference, OperationKind.ObjectCreation, OperationKind.Binary,
                OperationKind.Unary, OperationKind.CompoundAssignment, OperationKind.Increment, OperationKind.Decrement,
                OperationKind.Conversion);
        });
    }

    private sealed class Check
    {
        private readonly ImmutableHashSet<string> _allowed;
        private readonly OwnCode _own;

        public Check(ImmutableHashSet<string> allowed, OwnCode own)
        {
            _allowed = allowed;
            _own = own;
        }

        public void TypeName(SyntaxNodeAnalysisContext context)
        {
            IdentifierNameSyntax name = (IdentifierNameSyntax)context.Node;
            if (name.IsVar || !TypeNames.MayBeType(name) || name.IsPartOfStructuredTrivia() || IsFromSdk(name.SyntaxTree))
            {
                return;
            }

            ISymbol? symbol = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol;
            if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && IsAttributeName(name))
            {
                Report(constructor, name.GetLocation(), context.ReportDiagnostic);
            }
            else if (symbol is INamedTypeSymbol type && !Values.IsPlain(type) && !IsLanguageType(type))
            {
                Report(type, name.GetLocation(), context.ReportDiagnostic);
            }
        }

        public void Member(OperationAnalysisContext context)
        {
            IOperation operation = context.Operation;
            ISymbol? member = operation switch
            {
                IInvocationOperation invocation => invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod,
                IMemberReferenceOperation reference => reference.Member,
                IObjectCreationOperation creation => creation.Constructor,
                IBinaryOperation binary => binary.OperatorMethod,
                IUnaryOperation unary => unary.OperatorMethod,
                ICompoundAssignmentOperation assignment => assignment.OperatorMethod,
                IIncrementOrDecrementOperation increment => increment.OperatorMethod,
                IConversionOperation conversion => conversion.OperatorMethod,
                _ => null,
            };
            if (member is not null && !IsOfTheLanguage(member) && !IsFromSdk(operation.Syntax.SyntaxTree) && !IsNameOnly(operation))
            {
                Report(member, operation.Syntax.GetLocation(), context.ReportDiagnostic);
            }
        }

        private void Report(ISymbol symbol, Location where, Action<Diagnostic> report)
        {
            if (_own.Contains(symbol) || HasRuleOfItsOwn(symbol))
            {
                return;
            }

            string id = symbol.OriginalDefinition.GetDocumentationCommentId() ?? string.Empty;
            if (!_allowed.Contains(id))
            {
                report(Diagnostic.Create(NotAllowed, where, symbol.ToDisplayString(), id));
            }
        }

        private bool HasRuleOfItsOwn(ISymbol symbol)
        {
            ITypeSymbol? type = symbol as ITypeSymbol ?? symbol.ContainingType;
            return TypeClassifier.RuleFor(type, _own) is not null
                || symbol is IMethodSymbol { IsGenericMethod: true }
                || (symbol is IMethodSymbol method && TypeClassifier.RuleFor(method.ReturnType, _own) is not null);
        }

        private static bool IsAttributeName(IdentifierNameSyntax name)
        {
            return name.Parent is AttributeSyntax or QualifiedNameSyntax { Parent: AttributeSyntax };
        }

        private static bool IsLanguageType(INamedTypeSymbol type)
        {
            return type.SpecialType is SpecialType.System_Object or SpecialType.System_String || type.TypeKind == TypeKind.Dynamic;
        }

        // A comparison or concatenation of strings is the language's, and object's constructor runs in every class.
        private static bool IsOfTheLanguage(ISymbol member)
        {
            return member is IMethodSymbol
            {
                MethodKind: MethodKind.BuiltinOperator
            }
                or IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.SpecialType: SpecialType.System_Object }
                or IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator, ContainingType.SpecialType: SpecialType.System_String }
                or IPropertySymbol { ContainingType.SpecialType: SpecialType.System_String, IsIndexer: true };
        }

        private static bool IsNameOnly(IOperation operation)
        {
            return operation.Parent is INameOfOperation;
        }
    }
}
