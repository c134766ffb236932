// Every check over a small fleet twice: where its promise is kept, and where it is not.
using PoleController.Hal;
using Simulation.Reports;
using Simulation.Scenarios;
using Simulation.Tests.Runs;
using Xunit;

namespace Simulation.Tests.Checks;

public class CheckTests
{
    private static readonly CheckPlan LampDark = new() { NoLampDark = new NoLampDarkCheck() };

    [Fact]
    public void Given_a_program_that_dims_to_one_percent_When_the_night_goes_by_Then_no_lamp_is_dark()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(10).Checks(LampDark).Build();
        run.AssertHolds("noLampDark");
        Assert.All(run.Finish().Poles, pole => Assert.Equal(PoleOutcome.Ok, pole.Outcome));
    }

    [Fact]
    public void Given_a_program_that_switches_off_at_night_When_the_night_goes_by_Then_every_lamp_is_named_as_dark()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(0).Checks(LampDark).Build();
        run.AssertFails("noLampDark");
        Assert.Equal(3, run.Check("noLampDark").FailureCount);
        Assert.All(run.Finish().Poles, pole => Assert.Equal(PoleOutcome.Dark, pole.Outcome));
    }

    [Fact]
    public void Given_lamps_lit_at_civil_dusk_itself_When_the_evening_comes_Then_a_minute_is_enough_for_the_difference_between_two_suns()
    {
        // Without a program: full light from civil dusk to civil dawn, by the pole's sun.
        using StreetRun run = Street.From("2026-12-10T16:00", 2).Poles(3).Checks(LampDark).Build();
        run.AssertHolds("noLampDark");
        Assert.All(run.Finish().Poles, pole => Assert.InRange(pole.LampOnSeconds, 60 * 60, 75 * 60));
    }

    [Fact]
    public void Given_lamps_lit_ten_minutes_after_civil_dusk_When_the_evening_comes_Then_they_are_dark()
    {
        using StreetRun run = Street.From("2026-12-10T16:00", 2).Poles(3)
            .Program(0, Street.Sun(PoleController.Lighting.SwitchingReference.CivilDusk, 10, 1000), Street.Sun(PoleController.Lighting.SwitchingReference.CivilDawn, 0, 0))
            .Checks(LampDark).Build();
        run.AssertFails("noLampDark");
        Assert.All(run.Finish().Poles, pole => Assert.InRange(pole.DarkSeconds, 8 * 60, 10 * 60));
    }

    [Fact]
    public void Given_a_controller_that_delays_the_light_longer_than_it_may_When_power_returns_Then_its_word_is_no_excuse()
    {
        // The pole says for ten minutes that the delay after power return runs; the settings allow five seconds.
        using StreetRun whole = Street.AtNight(0.5).Poles(2).Constant(300).Checks(LampDark).Build();
        using StreetRun run = new(PartSwap.Replace(whole.Fleet, 1, random: new EndlessRandom()), 1);
        run.RunTo(5);
        Assert.Equal(PoleController.Lighting.LevelCause.PowerReturnDelay, run.Controller(1).Lighting.Cause);
        run.AssertFails("noLampDark");
        Assert.Equal("L-002", Assert.Single(run.Check("noLampDark").Failures).PoleId);
        Assert.InRange(run.Pole(1).Parts.Recorder.UnexplainedDarkUs / 1e6, 593, 595);
    }

    [Fact]
    public void Given_a_command_to_be_dark_When_it_runs_Then_the_darkness_is_explained_for_its_duration()
    {
        using StreetRun run = Street.AtNight(1).Poles(2).Constant(300).Checks(LampDark)
            .Command(15, new SetLevelAction { LevelPermille = 0, DurationMinutes = 20 }, 0).Build();
        run.AssertHolds("noLampDark");
        Assert.InRange(run.Finish().Poles[0].DarkSeconds, (20 * 60) - 3, (20 * 60) + 6);
    }

    [Fact]
    public void Given_a_fade_of_half_a_second_When_somebody_comes_Then_a_second_is_kept()
    {
        using StreetRun run = Busy(new PoleSettings()).Checks(Within(1000)).Build();
        run.AssertHolds("occupancyResponse");
        Assert.True(run.Finish().Poles.Sum(pole => pole.Responses) > 20);
    }

    [Fact]
    public void Given_a_fade_of_half_a_second_When_somebody_comes_Then_a_tenth_of_a_second_is_not_kept()
    {
        using StreetRun run = Busy(new PoleSettings()).Checks(Within(100)).Build();
        run.AssertFails("occupancyResponse");
    }

    [Fact]
    public void Given_a_fade_of_ten_seconds_When_somebody_comes_Then_a_second_is_not_kept()
    {
        using StreetRun run = Busy(new PoleSettings { OccupancyFadeUpMs = 10_000 }).Checks(Within(1000)).Build();
        run.AssertFails("occupancyResponse");
    }

    [Fact]
    public void Given_a_gateway_that_works_When_poles_report_Then_delivery_is_kept()
    {
        using StreetRun run = Reporting().Build();
        run.AssertHolds("statusDelivery");
    }

    [Fact]
    public void Given_a_gateway_that_is_away_for_an_hour_of_three_When_poles_report_Then_delivery_is_not_kept()
    {
        using StreetRun run = Reporting().GatewayModelOutage(60, 60).Build();
        run.AssertFails("statusDelivery");
        PoleReport[] poles = [.. run.Finish().Poles];
        Assert.All(poles, pole => Assert.InRange(pole.StatusDelivered, pole.StatusSent * 0.5, pole.StatusSent * 0.8));
    }

    [Fact]
    public void Given_no_gateway_in_reach_When_nothing_is_ever_sent_Then_delivery_is_not_kept()
    {
        using StreetRun run = Reporting().With(FarGateway).Build();
        Assert.False(run.Check("statusDelivery").IsPassed);
    }

    [Fact]
    public void Given_lamps_at_half_light_When_compared_with_full_light_Then_nearly_half_is_saved()
    {
        using StreetRun run = Street.AtNight(2).Poles(3).Constant(500).Checks(Saving(40)).Build();
        run.AssertHolds("energySaving");
    }

    [Fact]
    public void Given_lamps_at_half_light_When_half_should_be_saved_Then_the_controllers_own_consumption_prevents_it()
    {
        using StreetRun run = Street.AtNight(2).Poles(3).Constant(500).Checks(Saving(50)).Build();
        run.AssertFails("energySaving");
    }

    [Fact]
    public void Given_lamps_at_full_light_When_compared_with_full_light_Then_nothing_is_saved()
    {
        using StreetRun run = Street.AtNight(2).Poles(3).Constant(1000).Checks(Saving(0)).Build();
        run.AssertFails("energySaving");
    }

    [Fact]
    public void Given_a_gateway_in_the_street_When_the_poles_start_Then_all_join()
    {
        using StreetRun run = Street.AtNight(0.5).Poles(20).Checks(Joined).Build();
        run.AssertHolds("allJoined");
        Assert.All(run.Operator.Poles, pole => Assert.Equal(1, pole.JoinCount));
    }

    [Fact]
    public void Given_one_pole_out_of_reach_When_the_poles_start_Then_it_alone_has_not_joined()
    {
        using StreetRun run = Street.AtNight(0.5).Poles(5).PoleAt(51.5, 9).Checks(Joined)
            .With(scenario => scenario with { Gateways = [new GatewayModel { Id = "g", Latitude = Street.Latitude, Longitude = Street.Longitude }] }).Build();
        run.AssertFails("allJoined");
        Assert.Equal("L-006", Assert.Single(run.Check("allJoined").Failures).PoleId);
        Assert.Equal(PoleOutcome.CheckFailed, run.Finish().Poles[5].Outcome);
        Assert.Null(run.Finish().Poles[5].JoinedAfterSeconds);
    }

    [Fact]
    public void Given_a_gateway_that_comes_late_When_the_poles_start_Then_they_join_too_late()
    {
        using StreetRun run = Street.AtNight(2).Poles(2).GatewayModelOutage(0, 40).Checks(Joined).Build();
        run.AssertFails("allJoined");
        Assert.All(run.Operator.Poles, pole => Assert.True(pole.JoinedUs > 0, "it never joined"));
    }

    [Fact]
    public void Given_a_broken_lamp_When_it_is_fitted_with_a_meter_Then_the_fault_is_found()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(700).Fault(FaultKind.LampFailure, 20, null, 1).Checks(Alarms(10)).Build();
        run.AssertHolds("alarmsRaised");
        run.AssertHolds("noUnexpectedAlarms");
        Assert.StartsWith("1 of 1", run.Check("alarmsRaised").Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_broken_lamp_When_the_gateway_is_away_Then_the_fault_is_not_found_in_time()
    {
        using StreetRun run = Street.AtNight(2).Poles(3).Constant(700).Fault(FaultKind.LampFailure, 20, null, 1).GatewayModelOutage(19, 100).Checks(Alarms(10)).Build();
        run.AssertFails("alarmsRaised");
        Assert.Equal("L-002", Assert.Single(run.Check("alarmsRaised").Failures).PoleId);
    }

    [Fact]
    public void Given_a_street_so_busy_that_the_sensor_never_rests_When_the_pole_calls_it_stuck_Then_the_alarm_has_no_reason()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(300, 1000).Travellers(100_000).With(Crowded).Checks(Alarms(10)).Build();
        run.AssertFails("noUnexpectedAlarms");
    }

    [Fact]
    public void Given_another_fault_in_the_pole_When_an_alarm_comes_that_it_does_not_explain_Then_the_alarm_has_no_reason()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(300, 1000).Travellers(100_000).With(Crowded)
            .Fault(FaultKind.LampFailure, 20, null, 0).Checks(Alarms(10)).Build();
        run.AssertHolds("alarmsRaised");
        run.AssertFails("noUnexpectedAlarms");
    }

    [Fact]
    public void Given_poles_in_reach_When_they_are_commanded_Then_they_obey()
    {
        using StreetRun run = Commanded().Build();
        run.AssertHolds("commandsObeyed");
        Assert.Equal(4, Assert.Single(run.Finish().Commands).Obeyed);
    }

    [Fact]
    public void Given_poles_without_mains_When_they_are_commanded_Then_they_do_not_obey()
    {
        using StreetRun run = Commanded().Outage(10, 20).Build();
        run.AssertFails("commandsObeyed");
        CommandReport command = Assert.Single(run.Finish().Commands);
        Assert.Equal((0, 4), (command.Obeyed, command.Unanswered));
    }

    [Fact]
    public void Given_ordinary_parts_When_a_night_goes_by_Then_the_controllers_are_sound()
    {
        using StreetRun run = Busy(new PoleSettings()).Build();
        run.AssertHolds("controllersSound");
    }

    [Fact]
    public void Given_a_pole_that_tells_counts_the_operator_does_not_publish_Then_it_is_not_sound()
    {
        using StreetRun run = Street.AtNight(4).Poles(2).Constant(300).Travellers(600).Checks(LampDark).Build();
        run.RunTo(1).Controller(1).Settings.Traffic.SmallestCount = 1;
        run.AssertFails("controllersSound");
        CheckFailureReport failure = Assert.Single(run.Check("controllersSound").Failures);
        Assert.Equal("L-002", failure.PoleId);
        Assert.Contains("the smallest to be told is 5", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_part_that_throws_When_the_controller_uses_it_Then_it_is_not_sound_and_the_lamp_burns()
    {
        using StreetRun whole = Street.AtNight(0.5).Poles(2).Constant(300).Checks(LampDark).Build();
        using StreetRun run = new(PartSwap.Replace(whole.Fleet, 1, aes: new ThrowingAes()), 1);
        run.AssertFails("controllersSound");
        Assert.Equal("L-002", Assert.Single(run.Check("controllersSound").Failures).PoleId);
        run.AssertHolds("noLampDark");
    }

    private static readonly CheckPlan Joined = new() { AllJoined = new AllJoinedCheck { WithinMs = 30 * 60_000 } };

    private static CheckPlan Within(long withinMs) => new() { OccupancyResponse = new OccupancyResponseCheck { WithinMs = withinMs } };

    private static CheckPlan Saving(double minimumPercent) => new() { EnergySaving = new EnergySavingCheck { MinimumPercent = minimumPercent } };

    private static CheckPlan Alarms(double minutes) => new()
    {
        AlarmsRaised = new AlarmsRaisedCheck { WithinMs = (long)(minutes * 60_000) },
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
    };

    private static Street Busy(PoleSettings settings) => Street.AtNight(1).Poles(4).Constant(300, 1000).Travellers(500).Settings(settings);

    private static Street Reporting() => Street.AtNight(3).Poles(4).Settings(new PoleSettings { StatusIntervalSeconds = 300 })
        .Checks(new CheckPlan { StatusDelivery = new StatusDeliveryCheck() });

    private static Street Commanded() => Street.AtNight(1).Poles(4).Constant(300)
        .Command(15, new SetLevelAction { LevelPermille = 800, DurationMinutes = 10 })
        .Checks(new CheckPlan { CommandsObeyed = new CommandsObeyedCheck() });

    private static Scenario Crowded(Scenario scenario) => scenario with { Traffic = scenario.Traffic! with { Share = 10 } };

    private static Scenario FarGateway(Scenario scenario) =>
        scenario with { Gateways = [new GatewayModel { Id = "far", Latitude = 52, Longitude = Street.Longitude }] };

    private sealed class EndlessRandom : IRandom
    {
        public int Next(int exclusiveUpperBound) => 600_000;
    }

    private sealed class ThrowingAes : IAesBlock
    {
        public void SelectKey(byte[] key) => throw new InvalidOperationException("The AES block is broken.");

        public void EncryptBlock(byte[] data, int offset) => throw new InvalidOperationException("The AES block is broken.");
    }
}
