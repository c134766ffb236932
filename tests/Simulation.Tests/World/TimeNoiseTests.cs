// A course without memory is as wide and as smooth as it says, and the same in whatever order it is asked for.
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class TimeNoiseTests
{
    private const long PeriodUs = 1_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(250_000)]
    [InlineData(500_000)]
    [InlineData(900_000)]
    public void At_every_part_of_a_period_values_are_normal_with_mean_0_and_deviation_1(long offsetUs)
    {
        TimeNoise noise = new(1, "test", 0, PeriodUs);
        double[] values = [.. Enumerable.Range(-5_000, 10_000).Select(i => noise.At((i * 2 * PeriodUs) + offsetUs))];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);

        // Four standard errors of 10,000 independent values.
        Assert.InRange(mean, -0.04, 0.04);
        Assert.InRange(deviation, 1 - 0.03, 1 + 0.03);
        Assert.InRange(values.Count(value => Math.Abs(value) > 1.96) / 10_000.0, 0.05 - 0.009, 0.05 + 0.009);
    }

    [Fact]
    public void Values_a_period_apart_are_independent_and_close_ones_are_close()
    {
        TimeNoise noise = new(1, "test", 3, PeriodUs);
        double far = Enumerable.Range(0, 10_000).Average(i => noise.At(i * PeriodUs * 3) * noise.At((i * PeriodUs * 3) + (2 * PeriodUs)));
        double largestStep = Enumerable.Range(0, 100_000).Max(i => Math.Abs(noise.At((i + 1) * 1000L) - noise.At(i * 1000L)));

        Assert.InRange(far, -0.04, 0.04);
        Assert.True(largestStep < 0.02, $"a thousandth of a period changed the value by {largestStep}");
    }

    [Fact]
    public void The_order_of_questions_does_not_matter_but_seed_name_and_index_do()
    {
        TimeNoise forward = new(7, "a", 1, PeriodUs);
        TimeNoise backward = new(7, "a", 1, PeriodUs);
        double[] up = [.. Enumerable.Range(0, 100).Select(i => forward.At(i * 123_456L))];
        double[] down = [.. Enumerable.Range(0, 100).Select(i => backward.At((99 - i) * 123_456L)).Reverse()];

        Assert.Equal(up, down);
        Assert.NotEqual(up[5], new TimeNoise(8, "a", 1, PeriodUs).At(5 * 123_456L));
        Assert.NotEqual(up[5], new TimeNoise(7, "b", 1, PeriodUs).At(5 * 123_456L));
        Assert.NotEqual(up[5], new TimeNoise(7, "a", 2, PeriodUs).At(5 * 123_456L));
    }
}
