// polectl server against a stand-in: what a person and a script get to see, what is asked before anything is sent, and where no token ever is.
using System.Text.Json;
using NetworkServers.ChirpStack;
using NetworkServers.Faults;
using NetworkServers.Hosting;
using Polectl.Cli;
using Polectl.Tests;

namespace NetworkServers.Tests;

public sealed class CommandTests : IAsyncLifetime
{
    private const int Poles = 3;
    private readonly Shell _shell = new();
    private readonly ChirpStackStandIn _standIn = new(City.Token);
    private StandInHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await StandInHost.StartAsync(_standIn);
        _shell.Variables["POLECTL_NEW_PASSPHRASE"] = _shell.Variables["POLECTL_PASSPHRASE"] = "correct horse battery staple";
        string list = _shell.PathOf("poles.csv");
        File.WriteAllLines(list, ["id;lat;lon", .. Enumerable.Range(1, Poles).Select(number => $"P-{number};49.{number};8.4")]);
        _shell.Done("workspace", "init");
        _shell.Done("pole", "import", list);
        _shell.Done("unlock", "add", "anna");
        _shell.Done("identity", "make", "--for-poles", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1", "--region", "eu868");
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_host.Violations);
        await _host.DisposeAsync();
        _standIn.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void Given_a_server_whose_token_is_kept_then_it_is_used_and_is_in_no_output_and_not_in_the_file()
    {
        ShellResult added = Add("--token-file", _shell.Write("token.txt", City.Token + "\n"));
        ShellResult check = _shell.Done("server", "check", "city", "--json");
        ShellResult listed = _shell.Done("server", "list", "--json");

        Assert.Equal("Street lights", check.Result.GetProperty("application").GetString());
        Assert.True(listed.Result.GetProperty("servers")[0].GetProperty("tokenKept").GetBoolean());
        Assert.DoesNotContain(City.Token, added.Output + added.Error + check.Output + check.Error + listed.Output + listed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(City.Token, File.ReadAllText(_shell.PathOf("poles.polectl"), System.Text.Encoding.Latin1), StringComparison.Ordinal);
        _shell.Done("audit", "verify");
    }

    [Fact]
    public void Given_a_kept_token_and_an_address_that_was_changed_in_the_database_then_the_token_does_not_open_and_the_audit_shows_it()
    {
        Add("--token-file", _shell.Write("token.txt", City.Token));
        using (Microsoft.Data.Sqlite.SqliteConnection connection = new("Data Source=" + _shell.PathOf("poles.polectl") + ";Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE network_server SET address = 'http://127.0.0.1:9/'";
            command.ExecuteNonQuery();
        }

        ShellResult check = _shell.Run("server", "check", "city", "--json");

        Assert.Equal("problem.networkServer.tokenDamaged", check.Json.GetProperty("problems")[0].GetProperty("key").GetString());
        Assert.NotEqual(0, _shell.Run("audit", "verify").ExitCode);
    }

    [Fact]
    public void Given_an_unconfirmed_plan_then_nothing_is_sent_and_with_yes_it_is_carried_out_once()
    {
        Add();
        _shell.Variables["POLECTL_SERVER_TOKEN"] = City.Token;

        ShellResult unasked = _shell.Run("server", "apply", "city");
        ShellResult dry = _shell.Done("server", "apply", "city", "--dry-run", "--json");
        Assert.Equal(2, unasked.ExitCode);
        Assert.Contains("create 3", unasked.Error, StringComparison.Ordinal);
        Assert.Empty(_standIn.DeviceState);
        Assert.Equal(3, dry.Result.GetProperty("plan").GetProperty("counts").GetProperty("create").GetInt32());

        ShellResult applied = _shell.Done("server", "apply", "city", "--yes", "--json");
        ShellResult again = _shell.Done("server", "apply", "city", "--yes", "--json");

        Assert.Equal(3, applied.Result.GetProperty("done").GetProperty("create").GetInt32());
        Assert.Equal(1, applied.Result.GetProperty("done").GetProperty("profiles").GetInt32());
        Assert.Equal(Poles, again.Result.GetProperty("plan").GetProperty("counts").GetProperty("keep").GetInt32());
        Assert.Equal(Poles, _host.Counts["DeviceService_Create"]);
        _shell.Done("audit", "verify");
    }

    [Fact]
    public void Given_a_person_who_says_no_then_nothing_is_sent_and_who_says_yes_gets_it_done()
    {
        Add();
        _shell.Variables["POLECTL_SERVER_TOKEN"] = City.Token;

        Assert.Equal(2, Ask(false));
        Assert.Empty(_standIn.DeviceState);
        Assert.Equal(0, Ask(true));
        Assert.Equal(Poles, _standIn.DeviceState.Count);
    }

    [Fact]
    public void Given_a_device_that_fails_then_the_exit_code_is_partly_and_the_next_run_ends_it()
    {
        Add();
        _shell.Variables["POLECTL_SERVER_TOKEN"] = City.Token;
        _host.Faults.Add(new Fault(FaultKind.Error, call => call.Operation.Id == "DeviceService_CreateKeys" && call.InPath("devEui").EndsWith('2'), 6));

        ShellResult first = _shell.Run("server", "apply", "city", "--yes", "--parallel", "1", "--json");
        ShellResult plan = _shell.Done("server", "plan", "city", "--json");
        ShellResult second = _shell.Done("server", "apply", "city", "--yes", "--json");

        Assert.Equal(3, first.ExitCode);
        Assert.Equal((2, 1), (first.Result.GetProperty("done").GetProperty("create").GetInt32(), first.Result.GetProperty("failed").GetInt32()));
        JsonElement device = Assert.Single(plan.Result.GetProperty("plan").GetProperty("devices").EnumerateArray());
        Assert.Equal("complete", device.GetProperty("action").GetString());
        Assert.All(device.GetProperty("differences").EnumerateArray(), difference => Assert.Equal(JsonValueKind.Null, difference.GetProperty("after").ValueKind));
        Assert.Equal(1, second.Result.GetProperty("done").GetProperty("complete").GetInt32());
        Assert.Equal(Poles, _standIn.KeyState.Count);
    }

    [Fact]
    public void Given_a_wrong_token_then_the_exit_code_is_not_authorised_and_the_message_says_what_to_do()
    {
        Add();
        _shell.Variables["POLECTL_SERVER_TOKEN"] = "another-token";

        ShellResult plan = _shell.Run("server", "plan", "city", "--language", "de");

        Assert.Equal(4, plan.ExitCode);
        Assert.Contains("polectl server token", plan.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("another-token", plan.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("problem.networkServer.chirpstackApplication", "--kind", "chirpstack", "--url", "https://lns.example.org", "--application", "my-app")]
    [InlineData("problem.networkServer.thingsStackApplication", "--kind", "things-stack", "--url", "https://lns.example.org", "--application", "My App", "--frequency-plan", "eu868=EU_863_870_TTN")]
    [InlineData("problem.networkServer.planNeeded", "--kind", "things-stack", "--url", "https://lns.example.org", "--application", "my-app")]
    [InlineData("problem.networkServer.planRegion", "--kind", "things-stack", "--url", "https://lns.example.org", "--application", "my-app", "--frequency-plan", "EU_863_870_TTN")]
    [InlineData("problem.networkServer.plainHttp", "--kind", "chirpstack", "--url", "http://lns.example.org", "--application", "52f14cd4-c6f1-4fbd-8f87-4025e1d49242")]
    public void Given_settings_that_cannot_be_right_then_they_are_refused_and_nothing_is_kept(string expected, params string[] options)
    {
        ShellResult result = _shell.Run(["server", "add", "x", .. options, "--json"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(expected, result.Json.GetProperty("problems")[0].GetProperty("key").GetString());
        Assert.Equal(0, _shell.Done("server", "list", "--json").Result.GetProperty("servers").GetArrayLength());
    }

    [Fact]
    public void Given_a_workspace_with_a_server_then_a_backup_has_it_and_its_token_still_opens_after_restoring()
    {
        Add("--token-file", _shell.Write("token.txt", City.Token));
        _shell.Done("workspace", "backup", _shell.PathOf("backup.polectl"));
        _shell.Done("server", "remove", "city");
        Assert.Equal(2, _shell.Run("server", "check", "city").ExitCode);

        _shell.Done("workspace", "restore", _shell.PathOf("backup.polectl"));

        _shell.Done("server", "check", "city");
    }

    private ShellResult Add(params string[] more) =>
        _shell.Done(["server", "add", "city", "--kind", "chirpstack", "--url", _host.Address.AbsoluteUri, "--application", _standIn.ApplicationId, .. more]);

    private int Ask(bool answer)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = App.Run(["server", "apply", "city"], new Surroundings(output, error, _shell.Variables.GetValueOrDefault) { AskLine = _ => answer ? "y" : "" });
        Assert.Contains("create 3", error.ToString(), StringComparison.Ordinal);
        return exitCode;
    }
}
