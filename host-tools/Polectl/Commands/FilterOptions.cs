// The options that choose poles.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Poles;

namespace Polectl.Commands;

/// <summary>Options of a choice of poles.</summary>
internal sealed class FilterOptions(CommandMaker make)
{
    private readonly Option<string?> _street = make.Text("street", "text");
    private readonly Option<string?> _district = make.Text("district", "text");
    private readonly Option<string?> _group = make.Text("group", "text");
    private readonly Option<string?> _circuit = make.Text("circuit", "text");
    private readonly Option<bool> _retired = make.Flag("retired");

    /// <summary>Without retired poles.</summary>
    public IReadOnlyList<Symbol> Chosen => [_street, _district, _group, _circuit];

    public IReadOnlyList<Symbol> All => [_street, _district, _group, _circuit, _retired];

    /// <summary>The option that names single poles; may be given several times.</summary>
    public static Option<string[]> Poles(CommandMaker make) => new("--pole") { Description = make.Words["option.chosen-pole"], HelpName = make.Words["name.pole"], AllowMultipleArgumentsPerToken = false };

    public PoleFilter Read(Run run) => new()
    {
        Street = run.Get(_street),
        District = run.Get(_district),
        Group = run.Get(_group),
        Circuit = run.Get(_circuit),
        IncludesRetired = run.Get(_retired),
    };
}
