// What the check of alarms takes for a reason: real alarms of a running pole, judged against what the scenario did and against something that is near it and not it.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Scenarios;
using Simulation.Tests.Runs;
using Xunit;

namespace Simulation.Tests.Checks;

public class AlarmReasonTests
{
    private const long MinuteUs = 60_000_000;

    private static readonly CheckPlan Unexpected = new() { NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck() };

    [Fact]
    public void Given_a_lamp_that_broke_while_it_was_lit_Then_it_went_off_unexpectedly_and_one_that_broke_by_day_did_not()
    {
        Street street = Street.AtNight(1).Poles(1).Constant(600).Fault(FaultKind.LampFailure, 20, null, 0).Checks(Unexpected);
        AssertExplained(street);

        // The same two alarms: had it been broken since noon, it would never have been right.
        AssertUnexplained(street, AlarmKind.UnexpectedOff, fault => fault with { StartUs = -8 * 60 * MinuteUs });
    }

    [Fact]
    public void Given_a_lamp_that_cycles_Then_as_many_failures_explain_it_as_the_controller_counts_and_fewer_do_not()
    {
        Street street = Street.AtNight(1.5).Poles(1).Constant(600).Checks(Unexpected);
        for (int i = 0; i < 5; i++)
        {
            street.Fault(FaultKind.LampFailure, 10 + (i * 12), 6, 0);
        }

        AssertExplained(street);
        using StreetRun run = Claim(street, (fault, i) => i < 3 ? fault : null);
        run.AssertFails("noUnexpectedAlarms");
        Assert.NotEmpty(run.Alarms(0, AlarmKind.Cycling));
        Assert.Contains(run.Check("noUnexpectedAlarms").Failures, failure => failure.Text.StartsWith("Cycling", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_a_luminaire_that_draws_too_little_Then_a_broken_lamp_is_no_reason_for_it()
    {
        Street street = Street.AtNight(1).Poles(1).Constant(900).Trouble(PartName.Dimmer, PartTrouble.Drifting, 20, 30, -40)
            .With(scenario => scenario with { Sensors = [new SensorPlan { Dimmer = DimmerKind.Analog }] }).Checks(Unexpected);
        AssertExplained(street);
        AssertUnexplained(street, AlarmKind.PowerTooLow, fault => fault with { Kind = FaultKind.LampFailure });
    }

    [Theory]
    [InlineData(PartName.FillLevel)]
    [InlineData(PartName.Radar)]
    [InlineData(PartName.Dimmer)]
    public void Given_an_air_sensor_that_fails_Then_another_parts_trouble_is_no_reason_for_its_alarm(PartName other)
    {
        Street street = Street.AtNight(1.5).Poles(1).Constant(600).Trouble(PartName.Particulates, PartTrouble.Silent, 20, 60)
            .With(scenario => scenario with { AirStations = [new AirStationPlan()] }).Checks(Unexpected);
        AssertExplained(street);
        AssertUnexplained(street, AlarmKind.AirSensorFault, fault => fault with { Part = other });
    }

    [Fact]
    public void Given_an_alarm_that_came_before_a_fault_or_long_after_it_Then_the_fault_is_no_reason()
    {
        Street street = Street.AtNight(1.5).Poles(1).Constant(600).Fault(FaultKind.MeterSilent, 30, 20, 0).Checks(Unexpected);
        AssertExplained(street);
        AssertUnexplained(street, AlarmKind.MeterFault, fault => fault with { StartUs = fault.StartUs + (10 * MinuteUs) });
        AssertUnexplained(street, AlarmKind.MeterFault, fault => fault with { StartUs = 0, EndUs = 20 * MinuteUs });
    }

    private static void AssertExplained(Street street)
    {
        using StreetRun run = street.Build();
        run.AssertHolds("noUnexpectedAlarms");
        Assert.NotEmpty(run.Operator.Alarms);
    }

    private static void AssertUnexplained(Street street, AlarmKind kind, Func<InjectedFault, InjectedFault> change)
    {
        using StreetRun run = Claim(street, (fault, _) => change(fault));
        run.AssertFails("noUnexpectedAlarms");
        Assert.Contains(run.Check("noUnexpectedAlarms").Failures, failure => failure.Text.StartsWith(kind.ToString(), StringComparison.Ordinal));
    }

    /// <summary>The same fleet, with another claim of what was wrong with it.</summary>
    private static StreetRun Claim(Street street, Func<InjectedFault, int, InjectedFault?> change)
    {
        using StreetRun whole = street.Build();
        Fleet fleet = whole.Fleet;
        return new StreetRun(
            new Fleet
            {
                Scenario = fleet.Scenario,
                Seed = fleet.Seed,
                Import = fleet.Import,
                Poles = fleet.Poles,
                Nights = fleet.Nights,
                Outages = fleet.Outages,
                Faults = [.. fleet.Faults.Select(change).OfType<InjectedFault>()],
                Gateways = fleet.Gateways,
                Network = fleet.Network,
                Traffic = fleet.Traffic,
                Operator = fleet.Operator,
                BinSeconds = fleet.BinSeconds,
                Warnings = fleet.Warnings,
            },
            1);
    }
}
