// A pole's clock that is a little off: when it wakes, and how far off it is after a day.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Engine;
using Xunit;

namespace Simulation.Tests.Engine;

public class CrystalTests
{
    [Fact]
    public void Given_any_error_When_waking_at_a_local_time_Then_it_is_the_first_moment_that_shows_it()
    {
        Prop.ForAll(
            Gen.Choose(-1_000_000, 1_000_000).Zip(Gen.Choose(0, int.MaxValue)).Zip(Gen.Choose(0, 1_000_000_000)).ToArbitrary(),
            sample =>
            {
                ((int error, int localMs), int startUs) = sample;
                Crystal crystal = new(error);
                crystal.Restart(startUs);
                long timeUs = crystal.TimeUs(localMs);

                // Another one like it, which has not computed this moment before.
                Crystal other = new(error);
                other.Restart(startUs);
                return other.LocalMs(timeUs) >= localMs && (localMs == 0 || other.LocalMs(timeUs - 1) < localMs) && crystal.LocalMs(timeUs) == other.LocalMs(timeUs);
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(20_000, 86_401_728)]
    [InlineData(-20_000, 86_398_272)]
    [InlineData(0, 86_400_000)]
    public void Given_twenty_parts_per_million_When_a_day_passes_Then_the_pole_is_off_by_1728_ms(int errorPartsPerBillion, long expectedMs)
    {
        Crystal crystal = new(errorPartsPerBillion);
        Assert.Equal(expectedMs, crystal.LocalMs(86_400_000_000));
    }

    [Fact]
    public void Given_never_When_waking_Then_it_is_never()
    {
        Assert.Equal(long.MaxValue, new Crystal(20_000).TimeUs(long.MaxValue));
    }
}
