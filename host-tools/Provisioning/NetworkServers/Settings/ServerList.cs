// The network servers of a workspace: added, listed, removed, opened. A token is kept only sealed, and bound to the address it is for: whoever changes the address in
// the database does not get the token sent there.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers.ChirpStack;
using Provisioning.NetworkServers.Http;
using Provisioning.NetworkServers.ThingsStack;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.NetworkServers.Settings;

/// <summary>The servers of a workspace.</summary>
public static class ServerList
{
    private const int LongestName = 63;

    /// <summary>The products that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [ChirpStackServer.Kind, ThingsStackServer.Kind];

    /// <summary>All servers by name.</summary>
    public static IReadOnlyList<ServerSettings> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.Read(ServerTable.All).Select(row => row.Settings)];
    }

    /// <summary>A server.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">Its name; null when there is only one.</param>
    /// <exception cref="ProblemException">There is none of that name, or more than one to choose from.</exception>
    public static ServerSettings Get(Workspace workspace, string? name) => Row(workspace, name).Settings;

    /// <summary>Adds a server.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="token">Its token; null when none is kept.</param>
    /// <param name="vault">The open vault, if a token is kept.</param>
    /// <exception cref="ProblemException">Something in the settings cannot be right, or the name is taken.</exception>
    public static ServerSettings Add(WorkspaceWriter writer, ServerSettings settings, string? token, KeyVault? vault)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Plan);
        ServerSettings sound = Check(settings) with { HasToken = token is not null, Version = 1 };
        if (ServerTable.Find(writer.Connection, sound.Name) is not null)
        {
            throw new ProblemException(new Problem("problem.networkServer.nameTaken") { Kind = ProblemKind.WrongUse, Value = sound.Name });
        }

        ServerRow row = new(sound, Close(sound, token, vault));
        ServerTable.Insert(writer.Connection, row);
        writer.Record("server.add", SubjectKind.Server, sound.Name, ServerTable.HashOf(row), new JsonObject { ["kind"] = sound.Kind, ["address"] = sound.Address });
        return sound;
    }

    /// <summary>Keeps another token for a server, or none.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="name">The server.</param>
    /// <param name="token">The token; null to forget the one that is kept.</param>
    /// <param name="vault">The open vault, if a token is kept.</param>
    public static ServerSettings SetToken(WorkspaceWriter writer, string name, string? token, KeyVault? vault)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Plan);
        ServerSettings before = (ServerTable.Find(writer.Connection, name) ?? throw Absent(name)).Settings;
        ServerSettings after = before with { HasToken = token is not null, Version = before.Version + 1 };
        ServerRow row = new(after, Close(after, token, vault));
        ServerTable.UpdateToken(writer.Connection, row);
        writer.Record("server.token", SubjectKind.Server, name, ServerTable.HashOf(row), new JsonObject { ["kept"] = token is not null });
        return after;
    }

    /// <summary>Forgets a server. Nothing is changed at the server itself.</summary>
    public static void Remove(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Plan);
        _ = ServerTable.Find(writer.Connection, name) ?? throw Absent(name);
        ServerTable.Delete(writer.Connection, name);
        writer.Record("server.remove", SubjectKind.Server, name, null);
    }

    /// <summary>Opens a server for use; nothing is sent yet.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">Its name; null when there is only one.</param>
    /// <param name="token">A token to use instead of the one that is kept; null for that one.</param>
    /// <param name="unlock">Gives the open vault, when the token in it is needed; it stays the caller's.</param>
    /// <param name="retries">How failed calls are repeated; null for the usual way.</param>
    /// <exception cref="ProblemException">There is no such server, no token, or the vault does not open.</exception>
    public static INetworkServer Open(Workspace workspace, string? name, string? token, Func<KeyVault> unlock, RetrySchedule? retries = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(unlock);
        ServerRow row = Row(workspace, name);
        return Open(row.Settings, token ?? KeptToken(row, unlock), retries);
    }

    /// <summary>Opens a server by its settings.</summary>
    public static INetworkServer Open(ServerSettings settings, string token, RetrySchedule? retries = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ServerEndpoint endpoint =
            ServerEndpoint.Create(settings.Address, token, settings.AllowsPlainHttp) with { Authorities = settings.Authorities, Retries = retries ?? new RetrySchedule() };
        return settings.Kind == ChirpStackServer.Kind
            ? new ChirpStackServer(endpoint, settings.Application)
            : new ThingsStackServer(endpoint, settings.Application, settings.FrequencyPlans);
    }

    private static string KeptToken(ServerRow row, Func<KeyVault> unlock)
    {
        if (row.Token is not { } sealedToken)
        {
            throw new ProblemException(new Problem("problem.networkServer.noToken", row.Settings.Name) { Kind = ProblemKind.NotAuthorised });
        }

        return unlock().OpenText(sealedToken, Purpose(row.Settings))
            ?? throw new ProblemException(new Problem("problem.networkServer.tokenDamaged", row.Settings.Name));
    }

    private static byte[]? Close(ServerSettings settings, string? token, KeyVault? vault) => token is null ? null
        : (vault ?? throw new ArgumentNullException(nameof(vault))).CloseText(ServerEndpoint.Create(settings.Address, token, settings.AllowsPlainHttp).Token, Purpose(settings));

    private static string Purpose(ServerSettings settings) => $"polectl server token|{settings.Name}|{settings.Address}|{settings.Application}";

    private static ServerRow Row(Workspace workspace, string? name)
    {
        List<ServerRow> rows = workspace.Read(ServerTable.All);
        return name is not null ? rows.FirstOrDefault(row => row.Settings.Name == name) ?? throw Absent(name)
            : rows.Count == 1 ? rows[0]
            : throw new ProblemException(new Problem(rows.Count == 0 ? "problem.networkServer.none" : "problem.networkServer.which", string.Join(", ", rows.Select(row => row.Settings.Name)))
            {
                Kind = ProblemKind.WrongUse,
            });
    }

    private static ProblemException Absent(string name) => new(new Problem("problem.networkServer.absent") { Kind = ProblemKind.WrongUse, Value = name });

    private static ServerSettings Check(ServerSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Name) || settings.Name.Length > LongestName || settings.Name.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            throw new ProblemException(new Problem("problem.networkServer.name") { Kind = ProblemKind.WrongUse, Value = settings.Name });
        }

        bool isChirpStack = settings.Kind == ChirpStackServer.Kind;
        string application = isChirpStack ? ChirpStackServer.ParseApplication(settings.Application) : ThingsStackServer.ParseApplication(settings.Application);
        string address = ServerEndpoint.ParseAddress(settings.Address, settings.AllowsPlainHttp).AbsoluteUri;
        if (settings.Authorities.Length > 0)
        {
            ServerEndpoint.ReadAuthorities(settings.Authorities, "");
        }

        if (isChirpStack != (settings.FrequencyPlans.Count == 0))
        {
            throw new ProblemException(new Problem(isChirpStack ? "problem.networkServer.planNotNeeded" : "problem.networkServer.planNeeded") { Kind = ProblemKind.WrongUse, Field = "--frequency-plan" });
        }

        foreach ((string region, string plan) in settings.FrequencyPlans)
        {
            if (RegionNames.Find(region) is null)
            {
                throw new ProblemException(new Problem("problem.networkServer.planRegion", string.Join(", ", RegionNames.All)) { Kind = ProblemKind.WrongUse, Field = "--frequency-plan", Value = region });
            }

            if (plan.Length == 0 || !plan.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            {
                throw new ProblemException(new Problem("problem.frequencyPlan") { Kind = ProblemKind.WrongUse, Field = "--frequency-plan", Value = plan });
            }
        }

        return settings with { Address = address, Application = application };
    }
}
