// The luminaire as the controller's outputs find it: relay, dimming line, gear and lamp, healthy and broken.
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace Simulation.Tests.Parts;

public class LuminairePartTests
{
    private readonly LuminairePart _luminaire;

    public LuminairePartTests()
    {
        PoleRecorder recorder = new(new NightIntervals([], []), 60_000_000, 1);
        _luminaire = new LuminairePart(60_000, 300, recorder);
        recorder.Luminaire = _luminaire;
    }

    [Fact]
    public void Given_mains_and_a_dead_controller_When_nobody_drives_it_Then_it_burns_at_full_light()
    {
        _luminaire.SetFed(true);
        Assert.Equal((1000, 60_000), (_luminaire.LightPermille, _luminaire.PowerMilliwatts));
    }

    [Fact]
    public void Given_the_smallest_level_When_the_relay_is_closed_Then_one_percent_of_light_is_left_and_the_relay_takes_it()
    {
        _luminaire.SetFed(true);
        _luminaire.TrySetLevel(0);
        Assert.Equal(LuminairePart.MinimumLightPermille, _luminaire.LightPermille);
        _luminaire.TrySwitch(false);
        Assert.Equal((0, 0), (_luminaire.LightPermille, _luminaire.PowerMilliwatts));
    }

    [Fact]
    public void Given_contacts_that_weld_When_the_relay_opens_Then_the_gear_keeps_its_power_until_it_is_replaced()
    {
        _luminaire.SetFed(true);
        _luminaire.TrySwitch(false);
        _luminaire.SetRelayWelded(true);
        Assert.Equal((0, false), (_luminaire.PowerMilliwatts, _luminaire.HasPower));
        _luminaire.TrySwitch(true);
        _luminaire.TrySetLevel(0);
        Assert.True(_luminaire.TrySwitch(false));
        Assert.Equal((LuminairePart.MinimumLightPermille, true), (_luminaire.LightPermille, _luminaire.HasPower));
        _luminaire.SetRelayWelded(false);
        Assert.Equal((0, 0), (_luminaire.LightPermille, _luminaire.PowerMilliwatts));
    }

    [Fact]
    public void Given_dead_gear_When_fed_Then_it_is_dark_and_draws_nothing()
    {
        _luminaire.SetFed(true);
        _luminaire.SetGearFailed(true);
        Assert.Equal((0, 0), (_luminaire.LightPermille, _luminaire.PowerMilliwatts));
    }

    [Fact]
    public void Given_a_broken_lamp_When_fed_Then_it_is_dark_and_draws_standby_power()
    {
        _luminaire.SetFed(true);
        _luminaire.SetLampFailed(true);
        Assert.Equal((0, 300), (_luminaire.LightPermille, _luminaire.PowerMilliwatts));
    }

    [Fact]
    public void Given_a_day_burner_When_switched_off_Then_it_burns_on()
    {
        _luminaire.SetFed(true);
        _luminaire.SetStuckOn(true);
        _luminaire.TrySetLevel(0);
        _luminaire.TrySwitch(false);
        Assert.Equal(1000, _luminaire.LightPermille);
    }

    [Fact]
    public void Given_a_broken_dimming_line_When_a_level_is_set_Then_it_is_refused_and_the_light_is_full()
    {
        _luminaire.SetFed(true);
        _luminaire.TrySetLevel(300);
        _luminaire.SetDimmerSilent(true);
        Assert.False(_luminaire.TrySetLevel(300));
        Assert.Equal(1000, _luminaire.LightPermille);
        _luminaire.SetDimmerSilent(false);
        Assert.Equal(300, _luminaire.LightPermille);
    }

    [Fact]
    public void Given_power_that_was_lost_When_it_returns_Then_dimming_line_and_relay_are_at_rest()
    {
        _luminaire.SetFed(true);
        _luminaire.TrySetLevel(300);
        _luminaire.TrySwitch(false);
        _luminaire.SetFed(false);
        Assert.Equal(0, _luminaire.LightPermille);
        _luminaire.SetFed(true);
        Assert.Equal(1000, _luminaire.LightPermille);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Given_a_level_out_of_range_When_set_Then_the_run_stops(int levelPermille)
    {
        _luminaire.SetFed(true);
        Assert.Throws<InvalidOperationException>(() => _luminaire.TrySetLevel(levelPermille));
    }
}
