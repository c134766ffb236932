// The path-loss model and its shadowing. What it is compared with is in ../Calibration.
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class PathLossTests
{
    [Fact]
    public void Given_the_default_settings_the_loss_at_one_kilometre_is_that_of_TR_45_820()
    {
        Assert.Equal(120.5, PathLoss.LossDecibel(new RadioSettings(), 1000), 1);
    }

    [Fact]
    public void Given_shadowing_links_of_one_length_differ_by_its_standard_deviation_and_stay_as_they_are()
    {
        var settings = new RadioSettings { ShadowingDecibel = 8 };
        GatewaySite[] gateways = [new("one", 0, 0)];
        PoleSite[] poles = [.. Enumerable.Range(0, 5000).Select(_ => new PoleSite(0, 0.005, [], [], []))];
        double[] gains = Gains(settings, gateways, poles, seed: 1);
        double mean = gains.Average();
        double deviation = Math.Sqrt(gains.Average(gain => (gain - mean) * (gain - mean)));

        double distance = PathLoss.DistanceMetres(0, 0, 0, 0.005);
        Assert.InRange(-mean, PathLoss.LossDecibel(settings, distance) - 0.5, PathLoss.LossDecibel(settings, distance) + 0.5);
        Assert.InRange(deviation, 7.7, 8.3);
        Assert.Equal(gains, Gains(settings, gateways, poles, seed: 1));
        Assert.NotEqual(gains, Gains(settings, gateways, poles, seed: 2));
    }

    private static double[] Gains(RadioSettings settings, GatewaySite[] gateways, PoleSite[] poles, long seed)
    {
        var links = new LinkTable(settings, gateways, poles, seed);
        return [.. Enumerable.Range(0, poles.Length).Select(pole => links.GainDecibelOf(pole, 0))];
    }
}
