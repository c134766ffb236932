// A fade is a staircase that stays near the straight line, whose steps can be seen to be cheap, and that ends exactly.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class FadeTests
{
    [Fact]
    public void Any_fade_follows_the_line_in_steps_of_its_two_minima_and_ends_exactly()
    {
        Gen<int[]> fades = Gen.Choose(0, 1000).ArrayOf(2).SelectMany(levels => Gen.Choose(0, 20000).Select(ms => new[] { levels[0], levels[1], ms }));
        Prop.ForAll(fades.ToArbitrary(), (int[] given) =>
        {
            AssertStaircase(given[0], given[1], given[2]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(300, 1000, 500, 25)]
    [InlineData(1000, 0, 3600000, 200)]
    [InlineData(300, 307, 60000, 1)]
    [InlineData(300, 1000, 19, 1)]
    public void Given_a_fade_When_it_is_stepped_as_it_asks_Then_it_takes_this_many_steps(int from, int to, int durationMs, int steps)
    {
        Fade fade = new();
        fade.Begin(7, from, to, durationMs);
        int count = 0;
        for (long nowMs = fade.NextStepMs(7); nowMs != Wake.Never; nowMs = fade.NextStepMs(nowMs))
        {
            fade.LevelPermilleAt(nowMs);
            count++;
            Assert.True(count <= steps);
        }

        Assert.Equal(steps, count);
        Assert.Equal(to, fade.LevelPermilleAt(7 + durationMs));
    }

    private static void AssertStaircase(int from, int to, int durationMs)
    {
        const long startMs = 123456;
        Fade fade = new();
        fade.Begin(startMs, from, to, durationMs);
        if (durationMs == 0 || from == to)
        {
            Assert.Equal(to, fade.LevelPermilleAt(startMs));
            Assert.False(fade.IsRunning);
            return;
        }

        int level = fade.LevelPermilleAt(startMs);
        Assert.Equal(from, level);
        long nowMs = startMs;
        while (true)
        {
            long nextMs = fade.NextStepMs(nowMs);
            Assert.True(nextMs > nowMs);

            // The first millisecond of the new level, not one before.
            Assert.Equal(level, fade.LevelPermilleAt(nextMs - 1));
            int next = fade.LevelPermilleAt(nextMs);
            if (nextMs < startMs + durationMs || nowMs > startMs)
            {
                Assert.True(nextMs - nowMs >= Fade.MinimumStepMs, $"step of {nextMs - nowMs} ms");
                Assert.True(Math.Abs(next - level) >= Fade.MinimumStepPermille, $"step of {Math.Abs(next - level)} permille");
            }

            Assert.Equal(Math.Sign(to - from), Math.Sign(next - level));
            double line = from + ((double)(to - from) * (nextMs - startMs) / durationMs);
            Assert.True(Math.Abs(line - next) <= 1 + (Math.Abs(to - from) / (double)durationMs), $"{next} is off the line at {line}");
            level = next;
            nowMs = nextMs;
            if (!fade.IsRunning)
            {
                break;
            }
        }

        Assert.Equal(startMs + durationMs, nowMs);
        Assert.Equal(to, level);
        Assert.Equal(Wake.Never, fade.NextStepMs(nowMs));
    }
}
