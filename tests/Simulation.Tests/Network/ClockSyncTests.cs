// AppTimeReq at the network server.
using System.Buffers.Binary;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class ClockSyncTests
{
    [Theory]
    [InlineData(-7)]
    [InlineData(100_000)]
    public void Given_a_clock_that_is_off_When_the_pole_asks_Then_it_is_told_by_how_much_in_its_receive_window(int offS)
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        byte[] payload = Ask(bench, offS, answerRequired: false);
        Assert.Equal((0x01, 5), (payload[0], payload[5])); // AppTimeAns with the token (TS003-1.0.0, section 3.2)
        Assert.InRange(BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(1)), -offS - 1, -offS + 1);
        Assert.InRange(bench.Downlinks[0].StartUs, bench.NowUs - 3_000_000, bench.NowUs);
        Assert.Empty(bench.Application.Uplinks);
    }

    [Fact]
    public void Given_a_clock_that_is_right_When_an_answer_is_asked_for_Then_it_says_nothing_is_to_be_added()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        Assert.Equal([0x01, 0, 0, 0, 0, 5], Ask(bench, 0, answerRequired: true));
    }

    private static byte[] Ask(NetworkBench bench, int offS, bool answerRequired)
    {
        byte[] request = new byte[6];
        request[0] = 0x01;
        long gps = ((NetworkBench.StartUtcMs + (bench.NowUs / 1000)) / 1000) - 315_964_800 + 18;
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(1), (uint)(gps + offS));
        request[5] = (byte)(5 | (answerRequired ? 0x10 : 0));
        bench.Poles[0].SendUplink(202, request);
        bench.Run(3);
        SentDownlink answer = Assert.Single(bench.Downlinks);
        return bench.Poles[0].Open(answer, answer.Frame[6])!.Value.Payload;
    }
}
