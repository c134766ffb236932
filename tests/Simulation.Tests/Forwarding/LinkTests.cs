// The real sockets over loopback: many gateways at once, and a station whose server goes away and comes back.
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Simulation.Forwarding;
using Simulation.Forwarding.Station;
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Forwarding;

public sealed class LinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Given_a_hundred_gateways_When_a_frame_is_heard_by_all_Then_each_sends_its_own_copy_with_its_own_clock()
    {
        const int GatewayCount = 100;
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20, ReceiveTimeout = (int)Patience.TotalMilliseconds };
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        AttachSettings settings = new() { Target = Target($"udp://127.0.0.1:{((IPEndPoint)server.LocalEndPoint!).Port}") };
        using ServerAttachment attachment = new(settings, TimeProvider.System, static _ => { });
        GatewaySite[] sites = [.. Enumerable.Range(0, GatewayCount).Select(index => new GatewaySite($"g{index}", 46, 7) { Counter = new GatewayCounter(index * 1_000_000L, 0) })];
        IGatewayBackend backend = attachment.Attach(new RadioStub(), new FleetOutline(sites, 1, 1_781_982_000_000, 7, static _ => true));
        UplinkTransmission uplink = new() { StartUs = 0, EndUs = 50_000, FrequencyHz = 868_100_000, SpreadingFactor = 7, BandwidthHz = 125_000, Length = 17 };
        Convert.FromHexString("40f17dbe4900020001954378762b11ff0d").CopyTo(uplink.Frame, 0);
        backend.OnUplink(uplink, [.. Enumerable.Range(0, GatewayCount).Select(index => new GatewayReception(index, -80, 20))]);

        Dictionary<string, string> heard = [];
        HashSet<string> pulls = [];
        byte[] buffer = new byte[65_536];
        backend.Run(60_000);
        while (heard.Count < GatewayCount || pulls.Count < GatewayCount)
        {
            int length = server.Receive(buffer);
            string eui = Convert.ToHexStringLower(buffer.AsSpan(4, 8));
            string json = Encoding.ASCII.GetString(buffer.AsSpan(12, length - 12));
            _ = buffer[3] == 2 && pulls.Add(eui);
            if (buffer[3] == 0 && json.StartsWith("{\"rxpk\"", StringComparison.Ordinal))
            {
                heard.Add(eui, json[.."{\"rxpk\":[{\"tmst\":99999999".Length]);
            }
        }

        Assert.Equal(Enumerable.Range(1, GatewayCount).Select(number => $"020000fffe{number:x6}"), heard.Keys.Order());
        Assert.StartsWith("{\"rxpk\":[{\"tmst\":50000,", heard["020000fffe000001"], StringComparison.Ordinal);
        Assert.StartsWith("{\"rxpk\":[{\"tmst\":99050000", heard["020000fffe000064"], StringComparison.Ordinal);
        Assert.Equal(GatewayCount, attachment.Statistics.ForwardedCount);
    }

    [Fact]
    public async Task Given_a_server_that_refuses_goes_away_and_comes_back_When_a_station_is_attached_Then_it_tries_until_it_is_connected_again()
    {
        using HttpListener server = new();
        int port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        List<string> lines = [];
        using StationLink link = new(new Uri($"ws://127.0.0.1:{port}"), 0x020000FFFE000001, null, new ForwardingLog(lines.Add), firstPauseMs: 20);

        // The first discovery is refused with an error, the second is rubbish, then all goes well, twice.
        await Answer(server, "/router-info", """{"router":"::1","error":"not\u001b[2J known"}""");
        await Answer(server, "/router-info", "[[[");
        for (int times = 0; times < 2; times++)
        {
            string asked = await Answer(server, "/router-info", $$"""{"router":"::1","muxs":"::1","uri":"ws://127.0.0.1:{{port}}/data"}""");
            Assert.Equal("{\"router\":\"200:ff:fe00:1\"}", asked);
            using WebSocket socket = await Accept(server, "/data");
            Assert.Equal(StationEventKind.Connected, (await Next(link)).Kind);
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"msgtype\":\"error\"}"), WebSocketMessageType.Text, true, default);
            StationEvent message = await Next(link);
            Assert.Equal("{\"msgtype\":\"error\"}", Encoding.UTF8.GetString(message.Message.Span));
            link.Send("hello");
            Assert.Equal("hello", await Receive(socket));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
            Assert.Equal(StationEventKind.Disconnected, (await Next(link)).Kind);
        }

        Assert.Contains(lines, line => line.Contains("refused this gateway: not?[2J known", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("without a usable \"uri\"", StringComparison.Ordinal));
    }

    private static AttachTarget Target(string text)
    {
        Assert.Null(AttachTarget.Parse(text, out AttachTarget? target));
        return target!;
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<WebSocket> Accept(HttpListener server, string path)
    {
        HttpListenerContext context = await server.GetContextAsync().WaitAsync(Patience);
        Assert.Equal(path, context.Request.Url!.AbsolutePath);
        return (await context.AcceptWebSocketAsync(null)).WebSocket;
    }

    private static async Task<string> Answer(HttpListener server, string path, string answer)
    {
        using WebSocket socket = await Accept(server, path);
        string asked = await Receive(socket);
        await socket.SendAsync(Encoding.UTF8.GetBytes(answer), WebSocketMessageType.Text, true, default);
        return asked;
    }

    private static async Task<string> Receive(WebSocket socket)
    {
        byte[] buffer = new byte[4096];
        WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, default).WaitAsync(Patience);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    private static async Task<StationEvent> Next(StationLink link)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            if (link.TryTake(out StationEvent happened))
            {
                return happened;
            }

            await Task.Delay(5, patience.Token);
        }
    }
}
