// A session at the service port that a command line names: the port, the vault that has the key, and what is told of waiting.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Opens service ports.</summary>
internal sealed class ServiceOpening(CommandMaker make)
{
    private readonly SecretOptions _secret = new(make);

    public Argument<string> Port { get; } = make.Argument("port");

    public IReadOnlyList<Symbol> All => [Port, .. _secret.All];

    /// <summary>Carries work out in a session; the port is closed afterwards, and locked as far as the pole still answers.</summary>
    public T With<T>(Run run, Func<ServiceSession, Workspace, T> work)
    {
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, _secret.Read(run));
        using SerialLine line = SerialLine.Open(run.Get(Port));
        using ServiceSession session = new(new ServiceClient(line), devEui => ServiceKeys.Take(workspace, vault, devEui))
        {
            Waiting = seconds => run.Progress("service.waiting", $"{seconds}"),
        };
        session.Unlock();
        T result = work(session, workspace);
        session.Ask("lock");
        return result;
    }
}
