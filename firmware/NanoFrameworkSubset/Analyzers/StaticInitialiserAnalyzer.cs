// The rule about statics: an initialiser or static constructor uses no static of another type, neither itself nor through what it calls.
// Constants are no statics. What a lambda does later is not looked at.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds static initialisers that depend on another type's statics.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticInitialiserAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor DependentStatic = new(
        "NF0021",
        "Static that depends on another type's static",
        "This runs before Main in the order of the types' names and uses '{0}' of another type, which may be null or "
        + "0 then: use a constant or set it explicitly",
        Result, DiagnosticSeverity.Error, true,
        "nanoFramework runs every static constructor and initialiser before Main, ordered by the type's full name.",
        Pages + "NF0021.md", Always, AtEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DependentStatic);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            ConcurrentDictionary<ISymbol, ConcurrentQueue<Use>> bodies = new(SymbolEqualityComparer.Default);
            ConcurrentQueue<ISymbol> roots = new();
            start.RegisterOperationBlockAction(block =>
            {
                ISymbol owner = block.OwningSymbol;
                if (owner is INamedTypeSymbol or IAssemblySymbol or IModuleSymbol)
                {
                    return; // Attributes: constants.
                }

                ConcurrentQueue<Use> uses = bodies.GetOrAdd(KeyOf(owner), _ => new ConcurrentQueue<Use>());
                foreach (IOperation operation in block.OperationBlocks)
                {
                    Read(operation, uses);
                }

                if (IsRoot(owner))
                {
                    roots.Enqueue(owner);
                }
            });
            start.RegisterCompilationEndAction(end => Report(end, bodies, roots));
        });
    }

    private static bool IsRoot(ISymbol owner)
    {
        return owner is IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
            or (IFieldSymbol or IPropertySymbol or IEventSymbol) and { IsStatic: true };
    }

    // Initialisers of instance fields run with whatever constructor runs: they are kept under the type.
    private static ISymbol KeyOf(ISymbol owner)
    {
        return owner is IMethodSymbol || owner.IsStatic ? owner : owner.ContainingType;
    }

    private static void Read(IOperation operation, ConcurrentQueue<Use> uses)
    {
        if (operation is IAnonymousFunctionOperation or INameOfOperation)
        {
            return;
        }

        if (StaticOf(operation) is { } read)
        {
            uses.Enqueue(new Use(read, isCall: false, operation.Syntax.GetLocation()));
        }
        else if (operation is not IMethodReferenceOperation)
        {
            foreach (IMethodSymbol called in Calls.Targets(operation))
            {
                uses.Enqueue(new Use(called, isCall: true, operation.Syntax.GetLocation()));
            }
        }

        foreach (IOperation part in operation.ChildOperations)
        {
            Read(part, uses);
        }
    }

    // A static field, or a static property or event that is one underneath; of the library's, nobody sees what is underneath.
    private static ISymbol? StaticOf(IOperation operation)
    {
        return operation switch
        {
            IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field } => field,
            IPropertyReferenceOperation { Property: { IsStatic: true } property }
                when property.DeclaringSyntaxReferences.IsEmpty || IsAuto(property) => property,
            IEventReferenceOperation { Event: { IsStatic: true } happening } => happening,
            _ => null,
        };
    }

    private static bool IsAuto(IPropertySymbol property)
    {
        return property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
    }

    private static void Report(
        CompilationAnalysisContext context, ConcurrentDictionary<ISymbol, ConcurrentQueue<Use>> bodies, ConcurrentQueue<ISymbol> roots)
    {
        foreach (ISymbol root in roots)
        {
            foreach (Use use in bodies[root])
            {
                HashSet<ISymbol> visited = new(SymbolEqualityComparer.Default);
                if (ForeignStatic(use, root.ContainingType, bodies, visited) is { } foreign)
                {
                    context.ReportDiagnostic(Diagnostic.Create(DependentStatic, use.Where, foreign.ToDisplayString()));
                }
            }
        }
    }

    private static ISymbol? ForeignStatic(
        Use use, INamedTypeSymbol type, ConcurrentDictionary<ISymbol, ConcurrentQueue<Use>> bodies, HashSet<ISymbol> visited)
    {
        if (!use.IsCall)
        {
            return SymbolEqualityComparer.Default.Equals(use.Symbol.ContainingType, type) ? null : use.Symbol;
        }

        foreach (ISymbol body in BodiesOf(use.Symbol).Where(visited.Add))
        {
            ISymbol? foreign = bodies.TryGetValue(body, out ConcurrentQueue<Use>? uses)
                ? uses.Select(next => ForeignStatic(next, type, bodies, visited)).FirstOrDefault(found => found is not null)
                : null;
            if (foreign is not null)
            {
                return foreign;
            }
        }

        return null;
    }

    // A constructor runs the initialisers of its type and of those it derives from, and their constructors without parameters.
    private static IEnumerable<ISymbol> BodiesOf(ISymbol called)
    {
        yield return called;
        if (called is not IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            yield break;
        }

        for (INamedTypeSymbol? type = called.ContainingType; type is not null; type = type.BaseType)
        {
            yield return type;
            if (type.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) is { } implicitly
                && !SymbolEqualityComparer.Default.Equals(type, called.ContainingType))
            {
                yield return implicitly;
            }
        }
    }

    private sealed class Use
    {
        public Use(ISymbol symbol, bool isCall, Location where)
        {
            Symbol = symbol;
            IsCall = isCall;
            Where = where;
        }

        public ISymbol Symbol { get; }

        public bool IsCall { get; }

        public Location Where { get; }
    }
}
