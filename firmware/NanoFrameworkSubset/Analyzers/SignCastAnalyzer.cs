// The rule about casts that only read the same bits with another sign: the compiler emits nothing for them, and the interpreter goes
// on with the unsigned slot. Casts that emit a conversion (narrower, wider, or through the other width) are exact and stay silent.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds (int)uint and (long)ulong whose result is worked with.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SignCastAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor SignCast = new(
        "NF0020",
        "Sign-reinterpreting cast",
        "The cast from {0} to {1} emits nothing and nanoFramework goes on unsigned: {2}",
        Result, DiagnosticSeverity.Error, true,
        "(int)u >> 2 gives 1073741820 on the pole where .NET gives -4.",
        Pages + "NF0020.md", Always);

    private const string ThroughLong = "write (int)(long)value";
    private const string ThroughHalves = "write ((long)(int)(long)(value >> 32) << 32) | (long)(uint)value, or store it in a field first";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(SignCast);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterOperationAction(ReportConversion, OperationKind.Conversion);
        context.RegisterSyntaxNodeAction(ReportForEach, SyntaxKind.ForEachStatement);
    }

    private static void ReportConversion(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        bool isReinterpreting = conversion.OperatorMethod is null && !conversion.ConstantValue.HasValue
            && IsReinterpreting(Values.Underlying(conversion.Operand.Type), Values.Underlying(conversion.Type));
        if (isReinterpreting && !IsNarrowedAtOnce(conversion) && !IsStoredAtOnce(conversion))
        {
            context.ReportDiagnostic(Make(conversion.Syntax.GetLocation(), conversion.Operand.Type!, conversion.Type!));
        }
    }

    // foreach (int x in uintArray) converts every element without a cast to be seen.
    private static void ReportForEach(SyntaxNodeAnalysisContext context)
    {
        ForEachStatementSyntax loop = (ForEachStatementSyntax)context.Node;
        ITypeSymbol? element = context.SemanticModel.GetForEachStatementInfo(loop).ElementType;
        ITypeSymbol? variable = context.SemanticModel.GetDeclaredSymbol(loop, context.CancellationToken)?.Type;
        if (element is not null && variable is not null && IsReinterpreting(Values.Underlying(element), Values.Underlying(variable)))
        {
            context.ReportDiagnostic(Make(loop.Type.GetLocation(), element, variable));
        }
    }

    private static Diagnostic Make(Location where, ITypeSymbol from, ITypeSymbol to)
    {
        string advice = Values.Underlying(to) == SpecialType.System_Int64 ? ThroughHalves : ThroughLong;
        return Diagnostic.Create(SignCast, where, from.ToDisplayString(), to.ToDisplayString(), advice);
    }

    private static bool IsReinterpreting(SpecialType from, SpecialType to)
    {
        return (from == SpecialType.System_UInt32 && to == SpecialType.System_Int32)
            || (from == SpecialType.System_UInt64 && to == SpecialType.System_Int64)
            || (from == SpecialType.System_UIntPtr && to == SpecialType.System_IntPtr);
    }

    // A further cast to something narrower looks at the low bits only and gives the slot its new type: (int)(long)ulongValue.
    private static bool IsNarrowedAtOnce(IConversionOperation conversion)
    {
        IOperation? parent = conversion.Parent;
        while (parent is IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent is IConversionOperation { OperatorMethod: null } outer
            && Size(Values.Underlying(outer.Type)) is > 0 and int size && size < Size(Values.Underlying(conversion.Type));
    }

    private static int Size(SpecialType type)
    {
        return type switch
        {
            SpecialType.System_SByte or SpecialType.System_Byte => 1,
            SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 => 8,
            _ => 0,
        };
    }

    // A field and an array element have a type of their own, which the value takes on; a local, an argument and a result do not.
    private static bool IsStoredAtOnce(IConversionOperation conversion)
    {
        return conversion.Parent switch
        {
            ISimpleAssignmentOperation assignment => assignment.Value == conversion
                && assignment.Target is IFieldReferenceOperation or IArrayElementReferenceOperation
                && assignment.Parent is IExpressionStatementOperation or IObjectOrCollectionInitializerOperation,
            IFieldInitializerOperation or IArrayInitializerOperation => true,
            _ => false,
        };
    }
}
