// A street that is served as a multicast group: polectl tells simulated poles with real controllers of group and session (TS005), sends them a new dimming program as one
// block of fragments (TS004) and then a change and a command as one frame each, and every pole says that it has it.
using System.Text.Json;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using NetworkServers.Radio;
using NetworkServers.ThingsStack;
using RepositoryFiles;
using ServedDistrict;
using Simulation.Scenarios;

namespace EndToEnd.Tests;

public sealed class MulticastTests : IDisposable
{
    private const int PoleCount = 30;
    private readonly Office _office = new();
    private readonly Steps _steps;

    public MulticastTests() => _steps = new Steps(_office);

    public void Dispose() => _office.Dispose();

    [Theory]
    [InlineData("chirpstack")]
    [InlineData("things-stack")]
    public async Task Given_a_street_then_a_program_reaches_it_as_a_group_and_every_pole_reports_its_hash(string kind)
    {
        MakeStreet();
        using ChirpStackStandIn chirpStack = new(Steps.Token);
        using ThingsStackStandIn thingsStack = new(Steps.Token);
        bool isChirpStack = kind == "chirpstack";
        await using StandInHost host = isChirpStack ? await StandInHost.StartAsync(chirpStack) : await StandInHost.StartAsync(thingsStack);
        host.Remembers = false;
        IServerSide side = isChirpStack ? chirpStack : thingsStack;
        using District district = new(ScenarioLoader.Load(_office.PathOf("district.yaml")), side, Environment.ProcessorCount);
        string sender = _office.Done("sender", "set", kind, "--reveal-token").GetProperty("token").GetString()!;
        Dictionary<string, string> headers = new() { ["Authorization"] = "Bearer " + sender };
        _office.Clock.Set(district.Now);
        using (Intake intake = new(_office))
        {
            if (isChirpStack)
            {
                chirpStack.Radio = district;
                chirpStack.Integrate(intake.Address + "/chirpstack", headers);
            }
            else
            {
                thingsStack.Radio = district;
                thingsStack.Integrate(intake.Address + "/the-things-stack", headers);
            }

            _steps.Register(host, kind, isChirpStack ? chirpStack.ApplicationId : thingsStack.ApplicationId);
            await _steps.Join(district);
            string[] how = ["--group", "street", "--data-rate", "3", "--gateways", "3", "--retry-after", "10", .. isChirpStack ? (string[])[] : ["--multicast-gateway", "roof-1", "--multicast-gateway", "roof-2", "--multicast-gateway", "roof-3"]];
            await PushProgram(district, how);
            await ChangeIt(district, how);
            await DimIt(district, how);
        }

        Assert.True(_office.Done("audit", "verify").GetProperty("sound").GetBoolean());
        Assert.Empty(district.Problems);
        Assert.Empty(host.Violations);
        if (isChirpStack)
        {
            Assert.Equal(PoleCount, chirpStack.MembersOf(Assert.Single(chirpStack.GroupState).Key).Count);
        }
    }

    private void MakeStreet()
    {
        string list = _office.PathOf("lamps.csv");
        File.WriteAllLines(list, File.ReadLines(RepositoryRoot.PathOf("simulator", "scenarios", "cities", "heidelberg.csv")).Take(PoleCount + 1));
        _steps.MakePoles(list, PoleCount);
        _office.Write("district.yaml", """
            name: street
            start: 2026-11-26T15:00
            duration: 7h
            lamps: { provisioning: provisioning }
            gateways:
              - { id: roof-1, latitude: 49.4190, longitude: 8.6760 }
              - { id: roof-2, latitude: 49.4130, longitude: 8.6900 }
              - { id: roof-3, latitude: 49.4080, longitude: 8.6800 }

            """);
    }

