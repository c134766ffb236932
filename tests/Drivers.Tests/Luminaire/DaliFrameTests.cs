// Frames of the DALI bus against hand-made waves, the tolerances of IEC 62386-101 and an encoder of another kind.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class DaliFrameTests
{
    /// <summary>The halves of a frame, written down from the rule: 1 is low then high, 0 high then low, a 1 first.</summary>
    private static List<bool> Halves(int frame, int bits)
    {
        List<bool> halves = [false, true];
        for (int i = bits - 1; i >= 0; i--)
        {
            bool isOne = ((frame >> i) & 1) != 0;
            halves.Add(!isOne);
            halves.Add(isOne);
        }

        return halves;
    }

    private static List<int> Durations(int frame, int bits, int halfUs)
    {
        List<bool> halves = Halves(frame, bits);
        while (halves[^1])
        {
            halves.RemoveAt(halves.Count - 1);
        }

        List<int> durations = [];
        bool level = true;
        foreach (bool half in halves)
        {
            if (half == level)
            {
                durations[^1] += halfUs;
            }
            else
            {
                durations.Add(halfUs);
            }

            level = half;
        }

        return durations;
    }

    [Theory]
    [InlineData(0xFEFE, 16)] // Broadcast level 254 (facts of the field)
    [InlineData(0x0680, 16)] // Short address 3, level 128
    [InlineData(0x8400, 16)] // Group 2, level 0
    [InlineData(0xFF05, 16)] // Broadcast RECALL MAX LEVEL
    [InlineData(0x0000, 16)]
    [InlineData(0xFFFF, 16)]
    [InlineData(0xC13000, 24)]
    [InlineData(0xFFFFFF, 24)]
    public void Given_a_forward_frame_When_sent_Then_its_edges_are_where_the_code_puts_them(int frame, int bits)
    {
        short[] durations = new short[DaliFrames.MaximumDurations];
        int count = DaliFrames.Encode(frame, bits, durations);
        List<int> expected = Durations(frame, bits, 1);
        Assert.Equal(expected.Count, count);
        Assert.Equal(1, count % 2);
        Assert.Equal(expected.Select(halves => halves == 1 ? 417 : 833), durations.Take(count).Select(duration => (int)duration));

        // A frame of n bits takes n + 1 bit times of 833.33 us, less the half that is part of the rest.
        // A third of a microsecond an edge is lost to whole numbers.
        double us = durations.Take(count).Sum(duration => duration);
        double wholeUs = ((bits + 1) * 1e6 / 1200) - ((frame & 1) != 0 ? 416.67 : 0);
        Assert.InRange(us, wholeUs - 25, wholeUs + 25);
    }

    [Fact]
    public void Given_all_answers_in_every_tolerated_speed_When_read_Then_they_are_the_byte()
    {
        foreach (int halfUs in new[] { 334, 380, 417, 450, 500 })
        {
            for (int answer = 0; answer < 256; answer++)
            {
                Assert.Equal(answer, Decode(Durations(answer, 8, halfUs)));
            }
        }
    }

    [Theory]
    [InlineData(332)]
    [InlineData(501)]
    [InlineData(300)]
    [InlineData(520)]
    public void Given_a_half_bit_beyond_the_tolerance_When_read_Then_it_is_a_violation(int halfUs)
    {
        for (int answer = 0; answer < 256; answer++)
        {
            List<int> durations = Durations(answer, 8, 417);
            int index = durations.FindIndex(duration => duration == 417);
            durations[index] = halfUs;
            Assert.Equal(DaliFrames.Violation, Decode(durations));
        }
    }

    [Fact]
    public void Given_frames_of_another_length_When_an_answer_is_expected_Then_they_are_violations()
    {
        foreach (int bits in new[] { 0, 1, 7, 9, 16, 24 })
        {
            Assert.Equal(DaliFrames.Violation, Decode(Durations(0x5A5A5A & ((1 << bits) - 1), bits, 417)));
        }
    }

    [Fact]
    public void Given_any_durations_When_read_Then_only_the_wave_of_a_byte_is_taken_for_one()
    {
        Dictionary<string, int> waves = Enumerable.Range(0, 256).ToDictionary(
            answer => string.Join(',', Durations(answer, 8, 1)), answer => answer);
        Gen<int> duration = Gen.Frequency(
            (5, Gen.Choose(333, 500)), (3, Gen.Choose(666, 1000)), (1, Gen.Choose(0, 32767)));
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(1, 51).SelectMany(count => Gen.ArrayOf(duration, count)), 20)), samples =>
        {
            foreach (int[] durations in samples)
            {
                string wave = string.Join(',', durations.Select(us => us is >= 333 and <= 500 ? "1" : us is >= 666 and <= 1000 ? "2" : "x"));
                Assert.Equal(waves.GetValueOrDefault(wave, DaliFrames.Violation), Decode([.. durations]));
            }
        }).QuickCheckThrowOnFailure();
    }

    private static int Decode(List<int> durations)
    {
        short[] wave = [.. durations.Select(duration => (short)duration), .. new short[4]];
        return DaliFrames.Decode(wave, durations.Count, DaliFrames.BackwardBits);
    }

    [Fact]
    public void Given_levels_When_converted_Then_they_follow_the_curve_of_the_standard()
    {
        // Published points of the curve (IEC 62386-102, table of arc power levels): 1 is 0.1 %, 85 is 1 %, 170 is 10 %, 229 is 50 %, 254 is 100 %.
        Assert.Equal([1, 85, 170, 229, 254], new[] { 1, 10, 100, 500, 1000 }.Select(level => DaliLevel.FromPermille(level, false)));
        Assert.Equal([0, 1, 10, 101, 505, 1000], new[] { 0, 1, 85, 170, 229, 254 }.Select(arc => DaliLevel.ToPermille(arc, false)));
        for (int level = 1; level <= 1000; level++)
        {
            int arc = DaliLevel.FromPermille(level, false);
            double light = Math.Pow(10, ((arc - 1) * 3 / 253.0) - 1) * 10;

            // A step is 2.77 %: the nearest one is less than half of it away.
            Assert.InRange(light / level, 1 / 1.0139, 1.0139);
            Assert.InRange(DaliLevel.FromPermille(level, true), Math.Max(1, (level * 0.254) - 0.5001), Math.Max(1, (level * 0.254) + 0.5001));
        }
    }
}
