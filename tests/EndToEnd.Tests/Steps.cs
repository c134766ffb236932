// Steps that every chain has: poles with controllers and files, registered at a server, joined.
using System.Diagnostics;
using System.Text.Json;
using NetworkServers.Hosting;
using ServedDistrict;

namespace EndToEnd.Tests;

/// <summary>Steps of a chain.</summary>
/// <param name="office">Where polectl runs.</param>
internal sealed class Steps(Office office)
{
    public const string Token = "api-token";

    public void MakePoles(string list, int count)
    {
        office.Done("workspace", "init");
        Answer import = office.Run("pole", "import", list, "--make-id", "MTP-", "--skip-refused", "--json");
        Assert.True(import.ExitCode is 0 or 3, import.Error);
        Assert.Equal(count, import.Result.GetProperty("new").GetInt32());
        office.Done("unlock", "add", "anna");
        office.Done(
            "identity", "make", "--for-poles", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1 metered photocell", "--region", "eu868");
        Assert.Equal(count, office.Done("provisioning", "write", office.PathOf("provisioning"), "--utc-offset", "60", "--daylight-saving", "eu").GetProperty("written").GetInt32());
    }

    public void Register(StandInHost host, string kind, string application)
    {
        office.Set("POLECTL_SERVER_TOKEN", Token);
        List<string> add = ["server", "add", "city", "--kind", kind, "--url", host.Address.ToString(), "--application", application];
        office.Done([.. add, .. kind == "things-stack" ? ["--frequency-plan", "eu868=EU_863_870_TTN"] : (string[])[]]);
        office.Done("server", "apply", "city", "--yes");
        JsonElement plan = office.Done("server", "plan", "city").GetProperty("plan");
        Assert.Equal(0, plan.GetProperty("counts").GetProperty("create").GetInt32());
    }

    public async Task Join(District district)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (district.JoinCount < district.PoleCount && !district.IsOver)
        {
            await district.AdvanceAsync(TimeSpan.FromMinutes(10));
            office.Clock.Set(district.Now);
            TestContext.Current.TestOutputHelper?.WriteLine($"{district.Now:HH:mm} {district.JoinCount} joins, {district.UplinkCount} uplinks, {watch.Elapsed}");
        }

        Assert.Equal(district.PoleCount, district.JoinCount);
    }

    public async Task Advance(District district, double hours)
    {
        await district.AdvanceAsync(TimeSpan.FromHours(hours));
        office.Clock.Set(district.Now);
    }
}
