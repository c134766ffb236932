// Every fault that a scenario can put into a pole: the light goes on as far as it can, the operator hears of it and of its end.
using PoleController.Alarms;
using PoleController.Lighting;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class FaultTests
{
    private static readonly CheckPlan Checks = new()
    {
        NoLampDark = new NoLampDarkCheck(),
        AlarmsRaised = new AlarmsRaisedCheck { WithinMs = 5 * 60_000 },
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
    };

    [Theory]
    [InlineData(FaultKind.LampFailure)]
    [InlineData(FaultKind.DayBurner)]
    [InlineData(FaultKind.DimmerSilent)]
    [InlineData(FaultKind.MeterSilent)]
    [InlineData(FaultKind.PhotocellFailed)]
    [InlineData(FaultKind.OccupancyStuck)]
    public void Given_any_fault_at_night_When_it_comes_and_goes_Then_all_promises_hold_and_the_other_poles_notice_nothing(FaultKind kind)
    {
        using StreetRun run = Street.AtNight(2.5).Poles(3).Travellers(500).Program(5, Street.Clock(12, 0, 800, 1000), Street.Clock(21, 30, 300, 1000))
            .Fault(kind, 20, 60, 1).Checks(Checks).Build();
        run.AssertHolds("noLampDark");
        run.AssertHolds("alarmsRaised");
        run.AssertHolds("noUnexpectedAlarms");
        run.AssertHolds("controllersSound");
        RunReport report = run.Finish();
        Assert.Equal(PoleOutcome.Ok, report.Poles[0].Outcome);
        Assert.Equal(PoleOutcome.Ok, report.Poles[2].Outcome);
        Assert.All(run.Operator.Alarms, alarm => Assert.Equal(1, alarm.PoleIndex));
        bool isSeenAtNight = kind is not (FaultKind.DayBurner or FaultKind.PhotocellFailed);

        // A lamp that burns whatever it is told cannot be named by night, but it draws more than its level explains.
        Assert.Equal(kind != FaultKind.PhotocellFailed ? PoleOutcome.Alarm : PoleOutcome.Ok, report.Poles[1].Outcome);
        Assert.Equal(isSeenAtNight, Assert.Single(report.Faults).DetectedAfterSeconds is not null);
    }

    [Theory]
    [InlineData(FaultKind.DayBurner)]
    [InlineData(FaultKind.DimmerSilent)]
    [InlineData(FaultKind.MeterSilent)]
    [InlineData(FaultKind.PhotocellFailed)]
    [InlineData(FaultKind.OccupancyStuck)]
    public void Given_a_fault_that_leaves_the_lamp_whole_When_it_lasts_from_the_start_on_Then_there_is_light_at_every_moment_of_the_night(FaultKind kind)
    {
        using StreetRun run = Street.AtNight(1).Poles(2).Constant(300, 1000).Settings(new PoleSettings { PowerReturnDelayMaximumMs = 0 }).Fault(kind, 0, null).Build();
        run.Watch(60, 1, _ => Assert.All([0, 1], pole => Assert.True(run.Light(pole) > 0)));
    }

    [Fact]
    public void Given_a_lamp_that_breaks_and_is_replaced_When_the_operator_listens_Then_it_hears_both()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(2).Constant(700).Fault(FaultKind.LampFailure, 20, 30, 0).Checks(Checks).Build();
        run.Finish();
        AssertRaisedAndCleared(run, AlarmKind.LampFailure, fromMinutes: 20, untilMinutes: 50, withinMinutes: 4);
        Assert.InRange(run.Finish().Poles[0].DarkSeconds, 1799, 1810);
        Assert.Equal(0, run.Alarms(0, AlarmKind.LampFailure)[0].PowerMilliwatts / 1000);
        Assert.Equal(700, run.Light(0));
    }

    [Fact]
    public void Given_a_lamp_that_burns_by_day_When_the_operator_listens_Then_it_hears_begin_and_end_and_the_lamp_is_dark_again()
    {
        using StreetRun run = Street.From("2026-12-10T10:00", 1.5).Poles(2).Fault(FaultKind.DayBurner, 20, 30, 0).Checks(Checks).Build();
        run.RunTo(19);
        Assert.Equal(0, run.Light(0));
        run.RunTo(40);
        Assert.Equal(1000, run.Light(0));
        run.AssertHolds("alarmsRaised");
        run.AssertHolds("noUnexpectedAlarms");
        AssertRaisedAndCleared(run, AlarmKind.DayBurner, fromMinutes: 20, untilMinutes: 50, withinMinutes: 4);
        Assert.Equal(0, run.Light(0));
        Assert.Equal(PoleOutcome.Alarm, run.Finish().Poles[0].Outcome);
    }

    [Fact]
    public void Given_a_lamp_that_burns_on_from_the_night_When_morning_comes_Then_it_is_found_after_dawn()
    {
        using StreetRun run = Street.From("2026-12-11T07:00", 2).Poles(1).Fault(FaultKind.DayBurner, 5, null, 0)
            .Checks(new CheckPlan { AlarmsRaised = new AlarmsRaisedCheck { WithinMs = 10 * 60_000 } }).Build();
        run.AssertHolds("alarmsRaised");
        Assert.StartsWith("1 of 1", run.Check("alarmsRaised").Measured, StringComparison.Ordinal);
        Assert.InRange(Assert.Single(run.Alarms(0, AlarmKind.DayBurner)).HappenedUs / 60e6, 35, 45);
    }

    [Fact]
    public void Given_a_meter_that_falls_silent_When_it_answers_again_Then_the_operator_hears_both_and_the_light_never_changed()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(700).Fault(FaultKind.MeterSilent, 20, 30, 0).Build();
        run.RunTo(10).Watch(90, 10, _ => Assert.Equal(700, run.Light(0)));
        AssertRaisedAndCleared(run, AlarmKind.MeterFault, fromMinutes: 20, untilMinutes: 50, withinMinutes: 3);
        Assert.Equal(-1, run.Alarms(0, AlarmKind.MeterFault)[0].PowerMilliwatts);
    }

    [Fact]
    public void Given_a_dimming_line_that_breaks_When_the_program_dims_Then_the_lamp_burns_fully_the_operator_hears_it_and_later_it_dims()
    {
        using StreetRun run = Street.AtNight(2).Poles(1).Program(5, Street.Clock(12, 0, 800), Street.Clock(21, 30, 300))
            .Fault(FaultKind.DimmerSilent, 20, 60, 0).Build();
        run.RunTo(19);
        Assert.Equal(800, run.Light(0));
        run.Watch(79, 10, seconds => Assert.Equal(seconds > 20 * 60 ? 1000 : 800, run.Light(0)));
        run.RunTo(82);
        Assert.Equal(300, run.Light(0));
        run.Finish();
        AssertRaisedAndCleared(run, AlarmKind.LightingFault, fromMinutes: 30, untilMinutes: 80, withinMinutes: 2);
    }

    [Fact]
    public void Given_a_dimming_line_that_breaks_When_the_level_never_changes_Then_nobody_can_notice_and_no_promise_is_broken()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(600).Fault(FaultKind.DimmerSilent, 20, null, 0).Checks(Checks).Build();
        run.AssertHolds("alarmsRaised");
        Assert.StartsWith("0 of 0", run.Check("alarmsRaised").Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_sensor_that_hangs_When_half_an_hour_has_gone_by_Then_the_light_goes_back_and_the_operator_hears_it()
    {
        using StreetRun run = Street.AtNight(2).Poles(1).Constant(300, 1000).Fault(FaultKind.OccupancyStuck, 20, 60, 0).Checks(Checks).Build();
        run.RunTo(25);
        Assert.Equal(1000, run.Light(0));
        run.RunTo(51);
        Assert.Equal(300, run.Light(0));
        run.AssertHolds("alarmsRaised");
        AssertRaisedAndCleared(run, AlarmKind.OccupancyFault, fromMinutes: 50, untilMinutes: 80, withinMinutes: 2);
    }

    [Fact]
    public void Given_parts_that_are_not_fitted_When_they_fail_in_the_scenario_Then_nobody_has_to_notice()
    {
        using StreetRun run = Street.AtNight(2).Poles(1).Constant(700, 1000).Checks(Checks)
            .Controller(new ControllerModel { HasMeter = false, HasOccupancySensor = false, HasPhotocell = false })
            .Fault(FaultKind.LampFailure, 20, null, 0).Fault(FaultKind.MeterSilent, 20, null, 0).Fault(FaultKind.OccupancyStuck, 20, null, 0)
            .Fault(FaultKind.PhotocellFailed, 20, null, 0).Build();
        run.AssertHolds("alarmsRaised");
        run.AssertHolds("noUnexpectedAlarms");
        Assert.Empty(run.Operator.Alarms);
    }

    [Fact]
    public void Given_a_fault_during_an_outage_When_the_mains_come_back_Then_its_time_counts_from_there()
    {
        using StreetRun run = Street.AtNight(2).Poles(1).Constant(700).Outage(19, 30).Fault(FaultKind.LampFailure, 20, null, 0).Checks(Checks).Build();
        run.AssertHolds("alarmsRaised");
        Assert.StartsWith("1 of 1", run.Check("alarmsRaised").Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_network_and_a_photocell_When_evening_comes_Then_it_decides_and_when_it_fails_the_lamp_burns()
    {
        // Civil dusk is at 16:50; 20 lux, where the photocell switches on, is a little before that.
        using StreetRun run = Street.From("2026-12-10T12:00", 6).Poles(2).With(FarGateway).Fault(FaultKind.PhotocellFailed, 60, 60, 1)
            .Checks(new CheckPlan { NoLampDark = new NoLampDarkCheck() }).Build();
        run.RunTo(59);
        Assert.Equal((0, 0), (run.Light(0), run.Light(1)));
        Assert.Equal(LevelCause.Photocell, run.Controller(0).Lighting.Cause);
        run.RunTo(70);
        Assert.Equal((0, 1000), (run.Light(0), run.Light(1)));
        Assert.Equal(LevelCause.ClockUnknown, run.Controller(1).Lighting.Cause);
        run.RunTo(130);
        Assert.Equal((0, 0), (run.Light(0), run.Light(1)));
        run.AssertHolds("noLampDark");
        Assert.Equal((1000, 1000), (run.Light(0), run.Light(1)));
    }

    private static Scenario FarGateway(Scenario scenario) =>
        scenario with { Gateways = [new GatewayModel { Id = "far", Latitude = 52, Longitude = Street.Longitude }] };

    private static void AssertRaisedAndCleared(StreetRun run, AlarmKind kind, double fromMinutes, double untilMinutes, double withinMinutes)
    {
        ReceivedAlarm[] alarms = run.Alarms(0, kind);
        Assert.Equal([true, false], alarms.Select(alarm => alarm.IsRaised));
        Assert.InRange(alarms[0].ReceivedUs / 60e6, fromMinutes, fromMinutes + withinMinutes);
        Assert.InRange(alarms[1].ReceivedUs / 60e6, untilMinutes, untilMinutes + withinMinutes);

        // What is told besides the alarm that names the fault says the same in other words.
        Assert.Equal(2, run.Operator.Alarms.Count(alarm => alarm.PoleIndex == 0 && alarm.Kind is not (AlarmKind.UnexpectedOff or AlarmKind.PowerTooLow or AlarmKind.PowerTooHigh)));
    }
}
