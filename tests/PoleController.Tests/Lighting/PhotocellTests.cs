// What the photocell does to the light while the clock is unknown.
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class PhotocellTests
{
    private const int DelayMs = 60000;
    private readonly LampHarness _pole = new(hasPhotocell: true);

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(30, 1000)]
    [InlineData(41, 0)]
    [InlineData(100000, 0)]
    public void Given_a_start_Then_the_first_reading_decides_at_once(int lux, int level)
    {
        _pole.Photocell!.IlluminanceLux = lux;
        _pole.Start();
        Assert.Equal(level, _pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Photocell, _pole.Lighting.Cause);
        Assert.Equal(HealthReason.ClockUnknown, _pole.Lighting.Health.Reason);
    }

    [Fact]
    public void Given_daylight_When_it_gets_dark_Then_the_light_comes_after_the_delay()
    {
        _pole.Photocell!.IlluminanceLux = 500;
        _pole.Start();
        _pole.Run(20000);
        _pole.Photocell.IlluminanceLux = 19;
        _pole.Run(DelayMs);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        _pole.Run(PhotocellSwitch.PollIntervalMs);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_night_When_headlights_pass_Then_the_light_stays()
    {
        _pole.Photocell!.IlluminanceLux = 1;
        _pole.Start();
        for (int i = 0; i < 10; i++)
        {
            _pole.Photocell.IlluminanceLux = 300;
            _pole.Run(DelayMs - 10000);
            _pole.Photocell.IlluminanceLux = 1;
            _pole.Run(10000);
        }

        Assert.Single(_pole.Curve);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30, 500)]
    public void Given_dusk_between_the_thresholds_Then_nothing_changes(int between, int before)
    {
        _pole.Photocell!.IlluminanceLux = before;
        _pole.Start();
        int level = _pole.Lighting.LevelPermille;
        _pole.Photocell.IlluminanceLux = between;
        _pole.Run(10 * DelayMs);
        Assert.Equal(level, _pole.Lighting.LevelPermille);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_photocell_that_fails_by_day_Then_the_light_is_full_until_it_has_recovered(bool throws)
    {
        _pole.Photocell!.IlluminanceLux = 500;
        _pole.Start();
        _pole.Photocell.IsSilent = !throws;
        _pole.Photocell.Throws = throws;
        _pole.Run(2 * PhotocellSwitch.PollIntervalMs);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        _pole.Run(PhotocellSwitch.PollIntervalMs);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.ClockUnknown, _pole.Lighting.Cause);
        Assert.Equal(HealthState.Degraded, _pole.Lighting.Health.State);
        Assert.Equal(HealthReason.NoAnswer, _pole.Lighting.Health.Reason);

        _pole.Photocell.IsSilent = false;
        _pole.Photocell.Throws = false;
        _pole.Run(3 * PhotocellSwitch.PollIntervalMs);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Photocell, _pole.Lighting.Cause);
    }

    [Fact]
    public void Given_an_impossible_value_Then_it_is_not_believed()
    {
        _pole.Photocell!.IlluminanceLux = -5;
        _pole.Start();
        _pole.Run(60000);
        Assert.Equal(LevelCause.ClockUnknown, _pole.Lighting.Cause);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_an_override_Then_the_photocell_is_left_alone_and_decides_at_once_afterwards()
    {
        _pole.Photocell!.IlluminanceLux = 500;
        _pole.Start();
        int reads = _pole.Photocell.ReadCount;
        _pole.Override(400, 0, 600000);
        _pole.Run(500000);
        Assert.Equal(reads, _pole.Photocell.ReadCount);
        _pole.Photocell.IlluminanceLux = 1;
        _pole.Run(100000);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_a_photocell_that_takes_its_time_Then_the_light_is_full_until_it_has_answered()
    {
        _pole.Photocell!.IlluminanceLux = 500;
        _pole.Photocell.SampleTimeMs = 1100;
        _pole.Start();
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        _pole.Run(1099);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        _pole.Run(1);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Photocell, _pole.Lighting.Cause);
    }

    [Fact]
    public void Given_a_photocell_that_never_answers_nor_fails_Then_it_is_not_trusted_for_ever()
    {
        _pole.Photocell!.IlluminanceLux = 500;
        _pole.Start();
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        _pole.Photocell.IsStuck = true;
        _pole.Run(PhotocellSwitch.TrustReadings * (PhotocellSwitch.PatienceMs + PhotocellSwitch.PollIntervalMs));
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        Assert.Equal(LevelCause.ClockUnknown, _pole.Lighting.Cause);
    }
}
