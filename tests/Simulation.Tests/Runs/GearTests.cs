// Whole poles whose lamp hangs at a DALI bus or a 0-10 V wire behind the controller's own drivers, with relay, meter and network: what the lamp does, and what
// the operator hears.
using PoleController;
using PoleController.Alarms;
using PoleController.Journal;
using PoleController.Lighting;
using Simulation.Engine.Fittings;
using Simulation.Operation;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class GearTests
{
    private static readonly CheckPlan Checks = new()
    {
        NoLampDark = new NoLampDarkCheck(),
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
        EventsRight = new EventsRightCheck { WithinMs = 20 * 60_000 },
        LampUndisturbed = new LampUndisturbedCheck { WithinMs = 1000 },
    };

    private static Street With(Street street, DimmerKind dimmer, bool hasBoardSensors = false) => street.Checks(Checks)
        .With(scenario => scenario with { Sensors = [new SensorPlan { Dimmer = dimmer, HasBoardSensors = hasBoardSensors }] });

    private static Street Night(DimmerKind dimmer, double hours = 2, bool hasBoardSensors = false) => With(Street.AtNight(hours).Poles(1), dimmer, hasBoardSensors);

    private static void AssertChecks(StreetRun run)
    {
        run.AssertHolds("controllersSound");
        run.AssertHolds("noLampDark");
        run.AssertHolds("noUnexpectedAlarms");
        run.AssertHolds("eventsRight");
        run.AssertHolds("lampUndisturbed");
    }

    private static void AssertLight(StreetRun run, int levelPermille) =>
        Assert.InRange(run.Light(0), levelPermille - run.Pole(0).Parts.Dimming!.TolerancePermille(levelPermille), levelPermille + run.Pole(0).Parts.Dimming!.TolerancePermille(levelPermille));

    [Theory]
    [InlineData(DimmerKind.Analog)]
    [InlineData(DimmerKind.Dali)]
    public void Given_mains_that_come_at_night_Then_there_is_light_within_a_second_and_the_program_when_the_time_is_known(DimmerKind dimmer)
    {
        using StreetRun run = Night(dimmer).Constant(300).Settings(new PoleSettings { PowerReturnDelayMaximumMs = 0 }).Build();
        run.RunTo(1 / 60.0);
        Assert.Equal(1000, run.Light(0));
        run.RunTo(10);
        AssertLight(run, 300);
        Assert.Equal(HealthState.Ok, run.Controller(0).Lighting.Health.State);
        Assert.Equal(dimmer == DimmerKind.Dali ? HealthReason.None : HealthReason.NotFitted, run.Controller(0).Gear.Health.Reason);
        AssertChecks(run);
        Assert.Empty(run.Operator.Alarms);
    }

    [Theory]
    [InlineData(DimmerKind.Analog)]
    [InlineData(DimmerKind.Dali)]
    public void Given_a_fade_and_people_who_come_Then_the_lamp_has_every_level_within_what_the_interface_can_tell_apart(DimmerKind dimmer)
    {
        using StreetRun run = With(Street.AtNight(2).Poles(2), dimmer).Travellers(900)
            .Program(60, Street.Clock(12, 0, 800), Street.Clock(21, 30, 200, 1000)).Command(80, new SetLevelAction { LevelPermille = 500, FadeMs = 1000, DurationMinutes = 20 })
            .Checks(Checks with { OccupancyResponse = new OccupancyResponseCheck(), ObeyedWithin = [new ObeyedWithinCheck { WithinMs = 30_000 }] }).Build();
        run.RunTo(29.9);
        AssertLight(run, 800);
        run.Watch(31.2, 1, seconds => AssertLight(run, run.Controller(0).Lighting.LevelPermille));
        AssertChecks(run);
        run.AssertHolds("occupancyResponse");
        run.AssertHolds("obeyedWithin");
        Assert.True(run.Finish().Poles.Sum(pole => pole.Responses) > 10);
    }

    [Theory]
    [InlineData(DimmerKind.Analog)]
    [InlineData(DimmerKind.Dali)]
    public void Given_the_morning_When_the_program_ends_Then_the_relay_opens_the_gear_is_unfed_nothing_is_told_and_in_the_evening_it_burns(DimmerKind dimmer)
    {
        using StreetRun run = With(Street.From("2026-12-11T07:00", 11).Poles(1), dimmer)
            .Program(5, Street.Sun(SwitchingReference.CivilDusk, 0, 700), Street.Sun(SwitchingReference.CivilDawn, 0, 0)).Build();
        run.RunTo(20);
        AssertLight(run, 700);
        run.RunTo(60);
        Assert.Equal((0, 0, false), (run.Light(0), run.Pole(0).Parts.Luminaire.PowerMilliwatts, run.Pole(0).Parts.Luminaire.HasPower));
        AssertChecks(run);
        AssertLight(run, 700);
        Assert.Empty(run.Operator.Alarms);
    }

    [Fact]
    public void Given_D4i_gear_and_no_meter_Then_its_memory_banks_are_the_meter()
    {
        using StreetRun run = Night(DimmerKind.Dali, 3).Constant(500).Controller(new ControllerModel { HasMeter = false }).Build();
        run.Finish();
        Controller controller = run.Controller(0);
        Assert.InRange(controller.Luminaire.PowerMilliwatts, 29_000, 31_500);
        Assert.InRange(controller.Luminaire.MainsMillivolts, 220_000, 240_000);
        Assert.Equal(950, controller.Luminaire.PowerFactorPermille);

        // The bank's energy is read every quarter of an hour, and half an hour after the start for the first time.
        long trueWattHours = run.Pole(0).Parts.Recorder.EnergyMilliwattHours / 1000;
        Assert.InRange(controller.Luminaire.EnergyWattHours, trueWattHours - 25, trueWattHours + 1);
        AssertChecks(run);
    }

    [Theory]
    [InlineData(PartTrouble.LampFailed, AlarmKind.LampFailure)]
    [InlineData(PartTrouble.GearFailed, AlarmKind.GearFailure)]
    public void Given_gear_that_reports_a_defect_and_no_meter_Then_it_is_told_with_its_end(PartTrouble trouble, AlarmKind kind)
    {
        // In the place of a meter gear is read every quarter of an hour, and two readings decide.
        using StreetRun run = Night(DimmerKind.Dali, 3).Constant(500).Controller(new ControllerModel { HasMeter = false }).Trouble(PartName.Gear, trouble, 30, 60)
            .Checks(Checks with { EventsRight = new EventsRightCheck { WithinMs = 35 * 60_000 } }).Build();
        run.RunTo(35);
        Assert.Equal(0, run.Light(0));
        AssertChecks(run);
        AssertRaisedAndCleared(run, kind, 30, 90, 32);
        AssertLight(run, 500);
    }

    [Theory]
    [InlineData(PartTrouble.Shorted)]
    [InlineData(PartTrouble.Open)]
    public void Given_a_bus_that_is_shorted_or_cut_Then_the_lamp_burns_fully_the_operator_hears_it_and_afterwards_it_dims_again(PartTrouble trouble)
    {
        using StreetRun run = Night(DimmerKind.Dali).Constant(300).Trouble(PartName.Dimmer, trouble, 30, 40).Build();
        run.RunTo(30.005);
        AssertLight(run, 300);
        run.Watch(69, 5, _ => Assert.Equal(1000, run.Light(0)));
        Assert.Equal(HealthState.Failed, run.Controller(0).Gear.Health.State);
        run.RunTo(73);
        AssertLight(run, 300);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.GearFault, 30, 70, 7);
    }

    [Fact]
    public void Given_a_bus_that_is_shorted_before_dusk_When_the_lamp_has_to_burn_Then_it_burns_fully()
    {
        using StreetRun run = With(Street.From("2026-12-10T16:00", 3).Poles(1), DimmerKind.Dali)
            .Program(5, Street.Sun(SwitchingReference.CivilDusk, 0, 300), Street.Sun(SwitchingReference.CivilDawn, 0, 0)).Trouble(PartName.Dimmer, PartTrouble.Shorted, 30, 90).Build();
        run.RunTo(45);
        Assert.Equal(0, run.Light(0));
        run.RunTo(60);
        Assert.Equal(1000, run.Light(0));
        AssertChecks(run);
        AssertLight(run, 300);
    }

    [Theory]
    [InlineData(PartTrouble.Silent)]
    [InlineData(PartTrouble.Checksum)]
    [InlineData(PartTrouble.Garbage)]
    public void Given_gear_whose_answers_do_not_come_through_Then_it_is_dimmed_as_before_and_the_fault_is_told_once(PartTrouble trouble)
    {
        using StreetRun run = With(Street.AtNight(2).Poles(1), DimmerKind.Dali).Travellers(2000).Constant(300, 800).Trouble(PartName.Dimmer, trouble, 30, 60).Build();
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.GearFault, 30, 90, 7);

        // Levels are refused until the gear has proved itself, not at every try: the operator hears of it once.
        AssertRaisedAndCleared(run, AlarmKind.LightingFault, 30, 90, 30);
    }

    [Theory]
    [InlineData(PartTrouble.Deaf)]
    [InlineData(PartTrouble.Cut)]
    [InlineData(PartTrouble.Stuck)]
    public void Given_frames_that_do_not_arrive_Then_the_lamp_keeps_its_level_and_obeys_when_they_do(PartTrouble trouble)
    {
        using StreetRun run = Night(DimmerKind.Dali).Program(5, Street.Clock(12, 0, 800), Street.Clock(21, 45, 300)).Trouble(PartName.Dimmer, trouble, 30, 60).Build();
        run.RunTo(29);
        AssertLight(run, 800);
        run.RunTo(89);
        AssertLight(run, 800);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.GearFault, 30, 90, 7);
        AssertLight(run, 300);
    }

    [Fact]
    public void Given_gear_of_another_kind_in_its_place_Then_it_is_told_dimmed_all_the_same_and_forgotten_when_it_is_taken_out()
    {
        using StreetRun run = Night(DimmerKind.Dali).Constant(300).Trouble(PartName.Dimmer, PartTrouble.Replaced, 30, 40).Build();
        run.RunTo(40);
        AssertLight(run, 300);
        Assert.Equal(HealthReason.Implausible, run.Controller(0).Gear.Health.Reason);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.GearFault, 30, 70, 7);
    }

    [Fact]
    public void Given_gear_that_loses_its_mains_for_a_moment_Then_it_burns_fully_until_the_next_look_and_has_its_level_again()
    {
        using StreetRun run = Night(DimmerKind.Dali).Constant(300).Trouble(PartName.Dimmer, PartTrouble.Restarted, 30, 40).Build();
        run.RunTo(30.05);
        Assert.Equal(1000, run.Light(0));
        run.RunTo(36);
        AssertLight(run, 300);
        AssertChecks(run);
    }

    [Theory]
    [InlineData(PartTrouble.Open, 1000, AlarmKind.PowerTooHigh)]
    [InlineData(PartTrouble.Shorted, 10, AlarmKind.LampFailure)]
    public void Given_a_wire_that_is_open_or_shorted_Then_the_light_is_what_the_standard_says_and_the_power_tells(PartTrouble trouble, int levelPermille, AlarmKind kind)
    {
        using StreetRun run = Night(DimmerKind.Analog).Constant(400).Trouble(PartName.Dimmer, trouble, 30, 40).Build();
        run.RunTo(31);
        Assert.Equal(levelPermille, run.Light(0));
        AssertChecks(run);
        AssertRaisedAndCleared(run, kind, 30, 70, 7);
        AssertLight(run, 400);
    }

    [Fact]
    public void Given_a_board_that_cannot_set_the_wire_Then_the_level_stays_and_the_fault_is_told_when_another_is_wanted()
    {
        using StreetRun run = Night(DimmerKind.Analog).Program(5, Street.Clock(12, 0, 800), Street.Clock(21, 45, 300)).Trouble(PartName.Dimmer, PartTrouble.Stuck, 30, 60).Build();
        run.RunTo(44);
        Assert.Empty(run.Operator.Alarms);
        run.RunTo(80);
        AssertLight(run, 800);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.LightingFault, 45, 90, 3);
    }

    [Theory]
    [InlineData(DimmerKind.Dali)]
    [InlineData(DimmerKind.Analog)]
    [InlineData(DimmerKind.Port)]
    public void Given_a_relay_that_is_welded_When_day_comes_Then_no_input_is_needed_the_power_tells(DimmerKind dimmer)
    {
        using StreetRun run = With(Street.From("2026-12-11T06:00", 5).Poles(1), dimmer)
            .Program(5, Street.Sun(SwitchingReference.CivilDusk, 0, 700), Street.Sun(SwitchingReference.CivilDawn, 0, 0)).Trouble(PartName.Relay, PartTrouble.Stuck, 30, 180).Build();
        run.RunTo(85);
        Assert.Empty(run.Operator.Alarms);
        run.RunTo(150);
        Assert.True(run.Pole(0).Parts.Luminaire.HasPower);
        Assert.False(run.Controller(0).Lighting.IsFed);
        Assert.Equal(dimmer == DimmerKind.Dali ? 0 : 10, run.Light(0));
        Assert.True(run.Controller(0).Luminaire.Judgement.IsRelayWelded);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.LightingFault, 95, 210, 8);
        Assert.Equal(2, run.Operator.Alarms.Count);
    }

    [Theory]
    [InlineData(DimmerKind.Dali)]
    [InlineData(DimmerKind.Analog)]
    public void Given_mains_that_fail_and_a_board_that_lives_on_Then_a_short_outage_costs_no_restart_and_before_a_long_one_everything_is_written(DimmerKind dimmer)
    {
        using StreetRun run = Night(dimmer, 3, hasBoardSensors: true).Constant(300).Settings(new PoleSettings { PowerReturnDelayMaximumMs = 0 }).Outage(30, 8 / 60.0).Outage(85, 10).Build();
        run.RunTo(30.05);
        Assert.Equal((0, 0), (run.Light(0), run.Pole(0).Parts.Luminaire.PowerMilliwatts));
        run.RunTo(30.2);
        Assert.True(run.Light(0) > 0);
        run.RunTo(40);
        AssertLight(run, 300);
        Assert.Equal(1, run.Pole(0).StartCount);

        run.RunTo(84.9);
        long litSeconds = run.Controller(0).Luminaire.LampOnSeconds;
        run.RunTo(85 + ((SupplyFitting.HoldUpUs + 1_000_000) / 60e6));
        Assert.Null(run.Pole(0).Controller);
        run.RunTo(95.02);
        Assert.Equal(RestartCause.SupplyLoss, run.Controller(0).Boots.Cause);
        Assert.InRange(run.Controller(0).Luminaire.LampOnSeconds, litSeconds, litSeconds + 30);
        Assert.True(run.Light(0) > 0);
        AssertChecks(run);
        ReceivedAlarm loss = run.Alarms(0, AlarmKind.SupplyLoss).Last();
        Assert.False(loss.IsRaised);
        Assert.InRange(loss.Value, 600 - 60, 600 + 60);
        AssertLight(run, 300);
    }

    [Fact]
    public void Given_mains_that_sag_Then_a_low_supply_is_one_alarm_and_a_fallen_one_another_and_both_end()
    {
        using StreetRun run = Night(DimmerKind.Dali, 3, hasBoardSensors: true).Constant(300).With(scenario => scenario with
        {
            Incidents =
            [
                new Incident { AtMs = 30 * 60_000, DurationMs = 30 * 60_000, Kind = IncidentKind.Sag, Size = 201, Poles = PoleSelector.All },
                new Incident { AtMs = 90 * 60_000, DurationMs = 30 * 60_000, Kind = IncidentKind.Sag, Size = 150, Poles = PoleSelector.All },
            ],
        }).Build();
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.SupplyLow, 30, 60, 1);
        AssertRaisedAndCleared(run, AlarmKind.SupplyLoss, 90, 120, 1);
        Assert.Equal(4, run.Operator.Alarms.Count);
    }

    [Theory]
    [InlineData(DimmerKind.Dali)]
    [InlineData(DimmerKind.Analog)]
    public void Given_heat_Then_the_light_is_taken_back_to_its_floor_both_alarms_come_and_everything_is_as_before_when_it_is_cool(DimmerKind dimmer)
    {
        using StreetRun run = Night(dimmer, 3, hasBoardSensors: true).Constant(800).With(scenario => scenario with
        {
            Weather = new WeatherPlan { MeanDegrees = 15, SwingDegrees = 0 },
            Incidents = [new Incident { AtMs = 30 * 60_000, DurationMs = 60 * 60_000, Kind = IncidentKind.Heat, Size = 70, Poles = PoleSelector.All }],
        }).Build();
        run.RunTo(29);
        AssertLight(run, 800);
        run.RunTo(80);
        AssertLight(run, 400);
        Assert.Equal(500, run.Controller(0).Luminaire.DeratingPermille);
        Assert.Equal(800, run.Controller(0).Lighting.LevelPermille);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.OverTemperature, 30, 90, 20);
        AssertRaisedAndCleared(run, AlarmKind.BoardOverheated, 30, 90, 3);
        AssertLight(run, 800);
    }

    [Theory]
    [InlineData(PartName.SupplyVoltage, PartTrouble.Silent)]
    [InlineData(PartName.SupplyVoltage, PartTrouble.Stuck)]
    [InlineData(PartName.BoardTemperature, PartTrouble.Silent)]
    [InlineData(PartName.BoardTemperature, PartTrouble.Open)]
    [InlineData(PartName.BoardTemperature, PartTrouble.Shorted)]
    public void Given_a_measurement_of_the_board_that_fails_Then_its_value_is_unknown_it_is_told_and_it_comes_back(PartName part, PartTrouble trouble)
    {
        using StreetRun run = Night(DimmerKind.Port, 2, hasBoardSensors: true).Constant(300).Trouble(part, trouble, 30, 40).Build();
        run.RunTo(20);
        Assert.InRange(run.Controller(0).Board.SupplyMillivolts, 22_500, 25_500);
        Assert.InRange(run.Controller(0).Board.Degrees, 5, 40);
        run.RunTo(60);
        Assert.Equal(part == PartName.SupplyVoltage, run.Controller(0).Board.SupplyMillivolts == -1);
        Assert.Equal(part == PartName.BoardTemperature, run.Controller(0).Board.Centidegrees == int.MinValue);
        AssertChecks(run);
        AssertRaisedAndCleared(run, AlarmKind.BoardSensorFault, 30, 70, 5);
        Assert.Equal(2, run.Operator.Alarms.Count);
    }

    private static void AssertRaisedAndCleared(StreetRun run, AlarmKind kind, double fromMinutes, double untilMinutes, double withinMinutes)
    {
        run.Finish();
        ReceivedAlarm[] alarms = run.Alarms(0, kind);
        Assert.Equal([true, false], alarms.Select(alarm => alarm.IsRaised));
        Assert.InRange(alarms[0].ReceivedUs / 60e6, fromMinutes, fromMinutes + withinMinutes);
        Assert.InRange(alarms[1].ReceivedUs / 60e6, untilMinutes, untilMinutes + withinMinutes);
    }
}
