// The listener over real HTTP on the loopback address: who gets in, what is answered, and that what was answered is stored.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class ListenerTests : AnyStore, IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private Workspace _workspace = null!;
    private UplinkListener _listener = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _workspace = NewFleet(20);
        _token = _workspace.Write(Permission.Administer, false, writer => SenderList.Set(writer, "chirpstack"));
        _listener = await UplinkListener.Start(_workspace, IPAddress.Loopback, 0);
        _client.BaseAddress = new Uri($"http://127.0.0.1:{_listener.Port}");
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _workspace.Dispose();
        _client.Dispose();
    }

    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    [Fact]
    public async Task Given_webhooks_of_both_servers_then_they_are_stored_when_answered()
    {
        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
        Assert.Equal(1, Stored());
        Assert.Equal(HttpStatusCode.NoContent, await Post("/the-things-stack/uplink", ThingsStack(DevEui(2), NightMs, 1, 10, Status(1))));
        Assert.Equal(2, Stored());

        // Sent again, because the answer was lost: fine, and stored once.
        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=join", ChirpStackJoin(DevEui(1), NightMs)));
        foreach (string kind in (string[])["ack", "txack", "log", "status", "location", "integration"])
        {
            Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=" + kind, "{\"deviceInfo\":{\"devEui\":\"70b3d50000000001\"},\"time\":\"2026-01-15T22:00:00Z\"}"));
        }

        Assert.Equal(2, Stored());
    }

    [Fact]
    public async Task Given_no_right_token_then_nobody_gets_in_and_each_way_to_give_it_works()
    {
        string document = ChirpStack(DevEui(1), NightMs, 1, 10, Status(1));
        foreach ((string name, string? value, bool isRight) in ((string, string?, bool)[])
        [
            ("Authorization", null, false), ("Authorization", "Bearer wrong", false), ("Authorization", "Bearer", false), ("Authorization", "Basic !!!", false),
            ("Authorization", "Digest " + _token, false), ("X-Polectl-Token", _token + "x", false), ("Authorization", "Bearer " + new string('x', 5_000), false),
            ("Authorization", "Bearer " + _token, true), ("X-Polectl-Token", _token, true),
            ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("chirpstack:" + _token)), true),
        ])
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/chirpstack?event=up") { Content = new StringContent(document) };
            using HttpClient client = new() { BaseAddress = _client.BaseAddress };
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal(isRight ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(1, Stored());
    }

    [Fact]
    public async Task Given_what_is_no_document_then_the_answer_says_so_without_repeating_it_and_the_listener_goes_on()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/chirpstack?event=up", "<script>alert(1)</script>"));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/chirpstack?event=up", ""));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/chirpstack?event=up", string.Concat(Enumerable.Repeat("[", 100_000))));
        Assert.Equal(HttpStatusCode.BadRequest, await Post("/chirpstack?event=up", "{\"deviceInfo\":{\"devEui\":\"\\ud800\"}}"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post("/chirpstack?event=up", new string(' ', NetworkEventReader.LargestDocument + 1)));
        Assert.Equal(HttpStatusCode.NotFound, await Post("/", "{}"));
        Assert.Equal(HttpStatusCode.NotFound, await Post("/chirpstack/../../etc/passwd", "{}"));
        using HttpResponseMessage get = await _client.GetAsync(new Uri("/chirpstack", UriKind.Relative));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, ""), (get.StatusCode, await get.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
        Assert.Equal((1, 8L), (Stored(), _listener.Refused));
    }

    [Fact]
    public async Task Given_bytes_that_are_no_http_then_they_are_refused_and_the_listener_goes_on()
    {
        Random random = new(7);
        for (int i = 0; i < 50; i++)
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, _listener.Port);
            byte[] noise = new byte[random.Next(1, 2_000)];
            random.NextBytes(noise);
            await client.GetStream().WriteAsync(noise);
        }

        using TcpClient half = new();
        await half.ConnectAsync(IPAddress.Loopback, _listener.Port);
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /chirpstack?event=up HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_token}\r\nContent-Length: 5000\r\n\r\n{{\"device"));
        half.Close();

        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
        Assert.Equal(1, Stored());
    }

    [Fact]
    public async Task Given_many_at_once_when_it_is_stopped_in_the_middle_then_exactly_what_was_answered_as_stored_is_stored()
    {
        Task<bool>[] posts = [.. Enumerable.Range(0, 400).Select(async number =>
        {
            try
            {
                return await Post("/chirpstack?event=up", ChirpStack(DevEui(1 + (number % 20)), NightMs + number, number, 10, Status(number))) == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        })];
        await Task.WhenAny(posts);
        await _listener.DisposeAsync();

        bool[] answered = await Task.WhenAll(posts);

        Assert.Equal(answered.Count(isStored => isStored), Stored());
        Assert.Equal(answered.Count(isStored => isStored), _listener.Counts.Stored);
    }

    [Fact]
    public async Task Given_a_store_that_refuses_then_the_answer_is_to_come_again_and_after_it_all_is_well()
    {
        using (SqliteDatabase other = SqliteDatabase.Open(_workspace.Address, mayCreate: false))
        {
            other.Connection.Execute("ALTER TABLE uplink RENAME TO uplink_gone");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
            Assert.Equal("problem.store.failed", _listener.Trouble!.Key);
            other.Connection.Execute("ALTER TABLE uplink_gone RENAME TO uplink");
        }

        Assert.Equal(HttpStatusCode.NoContent, await Post("/chirpstack?event=up", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));
        Assert.Equal(1, Stored());
    }

    [Fact]
    public async Task Given_a_port_that_is_taken_or_nobody_who_may_then_it_does_not_start_and_says_why()
    {
        using Workspace workspace = Workspace.Open(_workspace.Address, Anna);
        ProblemException taken = await Assert.ThrowsAsync<ProblemException>(() => UplinkListener.Start(workspace, IPAddress.Loopback, _listener.Port));
        Assert.Equal("problem.listen.port", taken.Problems[0].Key);
        workspace.Write(Permission.Administer, false, writer =>
        {
            SenderList.Remove(writer, "chirpstack");
            return true;
        });
        ProblemException nobody = await Assert.ThrowsAsync<ProblemException>(() => UplinkListener.Start(workspace, IPAddress.Loopback, 0));
        Assert.Equal("problem.sender.none", nobody.Problems[0].Key);
    }

    private async Task<HttpStatusCode> Post(string path, string document)
    {
        using StringContent content = new(document, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        return response.StatusCode;
    }

    private int Stored()
    {
        using Workspace reader = Workspace.Open(_workspace.Address, Anna);
        return UplinkList.Newest(reader, null, null, 10_000).Count;
    }
}
