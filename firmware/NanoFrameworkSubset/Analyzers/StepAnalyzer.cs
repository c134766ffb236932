// Rules about what a step may do: no text is built and nothing is allocated in `long Step(long)` and in everything it calls, through
// virtual and interface calls too, except where an exception is thrown.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds garbage made in a step.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor StringBuilding = new(
        "NF0028",
        "String building in a step",
        "A step must not build text ({0}): keep constants, or write bytes into a buffer",
        Memory, DiagnosticSeverity.Error, true,
        "Concatenation, interpolation and library calls that return a string.",
        Pages + "NF0028.md", Always, AtEnd);

    internal static readonly DiagnosticDescriptor Allocation = new(
        "NF0029",
        "Allocation in a step",
        "A step must not allocate ({0}): make it once, at start, and keep it in a field",
        Memory, DiagnosticSeverity.Error, true,
        "new, arrays, params arrays, delegates and local functions that capture, library calls that return an array.",
        Pages + "NF0029.md", Always, AtEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(StringBuilding, Allocation);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            OwnCode own = new(start.Compilation.Assembly, start.Options.AnalyzerConfigOptionsProvider);
            Calls calls = new();
            ConcurrentDictionary<ISymbol, Body> bodies = new(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => calls.Add((INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
            start.RegisterOperationBlockAction(block =>
            {
                if (block.OwningSymbol is IMethodSymbol method)
                {
                    bodies[method] = Body.Read(block.OperationBlocks, own);
                }
            });
            start.RegisterCompilationEndAction(end => Report(end, bodies, calls));
        });
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentDictionary<ISymbol, Body> bodies, Calls calls)
    {
        Dictionary<ISymbol, string> ways = new(SymbolEqualityComparer.Default);
        Queue<IMethodSymbol> toVisit = new();
        foreach (IMethodSymbol root in bodies.Keys.OfType<IMethodSymbol>().Where(IsStep).OrderBy(Name, StringComparer.Ordinal))
        {
            ways[root] = Name(root);
            toVisit.Enqueue(root);
        }

        while (toVisit.Count > 0)
        {
            IMethodSymbol method = toVisit.Dequeue();
            if (!bodies.TryGetValue(method, out Body? body))
            {
                continue;
            }

            foreach ((DiagnosticDescriptor rule, Location where) in body.Findings)
            {
                context.ReportDiagnostic(Diagnostic.Create(rule, where, ways[method]));
            }

            foreach (IMethodSymbol next in body.Called.SelectMany(calls.Bodies).OrderBy(Name, StringComparer.Ordinal))
            {
                if (!ways.ContainsKey(next))
                {
                    ways[next] = $"{ways[method]} > {Name(next)}";
                    toVisit.Enqueue(next);
                }
            }
        }
    }

    // The loop's contract, whatever the type is called: it takes the time and returns when it wants to run again.
    private static bool IsStep(IMethodSymbol method)
    {
        return method is { Name: "Step", IsStatic: false, Parameters.Length: 1, ReturnType.SpecialType: SpecialType.System_Int64 }
            && method.Parameters[0].Type.SpecialType == SpecialType.System_Int64;
    }

    private static string Name(IMethodSymbol method)
    {
        return $"{method.ContainingType?.Name}.{method.AssociatedSymbol?.Name ?? method.Name}";
    }

    private sealed class Body
    {
        public List<IMethodSymbol> Called { get; } = new();

        public List<(DiagnosticDescriptor Rule, Location Where)> Findings { get; } = new();

        public static Body Read(ImmutableArray<IOperation> blocks, OwnCode own)
        {
            Body body = new();
            foreach (IOperation operation in blocks.SelectMany(block => block.DescendantsAndSelf()))
            {
                if (Values.IsInThrow(operation))
                {
                    continue;
                }

                body.Called.AddRange(Calls.Targets(operation));
                DiagnosticDescriptor? rule = IsText(operation, own) ? StringBuilding : IsAllocation(operation, own) ? Allocation : null;
                if (rule is not null)
                {
                    body.Findings.Add((rule, operation.Syntax.GetLocation()));
                }
            }

            return body;
        }

        private static bool IsText(IOperation operation, OwnCode own)
        {
            if (operation.ConstantValue.HasValue)
            {
                return false;
            }

            return operation switch
            {
                IInterpolatedStringOperation => true,
                IBinaryOperation binary => binary.Type?.SpecialType == SpecialType.System_String && binary.Parent is not IBinaryOperation,
                ICompoundAssignmentOperation assignment => assignment.Type?.SpecialType == SpecialType.System_String,
                IInvocationOperation { Type.SpecialType: SpecialType.System_String } invocation => IsLibraryCall(invocation, own),
                IObjectCreationOperation creation => creation.Type?.SpecialType == SpecialType.System_String,
                _ => false,
            };
        }

        private static bool IsAllocation(IOperation operation, OwnCode own)
        {
            return operation switch
            {
                IObjectCreationOperation creation => creation.Type is { IsReferenceType: true },
                IAnonymousObjectCreationOperation or IArrayCreationOperation or ITypeParameterObjectCreationOperation => true,
                IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } =>
                    CapturesInstance(lambda.Body) || CapturesVariable(lambda.Body, lambda.Symbol),
                IDelegateCreationOperation => true,
                ILocalFunctionOperation { Body: { } function } local => CapturesVariable(function, local.Symbol),
                IInvocationOperation invocation => IsLibraryCall(invocation, own) && invocation.Type is IArrayTypeSymbol,
                _ => false,
            };
        }

        private static bool IsLibraryCall(IInvocationOperation invocation, OwnCode own)
        {
            return !own.Contains(invocation.TargetMethod) && invocation.TargetMethod.ContainingType.TypeKind != TypeKind.Delegate;
        }

        // A lambda that captures nothing is made once by the compiler; one that captures makes an object for what it captured.
        private static bool CapturesInstance(IOperation body)
        {
            return body.Descendants().Any(
                operation => operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });
        }

        // For a local function the compiler puts what it captured into a struct, which on the pole is an object as well.
        private static bool CapturesVariable(IOperation body, IMethodSymbol function)
        {
            return body.Descendants().Any(operation => operation switch
            {
                ILocalReferenceOperation local => !local.Local.IsConst && !IsWithin(local.Local, function),
                IParameterReferenceOperation parameter => !IsWithin(parameter.Parameter, function),
                _ => false,
            });
        }

        private static bool IsWithin(ISymbol variable, IMethodSymbol function)
        {
            for (ISymbol? outer = variable.ContainingSymbol; outer is IMethodSymbol; outer = outer.ContainingSymbol)
            {
                if (SymbolEqualityComparer.Default.Equals(outer, function))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
