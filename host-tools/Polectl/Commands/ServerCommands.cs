// polectl server: the network servers of a workspace, and the registration of its controllers there.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Http;
using Provisioning.NetworkServers.Settings;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun server.</summary>
internal static class ServerCommands
{
    private const string Noun = "server";

    public static Command Create(CommandMaker make)
    {
        Argument<string> server = make.Argument("server");
        ServerAccess access = new(make);
        AddOptions add = new(make);
        Option<bool> forget = make.Flag("forget");
        RegistrationVerbs registration = new(make, server, access);
        return make.Noun(
            Noun,
            make.Writing(Noun, "add", [server, .. add.All, .. access.All], run => Add(run, add.Read(run, run.Get(server)), access)),
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "token", [server, forget, .. access.All], run => SetToken(run, run.Get(server), run.Get(forget), access)),
            make.Writing(Noun, "remove", [server], run => Remove(run, run.Get(server))),
            make.Reading(Noun, "check", [server, .. access.All], run => Check(run, run.Get(server), access)),
            registration.Plan(),
            registration.Apply());
    }

    private static Outcome Add(Run run, ServerSettings settings, ServerAccess access)
    {
        using Workspace workspace = run.Open();
        string? token = access.TokenToKeep(run);
        using KeyVault? vault = token is null ? null : access.Unlock(run, workspace);
        ServerSettings added = workspace.Write(Permission.Plan, run.IsDryRun, writer => ServerList.Add(writer, settings, token, vault));
        return new Outcome
        {
            Lines = [run.Words.Format("server.added", added.Name, added.Address), run.Words[token is null ? "server.tokenNotKept" : "server.tokenKept"]],
            Result = ToJson(added),
        };
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<ServerSettings> servers = ServerList.List(workspace);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.server"], run.Words["field.kind"], run.Words["field.address"], run.Words["field.application"], run.Words["field.token"]],
                servers.Select(server => (IReadOnlyList<string>)[server.Name, server.Kind, server.Address, server.Application, run.Words[server.HasToken ? "server.kept" : "server.notKept"]])),
            Result = new JsonObject { ["servers"] = new JsonArray([.. servers.Select(ToJson)]) },
        };
    }

    private static Outcome SetToken(Run run, string name, bool isForgotten, ServerAccess access)
    {
        using Workspace workspace = run.Open();
        ServerList.Get(workspace, name);
        string? token = isForgotten ? null
            : access.TokenToKeep(run) ?? throw new ProblemException(new Problem("problem.networkServer.token") { Kind = ProblemKind.WrongUse });
        using KeyVault? vault = token is null ? null : access.Unlock(run, workspace);
        ServerSettings settings = workspace.Write(Permission.Plan, run.IsDryRun, writer => ServerList.SetToken(writer, name, token, vault));
        return new Outcome { Lines = [run.Words[token is null ? "server.tokenForgotten" : "server.tokenKept"]], Result = ToJson(settings) };
    }

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Plan, run.IsDryRun, writer =>
        {
            ServerList.Remove(writer, name);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("server.removed", name)], Result = new JsonObject { ["name"] = name } };
    }

    private static Outcome Check(Run run, string name, ServerAccess access)
    {
        using Workspace workspace = run.Open();
        using INetworkServer server = access.Open(run, workspace, name);
        ServerHealth health = server.CheckAsync(run.Surroundings.Interruption()).GetAwaiter().GetResult().Value;
        return new Outcome
        {
            Lines = [run.Words.Format("server.answers", name, health.Application, health.DeviceCount is { } count ? $"{count}" : "?", $"{health.Milliseconds}")],
            Result = new JsonObject { ["name"] = name, ["application"] = health.Application, ["deviceCount"] = health.DeviceCount, ["milliseconds"] = health.Milliseconds },
        };
    }

    private static JsonObject ToJson(ServerSettings server) => new()
    {
        ["name"] = server.Name,
        ["kind"] = server.Kind,
        ["address"] = server.Address,
        ["application"] = server.Application,
        ["frequencyPlans"] = new JsonObject(server.FrequencyPlans.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["allowsPlainHttp"] = server.AllowsPlainHttp,
        ["ownAuthorities"] = server.Authorities.Length > 0,
        ["tokenKept"] = server.HasToken,
        ["version"] = server.Version,
    };

    /// <summary>The options of a new server.</summary>
    private sealed class AddOptions(CommandMaker make)
    {
        private readonly Option<string> _kind = MakeKind(make);
        private readonly Option<string> _url = make.Needed("url", "url");
        private readonly Option<string> _application = make.Needed("application", "application");
        private readonly Option<string[]> _plans = make.Texts("frequency-plan", "regionPlan");
        private readonly Option<string?> _authorities = make.Text("ca-file", "file");
        private readonly Option<bool> _allowHttp = make.Flag("allow-http");

        public IReadOnlyList<Symbol> All => [_kind, _url, _application, _plans, _authorities, _allowHttp];

        public ServerSettings Read(Run run, string name) => new()
        {
            Name = name,
            Kind = run.Get(_kind),
            Address = run.Get(_url),
            Application = run.Get(_application),
            FrequencyPlans = Plans(run.Get(_plans) ?? []),
            AllowsPlainHttp = run.Get(_allowHttp),
            Authorities = run.Get(_authorities) is { } file ? Authorities(file) : "",
        };

        private static Option<string> MakeKind(CommandMaker make)
        {
            Option<string> kind = make.Needed("kind", "kind");
            kind.AcceptOnlyFromAmong([.. ServerList.Kinds]);
            return kind;
        }

        private static SortedDictionary<string, string> Plans(string[] texts)
        {
            SortedDictionary<string, string> plans = new(StringComparer.Ordinal);
            foreach (string text in texts)
            {
                string[] parts = text.Split('=', 2);
                plans[parts[0]] = parts.Length == 2 ? parts[1] : "";
            }

            return plans;
        }

        private static string Authorities(string file)
        {
            try
            {
                string pem = File.ReadAllText(file);
                ServerEndpoint.ReadAuthorities(pem, file);
                return pem;
            }
            catch (FileNotFoundException)
            {
                throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = file });
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = file });
            }
        }
    }
}
