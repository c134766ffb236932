// Gateways with clocks of their own, lines that take time, and outages that the server learns of by asking.
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class GatewayClockTests
{
    private const long Wrap = 1L << 32; // microseconds, 71.6 min

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20_000, -1)] // 20 ppm fast: the gateway's second is over 20 us early
    [InlineData(-20_000, 1)]
    public void Given_a_counter_that_begins_anew_between_uplink_and_answer_When_answered_Then_the_answer_is_in_time(int driftPartsPerBillion, int sign)
    {
        NetworkBench bench = Bench(new GatewayCounter(Wrap - 60_500_000, driftPartsPerBillion), hasGpsTime: false);
        bench.JoinAll();
        bench.Run(60 - (bench.NowUs / 1_000_000));
        long endUs = bench.Poles[0].SendUplink(10, [1], isConfirmed: true); // ends 56 ms after 60 s, the counter is 0 at about 60.5 s
        bench.Run(3);
        SentDownlink answer = Assert.Single(bench.Downlinks);
        Assert.InRange(answer.StartUs - endUs - 1_000_000, Math.Min(20 * sign, 0) - 1, Math.Max(20 * sign, 0) + 1);
    }

    [Fact]
    public void Given_two_hours_When_counted_Then_the_low_32_bits_name_the_same_moment_again()
    {
        var counter = new GatewayCounter(123_456_789, 10_000);
        for (long timeUs = 0; timeUs < 7_200_000_000; timeUs += 97_000_003)
        {
            uint low = unchecked((uint)counter.At(timeUs));
            Assert.InRange(counter.TimeUs(counter.Widen(low, timeUs - 1_000_000_000)), timeUs - 1, timeUs + 1);
            Assert.InRange(counter.TimeUs(counter.Widen(low, timeUs + 1_000_000_000)), timeUs - 1, timeUs + 1);
        }
    }

    [Fact]
    public void Given_a_gateway_without_GPS_time_When_class_C_is_sent_Then_it_is_off_its_plan_by_the_line_s_delay_and_that_is_known()
    {
        NetworkBench exact = Bench(new GatewayCounter(5, 0), hasGpsTime: true, backhaulDelayUs: 30_000);
        NetworkBench estimated = Bench(new GatewayCounter(5, 0), hasGpsTime: false, backhaulDelayUs: 30_000);
        foreach (NetworkBench bench in new[] { exact, estimated })
        {
            bench.JoinAll();
            Enqueue(bench);
            bench.Run(2);
            Assert.Equal(DownlinkLossCause.None, Assert.Single(bench.Downlinks).Cause);
        }

        Assert.Equal(0, exact.Network.Statistics.Gateways[0].TimingErrorUs);

        // The best of two uplinks: between half the mean and one and a half times it.
        Assert.InRange(estimated.Network.Statistics.Gateways[0].TimingErrorUs, 15_000, 45_000);
        Assert.True(estimated.Downlinks[0].Live.StartUs < estimated.Downlinks[0].Live.Transmission.PlannedStartUs);
    }

    [Fact]
    public void Given_an_estimate_that_grows_old_When_class_C_is_sent_Then_it_goes_out_at_once_and_stays_within_what_is_reckoned_with()
    {
        NetworkBench bench = Bench(new GatewayCounter(5, 20_000), hasGpsTime: false, backhaulDelayUs: 30_000);
        bench.JoinAll();
        for (int minute = 0; minute < 30; minute++)
        {
            bench.Run(60);
            Enqueue(bench);
            bench.Run(2);
        }

        Assert.Equal(30, bench.Downlinks.Count);
        Assert.InRange(bench.Network.Statistics.Gateways[0].TimingErrorUs, 1, 60_000 + (600 * 20));
        Assert.Equal([0L, 0, 0, 0], bench.Network.Statistics.Gateways[0].RefusedCounts);
    }

    [Fact]
    public void Given_a_line_so_slow_that_RX1_is_missed_When_an_uplink_is_confirmed_Then_RX2_acknowledges()
    {
        NetworkBench bench = Bench(new GatewayCounter(5, 0), hasGpsTime: false, backhaulDelayUs: 800_000);
        bench.JoinAll();
        long endUs = bench.Poles[0].SendUplink(10, [1], isConfirmed: true);
        bench.Run(4);
        SentDownlink answer = Assert.Single(bench.Downlinks);
        Assert.Equal(endUs + 2_000_000, answer.StartUs);
        Assert.True(bench.Network.Statistics.Gateways[0].RefusedCounts[(int)GatewayAnswer.TooLate] > 0);
    }

    [Fact]
    public void Given_a_gateway_that_has_just_failed_When_class_C_is_sent_Then_another_one_sends_it_and_the_first_is_not_asked_again()
    {
        GatewaySite near = NetworkBench.Gateway("near", 0, 0) with { Outages = [new GatewayOutage(60_000_000, 120_000_000)] };
        var bench = new NetworkBench([near, NetworkBench.Gateway("far", 0, 500)]);
        bench.JoinAll();
        bench.Run(61 - (bench.NowUs / 1_000_000));
        Enqueue(bench);
        Enqueue(bench);
        bench.Run(5);
        Assert.Equal([1, 1], bench.Downlinks.Select(downlink => downlink.Gateway));
        Assert.Equal(1, bench.Network.Statistics.Gateways[0].RefusedCounts[(int)GatewayAnswer.NoAnswer]);

        // The counters that were used up in vain are left out, none comes twice.
        Assert.Equal(2, bench.Downlinks.Select(downlink => downlink.Frame[6]).Distinct().Count());
        bench.Run(120);
        Enqueue(bench);
        bench.Run(2);
        Assert.Equal(0, bench.Downlinks[^1].Gateway);
    }

    [Fact]
    public void Given_a_gateway_that_fails_while_it_sends_When_the_downlink_is_confirmed_Then_it_is_sent_again_by_another_one()
    {
        GatewaySite near = NetworkBench.Gateway("near", 0, 0) with { Outages = [new GatewayOutage(60_100_000, 120_000_000)] };
        var bench = new NetworkBench([near, NetworkBench.Gateway("far", 0, 500)]);
        bench.JoinAll();
        bench.Run(59 - (bench.NowUs / 1_000_000));
        Assert.True(bench.Network.TryEnqueue(0, 11, [1], 1, true, bench.NowUs, out _));
        bench.Run(60);
        Assert.Equal([DownlinkLossCause.GatewayDown, DownlinkLossCause.None], bench.Downlinks.Take(2).Select(downlink => downlink.Cause!.Value));
        Assert.Equal([0, 1], bench.Downlinks.Take(2).Select(downlink => downlink.Gateway));
    }

    private static void Enqueue(NetworkBench bench) => Assert.True(bench.Network.TryEnqueue(0, 11, [1], 1, false, bench.NowUs, out _));

    private static NetworkBench Bench(GatewayCounter counter, bool hasGpsTime, long backhaulDelayUs = 0) =>
        new([NetworkBench.Gateway("one", 0, 0) with { Counter = counter, HasGpsTime = hasGpsTime, BackhaulDelayUs = backhaulDelayUs }]);
}
