// The application server's time (TS003): when it is asked for, what is made of the answer, and how sure the clock says it is.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Time;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class ClockSyncTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Given_a_network_that_does_not_tell_the_time_When_three_requests_had_no_answer_Then_the_application_server_is_asked_and_sets_the_clock()
    {
        DeviceBench bench = WithoutNetworkTime();
        Assert.True(bench.RunUntil(bench.NowMs + HourMs, () => Requests(bench).Count > 0));
        Assert.True(Count(bench, MacCommands.DeviceTime) >= 3);
        (Uplink uplink, ClockSyncCommand request) = Requests(bench)[0];
        Assert.True(request.IsAnswerRequired);

        // Without UTC the device's time counts from its start.
        Assert.InRange(request.DeviceTimeS * 1000L, uplink.Transmission.StartMs - 1000, uplink.Transmission.StartMs);
        Answer(bench, uplink, request);
        AssertClockHoldsItsWord(bench);
        Assert.Equal(1, bench.Device.Packages.ClockCorrectionCount);

        // Answered, it is content for a day.
        int before = Requests(bench).Count;
        bench.RunFor(23 * HourMs);
        Assert.Equal(before, Requests(bench).Count);
        AssertClockHoldsItsWord(bench);
        bench.RunFor(3 * HourMs);
        Assert.True(Requests(bench).Count > before);
        Assert.Equal(1, Requests(bench)[^1].Request.Token);
    }

    [Fact]
    public void Given_the_request_waits_for_its_channel_When_it_is_sent_Then_it_carries_the_time_of_that_moment_and_is_sent_once()
    {
        DeviceBench bench = new();
        bench.Join();

        // LinkADRReq: DR0, NbTrans 3.
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0300070003"));
        bench.SendAndFinish();
        bench.SendAndFinish(new string('a', 80));
        int before = bench.Network.Uplinks.Count;
        bench.Network.SendClassC(new Downlink(202, "0303"));
        Assert.True(bench.RunUntil(bench.NowMs + HourMs, () => Requests(bench).Count == 3));
        bench.RunFor(60_000);
        Assert.Equal(3, Requests(bench).Count);
        foreach ((Uplink uplink, ClockSyncCommand request) in Requests(bench))
        {
            Assert.Equal((bench.Network.GpsMsAtStart + uplink.Transmission.StartMs) / 1000.0, request.DeviceTimeS, 1.2);
        }

        Assert.Equal(3, bench.Network.Uplinks.Skip(before).Where(uplink => uplink.Header.FPort == 202).Select(uplink => uplink.FCnt).Distinct().Count());
    }

    [Fact]
    public void Given_the_clock_is_exact_When_the_server_corrects_it_a_little_Then_it_stays_and_when_both_cannot_be_right_the_server_is_believed()
    {
        DeviceBench bench = new();
        bench.Join();
        Force(bench);
        Answer(bench, Requests(bench)[^1].Uplink, Requests(bench)[^1].Request, offByS: 3);
        Assert.InRange(bench.Clock.UncertaintyMs(bench.NowMs), 0, 1000);
        Force(bench);
        Answer(bench, Requests(bench)[^1].Uplink, Requests(bench)[^1].Request, offByS: 18);
        Assert.Equal(1, bench.Device.Packages.ClockCorrectionCount);
        Assert.InRange(bench.Clock.UtcMs(bench.NowMs) - Utc(bench), 18_000 - 3000, 18_000 + 3000);
    }

    [Theory]
    [InlineData("01" + "10000000" + "07")]
    [InlineData("01" + "10000000")]
    [InlineData("01" + "00000080" + "00")]
    public void Given_no_request_or_a_wrong_token_or_a_time_that_cannot_be_When_an_answer_comes_Then_the_clock_stays(string answer)
    {
        DeviceBench bench = WithoutNetworkTime();
        bench.Network.SendClassC(new Downlink(202, answer));
        bench.RunFor(5000);
        Assert.True(bench.RunUntil(bench.NowMs + HourMs, () => Requests(bench).Count > 0));
        bench.Network.SendClassC(new Downlink(202, answer));
        bench.RunFor(5000);
        Assert.False(bench.Clock.IsKnown);
    }

    [Fact]
    public void Given_the_clock_was_set_since_the_request_When_its_answer_comes_Then_it_changes_nothing()
    {
        DeviceBench bench = WithoutNetworkTime();
        Assert.True(bench.RunUntil(bench.NowMs + HourMs, () => Requests(bench).Count > 0));
        (Uplink uplink, ClockSyncCommand request) = Requests(bench)[0];
        bench.Clock.Set(bench.NowMs, Utc(bench), 20_000);
        Answer(bench, uplink, request, offByS: 100);
        Assert.Equal(0, bench.Device.Packages.ClockCorrectionCount);
    }

    [Fact]
    public void Given_the_server_sets_a_period_When_time_goes_by_Then_the_pole_asks_once_a_period_give_or_take_half_a_minute()
    {
        DeviceBench bench = new();
        bench.Join();
        PackageServer server = new(bench);
        string answer = server.Ask(202, "00" + "0203");
        Assert.Equal("000102" + "0200", answer[..10]);
        uint told = BitConverter.ToUInt32(Hex.Bytes(answer[10..]));
        Assert.InRange(told, server.GpsS - 25, server.GpsS);
        bench.RunFor(12 * 1_024_000);
        List<long> times = [.. Requests(bench).Select(item => item.Uplink.Transmission.StartMs)];
        Assert.InRange(times.Count, 11, 13);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1_024_000 - 45_000, 1_024_000 + 45_000));
        Assert.All(Requests(bench), item => Assert.False(item.Request.IsAnswerRequired));
    }

    [Fact]
    public void Given_a_forced_resync_When_the_server_answers_the_first_request_Then_no_more_are_sent_and_none_for_zero()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.SendClassC(new Downlink(202, "0300"));
        bench.RunFor(60_000);
        Assert.Empty(Requests(bench));
        bench.Network.SendClassC(new Downlink(202, "0307"));
        Assert.True(bench.RunUntil(bench.NowMs + 60_000, () => Requests(bench).Count == 1));
        Answer(bench, Requests(bench)[0].Uplink, Requests(bench)[0].Request);
        bench.RunFor(300_000);
        Assert.Single(Requests(bench));
    }

    private static DeviceBench WithoutNetworkTime()
    {
        DeviceBench bench = new();
        bench.Network.AnswersTime = false;
        bench.Join();
        return bench;
    }

    private static void Force(DeviceBench bench)
    {
        int before = Requests(bench).Count;
        bench.Network.AnswersTime = false;
        bench.Network.SendClassC(new Downlink(202, "0301"));
        Assert.True(bench.RunUntil(bench.NowMs + 120_000, () => Requests(bench).Count > before));
        bench.RunFor(5000);
    }

    // As a server does it that knows when the gateway had the whole frame.
    private static void Answer(DeviceBench bench, Uplink uplink, ClockSyncCommand request, int offByS = 0)
    {
        long gpsS = (bench.Network.GpsMsAtStart + uplink.Transmission.EndMs) / 1000;
        ClockSyncCommand answer = new()
        {
            Cid = ClockSyncCommand.AppTime, Token = request.Token, TimeCorrectionS = unchecked((int)((uint)gpsS + offByS - request.DeviceTimeS)),
        };
        byte[] buffer = new byte[ClockSyncCommand.MaximumLength];
        bench.RunFor(5000);
        bench.Network.SendClassC(new Downlink(202, Hex.Text(buffer, answer.EncodeDownlink(buffer, 0))));
        bench.RunFor(4000);
    }

    private static void AssertClockHoldsItsWord(DeviceBench bench)
    {
        Assert.True(bench.Clock.IsKnown);
        long uncertaintyMs = bench.Clock.UncertaintyMs(bench.NowMs);
        Assert.InRange(uncertaintyMs, 1000, 10_000);
        Assert.InRange(bench.Clock.UtcMs(bench.NowMs) - Utc(bench), -uncertaintyMs, uncertaintyMs);
    }

    private static long Utc(DeviceBench bench) => GpsTime.UtcMs((uint)(bench.Network.GpsMsAtStart / 1000)) + bench.NowMs;

    private static int Count(DeviceBench bench, int cid) => bench.Network.Uplinks.Count(uplink => uplink.FOpts.Contains((byte)cid));

    private static List<(Uplink Uplink, ClockSyncCommand Request)> Requests(DeviceBench bench)
    {
        List<(Uplink, ClockSyncCommand)> requests = [];
        foreach (Uplink uplink in bench.Network.Uplinks.Where(uplink => uplink.Header.FPort == 202))
        {
            ClockSyncCommand command = new();
            if (command.DecodeUplink(uplink.Payload, 0, uplink.Payload.Length) > 0 && command.Cid == ClockSyncCommand.AppTime)
            {
                requests.Add((uplink, command));
            }
        }

        return requests;
    }
}
