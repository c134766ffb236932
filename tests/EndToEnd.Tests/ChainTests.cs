// The whole chain with a thousand real lamps: from a city's list to poles that join, get a new dimming program, report its hash, break and are repaired, and one that
// retires. polectl, the stand-in's HTTP interface, LoRaWAN frames and the controllers' code are the real ones; the air and the lamps are simulated.
using System.Text.Json;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using NetworkServers.Radio;
using NetworkServers.ThingsStack;
using RepositoryFiles;
using ServedDistrict;
using Simulation.Scenarios;

namespace EndToEnd.Tests;

public sealed class ChainTests : IDisposable
{
    private const string NightProgram = """
        programs:
          - name: night
            fade: 30s
            points:
              - { at: civilDusk, offset: -10min, level: 80 }
              - { at: "22:00", level: 40 }
              - { at: civilDawn, offset: -60min, level: 80 }
              - { at: civilDawn, offset: +10min, level: 0 }
        settings:
          localTime: { utcOffsetMinutes: 60, daylightSaving: europeanUnion }

        """;

    // Eight gateways on roofs, so that the whole city is heard: from there the exponent is lower than between lanterns (3GPP TR 38.901, table 7.4.1-1: UMa line of sight
    // 2.2, non line of sight 3.9).
    private const string Roofs = """
        radio: { pathLossExponent: 2.6, shadowingDecibel: 4 }
        gateways:
          - { id: roof-1, latitude: 43.6102, longitude: 3.8822 }
          - { id: roof-2, latitude: 43.6100, longitude: 3.9196 }
          - { id: roof-3, latitude: 43.5938, longitude: 3.8534 }
          - { id: roof-4, latitude: 43.6080, longitude: 3.8434 }
          - { id: roof-5, latitude: 43.5903, longitude: 3.8861 }
          - { id: roof-6, latitude: 43.6145, longitude: 3.8342 }
          - { id: roof-7, latitude: 43.6132, longitude: 3.8538 }
          - { id: roof-8, latitude: 43.6238, longitude: 3.8251 }
        """;

    private static readonly string[] s_broken = ["70b3d50000000001", "70b3d50000000011", "70b3d50000000021"];
    private static readonly DateTimeOffset s_alarmed = new(2026, 11, 26, 18, 45, 0, TimeSpan.FromHours(1));

    private readonly Office _office = new();
    private readonly Steps _steps;

    public ChainTests() => _steps = new Steps(_office);

    public void Dispose() => _office.Dispose();

    [Fact]
    public async Task Given_a_thousand_real_lamps_then_ChirpStack_knows_them_they_join_take_a_program_and_alarm_and_one_retires()
    {
        string city = RepositoryRoot.SharedPathOrSkip("data", "lamps", "montpellier_eclairage_public.csv");
        _steps.MakePoles(ListOf(city, 1_001), 1_000);
        _office.Write("district.yaml", Scenario(Roofs));
        using ChirpStackStandIn server = new(Steps.Token);
        await using StandInHost host = await StandInHost.StartAsync(server);
        await RunChain(server, host, "chirpstack", server.ApplicationId, "centre", (address, headers) => server.Integrate(address + "/chirpstack", headers), radio => server.Radio = radio);
        Assert.Equal(0, server.LostEvents);
    }

    [Fact]
    public async Task Given_sixty_invented_lamps_then_the_same_goes_through_The_Things_Stack()
    {
        string list = _office.PathOf("lamps.csv");
        File.WriteAllLines(list, File.ReadLines(RepositoryRoot.PathOf("simulator", "scenarios", "cities", "heidelberg.csv")).Take(61));
        _steps.MakePoles(list, 60);
        _office.Write("district.yaml", Scenario(""));
        using ThingsStackStandIn server = new(Steps.Token);
        await using StandInHost host = await StandInHost.StartAsync(server);
        await RunChain(
            server, host, "things-stack", server.ApplicationId, "street", (address, headers) => server.Integrate(address + "/the-things-stack", headers), radio => server.Radio = radio);
        Assert.Equal(0, server.LostEvents);
    }

    // The city's list has no power and no group: 40 W each, all in one.
    private string ListOf(string city, int rows)
    {
        string list = _office.PathOf("lamps.csv");
        File.WriteAllLines(list, File.ReadLines(city).Take(rows + 1).Select((line, i) => line.TrimEnd('\r') + (i == 0 ? ",watts,group" : ",40,centre")));
        return list;
    }

