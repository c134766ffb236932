// What a gateway receives and why it does not: capture, orthogonality, demodulators, half duplex, outages.
using Simulation.Engine;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class ReceptionTests
{
    private const int FirstFrequencyHz = 868_100_000;

    // Goursaud and Gorce 2015, table 2 (co-channel rejection in dB, desired by interfering factor); a sample of the cells.
    [Theory]
    [InlineData(7, 7, 6)]
    [InlineData(12, 12, 6)]
    [InlineData(7, 8, -16)]
    [InlineData(7, 12, -20)]
    [InlineData(8, 7, -24)]
    [InlineData(9, 12, -25)]
    [InlineData(10, 11, -26)]
    [InlineData(11, 12, -29)]
    [InlineData(12, 7, -36)]
    public void Given_two_frames_at_once_a_frame_survives_with_the_needed_ratio_and_not_a_decibel_below(int own, int other, int neededDecibel)
    {
        // The interferer covers the frame from before its beginning to after its end; the power differs by whole decibels.
        foreach (int ratio in (int[])[neededDecibel - 1, neededDecibel + 1])
        {
            var bench = new AirBench();
            bench.Submit(1, 0, 3_000_000, FirstFrequencyHz, other, Math.Max(0, -ratio));
            bench.Submit(0, 1_000_000, 2_000_000, FirstFrequencyHz, own, Math.Max(0, ratio));
            bench.Air.Advance(long.MaxValue);
            Assert.Equal(ratio > neededDecibel, bench.Received.Contains(0));
            Assert.Equal(ratio > neededDecibel ? 0 : 1, bench.Statistics.At(own).LostCounts[(int)UplinkLossCause.Interference] - (own == other ? 1 - bench.DeliveredOf(1) : 0));
        }
    }

    [Fact]
    public void Given_two_equal_frames_at_once_both_are_lost_and_on_two_frequencies_neither()
    {
        var bench = new AirBench();
        bench.Submit(0, 0, 100_000, FirstFrequencyHz, 7, 14);
        bench.Submit(1, 50_000, 150_000, FirstFrequencyHz, 7, 14);
        bench.Submit(2, 60_000, 160_000, FirstFrequencyHz + 200_000, 7, 14);
        bench.Air.Advance(long.MaxValue);

        Assert.Equal([2], bench.Received);
        Assert.Equal(2, bench.Statistics.LostCount(UplinkLossCause.Interference));
    }

    [Fact]
    public void Given_an_overlap_of_a_tenth_the_energy_of_the_overlap_counts()
    {
        // 3 dB weaker over a tenth of the time: 13 dB; equally strong over a third: 4.8 dB.
        var bench = new AirBench();
        bench.Submit(0, 0, 100_000, FirstFrequencyHz, 7, 14);
        bench.Submit(1, 90_000, 1_000_000, FirstFrequencyHz, 7, 11);
        bench.Submit(2, 2_000_000, 2_300_000, FirstFrequencyHz, 7, 14);
        bench.Submit(3, 2_200_000, 3_000_000, FirstFrequencyHz, 7, 14);
        bench.Air.Advance(long.MaxValue);

        Assert.Contains(0, bench.Received);
        Assert.DoesNotContain(2, bench.Received);
    }

    [Fact]
    public void Given_nine_frames_at_once_a_gateway_demodulates_eight()
    {
        var bench = new AirBench();
        for (int pole = 0; pole < 9; pole++)
        {
            bench.Submit(pole, pole, 1_000_000, FirstFrequencyHz + (200_000 * pole), 9, 14);
        }

        bench.Submit(9, 1_000_000, 2_000_000, FirstFrequencyHz, 9, 14);
        bench.Air.Advance(long.MaxValue);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 9], bench.Received.Order());
        Assert.Equal(1, bench.Statistics.LostCount(UplinkLossCause.NoDemodulator));
    }

    [Fact]
    public void Given_a_gateway_that_transmits_it_receives_nothing_of_what_overlaps()
    {
        var bench = new AirBench(network: true);
        bench.Transmit(1_000_000);
        bench.Submit(0, 900_000, 1_000_000, FirstFrequencyHz, 7, 14);
        bench.Submit(1, 990_000, 1_090_000, FirstFrequencyHz + 200_000, 7, 14);
        bench.Submit(2, 1_010_000, 1_020_000, FirstFrequencyHz, 7, 14);
        bench.Submit(3, 1_150_000, 1_400_000, FirstFrequencyHz + 400_000, 7, 14);
        bench.Submit(4, bench.TransmissionEndUs, bench.TransmissionEndUs + 100_000, FirstFrequencyHz, 7, 14);
        bench.Air.Advance(long.MaxValue);

        Assert.Equal([0, 4], bench.Received.Order());
        Assert.Equal(3, bench.Statistics.LostCount(UplinkLossCause.GatewayTransmitting));
    }

    [Fact]
    public void Given_a_gateway_that_is_out_of_order_frames_are_lost_for_that_cause()
    {
        var bench = new AirBench(outage: new GatewayOutage(1_000_000, 2_000_000));
        bench.Submit(0, 800_000, 900_000, FirstFrequencyHz, 7, 14);
        bench.Submit(1, 950_000, 1_050_000, FirstFrequencyHz, 7, 14);
        bench.Submit(2, 1_950_000, 2_050_000, FirstFrequencyHz, 7, 14);
        bench.Submit(3, 2_060_000, 2_160_000, FirstFrequencyHz, 7, 14);
        bench.Air.Advance(long.MaxValue);

        Assert.Equal([0, 3], bench.Received.Order());
        Assert.Equal(2, bench.Statistics.LostCount(UplinkLossCause.GatewayDown));
    }

    [Fact]
    public void Given_a_weak_signal_it_is_below_sensitivity_at_a_low_spreading_factor_and_heard_at_a_high_one()
    {
        // 5,000 m: 146.8 dB; 14 dBm arrive as -132.8 dBm, between SF9's -132.5 and SF10's -135.
        var bench = new AirBench(distanceMetres: 5000);
        for (int spreadingFactor = 7; spreadingFactor <= 12; spreadingFactor++)
        {
            bench.Submit(spreadingFactor, spreadingFactor * 5_000_000L, (spreadingFactor * 5_000_000L) + 1000, FirstFrequencyHz, spreadingFactor, 14);
        }

        bench.Air.Advance(long.MaxValue);

        Assert.Equal([10, 11, 12], bench.Received);
        Assert.Equal(3, bench.Statistics.LostCount(UplinkLossCause.BelowSensitivity));
    }

    [Fact]
    public void Given_any_traffic_every_frame_is_counted_once_and_its_air_time_too()
    {
        var bench = new AirBench(poleCount: 50);
        var random = new RandomStream(3, "traffic", 0);
        long startUs = 0;
        long airTimeUs = 0;
        for (int frame = 0; frame < 20_000; frame++)
        {
            startUs += random.Next(60_000);
            int durationUs = 20_000 + random.Next(500_000);
            airTimeUs += durationUs;
            bench.Submit(frame % 50, startUs, startUs + durationUs, FirstFrequencyHz + (200_000 * random.Next(3)), 7 + random.Next(6), 2 + random.Next(13));
            if (frame % 100 == 99)
            {
                bench.Air.Advance(startUs);
            }
        }

        bench.Air.Advance(long.MaxValue);

        Assert.Equal(20_000, bench.Statistics.SentCount);
        Assert.Equal(20_000, bench.Statistics.DeliveredCount + Enum.GetValues<UplinkLossCause>().Sum(bench.Statistics.LostCount));
        Assert.Equal(airTimeUs, Enumerable.Range(7, 6).Sum(factor => bench.Statistics.At(factor).AirTimeUs));
        Assert.Equal(bench.Received.Count, bench.Statistics.DeliveredByPole.Sum());
        Assert.All(bench.Statistics.SentByPole, sent => Assert.Equal(400, sent));
        Assert.InRange(bench.Statistics.DeliveredCount, 2_000, 18_000);
    }

    [Fact]
    public void Given_a_fleet_in_steady_state_a_frame_allocates_nothing()
    {
        var bench = new AirBench(poleCount: 50) { IsRecording = false };
        bench.Flow(0, 5_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bench.Flow(5_000, 20_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    /// <summary>One gateway and poles at one distance, without shadowing and fading.</summary>
    private sealed class AirBench : IAirListener
    {
        private readonly UplinkPool _pool = new();
        private readonly DownlinkAir? _downlinks;

        public AirBench(int poleCount = 20, double distanceMetres = 300, GatewayOutage? outage = null, bool network = false)
        {
            var settings = new RadioSettings { ShadowingDecibel = 0, FadingDecibel = 0 };
            GatewaySite[] gateways = [new("one", 0, 0) { Outages = outage is null ? [] : [outage.Value] }];
            PoleSite[] poles = [.. Enumerable.Range(0, poleCount).Select(_ => new PoleSite(0, distanceMetres / 111_194.93, [], [], []))];
            var links = new LinkTable(settings, gateways, poles, 1);
            Statistics = new RadioStatistics(1, poleCount);
            Air = new UplinkAir(settings, links, gateways, 1, Statistics, this);
            _downlinks = network ? new DownlinkAir(settings, links, gateways, 1, Statistics, Air) : null;
        }

        public UplinkAir Air { get; }

        public RadioStatistics Statistics { get; }

        public List<int> Received { get; } = [];

        public bool IsRecording { get; init; } = true;

        public long TransmissionEndUs { get; private set; }

        public void Transmit(long startUs)
        {
            var plan = new DownlinkPlan(0, 0, startUs, 869_525_000, 9, 125_000, 20);
            TransmissionEndUs = startUs + plan.AirTimeUs;
            _downlinks!.Transmit(plan, new byte[20]);
        }

        public void Submit(int pole, long startUs, long endUs, int frequencyHz, int spreadingFactor, int powerDbm)
        {
            UplinkTransmission uplink = _pool.Rent();
            uplink.PoleIndex = pole;
            uplink.StartUs = startUs;
            uplink.EndUs = endUs;
            uplink.FrequencyHz = frequencyHz;
            uplink.SpreadingFactor = spreadingFactor;
            uplink.BandwidthHz = 125_000;
            uplink.PowerDbm = powerDbm;
            uplink.Length = 20;
            Air.Submit(uplink);
        }

        public void Flow(int first, int count)
        {
            for (int frame = first; frame < first + count; frame++)
            {
                Submit(frame % 50, frame * 10_000L, (frame * 10_000L) + 70_000, FirstFrequencyHz + (200_000 * (frame % 3)), 7 + (frame % 6), 14);
                Air.Advance(frame * 10_000L);
            }
        }

        public int DeliveredOf(int pole) => Statistics.DeliveredByPole[pole];

        public void OnUplinkReceived(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
        {
            if (IsRecording)
            {
                Received.Add(uplink.PoleIndex);
            }
        }

        public void OnDownlinkEnded(GatewayTransmission transmission) => _downlinks?.CountEnded(transmission);
    }
}
