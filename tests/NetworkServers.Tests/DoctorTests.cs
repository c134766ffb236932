// polectl doctor and the network servers of a workspace: reached by themselves, certificates and tokens as they were given, no secret in any output.
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using Polectl.Tests;

namespace NetworkServers.Tests;

public sealed class DoctorTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private readonly Shell _shell = new();
    private readonly ChirpStackStandIn _standIn = new(City.Token);

    public DoctorTests()
    {
        _shell.Variables["POLECTL_NEW_PASSPHRASE"] = _shell.Variables["POLECTL_PASSPHRASE"] = Passphrase;
        _shell.Done("workspace", "init");
        _shell.Done("unlock", "add", "anna");
    }

    public void Dispose()
    {
        _standIn.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task Given_a_server_with_a_certificate_of_the_citys_authority_then_it_is_trusted_with_that_authority_and_not_without()
    {
        using X509Certificate2 authority = Certificates.MakeAuthority("City");
        using X509Certificate2 certificate = Certificates.MakeCertificate(authority, IPAddress.Loopback);
        await using StandInHost host = await StandInHost.StartAsync(_standIn, certificate: certificate);
        Add(host, "city", "--token-file", TokenFile(), "--ca-file", _shell.Write("authority.pem", authority.ExportCertificatePem()));
        Add(host, "stranger", "--token-file", TokenFile());

        List<JsonElement> servers = Servers(_shell.Run("doctor", "--json"));

        Assert.Equal(("ok", null), (servers[0].GetProperty("state").GetString(), servers[0].GetProperty("problem").GetString()));
        Assert.Equal($"city ({host.Address.AbsoluteUri}): Street lights", servers[0].GetProperty("found").GetString());
        Assert.Equal(("failed", "problem.networkServer.certificate"), (servers[1].GetProperty("state").GetString(), servers[1].GetProperty("problem").GetString()));
        Assert.Empty(host.Violations);
    }

    [Fact]
    public async Task Given_keys_that_are_not_unlocked_or_no_token_then_the_server_is_reached_and_it_is_said_that_the_token_was_not_tried()
    {
        await using StandInHost host = await StandInHost.StartAsync(_standIn);
        Add(host, "kept", "--token-file", TokenFile());
        Add(host, "none");
        _shell.Variables.Remove("POLECTL_PASSPHRASE");

        ShellResult result = _shell.Run("doctor", "--json");

        Assert.Equal(
            [("warning", "problem.doctor.tokenNotTried"), ("warning", "problem.networkServer.noToken")],
            Servers(result).Select(finding => (finding.GetProperty("state").GetString(), finding.GetProperty("problem").GetString())));
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(host.Violations);
    }

    [Fact]
    public async Task Given_a_token_that_the_server_does_not_take_then_that_is_to_mend_and_it_is_in_no_output()
    {
        await using StandInHost host = await StandInHost.StartAsync(_standIn);
        Add(host, "city");
        _shell.Variables["POLECTL_SERVER_TOKEN"] = "a-wrong-token";

        ShellResult result = _shell.Run("doctor", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("problem.networkServer.unauthorised", Assert.Single(Servers(result)).GetProperty("problem").GetString());
        Assert.DoesNotContain("a-wrong-token", result.Output + result.Error, StringComparison.Ordinal);
        _shell.Variables["POLECTL_SERVER_TOKEN"] = City.Token;
        Assert.Equal("ok", Assert.Single(Servers(_shell.Run("doctor", "--json"))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Given_a_token_for_one_of_several_servers_then_none_of_them_is_shown_it()
    {
        await using StandInHost host = await StandInHost.StartAsync(_standIn);
        Add(host, "one");
        Add(host, "two");
        _shell.Variables["POLECTL_SERVER_TOKEN"] = City.Token;

        Assert.All(Servers(_shell.Run("doctor", "--json")), finding => Assert.Equal("problem.networkServer.noToken", finding.GetProperty("problem").GetString()));
    }

    [Fact]
    public void Given_no_workspace_then_it_says_so_and_goes_on()
    {
        ShellResult result = _shell.Run("doctor", "--json", "-w", _shell.PathOf("nowhere.polectl"));

        JsonElement[] findings = [.. result.Result.GetProperty("findings").EnumerateArray()];
        Assert.Equal("problem.doctor.serversUnknown", findings.Single(finding => finding.GetProperty("name").GetString() == "servers").GetProperty("problem").GetString());
        Assert.Contains(findings, finding => finding.GetProperty("name").GetString() == "disk");
    }

    [Fact]
    public void Given_nobody_at_the_address_then_that_is_to_mend()
    {
        _shell.Done("server", "add", "city", "--kind", "chirpstack", "--url", "http://127.0.0.1:9", "--application", _standIn.ApplicationId);

        Assert.Equal("problem.networkServer.unreachable", Assert.Single(Servers(_shell.Run("doctor", "--json"))).GetProperty("problem").GetString());
    }

    private void Add(StandInHost host, string name, params string[] more) =>
        _shell.Done(["server", "add", name, "--kind", "chirpstack", "--url", host.Address.AbsoluteUri, "--application", _standIn.ApplicationId, .. more]);

    private string TokenFile() => _shell.Write("token.txt", City.Token + "\n");

    private static List<JsonElement> Servers(ShellResult result) =>
        [.. result.Result.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("name").GetString() == "server")];
}
