// What happened while nobody heard the pole reaches the operator later, with its time: through the whole controller, end device and store.
using System.Text.Json.Nodes;
using PoleController.Journal;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class StoreAndForwardTests
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 60 * MinuteMs;

    [Fact]
    public void Given_hours_without_a_network_When_it_is_back_Then_every_count_has_arrived_once_with_the_end_of_its_interval()
    {
        PoleBench bench = Joined();
        int passed = PassEvery(bench, 7 * MinuteMs, 3 * HourMs);
        bench.Operator.IsDown = true;
        passed += PassEvery(bench, 7 * MinuteMs, 6 * HourMs);
        Assert.True(bench.Pole.Reporter.IsLinkDown);
        Assert.Empty(bench.Journals);
        bench.Operator.IsDown = false;
        long backMs = bench.NowMs;
        passed += PassEvery(bench, 7 * MinuteMs, 3 * HourMs);
        Assert.False(bench.Pole.Reporter.IsLinkDown);
        Assert.False(bench.Pole.Journal.IsAnyWaiting);

        List<Late> late = LateIntervals(bench);
        List<Late> missing = [.. late.Where(interval => !bench.Statuses.Any(status => IsSame(status, interval)))];
        Assert.InRange(missing.Count, 35, 37);
        Assert.Equal(passed, bench.Statuses.Sum(Count) + missing.Sum(interval => interval.Get<long>("occupancyCount")) + bench.Pole.Occupancy.Count);
        Assert.All(late.Zip(late.Skip(1)), pair => Assert.InRange((pair.Second.HappenedMs - pair.First.HappenedMs) / 1000, 590, 610));
        Assert.All(late, interval => Assert.Equal(600, interval.Get<long>("occupancyIntervalSeconds"), 10.0));
        Assert.All(missing, interval => Assert.InRange(interval.HappenedMs, backMs - (6 * HourMs) - 1000, backMs));

        // Within a status interval the pole has found out, and then it takes a quarter of the airtime.
        Assert.InRange(bench.Journals[^1].SentMs - backMs, 0, 30 * MinuteMs);
    }

    [Fact]
    public void Given_an_alarm_that_nobody_acknowledges_When_the_network_is_back_Then_it_comes_before_the_measurements_with_the_time_it_happened()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        bench.Operator.IsDown = true;
        bench.Run(2 * HourMs);
        bench.Meter.IsSilent = true;
        bench.RunUntil(() => bench.Pole.Luminaire.Health.State != PoleController.HealthState.Ok);
        long failedMs = bench.NowMs;
        bench.Run(2 * HourMs);
        Assert.Equal(1, bench.Pole.Journal.WaitingCount(JournalClass.Event));
        bench.Operator.IsDown = false;
        bench.Run(HourMs);

        Assert.Equal("event", bench.Journals[0].Get<string>("entryClass"));
        Assert.All(bench.Journals.Skip(1), message => Assert.Equal("measurement", message.Get<string>("entryClass")));
        Assert.All(bench.Journals, message => Assert.True(message.IsConfirmed));
        Late alarm = Assert.Single(LateOf(bench, "valuedAlarm"));
        Assert.Equal(("meterFault", "noAnswer", true), (alarm.Get<string>("kind"), alarm.Get<string>("reason"), alarm.Get<bool>("isRaised")));
        Assert.InRange(alarm.HappenedMs, failedMs - 1000, failedMs + 1000);
    }

    [Fact]
    public void Given_power_cuts_while_the_network_is_away_Then_what_was_written_down_before_is_sent_after()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        bench.Operator.IsDown = true;
        PassEvery(bench, 10 * MinuteMs, 5 * HourMs);
        long waiting = bench.Pole.Journal.WaitingCount(JournalClass.Measurement);
        Assert.InRange(waiting, 25, 40);
        bench.Start(isPowerReturn: true);
        Assert.Equal(waiting, bench.Pole.Journal.WaitingCount(JournalClass.Measurement));
        bench.Run(5 * HourMs);
        bench.Start(isPowerReturn: true);
        long unresolved = bench.Pole.Journal.WaitingCount(JournalClass.Measurement) - waiting;
        Assert.InRange(unresolved, 20, 32);
        bench.Operator.IsDown = false;
        bench.Run(3 * HourMs);

        // The clock was not known in the start between the two cuts, and its entries say so.
        Assert.False(bench.Pole.Journal.IsAnyWaiting);
        List<Late> late = LateIntervals(bench);
        Assert.Equal(Enumerable.Range(0, late.Count).Select(i => (long)i), late.Select(interval => interval.Sequence));
        Assert.All(late.Take((int)waiting), interval => Assert.True(interval.IsUtc));
        Assert.All(late.Skip((int)waiting).Take((int)unresolved), interval => Assert.False(interval.IsUtc));
        Assert.All(late.Skip((int)waiting).Take((int)unresolved), interval => Assert.InRange(interval.Seconds, 0, 5 * 3600));
    }

    [Fact]
    public void Given_a_pole_that_cannot_join_for_hours_Then_it_counts_by_interval_and_tells_when_it_has_joined_with_true_times()
    {
        PoleBench bench = new();
        bench.Operator.IsDown = true;
        bench.Start();
        int passed = PassEvery(bench, 7 * MinuteMs, 4 * HourMs);
        bench.Operator.IsDown = false;
        bench.RunUntil(() => bench.Operator.JoinedMs is not null);
        long joinedMs = bench.NowMs;
        bench.Run(2 * HourMs);
        List<Late> late = LateIntervals(bench);
        Assert.InRange(late.Count, 24, 36);
        Assert.All(late, interval => Assert.True(interval.IsUtc && !interval.Get<bool>("wasSent")));
        for (int i = 0; i < late.Count; i++)
        {
            Assert.InRange(late[i].HappenedMs, ((i + 1) * 10 * MinuteMs) - 2000, ((i + 1) * 10 * MinuteMs) + 2000);
            Assert.True(late[i].HappenedMs < joinedMs);
        }

        Assert.Equal(passed, late.Sum(interval => interval.Get<long>("occupancyCount")) + bench.Statuses.Sum(Count) + bench.Pole.Occupancy.Count);
    }

    [Fact]
    public void Given_alarms_before_the_first_join_Then_they_wait_in_memory_and_are_written_down_after_a_quarter_of_an_hour()
    {
        PoleBench bench = new();
        bench.Operator.IsDown = true;
        bench.Start().Run(14 * MinuteMs);
        Assert.Equal(0, bench.Pole.Journal.WaitingCount(JournalClass.Event));
        bench.Run(2 * MinuteMs);
        Assert.InRange(bench.Pole.Journal.WaitingCount(JournalClass.Event), 1, 3);
    }

    // Without a network the live alarm of the test above is in the journal; with one that is slow it must not wait for the journal.
    [Fact]
    public void Given_a_journal_that_is_being_sent_When_something_happens_Then_the_live_alarm_is_not_kept_waiting()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            PoleBench bench = Joined(seed, joinsToIgnore: 5);
            bench.Run(HourMs);
            bench.Operator.IsDown = true;
            bench.Run(12 * HourMs);
            bench.Operator.IsDown = false;
            int before = bench.Journals.Count;
            bench.RunUntil(() => bench.Journals.Count > before).Run(seed * 97_000);
            Assert.True(bench.Pole.Journal.IsAnyWaiting);
            bench.Meter.IsSilent = true;
            bench.RunUntil(() => bench.Pole.Luminaire.Health.State != PoleController.HealthState.Ok);
            long failedMs = bench.NowMs;
            bench.RunUntil(() => bench.Alarms.Any(alarm => alarm.Get<string>("kind") == "meterFault"));

            // At DR0 the sub-band may still be paying for the status or the message before; the journal's own wait is not added.
            Assert.InRange(bench.Alarms[^1].SentMs - failedMs, 0, 2 * MinuteMs);
        }
    }

    [Fact]
    public void Given_a_long_backlog_Then_it_takes_a_quarter_of_a_percent_of_the_time_and_status_messages_keep_their_moments()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        bench.Pole.Device.IsAdaptiveDataRate = false;
        bench.Operator.IsDown = true;
        bench.Run(40 * HourMs);
        bench.Operator.IsDown = false;
        int statusesBefore = bench.Statuses.Count;
        bench.RunUntil(() => bench.Journals.Count > 0);
        long fromMs = bench.NowMs;
        bench.RunUntil(() => !bench.Pole.Journal.IsAnyWaiting);
        double airTimeMs = bench.Journals.Sum(message => message.AirTimeMs);
        Assert.InRange(bench.Journals.Count, 10, 20);
        Assert.InRange(airTimeMs / (bench.Journals[^1].SentMs - fromMs + (400 * bench.Journals[^1].AirTimeMs)), 0.0015, 0.0026);
        long[] moments = [.. bench.Statuses.Skip(statusesBefore).Select(status => status.SentMs % (10 * MinuteMs))];
        Assert.All(moments, moment => Assert.InRange(moment, moments[0] - 10_000, moments[0] + 10_000));
    }

    [Fact]
    public void Given_more_than_the_journal_holds_Then_the_count_of_what_is_lost_is_exactly_what_is_missing()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        bench.Operator.IsDown = true;
        bench.Run(72 * HourMs);
        bench.Operator.IsDown = false;

        // By now the pole sends at DR0, as it was not heard: three entries a message, one in a quarter of an hour.
        Assert.Equal(0, bench.Pole.Device.DataRate);
        bench.Run(30 * HourMs);
        Assert.False(bench.Pole.Journal.IsAnyWaiting);
        List<Late> late = LateIntervals(bench);
        Assert.InRange(late.Count, 240, 270);
        Assert.Equal(late[0].Sequence, bench.Journals[^1].Get<long>("lostCount"));
        Assert.Equal(Enumerable.Range(0, late.Count).Select(i => late[0].Sequence + i), late.Select(interval => interval.Sequence));
        Assert.InRange(late[0].Sequence, 150, 200);
    }

    [Fact]
    public void Given_a_network_that_hears_Then_nothing_is_written_down_and_one_status_in_twelve_asks_for_an_answer()
    {
        PoleBench bench = Joined();
        int writesBefore = bench.Store.Records.Keys.Count(name => name.StartsWith("journal", StringComparison.Ordinal));
        int downlinksBefore = bench.Pole.Device.DownlinkCount;
        bench.Run(24 * HourMs);
        Assert.Equal(0, writesBefore + bench.Store.Records.Keys.Count(name => name.StartsWith("journal", StringComparison.Ordinal)));
        Assert.Empty(bench.Journals);

        // Twelve, and the answers to the daily time request.
        Assert.InRange(bench.Pole.Device.DownlinkCount - downlinksBefore, 11, 14);
    }

    [Fact]
    public void Given_confirmed_status_messages_When_one_is_given_up_Then_its_interval_is_written_down()
    {
        PoleBench bench = new();
        Provision(bench, new ControllerSettings { Revision = 1, IsStatusConfirmed = true });
        bench.Start().RunUntil(() => bench.Statuses.Count >= 3);
        bench.Operator.IsDown = true;
        bench.Run(25 * MinuteMs);
        Assert.InRange(bench.Pole.Journal.WaitingCount(JournalClass.Measurement), 2, 3);
        bench.Operator.IsDown = false;
        bench.Run(HourMs);
        Assert.InRange(LateIntervals(bench).Count, 2, 3);
    }

    [Fact]
    public void Given_acknowledgements_that_get_lost_Then_entries_come_twice_with_the_same_number_and_time()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        bench.Operator.IsDown = true;
        bench.Run(4 * HourMs);
        bench.Operator.IsDown = false;
        bench.Operator.Acknowledges = false;
        bench.Run(HourMs);
        Assert.True(bench.Pole.Journal.IsAnyWaiting);
        bench.Operator.Acknowledges = true;
        bench.Run(HourMs);
        Assert.False(bench.Pole.Journal.IsAnyWaiting);
        List<Late> late = LateOf(bench, "interval");
        Assert.Contains(late.GroupBy(interval => interval.Sequence), group => group.Count() > 1);
        Assert.All(late.GroupBy(interval => interval.Sequence), group => Assert.Single(group.Select(interval => (interval.Seconds, interval.Values.ToJsonString())).Distinct()));
    }

    private sealed record Late(long Sequence, long Seconds, bool IsUtc, JsonObject Values)
    {
        public long HappenedMs => (Seconds - OperatorNetwork.Epoch.ToUnixTimeSeconds()) * 1000;

        public T Get<T>(string field) => Values[field]!.GetValue<T>();
    }

    private static PoleBench Joined(int seed = 1, int joinsToIgnore = 0)
    {
        PoleBench bench = new(seed);
        bench.Operator.JoinsToIgnore = joinsToIgnore;

        // What is told here is about intervals; measurements have tests of their own. Traffic has to be on for arrivals to be counted.
        ControllerSettings settings = new();
        Array.Clear(settings.Measurements.IntervalSeconds);
        settings.Measurements.IntervalSeconds[MeasurementKind.Traffic - MeasurementSettings.FirstKind] = 3600;
        Provision(bench, settings);
        return bench.Start().RunUntil(() => bench.Statuses.Count > 0).Run(MinuteMs);
    }

    private static int PassEvery(PoleBench bench, long gapMs, long durationMs)
    {
        long untilMs = bench.NowMs + durationMs;
        int passed = 0;
        while (bench.NowMs < untilMs)
        {
            bench.Pass();
            passed++;
            bench.Run(Math.Min(gapMs, untilMs - bench.NowMs));
        }

        return passed;
    }

    private static List<Late> LateOf(PoleBench bench, string kind) =>
    [
        .. from message in bench.Journals
           from item in ((JsonArray)message.Values["entries"]!).Select((entry, i) => (Entry: (JsonObject)entry!, Index: i))
           where item.Entry["entry"]!.GetValue<string>() == kind
           select new Late(
               message.Get<long>("firstSequence") + item.Index,
               message.Get<long>("firstSeconds") + item.Entry["afterSeconds"]!.GetValue<long>(),
               message.Get<string>("clockAccuracy") != "unknown",
               item.Entry),
    ];

    private static List<Late> LateIntervals(PoleBench bench) => [.. LateOf(bench, "interval").DistinctBy(interval => interval.Sequence)];

    private static long Count(Heard status) => status.Get<long>("occupancyCount");

    // What the schema says: a status at this time told the same.
    private static bool IsSame(Heard status, Late interval) => interval.Get<bool>("wasSent") && Math.Abs(status.SentMs - interval.HappenedMs) < 5 * MinuteMs;

    private static void Provision(PoleBench bench, ControllerSettings settings)
    {
        SettingsStore store = new(bench.Store);
        store.Load(new ControllerSettings());
        Assert.True(store.TrySave(settings));
    }
}
