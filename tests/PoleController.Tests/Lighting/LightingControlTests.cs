// What decides the level, in which order, and how the lamp gets there.
using PoleController.Lighting;
using PoleController.Sensing;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class LightingControlTests
{
    private const int Hour = 3600000;

    [Fact]
    public void Given_power_has_returned_Then_the_lamp_stays_off_for_a_random_time_within_the_setting()
    {
        const int maximumMs = 5000;
        int[] quarters = new int[4];
        for (int seed = 0; seed < 200; seed++)
        {
            LampHarness pole = new(hasRelay: true, seed: seed);
            pole.Settings.PowerReturnDelayMaximumMs = maximumMs;
            long startMs = pole.NowMs;
            pole.Start(isPowerReturn: true);
            bool isDelayed = pole.Lighting.Cause == LevelCause.PowerReturnDelay;
            Assert.Equal(isDelayed, !pole.Relay!.IsClosed);
            pole.Run(maximumMs);
            Assert.True(pole.IsLit);
            Assert.Equal(1000, pole.Lighting.LevelPermille);
            quarters[Math.Min(3, (int)((pole.Curve.Last().Key - startMs) * 4 / maximumMs))]++;
        }

        Assert.All(quarters, count => Assert.InRange(count, 25, 75));
    }

    [Fact]
    public void Given_a_restart_without_power_return_Then_there_is_light_at_once()
    {
        LampHarness pole = new(hasRelay: true);
        pole.Start();
        Assert.True(pole.IsLit);
        Assert.Equal(0, pole.Relay!.OpeningCount);
    }

    [Fact]
    public void Given_the_random_source_throws_Then_light_does_not_wait()
    {
        LampHarness pole = new(hasRelay: true);
        pole.Random.Throws = true;
        pole.Start(isPowerReturn: true);
        Assert.True(pole.IsLit);
    }

    [Fact]
    public void Given_an_override_Then_it_holds_to_the_millisecond_and_the_program_comes_back_with_its_fade()
    {
        LampHarness pole = new LampHarness().WithProgram(400, 0, fadeSeconds: 10).Start();
        Assert.Equal(400, pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Program, pole.Lighting.Cause);
        pole.Override(900, 1000, 60000);
        pole.Run(500);
        Assert.InRange(pole.Lighting.LevelPermille, 640, 660);
        Assert.True(pole.Lighting.IsFading);
        pole.Run(500);
        Assert.Equal(900, pole.Lighting.LevelPermille);
        Assert.False(pole.Lighting.IsFading);
        Assert.Equal(LevelCause.Override, pole.Lighting.Cause);
        pole.Run(59000 - 1);
        Assert.Equal(900, pole.Lighting.LevelPermille);
        Assert.Equal(pole.NowMs + 1, pole.Lighting.OverrideEndMs);
        pole.Run(1);
        Assert.Equal(LevelCause.Program, pole.Lighting.Cause);
        pole.Run(5000);
        Assert.InRange(pole.Lighting.LevelPermille, 640, 660);
        pole.Run(5000);
        Assert.Equal(400, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_two_commands_Then_the_newest_pre_empts_even_with_the_same_level()
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.Override(1000, 600000, Hour);
        pole.Run(1000);
        Assert.True(pole.Lighting.LevelPermille < 410);
        pole.Override(1000, 0, 2 * Hour);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Run(Hour + 1);
        Assert.Equal(LevelCause.Override, pole.Lighting.Cause);
    }

    [Fact]
    public void Given_resume_Then_the_program_is_back_at_once()
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.Override(1000, 0, Hour);
        pole.Lighting.ResumeProgram(pole.NowMs);
        pole.Step();
        Assert.Equal(400, pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Program, pole.Lighting.Cause);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1001, 1000)]
    public void Given_a_level_out_of_range_Then_the_nearest_is_taken(int asked, int level)
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.Override(asked, 0, Hour);
        Assert.Equal(level, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_something_changed_that_nobody_said_Then_it_is_decided_anew_after_ten_seconds()
    {
        LampHarness pole = new LampHarness().WithProgram(500).Start().Run(60000).Step();
        (pole.Settings.Groups.BoostPermille, pole.Settings.Groups.BoostWeekdayMask, pole.Settings.Groups.BoostToMinute) = (200, 127, 1439);
        pole.Step();
        Assert.Equal((LevelCause.Program, 500), (pole.Lighting.Cause, pole.Lighting.TargetLevelPermille));
        pole.Oversleep(LightingControl.StandsAtMostMs);
        Assert.Equal((LevelCause.Boost, 700), (pole.Lighting.Cause, pole.Lighting.TargetLevelPermille));
    }

    [Fact]
    public void Given_an_endless_override_Then_it_ends_after_48_hours()
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.Override(1000, 0, long.MaxValue / 2);
        pole.Run((48L * Hour) - 1);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Run(1);
        Assert.Equal(400, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_an_arrival_Then_the_level_rises_within_debounce_and_fade_and_comes_down_after_the_hold_time()
    {
        LampHarness pole = new LampHarness().WithProgram(300, 1000, fadeSeconds: 600).Start();
        pole.Sense(true);
        pole.Run(50);
        Assert.Equal(LevelCause.Occupancy, pole.Lighting.Cause);
        pole.Run(500);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Sense(false);
        pole.Run(30000 - 1);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Run(1);
        Assert.Equal(LevelCause.Program, pole.Lighting.Cause);
        pole.Run(2500);
        Assert.InRange(pole.Lighting.LevelPermille, 640, 660);
        pole.Run(2500);
        Assert.Equal(300, pole.Lighting.LevelPermille);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 700, 700)]
    [InlineData(500, 400, 500)]
    [InlineData(500, 500, 500)]
    public void Given_an_arrival_Then_the_points_occupancy_level_decides(int program, int occupancy, int level)
    {
        LampHarness pole = new LampHarness(hasRelay: true).WithProgram(program, occupancy).Start();
        pole.Sense(true);
        pole.Run(1000);
        Assert.Equal(level, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_an_arrival_on_the_way_down_Then_the_light_rises_from_where_it_is()
    {
        LampHarness pole = new LampHarness().WithProgram(300, 1000).Start();
        pole.Sense(true).Run(1000);
        pole.Sense(false).Run(30000 + 2500);
        int level = pole.Lighting.LevelPermille;
        Assert.InRange(level, 600, 700);
        pole.Sense(true).Run(50);
        Assert.InRange(pole.Lighting.LevelPermille, level - 12, level);
        pole.Run(250);
        Assert.True(pole.Lighting.LevelPermille > level);
        pole.Run(250);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_an_arrival_while_the_program_rises_slowly_Then_nobody_waits_for_the_slow_fade()
    {
        // 22:00 is when the harness begins; the point of 22:01 rises over ten minutes.
        LampHarness pole = new LampHarness().WithProgram([720, 1321], [0, 1000], [0, 800], fadeSeconds: 600).Start();
        pole.Run(60000 + 60000);
        Assert.InRange(pole.Lighting.LevelPermille, 90, 110);
        pole.Sense(true).Run(550);
        Assert.True(pole.Lighting.LevelPermille >= 800);
    }

    [Fact]
    public void Given_switching_points_Then_each_comes_at_its_minute_with_the_programs_fade()
    {
        LampHarness pole = new LampHarness().WithProgram([720, 1380, 300], [0, 600, 200], [0, 0, 0], fadeSeconds: 60).Start();
        Assert.Equal(0, pole.Lighting.LevelPermille);
        pole.Run(Hour - 1);
        Assert.Equal(0, pole.Lighting.TargetLevelPermille);
        pole.Run(1);
        Assert.Equal(600, pole.Lighting.TargetLevelPermille);
        pole.Run(30000);
        Assert.InRange(pole.Lighting.LevelPermille, 290, 310);
        pole.Run((6 * Hour) - 30000);
        Assert.Equal(200, pole.Lighting.TargetLevelPermille);
        pole.Run(60000);
        Assert.Equal(200, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_pole_that_overslept_Then_the_level_is_right_at_the_first_step()
    {
        LampHarness pole = new LampHarness().WithProgram([720, 1380, 300], [0, 600, 200], [0, 0, 0]).Start();
        pole.Oversleep(3 * Hour);
        Assert.Equal(600, pole.Lighting.LevelPermille);
        pole.Oversleep(5 * Hour);
        Assert.Equal(200, pole.Lighting.LevelPermille);
        pole.Oversleep(15 * Hour);
        Assert.Equal(0, pole.Lighting.LevelPermille);
        pole.Oversleep(29 * 24 * (long)Hour);
        Assert.Equal(0, pole.Lighting.LevelPermille);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void Given_the_clock_is_set_by_hours_Then_the_level_follows(int hours)
    {
        LampHarness pole = new LampHarness().WithProgram([720, 1230, 1380], [0, 400, 800], [0, 0, 0]).Start();
        Assert.Equal(400, pole.Lighting.LevelPermille);
        pole.Clock.Set(pole.NowMs, LampHarness.MidsummerEveningUtcMs + (hours * (long)Hour), 0);
        pole.Step();
        Assert.Equal(hours > 0 ? 800 : 0, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_new_program_Then_it_is_in_force_with_the_next_step()
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.WithProgram(700);
        pole.Step();
        Assert.Equal(700, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_program_by_the_sun_and_no_position_Then_it_is_as_if_the_clock_were_unknown()
    {
        LampHarness pole = new LampHarness().WithProgram(400).Start();
        pole.Settings.Programs[0].Reference[0] = (byte)SwitchingReference.Sunset;
        pole.Settings.HasPosition = false;
        pole.Schedule.Invalidate();
        pole.Step();
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.ClockUnknown, pole.Lighting.Cause);
        Assert.Equal(HealthState.Degraded, pole.Lighting.Health.State);
    }

    [Fact]
    public void Given_the_time_becomes_known_by_day_Then_a_program_of_an_hours_fade_does_not_keep_the_lamp_burning()
    {
        LampHarness pole = new LampHarness().Start();
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.WithProgram(0, 0, fadeSeconds: 3600);
        pole.Step();
        pole.Run(ScheduledLevel.RecoveryFadeMaximumMs);
        Assert.Equal(0, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_failure_Then_full_light_at_once_and_the_next_good_step_recovers()
    {
        LampHarness pole = new LampHarness(hasRelay: true).WithProgram(0).Start();
        pole.Run(100000);
        Assert.False(pole.IsLit);
        pole.Lighting.GoToSafeLevel(pole.NowMs);
        Assert.True(pole.IsLit);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Failure, pole.Lighting.Cause);
        pole.Step();
        Assert.Equal(LevelCause.Program, pole.Lighting.Cause);
        Assert.Equal(0, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_stuck_sensor_Then_the_light_follows_the_program_after_half_an_hour()
    {
        LampHarness pole = new LampHarness().WithProgram(300, 1000).Start();
        pole.Sense(true).Run(OccupancySensor.StuckAfterMs - 1);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Run(1 + 5000);
        Assert.Equal(300, pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_quiet_night_Then_the_pole_sleeps()
    {
        LampHarness pole = new LampHarness(hasRelay: true).WithProgram([720, 1380, 300], [0, 600, 200], [0, 0, 0]).Start();
        pole.Run(24L * Hour);
        Assert.InRange(pole.StepCount, 1, 60);
    }
}
