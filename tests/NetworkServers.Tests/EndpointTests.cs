// Addresses, certificates and tokens: what is refused before anything is sent, and what is said of a certificate that cannot be trusted.
using System.Net;
using System.Security.Cryptography.X509Certificates;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.ChirpStack;
using Provisioning.NetworkServers.Http;
using Provisioning.Problems;

namespace NetworkServers.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("http://lns.example.org:8090", "problem.networkServer.plainHttp")]
    [InlineData("http://192.168.1.7:8090", "problem.networkServer.plainHttp")]
    [InlineData("http://localhost.example.org", "problem.networkServer.plainHttp")]
    [InlineData("ftp://lns.example.org", "problem.networkServer.address")]
    [InlineData("lns.example.org", "problem.networkServer.address")]
    [InlineData("https://anna:secret@lns.example.org", "problem.networkServer.address")]
    [InlineData("https://lns.example.org/?token=secret", "problem.networkServer.address")]
    [InlineData("", "problem.networkServer.address")]
    public void Given_an_address_that_a_token_must_not_go_to_then_it_is_refused_and_no_secret_in_it_is_shown(string address, string expected)
    {
        ProblemException refused = Assert.Throws<ProblemException>(() => ServerEndpoint.Create(address, City.Token));

        Assert.Equal(expected, refused.Problems[0].Key);
        Assert.DoesNotContain("secret", refused.Problems[0].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8090")]
    [InlineData("http://localhost:8090")]
    [InlineData("http://[::1]:8090")]
    [InlineData("https://lns.example.org")]
    public void Given_this_computer_or_https_then_the_address_is_taken(string address) => Assert.EndsWith("/", ServerEndpoint.Create(address, City.Token).Address.AbsoluteUri, StringComparison.Ordinal);

    [Fact]
    public void Given_plain_http_that_is_allowed_then_it_is_taken() => Assert.NotNull(ServerEndpoint.Create("http://10.0.0.7", City.Token, allowsPlainHttp: true));

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public void Given_no_token_then_it_is_refused(string token) => Assert.Throws<ProblemException>(() => ServerEndpoint.Create("https://lns.example.org", token));

    [Fact]
    public void Given_an_endpoint_then_its_text_has_no_token() => Assert.DoesNotContain(City.Token, ServerEndpoint.Create("https://lns.example.org", City.Token).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Given_a_certificate_of_an_unknown_authority_then_it_is_said_clearly_and_with_that_authority_it_works()
    {
        using X509Certificate2 authority = Certificates.MakeAuthority("City");
        using X509Certificate2 certificate = Certificates.MakeCertificate(authority, IPAddress.Loopback);
        using ChirpStackStandIn standIn = new(City.Token);
        await using StandInHost host = await StandInHost.StartAsync(standIn, certificate: certificate);

        FailureKind without = await CheckAsync(host, "", standIn, "problem.networkServer.certificate");
        FailureKind wrong = await CheckAsync(host, Certificates.MakeAuthority("Other").ExportCertificatePem(), standIn, "problem.networkServer.certificate");
        ServerEndpoint endpoint = ServerEndpoint.Create(host.Address.AbsoluteUri, City.Token) with { Authorities = authority.ExportCertificatePem(), Retries = City.Once };
        using ChirpStackServer server = new(endpoint, standIn.ApplicationId);

        Assert.Equal((FailureKind.Untrusted, FailureKind.Untrusted), (without, wrong));
        Assert.Equal("Street lights", (await server.CheckAsync(CancellationToken.None)).Value.Application);
        Assert.DoesNotContain(host.Seen.Take(host.Seen.Count - 2), line => line.Length > 0);
    }

    [Fact]
    public async Task Given_a_certificate_for_another_name_then_that_is_said_even_with_its_authority()
    {
        using X509Certificate2 authority = Certificates.MakeAuthority("City");
        using X509Certificate2 certificate = Certificates.MakeCertificate(authority, IPAddress.Parse("10.9.8.7"));
        using ChirpStackStandIn standIn = new(City.Token);
        await using StandInHost host = await StandInHost.StartAsync(standIn, certificate: certificate);

        await CheckAsync(host, authority.ExportCertificatePem(), standIn, "problem.networkServer.certificateName");
        Assert.Empty(host.Seen);
    }

    [Fact]
    public async Task Given_nobody_at_the_port_then_it_is_unreachable_and_certainly_not_done()
    {
        ServerEndpoint endpoint = ServerEndpoint.Create("http://127.0.0.1:9", City.Token) with { Retries = City.Once };
        using ChirpStackServer server = new(endpoint, "52f14cd4-c6f1-4fbd-8f87-4025e1d49242");

        ServerAnswer<string> answer = await server.EnqueueAsync(new Downlink("70b3d50000000001", 1, new byte[] { 1 }), CancellationToken.None);

        Assert.Equal(FailureKind.Unreachable, answer.Failure!.Kind);
        Assert.False(answer.Failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Given_an_address_where_something_else_answers_then_it_says_so()
    {
        await using Receiver other = await Receiver.StartAsync();
        ServerEndpoint endpoint = ServerEndpoint.Create(other.Address + "/somewhere", City.Token) with { Retries = City.Once };
        using ChirpStackServer server = new(endpoint, "52f14cd4-c6f1-4fbd-8f87-4025e1d49242");

        Assert.Contains((await server.CheckAsync(CancellationToken.None)).Failure!.Kind, (FailureKind[])[FailureKind.NotUnderstood, FailureKind.ServerError]);
    }

    private static async Task<FailureKind> CheckAsync(StandInHost host, string authorities, ChirpStackStandIn standIn, string expected)
    {
        ServerEndpoint endpoint = ServerEndpoint.Create(host.Address.AbsoluteUri, City.Token) with { Authorities = authorities, Retries = City.Once };
        using ChirpStackServer server = new(endpoint, standIn.ApplicationId);
        ServerFailure failure = (await server.CheckAsync(CancellationToken.None)).Failure!;
        Assert.Equal(expected, failure.Problem.Key);
        return failure.Kind;
    }
}
