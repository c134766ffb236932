// Two curves of light are the same when each level of one occurs near the same moment in the other.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Engine;
using Xunit;

namespace Simulation.Tests.Engine;

public class LightCurveTests
{
    private static LightCurve Curve(params (long TimeUs, int Level)[] changes)
    {
        LightCurve curve = new();
        foreach ((long timeUs, int level) in changes)
        {
            curve.Add(timeUs, level);
        }

        return curve;
    }

    [Fact]
    public void The_same_changes_are_no_difference()
    {
        LightCurve one = Curve((0, 0), (100, 500), (200, 1000), (900, 0));
        Assert.Null(one.FirstDifferenceUs(Curve((0, 0), (100, 500), (150, 500), (200, 1000), (900, 0)), 0));
    }

    [Fact]
    public void A_change_that_comes_later_is_a_difference_from_where_it_should_have_been()
    {
        LightCurve one = Curve((0, 0), (100, 500));
        Assert.Equal(100, one.FirstDifferenceUs(Curve((0, 0), (130, 500)), 0));
        Assert.Null(one.FirstDifferenceUs(Curve((0, 0), (130, 500)), 30));
        Assert.NotNull(one.FirstDifferenceUs(Curve((0, 0), (131, 500)), 30));
    }

    [Fact]
    public void Another_level_is_a_difference_whatever_the_tolerance()
    {
        LightCurve one = Curve((0, 200), (100_000, 500));
        Assert.NotNull(one.FirstDifferenceUs(Curve((0, 200), (100_000, 600)), 50));
        Assert.NotNull(Curve((0, 200)).FirstDifferenceUs(Curve((0, 200), (100_000, 300), (100_010, 200)), 4));
    }

    [Fact]
    public void With_a_tolerance_curves_agree_with_what_comparing_every_moment_finds()
    {
        Gen<(long, int)[]> curves = Gen.Choose(0, 3).Select(level => level * 100).ListOf(12).Select(levels => levels.Select((level, i) => ((long)(i * 7), level)).ToArray());
        Prop.ForAll(curves.Two().ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (pair, within) =>
        {
            ((long, int)[] left, (long, int)[] right) = pair;
            return (Curve(left).FirstDifferenceUs(Curve(right), within) is null) == AreNear(left, right, within);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool AreNear((long TimeUs, int Level)[] left, (long TimeUs, int Level)[] right, int within)
    {
        int At((long TimeUs, int Level)[] curve, long us) => curve.Last(change => change.TimeUs <= Math.Max(0, us)).Level;
        bool IsNear((long TimeUs, int Level)[] one, (long TimeUs, int Level)[] other) => Enumerable.Range(0, 200).All(us =>
        {
            int[] near = [.. Enumerable.Range(us - within, (2 * within) + 1).Select(at => At(other, at))];
            return At(one, us) >= near.Min() && At(one, us) <= near.Max();
        });
        return IsNear(left, right) && IsNear(right, left);
    }

    [Fact]
    public void What_is_in_a_time_that_does_not_count_is_no_difference_and_what_is_beside_it_is()
    {
        LightCurve one = Curve((0, 0), (100, 500), (200, 300));
        LightCurve other = Curve((0, 0), (100, 500), (150, 1000), (180, 500), (200, 300));
        Assert.Equal(150, one.FirstDifferenceUs(other, 0));
        Assert.Null(one.FirstDifferenceUs(other, 0, [(150, 180)]));
        Assert.NotNull(one.FirstDifferenceUs(other, 0, [(150, 170)]));
        Assert.NotNull(one.FirstDifferenceUs(other, 0, [(160, 180)]));
    }

    [Theory]
    [InlineData(1000, 120L)] // less than the other has
    [InlineData(300, 140L)]  // not even what is bound
    [InlineData(0, null)]
    public void Light_is_below_when_it_stays_below_what_the_other_has_or_what_is_asked_for_at_most(int bound, long? expectedUs)
    {
        LightCurve dim = Curve((0, 0), (100, 700), (120, 400), (140, 200), (200, 700));
        LightCurve bright = Curve((0, 0), (100, 700));
        Assert.Equal(expectedUs, dim.FirstBelowUs(bright, 100, 300, 0, bound));
        Assert.Null(bright.FirstBelowUs(dim, 100, 300, 0, 1000));
        Assert.Null(dim.FirstBelowUs(bright, 200, 300, 0, 1000));
    }

    [Fact]
    public void Light_that_is_low_for_less_than_the_tolerance_is_not_below()
    {
        LightCurve dip = Curve((0, 700), (100, 0), (110, 700));
        LightCurve steady = Curve((0, 700));
        Assert.Equal(100, dip.FirstBelowUs(steady, 0, 300, 9, 1000));
        Assert.Null(dip.FirstBelowUs(steady, 0, 300, 10, 1000));
    }

    [Fact]
    public void Light_is_steady_from_where_it_stays_long_enough_within_the_bounds()
    {
        LightCurve curve = Curve((0, 0), (100, 300), (150, 800), (400, 300), (1000, 0));
        Assert.Equal(400, curve.FirstSteadyUs(0, 1, 700, 100));
        Assert.Equal(100, curve.FirstSteadyUs(0, 1, 700, 50));
        Assert.Equal(120, curve.FirstSteadyUs(120, 1, 700, 30));
        Assert.Equal(500, curve.FirstSteadyUs(500, 1, 700, 100));
        Assert.Null(curve.FirstSteadyUs(950, 1, 700, 100));
        Assert.Equal(1000, curve.FirstSteadyUs(0, 0, 0, 5000));
    }
}
