// What the network server sends, when, and from where.
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class DownlinkTests
{
    private const int Rx2FrequencyHz = 869_525_000;

    [Fact]
    public void Given_a_confirmed_uplink_the_acknowledgement_comes_in_RX1()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        long endUs = bench.Poles[0].SendUplink(10, [0x01], isConfirmed: true, frequencyHz: 868_500_000);
        bench.Run(3);

        SentDownlink answer = Assert.Single(bench.Downlinks);
        Assert.Equal((endUs + 1_000_000, 868_500_000, 7), (answer.StartUs, answer.FrequencyHz, answer.SpreadingFactor));
        Assert.True(answer.Live.IsReceivable);
        Assert.True(bench.Poles[0].Open(answer, 0)!.Value.Header.IsAcknowledge);
    }

    [Fact]
    public void Given_a_gateway_that_is_busy_in_RX1_the_answer_comes_in_RX2()
    {
        var bench = new NetworkBench(poleCount: 2);
        bench.JoinAll();
        long firstEndUs = bench.Poles[0].SendUplink(10, [0x01], isConfirmed: true, frequencyHz: 868_100_000);
        long secondEndUs = bench.Poles[1].SendUplink(10, [0x01], isConfirmed: true, frequencyHz: 868_300_000);
        bench.Run(4);

        Assert.Equal(
            [(0, firstEndUs + 1_000_000, 868_100_000, 7), (1, secondEndUs + 2_000_000, Rx2FrequencyHz, 9)],
            bench.Downlinks.Select(downlink => (downlink.Pole, downlink.StartUs, downlink.FrequencyHz, downlink.SpreadingFactor)));
    }

    [Fact]
    public void Given_an_uplink_at_SF12_the_faster_second_window_answers()
    {
        var bench = new NetworkBench();
        bench.Poles[0].DataRate = 0;
        bench.JoinAll();
        long endUs = bench.Poles[0].SendUplink(10, [0x01], isConfirmed: true);
        bench.Run(5);

        SentDownlink answer = Assert.Single(bench.Downlinks);
        Assert.Equal((endUs + 2_000_000, Rx2FrequencyHz, 9), (answer.StartUs, answer.FrequencyHz, answer.SpreadingFactor));
    }

    [Fact]
    public void Given_DeviceTimeReq_and_LinkCheckReq_both_are_answered_in_order()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        long endUs = bench.Poles[0].SendUplink(10, [0x01], commands: [0x0D, 0x02]);
        bench.Run(3);

        byte[] commands = bench.Poles[0].Open(Assert.Single(bench.Downlinks), 0)!.Value.Commands;
        Assert.Equal(9, commands.Length);
        Assert.Equal(0x0D, commands[0]);
        double gpsSeconds = BitConverter.ToUInt32(commands, 1) + (commands[5] / 256.0);
        double gpsEpochUnixMs = new DateTimeOffset(1980, 1, 6, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        double expected = ((NetworkBench.StartUtcMs + (endUs / 1000.0) - gpsEpochUnixMs) / 1000.0) + 18;
        Assert.InRange(gpsSeconds, expected - 0.005, expected);

        // 300 m: 100.8 dB of loss, -86.8 dBm, floor -120.03 dBm, limited to 31.75 dB, of which SF7 needs -7.5.
        Assert.Equal([0x02, 39, 1], commands[6..]);
    }

    [Fact]
    public void Given_a_strong_pole_at_SF12_ADR_brings_it_to_SF7_and_then_leaves_it_alone()
    {
        var bench = new NetworkBench(distanceMetres: 1660);
        bench.Poles[0].DataRate = 0;
        bench.JoinAll();
        bench.Poles[0].SendUplink(10, [0x01], isAdaptive: true);
        bench.Run(5);

        // 128.8 dB of loss at 1,660 m: -114.8 dBm, 5.25 dB over the floor, 15.25 over SF12's need and the margin: five steps of 3 dB.
        byte[] commands = bench.Poles[0].Open(Assert.Single(bench.Downlinks), 0)!.Value.Commands;
        Assert.Equal([0x03, 0x50, 0xFF, 0x00, 0x01], commands);

        bench.Poles[0].DataRate = 5;
        for (int uplink = 0; uplink < 30; uplink++)
        {
            bench.Poles[0].SendUplink(10, [0x01], commands: uplink == 0 ? [0x03, 0x07] : null, isAdaptive: true);
            bench.Run(3);
        }

        Assert.Single(bench.Downlinks);
        Assert.Equal(1, bench.Network.NetworkStatistics.LinkAdrAcceptedCount);
    }

    [Fact]
    public void Given_a_strong_pole_at_SF7_its_power_is_lowered_after_20_uplinks_with_a_downlink_that_is_sent_anyway()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        for (int uplink = 0; uplink < 25; uplink++)
        {
            Assert.Empty(bench.Downlinks);
            bench.Poles[0].SendUplink(10, [0x01], isConfirmed: uplink == 24, isAdaptive: true);
            bench.Run(3);
        }

        // 31.75 dB (the most a chip reports) + 7.5 - 10: nine steps, limited to TXPower 7.
        Assert.Equal([0x03, 0x57, 0xFF, 0x00, 0x01], bench.Poles[0].Open(Assert.Single(bench.Downlinks), 0)!.Value.Commands);
    }

    [Fact]
    public void Given_a_pole_that_is_only_just_heard_it_is_slowed_down_through_the_stronger_window()
    {
        // 138.5 dB of loss: -4.5 dB over the floor, 3 dB over SF7's need.
        var bench = new NetworkBench(distanceMetres: 3017);
        bench.JoinAll();
        for (int uplink = 0; uplink < 5; uplink++)
        {
            Assert.Empty(bench.Downlinks);
            bench.Poles[0].SendUplink(10, [0x01], isAdaptive: true);
            bench.Run(5);
        }

        SentDownlink request = Assert.Single(bench.Downlinks);
        Assert.Equal([0x03, 0x40, 0xFF, 0x00, 0x01], bench.Poles[0].Open(request, 0)!.Value.Commands);
        Assert.Equal((Rx2FrequencyHz, DownlinkLossCause.None), (request.FrequencyHz, request.Live.LossCause));
    }

    [Fact]
    public void Given_a_pole_that_refuses_LinkADRReq_the_server_stops_asking()
    {
        var bench = new NetworkBench();
        bench.Poles[0].DataRate = 2;
        bench.JoinAll();
        for (int uplink = 0; uplink < 10; uplink++)
        {
            bench.Poles[0].SendUplink(10, [0x01], commands: uplink == 0 ? null : [0x03, 0x05], isAdaptive: true);
            bench.Run(4);
        }

        Assert.Equal(3, bench.Network.NetworkStatistics.LinkAdrRequestCount);
    }

    [Fact]
    public void Given_a_class_C_command_it_is_on_the_air_in_the_next_window_at_SF9_and_reaches_the_pole()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        Assert.True(bench.Network.TryEnqueue(0, 20, [1, 2, 3], 3, isConfirmed: false, bench.NowUs, out long id));
        long enqueuedUs = bench.NowUs;
        bench.Run(2);

        SentDownlink command = Assert.Single(bench.Downlinks);
        Assert.InRange(command.StartUs, enqueuedUs, enqueuedUs + 1_100_000);
        Assert.Equal((Rx2FrequencyHz, 9), (command.FrequencyHz, command.SpreadingFactor));
        var opened = bench.Poles[0].Open(command, 0)!.Value;
        Assert.Equal([1, 2, 3], opened.Payload);
        Assert.Equal(20, opened.Header.FPort);
        Assert.Equal([(0, id, command.StartUs, 1)], bench.Application.Sent);
    }

    [Fact]
    public void Given_several_commands_for_one_pole_they_go_one_after_the_other()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        for (byte command = 0; command < 5; command++)
        {
            Assert.True(bench.Network.TryEnqueue(0, 20, [command], 1, isConfirmed: false, bench.NowUs, out _));
        }

        bench.Run(8);

        Assert.Equal(5, bench.Downlinks.Count);
        for (int at = 0; at < 5; at++)
        {
            Assert.Equal([(byte)at], bench.Poles[0].Open(bench.Downlinks[at], (uint)at)!.Value.Payload);
            Assert.True(at == 0 || bench.Downlinks[at].StartUs >= bench.Downlinks[at - 1].EndUs);
        }
    }

    [Fact]
    public void Given_a_confirmed_command_that_nobody_acknowledges_it_is_sent_four_times_and_given_up()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        Assert.True(bench.Network.TryEnqueue(0, 20, [9], 1, isConfirmed: true, bench.NowUs, out long id));
        bench.Run(200);

        Assert.Equal([1, 2, 3, 4], bench.Application.Sent.Select(sent => sent.Attempt));
        Assert.Equal((0, id, DownlinkFailure.NotAcknowledged), Assert.Single(bench.Application.Failed) is var failed ? (failed.Pole, failed.Id, failed.Failure) : default);
        for (uint attempt = 0; attempt < 4; attempt++)
        {
            Assert.True(bench.Poles[0].Open(bench.Downlinks[(int)attempt], attempt)!.Value.Header.IsConfirmed);
        }
    }

    [Fact]
    public void Given_a_confirmed_command_that_is_acknowledged_it_is_sent_once()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        Assert.True(bench.Network.TryEnqueue(0, 20, [9], 1, isConfirmed: true, bench.NowUs, out long id));
        bench.Run(3);
        bench.Poles[0].SendUplink(10, [], isAcknowledge: true);
        bench.Run(200);

        Assert.Single(bench.Downlinks);
        Assert.Equal(id, Assert.Single(bench.Application.Acknowledged).Id);
        Assert.Empty(bench.Application.Failed);
    }

    [Fact]
    public void Given_a_gateway_that_is_down_a_command_expires()
    {
        var bench = new NetworkBench(
            gateways: [new GatewaySite("one", 0, 0) { Outages = [new GatewayOutage(30_000_000, 300_000_000)] }]);
        bench.JoinAll();
        bench.Run(40);
        Assert.True(bench.Network.TryEnqueue(0, 20, [9], 1, isConfirmed: false, bench.NowUs, out _, lifetimeUs: 60_000_000));
        long enqueuedUs = bench.NowUs;
        bench.Run(100);

        Assert.Empty(bench.Downlinks);
        var failed = Assert.Single(bench.Application.Failed);
        Assert.Equal((DownlinkFailure.Expired, enqueuedUs + 60_000_000), (failed.Failure, failed.TimeUs));
    }

    [Fact]
    public void Given_a_command_that_waits_when_an_uplink_comes_it_goes_with_the_answer()
    {
        var bench = new NetworkBench(network: new NetworkSettings { IsClassC = false });
        bench.JoinAll();
        Assert.True(bench.Network.TryEnqueue(0, 20, [9], 1, isConfirmed: false, bench.NowUs, out _));
        Assert.True(bench.Network.TryEnqueue(0, 20, [10], 1, isConfirmed: false, bench.NowUs, out _));
        bench.Run(5);
        Assert.Empty(bench.Downlinks);

        long endUs = bench.Poles[0].SendUplink(10, [0x01]);
        bench.Run(3);

        SentDownlink answer = Assert.Single(bench.Downlinks);
        Assert.Equal(endUs + 1_000_000, answer.StartUs);
        var opened = bench.Poles[0].Open(answer, 0)!.Value;
        Assert.Equal([9], opened.Payload);
        Assert.True(opened.Header.IsFramePending);
    }

    [Fact]
    public void Given_a_pole_that_has_not_joined_or_a_payload_that_does_not_fit_nothing_is_queued()
    {
        var bench = new NetworkBench(network: new NetworkSettings { Rx2DataRate = 0, DownlinkQueueLength = 2 });
        Assert.False(bench.Network.TryEnqueue(0, 20, [9], 1, isConfirmed: false, 0, out _));
        bench.JoinAll();
        Assert.False(bench.Network.TryEnqueue(0, 20, new byte[52], 52, isConfirmed: false, bench.NowUs, out _));
        Assert.True(bench.Network.TryEnqueue(0, 20, new byte[51], 51, isConfirmed: false, bench.NowUs, out _));
        Assert.True(bench.Network.TryEnqueue(0, 20, [1], 1, isConfirmed: false, bench.NowUs, out _));
        Assert.False(bench.Network.TryEnqueue(0, 20, [1], 1, isConfirmed: false, bench.NowUs, out _));
    }
}
