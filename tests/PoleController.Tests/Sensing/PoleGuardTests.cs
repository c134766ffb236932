// What whoever answers for a pole relies on: it zeroes itself after mounting, tells a lean with its size, an impact and an open door, and weather is none of these.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class PoleGuardTests
{
    private readonly SimulatedAccelerometer _part = new();
    private readonly SimulatedInput _door = new();
    private readonly ControllerSettings _settings = new();
    private readonly FaultableStore _store = new();
    private readonly AlarmBoard _board = new();
    private PoleGuard _guard;
    private ComponentClock _clock;

    public PoleGuardTests()
    {
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(0);
        _guard = Guard();
        _clock = new ComponentClock(_guard);
    }

    [Fact]
    public void Given_nothing_fitted_Then_it_sleeps_and_is_healthy()
    {
        PoleGuard none = new(null, null, _settings, _store, _board);
        none.Start(0, false);
        Assert.Equal(Wake.Never, none.Step(10));
        Assert.Equal(HealthReason.NotFitted, none.Health.Reason);
    }

    [Fact]
    public void Given_a_pole_that_is_being_mounted_Then_it_learns_its_zero_once_it_has_been_still_for_ten_minutes()
    {
        // For half an hour the pole is carried, set up and aligned; then it stands, the part at 12 degrees to the vertical.
        _part.Gravity = nowMs => nowMs < 1800000 ? SimulatedAccelerometer.Leaning(40 * Math.Sin(nowMs / 20000.0)) : SimulatedAccelerometer.Leaning(0);
        _clock.Start().Run(1800000);
        Assert.False(_guard.Zero.IsKnown);
        Assert.Equal(Quality.WarmingUp, _guard.QualityAt(_clock.NowMs));
        Assert.Equal(PoleGuard.Unknown, _guard.TiltDecidegrees);
        _clock.Run(590000);
        Assert.False(_guard.Zero.IsKnown);
        _clock.Run(60000);
        Assert.True(_guard.Zero.IsKnown);
        _clock.RunHours(1);
        Assert.InRange(_guard.TiltDecidegrees, 0, 5);
        Assert.Equal(Quality.Ok, _guard.QualityAt(_clock.NowMs));
        Assert.Equal(0, _board.ChangeCount);
    }

    [Fact]
    public void Given_a_zero_was_learnt_Then_it_survives_a_restart_and_what_fell_meanwhile_is_told()
    {
        _clock.Start().RunHours(1);
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(9);
        _guard = Guard();
        _clock = new ComponentClock(_guard);
        _clock.Start().RunHours(1);
        Assert.True(_board.IsRaised(AlarmKind.Tilt));
        Assert.InRange(_board.Value(AlarmKind.Tilt), 85, 95);
    }

    [Fact]
    public void Given_a_power_cut_at_any_write_of_the_zero_Then_it_is_the_old_the_new_or_learnt_anew()
    {
        _clock.Start().RunHours(1);
        _store.Throws = true;
        _guard.LearnZero(_clock.NowMs);
        _clock.RunHours(2);
        Assert.True(_guard.Zero.IsKnown);
        Assert.Equal(HealthReason.StoreFailed, _guard.Health.Reason);
        _store.Throws = false;
        _clock.RunHours(1);
        Assert.Equal(HealthState.Ok, _guard.Health.State);
    }

    [Theory]
    [InlineData(4.0, false)]
    [InlineData(6.0, true)]
    [InlineData(45.0, true)]
    [InlineData(90.0, true)]
    public void Given_a_pole_that_is_hit_and_leans_Then_it_is_told_with_its_size_within_one_interval(double degrees, bool isTold)
    {
        _clock.Start().RunHours(1);
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(degrees);
        _clock.Run((_settings.PoleGuard.IntervalSeconds * 1000L) + 50000);
        Assert.Equal(isTold, _board.IsRaised(AlarmKind.Tilt));
        Assert.InRange(_guard.TiltDecidegrees, (degrees * 10) - 6, (degrees * 10) + 6);
        Assert.InRange(_board.Value(AlarmKind.Tilt), isTold ? (degrees * 10) - 6 : 0, isTold ? (degrees * 10) + 6 : 0);
    }

    [Fact]
    public void Given_a_pole_that_is_set_upright_again_Then_the_alarm_ends_below_the_hysteresis()
    {
        _clock.Start().RunHours(1);
        double degrees = 6;
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(degrees);
        _clock.RunHours(1);
        degrees = 4.5;
        _clock.RunHours(1);
        Assert.True(_board.IsRaised(AlarmKind.Tilt));
        degrees = 3;
        _clock.RunHours(1);
        Assert.False(_board.IsRaised(AlarmKind.Tilt));
        Assert.Equal(2, _board.Changes(AlarmKind.Tilt));
    }

    [Fact]
    public void Given_gusts_and_lorries_Then_there_is_no_alarm()
    {
        _clock.Start().RunHours(1);
        Random random = new(3);
        _part.Gravity = _ => random.Next(10) == 0 ? SimulatedAccelerometer.Leaning(8) : SimulatedAccelerometer.Leaning(random.NextDouble() * 2);
        _clock.RunHours(24 * 14);
        Assert.Equal(0, _board.Changes(AlarmKind.Tilt));
    }

    /// <summary>Half a milligravity a degree: from -20 at night to 60 in the sun, a year round, plus a slow drift of age.</summary>
    [Fact]
    public void Given_a_part_that_drifts_with_temperature_and_age_Then_there_is_no_alarm_and_a_real_lean_still_is_one()
    {
        _clock.Start().RunHours(1);
        double lean = 0;
        _part.Gravity = nowMs =>
        {
            double days = nowMs / 86400000.0;
            double celsius = 20 + (20 * Math.Sin(2 * Math.PI * days / 365)) + (20 * Math.Sin(2 * Math.PI * days));
            (double x, double y, double z) = SimulatedAccelerometer.Leaning(lean);
            return (x + (0.0005 * (celsius - 20)) + (0.00003 * days), y + (0.0005 * (celsius - 20)), z);
        };
        _clock.RunHours(24 * 200);
        Assert.Equal(0, _board.ChangeCount);
        lean = 8;
        _clock.RunHours(1);
        Assert.True(_board.IsRaised(AlarmKind.Tilt));
    }

    [Fact]
    public void Given_a_pole_that_sinks_slowly_Then_the_zero_does_not_follow_it_for_ever()
    {
        _clock.Start().RunHours(1);
        _part.Gravity = nowMs => SimulatedAccelerometer.Leaning(nowMs / 86400000.0 * 0.1);
        _clock.RunHours(24 * 70);
        Assert.True(_board.IsRaised(AlarmKind.Tilt), "Seven degrees in seventy days.");
    }

    [Fact]
    public void Given_an_impact_Then_it_is_told_with_its_size_and_the_lean_is_looked_at_at_once()
    {
        _clock.Start().RunHours(2);
        Assert.Equal(_settings.PoleGuard.ImpactMilligravities, _part.Threshold);
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(15);
        (_part.ImpactCount, _part.ImpactMilligravities) = (1, 3200);
        _clock.Step();
        Assert.Equal(1, _board.Changes(AlarmKind.Impact));
        Assert.Equal(3200, _board.Value(AlarmKind.Impact));
        Assert.Equal(3200, _guard.LastImpactMilligravities);
        _clock.Run(50000);
        Assert.True(_board.IsRaised(AlarmKind.Tilt));
    }

    [Fact]
    public void Given_a_command_to_zero_anew_Then_the_alarm_ends_and_the_lean_counts_from_there()
    {
        _clock.Start().RunHours(1);
        _part.Gravity = _ => SimulatedAccelerometer.Leaning(10);
        _clock.RunHours(1);
        Assert.True(_board.IsRaised(AlarmKind.Tilt));
        _guard.LearnZero(_clock.NowMs);
        _clock.Step().RunHours(1);
        Assert.False(_board.IsRaised(AlarmKind.Tilt));
        Assert.InRange(_guard.TiltDecidegrees, 0, 5);
    }

    [Fact]
    public void Given_the_door_Then_it_is_told_when_it_opens_and_when_it_closes_and_rattling_is_nothing()
    {
        _clock.Start().RunHours(1);
        _door.IsActive = true;
        _clock.Step().Run(300);
        _door.IsActive = false;
        _clock.Step().Run(5000);
        Assert.Equal(0, _board.ChangeCount);
        long openedMs = _clock.NowMs;
        _door.IsActive = true;
        _clock.Step().Run(999);
        Assert.False(_board.IsRaised(AlarmKind.DoorOpen));
        _clock.Run(1);
        Assert.True(_board.IsRaised(AlarmKind.DoorOpen));
        Assert.Equal(openedMs, _guard.DoorOpenSinceMs);
        _door.IsActive = false;
        _clock.Step().Run(1000);
        Assert.False(_board.IsRaised(AlarmKind.DoorOpen));
    }

    [Theory]
    [InlineData(SensorFaultKind.NoAnswer, HealthReason.NoAnswer)]
    [InlineData(SensorFaultKind.WrongPart, HealthReason.Implausible)]
    public void Given_a_part_that_fails_Then_the_fault_is_told_the_door_goes_on_and_all_ends_with_it(SensorFaultKind trouble, HealthReason reason)
    {
        _clock.Start().RunHours(1);
        _part.Trouble = trouble;
        _clock.RunHours(2);
        Assert.True(_board.IsRaised(AlarmKind.PoleSensorFault));
        Assert.Equal(reason, _board.Reason(AlarmKind.PoleSensorFault));
        Assert.Equal(Quality.Stale, _guard.QualityAt(_clock.NowMs));
        _door.IsActive = true;
        _clock.Step().Run(2000);
        Assert.True(_board.IsRaised(AlarmKind.DoorOpen));
        _part.Trouble = SensorFaultKind.None;
        _clock.RunHours(1);
        Assert.False(_board.IsRaised(AlarmKind.PoleSensorFault));
        Assert.Equal(Quality.Ok, _guard.QualityAt(_clock.NowMs));
    }

    [Fact]
    public void Given_a_part_that_says_there_is_no_gravity_Then_it_is_implausible_and_nothing_leans()
    {
        _clock.Start().RunHours(1);
        _part.Gravity = _ => (0, 0, 0);
        _clock.RunHours(1);
        Assert.Equal(HealthReason.Implausible, _guard.Health.Reason);
        Assert.Equal(Quality.OutOfRange, _guard.QualityAt(_clock.NowMs));
        Assert.False(_board.IsRaised(AlarmKind.Tilt));
    }

    [Fact]
    public void Given_it_is_switched_off_Then_the_part_is_not_asked()
    {
        _clock.Start().RunHours(1);
        _settings.Measurements.IntervalSeconds[MeasurementKind.Pole - MeasurementSettings.FirstKind] = 0;
        _settings.Revision++;
        _clock.Step().RunHours(1);
        int requests = _part.RequestCount;
        _clock.RunHours(5);
        Assert.Equal(requests, _part.RequestCount);
        Assert.Equal(PoleGuard.Unknown, _guard.TiltDecidegrees);
        Assert.Equal(Quality.NotMeasured, _guard.QualityAt(_clock.NowMs));
        Assert.True(_guard.Zero.IsKnown);
    }

    [Theory]
    [InlineData(1000, 0, 0, 1000, 0, 0, 0)]
    [InlineData(1000, 0, 0, 0, 1000, 0, 900)]
    [InlineData(1000, 0, 0, -1000, 0, 0, 1800)]
    [InlineData(1000, 0, 0, 1000, 1000, 0, 450)]
    [InlineData(0, 0, 1000, 0, 17, 1000, 10)]
    [InlineData(577, 577, 577, 577, 577, 0, 353)]
    public void Given_two_directions_Then_the_angle_is_that_between_them(int x1, int y1, int z1, int x2, int y2, int z2, int decidegrees)
    {
        Assert.Equal(decidegrees, TiltAngle.Between(x1, y1, z1, x2, y2, z2));
    }

    private PoleGuard Guard() => new(_part, _door, _settings, _store, _board);
}
