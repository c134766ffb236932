// What operators rely on from the metering: energy and hours that add up and survive, alarms that are true.
using PoleController.Luminaire;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Luminaire;

public sealed class LuminaireMonitorTests
{
    private const int Minute = 60000;
    private const long Hour = 3600000;
    private const int FullMilliwatts = 40000;
    private const int StandbyMilliwatts = 500;

    [Fact]
    public void Given_a_steady_level_Then_the_meter_is_read_every_minute()
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        int reads = pole.Meter.ReadCount;
        pole.Run(Hour);
        Assert.Equal(60, pole.Meter.ReadCount - reads);
    }

    [Fact]
    public void Given_a_change_of_level_Then_the_power_is_known_five_seconds_after_it_has_settled()
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        pole.Run(2 * Minute);
        pole.Override(500, 2000, Hour);
        pole.Meter.PowerMilliwatts = 20250;
        pole.Run(2000 + LuminaireMonitor.ReadAfterChangeMs - 1);
        Assert.Equal(FullMilliwatts, pole.Luminaire.PowerMilliwatts);
        pole.Run(1);
        Assert.Equal(20250, pole.Luminaire.PowerMilliwatts);
    }

    [Fact]
    public void Given_a_night_Then_energy_is_the_meters_and_hours_are_the_lamps()
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        Burn(pole, FullMilliwatts, 600);
        Assert.InRange(pole.Luminaire.EnergyWattHours, 398, 400);
        Assert.InRange(pole.Luminaire.LampOnSeconds, 36000, 36010);
        pole.Override(0, 0, 10 * Hour);
        Burn(pole, 0, 300);
        Assert.InRange(pole.Luminaire.LampOnSeconds, 36000, 36010);
    }

    [Fact]
    public void Given_the_meter_restarts_at_0_Then_the_energy_goes_on()
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        pole.Meter.EnergyMilliwattHours = 900000000;
        pole.Run(2 * Minute);
        long before = pole.Luminaire.EnergyWattHours;
        Burn(pole, FullMilliwatts, 60);
        Assert.InRange(pole.Luminaire.EnergyWattHours - before, 38, 41);
        pole.Meter.EnergyMilliwattHours = 0;
        Burn(pole, FullMilliwatts, 60);
        Assert.InRange(pole.Luminaire.EnergyWattHours - before, 76, 81);
        Assert.Equal(HealthState.Ok, pole.Luminaire.Health.State);
    }

    [Theory]
    [InlineData(100000000)]
    [InlineData(-50000)]
    public void Given_an_impossible_step_of_the_counter_Then_it_is_left_out_and_shows(long step)
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        pole.Meter.EnergyMilliwattHours = 7000000;
        pole.Run(2 * Minute);
        Burn(pole, FullMilliwatts, 30);
        long before = pole.Luminaire.EnergyWattHours;
        pole.Meter.EnergyMilliwattHours += step;
        pole.Run(Minute);
        Assert.Equal(HealthState.Degraded, pole.Luminaire.Health.State);
        Assert.Equal(HealthReason.Implausible, pole.Luminaire.Health.Reason);
        Burn(pole, FullMilliwatts, 30);
        Assert.InRange(pole.Luminaire.EnergyWattHours - before, 18, 21);
        Assert.Equal(HealthState.Ok, pole.Luminaire.Health.State);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(LuminaireMonitor.MaximumPowerMilliwatts + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Given_an_impossible_power_Then_it_is_never_shown(int power)
    {
        LampHarness pole = Lit(1000, FullMilliwatts);
        pole.Meter.PowerMilliwatts = power;
        pole.Run(10 * Minute);
        Assert.Equal(-1, pole.Luminaire.PowerMilliwatts);
        Assert.Equal(HealthState.Failed, pole.Luminaire.Health.State);
        Assert.Equal(HealthReason.Implausible, pole.Luminaire.Health.Reason);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300)]
    [InlineData(100)]
    public void Given_a_lamp_that_draws_too_little_Then_two_readings_make_an_alarm_and_two_good_ones_clear_it(int level)
    {
        int due = (FullMilliwatts - StandbyMilliwatts) * level / 1000;
        LampHarness pole = Lit(level, StandbyMilliwatts + due);
        pole.Run(10 * Minute);
        Assert.False(pole.Luminaire.IsLampFailure);
        Assert.Equal(0, pole.Luminaire.AlarmChangeCount);

        pole.Meter.PowerMilliwatts = StandbyMilliwatts + (due * 49 / 100);
        pole.Run(Minute);
        Assert.False(pole.Luminaire.IsLampFailure);
        pole.Run(Minute);
        Assert.True(pole.Luminaire.IsLampFailure);
        Assert.Equal(1, pole.Luminaire.AlarmChangeCount);

        pole.Meter.PowerMilliwatts = StandbyMilliwatts + (due * 55 / 100);
        pole.Run(10 * Minute);
        Assert.True(pole.Luminaire.IsLampFailure);

        pole.Meter.PowerMilliwatts = StandbyMilliwatts + due;
        pole.Run(2 * Minute);
        Assert.False(pole.Luminaire.IsLampFailure);
        Assert.Equal(2, pole.Luminaire.AlarmChangeCount);
    }

    [Theory]
    [InlineData(99, 0, false)]
    [InlineData(1000, 20249, true)]
    [InlineData(1000, 20251, false)]
    public void Given_a_level_and_a_power_Then_the_limit_is_half_of_what_is_due(int level, int power, bool isFailure)
    {
        LampHarness pole = Lit(level, power);
        pole.Run(10 * Minute);
        Assert.Equal(isFailure, pole.Luminaire.IsLampFailure);
    }

    [Fact]
    public void Given_a_level_that_changes_all_the_time_Then_nothing_is_judged()
    {
        LampHarness pole = Lit(1000, 0);
        for (int i = 0; i < 100; i++)
        {
            pole.Override(500 + i, 0, Hour);
            pole.Run(LuminaireMonitor.SettledMs);
        }

        Assert.False(pole.Luminaire.IsLampFailure);
    }

    [Fact]
    public void Given_a_dark_lamp_that_draws_power_Then_it_is_a_day_burner_until_it_proves_otherwise()
    {
        LampHarness pole = Lit(0, StandbyMilliwatts);
        pole.Run(10 * Minute);
        Assert.False(pole.Luminaire.IsDayBurner);

        pole.Meter.PowerMilliwatts = StandbyMilliwatts + (FullMilliwatts / 10) + 1;
        pole.Run(2 * Minute);
        Assert.True(pole.Luminaire.IsDayBurner);

        // The night proves nothing.
        pole.Override(1000, 0, Hour);
        pole.Meter.PowerMilliwatts = FullMilliwatts;
        pole.Run(Hour - 1);
        Assert.True(pole.Luminaire.IsDayBurner);

        pole.Override(0, 0, Hour);
        pole.Meter.PowerMilliwatts = StandbyMilliwatts + (FullMilliwatts / 20) + 1;
        pole.Run(10 * Minute);
        Assert.True(pole.Luminaire.IsDayBurner);
        pole.Meter.PowerMilliwatts = 0;
        pole.Run(2 * Minute);
        Assert.False(pole.Luminaire.IsDayBurner);
        Assert.Equal(2, pole.Luminaire.AlarmChangeCount);
    }

    [Fact]
    public void Given_the_luminaires_power_is_not_known_Then_nothing_is_judged_and_what_was_is_withdrawn()
    {
        LampHarness pole = Lit(1000, 0);
        pole.Run(10 * Minute);
        Assert.True(pole.Luminaire.IsLampFailure);
        pole.Settings.LuminaireFullPowerMilliwatts = 0;
        pole.Run(10 * Minute);
        Assert.False(pole.Luminaire.IsLampFailure);
    }

    [Fact]
    public void Given_a_dimmer_that_does_not_obey_Then_the_level_is_a_guess_and_nothing_is_judged_against_it()
    {
        LampHarness pole = Lit(300, 12000);
        pole.Dimmer.Refuses = true;
        pole.Override(200, 0, Hour);
        Assert.Equal(1000, pole.Lighting.LevelPermille);
        pole.Run(30 * Minute);
        Assert.False(pole.Luminaire.IsLampFailure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_silent_meter_Then_the_power_is_unknown_after_three_tries_the_alarm_stands_and_hours_go_on(bool throws)
    {
        LampHarness pole = Lit(1000, 0);
        pole.Run(10 * Minute);
        Assert.True(pole.Luminaire.IsLampFailure);
        pole.Meter.IsSilent = !throws;
        pole.Meter.Throws = throws;
        pole.Run(Minute);
        Assert.Equal(0, pole.Luminaire.PowerMilliwatts);
        pole.Run(2 * LuminaireMonitor.ReadRetryMs);
        Assert.Equal(-1, pole.Luminaire.PowerMilliwatts);
        Assert.Equal(HealthState.Failed, pole.Luminaire.Health.State);
        Assert.Equal(HealthReason.NoAnswer, pole.Luminaire.Health.Reason);
        Assert.True(pole.Luminaire.IsLampFailure);
        long seconds = pole.Luminaire.LampOnSeconds;
        pole.Run(Hour);

        // Counted up to the last step, and there is one at least at every time to read.
        Assert.InRange(pole.Luminaire.LampOnSeconds - seconds, 3600 - (LuminaireMonitor.ReadIntervalMs / 1000), 3600);

        pole.Meter.IsSilent = false;
        pole.Meter.Throws = false;
        pole.Meter.PowerMilliwatts = FullMilliwatts;
        pole.Run(2 * Minute);
        Assert.Equal(FullMilliwatts, pole.Luminaire.PowerMilliwatts);
        Assert.Equal(HealthState.Ok, pole.Luminaire.Health.State);
        Assert.False(pole.Luminaire.IsLampFailure);
    }

    [Fact]
    public void Given_no_meter_Then_hours_are_counted_and_kept_all_the_same()
    {
        LampHarness pole = new LampHarness().Start();
        pole.Run(5 * Hour);
        Assert.Equal(18000, pole.Luminaire.LampOnSeconds);
        Assert.Equal(-1, pole.Luminaire.PowerMilliwatts);
        Assert.Equal(HealthState.Ok, pole.Luminaire.Health.State);
        LampHarness next = new LampHarness(store: pole.Store).Start();
        Assert.Equal(18000, next.Luminaire.LampOnSeconds);
    }

    private static LampHarness Lit(int level, int power)
    {
        LampHarness pole = new(hasMeter: true);
        pole.Settings.LuminaireFullPowerMilliwatts = FullMilliwatts;
        pole.Settings.LuminaireStandbyPowerMilliwatts = StandbyMilliwatts;
        pole.Meter.PowerMilliwatts = power;
        pole.Start();
        pole.Override(level, 0, 48 * Hour);
        pole.Run(LuminaireMonitor.ReadAfterChangeMs);
        return pole;
    }

    private static void Burn(LampHarness pole, int power, int minutes)
    {
        pole.Meter.PowerMilliwatts = power;
        for (int i = 0; i < minutes; i++)
        {
            pole.Meter.EnergyMilliwattHours += power / 60;
            pole.Run(Minute);
        }
    }
}
