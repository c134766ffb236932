// A workspace with a few poles and their controllers, and a stand-in to register them at. Its end asserts that nothing was sent or answered that the published
// description does not have, and that no secret came back in any message.
using System.Text.Json.Nodes;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using NetworkServers.ThingsStack;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Http;
using Provisioning.NetworkServers.Registration;
using Provisioning.NetworkServers.Settings;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace NetworkServers.Tests;

/// <summary>A city and its network server.</summary>
internal sealed class City : IAsyncDisposable
{
    public const string Token = "NNSXS.EXAMPLETOKENTHATMUSTNOTBESEENANYWHERE";
    public const string ChirpStackKind = "chirpstack";
    public const string ThingsStackKind = "things-stack";
    private static readonly UnlockSecret s_secret = new("a passphrase for tests", null);

    private City(Workspace workspace, KeyVault vault, IStandIn standIn, StandInHost host, ServerSettings settings, RetrySchedule retries, int timeoutMs)
    {
        Workspace = workspace;
        Vault = vault;
        StandIn = standIn;
        Host = host;
        Settings = settings;
        Server = Open(retries, timeoutMs);
    }

    public Workspace Workspace { get; }

    public KeyVault Vault { get; }

    public IStandIn StandIn { get; }

    public StandInHost Host { get; }

    public ServerSettings Settings { get; }

    public INetworkServer Server { get; private set; }

    public ChirpStackStandIn ChirpStack => (ChirpStackStandIn)StandIn;

    public ThingsStackStandIn ThingsStack => (ThingsStackStandIn)StandIn;

    public IReadOnlyList<Controller> Controllers => ControllerInventory.List(Workspace);

    /// <summary>Retries that take no time.</summary>
    public static RetrySchedule Hasty { get; } = new() { FirstWaitMs = 1, LongestWaitMs = 2 };

    /// <summary>One try only.</summary>
    public static RetrySchedule Once { get; } = new() { MostTries = 1, MostOverloads = 0 };

