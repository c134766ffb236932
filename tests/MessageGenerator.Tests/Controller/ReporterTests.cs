// What an operator hears from a pole, and when: status messages, answers, alarms, through the real end device.
using PoleController.Lighting;
using PoleController.Messages;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class ReporterTests
{
    private const long IntervalMs = 600_000;
    private const int AlarmSpreadMs = 5000;
    private const int AlarmClockMs = 15 * 60_000;
    private const string HalfLight = """{ "sequence": 5, "levelPermille": 500, "fadeMs": 0, "durationMinutes": 60 }""";

    [Fact]
    public void The_first_status_comes_within_a_minute_after_joining_and_then_one_each_interval_at_the_same_moment()
    {
        PoleBench bench = new PoleBench().Start().Run(3 * 3_600_000);
        long[] sentMs = [.. bench.Statuses.Select(status => status.SentMs)];
        Assert.InRange(sentMs[0] - bench.Operator.JoinedMs!.Value, 0, 65_000);
        Assert.InRange(sentMs.Length, 18, 20);
        Assert.All(sentMs.Skip(2).Zip(sentMs.Skip(1)), pair => Assert.InRange(pair.First - pair.Second, IntervalMs - 5000, IntervalMs + 5000));
        Assert.Equal(0, bench.Pole.Reporter.SkippedStatusCount);
    }

    [Fact]
    public void Every_pole_has_its_own_moment()
    {
        long[] moments = [.. Enumerable.Range(1, 20).Select(seed => new PoleBench(seed).Start().Run(1_800_000).Statuses[^1].SentMs % IntervalMs / 30_000)];
        Assert.InRange(moments.Distinct().Count(), 8, 20);
    }

    // Without this a whole district with kept sessions would speak in the minute after the power is back.
    [Fact]
    public void After_a_power_cut_the_first_status_is_spread_over_the_interval()
    {
        long[] delays = [.. Enumerable.Range(1, 20).Select(seed =>
        {
            PoleBench bench = new PoleBench(seed).Start().Run(300_000);
            int before = bench.Statuses.Count;
            long restartMs = bench.NowMs;
            bench.Start(isPowerReturn: true).RunUntil(() => bench.Statuses.Count > before);
            return bench.Statuses[^1].SentMs - restartMs;
        })];
        Assert.True(delays.Max() > 300_000, $"latest {delays.Max()} ms");
        Assert.All(delays, delay => Assert.InRange(delay, 0, IntervalMs + 180_000));
    }

    [Fact]
    public void A_status_says_how_the_pole_is()
    {
        PoleBench bench = new();
        bench.Meter.PowerMilliwatts = 40_040;
        bench.Start().Run(2 * 3_600_000);
        Heard status = bench.Statuses[^1];
        Assert.Equal(1000, status.Get<long>("levelPermille"));
        Assert.Equal("ok", status.Get<string>("radioHealth"));
        Assert.Equal("degraded", status.Get<string>("settingsHealth"));
        Assert.Equal("within1Second", status.Get<string>("clockAccuracy"));
        Assert.False(status.Get<bool>("hasPosition"));
        Assert.Equal(40_000, status.Get<long>("powerMilliwatts"));
        Assert.Equal(1, status.Get<long>("uptimeHours"));
        Assert.Equal(1, status.Get<long>("lampOnHours"));
        Assert.Equal(-87, status.Get<long>("downlinkRssiDbm"));
    }

    [Fact]
    public void Arrivals_are_told_once_by_messages_that_tell_of_all_the_time()
    {
        PoleBench bench = new PoleBench().Start();
        int passed = 0;
        while (bench.NowMs < 2 * 3_600_000)
        {
            bench.Pass();
            passed++;
            bench.Run(170_000);
        }

        int told = bench.Statuses.Count;
        bench.RunUntil(() => bench.Statuses.Count > told);
        Assert.Equal(passed, bench.Statuses.Sum(status => status.Get<long>("occupancyCount")) + bench.Pole.Occupancy.Count);
        Assert.InRange(bench.Pole.Occupancy.Count, 0, bench.Pole.Settings.Traffic.SmallestCount - 1);
        long countedMs = bench.Statuses.Sum(status => status.Get<long>("occupancyIntervalSeconds")) * 1000;
        Assert.InRange(countedMs, bench.Statuses[^1].SentMs - 120_000, bench.Statuses[^1].SentMs + 120_000);
    }

    [Fact]
    public void A_command_is_obeyed_when_it_arrives_and_answered_within_a_second_or_little_more()
    {
        PoleBench bench = new PoleBench().Start().Run(300_000);
        bench.Operator.SendCommand("setLevel", HalfLight);
        bench.RunUntil(() => bench.Dimmer.LevelPermille == 500);
        long obeyedMs = bench.NowMs;
        bench.RunUntil(() => bench.Answers.Count == 1);
        Heard answer = bench.Answers[0];
        Assert.InRange(answer.SentMs - obeyedMs, Reporter.AnswerDelayMinimumMs, Reporter.AnswerDelayMaximumMs);
        Assert.Equal((1, 5, "ok"), (answer.Get<long>("commandId"), answer.Get<long>("sequence"), answer.Get<string>("error")));
        Assert.False(answer.IsConfirmed);
        Assert.Equal(LevelCause.Override, bench.Pole.Lighting.Cause);
    }

    [Fact]
    public void A_bad_command_is_answered_and_a_foreign_port_is_counted()
    {
        PoleBench bench = new PoleBench().Start().Run(300_000);
        bench.Operator.Send(11, [1, 9, 101, 0, 0, 0, 1]);
        bench.Run(20_000);
        bench.Operator.Send(77, [1, 2, 3]);
        bench.Run(20_000);
        Heard answer = Assert.Single(bench.Answers);
        Assert.Equal(("outOfRange", 0), (answer.Get<string>("error"), answer.Get<long>("field")));
        Assert.Equal(1, bench.Pole.Reporter.ForeignDownlinkCount);
        Assert.Equal(1000, bench.Dimmer.LevelPermille);
    }

    [Fact]
    public void A_program_sent_by_radio_is_kept_and_the_next_status_shows_its_hash()
    {
        PoleBench bench = new PoleBench().Start().Run(300_000);
        bench.Operator.SendCommand("setProgram", """{ "sequence": 6, "programIndex": 2, "fadeSeconds": 9, "points": [] }""");
        bench.RunUntil(() => bench.Answers.Count == 1);
        int told = bench.Statuses.Count;
        bench.RunUntil(() => bench.Statuses.Count > told);
        Assert.Equal(1, bench.Statuses[^1].Get<long>("settingsRevision"));
        Assert.Equal(bench.Answers[0].Get<long>("settingsHash"), bench.Statuses[^1].Get<long>("settingsHash"));
        Assert.NotEqual(bench.Statuses[0].Get<long>("settingsHash"), bench.Statuses[^1].Get<long>("settingsHash"));
    }

    [Fact]
    public void A_lamp_failure_is_told_at_once_confirmed_and_taken_back_when_it_ends()
    {
        PoleBench bench = new();
        Provision(bench, fullPowerMilliwatts: 40_000);
        bench.Meter.PowerMilliwatts = 40_000;
        bench.Start().Run(300_000);
        Assert.DoesNotContain(bench.Alarms, alarm => alarm.Get<string>("kind") == "lampFailure");
        bench.Meter.PowerMilliwatts = 300;
        bench.RunUntil(() => bench.Pole.Luminaire.IsLampFailure);
        long failedMs = bench.NowMs;
        bench.RunUntil(() => LampFailures(bench).Count == 1);
        Heard alarm = LampFailures(bench)[0];
        Assert.InRange(alarm.SentMs - failedMs, 0, AlarmSpreadMs);
        Assert.True(alarm.IsConfirmed);
        Assert.Equal((true, 1, 1000, 300), (alarm.Get<bool>("isRaised"), alarm.Get<long>("changeCount"), alarm.Get<long>("levelPermille"), alarm.Get<long>("powerMilliwatts")));
        Assert.InRange(alarm.Get<long>("ageSeconds"), 0, 5);

        bench.Meter.PowerMilliwatts = 40_000;
        bench.RunUntil(() => LampFailures(bench).Count == 2);
        Assert.False(LampFailures(bench)[1].Get<bool>("isRaised"));
        Assert.True(LampFailures(bench)[1].SentMs - alarm.SentMs >= 60_000);
    }

    [Fact]
    public void A_silent_meter_is_an_alarm_with_its_reason()
    {
        PoleBench bench = new PoleBench().Start().Run(300_000);
        bench.Meter.IsSilent = true;
        bench.RunUntil(() => bench.Alarms.Any(alarm => alarm.Get<string>("kind") == "meterFault"));
        Heard alarm = bench.Alarms[^1];
        Assert.Equal(("noAnswer", true), (alarm.Get<string>("reason"), alarm.Get<bool>("isRaised")));
        Assert.Null(alarm.Values["powerMilliwatts"]);
    }

    [Fact]
    public void What_changes_back_and_forth_before_it_may_be_told_is_told_once_with_the_number_of_changes()
    {
        PoleBench bench = new PoleBench().Start();
        Assert.Empty(bench.Alarms);
        bench.Run(300_000);
        Assert.All(bench.Alarms, alarm => Assert.Equal(1, alarm.Get<long>("changeCount")));

        // A dimmer that fails and recovers faster than once a minute.
        int before = bench.Alarms.Count;
        for (int i = 0; i < 20; i++)
        {
            bench.Dimmer.Refuses = i % 2 == 0;
            bench.Operator.SendCommand("setLevel", HalfLight.Replace("500", i % 4 < 2 ? "300" : "700", StringComparison.Ordinal));
            bench.Run(15_000);
        }

        List<Heard> faults = [.. bench.Alarms.Skip(before).Where(alarm => alarm.Get<string>("kind") == "lightingFault")];
        Assert.InRange(faults.Count, 2, 6);
        Assert.Contains(faults, alarm => alarm.Get<long>("changeCount") > 1);
        Assert.All(faults.Skip(1).Zip(faults), pair => Assert.True(pair.First.SentMs - pair.Second.SentMs >= 60_000));
    }

    [Fact]
    public void An_unknown_clock_is_an_alarm_after_a_quarter_of_an_hour_and_ends_with_setClock()
    {
        PoleBench bench = new();
        bench.Operator.AnswersTime = false;
        bench.Start().RunUntil(() => ClockAlarms(bench).Count == 1);
        Assert.InRange(ClockAlarms(bench)[0].SentMs - bench.Operator.JoinedMs!.Value, AlarmClockMs, AlarmClockMs + 10_000);
        bench.Run(120_000);
        bench.Operator.SendCommand("setClock", """{ "sequence": 1, "utcSeconds": 1782079200 }""");
        bench.RunUntil(() => ClockAlarms(bench).Count == 2);
        Assert.False(ClockAlarms(bench)[1].Get<bool>("isRaised"));
        Assert.Equal("ok", Assert.Single(bench.Answers).Get<string>("error"));
    }

    // At DR0 a status takes 1.8 s of a sub-band with 1 %, so with an interval of a minute most cannot be sent.
    [Fact]
    public void Where_the_duty_cycle_is_too_tight_the_oldest_status_is_left_out_and_never_two_wait()
    {
        PoleBench bench = new();
        Provision(bench, statusIntervalSeconds: 60);
        bench.Operator.JoinsToIgnore = 5;
        bench.Start().RunUntil(() => bench.Statuses.Count > 0);
        int first = bench.Statuses.Count;
        int skippedBefore = bench.Pole.Reporter.SkippedStatusCount;
        bench.Run(3_600_000);
        int sent = bench.Statuses.Count - first;
        int skipped = bench.Pole.Reporter.SkippedStatusCount - skippedBefore;
        Assert.InRange(sent, 10, 45);
        Assert.InRange(sent + skipped, 57, 62);
    }

    [Fact]
    public void Answers_that_cannot_be_sent_in_time_give_way_to_newer_ones_and_alarms_go_first()
    {
        PoleBench bench = new();
        Provision(bench, fullPowerMilliwatts: 40_000);
        bench.Operator.JoinsToIgnore = 5;
        bench.Meter.PowerMilliwatts = 40_000;
        bench.Start().RunUntil(() => bench.Statuses.Count > 0 && bench.Pole.Device.IsIdle).Run(200_000);
        int before = bench.Operator.Uplinks.Count;
        bench.Meter.PowerMilliwatts = 300;
        for (int sequence = 1; sequence <= 8; sequence++)
        {
            bench.Operator.SendCommand("resumeProgram", $$"""{ "sequence": {{sequence}} }""");
            bench.Run(6_000);
        }

        bench.RunUntil(() => LampFailures(bench).Count == 1).Run(1_800_000);
        Assert.Equal(8, bench.Pole.Commands.AcceptedCount);
        Assert.Equal(8 - bench.Pole.Reporter.LostAnswerCount, bench.Answers.Count);
        Assert.True(bench.Pole.Reporter.LostAnswerCount > 0);
        Assert.Equal(8, bench.Answers[^1].Get<long>("sequence"));
        int alarm = bench.Operator.Uplinks.FindIndex(before, uplink => uplink.FPort == MessagePort.Alarm);
        int lastAnswer = bench.Operator.Uplinks.FindLastIndex(uplink => uplink.FPort == MessagePort.Command);
        Assert.InRange(alarm, before, lastAnswer - 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Status_messages_are_confirmed_where_the_settings_say_so(bool isConfirmed)
    {
        PoleBench bench = new();
        Provision(bench, isStatusConfirmed: isConfirmed);
        bench.Start().Run(1_800_000);
        Assert.NotEmpty(bench.Statuses);
        Assert.All(bench.Statuses, status => Assert.Equal(isConfirmed, status.IsConfirmed));
    }

    private static List<Heard> LampFailures(PoleBench bench) => [.. bench.Alarms.Where(alarm => alarm.Get<string>("kind") == "lampFailure")];

    private static List<Heard> ClockAlarms(PoleBench bench) => [.. bench.Alarms.Where(alarm => alarm.Get<string>("kind") == "clockUnknown")];

    private static void Provision(PoleBench bench, int fullPowerMilliwatts = 0, int statusIntervalSeconds = 600, bool isStatusConfirmed = false)
    {
        PoleController.Settings.ControllerSettings settings = new()
        {
            Revision = 1,
            LuminaireFullPowerMilliwatts = fullPowerMilliwatts,
            StatusIntervalSeconds = statusIntervalSeconds,
            IsStatusConfirmed = isStatusConfirmed,
        };
        PoleController.Settings.SettingsStore store = new(bench.Store);
        store.Load(new PoleController.Settings.ControllerSettings());
        Assert.True(store.TrySave(settings));
    }
}
