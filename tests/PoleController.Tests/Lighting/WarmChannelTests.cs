// A luminaire with two channels: the warm one gets its share, the other one the rest, and the street never less than the sum.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class WarmChannelTests
{
    private const int Minute = 60000;

    private static LampHarness Lamp(int levelPermille, int sharePermille, int otherwisePermille = 0)
    {
        LampHarness lamp = new(hasRelay: true, hasWarmDimmer: true);
        lamp.Settings.DarkSky.WarmSharePermille = sharePermille;
        lamp.Settings.DarkSky.WarmShareOtherwisePermille = otherwisePermille;

        // From 23:00 to 05:00; it begins at 22:00 UTC.
        (lamp.Settings.DarkSky.FromMinute, lamp.Settings.DarkSky.ToMinute) = (1380, 300);
        return lamp.WithProgram(levelPermille, 1000).Start();
    }

    [Fact]
    public void Given_the_hours_of_the_profile_When_they_begin_Then_the_warm_channel_takes_its_share_and_the_sum_stays()
    {
        LampHarness lamp = Lamp(600, 800, 100);
        Assert.Equal((540, 60), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer!.LevelPermille));
        lamp.Run(61 * Minute);
        Assert.Equal((120, 480), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer.LevelPermille));
        Assert.Equal(600, lamp.Lighting.LevelPermille);
        lamp.Run(6 * 60 * Minute);
        Assert.Equal((540, 60), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer.LevelPermille));
    }

    [Fact]
    public void Given_any_levels_and_shares_Then_both_channels_together_give_the_level_at_every_step_of_every_fade()
    {
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(12).ToArbitrary(), (int[] drawn) =>
        {
            LampHarness lamp = Lamp(drawn[0], drawn[1]);
            for (int i = 2; i + 1 < drawn.Length; i += 2)
            {
                lamp.Lighting.Reasons.Commanded.Set(lamp.NowMs, drawn[i], drawn[i + 1], drawn[i] * 3, 10 * Minute);
                lamp.Step();
                for (int part = 0; part < 10; part++)
                {
                    lamp.Run(drawn[i] / 2);
                    int sum = lamp.Dimmer.LevelPermille + lamp.WarmDimmer!.LevelPermille;
                    Assert.True(sum == lamp.Lighting.LevelPermille || !lamp.Relay!.IsClosed, $"{sum} in the place of {lamp.Lighting.LevelPermille}");
                }

                lamp.Run(20000);
                Assert.Equal(drawn[i] * drawn[i + 1] / 1000, lamp.WarmDimmer!.LevelPermille);
            }

            Assert.Equal(0, lamp.Dimmer.OutOfRangeCount + lamp.WarmDimmer!.OutOfRangeCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void Given_a_warm_dimmer_that_refuses_When_it_is_to_give_light_Then_the_other_one_gives_all_until_it_obeys()
    {
        LampHarness lamp = Lamp(600, 1000, 1000);
        Assert.Equal((0, 600), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer!.LevelPermille));
        lamp.WarmDimmer.Refuses = true;
        lamp.Override(800, 0, 30 * Minute);
        Assert.Equal(800, lamp.Dimmer.LevelPermille);
        Assert.Equal((HealthState.Degraded, HealthReason.NoAnswer), (lamp.Lighting.Health.State, lamp.Lighting.Health.Reason));
        lamp.WarmDimmer.Refuses = false;
        lamp.Run(2 * DimmerChannel.RetryMs);
        Assert.Equal((0, 800), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer.LevelPermille));
        Assert.Equal(HealthState.Ok, lamp.Lighting.Health.State);
    }

    [Fact]
    public void Given_the_main_dimmer_refuses_Then_full_light_is_assumed_and_the_warm_one_goes_on()
    {
        LampHarness lamp = Lamp(600, 500, 500);
        lamp.Dimmer.Refuses = true;
        lamp.Override(400, 0, 30 * Minute);
        Assert.Equal((1000, 200), (lamp.Lighting.LevelPermille, lamp.WarmDimmer!.LevelPermille));
        Assert.Equal(HealthState.Failed, lamp.Lighting.Health.State);
    }

    [Fact]
    public void Given_a_scene_with_its_own_share_When_recalled_Then_it_has_it_and_the_profile_comes_back_after_it()
    {
        LampHarness lamp = Lamp(600, 0, 200);
        lamp.Settings.Scenes.SceneCount = 2;
        (lamp.Settings.Scenes.SceneLevelPermille[0], lamp.Settings.Scenes.SceneWarmSharePermille[0]) = (500, 1000);
        (lamp.Settings.Scenes.SceneLevelPermille[1], lamp.Settings.Scenes.SceneWarmSharePermille[1]) = (500, SceneSettings.WarmShareUnchanged);
        Assert.True(lamp.Lighting.Reasons.Commanded.TryRecall(lamp.NowMs, 0, 10 * Minute));
        lamp.Step().Run(10000);
        Assert.Equal((0, 500), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer!.LevelPermille));
        Assert.True(lamp.Lighting.Reasons.Commanded.TryRecall(lamp.NowMs, 1, 10 * Minute));
        lamp.Step().Run(10000);
        Assert.Equal((400, 100), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer.LevelPermille));
        lamp.Run(11 * Minute);
        Assert.Equal((480, 120), (lamp.Dimmer.LevelPermille, lamp.WarmDimmer.LevelPermille));
    }
}