    public static async Task<City> BuildAsync(string kind, int poles, RetrySchedule? retries = null, int timeoutMs = 60_000)
    {
        // Hundreds of runs write the journal, each to the disk and not only to its cache: memory is as good here.
        string place = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Directory.CreateDirectory(Path.Combine(place, "network-servers-" + Guid.NewGuid().ToString("N"))).FullName;
        WorkspaceAddress address = WorkspaceAddress.Parse(Path.Combine(folder, "poles.polectl"));
        Author author = Author.OfThisProcess("anna");
        WorkspaceSetup.Create(address, author, false);
        Workspace workspace = Workspace.Open(address, author);
        string list = Path.Combine(folder, "poles.csv");
        File.WriteAllLines(list, ["id;lat;lon;group", .. Enumerable.Range(1, poles).Select(number => $"P-{number:0000};49.{number:00000};8.4;{(number % 2 == 0 ? "even" : "odd")}")]);
        workspace.Write(Permission.Plan, false, writer => PoleImport.Run(writer, new PoleImportRequest { Path = list }));
        workspace.Write(Permission.Administer, false, writer =>
        {
            KeyVault.AddWay(writer, "test", s_secret, null);
            return true;
        });
        KeyVault vault = KeyVault.Open(workspace, s_secret);
        IdentityRequest request = new() { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, request));
        IStandIn standIn = kind == ChirpStackKind ? new ChirpStackStandIn(Token) : new ThingsStackStandIn(Token);
        StandInHost host = await StandInHost.StartAsync(standIn);
        ServerSettings settings = workspace.Write(Permission.Plan, false, writer => ServerList.Add(writer, SettingsOf(standIn, host), null, null));
        return new City(workspace, vault, standIn, host, settings, retries ?? Hasty, timeoutMs) { _workspaceFolder = folder };
    }

    public static ServerSettings SettingsOf(IStandIn standIn, StandInHost host) => new()
    {
        Name = "city",
        Kind = standIn is ChirpStackStandIn ? ChirpStackKind : ThingsStackKind,
        Address = host.Address.AbsoluteUri,
        Application = standIn is ChirpStackStandIn chirpStack ? chirpStack.ApplicationId : ((ThingsStackStandIn)standIn).ApplicationId,
        FrequencyPlans = standIn is ChirpStackStandIn ? new SortedDictionary<string, string>() : new SortedDictionary<string, string> { ["eu868"] = "EU_863_870_TTN" },
    };

    /// <summary>Talks to the server anew, with other patience.</summary>
    public void Reopen(RetrySchedule retries, int timeoutMs = 60_000)
    {
        Server.Dispose();
        Server = Open(retries, timeoutMs);
    }

    public async Task<RegistrationPlan> PlanAsync(PoleFilter? filter = null) => (await TryPlanAsync(filter)).Value;

    public Task<ServerAnswer<RegistrationPlan>> TryPlanAsync(PoleFilter? filter = null, int parallelism = 4) =>
        RegistrationPlanner.PlanAsync(Server, Wanted.Read(Workspace, Vault, Settings, Server.Traits, filter), parallelism, null, CancellationToken.None);

    public Task<RegistrationResult> RunAsync(RegistrationPlan plan, int parallelism = 4) =>
        RegistrationRunner.RunAsync(Workspace, Settings, Server, plan, parallelism, null, CancellationToken.None);

    public async Task<RegistrationResult> RegisterAsync()
    {
        RegistrationResult result = await RunAsync(await PlanAsync());
        Assert.True(result.IsWhole, string.Join("; ", result.Problems.Select(problem => problem.Key + " " + string.Join(' ', problem.Arguments))));
        return result;
    }

    /// <summary>AppKey of a controller.</summary>
    public string AppKey(string devEui) => Workspace.Write(Permission.Keys, true, writer =>
    {
        using DeviceKeys keys = KeyStore.Show(writer, Vault, devEui, current: true);
        return Convert.ToHexStringLower(keys.AppKey);
    });

    /// <summary>GenAppKey of a controller.</summary>
    public string GenAppKey(string devEui) => Workspace.Write(Permission.Keys, true, writer =>
    {
        using DeviceKeys keys = KeyStore.Show(writer, Vault, devEui, current: true);
        return Convert.ToHexStringLower(keys.GenAppKey);
    });

    /// <summary>Everything that the server has, as text that is the same for the same state.</summary>
    public string State() => StandIn switch
    {
        ChirpStackStandIn chirpStack => Text(chirpStack.DeviceState) + Text(chirpStack.KeyState) + string.Join('\n', chirpStack.ProfileState.Values.Select(profile => profile["name"]!.GetValue<string>())),
        ThingsStackStandIn thingsStack => Text(thingsStack.IdentityState) + Text(thingsStack.JoinState) + Text(thingsStack.NetworkState) + Text(thingsStack.ServiceState) + thingsStack.Link?.ToJsonString(),
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        Assert.Empty(Host.Violations);
        await Host.DisposeAsync();
        (StandIn as IDisposable)?.Dispose();
        Vault.Dispose();
        Workspace.Dispose();
        Directory.Delete(_workspaceFolder, true);
    }

    private string _workspaceFolder = "";

    private INetworkServer Open(RetrySchedule retries, int timeoutMs)
    {
        ServerEndpoint endpoint = ServerEndpoint.Create(Settings.Address, Token) with { Retries = retries, TimeoutMs = timeoutMs };
        return Settings.Kind == ChirpStackKind
            ? new Provisioning.NetworkServers.ChirpStack.ChirpStackServer(endpoint, Settings.Application)
            : new Provisioning.NetworkServers.ThingsStack.ThingsStackServer(endpoint, Settings.Application, Settings.FrequencyPlans);
    }

    // Times differ from run to run, identifiers of profiles with the order of their making.
    private static string Text(IReadOnlyDictionary<string, JsonObject> entries) => string.Join('\n', entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
    {
        JsonObject copy = pair.Value.DeepClone().AsObject();
        copy.Remove("created_at");
        copy.Remove("deviceProfileId");
        return copy.ToJsonString();
    })) + "\n";
}
