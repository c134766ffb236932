// The decoder of TS004: whatever is lost and in whatever order the rest comes, the block is whole exactly when the fragments that came
// determine it, and then it is the block that was sent.
using FsCheck;
using FsCheck.Fluent;
using PoleController.LoRaWan.Packages;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class FragmentDecoderTests
{
    [Fact]
    public void Given_any_losses_order_and_repetitions_When_fragments_come_Then_the_block_is_whole_exactly_when_it_is_determined()
    {
        int complete = 0;
        int incomplete = 0;
        FragmentDecoder decoder = new();
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            int count = random.Next(1, FragmentDecoder.MaximumFragmentCount + 1);
            int size = random.Next(1, Math.Min(242, FragmentDecoder.MaximumBlockLength / count) + 1);
            byte[] block = new byte[count * size];
            random.NextBytes(block);
            int redundancy = random.Next(count + 20);
            double loss = random.NextDouble() * redundancy / (count + redundancy) * 1.3;
            List<int> arrived = [.. Enumerable.Range(1, count + redundancy).Where(_ => random.NextDouble() >= loss)];
            if (random.Next(2) == 0)
            {
                random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(arrived));
            }

            decoder.Start(count, size);
            List<ulong> equations = [];
            foreach (int n in arrived)
            {
                for (int repeat = random.Next(5) == 0 ? 2 : 1; repeat > 0; repeat--)
                {
                    byte[] fragment = Fragment(block, count, size, n);
                    decoder.Take(n, fragment, 0, size);
                }

                equations.Add(Equation(count, n));
                Assert.Equal(count - Rank(equations), decoder.MissingCount);
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(decoder.MissingCount == 0, decoder.IsSolving);
                decoder.Solve();
            }

            Assert.Equal(Rank(equations) == count, decoder.IsComplete);
            complete += decoder.IsComplete ? 1 : 0;
            incomplete += decoder.IsComplete ? 0 : 1;
            if (decoder.IsComplete)
            {
                Assert.Equal(block, decoder.Block[..block.Length]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        Assert.True(complete > 60 && incomplete > 60, $"{complete} complete, {incomplete} not");
    }

    [Fact]
    public void Given_a_block_of_22_fragments_When_any_two_and_two_random_others_are_lost_Then_twelve_coded_ones_are_nearly_always_enough()
    {
        // 22 fragments of 48 bytes: the longest block at DR0 of EU868.
        byte[] block = [.. Enumerable.Range(0, 22 * 46).Select(i => (byte)(i * 31))];
        FragmentDecoder decoder = new();
        int failures = 0;
        int runs = 0;
        Random random = new(1);
        for (int first = 1; first <= 22; first++)
        {
            for (int second = first + 1; second <= 22; second++)
            {
                int[] lost = [first, second, random.Next(1, 23), random.Next(1, 35)];
                decoder.Start(22, 46);
                for (int n = 1; n <= 34; n++)
                {
                    if (!lost.Contains(n))
                    {
                        decoder.Take(n, Fragment(block, 22, 46, n), 0, 46);
                    }
                }

                while (decoder.IsSolving)
                {
                    decoder.Solve();
                }

                runs++;
                failures += decoder.IsComplete ? 0 : 1;
                Assert.True(!decoder.IsComplete || decoder.Block.AsSpan(0, block.Length).SequenceEqual(block));
            }
        }

        Assert.InRange(failures, 0, runs / 20);
    }

    [Fact]
    public void Given_fragments_that_cannot_be_When_they_come_Then_they_are_ignored()
    {
        FragmentDecoder decoder = new();
        decoder.Start(3, 4);
        byte[] fragment = [1, 2, 3, 4, 5];
        decoder.Take(0, fragment, 0, 4);
        decoder.Take(-1, fragment, 0, 4);
        decoder.Take(0x4000, fragment, 0, 4);
        decoder.Take(1, fragment, 0, 3);
        decoder.Take(1, fragment, 0, 5);
        Assert.Equal(3, decoder.MissingCount);
        decoder.Solve();
        Assert.False(decoder.IsComplete);
        Assert.False(FragmentDecoder.IsSize(0, 4));
        Assert.False(FragmentDecoder.IsSize(65, 1));
        Assert.False(FragmentDecoder.IsSize(1, 0));
        Assert.False(FragmentDecoder.IsSize(5, 205));
        Assert.True(FragmentDecoder.IsSize(64, 16));
    }

    [Fact]
    public void Decoding_makes_no_garbage()
    {
        byte[] block = new byte[1024];
        byte[][] fragments = [.. Enumerable.Range(1, 100).Select(n => Fragment(block, 64, 16, n))];
        FragmentDecoder decoder = new();
        long before = 0;
        for (int run = 0; run < 2; run++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            decoder.Start(64, 16);
            for (int n = 20; n <= 100; n++)
            {
                decoder.Take(n, fragments[n - 1], 0, 16);
            }

            while (decoder.IsSolving)
            {
                decoder.Solve();
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public static byte[] Fragment(byte[] block, int count, int size, int n)
    {
        byte[] fragment = new byte[size];
        ParityMatrix.EncodeFragment(block, count, size, n, new byte[(count + 7) / 8], fragment, 0);
        return fragment;
    }

    private static ulong Equation(int count, int n)
    {
        if (n <= count)
        {
            return 1UL << (n - 1);
        }

        byte[] line = new byte[8];
        ParityMatrix.FillLine(n - count, count, line);
        return BitConverter.ToUInt64(line);
    }

    // Rank over GF(2), from the highest bit down.
    private static int Rank(IEnumerable<ulong> equations)
    {
        List<ulong> rows = [.. equations];
        int rank = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            int pivot = rows.FindIndex(rank, row => ((row >> bit) & 1) != 0);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int i = 0; i < rows.Count; i++)
            {
                if (i != rank && ((rows[i] >> bit) & 1) != 0)
                {
                    rows[i] ^= rows[rank];
                }
            }

            rank++;
        }

        return rank;
    }
}