    // Three programs, a calendar, holidays and more: one block for all.
    private async Task PushProgram(District district, string[] how)
    {
        foreach (string name in (string[])["city", "residential"])
        {
            _office.Done("program", "import", _office.Write(name + ".yaml", Example(name)));
            _office.Done("program", "assign", name, "--to-group", "street");
        }

        JsonElement plan = Send([.. how, "--dry-run"]);
        Assert.Equal((PoleCount, PoleCount), (Delivery(plan).GetProperty("poles").GetInt32(), Delivery(plan).GetProperty("setups").GetInt32()));
        JsonElement ordered = Send(how);
        Assert.Equal("block", Delivery(ordered).GetProperty("form").GetString());
        int downlinks = await UntilInStep(district, how, ordered);

        // To each a set-up of the group and one of each block; alone they would have got the fragments too.
        Assert.InRange(downlinks, 2 * PoleCount, 8 * PoleCount);
    }

    // A change of one program is one frame, and nobody is set up again.
    private async Task ChangeIt(District district, string[] how)
    {
        _office.Done("program", "import", _office.Write("residential.yaml", Example("residential").Replace("offset: -1h, level: 70", "offset: -1h, level: 60", StringComparison.Ordinal)));
        JsonElement ordered = Send(how);
        JsonElement delivery = Delivery(ordered);
        Assert.Equal((PoleCount, 0, 1), (delivery.GetProperty("poles").GetInt32(), delivery.GetProperty("setups").GetInt32(), delivery.GetProperty("frames").GetInt32()));
        Assert.InRange(await UntilInStep(district, how, ordered), 1, PoleCount / 2);
    }

    private async Task DimIt(District district, string[] how)
    {
        Answer given = _office.Run(["command", "send", "setLevel", "levelPermille=600", "fadeMs=0", "durationMinutes=120", "--multicast", .. how, "--json"]);
        Assert.True(given.ExitCode is 0 or 3, given.Error + given.Output);
        for (int run = 0; run < 4; run++)
        {
            await _steps.Advance(district, 1 / 30.0);
            GoOn(how);
        }

        Assert.InRange(district.Fleet.Poles.Count(pole => Math.Abs(pole.Parts.Luminaire.LightPermille - 600) < 40), PoleCount - 4, PoleCount);
        JsonElement group = _office.Done("multicast", "list").GetProperty("groups")[0];
        Assert.Equal(("group=street", PoleCount), (group.GetProperty("selection").GetString(), group.GetProperty("members").GetArrayLength()));
    }

    private async Task<int> UntilInStep(District district, string[] how, JsonElement first)
    {
        int downlinks = first.GetProperty("sent").GetInt32();
        Answer compared;
        DateTimeOffset end = district.Now.AddHours(2.5);
        do
        {
            await _steps.Advance(district, 1 / 20.0);
            JsonElement sent = GoOn(how);
            downlinks += sent.GetProperty("sent").GetInt32();
            compared = _office.Run("settings", "compare", "--group", "street", "--json");
            TestContext.Current.TestOutputHelper?.WriteLine($"{district.Now:HH:mm} {JsonSerializer.Serialize(sent)}");
        }
        while (compared.ExitCode != 0 && district.Now < end);

        JsonElement[] poles = [.. compared.Result.GetProperty("poles").EnumerateArray()];
        Assert.Equal(PoleCount, poles.Count(pole => pole.GetProperty("state").GetString() == "inStep"));
        Assert.All(poles, pole => Assert.Equal(pole.GetProperty("wanted").GetString(), pole.GetProperty("reported").GetString()));
        return downlinks;
    }

    private static string Example(string name) => File.ReadAllText(RepositoryRoot.PathOf("docs", "programs", "examples", name + ".yaml"));

    private JsonElement Send(string[] how) => GoOn(["--multicast", .. how]);

    // What is on its way goes on with every command that sends.
    private JsonElement GoOn(string[] how)
    {
        Answer sent = _office.Run(["settings", "send", .. how, "--json"]);
        Assert.True(sent.ExitCode is 0 or 3, sent.Error + sent.Output);
        return sent.Result;
    }

    private static JsonElement Delivery(JsonElement result) => Assert.Single(result.GetProperty("deliveries").EnumerateArray());
}
