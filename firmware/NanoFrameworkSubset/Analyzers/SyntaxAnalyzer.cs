// Rules that the words of the language show by themselves: query expressions, async, yield, ranges, stackalloc, unsafe code, checked
// arithmetic, volatile fields and the language version.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static NanoFrameworkSubset.Guarded;

namespace NanoFrameworkSubset.Analyzers;

/// <summary>Finds the parts of the language that nanoFramework lacks and that have a syntax of their own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyntaxAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Linq = new(
        "NF0004",
        "LINQ",
        "LINQ does not exist on nanoFramework: write a loop",
        Language, DiagnosticSeverity.Error, true,
        "System.Linq stands on generics, which nanoFramework does not have.",
        Pages + "NF0004.md", Always);

    internal static readonly DiagnosticDescriptor Async = new(
        "NF0005",
        "async and await",
        "'async', 'await' and tasks do not exist on nanoFramework: write a state machine that is asked again",
        Language, DiagnosticSeverity.Error, true,
        "Tasks are generic, and a step never waits.",
        Pages + "NF0005.md", Always);

    internal static readonly DiagnosticDescriptor Yield = new(
        "NF0010",
        "yield",
        "Iterators with 'yield' do not exist on nanoFramework: fill an array, or keep an index",
        Language, DiagnosticSeverity.Error, true,
        "The compiler makes generic enumerators of them.",
        Pages + "NF0010.md", Always);

    internal static readonly DiagnosticDescriptor Range = new(
        "NF0011",
        "Ranges and index from the end",
        "Ranges and '^1' do not exist on nanoFramework: count from the start",
        Language, DiagnosticSeverity.Error, true,
        "System.Index and System.Range are missing.",
        Pages + "NF0011.md", Always);

    internal static readonly DiagnosticDescriptor Volatile = new(
        "NF0014",
        "volatile",
        "'volatile' does not exist on nanoFramework: use lock",
        Language, DiagnosticSeverity.Error, true,
        "The modifier that marks volatile fields is missing.",
        Pages + "NF0014.md", Always);

    internal static readonly DiagnosticDescriptor StackAlloc = new(
        "NF0017",
        "stackalloc",
        "'stackalloc' throws when it runs on nanoFramework: use an array that is made once",
        Language, DiagnosticSeverity.Error, true,
        "The interpreter does not know localloc.",
        Pages + "NF0017.md", Always);

    internal static readonly DiagnosticDescriptor Unsafe = new(
        "NF0018",
        "unsafe, fixed and pointers",
        "Unsafe code is refused by nanoFramework's converter or fails: use arrays and indexes",
        Language, DiagnosticSeverity.Error, true,
        "The metadata processor refuses pinned locals.",
        Pages + "NF0018.md", Always);

    internal static readonly DiagnosticDescriptor Checked = new(
        "NF0022",
        "checked",
        "'checked' never throws on nanoFramework: test the range before",
        Result, DiagnosticSeverity.Error, true,
        "An overflow that throws on .NET goes on with a wrong value on the pole.",
        Pages + "NF0022.md", Always, AtEnd);

    internal static readonly DiagnosticDescriptor LanguageLevel = new(
        "NF0034",
        "C# newer than 9",
        "The project is compiled as C# {0}; nanoFramework is C# 9: set LangVersion to 9.0",
        Language, DiagnosticSeverity.Error, true,
        "Newer syntax stands on library types that nanoFramework lacks.",
        Pages + "NF0034.md", Always, AtEnd);

    private static readonly ImmutableDictionary<SyntaxKind, DiagnosticDescriptor> ByKind = new Dictionary<SyntaxKind, DiagnosticDescriptor>
    {
        [SyntaxKind.QueryExpression] = Linq,
        [SyntaxKind.AwaitExpression] = Async,
        [SyntaxKind.YieldReturnStatement] = Yield,
        [SyntaxKind.YieldBreakStatement] = Yield,
        [SyntaxKind.RangeExpression] = Range,
        [SyntaxKind.IndexExpression] = Range,
        [SyntaxKind.StackAllocArrayCreationExpression] = StackAlloc,
        [SyntaxKind.ImplicitStackAllocArrayCreationExpression] = StackAlloc,
        [SyntaxKind.UnsafeStatement] = Unsafe,
        [SyntaxKind.FixedStatement] = Unsafe,
        [SyntaxKind.PointerType] = Unsafe,
        [SyntaxKind.FunctionPointerType] = Unsafe,
        [SyntaxKind.AddressOfExpression] = Unsafe,
        [SyntaxKind.CheckedStatement] = Checked,
        [SyntaxKind.CheckedExpression] = Checked,
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<SyntaxKind> ModifierOwners = ImmutableArray.Create(
        SyntaxKind.MethodDeclaration, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression,
        SyntaxKind.SimpleLambdaExpression, SyntaxKind.AnonymousMethodExpression, SyntaxKind.FieldDeclaration, SyntaxKind.ClassDeclaration,
        SyntaxKind.StructDeclaration, SyntaxKind.InterfaceDeclaration, SyntaxKind.DelegateDeclaration, SyntaxKind.PropertyDeclaration,
        SyntaxKind.ConstructorDeclaration, SyntaxKind.OperatorDeclaration, SyntaxKind.IndexerDeclaration);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Linq, Async, Yield, Range, Volatile, StackAlloc, Unsafe, Checked, LanguageLevel);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterSyntaxNodeAction(ReportKind, ByKind.Keys.ToImmutableArray());
        context.RegisterSyntaxNodeAction(ReportModifiers, ModifierOwners);
        context.RegisterSyntaxNodeAction(ReportForEach, SyntaxKind.ForEachStatement, SyntaxKind.ForEachVariableStatement);
        context.RegisterCompilationAction(ReportOptions);
    }

    private static void ReportKind(SyntaxNodeAnalysisContext context)
    {
        Report(context, ByKind[context.Node.Kind()], context.Node.GetFirstToken());
    }

    private static void ReportForEach(SyntaxNodeAnalysisContext context)
    {
        SyntaxToken awaited = ((CommonForEachStatementSyntax)context.Node).AwaitKeyword;
        if (!awaited.IsKind(SyntaxKind.None))
        {
            Report(context, Async, awaited);
        }
    }

    private static void ReportModifiers(SyntaxNodeAnalysisContext context)
    {
        SyntaxTokenList modifiers = context.Node switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            LocalFunctionStatementSyntax function => function.Modifiers,
            AnonymousFunctionExpressionSyntax function => function.Modifiers,
            _ => default,
        };
        foreach (SyntaxToken modifier in modifiers)
        {
            DiagnosticDescriptor? rule = modifier.Kind() switch
            {
                SyntaxKind.AsyncKeyword => Async,
                SyntaxKind.VolatileKeyword => Volatile,
                SyntaxKind.UnsafeKeyword or SyntaxKind.FixedKeyword => Unsafe,
                _ => null,
            };
            if (rule is not null)
            {
                Report(context, rule, modifier);
            }
        }
    }

    private static void ReportOptions(CompilationAnalysisContext context)
    {
        if (context.Compilation is not CSharpCompilation compilation)
        {
            return;
        }

        if (compilation.LanguageVersion > LanguageVersion.CSharp9)
        {
            context.ReportDiagnostic(Diagnostic.Create(LanguageLevel, Location.None, compilation.LanguageVersion.ToDisplayString()));
        }

        if (compilation.Options.CheckOverflow)
        {
            context.ReportDiagnostic(Diagnostic.Create(Checked, Location.None));
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor rule, SyntaxToken where)
    {
        context.ReportDiagnostic(Diagnostic.Create(rule, where.GetLocation()));
    }
}
