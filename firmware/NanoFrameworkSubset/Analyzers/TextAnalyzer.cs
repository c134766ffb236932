// Rules about values that become text and read differently on the pole: floating point and enumerations.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds floating-point values and enumerations that become text.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TextAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor FloatingPointText = new(
        "NF0023",
        "Text of a floating-point value",
        "The text of a floating-point value is unreliable on nanoFramework: use a format such as \"F3\", or a scaled integer",
        Result, DiagnosticSeverity.Error, true,
        "ToString() without a format, and the formats E and G, differ; F with digits is right.",
        Pages + "NF0023.md", Always);

    internal static readonly DiagnosticDescriptor EnumerationText = new(
        "NF0033",
        "Text of an enumeration",
        "The text of an enumeration is its number on nanoFramework, its name on .NET: write a switch, or cast to int",
        Result, DiagnosticSeverity.Error, true,
        "Enum.ToString() prints the number on the pole.",
        Pages + "NF0033.md", Always);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(FloatingPointText, EnumerationText);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterOperationAction(ReportToString, OperationKind.Invocation);
        context.RegisterOperationAction(ReportMethodGroup, OperationKind.MethodReference);
        context.RegisterOperationAction(ReportInterpolation, OperationKind.Interpolation);
        context.RegisterOperationAction(ReportConcatenation, OperationKind.Binary);
        context.RegisterOperationAction(ReportAppending, OperationKind.CompoundAssignment);
        context.RegisterOperationAction(ReportTextArgument, OperationKind.Conversion);
    }

    private static void ReportToString(OperationAnalysisContext context)
    {
        IInvocationOperation invocation = (IInvocationOperation)context.Operation;
        if (invocation.TargetMethod.Name != nameof(ToString) || invocation.Instance is not { Type: { } type })
        {
            return;
        }

        string? format = invocation.Arguments.Length == 1 ? invocation.Arguments[0].Value.ConstantValue.Value as string : null;
        Report(context, type, format);
    }

    private static void ReportMethodGroup(OperationAnalysisContext context)
    {
        IMethodReferenceOperation reference = (IMethodReferenceOperation)context.Operation;
        if (reference.Method.Name == nameof(ToString) && reference.Instance is { } instance)
        {
            Report(context, Values.WithoutImplicitConversion(instance).Type, null);
        }
    }

    private static void ReportInterpolation(OperationAnalysisContext context)
    {
        IInterpolationOperation interpolation = (IInterpolationOperation)context.Operation;
        string? format = (interpolation.FormatString as ILiteralOperation)?.ConstantValue.Value as string;
        Report(context, Values.WithoutImplicitConversion(interpolation.Expression).Type, format);
    }

    private static void ReportConcatenation(OperationAnalysisContext context)
    {
        IBinaryOperation binary = (IBinaryOperation)context.Operation;
        if (binary.Type?.SpecialType == SpecialType.System_String)
        {
            Report(context, Values.WithoutImplicitConversion(binary.LeftOperand).Type, null);
            Report(context, Values.WithoutImplicitConversion(binary.RightOperand).Type, null);
        }
    }

    private static void ReportAppending(OperationAnalysisContext context)
    {
        ICompoundAssignmentOperation assignment = (ICompoundAssignmentOperation)context.Operation;
        if (assignment.Type?.SpecialType == SpecialType.System_String)
        {
            Report(context, Values.WithoutImplicitConversion(assignment.Value).Type, null);
        }
    }

    // What is boxed into an argument of a library method that makes text (string.Format, string.Concat, StringBuilder.Append).
    private static void ReportTextArgument(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        IOperation? argument = conversion.Parent is IArrayInitializerOperation { Parent: { } array } ? array.Parent : conversion.Parent;
        bool isBoxed = conversion.IsImplicit && conversion.Type?.SpecialType == SpecialType.System_Object;
        if (isBoxed && argument is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { } type } }
            && (type.SpecialType == SpecialType.System_String || type.ToDisplayString() == "System.Text.StringBuilder"))
        {
            Report(context, conversion.Operand.Type, null);
        }
    }

    private static void Report(OperationAnalysisContext context, ITypeSymbol? type, string? format)
    {
        if (Values.IsFloatingPoint(type) && !IsReliable(format))
        {
            context.ReportDiagnostic(Diagnostic.Create(FloatingPointText, context.Operation.Syntax.GetLocation()));
        }
        else if (type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Enum })
        {
            context.ReportDiagnostic(Diagnostic.Create(EnumerationText, context.Operation.Syntax.GetLocation()));
        }
    }

    // F with its digits: "F0" to "F99". Without digits .NET writes two or three, by version; nobody measured the pole.
    private static bool IsReliable(string? format)
    {
        return format is { Length: 2 or 3 } && format[0] == 'F' && format.Skip(1).All(digit => digit is >= '0' and <= '9');
    }
}
