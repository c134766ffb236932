// The options that choose whose settings are meant.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Downlinks;

namespace Polectl.Commands;

/// <summary>Options of a choice of poles for settings.</summary>
internal sealed class SettingsOptions(CommandMaker make)
{
    private readonly FilterOptions _filter = new(make);
    private readonly Option<string[]> _poles = FilterOptions.Poles(make);
    private readonly Option<int?> _dataRate = SettingsCommands.DataRate(make);
    private readonly Option<bool> _again = new("--again") { Description = make.Words["option.send-again"] };

    public IReadOnlyList<Symbol> Chosen => [.. _filter.Chosen, _poles];

    public IReadOnlyList<Symbol> All => [.. Chosen, _dataRate, _again];

    public SettingsRequest Read(Run run) => new()
    {
        Filter = _filter.Read(run),
        Poles = run.Get(_poles) is { } poles ? poles.ToHashSet(StringComparer.Ordinal) : [],
        DataRate = run.Parsed.GetResult(_dataRate) is null ? null : run.Get(_dataRate),
        Again = run.Parsed.GetResult(_again) is not null && run.Get(_again),
    };
}
