// The rule about floating-point division: by zero it throws on the pole. It looks at shapes, not at values: the divisor is a constant
// other than zero, or is made only of constants and of variables that the same method compares with something before.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds floating-point divisions whose divisor nobody looked at.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DivisionAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Division = new(
        "NF0031",
        "Floating-point division by an untested value",
        "Floating-point division by zero throws on nanoFramework: test the divisor before, in this method, as a variable",
        Result, DiagnosticSeverity.Error, true,
        ".NET gives infinity or NaN where the pole throws.",
        Pages + "NF0031.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Division);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterOperationBlockAction(ReportBlocks);
    }

    private static void ReportBlocks(OperationBlockAnalysisContext context)
    {
        List<IOperation> divisors = new();
        Dictionary<ISymbol, int> firstTests = new(SymbolEqualityComparer.Default);
        foreach (IOperation operation in context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            if (DivisorOf(operation) is { } divisor)
            {
                divisors.Add(divisor);
            }

            foreach (ISymbol tested in TestedBy(operation))
            {
                int position = operation.Syntax.SpanStart;
                firstTests[tested] = firstTests.TryGetValue(tested, out int earlier) ? Math.Min(earlier, position) : position;
            }
        }

        foreach (IOperation divisor in divisors)
        {
            if (!IsLookedAt(divisor, firstTests))
            {
                context.ReportDiagnostic(Diagnostic.Create(Division, divisor.Syntax.GetLocation()));
            }
        }
    }

    private static IOperation? DivisorOf(IOperation operation)
    {
        return operation switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder } binary
                when Values.IsFloatingPoint(binary.Type) && !binary.ConstantValue.HasValue => binary.RightOperand,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder } assignment
                when Values.IsFloatingPoint(assignment.Target.Type) || Values.IsFloatingPoint(assignment.Value.Type) => assignment.Value,
            _ => null,
        };
    }

    private static IEnumerable<ISymbol> TestedBy(IOperation operation)
    {
        IOperation[] sides = operation switch
        {
            IBinaryOperation binary when IsComparison(binary.OperatorKind) => [binary.LeftOperand, binary.RightOperand],
            IIsPatternOperation pattern => [pattern.Value],
            ISwitchOperation choice => [choice.Value],
            ISwitchExpressionOperation choice => [choice.Value],
            _ => [],
        };
        return sides.Select(side => VariableOf(Unwrapped(side))).OfType<ISymbol>();
    }

    private static bool IsComparison(BinaryOperatorKind kind)
    {
        return kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan
            or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
    }

    private static bool IsLookedAt(IOperation divisor, Dictionary<ISymbol, int> firstTests)
    {
        IOperation value = Unwrapped(divisor);
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture) != 0;
        }

        if (VariableOf(value) is { } variable)
        {
            return firstTests.TryGetValue(variable, out int position) && position < divisor.Syntax.SpanStart;
        }

        return value switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product =>
                IsLookedAt(product.LeftOperand, firstTests) && IsLookedAt(product.RightOperand, firstTests),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } negation => IsLookedAt(negation.Operand, firstTests),
            _ => false,
        };
    }

    private static ISymbol? VariableOf(IOperation operation)
    {
        return operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation { Arguments.Length: 0 } property => property.Property,
            _ => null,
        };
    }

    // Casts between numbers and Math.Abs do not make a zero of something else, but for an integer cast, which may: it is no shape of ours.
    private static IOperation Unwrapped(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IConversionOperation { OperatorMethod: null } conversion
                    when Values.IsFloatingPoint(conversion.Type) || conversion.IsImplicit:
                    operation = conversion.Operand;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Abs", ContainingType.Name: "Math" } } absolute:
                    operation = absolute.Arguments[0].Value;
                    break;
                default:
                    return operation;
            }
        }
    }
}
