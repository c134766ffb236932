// What a flood service relies on: the level above gauge zero, a warning in time, waves and what drifts by told from a rise.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class WaterLevelTests(ITestOutputHelper output)
{
    private const int SensorHeight = 4000;

    private readonly SimulatedRangeSensor _sensor = new() { MaximumMillimetres = 5000, BlindZoneMillimetres = 300 };
    private readonly ControllerSettings _settings = new();
    private readonly AlarmBoard _board = new();

    [Fact]
    public void Given_calm_water_Then_the_level_is_above_gauge_zero_and_nothing_is_told()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, _ => 800);
        clock.RunHours(24);
        Assert.Equal(800, monitor.LevelMillimetres);
        Assert.Equal(0, monitor.RateMillimetresPerHour);
        Assert.Equal(LevelState.Green, monitor.State);
        Assert.Equal(Quality.Ok, monitor.QualityAt(clock.NowMs));
        Assert.Equal(0, _board.ChangeCount);
    }

    [Fact]
    public void Given_a_level_below_gauge_zero_Then_it_is_negative()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, _ => -150);
        clock.RunHours(1);
        Assert.Equal(-150, monitor.LevelMillimetres);
    }

    [Fact]
    public void Given_waves_of_20_cm_Then_the_level_is_right_to_a_few_centimetres_and_no_alarm_comes_of_them()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, nowMs => 1100 + (int)(100 * Math.Sin(2 * Math.PI * nowMs / 3100.0)));
        int worst = 0;
        clock.Check = () => worst = Math.Max(worst, monitor.MeasurementCount > 0 ? Math.Abs(monitor.LevelMillimetres - 1100) : 0);
        clock.RunHours(48);
        Assert.InRange(worst, 0, 70);
        Assert.InRange(monitor.SpreadMillimetres, 20, 200);
        Assert.Equal(0, _board.ChangeCount);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(1500)]
    public void Given_a_flood_wave_Then_warning_and_alarm_come_within_one_fast_interval_of_the_crossing(int millimetresPerHour)
    {
        long beginsMs = 6 * 3600000L;
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, nowMs =>
            500 + (int)(Math.Max(0, nowMs - beginsMs) * millimetresPerHour / 3600000) + (int)(15 * Math.Sin(nowMs / 700.0)));
        long warnedMs = 0;
        long alarmedMs = 0;
        clock.Check = () =>
        {
            warnedMs = warnedMs == 0 && _board.IsRaised(AlarmKind.WaterWarning) ? clock.NowMs : warnedMs;
            alarmedMs = alarmedMs == 0 && _board.IsRaised(AlarmKind.WaterAlarm) ? clock.NowMs : alarmedMs;
        };
        clock.Run(beginsMs + (2000L * 3600000 / millimetresPerHour));
        double warnedAfterSeconds = ((warnedMs - beginsMs) / 1000.0) - (700 * 3600.0 / millimetresPerHour);
        double alarmedAfterSeconds = ((alarmedMs - beginsMs) / 1000.0) - (1300 * 3600.0 / millimetresPerHour);
        output.WriteLine($"{millimetresPerHour} mm/h: warned {warnedAfterSeconds:F0} s, alarmed {alarmedAfterSeconds:F0} s after the crossing; rate {monitor.RateMillimetresPerHour} mm/h.");
        Assert.True(warnedMs > 0 && alarmedMs > 0);
        Assert.InRange(warnedAfterSeconds, -180, 160);
        Assert.InRange(alarmedAfterSeconds, -180, 160);
        Assert.InRange(monitor.RateMillimetresPerHour, millimetresPerHour * 0.8, millimetresPerHour * 1.2);
    }

    [Fact]
    public void Given_a_threshold_for_the_rate_Then_the_warning_comes_long_before_the_level()
    {
        _settings.WaterLevel.WarningRateMillimetresPerHour = 200;
        long beginsMs = 6 * 3600000L;
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, nowMs => 200 + (int)(Math.Max(0, nowMs - beginsMs) * 400 / 3600000));
        long warnedMs = 0;
        clock.Check = () => warnedMs = warnedMs == 0 && _board.IsRaised(AlarmKind.WaterWarning) ? clock.NowMs : warnedMs;
        clock.Run(beginsMs + (long)(4.2 * 3600000));
        double leadHours = (beginsMs + (1000 * 3600000.0 / 400) - warnedMs) / 3600000;
        output.WriteLine($"Warned {(warnedMs - beginsMs) / 60000.0:F1} min after the rise began, {leadHours:F2} h before the level.");
        Assert.True(warnedMs > beginsMs);
        Assert.InRange(leadHours, 1.8, 2.5);
        Assert.Equal(LevelState.Red, monitor.State);
    }

    [Fact]
    public void Given_a_tree_that_drifts_by_Then_nothing_is_told()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, nowMs => nowMs / 1000 % 600 < 9 ? 2500 : 800);
        clock.RunHours(48);
        Assert.Equal(0, _board.ChangeCount);
        Assert.Equal(800, monitor.LevelMillimetres);
    }

    [Fact]
    public void Given_the_flood_falls_Then_the_states_end_below_the_thresholds_by_the_hysteresis()
    {
        int level = 2000;
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, _ => level);
        clock.RunHours(1);
        Assert.Equal(LevelState.Red, monitor.State);
        level = 1760;
        clock.RunHours(1);
        Assert.Equal(LevelState.Red, monitor.State);
        level = 1740;
        clock.RunHours(1);
        Assert.Equal(LevelState.Yellow, monitor.State);
        level = 1140;
        clock.RunHours(1);
        Assert.Equal(LevelState.Green, monitor.State);
        Assert.False(_board.IsRaised(AlarmKind.WaterWarning));
    }

    [Fact]
    public void Given_a_sensor_that_falls_silent_in_a_flood_Then_the_alarm_stands_and_the_fault_is_told()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, _ => 2000);
        clock.RunHours(1);
        _sensor.Trouble = SensorFaultKind.NoAnswer;
        clock.RunHours(3);
        Assert.True(_board.IsRaised(AlarmKind.WaterAlarm));
        Assert.True(_board.IsRaised(AlarmKind.WaterLevelFault));
        Assert.Equal(Quality.Stale, monitor.QualityAt(clock.NowMs));
        _sensor.Trouble = SensorFaultKind.None;
        clock.RunHours(1);
        Assert.False(_board.IsRaised(AlarmKind.WaterLevelFault));
        Assert.Equal(Quality.Ok, monitor.QualityAt(clock.NowMs));
    }

    [Fact]
    public void Given_it_is_switched_off_Then_the_sensor_is_not_asked()
    {
        ComponentClock clock = Clock(out WaterLevelMonitor monitor, _ => 2000);
        clock.RunHours(1);
        _settings.Measurements.IntervalSeconds[MeasurementKind.WaterLevel - MeasurementSettings.FirstKind] = 0;
        _settings.Revision++;
        clock.Step().RunHours(1);
        int requests = _sensor.RequestCount;
        clock.RunHours(24);
        Assert.Equal(requests, _sensor.RequestCount);
        Assert.Equal(Quality.NotMeasured, monitor.QualityAt(clock.NowMs));
        Assert.Equal(WaterLevelMonitor.UnknownLevel, monitor.LevelMillimetres);
        Assert.False(_board.IsRaised(AlarmKind.WaterAlarm));
    }

    private ComponentClock Clock(out WaterLevelMonitor monitor, Func<long, int> level)
    {
        _settings.WaterLevel.SensorHeightMillimetres = SensorHeight;
        _settings.WaterLevel.WarningMillimetres = 1200;
        _settings.WaterLevel.AlarmMillimetres = 1800;
        _sensor.Ping = nowMs => SensorHeight - level(nowMs);
        monitor = new WaterLevelMonitor(_sensor, _settings, new KnownAir(), _board);
        return new ComponentClock(monitor).Start();
    }
}
