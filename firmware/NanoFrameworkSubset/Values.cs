// Questions about types and operations that several rules ask. It holds no rule.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFrameworkSubset;

/// <summary>Answers about types and operations.</summary>
internal static class Values
{
    /// <summary>The type an enumeration is made of, any other type itself.</summary>
    public static SpecialType Underlying(ITypeSymbol? type)
    {
        ITypeSymbol? plain = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type;
        return plain?.SpecialType ?? SpecialType.None;
    }

    /// <summary>Whether it is float or double.</summary>
    public static bool IsFloatingPoint(ITypeSymbol? type)
    {
        return type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;
    }

    /// <summary>Whether values of the type live in a slot of the interpreter: primitive types and enumerations.</summary>
    public static bool IsPlain(ITypeSymbol type)
    {
        return type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
            or SpecialType.System_Void;
    }

    /// <summary>Whether values of the type are heap objects on the pole: structs.</summary>
    public static bool IsStruct(ITypeSymbol? type)
    {
        return type is { TypeKind: TypeKind.Struct } && !IsPlain(type);
    }

    /// <summary>Whether the operation only makes an exception that is thrown there and then.</summary>
    public static bool IsInThrow(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IThrowOperation)
            {
                return true;
            }

            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The operation without the conversions around it that the compiler put there.</summary>
    public static IOperation WithoutImplicitConversion(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
