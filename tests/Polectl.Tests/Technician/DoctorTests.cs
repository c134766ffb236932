// polectl doctor: what is found, what to do, and the exit code.
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Polectl.Tests.Technician;

public sealed class DoctorTests
{
    [Fact]
    public void Given_a_sound_place_then_nothing_is_to_mend_and_what_is_missing_for_flashing_is_said_with_what_to_do()
    {
        using Town town = new();
        town.Shell.Variables["PATH"] = town.Shell.Folder;

        ShellResult result = town.AsTechnician("doctor", "--json");

        Assert.True(result.ExitCode == 0, result.Output);
        Dictionary<string, JsonElement> findings = Findings(result);
        Assert.All((string[])["dotnet", "workspace", "journal", "keys", "clock", "disk"], name => Assert.Equal("ok", findings[name].GetProperty("state").GetString()));
        Assert.Equal("warning", findings["nanoff"].GetProperty("state").GetString());
        Assert.Contains("dotnet tool install nanoff", findings["nanoff"].GetProperty("do").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(town.Shell.Variables["POLECTL_PASSPHRASE"], result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_workspace_a_wrong_passphrase_and_a_server_that_is_not_there_then_each_is_to_mend()
    {
        using Town town = new();
        int port = FreePort();
        town.Shell.Variables["POLECTL_PASSPHRASE"] = "wrong horse";

        ShellResult locked = town.AsTechnician("doctor", "--reach", $"http://anna:secret@127.0.0.1:{port}/", "--language", "de");
        ShellResult absent = town.AsTechnician("doctor", "--json", "-w", town.Shell.PathOf("nowhere.polectl"));

        Assert.Equal((1, 1), (locked.ExitCode, absent.ExitCode));
        Assert.Contains("FEHLER", locked.Output, StringComparison.Ordinal);
        Assert.Contains("nicht erreichbar", locked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", locked.Output, StringComparison.Ordinal);
        Assert.Contains("Wege zu den Schlüsseln", locked.Output.Split('\n').Single(line => line.StartsWith("FEHLER", StringComparison.Ordinal) && line.Contains("Schlüssel", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("failed", Findings(absent)["workspace"].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Given_a_server_that_answers_then_it_is_reachable_and_a_clock_that_differs_from_its_is_told()
    {
        using Town town = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task serving = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            _ = await stream.ReadAsync(request, TestContext.Current.CancellationToken);
            await stream.WriteAsync("HTTP/1.1 401 Unauthorized\r\nDate: Mon, 05 Jan 2026 10:00:00 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        ShellResult result = town.AsTechnician("doctor", "--reach", $"http://127.0.0.1:{port}/", "--json");
        await serving;

        Dictionary<string, JsonElement> findings = Findings(result);
        Assert.Equal("ok", findings["server"].GetProperty("state").GetString());
        Assert.Equal(("failed", "problem.doctor.clockOff"), (findings["clock"].GetProperty("state").GetString(), findings["clock"].GetProperty("problem").GetString()));
    }

    private static Dictionary<string, JsonElement> Findings(ShellResult result) =>
        result.Result.GetProperty("findings").EnumerateArray().GroupBy(finding => finding.GetProperty("name").GetString()!).ToDictionary(group => group.Key, group => group.First());

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
