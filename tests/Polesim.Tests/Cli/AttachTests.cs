// polesim run --attach against somebody else's network server over loopback: a simulated pole joins, is commanded in class A and class C,
// and answers. The server is Node.js with lora-packet; it knows nothing of this repository but the keys.
using System.Text.Json;
using Xunit;

namespace Polesim.Tests.Cli;

public sealed class AttachTests
{
    private const int CommandPort = 11;

    // setLevel to 70 % for two hours, then resumeProgram (docs/messages.md).
    private const string SetLevel = "012a4600190078";
    private const string ResumeProgram = "022b";

    private const string OnePole =
        """
        name: One pole
        seed: 7
        start: 2026-06-20T21:00
        duration: 3h
        timeZone: { utcOffsetMinutes: 60, daylightSaving: europeanUnion }
        lamps: { file: lamps.csv, columns: { id: id, latitude: latitude, longitude: longitude, street: street } }
        settings: { statusInterval: 60s }
        programs:
          - name: adaptive
            points:
              - { at: civilDusk, level: 40 }
              - { at: civilDawn, level: 0 }
        commands:
          - { at: "21:30", poles: { street: A }, resumeProgram: {} }
        checks:
          noLampDark: {}
          allJoined: { within: 30min }

        """;

    private const string OneLamp = "id,latitude,longitude,street\nL1,51.96,7.62,A\n";

    [Theory]
    [InlineData("udp-server.js", "udp", "txAck")]
    [InlineData("station-server.js", "ws", "transmitted")]
    public async Task Given_somebody_elses_server_When_a_run_is_attached_Then_its_pole_joins_and_obeys_in_class_A_and_C(
        string script, string scheme, string downlinkEvent)
    {
        using ScenarioFolder folder = new(OnePole, OneLamp);
        using LnsPeer server = await StartServer(folder, script);
        int port = (await server.Until("listening")).GetProperty("port").GetInt32();
        Task<JsonElement> done = server.Until("done");

        PolesimResult run = await PolesimProcess.InterruptWhenAsync(
            folder.Directory, "INT", done, "run", ScenarioFolder.ScenarioFile, "--attach", $"{scheme}://127.0.0.1:{port}", "--speed", "4");

        Assert.Equal(["join-accept", "class A", "class C"], server.Of(downlinkEvent).Where(IsAccepted).Select(happened => happened.GetProperty("what").GetString()).Distinct());
        Assert.Empty(server.Of("refused"));
        Assert.Empty(server.Of("error"));

        // The answers echo sequence numbers 42 and 43 and say that nothing was wrong.
        string[] answers = [.. server.Of("uplink").Where(IsAnswer).Select(uplink => uplink.GetProperty("payload").GetString()![..6]).Distinct()];
        Assert.Equal(["012a00", "022b00"], answers);
        AssertEndedWell(run);
    }

    [Theory]
    [InlineData("http://localhost", "begins with 'http'")]
    [InlineData("localhost:1700", "is no address")]
    [InlineData("udp://localhost:1700/path", "has a path")]
    [InlineData("ws://user:secret@localhost", "has parts that are not used")]
    public async Task Given_a_wrong_address_When_a_run_shall_be_attached_Then_it_is_refused_with_what_to_write(string address, string reason)
    {
        using ScenarioFolder folder = new(OnePole, OneLamp);
        PolesimResult run = await PolesimProcess.RunAsync(folder.Directory, "run", ScenarioFolder.ScenarioFile, "--attach", address);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Contains("udp://HOST:1700", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--speed 2", "--speed goes with --attach only")]
    [InlineData("--attach udp://localhost --speed 1000", "Write a number from 0.1 to 60")]
    [InlineData("--attach udp://localhost --gateway-eui 12", "16 hexadecimal digits")]
    [InlineData("--attach ws://localhost --token-file token", "wss:// only")]
    [InlineData("--attach udp://name.invalid", "Is the server's name right")]
    public async Task Given_options_that_do_not_fit_When_a_run_is_asked_for_Then_it_says_which_and_nothing_runs(string options, string reason)
    {
        using ScenarioFolder folder = new(OnePole, OneLamp);
        PolesimResult run = await PolesimProcess.RunAsync(folder.Directory, ["run", ScenarioFolder.ScenarioFile, .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Directory, "report")));
    }

    private static bool IsAccepted(JsonElement downlink) => !downlink.TryGetProperty("error", out JsonElement error) || error.GetString() == "NONE";

    private static bool IsAnswer(JsonElement uplink) => uplink.GetProperty("fPort").ValueKind == JsonValueKind.Number && uplink.GetProperty("fPort").GetInt32() == CommandPort;

    private static async Task<LnsPeer> StartServer(ScenarioFolder folder, string script)
    {
        PolesimResult devices = await PolesimProcess.RunAsync(folder.Directory, "devices", ScenarioFolder.ScenarioFile, "--json");
        Assert.Equal(0, devices.ExitCode);
        using JsonDocument list = JsonDocument.Parse(devices.Output);
        JsonElement pole = Assert.Single(list.RootElement.GetProperty("devices").EnumerateArray());
        return LnsPeer.Start(script, new
        {
            devEui = pole.GetProperty("devEui").GetString(),
            joinEui = pole.GetProperty("joinEui").GetString(),
            appKey = pole.GetProperty("appKey").GetString(),
            fPort = CommandPort,
            commandHex = SetLevel,
            secondCommandHex = ResumeProgram,
        });
    }

    private static void AssertEndedWell(PolesimResult run)
    {
        Assert.True(run.ExitCode == 3, run.Errors);
        Assert.Contains("Attached: 1 of 1 poles are joined", run.OutputText, StringComparison.Ordinal);
        Assert.Contains(" accepted", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("  ----  allJoined: not judged", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("  pass  noLampDark", run.OutputText, StringComparison.Ordinal);
        Assert.Contains("1 commands are not given", run.Errors, StringComparison.Ordinal);
    }
}
