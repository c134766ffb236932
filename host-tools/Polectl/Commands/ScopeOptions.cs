// The options that say to whom a program file is assigned: exactly one.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Problems;
using Provisioning.Programs;

namespace Polectl.Commands;

/// <summary>Options of a scope.</summary>
internal sealed class ScopeOptions(CommandMaker make)
{
    private readonly Option<bool> _everything = make.Flag("everything");
    private readonly Option<string?> _district = make.Text("to-district", "text");
    private readonly Option<string?> _street = make.Text("to-street", "text");
    private readonly Option<string?> _group = make.Text("to-group", "text");
    private readonly Option<string[]> _poles = make.Texts("to-pole", "pole");

    public IReadOnlyList<Symbol> All => [_everything, _district, _street, _group, _poles];

    /// <summary>The scopes: one, or several single poles.</summary>
    /// <exception cref="ProblemException">None is given, or several kinds.</exception>
    public IReadOnlyList<Scope> Read(Run run)
    {
        List<IReadOnlyList<Scope>> given = [];
        if (run.Get(_everything))
        {
            given.Add([Scope.Everything]);
        }

        foreach ((Option<string?> option, ScopeKind kind) in ((Option<string?>, ScopeKind)[])[(_district, ScopeKind.District), (_street, ScopeKind.Street), (_group, ScopeKind.Group)])
        {
            if (run.Get(option) is { } target)
            {
                given.Add([new Scope(kind, target)]);
            }
        }

        if (run.Get(_poles) is { Length: > 0 } poles)
        {
            given.Add([.. poles.Distinct(StringComparer.Ordinal).Select(pole => new Scope(ScopeKind.Pole, pole))]);
        }

        return given.Count == 1 ? given[0] : throw new ProblemException(new Problem("problem.program.scope") { Kind = ProblemKind.WrongUse });
    }
}
