// Tells by its place and spelling whether a name may be a type's, so that the compiler is not asked about every variable. It holds no rule.
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoFrameworkSubset;

/// <summary>A quick look at names.</summary>
internal static class TypeNames
{
    /// <summary>
    /// Whether the name may be a type's. In expressions only names with a capital are: every library type has one, and what is reached
    /// through an alias without one is looked at as a member.
    /// </summary>
    public static bool MayBeType(SimpleNameSyntax name)
    {
        if (SyntaxFacts.IsInTypeOnlyContext(name))
        {
            return true;
        }

        bool isCalled = name.Parent is InvocationExpressionSyntax call && call.Expression == name;
        bool isLastMember = name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            && !(access.Parent is MemberAccessExpressionSyntax outer && outer.Expression == access);
        return char.IsUpper(name.Identifier.ValueText.FirstOrDefault()) && !isCalled && !isLastMember;
    }
}
