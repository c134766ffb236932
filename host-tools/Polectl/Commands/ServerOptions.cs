// Through which network server a command sends.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.NetworkServers;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Options of the server.</summary>
internal sealed class ServerOptions(CommandMaker make)
{
    private readonly Option<string?> _name = make.Text("server", "server");
    private readonly ServerAccess _access = new(make);

    public IReadOnlyList<Symbol> All => [_name, .. _access.All];

    /// <summary>Opens the server that is named, or the only one.</summary>
    public INetworkServer Open(Run run, Workspace workspace) => _access.Open(run, workspace, run.Get(_name));
}
