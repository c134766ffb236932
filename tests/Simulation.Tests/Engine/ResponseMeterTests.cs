// How long the light takes after an arrival, and what counts as late.
using Simulation.Engine;
using Xunit;

namespace Simulation.Tests.Engine;

public class ResponseMeterTests
{
    [Fact]
    public void Given_light_that_rises_in_time_When_observed_Then_it_is_a_response_and_not_late()
    {
        ResponseMeter meter = new(1_000_000);
        meter.Begin(5_000_000, 800);
        meter.Observe(5_300_000, 500);
        meter.Observe(5_560_000, 800);
        Assert.Equal((1, 0, 560_000L), (meter.Count, meter.LateCount, meter.WorstUs));
    }

    [Fact]
    public void Given_light_that_never_rises_When_dropped_after_the_time_Then_it_is_late()
    {
        ResponseMeter meter = new(1_000_000);
        meter.Begin(5_000_000, 800);
        meter.Observe(6_500_000, 500);
        meter.Drop(7_000_000);
        Assert.Equal((1, 1, 5_000_000L), (meter.Count, meter.LateCount, meter.FirstLateUs));
    }

    [Fact]
    public void Given_a_response_that_is_no_longer_asked_for_When_dropped_in_time_Then_nothing_is_counted()
    {
        ResponseMeter meter = new(1_000_000);
        meter.Begin(5_000_000, 800);
        meter.Drop(5_200_000);
        Assert.Equal(0, meter.Count);
        Assert.False(meter.IsPending);
    }

    [Fact]
    public void Given_less_light_due_than_at_the_arrival_When_the_light_is_there_Then_the_response_is_in_time()
    {
        ResponseMeter meter = new(1_000_000);
        meter.Begin(5_000_000, 800);
        meter.LowerTo(600);
        meter.LowerTo(0);
        meter.LowerTo(900);
        meter.Observe(5_400_000, 600);
        Assert.Equal((1, 0, 400_000L), (meter.Count, meter.LateCount, meter.WorstUs));
    }
}
