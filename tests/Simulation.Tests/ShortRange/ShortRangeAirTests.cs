// The short-range medium against what Bluetooth LE and arithmetic say: lengths of packets, spacing of events, what a scanner hears, what collides, how far it reaches.
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.ShortRange;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.ShortRange;

public class ShortRangeAirTests
{
    private static readonly ShortRangeModel Clean = new() { ShadowingDecibel = 0, FadingDecibel = 0, OtherTrafficPercent = 0 };

    [Fact]
    public void Given_17_bytes_Then_a_packet_is_40_bytes_and_320_microseconds_as_the_link_layer_frames_it()
    {
        // Preamble 1, access address 4, header 2, AdvA 6, flags 3, manufacturer data 2 + company 2 + 17, CRC 3, at 1 Mbit/s; the longest legacy advertisement is 376 us.
        Assert.Equal((1 + 4 + 2 + 6 + 3 + 2 + 2 + 17 + 3) * 8, AdvertisingTimes.PacketUs(17));
        Assert.Equal(376, AdvertisingTimes.PacketUs(24));
    }

    [Fact]
    public void Given_a_broadcast_of_half_a_second_Then_five_or_so_events_are_sent_an_interval_and_up_to_ten_milliseconds_apart()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Bench bench = new(Clean, seed, 0, 30);
            bench.Air.Begin(0, new byte[17], 0, 500_000);
            List<long> times = [];
            while (bench.Air.NextEventUs != long.MaxValue)
            {
                times.Add(bench.Air.NextEventUs);
                bench.Air.Advance(bench.Air.NextEventUs);
            }

            Assert.InRange(times.Count, 4, 5);
            Assert.All(times.Zip(times.Skip(1), (a, b) => b - a), gap => Assert.InRange(gap, 100_000, 110_000));
            Assert.InRange(times[0], 2_000, 42_000);
        }
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(30, 10)]
    [InlineData(100, 50)]
    public void Given_a_strong_sender_Then_a_scanner_hears_the_part_of_the_events_in_which_it_listens(int intervalMs, int windowMs)
    {
        // Of each packet that is sent while the scanner is on its channel, what does not end within the window is lost; three channels, one of them at a time.
        const int Count = 4000;
        Bench bench = new(Clean with { ScanIntervalMs = intervalMs, ScanWindowMs = windowMs }, 1, 0, 30);
        long timeUs = 0;
        for (int i = 0; i < Count; i++)
        {
            bench.Air.Begin(0, new byte[17], timeUs, 1);
            timeUs += 117_013;
            bench.AdvanceTo(timeUs);
        }

        double expected = ((windowMs * 1000.0) - AdvertisingTimes.PacketUs(17)) / (intervalMs * 1000.0);
        double sigma = Math.Sqrt(expected * (1 - expected) / Count);
        Assert.InRange(bench.Air.Tally.HeardCount / (double)Count, expected - (4 * sigma) - 0.02, expected + (4 * sigma) + 0.02);
        Assert.Equal(Count, bench.Air.Tally.HeardCount + bench.Air.Tally.NotListeningCount);
    }

    [Fact]
    public void Given_fading_Then_half_of_the_packets_come_through_where_the_mean_is_the_sensitivity()
    {
        // 3 dBm - 10 dB - 40.1 dB - 21 log10(d) = -93 dBm at d = 10^(45.9 / 21) = 153 m.
        const int Count = 4000;
        Bench bench = new(Clean with { FadingDecibel = 4 }, 1, 0, 153.4);
        long timeUs = 0;
        for (int i = 0; i < Count; i++)
        {
            bench.Air.Begin(0, new byte[17], timeUs, 1);
            timeUs += 117_013;
            bench.AdvanceTo(timeUs);
        }

        ShortRangeTally tally = bench.Air.Tally;
        Assert.InRange(tally.HeardCount / (double)(tally.HeardCount + tally.WeakCount), 0.46, 0.54);
    }

    [Theory]
    [InlineData(30, 30, false)]
    [InlineData(30, 300, true)]
    public void Given_two_senders_at_the_same_moment_Then_both_packets_perish_unless_one_is_ten_decibels_stronger(double oneMetres, double otherMetres, bool isHeard)
    {
        Bench bench = new(Clean, 1, 0, oneMetres, -otherMetres);
        bench.Air.Intrude(1, new byte[17], 5_000, 1);
        bench.Air.Intrude(2, new byte[17], 5_100, 1);
        bench.AdvanceTo(100_000);
        Assert.Equal(isHeard, bench.Parts[0].NextEventUs != long.MaxValue);
    }

    [Fact]
    public void Given_a_pole_that_is_sending_Then_it_hears_nothing_meanwhile_and_a_broadcast_is_told_once()
    {
        Bench bench = new(Clean, 1, 0, 30);
        bench.Air.Begin(0, new byte[17], 0, 2_000_000);
        bench.AdvanceTo(2_000_000);
        Assert.Equal(1, bench.Air.Tally.HeardCount);
        Assert.True(bench.Air.Tally.EventCount >= 17);
        int heard = 0;
        while (bench.Parts[1].NextEventUs != long.MaxValue)
        {
            bench.Parts[1].Advance(bench.Parts[1].NextEventUs);
            heard++;
        }

        Assert.Equal(1, heard);
    }

    [Fact]
    public void Given_four_broadcasts_wait_Then_a_fifth_is_lost_and_counted_and_a_cut_of_the_supply_forgets_them()
    {
        Bench bench = new(Clean, 1, 0, 30);
        NeighbourRadioPart part = bench.Parts[1];
        for (byte i = 1; i <= 5; i++)
        {
            part.Deliver([i], -60, i);
        }

        Assert.True(part.Advance(10));
        Assert.Equal(1, bench.Air.Tally.OverflowCount);
        byte[] buffer = new byte[part.MaximumLength];
        Assert.Equal((1, 1), (part.Receive(buffer, out int rssiDbm), (int)buffer[0]));
        Assert.Equal(-60, rssiDbm);
        part.SetSupply(false);
        part.SetSupply(true);
        Assert.Equal(0, part.Receive(buffer, out _));
        Assert.False(part.TryBroadcast(new byte[25], 25, 500));
    }

    /// <summary>Poles in a row at given metres east of the first.</summary>
    private sealed class Bench
    {
        public Bench(ShortRangeModel model, long seed, params double[] metres)
        {
            Lamp[] lamps = [.. metres.Select((east, i) => new Lamp { Id = $"{i}", Latitude = 0, Longitude = east / 111_194.93 })];
            int[] poles = [.. Enumerable.Range(0, lamps.Length)];
            IEnumerable<(int From, int To)> pairs = poles.SelectMany(_ => poles, static (from, to) => (from, to)).Where(static pair => pair.from != pair.to);
            Air = new ShortRangeAir(model, new ShortRangeLinks(model, lamps, poles, seed), pairs, seed, 0);
            foreach (int pole in poles)
            {
                Parts.Add(new NeighbourRadioPart(new PartClock(), Air, pole));
                Parts[^1].SetSupply(true);
            }
        }

        public ShortRangeAir Air { get; }

        public List<NeighbourRadioPart> Parts { get; } = [];

        public void AdvanceTo(long timeUs)
        {
            while (Air.NextEventUs <= timeUs)
            {
                Air.Advance(Air.NextEventUs);
            }
        }
    }
}
