// polesim listen with somebody else's gateway and pole: Node.js sends what a packet forwarder would, with frames made and judged by lora-packet.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class ListenTests
{
    private const string DevEui = "00afee7cf5ed6f1e";
    private const string JoinEui = "70b3d57ed00000dc";
    private const string AppKey = "b6b53f4a168a7a88bdf7ea135ce9cfca";

    // The first golden vector of tests/golden/messages.json.
    private const string Status = "012850204030393900ea0012d6870011003c0003beef610870";

    [Fact]
    public async Task Given_somebody_elses_gateway_and_pole_When_listening_Then_the_pole_joins_and_its_messages_are_lines()
    {
        using ScenarioFolder folder = new();
        folder.Write("keys.csv", $"devEui,joinEui,appKey,name\n{DevEui},{JoinEui},{AppKey},Pole 7\n");
        List<JsonElement> lines;
        JsonElement joined;
        JsonElement[] answers;
        {
            await using Listener listener = await Listener.Start(folder, "--keys", "keys.csv");
            using LnsPeer gateway = LnsPeer.Start("forwarder.js", new
            {
                port = listener.Port,
                devEui = DevEui,
                joinEui = JoinEui,
                appKey = AppKey,
                devNonce = 1,
                stranger = true,
                payloads = new object[]
                {
                    // LinkCheckReq and DeviceTimeReq ride along; then one that wants an acknowledgement.
                    new { fPort = 10, hex = Status, fOpts = "020d", isConfirmed = false },
                    new { fPort = 10, hex = Status, fOpts = "", isConfirmed = true },
                    new { fPort = 10, hex = "0102", fOpts = "", isConfirmed = true },
                },
            });
            JsonElement done = await gateway.Until("done");
            Assert.Equal(done.GetProperty("sent").GetInt32(), done.GetProperty("acknowledged").GetInt32());
            joined = Assert.Single(gateway.Of("joined"));
            answers = [.. gateway.Of("answer")];
            lines = await listener.Stop();
        }

        Assert.True(joined.GetProperty("micValid").GetBoolean());
        Assert.Equal(5_000_000, joined.GetProperty("delayUs").GetInt64());
        Assert.True(joined.GetProperty("ipol").GetBoolean());
        Assert.Equal(joined.GetProperty("size").GetInt32(), joined.GetProperty("bytes").GetInt32());

        Assert.Equal(3, answers.Length);
        Assert.All(answers, answer => Assert.True(answer.GetProperty("micValid").GetBoolean()));
        Assert.All(answers, answer => Assert.True(answer.GetProperty("delayUs").GetInt64() is 1_000_000 or 2_000_000));
        string commands = answers[0].GetProperty("fOpts").GetString()!;
        Assert.Contains("02", commands, StringComparison.Ordinal);
        AssertTime(commands);
        Assert.True(answers[1].GetProperty("ack").GetBoolean());

        AssertLines(lines);
    }

    [Fact]
    public async Task Given_a_pole_that_joined_When_the_server_is_started_again_Then_its_session_goes_on_and_its_nonce_is_not_taken_twice()
    {
        using ScenarioFolder folder = new();
        folder.Write("keys.json", $$"""[{"devEui":"{{DevEui}}","joinEui":"{{JoinEui}}","appKey":"{{AppKey}}"}]""");
        JsonElement before;
        await using (Listener listener = await Listener.Start(folder, "--keys", "keys.json"))
        {
            using LnsPeer gateway = LnsPeer.Start("forwarder.js", Options(listener.Port, null, 0));
            before = await gateway.Until("done");
            Assert.Single(gateway.Of("answer"));
            await listener.Stop();
        }

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.PathOf("keys.json.state")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using Listener again = await Listener.Start(folder, "--keys", "keys.json");
        using (LnsPeer gateway = LnsPeer.Start("forwarder.js", Options(again.Port, before.GetProperty("session"), before.GetProperty("fCnt").GetInt32())))
        {
            await gateway.Until("done");
            JsonElement answer = Assert.Single(gateway.Of("answer"));
            Assert.True(answer.GetProperty("micValid").GetBoolean());
            Assert.Equal(1, answer.GetProperty("fCnt").GetInt32());
        }

        using LnsPeer thief = LnsPeer.Start("forwarder.js", Options(again.Port, null, 0));
        await thief.Until("done");
        Assert.Single(thief.Of("notJoined"));
        List<JsonElement> lines = await again.Stop();
        Assert.Contains(lines, line => line.GetProperty("event").GetString() == "other" && line.GetProperty("reason").GetString() == "replay");
    }

    [Fact]
    public async Task Given_a_region_that_is_none_When_listening_Then_the_regions_are_named()
    {
        using ScenarioFolder folder = new();
        PolesimResult listen = await PolesimProcess.RunAsync(folder.Directory, "listen", "--port", "0", "--region", "eu433");
        Assert.Equal(2, listen.ExitCode);
        Assert.Contains("--region 'eu433' is no region. Write one of eu868, us915,", listen.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("devEui,joinEui\n1,2\n", "keys.csv:1: the first line has to name the columns")]
    [InlineData("devEui,joinEui,appKey\n" + DevEui + "," + JoinEui + ",b6b53f\n", "keys.csv:2: appKey has to be 32 hexadecimal digits")]
    [InlineData("devEui,joinEui,appKey\n" + DevEui + "," + JoinEui + "," + AppKey + "\n" + DevEui + "," + JoinEui + "," + AppKey + "\n", "stands there twice")]
    [InlineData("[{", "keys.csv:1: this is not JSON")]
    public async Task Given_a_file_of_keys_with_a_mistake_When_listening_Then_it_says_where_and_shows_no_key(string content, string reason)
    {
        using ScenarioFolder folder = new();
        folder.Write("keys.csv", content);
        PolesimResult listen = await PolesimProcess.RunAsync(folder.Directory, "listen", "--port", "0", "--keys", "keys.csv");
        Assert.Equal(2, listen.ExitCode);
        Assert.Contains(reason, listen.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("b6b53f", listen.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private static object Options(int port, JsonElement? session, int fCnt) => new
    {
        port,
        devEui = DevEui,
        joinEui = JoinEui,
        appKey = AppKey,
        devNonce = 1,
        session,
        fCnt,
        payloads = new object[] { new { fPort = 10, hex = Status, fOpts = "", isConfirmed = true } },
    };

    private static void AssertLines(List<JsonElement> lines)
    {
        JsonElement[] uplinks = [.. lines.Where(line => line.GetProperty("event").GetString() == "uplink")];
        Assert.Equal(3, uplinks.Length);
        Assert.Equal("Pole 7", uplinks[0].GetProperty("name").GetString());
        Assert.Equal("status", uplinks[0].GetProperty("message").GetString());
        Assert.Equal(Status, uplinks[0].GetProperty("payload").GetString());
        Assert.Equal(400, uplinks[0].GetProperty("data").GetProperty("levelPermille").GetInt32());
        Assert.Equal(1_234_567, uplinks[0].GetProperty("data").GetProperty("energyWattHours").GetInt32());
        Assert.Equal([0, 1, 2], uplinks.Select(line => line.GetProperty("fCnt").GetInt32()));
        Assert.Equal(-57, uplinks[0].GetProperty("rssiDbm").GetDouble());
        Assert.Equal("SF7BW125", uplinks[0].GetProperty("dataRate").GetString());
        Assert.False(uplinks[2].TryGetProperty("data", out _));
        Assert.Contains("short", uplinks[2].GetProperty("problem").GetString()!, StringComparison.Ordinal);

        JsonElement stranger = Assert.Single(lines, line => line.GetProperty("event").GetString() == "other");
        Assert.Equal("unknownDevice", stranger.GetProperty("reason").GetString());
        Assert.Equal("49be7df1", stranger.GetProperty("devAddr").GetString());
        Assert.Equal(2, stranger.GetProperty("fCnt").GetInt32());
        Assert.Equal(17, stranger.GetProperty("size").GetInt32());
        Assert.Single(lines, line => line.GetProperty("event").GetString() == "gateway");
        Assert.Equal(4, lines.Count(line => line.GetProperty("event").GetString() == "answered" && line.GetProperty("error").GetString() == "NONE"));
        Assert.All(lines, line => Assert.DoesNotContain(AppKey, line.GetRawText(), StringComparison.OrdinalIgnoreCase));
    }

    // DeviceTimeAns: GPS seconds, least significant byte first, and 1/256 s (TS001-1.0.4, section 5.11).
    private static void AssertTime(string commands)
    {
        int at = commands.IndexOf("0d", StringComparison.Ordinal);
        while (at % 2 != 0)
        {
            at = commands.IndexOf("0d", at + 1, StringComparison.Ordinal);
        }

        long gps = uint.Parse(string.Concat(Enumerable.Range(0, 4).Reverse().Select(index => commands.Substring(at + 2 + (2 * index), 2))), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.InRange(gps + 315_964_800 - 18 - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), -60, 5);
    }

    /// <summary>polesim listen in a process of its own.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _output;

        private Listener(Process process)
        {
            _process = process;
            _output = process.StandardOutput.ReadToEndAsync();
        }

        public int Port { get; private set; }

        public static async Task<Listener> Start(ScenarioFolder folder, params string[] arguments)
        {
            Listener listener = new(PolesimProcess.StartInterruptible(folder.Directory, ["listen", "--port", "0", .. arguments]));
            string? line = await listener._process.StandardError.ReadLineAsync();
            Assert.StartsWith("Listening on 127.0.0.1:", line, StringComparison.Ordinal);
            string rest = line!["Listening on 127.0.0.1:".Length..];
            listener.Port = int.Parse(rest[..rest.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            return listener;
        }

        /// <summary>Ends it with Ctrl-C; what it printed.</summary>
        public async Task<List<JsonElement>> Stop()
        {
            using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            string output = await _output;
            await _process.WaitForExitAsync();
            Assert.Equal(0, _process.ExitCode);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }
    }
}
