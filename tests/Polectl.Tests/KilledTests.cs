// The intake of uplinks killed at any moment (SIGKILL to a real process), on a file and on a database server: what was acknowledged is there, nothing is there twice, and
// what the fleet comes to is what it comes to without any kill.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PoleController.Messages;
using Provisioning.Tests;

namespace Polectl.Tests;

public sealed class SqliteKilledTests : KilledTests
{
    private protected override string NewPlace(Shell shell) => shell.PathOf($"{Guid.NewGuid():N}.polectl");
}

public sealed class PostgresKilledTests(PostgresServer server) : KilledTests, IClassFixture<PostgresServer>
{
    private protected override string NewPlace(Shell shell) => server.NewUrlOrSkip();
}

public abstract class KilledTests : IDisposable
{
    private const int Controllers = 5;
    private const int Kills = 5;
    private const long FirstUtcMs = 1_768_514_400_000;

    private readonly Shell _shell = new();

    // Another place at each run; the seed is in every message of a failure.
    private readonly int _seed = Environment.TickCount;

    private protected abstract string NewPlace(Shell shell);

    [Fact]
    public async Task Given_the_taking_of_a_file_is_killed_again_and_again_then_it_ends_as_if_it_never_had_been()
    {
        const int Uplinks = 20_000;
        Random random = new(_seed);
        string file = _shell.Write("uplinks.ndjson", string.Join('\n', Enumerable.Range(0, Uplinks).Select(Document)));
        MakeWorkspace();
        _shell.Done("uplink", "take", file);
        string undisturbed = State();

        MakeWorkspace();
        for (int kill = 1; kill <= Kills; kill++)
        {
            using Process process = Start("uplink", "take", file);

            // In the midst of it: after some batches, at any moment of the next one; the first before any batch.
            for (int batch = 1; batch < kill; batch++)
            {
                await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            }

            await Task.Delay(random.Next(kill == 1 ? 1_500 : 400), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(Keys().Count % 5_000 == 0, $"half a batch (seed {_seed})");
        }

        _shell.Done("uplink", "take", file);

        Assert.Equal(Uplinks, Keys().Count);
        Assert.Equal(undisturbed, State());
        _shell.Done("workspace", "check");
        _shell.Done("audit", "verify");
    }

    [Fact]
    public async Task Given_the_listener_is_killed_again_and_again_then_every_uplink_that_it_acknowledged_is_stored_once()
    {
        const int Uplinks = 2_000;
        Random random = new(_seed);
        MakeWorkspace();
        string token = _shell.Done("sender", "set", "chirpstack", "--reveal-token", "--json").Result.GetProperty("token").GetString()!;
        ConcurrentDictionary<int, bool> acknowledged = [];
        int port = FreePort();
        for (int run = 1; acknowledged.Count < Uplinks; run++)
        {
            Assert.True(run <= 100, $"it does not come to an end (seed {_seed})");
            using Process process = Start("uplink", "listen", "--bind", $"127.0.0.1:{port}");

            // As network servers do: what was not acknowledged is sent again.
            int[] missing = [.. Enumerable.Range(0, Uplinks).Where(number => !acknowledged.ContainsKey(number))];
            int until = run <= Kills ? acknowledged.Count + random.Next(1, Uplinks / Kills / 2) : int.MaxValue;
            Task sending = SendAsync(port, token, missing, acknowledged, process);
            while (acknowledged.Count < Math.Min(until, Uplinks) && !sending.IsCompleted)
            {
                await Task.Delay(random.Next(1, 20), TestContext.Current.CancellationToken);
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await sending;
            HashSet<(string, long)> stored = Keys();
            Assert.True(acknowledged.Keys.All(number => stored.Contains(KeyOf(number))), $"something that was acknowledged is lost (seed {_seed})");
        }

        Assert.Equal(Enumerable.Range(0, Uplinks).Select(KeyOf).Order(), Keys().Order());
        Assert.Equal(Uplinks, _shell.Done("uplink", "list", "--last", "100000", "--json").Result.GetProperty("uplinks").GetArrayLength());
        _shell.Done("workspace", "check");
        _shell.Done("audit", "verify");
    }

    public void Dispose()
    {
        _shell.Dispose();
        GC.SuppressFinalize(this);
    }

    private static (string DevEui, long Counter) KeyOf(int number) => ($"70b3d5{1 + (number % Controllers):x10}", number / Controllers);

    // A status every ten minutes from each of the controllers, as ChirpStack's HTTP integration sends it; at the end of the day one lamp fails.
    private static string Document(int number)
    {
        (string devEui, long counter) = KeyOf(number);
        byte[] payload = new byte[StatusMessage.Length];
        new StatusMessage { EnergyWattHours = 1_000 + counter, LampOnHours = 100, OccupancyIntervalSeconds = 600, PowerMilliwatts = 20_000, IsLampFailure = number > 15_000 && number % Controllers == 0 }.Encode(payload);
        string time = DateTimeOffset.FromUnixTimeMilliseconds(FirstUtcMs + (counter * 600_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $$"""{"time":"{{time}}","deviceInfo":{"devEui":"{{devEui}}"},"devAddr":"00189440","fCnt":{{counter}},"fPort":10,"data":"{{Convert.ToBase64String(payload)}}","rxInfo":[{"rssi":-97,"snr":7.2}]}""";
    }

    private static async Task SendAsync(int port, string token, int[] numbers, ConcurrentDictionary<int, bool> acknowledged, Process listener)
    {
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        while (!listener.HasExited && !await AnswersAsync(port))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        try
        {
            await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (number, cancellation) =>
            {
                using StringContent body = new(Document(number), Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync("chirpstack?event=up", body, cancellation);
                if (response.StatusCode == HttpStatusCode.NoContent)
                {
                    acknowledged[number] = true;
                }
            });
        }
        catch (HttpRequestException)
        {
            // It was killed; what it had not answered is sent again.
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void MakeWorkspace()
    {
        _shell.Variables["POLECTL_WORKSPACE"] = NewPlace(_shell);
        _shell.Variables["POLECTL_NEW_PASSPHRASE"] = _shell.Variables["POLECTL_PASSPHRASE"] = "correct horse battery staple";
        _shell.Done("workspace", "init");
        _shell.Done("pole", "import", _shell.Write("poles.csv", "id,lat,lon,watts\n" + string.Concat(Enumerable.Range(1, Controllers).Select(number => $"P-{number},49.{number},8.4,40\n"))));
        _shell.Done("unlock", "add", "anna");
        _shell.Done("identity", "make", "--for-poles", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1", "--region", "eu868");
    }

    private HashSet<(string DevEui, long Counter)> Keys()
    {
        JsonElement[] uplinks = [.. _shell.Done("uplink", "list", "--last", "100000", "--json").Result.GetProperty("uplinks").EnumerateArray()];
        HashSet<(string, long)> keys = [.. uplinks.Select(uplink => (uplink.GetProperty("devEui").GetString()!, uplink.GetProperty("frameCounter").GetInt64()))];
        Assert.True(keys.Count == uplinks.Length, $"something is stored twice (seed {_seed})");
        return keys;
    }

    // What the uplinks come to: the state of each pole, its alarms, its energy.
    private string State() => string.Join('\n', ((string[][])
    [
        ["status", "list", "--at", "2026-02-01", "--json"], ["alarms", "list", "--from", "2026-01-01", "--to", "2027-01-01", "--json"],
        ["report", "show", "--from", "2026-01-01", "--to", "2026-03-01", "--json"],
    ]).Select(command => _shell.Done(command).Result.GetRawText()));

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "polectl.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _shell.Folder,
        };
        foreach ((string name, string value) in _shell.Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