    private async Task RunChain(
        IServerSide server, StandInHost host, string kind, string application, string group, Action<string, Dictionary<string, string>> integrate, Action<IRadioSide> connect)
    {
        host.Remembers = false;
        using District district = new(ScenarioLoader.Load(_office.PathOf("district.yaml")), server, Environment.ProcessorCount);
        connect(district);
        string sender = _office.Done("sender", "set", kind, "--reveal-token").GetProperty("token").GetString()!;
        _office.Clock.Set(district.Now);
        using (Intake intake = new(_office))
        {
            integrate(intake.Address, new Dictionary<string, string> { ["Authorization"] = "Bearer " + sender });
            _steps.Register(host, kind, application);
            await _steps.Join(district);
            await PushProgram(district, group);
            await SeeAlarms(district);
            Export(district);
            await Retire(district);
        }

        Assert.True(_office.Done("audit", "verify").GetProperty("sound").GetBoolean());
        Assert.Empty(district.Problems);
        Assert.Empty(host.Violations);
    }

    // A new program for all poles of a group, until each reports the hash of it; what is lost on the air is sent again.
    private async Task PushProgram(District district, string group)
    {
        _office.Done("program", "import", _office.Write("night.yaml", NightProgram));
        _office.Done("program", "assign", "night", "--to-group", group);
        Answer compared;
        do
        {
            Answer sent = _office.Run("settings", "send", "--group", group, "--data-rate", "3", "--gateways", "8", "--json");
            Assert.True(sent.ExitCode is 0 or 3, sent.Error + sent.Output);
            await _steps.Advance(district, 1 / 6.0);
            compared = _office.Run("settings", "compare", "--group", group, "--json");
            TestContext.Current.TestOutputHelper?.WriteLine($"{district.Now:HH:mm} {sent.Output}");
        }
        while (compared.ExitCode != 0 && district.Now.Hour < 17);

        JsonElement[] poles = [.. compared.Result.GetProperty("poles").EnumerateArray()];
        Assert.Equal(district.PoleCount, poles.Count(pole => pole.GetProperty("state").GetString() == "inStep"));
        Assert.All(poles, pole => Assert.Equal(pole.GetProperty("wanted").GetString(), pole.GetProperty("reported").GetString()));
    }

    // At dusk the lamps burn as the new program says, but for three that break, and these three alarm.
    private async Task SeeAlarms(District district)
    {
        await district.AdvanceAsync(s_alarmed - district.Now);
        _office.Clock.Set(district.Now);
        Assert.Equal(district.PoleCount - s_broken.Length, district.Fleet.Poles.Count(pole => Math.Abs(pole.Parts.Luminaire.LightPermille - 800) < 40));
        JsonElement[] alarms = [.. _office.Done("alarms", "list", "--alarm", "lampFailure").GetProperty("alarms").EnumerateArray()];
        Assert.Equal(s_broken, alarms.Select(alarm => alarm.GetProperty("devEui").GetString()!).Order(StringComparer.Ordinal));
        JsonElement status = _office.Done("status", "show");
        Assert.Equal((district.PoleCount, s_broken.Length), (status.GetProperty("poles").GetInt32(), status.GetProperty("findings").GetProperty("dark").GetInt32()));
    }

    private void Export(District district)
    {
        foreach (string form in new[] { "csv", "geojson", "ngsi-ld", "sensorthings" })
        {
            Assert.NotEqual(0, _office.Done("export", "write", _office.PathOf("fleet." + form), "--as", form).GetProperty("bytes").GetInt32());
        }

        using JsonDocument map = JsonDocument.Parse(File.ReadAllBytes(_office.PathOf("fleet.geojson")));
        Assert.Equal(district.PoleCount, map.RootElement.GetProperty("features").GetArrayLength());
    }

    // The pole stays in the list; its controller's keys are gone, the network server forgets it, and nobody hears it any more.
    private async Task Retire(District district)
    {
        const string DevEui = "70b3d50000000005";
        string pole = _office.Done("controller", "show", DevEui).GetProperty("pole").GetString()!;
        _office.Done("controller", "unmount", DevEui);
        _office.Done("controller", "retire", DevEui);
        _office.Done("pole", "retire", pole);
        _office.Done("server", "apply", "city", "--yes");
        int heard = HeardOf(DevEui);
        await _steps.Advance(district, 0.5);
        Assert.Equal(heard, HeardOf(DevEui));
        Assert.Equal(district.PoleCount - 1, File.ReadLines(PoleList()).Count(line => line.Contains(",inService,", StringComparison.Ordinal)));
    }

    private int HeardOf(string devEui) => _office.Done("uplink", "list", "--dev-eui", devEui, "--last", "1000").GetProperty("uplinks").GetArrayLength();

    private string PoleList() => _office.Write("poles.csv", _office.Expect(0, "pole", "export").Output);

    // An afternoon and evening in November; three lamps break when they burn.
    private static string Scenario(string radio) => $$"""
        name: chain
        start: 2026-11-26T15:00
        duration: 7h
        lamps: { provisioning: provisioning }
        {{radio}}
        faults:
          - { at: "18:00", kind: lampFailure, poles: { ids: [70b3d50000000001, 70b3d50000000011, 70b3d50000000021] } }

        """;
}
