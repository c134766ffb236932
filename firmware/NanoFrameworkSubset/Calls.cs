// Which methods an operation runs: invoked methods, accessors, constructors, operators, and the methods a delegate is made of. And
// which bodies a call of a virtual or interface member may end in. It holds no rule.
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFrameworkSubset;

/// <summary>Calls of one compilation.</summary>
internal sealed class Calls
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<IMethodSymbol>> _implementations = new(SymbolEqualityComparer.Default);

    /// <summary>The methods that the operation itself (not its parts) runs.</summary>
    public static IEnumerable<IMethodSymbol> Targets(IOperation operation)
    {
        IMethodSymbol?[] targets = operation switch
        {
            IInvocationOperation invocation => [invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod],
            IPropertyReferenceOperation reference => Accessors(reference),
            IObjectCreationOperation creation => [creation.Constructor],
            IMethodReferenceOperation reference => [reference.Method],
            IBinaryOperation binary => [binary.OperatorMethod],
            IUnaryOperation unary => [unary.OperatorMethod],
            ICompoundAssignmentOperation assignment => [assignment.OperatorMethod],
            IIncrementOrDecrementOperation increment => [increment.OperatorMethod],
            IConversionOperation conversion => [conversion.OperatorMethod],
            _ => [],
        };
        return targets.OfType<IMethodSymbol>().Select(target => target.OriginalDefinition);
    }

    /// <summary>Remembers what a type overrides and implements.</summary>
    public void Add(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                Add(overridden, method);
            }
        }

        foreach (IMethodSymbol member in type.AllInterfaces.SelectMany(implemented => implemented.GetMembers()).OfType<IMethodSymbol>())
        {
            if (type.TypeKind != TypeKind.Interface && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
            {
                Add(member, implementation);
            }
        }
    }

    /// <summary>The method itself and everything that may run in its place.</summary>
    public IEnumerable<IMethodSymbol> Bodies(IMethodSymbol method)
    {
        return _implementations.TryGetValue(method, out ConcurrentBag<IMethodSymbol>? others) ? [method, .. others] : [method];
    }

    private void Add(IMethodSymbol declared, IMethodSymbol implementation)
    {
        _implementations.GetOrAdd(declared.OriginalDefinition, _ => []).Add(implementation.OriginalDefinition);
    }

    private static IMethodSymbol?[] Accessors(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        return reference.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == reference => [property.SetMethod],
            ICompoundAssignmentOperation assignment when assignment.Target == reference => [property.GetMethod, property.SetMethod],
            IIncrementOrDecrementOperation => [property.GetMethod, property.SetMethod],
            _ => [property.GetMethod],
        };
    }
}
