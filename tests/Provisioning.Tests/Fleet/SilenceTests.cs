// Silence as an alarm, on either kind of store: raised by looking, ended by being heard, told once, and a whole circuit in one message.
using System.Text;
using System.Text.Json;
using Provisioning.Alarms;
using Provisioning.FleetState;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Reports;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class SqliteSilenceTests : SilenceTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresSilenceTests(PostgresServer server) : SilenceTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class SilenceTests : AnyStore
{
    private const int MinuteMs = 60_000;

    // The poles of these tests report every ten minutes.
    private const int SilentAfterMs = 30 * MinuteMs;

    private readonly SteppedTime _time = new();

    [Fact]
    public void Given_a_pole_that_was_heard_and_is_not_any_more_then_the_alarm_begins_when_status_says_silent_and_ends_when_it_is_heard()
    {
        using Workspace workspace = NewFleet(3);
        Hear(workspace, NightMs, 1, 2);
        Hear(workspace, NightMs + (25 * MinuteMs), 2);

        At(workspace, NightMs + SilentAfterMs - 1);
        Assert.Empty(AlarmList.OpenAt(workspace, NightMs + SilentAfterMs - 1));
        Assert.Equal("", Silent(workspace, NightMs + SilentAfterMs - 1));

        Assert.Equal("P-1", Silent(workspace, NightMs + SilentAfterMs));
        Assert.Equal(0, Assert.Single(AlarmList.OpenAt(workspace, NightMs + SilentAfterMs)).Alarm.Number);
        At(workspace, NightMs + SilentAfterMs);
        At(workspace, NightMs + SilentAfterMs + MinuteMs);
        AlarmEpisode open = Assert.Single(AlarmList.OpenAt(workspace, NightMs + SilentAfterMs + MinuteMs)).Alarm;
        Assert.Equal((1, "P-1", AlarmKinds.Silent, NightMs + SilentAfterMs), (open.Number, open.PoleId, open.Kind, open.BeganUtcMs));
        workspace.Write(Permission.Service, false, writer => AlarmList.Acknowledge(writer, 1, "crew on the way"));

        Hear(workspace, NightMs + (40 * MinuteMs), 1);
        Assert.Empty(AlarmList.Open(workspace));
        Assert.Equal(NightMs + (40 * MinuteMs), Assert.Single(AlarmList.Within(workspace, NightMs, NightMs + (60 * MinuteMs))).Alarm.EndedUtcMs);
        Assert.Equal("", Silent(workspace, NightMs + (41 * MinuteMs)));
        FleetReport report = FleetReport.Make(workspace, new ReportRequest { FromUtcMs = NightMs, ToUtcMs = NightMs + (60 * MinuteMs) });
        Assert.Equal(("silent", 1), Assert.Single(report.AlarmKinds));
        Assert.Equal(100, report.Whole.LightAvailabilityPercent);
    }

    [Fact]
    public void Given_the_alarm_of_silence_is_open_then_the_status_has_no_other_finding_for_it()
    {
        using Workspace workspace = NewFleet(1);
        Hear(workspace, NightMs, 1);
        At(workspace, NightMs + SilentAfterMs);

        Assert.Equal(PoleFindings.Silent, FleetStatus.Read(workspace, new PoleFilter(), NightMs + SilentAfterMs)[0].Findings);
    }

    [Fact]
    public void Given_uplinks_that_come_late_then_the_silence_begins_after_the_last_of_them_or_never_was()
    {
        using Workspace workspace = NewFleet(2);
        Hear(workspace, NightMs, 1, 2);
        At(workspace, NightMs + (3 * SilentAfterMs));

        // The one was heard later, and is silent all the same; with the other's uplink, of this moment, it was not.
        Hear(workspace, NightMs + (20 * MinuteMs), 1);
        Hear(workspace, NightMs + (29 * MinuteMs), 2);
        Hear(workspace, NightMs + (2 * SilentAfterMs), 2);

        List<AlarmEpisode> all = [.. AlarmList.Within(workspace, NightMs, long.MaxValue).Select(seen => seen.Alarm).OrderBy(alarm => alarm.PoleId, StringComparer.Ordinal)];
        Assert.Equal((NightMs + (50 * MinuteMs), (long?)null), (all[0].BeganUtcMs, all[0].EndedUtcMs));
        Assert.Equal((NightMs + (59 * MinuteMs), NightMs + (60 * MinuteMs)), (all[1].BeganUtcMs, all[1].EndedUtcMs));
    }

    [Fact]
    public void Given_an_uplink_of_a_moment_ago_that_comes_late_then_the_pole_never_was_silent()
    {
        using Workspace workspace = NewFleet(1);
        Hear(workspace, NightMs, 1);
        At(workspace, NightMs + SilentAfterMs);

        using Workspace later = Workspace.Open(workspace.Address, Anna, _time);
        Hear(later, NightMs + (20 * MinuteMs), 1);

        Assert.Empty(AlarmList.OpenAt(workspace, NightMs + SilentAfterMs));
        AlarmEpisode ended = Assert.Single(AlarmList.Within(workspace, NightMs, long.MaxValue)).Alarm;
        Assert.Equal(ended.BeganUtcMs, ended.EndedUtcMs);
    }

    [Fact]
    public void Given_a_controller_that_leaves_its_pole_then_nobody_waits_for_it()
    {
        using Workspace workspace = NewFleet(1);
        Hear(workspace, NightMs, 1);
        At(workspace, NightMs + SilentAfterMs);
        workspace.Write(Permission.Plan, false, writer => Controllers.ControllerInventory.Unmount(writer, DevEui(1), false));

        Assert.Empty(AlarmList.OpenAt(workspace, NightMs + SilentAfterMs));
        At(workspace, NightMs + (2 * SilentAfterMs));
        Assert.Empty(AlarmList.Open(workspace));
    }

    [Fact]
    public void Given_a_whole_circuit_that_falls_silent_then_a_recipient_gets_one_message_with_how_many_and_which_and_one_when_it_is_back()
    {
        using Workspace workspace = NewFleet(40);

        // Controllers are given out to poles in the order of their identifiers.
        string[] poles = [.. Enumerable.Range(1, 40).Select(number => $"P-{number}").Order(StringComparer.Ordinal)];
        workspace.Write(Permission.Plan, false, writer =>
        {
            for (int pole = 1; pole <= 30; pole++)
            {
                PoleInventory.Set(writer, poles[pole - 1], [(PoleField.Find("circuit")!, pole <= 20 ? "C-1" : "C-2")], null);
            }

            return true;
        });
        string folder = Mail(workspace);
        int[] gone = [.. Enumerable.Range(1, 20), 21];

        // They report one after the other within ten minutes; somebody sends every minute.
        foreach (int pole in gone)
        {
            Hear(workspace, NightMs + (pole % 10 * MinuteMs), pole);
        }

        Hear(workspace, NightMs + (2 * SilentAfterMs), 40);
        int messages = SendEveryMinute(workspace, NightMs, NightMs + (2 * SilentAfterMs));
        Assert.Equal(1, messages);
        (string text, JsonElement json) = Read(Directory.GetFiles(folder).Single());
        Assert.StartsWith("21 of 40 poles: silent, the first since 2026-01-15 22:30 UTC", text, StringComparison.Ordinal);
        Assert.Contains("Circuit C-1: 20 of 20 poles (all)", text, StringComparison.Ordinal);
        Assert.Contains($"Circuit C-2: 1 of 10 poles ({poles[20]})", text, StringComparison.Ordinal);
        Assert.DoesNotContain("No pole at all", text, StringComparison.Ordinal);
        Assert.Equal(("silent", 21, 40, false), (json.GetProperty("alarm").GetString(), json.GetProperty("poles").GetInt32(), json.GetProperty("ofPoles").GetInt32(), json.GetProperty("isNoPoleHeard").GetBoolean()));
        Assert.Equal(gone.Select(pole => poles[pole - 1]).Order(), json.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("pole").GetString()!).Order());

        foreach (int pole in gone)
        {
            Hear(workspace, NightMs + (2 * SilentAfterMs) + (pole % 10 * MinuteMs), pole);
        }

        Hear(workspace, NightMs + (3 * SilentAfterMs), [.. gone, 40]);
        Assert.Equal(1, SendEveryMinute(workspace, NightMs + (2 * SilentAfterMs), NightMs + (3 * SilentAfterMs)));
        Assert.StartsWith("21 of 40 poles: silent has ended", Read(Directory.GetFiles(folder).Single(file => file.Contains("ended", StringComparison.Ordinal))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_pole_is_heard_any_more_then_the_message_says_where_to_look_first()
    {
        using Workspace workspace = NewFleet(10);
        string folder = Mail(workspace);
        Hear(workspace, NightMs, [.. Enumerable.Range(1, 10)]);

        Assert.Equal(1, SendEveryMinute(workspace, NightMs, NightMs + (2 * SilentAfterMs)));

        (string text, JsonElement json) = Read(Directory.GetFiles(folder).Single());
        Assert.Contains("No pole at all is heard", text, StringComparison.Ordinal);
        Assert.True(json.GetProperty("isNoPoleHeard").GetBoolean());
        Assert.Contains("Without a circuit: 10 of 10 poles (all)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_message_about_many_that_could_not_be_told_then_it_comes_again_as_it_was_with_the_same_key()
    {
        using Workspace workspace = NewFleet(10);
        string folder = Mail(workspace);
        Hear(workspace, NightMs, [.. Enumerable.Range(1, 8)]);
        Directory.Delete(folder);
        Assert.Equal(0, SendEveryMinute(workspace, NightMs, NightMs + SilentAfterMs + (16 * MinuteMs)));
        AlarmDelivery waiting = Assert.Single(AlarmSender.Undelivered(workspace));
        Assert.Equal((8, "alarms-1-began"), (waiting.Count, waiting.Key));
        Assert.Equal((1, 0), (RecipientList.All(workspace)[0].Waiting, RecipientList.All(workspace)[0].GivenUp));

        // Two more fall silent meanwhile.
        Hear(workspace, NightMs + (20 * MinuteMs), 9, 10);
        Directory.CreateDirectory(folder);
        Assert.Equal(3, SendEveryMinute(workspace, NightMs + SilentAfterMs + (16 * MinuteMs), NightMs + (3 * SilentAfterMs)));
        Assert.Equal(8, Read(Directory.GetFiles(folder, "alarms-1-began*").Single()).Json.GetProperty("alarms").GetArrayLength());
        Assert.Empty(AlarmSender.Undelivered(workspace));
    }

    [Fact]
    public async Task Given_two_that_send_at_once_then_each_pole_is_silent_once_and_told_once()
    {
        using Workspace workspace = NewFleet(12);
        string folder = Mail(workspace);
        Hear(workspace, NightMs, [.. Enumerable.Range(1, 12)]);
        _time.Set(NightMs + (2 * SilentAfterMs));

        int[] told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using Workspace other = Workspace.Open(workspace.Address, Anna);
            return AlarmSender.Send(other, false, _time).Told.Count;
        })));

        Assert.Equal(1, told.Sum());
        Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(12, AlarmList.Open(workspace).Count);
    }

    private static void Hear(Workspace workspace, long atUtcMs, params int[] poles) =>
        Take(workspace, [.. poles.Select(pole => ChirpStack(DevEui(pole), atUtcMs, (atUtcMs - NightMs) / 1000, 10, Status(1_000)))]);

    private static string Silent(Workspace workspace, long nowUtcMs) =>
        string.Join(",", FleetStatus.Read(workspace, new PoleFilter(), nowUtcMs).Where(pole => pole.Findings.HasFlag(PoleFindings.Silent)).Select(pole => pole.Pole.Id));

    private void At(Workspace workspace, long nowUtcMs)
    {
        _time.Set(nowUtcMs);
        AlarmSender.Send(workspace, false, _time);
    }

    private int SendEveryMinute(Workspace workspace, long fromUtcMs, long toUtcMs)
    {
        int told = 0;
        for (long at = fromUtcMs; at < toUtcMs; at += MinuteMs)
        {
            _time.Set(at);
            told += AlarmSender.Send(workspace, false, _time).Told.Count;
        }

        return told;
    }

    private string Mail(Workspace workspace)
    {
        string folder = Directory.CreateDirectory(Folder.PathOf($"outbox-{Guid.NewGuid():N}")).FullName;
        Recipient crew = new() { Name = "crew", Kind = Recipient.Mail, Target = JsonSerializer.Serialize((string[])[folder, "poles@example.org", "crew@example.org"]) };
        workspace.Write(Permission.Administer, false, writer => RecipientList.Set(writer, crew));
        return folder;
    }

    private static (string Text, JsonElement Json) Read(string mail)
    {
        string body = File.ReadAllText(mail).Split("\r\n\r\n", 2)[1];
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(body)).Split("\r\n\r\n");
        return (parts[0], JsonDocument.Parse(parts[1]).RootElement);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private DateTimeOffset _now = Night;

        public void Set(long utcMs) => _now = DateTimeOffset.FromUnixTimeMilliseconds(utcMs);

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
