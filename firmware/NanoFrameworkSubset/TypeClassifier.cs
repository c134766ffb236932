// Which rule a type breaks by being used at all. Types that only have to be on the list of allowed library types are AllowListAnalyzer's.
using Microsoft.CodeAnalysis;
using NanoFrameworkSubset.Analyzers;

namespace NanoFrameworkSubset;

/// <summary>Finds the rule that forbids a type.</summary>
internal static class TypeClassifier
{
    /// <summary>The rule that forbids the type, or null.</summary>
    public static DiagnosticDescriptor? RuleFor(ITypeSymbol? type, OwnCode own)
    {
        return type switch
        {
            IDynamicTypeSymbol => TypeUseAnalyzer.Dynamic,
            IPointerTypeSymbol or IFunctionPointerTypeSymbol => SyntaxAnalyzer.Unsafe,
            IArrayTypeSymbol { Rank: > 1 } => TypeUseAnalyzer.MultiDimensionalArray,
            IArrayTypeSymbol array => RuleFor(array.ElementType, own),
            INamedTypeSymbol named => RuleForNamed(named, own),
            _ => null,
        };
    }

    private static DiagnosticDescriptor? RuleForNamed(INamedTypeSymbol type, OwnCode own)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return TypeUseAnalyzer.NullableValue;
        }

        if (type.SpecialType == SpecialType.System_Decimal)
        {
            return TypeUseAnalyzer.Decimal;
        }

        if (type.IsTupleType)
        {
            return TypeUseAnalyzer.Tuple;
        }

        return own.Contains(type) ? null : RuleForLibrary(type);
    }

    private static DiagnosticDescriptor? RuleForLibrary(INamedTypeSymbol type)
    {
        switch (type.ContainingNamespace?.ToDisplayString())
        {
            case "System" when type.Name is "Tuple" or "ValueTuple":
                return TypeUseAnalyzer.Tuple;
            case "System" when type.Name is "Memory" or "ReadOnlyMemory":
                return TypeUseAnalyzer.Span;
            case "System" when type.Name is "Index" or "Range":
                return SyntaxAnalyzer.Range;
            case "System" when type.Name is "Action":
                return TypeUseAnalyzer.GenericLibraryType;
            case "System.Threading.Tasks":
                return SyntaxAnalyzer.Async;
            case "System.Linq":
                return SyntaxAnalyzer.Linq;
            default:
                break;
        }

        // nanoFramework's own span of bytes is no generic type and runs; as a struct it is NF0024's.
        if (type.IsRefLikeType && type.ToDisplayString() != "System.SpanByte")
        {
            return TypeUseAnalyzer.Span;
        }

        return IsGeneric(type) ? TypeUseAnalyzer.GenericLibraryType : null;
    }

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        return type.IsGenericType || (type.ContainingType is { } outer && IsGeneric(outer));
    }
}
