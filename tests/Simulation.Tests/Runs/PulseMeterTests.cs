// Whole poles whose meter tells by pulses, beside a radar that has the UART: energy, what the operator hears of luminaire and meter, and what he does not.
using PoleController.Alarms;
using PoleController.Lighting;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class PulseMeterTests
{
    private static readonly CheckPlan Checks = new()
    {
        NoLampDark = new NoLampDarkCheck(),
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
        EventsRight = new EventsRightCheck { WithinMs = 20 * 60_000 },
    };

    private static Street Metered(Street street) => street.Checks(Checks)
        .With(scenario => scenario with { Sensors = [new SensorPlan { Meter = MeterKind.Bl0937, HasRadar = true }] });

    private static void AssertChecks(StreetRun run)
    {
        run.AssertHolds("controllersSound");
        run.AssertHolds("noLampDark");
        run.AssertHolds("noUnexpectedAlarms");
        run.AssertHolds("eventsRight");
    }

    [Fact]
    public void Given_a_day_and_a_night_of_adaptive_light_with_people_Then_energy_is_the_true_one_and_no_alarm_is_false()
    {
        using StreetRun run = Metered(Street.From("2026-12-10T12:00", 24).Poles(2).Poles(1, "Side Street", fullPowerWatts: 12)).Travellers(900)
            .Program(60, Street.Sun(SwitchingReference.CivilDusk, 0, 700), Street.Clock(22, 0, 100, 800), Street.Clock(1, 0, 20, 500), Street.Sun(SwitchingReference.CivilDawn, 0, 0))
            .Build();
        run.Finish();
        AssertChecks(run);
        Assert.Empty(run.Operator.Alarms);
        for (int pole = 0; pole < 3; pole++)
        {
            // 12 seconds of the start are before the meter's first reading.
            double trueWattHours = run.Pole(pole).Parts.Recorder.EnergyMilliwattHours / 1000.0;
            Assert.InRange(trueWattHours, 20, 1000);
            Assert.Equal(trueWattHours, run.Controller(pole).Luminaire.EnergyWattHours, 1.5 + (trueWattHours / 500));
            Assert.NotNull(run.Pole(pole).Parts.Surroundings!.Radar);
        }
    }

    [Theory]
    [InlineData(PartTrouble.LampFailed, AlarmKind.LampFailure)]
    [InlineData(PartTrouble.GearFailed, AlarmKind.GearFailure)]
    public void Given_a_luminaire_that_fails_Then_it_is_told_with_its_end(PartTrouble trouble, AlarmKind kind)
    {
        using StreetRun run = Metered(Street.AtNight(3).Poles(1)).Constant(300).Trouble(PartName.Gear, trouble, 30, 60).Build();
        run.Finish();
        AssertChecks(run);
        Assert.Contains(run.Operator.Alarms, alarm => alarm.Kind == kind);
    }

    [Theory]
    [InlineData(PartTrouble.Silent)]
    [InlineData(PartTrouble.Stuck)]
    [InlineData(PartTrouble.Garbage)]
    public void Given_a_counter_that_fails_or_a_line_full_of_noise_Then_the_meters_fault_is_told_with_its_end_and_the_luminaire_is_not_blamed(PartTrouble trouble)
    {
        using StreetRun run = Metered(Street.AtNight(3).Poles(1)).Constant(300).Trouble(PartName.Meter, trouble, 30, 60).Build();
        run.Finish();
        AssertChecks(run);
        Assert.Contains(run.Operator.Alarms, alarm => alarm.Kind == AlarmKind.MeterFault);
        Assert.DoesNotContain(run.Operator.Alarms, alarm => alarm.Kind is AlarmKind.LampFailure or AlarmKind.GearFailure or AlarmKind.PowerTooHigh or AlarmKind.PowerTooLow);
    }

    [Fact]
    public void Given_a_power_cut_Then_the_meter_begins_anew_with_the_controller_and_no_energy_is_counted_twice()
    {
        using StreetRun run = Metered(Street.AtNight(3).Poles(1)).Constant(500).Outage(60, 20).Build();
        run.Finish();
        AssertChecks(run);
        double trueWattHours = run.Pole(0).Parts.Recorder.EnergyMilliwattHours / 1000.0;
        Assert.InRange(run.Controller(0).Luminaire.EnergyWattHours, trueWattHours * 0.6, trueWattHours);
    }

    [Fact]
    public void Given_a_trouble_that_only_a_meter_on_a_UART_can_have_Then_no_pole_with_pulses_is_chosen_for_it()
    {
        PoleFitting pulses = new() { Sensors = new SensorPlan { Meter = MeterKind.Bl0937 } };
        PoleFitting uart = new() { Sensors = new SensorPlan { Meter = MeterKind.Cse7766 } };
        ControllerModel controller = new();
        Assert.True(pulses.CanHave(PartName.Meter, PartTrouble.Garbage, controller));
        foreach (PartTrouble trouble in new[] { PartTrouble.Checksum, PartTrouble.Cut, PartTrouble.Deaf, PartTrouble.Replaced, PartTrouble.Restarted })
        {
            Assert.False(pulses.CanHave(PartName.Meter, trouble, controller));
            Assert.True(uart.CanHave(PartName.Meter, trouble, controller));
        }
    }
}
