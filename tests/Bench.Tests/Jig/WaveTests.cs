// What the samplers make of a wave: DALI frames of any content at any speed that IEC 62386-101 allows, and PWM of any duty.
using Bench.Jig;

namespace Bench.Tests.Jig;

public sealed class WaveTests
{
    private const int SamplesPerSecond = 40_000;

    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(10)]
    public void Given_frames_at_a_speed_within_10_percent_When_sampled_Then_all_whole_ones_are_found_in_order(int percentOff)
    {
        // IEC 62386-101: a receiver takes bit times 10 % off.
        Random random = new(percentOff);
        double halfUs = 1e6 / 2400 * (100 + percentOff) / 100;
        for (int round = 0; round < 200; round++)
        {
            List<bool> samples = [];
            List<DaliFrame> sent = [];
            AddRest(samples, 5_000 + random.Next(20_000));
            for (int i = 0; i < 10; i++)
            {
                int bits = random.Next(3) switch { 0 => 24, 1 => 8, _ => 16 };
                int value = random.Next(1 << bits);
                AddFrame(samples, bits, value, halfUs);
                AddRest(samples, 3_000 + random.Next(20_000));
                if (bits != 8)
                {
                    // An answer of 8 bits is none of the controller's frames.
                    sent.Add(new DaliFrame(bits, value));
                }
            }

            Assert.Equal(sent, DaliWave.Find([.. samples], SamplesPerSecond));
        }
    }

    [Fact]
    public void Given_a_frame_that_begin_or_end_of_the_samples_cuts_When_read_Then_it_is_none_and_nothing_throws()
    {
        List<bool> samples = [];
        AddRest(samples, 5_000);
        AddFrame(samples, 16, 0xFE80, 1e6 / 2400);
        AddRest(samples, 5_000);
        bool[] whole = [.. samples];
        Assert.Equal(new DaliFrame(16, 0xFE80), Assert.Single(DaliWave.Find(whole, SamplesPerSecond)));
        int frameEnd = Array.LastIndexOf(whole, false);
        for (int cut = 0; cut < frameEnd; cut++)
        {
            Assert.Empty(DaliWave.Find(whole[..cut], SamplesPerSecond));
        }

        for (int cut = Array.IndexOf(whole, false) + 1; cut < whole.Length; cut++)
        {
            Assert.Empty(DaliWave.Find(whole[cut..], SamplesPerSecond));
        }
    }

    [Fact]
    public void Given_noise_When_read_Then_nothing_throws()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            bool[] samples = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(1 + (round % 20)) == 0)];
            DaliWave.Find(samples, SamplesPerSecond);
            PwmWave wave = PwmWave.Measure(samples, SamplesPerSecond);
            Assert.InRange(wave.DutyPermille, 0, 1000);
        }
    }

    [Theory]
    [InlineData(0xFE80, 16, 0x80)]
    [InlineData(0x0680, 16, 0x80)]
    [InlineData(0x82FE, 16, 0xFE)]
    [InlineData(0x0780, 16, -1)]
    [InlineData(0xA380, 16, -1)]
    [InlineData(0xC180, 16, -1)]
    [InlineData(0xFE8000, 24, -1)]
    public void Given_a_frame_When_asked_for_its_level_Then_only_direct_arc_power_has_one(int value, int bits, int level) =>
        Assert.Equal(level, new DaliFrame(bits, value).ArcPower);

    [Theory]
    [InlineData(2000, 370)]
    [InlineData(2000, 10)]
    [InlineData(1900, 990)]
    [InlineData(200, 500)]
    public void Given_a_PWM_When_sampled_a_million_times_a_second_Then_duty_and_frequency_are_right(double hertz, int dutyPermille)
    {
        bool[] samples = [.. Enumerable.Range(0, 32_768).Select(i => (i * hertz / 1e6 % 1) < dutyPermille / 1000.0)];
        PwmWave wave = PwmWave.Measure(samples, 1_000_000);
        Assert.InRange(wave.DutyPermille, dutyPermille - 1.5, dutyPermille + 1.5);
        Assert.InRange(wave.Hertz, hertz * 0.999, hertz * 1.001);
    }

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 0)]
    public void Given_a_line_that_does_not_change_When_sampled_Then_its_duty_is_its_level_and_it_has_no_frequency(bool isHigh, double duty) =>
        Assert.Equal(new PwmWave(duty, 0), PwmWave.Measure([.. Enumerable.Repeat(isHigh, 1000)], 1_000_000));

    private static void AddRest(List<bool> samples, double us) => samples.AddRange(Enumerable.Repeat(true, (int)(us * SamplesPerSecond / 1e6)));

    // The start bit is a one; a one is low, then high.
    private static void AddFrame(List<bool> samples, int bits, int value, double halfUs)
    {
        List<bool> halves = [false, true];
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            bool isOne = ((value >> bit) & 1) != 0;
            halves.AddRange([!isOne, isOne]);
        }

        int count = (int)(halves.Count * halfUs * SamplesPerSecond / 1e6);
        samples.AddRange(Enumerable.Range(0, count).Select(i => halves[Math.Min(halves.Count - 1, (int)(i * 1e6 / SamplesPerSecond / halfUs))]));
    }
}
