// What the network server believes, and what not: joins, counters, replays, de-duplication.
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class JoinAndUplinkTests
{
    [Fact]
    public void Given_a_join_request_the_pole_gets_a_session_that_both_sides_share()
    {
        var bench = new NetworkBench();

        Assert.True(bench.Poles[0].Join());
        bench.Poles[0].SendUplink(10, [0xCA, 0xFE]);
        bench.Run(3);

        SentDownlink accept = Assert.Single(bench.Downlinks);
        long requestEndUs = bench.Application.Joined[0].TimeUs;
        Assert.Equal(requestEndUs + 5_000_000, accept.StartUs);
        Assert.Equal(868_100_000, accept.FrequencyHz);
        Assert.Equal(7, accept.SpreadingFactor);
        Assert.Equal(1, bench.Poles[0].Accept.JoinNonce);
        Assert.Equal(1, bench.Poles[0].Accept.NetId);
        Assert.Equal(3, bench.Poles[0].Accept.Rx2DataRate);
        Assert.Equal(1, bench.Poles[0].Accept.RxDelayS);
        Assert.Equal("184f84e85684b85e84886684586e8400", Convert.ToHexStringLower(bench.Poles[0].Accept.CfList));
        var uplink = Assert.Single(bench.Application.Uplinks);
        Assert.Equal((0, 10, "cafe"), (uplink.Pole, uplink.FPort, uplink.Payload));
    }

    [Fact]
    public void Given_a_DevNonce_that_was_used_the_join_request_is_refused_and_a_greater_one_is_taken()
    {
        var bench = new NetworkBench();
        bench.Poles[0].DevNonce = 100;
        Assert.True(bench.Poles[0].Join());
        Assert.Equal(101, bench.Poles[0].DevNonce);

        foreach (int devNonce in (int[])[101, 100, 0])
        {
            bench.Send(0, bench.Poles[0].JoinRequest(devNonce), bench.NowUs);
            bench.Run(9);
        }

        Assert.Single(bench.Downlinks);
        Assert.Equal(3, bench.Network.NetworkStatistics.RefusedCounts[(int)RefusalCause.Replay]);
        Assert.True(bench.Poles[0].Join());
        Assert.Equal(2, bench.Poles[0].Accept.JoinNonce);
        Assert.Equal((2, 2), (bench.Network.Statistics.JoinRequestCount, bench.Network.Statistics.JoinAcceptCount));
    }

    [Fact]
    public void Given_a_join_accept_that_was_not_heard_the_old_session_goes_on()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        bench.Send(0, bench.Poles[0].JoinRequest(50), bench.NowUs);
        bench.Run(9);

        bench.Poles[0].SendUplink(10, [0x01]);
        bench.Run(2);

        Assert.Single(bench.Application.Uplinks);
    }

    [Fact]
    public void Given_two_gateways_that_hear_a_frame_the_application_gets_it_once_and_the_better_one_answers()
    {
        var bench = new NetworkBench(
            gateways: [NetworkBench.Gateway("far", 0, 900), NetworkBench.Gateway("near", 0, 0)], poles: [NetworkBench.Site(0, 0, 300)]);
        bench.JoinAll();

        bench.Poles[0].SendUplink(10, [0x01], isConfirmed: true);
        bench.Run(3);

        var uplink = Assert.Single(bench.Application.Uplinks);
        Assert.Equal((1, 2), (uplink.Reception.GatewayIndex, uplink.Reception.GatewayCount));
        Assert.Equal(1, Assert.Single(bench.Downlinks).Gateway);
        Assert.Equal(bench.Network.Statistics.Gateways[0].ReceivedCount, bench.Network.Statistics.Gateways[1].ReceivedCount);
        Assert.Equal(3, bench.Network.Statistics.DeliveredCount);
    }

    [Fact]
    public void Given_a_frame_recorded_and_sent_again_later_it_is_refused()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        byte[] first = bench.Poles[0].Uplink(10, [0x01]);
        byte[] second = bench.Poles[0].Uplink(10, [0x02]);
        bench.Send(0, first, bench.NowUs);
        bench.Run(2);
        bench.Send(0, second, bench.NowUs);
        bench.Run(2);

        bench.Send(0, first, bench.NowUs);
        bench.Run(2);
        bench.Send(0, second, bench.NowUs);
        bench.Run(2);
        bench.Run(1800);
        bench.Send(0, second, bench.NowUs);
        bench.Run(2);

        Assert.Equal(["01", "02"], bench.Application.Uplinks.Select(uplink => uplink.Payload));
        Assert.Equal(2, bench.Network.NetworkStatistics.RefusedCounts[(int)RefusalCause.Replay]);
        Assert.Equal(1, bench.Network.NetworkStatistics.RepeatedUplinkCount);
        Assert.Empty(bench.Downlinks);
    }

    [Fact]
    public void Given_a_confirmed_frame_that_is_repeated_it_is_delivered_once_and_acknowledged_twice()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        byte[] frame = bench.Poles[0].Uplink(10, [0x01], isConfirmed: true);
        bench.Send(0, frame, bench.NowUs);
        bench.Run(5);
        bench.Send(0, frame, bench.NowUs);
        bench.Run(5);

        Assert.Single(bench.Application.Uplinks);
        Assert.Equal(2, bench.Downlinks.Count);
        Assert.True(bench.Poles[0].Open(bench.Downlinks[0], 0)!.Value.Header.IsAcknowledge);
        Assert.True(bench.Poles[0].Open(bench.Downlinks[1], 1)!.Value.Header.IsAcknowledge);
    }

    [Fact]
    public void Given_more_than_65536_uplinks_the_counter_goes_on_in_32_bits()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        uint[] counters = [65_534, 65_535, 65_536, 65_537, 131_072, 131_080];
        foreach (uint counter in counters)
        {
            bench.Poles[0].UplinkCounter = counter;
            bench.Poles[0].SendUplink(10, [0x01]);
            bench.Run(2);
        }

        Assert.Equal(counters, bench.Application.Uplinks.Select(uplink => uplink.Reception.FrameCounter));
    }

    [Fact]
    public void Given_a_DevEui_twice_the_network_is_refused()
    {
        PoleSite site = NetworkBench.Site(7, 0, 0);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new NetworkBench(poles: [site, site]));
        Assert.Contains("70B3D57ED0000007", error.Message, StringComparison.Ordinal);
    }
}
