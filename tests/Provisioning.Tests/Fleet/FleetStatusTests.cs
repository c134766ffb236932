// What uplinks come to: the state of each pole, alarms from beginning to end, hours that are kept, on either kind of store.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Alarms;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using Provisioning.Alarms;
using Provisioning.Audit;
using Provisioning.FleetState;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class SqliteFleetStatusTests : FleetStatusTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresFleetStatusTests(PostgresServer server) : FleetStatusTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class FleetStatusTests : AnyStore
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;

    [Fact]
    public void Given_poles_of_each_sort_then_the_status_finds_what_is_wrong_with_each()
    {
        using Workspace workspace = NewFleet(6);
        Take(workspace,
            ChirpStack(DevEui(1), NightMs, 1, 10, Status(1_000)),
            ChirpStack(DevEui(2), NightMs, 1, 10, Status(1_000)), ChirpStack(DevEui(2), NightMs + 5_000, 2, 12, Alarm(AlarmKind.LampFailure, true)),
            ChirpStack(DevEui(3), NightMs - HourMs, 1, 10, Status(1_000)),
            ChirpStack(DevEui(4), NightMs, 1, 14, Measurement(new FillLevelEntry { State = LevelState.Red, FillPercent = 93, PingCount = 7, HoursUntilFull = 5 }, NightMs)),
            ChirpStack(DevEui(5), NightMs, 1, 12, Alarm(AlarmKind.Tilt, true, size: 73)));

        IReadOnlyList<PoleStatus> poles = FleetStatus.Read(workspace, new PoleFilter(), NightMs + (20 * MinuteMs));

        Assert.Equal(
            [PoleFindings.None, PoleFindings.Dark, PoleFindings.Silent, PoleFindings.Full, PoleFindings.Tilted, PoleFindings.NeverHeard],
            poles.Select(pole => pole.Findings));
        Assert.Equal((8, 600_000L, 93, -97), (poles[2].MissedReports, poles[2].IntervalMs, poles[3].FillPercent, poles[0].RssiDbm));
        Assert.Equal(["P-2", "P-4", "P-6"], FleetStatus.Read(workspace, new PoleFilter { Group = "even" }, NightMs).Select(pole => pole.Pole.Id));
    }

    [Fact]
    public void Given_uplinks_out_of_order_then_the_newest_counts()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, ChirpStack(DevEui(1), NightMs + MinuteMs, 2, 10, Status(1_000, levelPermille: 300)));
        Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 10, Status(900, levelPermille: 800)));

        PoleStatus pole = FleetStatus.Read(workspace, new PoleFilter(), NightMs + MinuteMs)[0];

        Assert.Equal((300, NightMs + MinuteMs, NightMs + MinuteMs), (pole.Status!.LevelPermille, pole.StatusAtUtcMs, pole.LastHeardUtcMs));
    }

    [Fact]
    public void Given_an_alarm_told_twice_and_ended_then_it_is_one_with_beginning_and_end()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 12, Alarm(AlarmKind.LampFailure, true, ageSeconds: 3)));
        Take(workspace, ChirpStack(DevEui(1), NightMs + HourMs, 2, 13, JournalAlarm(AlarmKind.LampFailure, true, NightMs - 3_000)));
        SeenAlarm open = Assert.Single(AlarmList.Open(workspace));
        Take(workspace, ChirpStack(DevEui(1), NightMs + (2 * HourMs), 3, 12, Alarm(AlarmKind.LampFailure, false)));

        Assert.Empty(AlarmList.Open(workspace));
        AlarmEpisode ended = Assert.Single(AlarmList.Within(workspace, NightMs, NightMs + (3 * HourMs))).Alarm;
        Assert.Equal((open.Alarm.Number, NightMs - 3_000, NightMs + (2 * HourMs) - 2_000, "P-1"), (ended.Number, ended.BeganUtcMs, ended.EndedUtcMs, ended.PoleId));
    }

    [Fact]
    public void Given_an_alarm_whose_frame_was_lost_then_the_status_tells_that_it_began_and_that_it_ended()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 10, Status(1_000, isLampFailure: true)));
        Assert.Equal(AlarmKind.LampFailure, Assert.Single(AlarmList.Open(workspace)).Alarm.Kind);

        // A status from before the alarm that comes late says nothing about it.
        Take(workspace, ChirpStack(DevEui(1), NightMs - MinuteMs, 0, 10, Status(1_000)));
        Assert.Single(AlarmList.Open(workspace));

        Take(workspace, ChirpStack(DevEui(1), NightMs + (10 * MinuteMs), 2, 10, Status(1_000)));
        Assert.Empty(AlarmList.Open(workspace));
    }

    [Fact]
    public void Given_an_alarm_then_who_acknowledged_it_is_in_the_journal_and_a_change_behind_its_back_shows()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 12, Alarm(AlarmKind.DoorOpen, true)));
        long number = AlarmList.Open(workspace)[0].Alarm.Number;

        workspace.Write(Permission.Service, false, writer => AlarmList.Acknowledge(writer, number, "crew on the way"));

        Assert.Equal("crew on the way", AlarmList.Open(workspace)[0].Acknowledgement!.Reason);
        Assert.Equal("alarm.acknowledge", AuditJournal.Newest(workspace, 1)[0].Action);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        Assert.Throws<ProblemException>(() => workspace.Write(Permission.Service, false, writer => AlarmList.Acknowledge(writer, 404, "x")));
        Assert.Throws<ProblemException>(() => workspace.Write(Permission.Service, false, writer => AlarmList.Acknowledge(writer, number, " ")));
        workspace.Write(Permission.Plan, false, writer => writer.Connection.Execute("UPDATE alarm_acknowledgement SET reason = 'nothing'"));
        Assert.Equal("problem.audit.row", Assert.Single(AuditVerifier.Verify(workspace).Findings).Key);
    }

    [Fact]
    public void Given_old_observations_when_retention_is_applied_then_they_go_and_the_days_keep_their_energy()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, [.. Enumerable.Range(0, 48).Select(hour => ChirpStack(DevEui(1), NightMs + (hour * HourMs), hour, 10, Status(1_000 + hour)))]);
        workspace.Write(Permission.Administer, false, writer => Retention.Set(writer, 10, 20));

        (int Uplinks, int Hours) first = workspace.Write(Permission.Intake, false, writer => Retention.Apply(writer, NightMs + (12 * 24 * HourMs)));
        (int Uplinks, int Hours) second = workspace.Write(Permission.Intake, false, writer => Retention.Apply(writer, NightMs + (40 * 24 * HourMs)));
        (int Uplinks, int Hours) third = workspace.Write(Permission.Intake, false, writer => Retention.Apply(writer, NightMs + (40 * 24 * HourMs)));

        Assert.Equal(((48, 0), (0, 48), (0, 0)), (first, second, third));
        List<(long First, long Last)> days = workspace.Read(connection => connection.Query(
            "SELECT first_energy_watt_hours, last_energy_watt_hours FROM pole_day ORDER BY day_utc", reader => (reader.GetInt64(0), reader.GetInt64(1))));
        Assert.Equal([(1_000, 1_001), (1_002, 1_025), (1_026, 1_047)], days);
        Assert.NotNull(FleetStatus.Read(workspace, new PoleFilter(), NightMs)[0].Status);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_what_was_told_in_order_and_some_of_it_twice_then_beginnings_and_ends_are_those_that_happened()
    {
        Prop.ForAll(Gen.Choose(1, 6).SelectMany(count => Gen.ArrayOf(Gen.Elements(1, 2, 3), count * 2)).ToArbitrary(), times =>
        {
            AlarmCourse course = new([]);
            for (int number = 0; number < times.Length; number++)
            {
                for (int time = 0; time < times[number]; time++)
                {
                    Tell(course, number, time * 20_000);
                }
            }

            return course.Episodes.Select(episode => (episode.BeganUtcMs, episode.EndedUtcMs)).SequenceEqual(
                Enumerable.Range(0, times.Length / 2).Select(number => (NightMs + (number * 20 * MinuteMs), (long?)(NightMs + (((number * 2) + 1) * 10 * MinuteMs)))));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_what_was_told_in_any_order_then_the_newest_decides_whether_it_is_open_and_episodes_do_not_overlap()
    {
        Prop.ForAll(Gen.Choose(1, 9).SelectMany(count => Gen.Shuffle(Enumerable.Range(0, count).Concat(Enumerable.Range(0, count / 2)).ToArray())).ToArbitrary(), order =>
        {
            AlarmCourse course = new([]);
            foreach (int number in order)
            {
                Tell(course, number, 0);
            }

            IReadOnlyList<AlarmEpisode> episodes = course.Episodes;
            bool isOpen = episodes.Any(episode => episode.EndedUtcMs is null);
            bool isApart = Enumerable.Range(1, Math.Max(0, episodes.Count - 1)).All(index => episodes[index - 1].EndedUtcMs <= episodes[index].BeganUtcMs);
            return isApart && isOpen == (order.Max() % 2 == 0) && episodes.All(episode => episode.EndedUtcMs is null || episode.BeganUtcMs <= episode.EndedUtcMs);
        }).QuickCheckThrowOnFailure();
    }

    // Begins and ends in turn, ten minutes apart.
    private static void Tell(AlarmCourse course, int number, long lateMs)
    {
        long at = NightMs + (number * 10 * MinuteMs) + lateMs;
        AlarmEpisode one = new() { DevEui = DevEui(1), Kind = AlarmKind.Tilt, BeganUtcMs = at, ChangedUtcMs = at };
        _ = number % 2 == 0 ? course.Raised(one) : course.Ended(one);
    }
}
