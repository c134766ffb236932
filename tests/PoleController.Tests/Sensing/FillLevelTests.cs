// What a disposal firm relies on: the right colour at once, the emptying noticed and never invented, no value without its quality.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class FillLevelTests
{
    private readonly SimulatedRangeSensor _sensor = new();
    private readonly ControllerSettings _settings = new();
    private readonly KnownAir _air = new();
    private readonly AlarmBoard _board = new();
    private readonly FillLevelMonitor _monitor;
    private readonly ComponentClock _clock;

    public FillLevelTests()
    {
        _settings.FillLevel.EmptyDistanceMillimetres = 1300;
        _settings.FillLevel.FullDistanceMillimetres = 300;
        _monitor = new FillLevelMonitor(_sensor, _settings, _air, _board);
        _clock = new ComponentClock(_monitor);
        Fill(20);
    }

    [Fact]
    public void Given_no_sensor_Then_it_is_not_stepped_and_is_healthy()
    {
        FillLevelMonitor none = new(null, _settings, _air, _board);
        none.Start(0, false);
        Assert.False(none.IsFitted);
        Assert.Equal(HealthReason.NotFitted, none.Health.Reason);
        Assert.Equal(Quality.NotMeasured, none.QualityAt(10));
    }

    [Fact]
    public void Given_a_start_Then_the_level_is_known_within_a_burst()
    {
        _clock.Start().Run(5000);
        Assert.Equal(20, _monitor.FillPercent);
        Assert.Equal(1100, _monitor.DistanceMillimetres);
        Assert.Equal(7, _monitor.ValidPingCount);
        Assert.Equal(LevelState.Green, _monitor.State);
        Assert.Equal(Quality.Ok, _monitor.QualityAt(_clock.NowMs));
    }

    [Theory]
    [InlineData(75, LevelState.Yellow)]
    [InlineData(74, LevelState.Green)]
    [InlineData(90, LevelState.Red)]
    [InlineData(89, LevelState.Yellow)]
    public void Given_a_throw_that_crosses_a_threshold_Then_the_state_follows_within_one_interval(int percent, LevelState state)
    {
        _clock.Start().RunHours(1);
        Fill(percent);
        _clock.Run((_settings.FillLevel.IntervalSeconds * 1000L) + 30000);
        Assert.Equal(state, _monitor.State);
        Assert.Equal(state != LevelState.Green, _board.IsRaised(AlarmKind.FillLevelWarning));
        Assert.Equal(state == LevelState.Red, _board.IsRaised(AlarmKind.FillLevelAlarm));
        Assert.Equal(state == LevelState.Red ? percent : 0, _board.Value(AlarmKind.FillLevelAlarm));
    }

    [Fact]
    public void Given_a_level_that_wavers_at_a_threshold_Then_there_is_one_alarm()
    {
        _clock.Start();
        _sensor.Ping = nowMs => 1300 - (740 + (int)(nowMs / 60000 % 3 * 15));
        _clock.RunHours(24);
        Assert.Equal(1, _board.Changes(AlarmKind.FillLevelWarning));
        Assert.Equal(0, _board.Changes(AlarmKind.FillLevelAlarm));
    }

    [Fact]
    public void Given_three_of_seven_pings_wrong_in_any_way_Then_the_level_is_right()
    {
        int ping = 0;
        int[] wrong = [0, 1, 2];
        _sensor.Ping = _ => wrong.Contains(ping++ % 7) ? (ping % 4) switch { 0 => 0, 1 => -1, 2 => 60, _ => 3000 } : 700;
        _clock.Start().RunHours(48);
        Assert.Equal(60, _monitor.FillPercent);
        Assert.Equal(Quality.Ok, _monitor.QualityAt(_clock.NowMs));
        Assert.Equal(0, _board.ChangeCount);
    }

    [Fact]
    public void Given_a_lid_or_a_hand_for_one_burst_Then_nothing_happened()
    {
        _clock.Start().RunHours(1);
        long atMs = _clock.NowMs + (_settings.FillLevel.IntervalSeconds * 1000L);
        _sensor.Ping = nowMs => Math.Abs(nowMs - atMs) < 4000 ? 320 : 1100;
        for (int i = 0; i < 8; i++)
        {
            _clock.RunHours(1);
        }

        Assert.Equal(0, _board.ChangeCount);
        Assert.Equal(20, _monitor.FillPercent);
    }

    [Fact]
    public void Given_an_emptying_Then_it_is_told_once_with_the_level_before()
    {
        Fill(92);
        _clock.Start().RunHours(5);
        Fill(3);
        _clock.RunHours(5);
        Assert.Equal(1, _monitor.EmptiedCount);
        Assert.Equal(1, _board.Changes(AlarmKind.ContainerEmptied));
        Assert.Equal(92, _board.Value(AlarmKind.ContainerEmptied));
        Assert.False(_board.IsRaised(AlarmKind.FillLevelAlarm));
        Assert.False(_board.IsRaised(AlarmKind.FillLevelWarning));
    }

    [Fact]
    public void Given_waste_that_settles_Then_it_was_not_emptied()
    {
        Fill(80);
        _clock.Start().RunHours(5);
        Fill(55);
        _clock.RunHours(5);
        Assert.Equal(55, _monitor.FillPercent);
        Assert.Equal(0, _monitor.EmptiedCount);
    }

    [Fact]
    public void Given_something_right_before_the_sensor_Then_it_is_red_and_flagged()
    {
        _sensor.BlindZoneMillimetres = 350;
        _clock.Start().RunHours(1);
        _sensor.Ping = _ => 0;
        _clock.RunHours(1);
        Assert.Equal(LevelState.Red, _monitor.State);
        Assert.Equal(95, _monitor.FillPercent);
        Assert.Equal(Quality.OutOfRange, _monitor.QualityAt(_clock.NowMs));
    }

    [Theory]
    [InlineData(SensorFaultKind.NoAnswer, HealthReason.NoAnswer)]
    [InlineData(SensorFaultKind.BusFailed, HealthReason.NoAnswer)]
    [InlineData(SensorFaultKind.WrongPart, HealthReason.Implausible)]
    [InlineData(SensorFaultKind.ChecksumWrong, HealthReason.Implausible)]
    public void Given_a_sensor_that_fails_Then_the_value_is_stale_the_fault_is_told_and_both_end_with_it(SensorFaultKind trouble, HealthReason reason)
    {
        Fill(92);
        _clock.Start().RunHours(1);
        _sensor.Trouble = trouble;
        _clock.RunHours(2);
        Assert.Equal(Quality.Stale, _monitor.QualityAt(_clock.NowMs));
        Assert.Equal(HealthState.Failed, _monitor.Health.State);
        Assert.True(_board.IsRaised(AlarmKind.FillLevelFault));
        Assert.Equal(reason, _board.Reason(AlarmKind.FillLevelFault));
        Assert.True(_board.IsRaised(AlarmKind.FillLevelAlarm), "Silence proves nothing: red stays red.");

        _sensor.Trouble = SensorFaultKind.None;
        _clock.RunHours(1);
        Assert.Equal(Quality.Ok, _monitor.QualityAt(_clock.NowMs));
        Assert.Equal(HealthState.Ok, _monitor.Health.State);
        Assert.False(_board.IsRaised(AlarmKind.FillLevelFault));
    }

    [Fact]
    public void Given_foam_that_swallows_every_ping_Then_the_sensor_is_blind_and_nothing_was_emptied()
    {
        Fill(80);
        _clock.Start().RunHours(1);
        _sensor.Ping = _ => -1;
        _clock.RunHours(3);
        Assert.Equal(HealthReason.Implausible, _monitor.Health.Reason);
        Assert.Equal(Quality.Stale, _monitor.QualityAt(_clock.NowMs));
        Assert.Equal(80, _monitor.FillPercent);
        Assert.Equal(0, _monitor.EmptiedCount);
    }

    [Fact]
    public void Given_a_sensor_that_throws_Then_the_component_does_not_and_recovers()
    {
        _clock.Start().RunHours(1);
        _sensor.Throws = true;
        _clock.RunHours(2);
        Assert.Equal(HealthReason.NoAnswer, _monitor.Health.Reason);
        _sensor.Throws = false;
        _clock.RunHours(1);
        Assert.Equal(Quality.Ok, _monitor.QualityAt(_clock.NowMs));
    }

    [Fact]
    public void Given_frost_and_a_part_that_computes_with_20_degrees_Then_the_measured_temperature_corrects_it()
    {
        // At -10 degrees sound is 5.3 % slower, so that a part computing with 20 degrees says 1161 where there are 1100 mm.
        _sensor.ReferenceCentidegrees = 2000;
        _sensor.Ping = _ => 1161;
        _air.Centidegrees = -1000;
        _clock.Start().RunHours(1);
        Assert.Equal(20, _monitor.FillPercent);
        Assert.Equal(Quality.Ok, _monitor.QualityAt(_clock.NowMs));

        _air.Centidegrees = null;
        _clock.RunHours(1);
        Assert.Equal(14, _monitor.FillPercent);
        Assert.Equal(Quality.Substituted, _monitor.QualityAt(_clock.NowMs));

        _settings.FillLevel.SubstituteCentidegrees = -1000;
        _clock.RunHours(1);
        Assert.Equal(20, _monitor.FillPercent);
        Assert.Equal(Quality.Substituted, _monitor.QualityAt(_clock.NowMs));
    }

    [Fact]
    public void Given_a_container_nobody_described_Then_the_distance_is_reported_and_nothing_is_judged()
    {
        _settings.FillLevel.SetDefaults();
        _clock.Start().RunHours(1);
        Assert.Equal(1100, _monitor.DistanceMillimetres);
        Assert.Equal(FillLevelMonitor.Unknown, _monitor.FillPercent);
        Assert.Equal(HealthReason.DefaultsInForce, _monitor.Health.Reason);
        Assert.Equal(0, _board.ChangeCount);
    }

    [Fact]
    public void Given_another_container_in_the_settings_Then_nothing_was_emptied()
    {
        Fill(80);
        _clock.Start().RunHours(1);
        _settings.FillLevel.EmptyDistanceMillimetres = 700;
        _settings.Revision++;
        _clock.RunHours(1);
        Assert.Equal(50, _monitor.FillPercent);
        Assert.Equal(0, _monitor.EmptiedCount);
    }

    [Fact]
    public void Given_it_is_switched_off_Then_the_sensor_is_not_asked_and_nothing_is_known_until_it_is_switched_on()
    {
        Fill(95);
        _clock.Start().RunHours(1);
        Switch(0);
        _clock.RunHours(1);
        int requests = _sensor.RequestCount;
        int steps = _clock.StepCount;
        _clock.RunHours(24);
        Assert.Equal(requests, _sensor.RequestCount);
        Assert.InRange(_clock.StepCount - steps, 0, 2);
        Assert.Equal(FillLevelMonitor.Unknown, _monitor.FillPercent);
        Assert.Equal(FillLevelMonitor.Unknown, _monitor.DistanceMillimetres);
        Assert.Equal(Quality.NotMeasured, _monitor.QualityAt(_clock.NowMs));
        Assert.False(_board.IsRaised(AlarmKind.FillLevelAlarm));
        Switch(3600);
        _clock.RunHours(1);
        Assert.Equal(95, _monitor.FillPercent);
        Assert.True(_board.IsRaised(AlarmKind.FillLevelAlarm));
    }

    [Fact]
    public void Given_nothing_happens_Then_a_day_takes_few_steps_and_no_memory()
    {
        _clock.Start().RunHours(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int steps = _clock.StepCount;
        _clock.RunHours(24);
        Assert.InRange(_clock.StepCount - steps, 96 * 7, 96 * 24);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private void Fill(int percent)
    {
        int distance = 1300 - (percent * 10);
        _sensor.Ping = _ => distance;
    }

    private void Switch(int intervalSeconds)
    {
        _settings.Measurements.IntervalSeconds[(int)MeasurementKind.FillLevel - (int)MeasurementSettings.FirstKind] = intervalSeconds;
        _settings.Revision++;
        _clock.Step();
    }
}
