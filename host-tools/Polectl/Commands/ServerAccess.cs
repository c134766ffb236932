// How a command comes to a network server: its name, its token, and what unlocks the token that is kept. A token is never an argument, which every user of the
// computer could read.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Settings;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Options that give access to a server.</summary>
internal sealed class ServerAccess(CommandMaker make)
{
    private const string TokenVariable = "POLECTL_SERVER_TOKEN";

    private readonly Option<string?> _tokenFile = make.Text("token-file", "file");
    private readonly SecretOptions _secret = new(make);

    public IReadOnlyList<Symbol> All => [_tokenFile, .. _secret.All];

    /// <summary>What unlocks the keys and the tokens that are kept; null when nothing was given. Nobody is asked.</summary>
    public UnlockSecret? GivenSecret(Run run) => _secret.IsGiven(run) ? _secret.Find(run) : null;

    /// <summary>A token that was given with the command; null when there is none.</summary>
    public string? GivenToken(Run run) => run.Get(_tokenFile) is { } file
        ? SecretOptions.Passphrase(run, file, TokenVariable, "ask.token")
        : run.Surroundings.Variable(TokenVariable);

    /// <summary>A token to keep: given with the command, or asked for; null when there is none.</summary>
    public string? TokenToKeep(Run run) => SecretOptions.Passphrase(run, run.Get(_tokenFile), TokenVariable, "ask.token") is { Length: > 0 } token ? token : null;

    /// <summary>Opens the vault. The caller disposes of it.</summary>
    public KeyVault Unlock(Run run, Workspace workspace) => KeyVault.Open(workspace, _secret.Read(run));

    /// <summary>Whether something was given that unlocks the vault, so that nobody has to be asked.</summary>
    public bool CanUnlock(Run run) => _secret.IsGiven(run);

    /// <summary>Opens a server with the token that was given, or with the one that is kept. The vault is opened only for the latter.</summary>
    /// <param name="run">The run.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">The server; null when there is only one.</param>
    public INetworkServer Open(Run run, Workspace workspace, string? name)
    {
        KeyVault? vault = null;
        try
        {
            return ServerList.Open(workspace, name, GivenToken(run), () => vault = Unlock(run, workspace));
        }
        finally
        {
            vault?.Dispose();
        }
    }
}
