// The gas index against Sensirion's own implementation. The numbers are what their C code makes of the course below, every 20 minutes of a day:
// Sensirion/gas-index-algorithm, version 3.2.0, commit d367a7c50665f7d2babba5fa3d26ff272456be72, compiled with gcc.
using PoleController.Sensing;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class GasIndexTests
{
    private const int DaySeconds = 86_400;
    private const int VectorSeconds = 1200;

    private static readonly int[] VocEverySecond =
    [
        0, 100, 98, 107, 65, 140, 159, 102, 64, 73, 153, 98, 124, 500, 47, 161, 107, 121, 79, 51, 175, 116, 77, 87, 56, 114, 127, 85, 54, 62, 133,
        500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 497, 487, 473, 461, 430, 69, 64, 66, 75, 71, 72, 67, 64, 79, 74, 36, 37, 35, 45, 43, 41,
        42, 40, 48, 48, 45, 43, 53, 52, 50, 50, 47,
    ];

    private static readonly int[] VocEveryTenSeconds =
    [
        0, 102, 99, 109, 65, 143, 162, 102, 63, 73, 157, 100, 241, 500, 48, 165, 109, 122, 78, 51, 178, 116, 76, 87, 56, 115, 128, 84, 55, 62, 248,
        500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 497, 487, 474, 461, 320, 69, 64, 66, 75, 71, 72, 67, 64, 79, 69, 36, 37, 35, 45, 43, 41,
        42, 40, 48, 48, 45, 43, 53, 52, 50, 50, 47,
    ];

    private static readonly int[] NoxEverySecond =
    [
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 20, 51, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 67, 76, 84, 66, 68, 75, 73, 81, 69, 66, 73,
        79, 79, 65, 66, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static readonly int[] NoxEveryTenSeconds =
    [
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 165, 51, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 20, 69, 77, 85, 66, 69, 76, 74, 82, 70, 66, 74,
        80, 80, 66, 53, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 10)]
    [InlineData(true, 1)]
    [InlineData(true, 10)]
    public void Given_a_day_of_signals_When_indexed_Then_it_is_what_Sensirion_s_code_makes_of_them(bool isNox, int intervalSeconds)
    {
        int[] expected = isNox
            ? intervalSeconds == 1 ? NoxEverySecond : NoxEveryTenSeconds
            : intervalSeconds == 1 ? VocEverySecond : VocEveryTenSeconds;
        GasIndex index = new(isNox, intervalSeconds);
        for (int second = 0; second <= DaySeconds; second += intervalSeconds)
        {
            index.Add(Ticks(isNox, second));
            if (second % VectorSeconds == 0)
            {
                // Theirs calculates with single precision.
                Assert.InRange(index.Index - expected[second / VectorSeconds], -1, 1);
            }
        }
    }

    [Fact]
    public void Given_a_start_When_45_seconds_have_not_passed_Then_nothing_is_said_and_later_that_it_learns()
    {
        GasIndex index = new(false, 1);
        for (int second = 0; second <= 45; second++)
        {
            index.Add(30_000);
            Assert.Equal(0, index.Index);
        }

        // Twice: the first signal only tells the mean.
        index.Add(30_000);
        index.Add(30_000);
        Assert.InRange(index.Index, 1, 500);
        Assert.False(index.IsLearnt);
        for (int second = 0; second < 3600; second++)
        {
            index.Add(30_000);
        }

        Assert.True(index.IsLearnt);
        Assert.Equal(100, index.Index);
        index.Reset();
        Assert.Equal(0, index.Index);
        Assert.False(index.IsLearnt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_any_signals_When_indexed_Then_the_index_stays_within_its_range(bool isNox)
    {
        Random random = new(1);
        for (int run = 0; run < 20; run++)
        {
            GasIndex index = new(isNox, 1 + random.Next(10));
            int level = random.Next(66_000);
            for (int i = 0; i < 20_000; i++)
            {
                level = random.Next(1000) == 0 ? random.Next(70_000) - 2000 : level;
                index.Add(random.Next(50) == 0 ? random.Next(70_000) - 2000 : level);
                Assert.InRange(index.Index, 0, GasIndex.Maximum);
            }
        }
    }

    [Fact]
    public void Given_signals_When_indexed_Then_nothing_is_allocated()
    {
        GasIndex index = new(false, 1);
        index.Add(30_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            index.Add(30_000 + i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Whole numbers only, so that any language makes the same of it: a daily hum, an event of half an hour, a long one, a drift, a missing signal.
    private static int Ticks(bool isNox, int second)
    {
        int minute = second / 60;
        int ticks = (isNox ? 15_500 : 30_500) + (minute % 97 * 3) - (minute % 31 * 5) + ((int)((long)second * 7919 % 23)) - 11;
        ticks += minute is >= 240 and < 270 ? (isNox ? 9000 : -2600) : 0;
        ticks += minute is >= 600 and < 900 ? (isNox ? 6000 : -5200) : 0;
        ticks += minute >= 1100 ? (isNox ? -300 : 900) : 0;
        return minute switch
        {
            500 => 0,
            501 => 65_535,
            _ => ticks,
        };
    }
}
