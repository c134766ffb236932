// Streets that nobody hears for hours: what happened then is known afterwards, as it really was.
using PoleController.Alarms;
using PoleController.Journal;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class StoreAndForwardTests
{
    private static readonly CheckPlan Checks = new()
    {
        CountsComplete = new CountsCompleteCheck { MinimumPercent = 99 },
        AlarmsRaised = new AlarmsRaisedCheck { WithinMs = 6 * 3_600_000 },
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
    };

    [Fact]
    public void Given_hours_without_a_gateway_When_it_is_back_Then_the_counts_of_every_pole_are_what_passed_there()
    {
        using StreetRun run = Street.From("2026-12-10T17:00", 10).Poles(8).Constant(300, 1000).Travellers(150).GatewayModelOutage(90, 300).Checks(Checks).Build();
        run.RunTo(389);
        Assert.Equal(0, run.Operator.Journal.MessageCount);
        long[] toldBefore = [.. run.Operator.Poles.Select(pole => pole.Intervals.ArrivalCount)];
        run.RunTo(430);
        Assert.All(run.Operator.Poles, pole => Assert.InRange(pole.LateIntervalCount, 29, 31));

        // With 150 a day few people come within a pulse of the sensor's, so the world's arrivals are nearly the controller's.
        run.Finish();
        for (int pole = 0; pole < 8; pole++)
        {
            long passed = run.Pole(pole).Parts.Pir!.ArrivalCount;
            long told = run.Operator.Poles[pole].Intervals.ArrivalCount + run.Controller(pole).Occupancy.Count;
            Assert.Equal(run.Controller(pole).Occupancy.ArrivalCount, told);
            Assert.InRange(told, passed * 0.9, passed);
            Assert.True(told > toldBefore[pole]);
        }

        run.AssertHolds("countsComplete");
        Assert.Equal(0, run.Finish().Journal.Lost);
        Assert.InRange(run.Finish().Journal.LongestDelaySeconds!.Value, 4.5 * 3600, 6 * 3600);
    }

    [Fact]
    public void Given_faults_while_nobody_hears_When_the_gateway_is_back_Then_each_alarm_comes_with_the_time_it_had()
    {
        using StreetRun run = Street.AtNight(8).Poles(6).Constant(600).GatewayModelOutage(60, 300)
            .Fault(FaultKind.LampFailure, 120, 60, 1).Fault(FaultKind.MeterSilent, 200, null, 4).Checks(Checks).Build();
        run.RunTo(359);
        Assert.DoesNotContain(run.Operator.Alarms, alarm => alarm.PoleIndex is 1 or 4);
        run.Finish();
        ReceivedAlarm[] lamp = run.Alarms(1, AlarmKind.LampFailure);
        Assert.Equal([true, false], lamp.OrderBy(alarm => alarm.HappenedUs).Select(alarm => alarm.IsRaised));
        Assert.All(lamp, alarm => Assert.True(alarm.IsLate && alarm.IsDated));
        Assert.InRange(lamp.Min(alarm => alarm.HappenedUs) / 60e6, 120, 123);
        Assert.InRange(lamp.Max(alarm => alarm.HappenedUs) / 60e6, 180, 183);
        ReceivedAlarm meter = Assert.Single(run.Alarms(4, AlarmKind.MeterFault));
        Assert.InRange(meter.HappenedUs / 60e6, 200, 206);
        Assert.InRange(meter.ReceivedUs / 60e6, 360, 375);
        run.AssertHolds("alarmsRaised");
        run.AssertHolds("noUnexpectedAlarms");
        Assert.Equal(2 + 1, run.Finish().Alarms.Count(alarm => alarm.IsLate && alarm.Kind is "lampFailure" or "meterFault"));
    }

    [Fact]
    public void Given_the_mains_fail_while_nobody_hears_When_both_are_back_Then_what_was_counted_before_is_told_after()
    {
        using StreetRun run = Street.From("2026-12-10T17:00", 9).Poles(4).Constant(300, 1000).Travellers(300)
            .GatewayModelOutage(60, 300).Outage(240, 3).Checks(Checks).Build();
        run.RunTo(239.9);
        long[] waiting = [.. Enumerable.Range(0, 4).Select(pole => run.Controller(pole).Journal.WaitingCount(JournalClass.Measurement))];
        Assert.All(waiting, count => Assert.InRange(count, 18, 30));
        run.RunTo(244);
        Assert.Equal(waiting, Enumerable.Range(0, 4).Select(pole => run.Controller(pole).Journal.WaitingCount(JournalClass.Measurement)));
        run.Finish();
        Assert.All(Enumerable.Range(0, 4), pole => Assert.False(run.Controller(pole).Journal.IsAnyWaiting));

        // What was counted in the interval that the cut ended is lost with the memory; nothing else is.
        for (int pole = 0; pole < 4; pole++)
        {
            long counted = run.Pole(pole).Counters.ArrivalCount;
            long told = run.Operator.Poles[pole].Intervals.ArrivalCount + run.Controller(pole).Occupancy.Count;
            Assert.InRange(counted - told, 0, 6);
        }

        Assert.InRange(run.Operator.Journal.UndatedCount, 0, 4);
    }

    [Fact]
    public void Given_an_outage_longer_than_the_journal_Then_what_is_reported_lost_is_what_never_came()
    {
        using StreetRun run = Street.AtNight(90).Poles(2).Constant(300).GatewayModelOutage(60, 60 * 60).Checks(Checks).Build();
        RunReport report = run.Finish();
        Assert.All(Enumerable.Range(0, 2), pole => Assert.False(run.Controller(pole).Journal.IsAnyWaiting));
        foreach (PoleRecord pole in run.Operator.Poles)
        {
            int lost = pole.LostEntryCounts[(int)JournalClass.Measurement];

            // Six intervals and a measurement of the luminaire an hour.
            Assert.InRange(lost, 150, 230);
            int lostIntervals = lost * 6 / 7;
            double missingMinutes = pole.Intervals.Gaps.Sum(gap => gap.ToUs - gap.FromUs) / 60e6;

            // The first of what was written down were the intervals in doubt from before the outage, told live all the same.
            Assert.InRange(missingMinutes, (lostIntervals - 25) * 10, (lostIntervals + 15) * 10);
        }

        Assert.Equal(run.Operator.Poles.Sum(pole => pole.LostEntryCounts.Sum()), report.Journal.Lost);
        run.AssertFails("countsComplete");
    }

    [Fact]
    public void Given_an_outage_When_run_on_one_and_three_threads_Then_the_report_has_the_same_bytes()
    {
        byte[][] reports = [.. new[] { 1, 3 }.Select(threads =>
        {
            using StreetRun run = Street.AtNight(6).Poles(12).Constant(300, 1000).Travellers(500).With(scenario => scenario with { Radio = new RadioModel() })
                .GatewayModelOutage(60, 200).Outage(150, 4, 0, 1).Checks(Checks).Build(threads: threads);
            return ReportJson.Serialize(run.Finish());
        })];
        Assert.True(reports[0].AsSpan().SequenceEqual(reports[1]));
    }

    [Fact]
    public void Given_an_operator_who_hears_intervals_live_and_later_Then_each_counts_once_and_gaps_are_known()
    {
        const long Minute = 60_000_000;
        ToldIntervals told = new();
        told.AddLive(10 * Minute, 10 * Minute, 1);
        told.AddLive((20 * Minute) + 100_000_000, 10 * Minute, 2);
        Assert.Empty(told.Gaps);
        told.AddLive(60 * Minute, 10 * Minute, 4);
        Assert.InRange(told.MissingUs(0, 60 * Minute), 28 * Minute, 30 * Minute);
        Assert.False(told.TryAddLate(20 * Minute, 10 * Minute, 2));
        Assert.True(told.TryAddLate(40 * Minute, 10 * Minute, 8));
        Assert.False(told.TryAddLate(40 * Minute, 10 * Minute, 8));
        Assert.True(told.TryAddLate(30 * Minute, 10 * Minute, 16));
        Assert.True(told.TryAddLate(50 * Minute, 10 * Minute, 32));
        Assert.False(told.TryAddLate(60 * Minute, 10 * Minute, 4));
        Assert.Equal(63, told.ArrivalCount);
        Assert.Equal(1, told.SmallestArrivalCount);
        Assert.Equal(0, told.MissingUs(0, 60 * Minute));
    }
}
