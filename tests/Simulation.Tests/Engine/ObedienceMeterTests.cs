// How soon a lamp has the level that was commanded.
using Simulation.Engine;
using Xunit;

namespace Simulation.Tests.Engine;

public class ObedienceMeterTests
{
    private readonly ObedienceMeter _meter = new([new LevelOrder(3, 1_000_000, 300), new LevelOrder(5, 9_000_000, 700)]);

    [Fact]
    public void Given_an_order_When_the_light_reaches_its_level_Then_the_time_since_the_order_counts()
    {
        _meter.Observe(500_000, 300); // before the order: not obedience
        _meter.Observe(2_000_000, 1000);
        _meter.Observe(2_500_000, 650);
        Assert.Null(_meter.AfterUs(3));
        _meter.Observe(3_500_000, 300);
        _meter.Observe(4_500_000, 300);
        Assert.Equal(2_500_000, _meter.AfterUs(3));
        Assert.Null(_meter.AfterUs(5));
    }

    [Fact]
    public void Given_a_newer_order_When_the_light_has_the_older_level_Then_the_older_order_was_not_obeyed()
    {
        _meter.Observe(9_500_000, 300);
        _meter.Observe(9_600_000, 700);
        Assert.Null(_meter.AfterUs(3));
        Assert.Equal(600_000, _meter.AfterUs(5));
    }

    [Fact]
    public void Given_an_order_for_other_lamps_When_asked_Then_there_is_no_time() => Assert.Null(_meter.AfterUs(4));
}
