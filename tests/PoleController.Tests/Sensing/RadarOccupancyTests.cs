// Occupancy with a radar besides the PIR: either raises the light, neither can hold it for ever, and a broken radar leaves the PIR as it was.
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class RadarOccupancyTests
{
    private readonly SimulatedInput _pin = new();
    private readonly SimulatedRadar _radar = new();
    private readonly ControllerSettings _settings = new() { OccupancyDebounceMs = 50, HoldTimeMs = 10000 };

    [Fact]
    public void Given_somebody_who_stands_still_Then_the_radar_keeps_the_light_where_the_PIR_would_let_it_fall()
    {
        OccupancySensor sensor = Sensor(out ComponentClock clock);
        _pin.IsActive = true;
        _radar.Stander = nowMs => nowMs < 300000;
        clock.Step().Run(3000);
        _pin.IsActive = false;
        clock.Step().Run(200000);
        Assert.True(sensor.IsOccupied);
        clock.Run(120000);
        Assert.False(sensor.IsOccupied);
        Assert.Equal(1, sensor.ArrivalCount);
    }

    [Fact]
    public void Given_a_radar_and_no_PIR_Then_the_radar_raises_the_light_within_a_second_and_a_half()
    {
        OccupancySensor sensor = new(null, _radar, _settings);
        ComponentClock clock = new(sensor);
        clock.Start().Run(60000);
        Assert.False(sensor.IsOccupied);
        long arrivesMs = clock.NowMs;
        _radar.Mover = nowMs => nowMs >= arrivesMs && nowMs < arrivesMs + 20000 ? 400 : -1;
        clock.Run(1500);
        Assert.True(sensor.IsOccupied);
        Assert.Equal(1, sensor.ArrivalCount);
        clock.Run(60000);
        Assert.False(sensor.IsOccupied);
    }

    [Fact]
    public void Given_a_PIR_Then_it_raises_the_light_as_fast_as_without_a_radar_and_whatever_the_radar_does()
    {
        foreach (int trouble in new[] { 0, 1, 2 })
        {
            _radar.IsDead = trouble == 1;
            _radar.Throws = trouble == 2;
            OccupancySensor sensor = Sensor(out ComponentClock clock);
            clock.Run(5000);
            _pin.IsActive = true;
            clock.Step().Run(49);
            Assert.False(sensor.IsOccupied);
            clock.Run(1);
            Assert.True(sensor.IsOccupied);
            _pin.IsActive = false;
            clock.Step().Run(9999);
            Assert.True(sensor.IsOccupied);
            clock.Run(1);
            Assert.False(sensor.IsOccupied);
        }
    }

    [Fact]
    public void Given_a_radar_that_always_sees_somebody_Then_it_is_taken_to_be_stuck_and_the_PIR_goes_on()
    {
        OccupancySensor sensor = Sensor(out ComponentClock clock);
        _radar.Stander = _ => true;
        _pin.IsActive = true;
        clock.Step().Run(2000);
        _pin.IsActive = false;
        clock.Step().Run(OccupancySensor.StuckAfterMs + 60000L);
        Assert.False(sensor.IsOccupied);
        Assert.Equal(HealthReason.Implausible, sensor.Health.Reason);
        _pin.IsActive = true;
        clock.Step().Run(1000);
        Assert.True(sensor.IsOccupied);
        _radar.Stander = _ => false;
        _pin.IsActive = false;
        clock.Step().Run(60000);
        Assert.Equal(HealthState.Ok, sensor.Health.State);
        Assert.False(sensor.IsOccupied);
    }

    [Fact]
    public void Given_a_PIR_that_is_stuck_Then_the_radar_goes_on()
    {
        OccupancySensor sensor = Sensor(out ComponentClock clock);
        _pin.IsActive = true;
        clock.Step().Run(OccupancySensor.StuckAfterMs + 60000L);
        Assert.False(sensor.IsOccupied);
        long arrivesMs = clock.NowMs;
        _radar.Mover = nowMs => nowMs < arrivesMs + 30000 ? 300 : -1;
        clock.Run(3000);
        Assert.True(sensor.IsOccupied);
        clock.Run(60000);
        Assert.False(sensor.IsOccupied);
    }

    [Fact]
    public void Given_a_radar_that_dies_while_it_holds_the_light_Then_the_light_falls_and_the_fault_shows_and_ends()
    {
        OccupancySensor sensor = Sensor(out ComponentClock clock);
        _radar.Stander = _ => true;
        _pin.IsActive = true;
        clock.Step().Run(2000);
        _pin.IsActive = false;
        clock.Step().Run(20000);
        Assert.True(sensor.IsOccupied);
        _radar.IsDead = true;
        clock.Run(30000);
        Assert.False(sensor.IsOccupied);
        _pin.IsActive = true;
        clock.Step().Run(20000);
        Assert.Equal(HealthState.Degraded, sensor.Health.State);
        _radar.IsDead = false;
        clock.Run(20000);
        Assert.Equal(HealthState.Ok, sensor.Health.State);
    }

    private OccupancySensor Sensor(out ComponentClock clock)
    {
        OccupancySensor sensor = new(_pin, _radar, _settings);
        clock = new ComponentClock(sensor).Start();
        return sensor;
    }
}
