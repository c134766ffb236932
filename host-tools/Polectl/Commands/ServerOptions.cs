// Through which network server a command sends.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Settings;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Options of the server.</summary>
internal sealed class ServerOptions(CommandMaker make)
{
    private readonly Option<string?> _name = make.Text("server", "server");
    private readonly ServerAccess _access = new(make);

    public IReadOnlyList<Symbol> All => [_name, .. _access.All];

    /// <summary>The kind of the server that is named, or of the only one.</summary>
    public string Kind(Run run, Workspace workspace) => ServerList.Get(workspace, run.Get(_name)).Kind;

    /// <summary>Opens the vault with what was given, or asks for it.</summary>
    public KeyVault Unlock(Run run, Workspace workspace) => _access.Unlock(run, workspace);

    /// <summary>Whether something was given that unlocks, so that nobody has to be asked.</summary>
    public bool CanUnlock(Run run) => _access.CanUnlock(run);

    /// <summary>Opens the server that is named, or the only one.</summary>
    public INetworkServer Open(Run run, Workspace workspace) => _access.Open(run, workspace, run.Get(_name));
}
