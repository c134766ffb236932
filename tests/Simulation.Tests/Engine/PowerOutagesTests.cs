// Outages of the mains at a pole, put together from any number of overlapping ones.
using Simulation.Engine;
using Xunit;

namespace Simulation.Tests.Engine;

public class PowerOutagesTests
{
    [Fact]
    public void Given_outages_that_overlap_or_touch_When_taken_Then_they_become_one()
    {
        PowerOutages outages = new([(50, 60), (10, 20), (15, 30), (30, 40)]);
        Assert.Equal([(10L, 40L), (50L, 60L)], outages.Intervals);
    }

    [Theory]
    [InlineData(0, 100, 40)]
    [InlineData(0, 10, 0)]
    [InlineData(20, 55, 25)]
    [InlineData(45, 49, 0)]
    public void Given_outages_When_asked_for_an_interval_Then_only_what_lies_in_it_counts(long fromUs, long untilUs, long expectedUs)
    {
        PowerOutages outages = new([(10, 40), (50, 60)]);
        Assert.Equal(expectedUs, outages.OverlapUs(fromUs, untilUs));
    }
}
