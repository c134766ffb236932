// The fit against measurements made from a known law, with a spread that is known without calculating it.
using Simulation.Calibration;
using Xunit;

namespace Simulation.Tests.Calibration;

public sealed class PathLossFitTests
{
    [Fact]
    public void Given_measurements_made_from_a_law_When_fitted_Then_its_exponent_loss_shadowing_and_fading_are_found()
    {
        const double ShadowingDecibel = 6;
        const double FadingDecibel = 2;
        List<LinkMeasurement> measurements = [];
        int[] lengths = [20, 50, 120, 300, 800];
        foreach (int length in lengths)
        {
            // Two links of a length, one as much better as the other is worse: the law is exactly between them.
            foreach (int side in (int[])[-1, 1])
            {
                // Every link with another number of measurements: they must not count for more.
                for (int pair = 0; pair < length / 10; pair++)
                {
                    double loss = 31.2 + (31.9 * Math.Log10(length)) + (side * ShadowingDecibel);
                    measurements.Add(new LinkMeasurement($"{length} {side}", length, 16 - loss + FadingDecibel, 16));
                    measurements.Add(new LinkMeasurement($"{length} {side}", length, 2 - loss - FadingDecibel, 2));
                }
            }
        }

        PathLossFit fit = PathLossFit.Of(measurements);

        Assert.Equal(3.19, fit.PathLossExponent, 1e-9);
        Assert.Equal(31.2, fit.LossAtOneMetreDecibel, 1e-9);
        Assert.Equal(ShadowingDecibel * Math.Sqrt(10.0 / 8), fit.ShadowingDecibel, 1e-9);
        Assert.Equal(FadingDecibel * Math.Sqrt(measurements.Count / (measurements.Count - 10.0)), fit.FadingDecibel!.Value, 1e-9);
        Assert.Equal(10, fit.Links.Count);
        Assert.All(fit.Links, link => Assert.Equal(link.Link.EndsWith("-1", StringComparison.Ordinal) ? 6 : -6, link.ResidualDecibel, 1e-9));
        Assert.Equal(6, fit.ErrorOf(3.19, 31.2), 1e-9);
        Assert.Equal(10, fit.ErrorOf(3.19, 31.2 + 8), 1e-9);
    }

    [Fact]
    public void Given_an_exponent_to_keep_When_fitted_Then_the_loss_at_one_metre_alone_is_found()
    {
        LinkMeasurement[] measurements = [.. new double[] { -3, 0, 3 }.Select((off, link) => new LinkMeasurement($"{link}", 100, 14 - 90 - off, 14))];

        PathLossFit fit = PathLossFit.Of(measurements, 2.5);

        Assert.Equal(2.5, fit.PathLossExponent);
        Assert.Equal(40, fit.LossAtOneMetreDecibel, 1e-9);
        Assert.Equal(3, fit.ShadowingDecibel, 1e-9);
        Assert.Null(fit.FadingDecibel);
    }

    [Fact]
    public void Given_as_much_noise_as_signal_When_the_signal_is_asked_for_Then_it_is_half_of_what_was_received()
    {
        Assert.Equal(-123.01, LinkMeasurement.SignalDbmOf(-120, 0), 0.005);
        Assert.Equal(-140.04, LinkMeasurement.SignalDbmOf(-120, -20), 0.005);
        Assert.Equal(-80, LinkMeasurement.SignalDbmOf(-80, 40), 0.001);
        Assert.Equal(-80, LinkMeasurement.SignalDbmOf(-80, null));
    }

    [Fact]
    public void Given_too_little_to_tell_a_law_from_When_fitted_Then_it_is_refused()
    {
        LinkMeasurement[] two = [new("a", 10, -50, 14), new("b", 100, -80, 14), new("b", 100, -81, 14)];
        LinkMeasurement[] equalLengths = [new("a", 100, -50, 14), new("b", 100, -80, 14), new("c", 100, -81, 14)];

        Assert.Contains("2 links", Assert.Throws<ArgumentException>(() => PathLossFit.Of(two)).Message, StringComparison.Ordinal);
        Assert.Contains("same length", Assert.Throws<ArgumentException>(() => PathLossFit.Of(equalLengths)).Message, StringComparison.Ordinal);
    }
}
