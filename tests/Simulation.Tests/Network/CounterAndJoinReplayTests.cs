// Counters in 32 bits over the edge of 16, and join-requests that were heard before.
using Simulation.Network;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class CounterAndJoinReplayTests
{
    [Theory]
    [InlineData(65_530u, 65_536u)] // over the edge with the frames between lost
    [InlineData(65_535u, 65_536u)]
    [InlineData(65_530u, 65_530u + 65_535u)] // as many lost as can be
    [InlineData(0x0003_FFF0u, 0x0004_0005u)]
    public void Given_uplinks_that_were_lost_When_the_next_one_comes_Then_its_whole_counter_is_known(uint last, uint next)
    {
        NetworkBench bench = Session(last, 0);
        Send(bench, last);
        Send(bench, next);
        Assert.Equal([last, next], bench.Application.Uplinks.Select(uplink => uplink.Reception.FrameCounter));
        Send(bench, last); // the old one is a replay, however its 16 bits look
        Assert.Equal(2, bench.Application.Uplinks.Count);
        Assert.Equal(1, Refused(bench, RefusalCause.Replay) + Refused(bench, RefusalCause.BadMic));
    }

    [Fact]
    public void Given_more_than_65535_lost_When_the_next_uplink_comes_Then_it_is_not_believed()
    {
        NetworkBench bench = Session(10, 0);
        Send(bench, 10);
        Send(bench, 10 + 65_537);
        Assert.Single(bench.Application.Uplinks);
        Assert.Equal(1, Refused(bench, RefusalCause.BadMic));
    }

    [Fact]
    public void Given_the_last_counter_of_all_When_it_was_used_Then_nothing_more_is_believed()
    {
        NetworkBench bench = Session(uint.MaxValue - 1, 0);
        Send(bench, uint.MaxValue - 1);
        Send(bench, uint.MaxValue);
        Send(bench, 0);
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue], bench.Application.Uplinks.Select(uplink => uplink.Reception.FrameCounter));
    }

    [Fact]
    public void Given_downlinks_over_the_edge_of_16_bits_When_opened_Then_the_whole_counter_is_in_the_MIC()
    {
        NetworkBench bench = Session(0, 65_534);
        Send(bench, 0);
        for (int message = 0; message < 4; message++)
        {
            Assert.True(bench.Network.TryEnqueue(0, 11, [1], 1, false, bench.NowUs, out _));
            bench.Run(2);
        }

        Assert.Equal(4, bench.Downlinks.Count);
        for (int message = 0; message < 4; message++)
        {
            Assert.NotNull(bench.Poles[0].Open(bench.Downlinks[message], (uint)(65_534 + message)));
            Assert.Equal(message < 2, bench.Poles[0].Open(bench.Downlinks[message], (uint)((65_534 + message) & 0xFFFF)) is not null);
        }
    }

    [Theory]
    [InlineData(5, 5)] // the same again
    [InlineData(5, 4)] // an older one
    [InlineData(5, 0)]
    [InlineData(65_535, 65_535)]
    public void Given_a_DevNonce_that_is_not_greater_When_it_comes_Then_nothing_is_sent_and_the_session_stays(int used, int again)
    {
        var bench = new NetworkBench();
        Join(bench, used);
        Assert.Single(bench.Application.Joined);
        Join(bench, again);
        Assert.Single(bench.Application.Joined);
        Assert.Single(bench.Downlinks);
        Assert.Equal(1, Refused(bench, RefusalCause.Replay));
    }

    [Fact]
    public void Given_a_join_request_with_another_pole_s_MIC_When_it_comes_Then_it_is_refused_and_uses_no_nonce_up()
    {
        var bench = new NetworkBench(poleCount: 2);
        byte[] request = bench.Poles[0].JoinRequest(9);
        byte[] other = bench.Poles[1].JoinRequest(9);
        other.AsSpan(19, 4).CopyTo(request.AsSpan(19));
        bench.Send(0, request, bench.NowUs);
        bench.Run(9);
        Assert.Equal((0, 1), (bench.Application.Joined.Count, Refused(bench, RefusalCause.BadMic)));

        Join(bench, 9);
        Assert.Single(bench.Application.Joined);
    }

    [Fact]
    public void Given_a_request_of_another_pole_sent_by_this_one_When_recorded_and_sent_again_Then_it_is_a_replay()
    {
        var bench = new NetworkBench(poleCount: 2);
        byte[] recorded = bench.Poles[0].JoinRequest(1);
        bench.Send(0, recorded, bench.NowUs);
        bench.Run(9);
        bench.Send(1, recorded, bench.NowUs); // from where the other pole stands
        bench.Run(9);
        Assert.Single(bench.Application.Joined);
        Assert.Equal(1, Refused(bench, RefusalCause.Replay));
    }

    private static NetworkBench Session(uint uplinkCounter, uint downlinkCounter)
    {
        var bench = new NetworkBench();
        new Random(3).NextBytes(bench.Poles[0].NetworkSessionKey);
        new Random(4).NextBytes(bench.Poles[0].ApplicationSessionKey);
        bench.Network.Personalise(
            0, 0x0200_0000, bench.Poles[0].NetworkSessionKey, bench.Poles[0].ApplicationSessionKey, 0, uplinkCounter,
            downlinkCounter);
        bench.Poles[0].Accept.DevAddr = 0x0200_0000;
        return bench;
    }

    private static void Send(NetworkBench bench, uint counter)
    {
        bench.Poles[0].UplinkCounter = counter;
        bench.Poles[0].SendUplink(10, [1]);
        bench.Run(3);
    }

    private static void Join(NetworkBench bench, int devNonce)
    {
        bench.Send(0, bench.Poles[0].JoinRequest(devNonce), bench.NowUs);
        bench.Run(9);
    }

    private static long Refused(NetworkBench bench, RefusalCause cause) => bench.Network.NetworkStatistics.RefusedCounts[(int)cause];
}
