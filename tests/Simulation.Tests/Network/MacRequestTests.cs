// What the server asks of poles by MAC command: sent until answered, and in force from the answer on.
using Simulation.Network;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class MacRequestTests
{
    [Fact]
    public void Given_a_downlink_that_is_sent_anyway_When_the_status_is_due_Then_it_is_asked_for_and_kept()
    {
        NetworkBench bench = new(network: new NetworkSettings { DevStatusIntervalS = 600 });
        bench.JoinAll();
        bench.Poles[0].SendUplink(10, [1]);
        bench.Run(3);
        Assert.Empty(bench.Downlinks); // nothing is sent for it alone

        Assert.Equal([0x06], Exchange(bench, null));
        Assert.Equal([0x06], Exchange(bench, null)); // no answer: again
        Assert.Empty(Exchange(bench, [0x06, 0x00, 0x3D]));
        DeviceStatus status = bench.Network.DeviceRequests.StatusOf(0)!.Value;
        Assert.Equal((0, -3), (status.Battery, status.MarginDecibel)); // section 5.5: external power, six bits with sign

        bench.Run(600);
        Assert.Equal([0x06], Exchange(bench, null));
        Assert.Empty(Exchange(bench, [0x06, 254, 31]));
        status = bench.Network.DeviceRequests.StatusOf(0)!.Value;
        Assert.Equal((254, 31), (status.Battery, status.MarginDecibel));
    }

    [Fact]
    public void Given_a_join_without_CFList_When_the_pole_is_heard_Then_it_is_told_the_channels_and_only_those_it_has_are_used()
    {
        NetworkBench bench = new(network: new NetworkSettings { DevStatusIntervalS = 0, HasCfList = false });
        bench.JoinAll();
        Assert.False(bench.Poles[0].Accept.HasCfList);
        Assert.Equal(0x07, bench.Network.DeviceRequests.ChannelMaskOf(0));

        // The first downlink was sent in JoinAll; what was not answered comes again. Two fit into FOpts.
        byte[] first = Exchange(bench, null);
        Assert.Equal([0x07, 3, 0x18, 0x4F, 0x84, 0x50, 0x07, 4, 0xE8, 0x56, 0x84, 0x50], first); // 867.1 and 867.3 MHz, DR0 to DR5
        byte[] second = Exchange(bench, [0x07, 0x03, 0x07, 0x03]);
        Assert.Equal([5, 6], [second[1], second[7]]);
        Assert.Equal(0x1F, bench.Network.DeviceRequests.ChannelMaskOf(0));
        byte[] third = Exchange(bench, [0x07, 0x03, 0x07, 0x01]); // 867.7 MHz is refused
        Assert.Equal([0x07, 7, 0x58, 0x6E, 0x84, 0x50], third);
        Assert.Empty(Exchange(bench, [0x07, 0x03]));
        Assert.Equal(0xBF, bench.Network.DeviceRequests.ChannelMaskOf(0));
        NetworkStatistics statistics = bench.Network.NetworkStatistics;
        Assert.Equal((4, 1, 0), (statistics.MacRequestAcceptedCount, statistics.MacRequestRefusedCount, statistics.MacRequestGivenUpCount));
    }

    [Fact]
    public void Given_a_pole_that_never_answers_When_asked_ten_times_Then_it_is_left_alone()
    {
        NetworkBench bench = new();
        bench.JoinAll();
        bench.Network.DeviceRequests.AskMaximumDutyCycle(0, 7);
        for (int time = 0; time < 10; time++)
        {
            Assert.Equal([0x04, 0x07], Exchange(bench, null));
        }

        Assert.Empty(Exchange(bench, null));
        Assert.Equal((1, 0), (bench.Network.NetworkStatistics.MacRequestGivenUpCount, bench.Network.DeviceRequests.WaitingCountOf(0)));
    }

    [Fact]
    public void Given_RXTimingSetupReq_When_answered_Then_RX1_opens_later()
    {
        NetworkBench bench = new();
        bench.JoinAll();
        bench.Network.DeviceRequests.AskReceiveDelay(0, 5);
        Assert.Equal([0x08, 0x05], Exchange(bench, null, out long delayUs));
        Assert.Equal(1_000_000, delayUs);
        Assert.Empty(Exchange(bench, [0x08], out delayUs));
        Assert.Equal(5_000_000, delayUs);
    }

    [Fact]
    public void Given_RXParamSetupReq_When_accepted_Then_both_windows_are_as_asked_and_when_refused_as_before()
    {
        NetworkBench bench = new();
        bench.JoinAll();
        bench.Network.DeviceRequests.AskReceiveParameters(0, 2, 0);
        Assert.Equal([0x05, 0x20, 0xD2, 0xAD, 0x84], Exchange(bench, null)); // 869.525 MHz
        Assert.Empty(Exchange(bench, [0x05, 0x06])); // RX1DROffset refused: nothing changes
        Assert.Equal(7, bench.Downlinks[^1].SpreadingFactor);
        bench.Network.DeviceRequests.AskReceiveParameters(0, 2, 0);
        Assert.NotEmpty(Exchange(bench, null));
        Assert.Empty(Exchange(bench, [0x05, 0x07]));
        Assert.Equal(9, bench.Downlinks[^1].SpreadingFactor); // DR5 less two
        Assert.True(bench.Network.TryEnqueue(0, 11, [1], 1, false, bench.NowUs, out _));
        bench.Run(4);
        Assert.Equal(12, bench.Downlinks[^1].SpreadingFactor); // class C on RX2's new data rate
    }

    [Fact]
    public void Given_DlChannelReq_When_accepted_Then_RX1_moves_for_that_channel_alone()
    {
        NetworkBench bench = new();
        bench.JoinAll();
        bench.Network.DeviceRequests.AskDownlinkChannel(0, 1, 868_900_000);
        Assert.Equal([0x0A, 0x01, 0x68, 0x95, 0x84], Exchange(bench, null));
        Assert.Empty(Exchange(bench, [0x0A, 0x03]));
        Assert.Equal(868_100_000, bench.Downlinks[^1].FrequencyHz);
        bench.Poles[0].SendUplink(10, [1], isConfirmed: true, frequencyHz: 868_300_000);
        bench.Run(3);
        Assert.Equal(868_900_000, bench.Downlinks[^1].FrequencyHz);
    }

    [Fact]
    public void Given_a_new_session_When_the_pole_is_heard_Then_it_is_reckoned_with_what_the_join_accept_said()
    {
        NetworkBench bench = new();
        bench.JoinAll();
        bench.Network.DeviceRequests.AskReceiveDelay(0, 5);
        Exchange(bench, null);
        Exchange(bench, [0x08]);
        bench.JoinAll();
        Exchange(bench, null, out long delayUs);
        Assert.Equal(1_000_000, delayUs);
    }

    [Theory]
    [InlineData(2, 868_100_000)]
    [InlineData(16, 868_100_000)]
    [InlineData(3, -1)]
    public void Given_a_channel_out_of_range_When_asked_for_Then_it_is_refused(int channel, int frequencyHz)
    {
        NetworkBench bench = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Network.DeviceRequests.AskChannel(0, channel, frequencyHz, 0, 5));
    }

    private static byte[] Exchange(NetworkBench bench, byte[]? commands) => Exchange(bench, commands, out _);

    /// <summary>A confirmed uplink with commands; the commands of its answer.</summary>
    private static byte[] Exchange(NetworkBench bench, byte[]? commands, out long delayUs)
    {
        int before = bench.Downlinks.Count;
        long endUs = bench.Poles[0].SendUplink(10, [1], isConfirmed: true, commands: commands);
        bench.Run(8);
        SentDownlink answer = Assert.Single(bench.Downlinks.Skip(before));
        delayUs = answer.StartUs - endUs;
        return bench.Poles[0].Open(answer, (uint)(answer.Frame[6] | (answer.Frame[7] << 8)))!.Value.Commands;
    }
}
