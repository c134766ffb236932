// The network servers that the workspace knows: whether each answers, whether its certificate is trusted (by the authorities that were given for it), and whether it
// takes the token that is kept. Nothing is changed there, and no token is in what is found.
using Provisioning.Keys;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Http;
using Provisioning.NetworkServers.Settings;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Doctor;

/// <summary>Looks at the servers of a workspace.</summary>
public static class RegisteredServerChecks
{
    // Asks without a token of the server's: that it refuses this one shows that it is there.
    private const string NoToken = "polectl-doctor-has-no-token";

    /// <summary>Looks at each; whatever is wrong is a finding.</summary>
    /// <param name="open">Opens the workspace.</param>
    /// <param name="secret">What unlocks the keys, and the tokens with them; null when nothing was given.</param>
    /// <param name="givenToken">A token given with the command; null when there is none. Of several servers none is shown it: it is for one of them, nobody knows which.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<DoctorFinding> Find(Func<Workspace> open, Func<UnlockSecret?> secret, Func<string?> givenToken, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(givenToken);
        KeyVault? vault = null;
        try
        {
            using Workspace workspace = open();
            IReadOnlyList<ServerSettings> servers = ServerList.List(workspace);
            string? token = servers.Count == 1 ? givenToken() : null;
            vault = token is null && servers.Any(server => server.HasToken) ? Unlock(workspace, secret) : null;
            return [.. servers.Select(server => Look(workspace, server, token, vault, cancellation))];
        }
        catch (ProblemException)
        {
            return [DoctorFinding.Warning("servers", "?", new Problem("problem.doctor.serversUnknown"))];
        }
        finally
        {
            vault?.Dispose();
        }
    }

    // That the keys cannot be read is a finding of its own; here it only means that no token can be tried.
    private static KeyVault? Unlock(Workspace workspace, Func<UnlockSecret?> secret)
    {
        try
        {
            return secret() is { } given ? KeyVault.Open(workspace, given) : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static DoctorFinding Look(Workspace workspace, ServerSettings settings, string? token, KeyVault? vault, CancellationToken cancellation)
    {
        string shown = settings.Name;
        try
        {
            shown = $"{settings.Name} ({ServerEndpoint.ParseAddress(settings.Address, settings.AllowsPlainHttp).AbsoluteUri})";
            bool hasToken = token is not null || (settings.HasToken && vault is not null);
            using INetworkServer server = hasToken ? ServerList.Open(workspace, settings.Name, token, () => vault!) : ServerList.Open(settings, NoToken);
            ServerAnswer<ServerHealth> answer = server.CheckAsync(cancellation).GetAwaiter().GetResult();
            return answer.IsOk ? DoctorFinding.Ok("server", $"{shown}: {answer.Value.Application}")
                : !hasToken && answer.Failure.Kind == FailureKind.NotAuthorised ? DoctorFinding.Warning("server", shown, NotTried(settings))
                : DoctorFinding.Failed("server", shown, answer.Failure.Problem);
        }
        catch (ProblemException exception)
        {
            return DoctorFinding.Failed("server", shown, exception.Problems[0]);
        }
    }

    private static Problem NotTried(ServerSettings settings) => settings.HasToken
        ? new Problem("problem.doctor.tokenNotTried")
        : new Problem("problem.networkServer.noToken", settings.Name);
}
