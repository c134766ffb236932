// Dimmer and relay: their order, what they are spared, and what happens when they refuse.
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class LampOutputTests
{
    private readonly LampHarness _pole = new(hasRelay: true);

    [Fact]
    public void Given_a_start_Then_there_is_full_light_with_the_first_step()
    {
        _pole.Start();
        Assert.True(_pole.IsLit);
        Assert.Equal(1000, _pole.Dimmer.LevelPermille);
        Assert.Equal(LevelCause.ClockUnknown, _pole.Lighting.Cause);
        Assert.Equal(HealthState.Degraded, _pole.Lighting.Health.State);
        Assert.Equal(HealthReason.ClockUnknown, _pole.Lighting.Health.Reason);
    }

    [Fact]
    public void Given_a_steady_level_Then_the_dimmer_is_called_once()
    {
        _pole.Start();
        for (int i = 0; i < 100; i++)
        {
            _pole.Oversleep(10);
        }

        Assert.Equal(1, _pole.Dimmer.CallCount);
        Assert.Equal(1, _pole.Relay!.CallCount);
    }

    [Fact]
    public void Given_a_fade_to_dark_Then_the_relay_opens_two_seconds_after_the_end()
    {
        _pole.Start();
        _pole.Run(100000);
        _pole.Override(0, 5000, 3600000);
        _pole.Run(5000 + LampOutput.RelayOpenDelayMs - 1);
        Assert.Equal(0, _pole.Dimmer.LevelPermille);
        Assert.True(_pole.Relay!.IsClosed);
        _pole.Run(1);
        Assert.False(_pole.Relay.IsClosed);
    }

    [Fact]
    public void Given_an_open_relay_When_light_is_wanted_Then_it_closes_in_the_same_step()
    {
        _pole.Start();
        _pole.Run(100000);
        _pole.Override(0, 0, 3600000);
        _pole.Run(LampOutput.RelayOpenDelayMs);
        Assert.False(_pole.Relay!.IsClosed);
        _pole.Override(600, 0, 3600000);
        Assert.True(_pole.Relay.IsClosed);
        Assert.Equal(600, _pole.Dimmer.LevelPermille);
        Assert.Equal(2, _pole.Lighting.SwitchCount);
    }

    [Fact]
    public void Given_commands_that_switch_every_second_Then_the_relay_cycles_once_a_minute_at_most_and_light_never_waits()
    {
        _pole.Start();
        for (int i = 0; i < 600; i++)
        {
            _pole.Override(i % 4 == 3 ? 1000 : 0, 0, 3600000);
            Assert.Equal(i % 4 == 3, _pole.IsLit);
            _pole.Run(1000);
        }

        Assert.InRange(_pole.Relay!.OpeningCount, 5, 10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_dimmer_that_does_not_obey_Then_the_relay_stays_closed_full_light_is_assumed_and_it_is_tried_every_second(bool throws)
    {
        _pole.Start();
        _pole.Dimmer.Refuses = !throws;
        _pole.Dimmer.Throws = throws;
        int calls = _pole.Dimmer.CallCount;
        _pole.Override(300, 2000, 3600000);
        _pole.Run(10500);
        Assert.InRange(_pole.Dimmer.CallCount - calls, 10, 12);
        Assert.True(_pole.Relay!.IsClosed);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        Assert.Equal(HealthState.Failed, _pole.Lighting.Health.State);
        Assert.Equal(HealthReason.NoAnswer, _pole.Lighting.Health.Reason);

        _pole.Dimmer.Refuses = false;
        _pole.Dimmer.Throws = false;
        _pole.Run(1000);
        Assert.Equal(300, _pole.Lighting.LevelPermille);
        Assert.NotEqual(HealthState.Failed, _pole.Lighting.Health.State);
    }

    [Fact]
    public void Given_a_dimmer_that_does_not_obey_When_it_should_be_dark_Then_the_relay_makes_it_dark()
    {
        _pole.Start();
        _pole.Run(100000);
        _pole.Dimmer.Refuses = true;
        _pole.Override(0, 0, 3600000);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
        _pole.Run(LampOutput.RelayOpenDelayMs);
        Assert.False(_pole.IsLit);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_relay_that_will_not_open_Then_the_light_is_at_its_lowest_and_it_is_tried_once_a_minute(bool throws)
    {
        _pole.Start();
        _pole.Run(100000);
        _pole.Relay!.Refuses = !throws;
        _pole.Relay.Throws = throws;
        int calls = _pole.Relay.CallCount;
        _pole.Override(0, 0, 3600000);
        _pole.Run(600000);
        Assert.InRange(_pole.Relay.CallCount - calls, 10, 11);
        Assert.Equal(0, _pole.Dimmer.LevelPermille);
        Assert.Equal(HealthState.Degraded, _pole.Lighting.Health.State);
        Assert.Equal(HealthReason.NoAnswer, _pole.Lighting.Health.Reason);
        _pole.Override(1000, 0, 3600000);
        Assert.True(_pole.IsLit);
    }

    [Fact]
    public void Given_a_relay_that_will_not_close_Then_dark_is_said_and_it_is_tried_every_second()
    {
        _pole.Start();
        _pole.Run(100000);
        _pole.Override(0, 0, 3600000);
        _pole.Run(10000);
        _pole.Relay!.Refuses = true;
        int calls = _pole.Relay.CallCount;
        _pole.Override(1000, 0, 3600000);
        _pole.Run(9500);
        Assert.Equal(10, _pole.Relay.CallCount - calls);
        Assert.Equal(0, _pole.Lighting.LevelPermille);
        Assert.Equal(HealthState.Failed, _pole.Lighting.Health.State);
        _pole.Relay.Refuses = false;
        _pole.Run(1000);
        Assert.True(_pole.IsLit);
        Assert.Equal(1000, _pole.Lighting.LevelPermille);
    }

    [Fact]
    public void Given_no_relay_Then_dark_is_the_dimmers_lowest()
    {
        LampHarness pole = new();
        pole.Start();
        pole.Override(0, 0, 3600000);
        Assert.Equal(0, pole.Dimmer.LevelPermille);
        Assert.Equal(0, pole.Lighting.LevelPermille);
        pole.Override(1000, 0, 3600000);
        Assert.Equal(1000, pole.Dimmer.LevelPermille);
        Assert.Equal(2, pole.Lighting.SwitchCount);
    }
}
