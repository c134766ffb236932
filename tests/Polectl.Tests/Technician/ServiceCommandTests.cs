// polectl service at a simulated controller behind a pseudo-terminal.
using System.Diagnostics;
using System.Text.Json;

namespace Polectl.Tests.Technician;

public sealed class ServiceCommandTests
{
    [Fact]
    public void Given_a_pole_then_a_technician_identifies_it_reads_it_tests_it_and_sets_it_and_the_journal_has_it_without_a_key()
    {
        using Town town = new();
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui()), Scenario = "air: [{ poles: all }]" });

        JsonElement identity = Done(town, "service", "identify", pole.Port, "--json").Result;
        JsonElement health = Done(town, "service", "show", pole.Port, "health", "--json").Result;
        JsonElement climate = Done(town, "service", "test-sensor", pole.Port, "climate", "--json").Result;
        Done(town, "service", "test-light", pole.Port, "--level", "500", "--seconds", "3600");
        JsonElement values = Done(town, "service", "show", pole.Port, "values", "--json").Result;
        Done(town, "service", "set", pole.Port, "supervision", "luminaireFullPowerToleranceless=1", "--dry-run");
        ShellResult refused = town.AsTechnician("service", "set", pole.Port, "position", "latitudeMicrodegrees=91000000");
        JsonElement history = town.Shell.Done("controller", "history", Town.DevEui(), "--json").Result;

        Assert.Equal((Town.DevEui(), true), (identity.GetProperty("devEui").GetString(), identity.GetProperty("isProvisioned").GetBoolean()));
        Assert.Contains(health.GetProperty("records").EnumerateArray(), record => Field(record, "component") == "settings" && Field(record, "state") == "ok");
        Assert.Equal("ok", Field(climate.GetProperty("records")[0], "quality"));
        Assert.InRange(climate.GetProperty("records")[0].GetProperty("fields").GetProperty("humidityPermille").GetInt32(), 0, 1000);
        Assert.Contains(values.GetProperty("records").EnumerateArray(), record => Field(record, "value") == "lamp" && record.GetProperty("fields").GetProperty("levelPermille").GetInt32() == 500);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("outOfRange", refused.Error, StringComparison.Ordinal);
        string told = history.GetRawText();
        Assert.Contains("keys.service", told, StringComparison.Ordinal);
        Assert.Contains("light 500 3600", told, StringComparison.Ordinal);
        Assert.Contains("settings set position latitudeMicrodegrees", told, StringComparison.Ordinal);
        Assert.DoesNotContain("91000000", told, StringComparison.Ordinal);
        Assert.True(town.Shell.Done("audit", "verify", "--json").Result.GetProperty("sound").GetBoolean());
    }

    [Fact]
    public void Given_a_controller_with_other_keys_then_it_refuses_and_nothing_secret_is_said()
    {
        using Town town = new();
        using Town other = new();
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = other.FilesOf(Town.DevEui()) });

        ShellResult result = town.AsTechnician("service", "show", pole.Port, "health");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("refuses the service key", result.Error, StringComparison.Ordinal);
        string key = town.Shell.Done("identity", "show", Town.DevEui(), "--reveal-keys", "--json").Result.GetProperty("serviceKey").GetString()!;
        Assert.DoesNotContain(key, result.Error + result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Given_new_keys_that_are_not_on_the_controller_yet_then_the_old_ones_open_it()
    {
        using Town town = new();
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui()) });
        town.Shell.Done("identity", "rotate", Town.DevEui());

        Done(town, "service", "show", pole.Port, "alarms");
    }

    [Fact]
    public void Given_a_port_that_vanishes_or_is_absent_or_silent_then_it_is_said_and_it_ends()
    {
        using Town town = new();
        PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui()), Speed = 1, Scenario = "air: [{ poles: all }]" });
        string port = pole.Port;
        using Timer puller = new(_ => pole.Vanish(), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        Stopwatch time = Stopwatch.StartNew();

        // At its own pace this sensor takes longer than the cable stays in.
        ShellResult vanished = town.AsTechnician("service", "test-sensor", port, "particulates");
        ShellResult absent = town.AsTechnician("service", "identify", port);

        Assert.Equal((1, 2), (vanished.ExitCode, absent.ExitCode));
        Assert.Contains("the port is gone", vanished.Error, StringComparison.Ordinal);
        Assert.Contains("no such serial port", absent.Error, StringComparison.Ordinal);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), "it waited for a port that was gone");
    }

    [Fact]
    public void Given_a_reader_then_the_port_stays_closed()
    {
        using Town town = new();
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui()) });
        town.Shell.Done("member", "set", "rosa", "--role", "reader");

        ShellResult result = town.Shell.Run("service", "show", pole.Port, "health", "--user", "rosa");

        Assert.Equal(4, result.ExitCode);
    }

    private static ShellResult Done(Town town, params string[] arguments)
    {
        ShellResult result = town.AsTechnician(arguments);
        Assert.True(result.ExitCode == 0, $"polectl {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}");
        return result;
    }

    private static string? Field(JsonElement record, string key) => record.GetProperty("fields").TryGetProperty(key, out JsonElement value) ? value.ToString() : null;
}
