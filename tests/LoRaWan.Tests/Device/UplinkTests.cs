// Uplinks: repetitions, acknowledgements, ADR back-off, duty cycle.
using LoRaWan.Tests.Bench;
using PoleController;
using PoleController.LoRaWan;
using Simulation.Engine;
using Xunit;

namespace LoRaWan.Tests.Device;

public class UplinkTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void A_message_arrives_with_its_port_and_one_at_a_time()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Send("c0ffee", 42);
        Assert.False(bench.Device.IsIdle);
        Assert.False(bench.Device.TrySend(bench.NowMs, 1, [1], 1, false));
        bench.RunFor(60_000);
        Uplink uplink = bench.Network.Uplinks[^1];
        Assert.Equal("c0ffee", Convert.ToHexStringLower(uplink.Payload));
        Assert.Equal(42, uplink.Header.FPort);
        Assert.True(uplink.Header.IsAdaptiveDataRate);
        Assert.Equal(1, bench.Device.SentCount);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(224, 1)]
    [InlineData(1, 243)]
    [InlineData(1, -1)]
    public void What_cannot_be_sent_is_not_taken(int fPort, int length)
    {
        DeviceBench bench = new();
        Assert.False(bench.Device.TrySend(0, 1, [1], 1, false));
        bench.Join();
        Assert.False(bench.Device.TrySend(bench.NowMs, fPort, new byte[256], length, false));
        Assert.True(bench.Device.IsIdle);
    }

    [Fact]
    public void A_confirmed_uplink_is_acknowledged_in_either_window()
    {
        DeviceBench bench = new();
        bench.Join();
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish(isConfirmed: true);
        bench.Network.AnswersInRx2 = true;
        bench.SendAndFinish(isConfirmed: true);
        Assert.Equal(2, bench.Network.Uplinks.Count - before);
        Assert.Equal((2, 0), (bench.Device.SentCount, bench.Device.UnacknowledgedCount));
    }

    [Fact]
    public void Without_acknowledgement_a_confirmed_message_is_sent_eight_times_each_in_a_new_frame_after_a_pause_then_given_up()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.AcknowledgesConfirmed = false;
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish("c0de", isConfirmed: true);
        List<Uplink> tries = bench.Network.Uplinks[before..];
        Assert.Equal(8, tries.Count);
        Assert.All(tries, uplink => Assert.Equal("c0de", Convert.ToHexStringLower(uplink.Payload)));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => tries[0].FCnt + (uint)i), tries.Select(uplink => uplink.FCnt));
        Assert.Equal((0, 1), (bench.Device.SentCount, bench.Device.UnacknowledgedCount));
        for (int i = 1; i < tries.Count; i++)
        {
            // RX2 opens 2 s after the uplink; RETRANSMIT_TIMEOUT is 1 to 3 s after that.
            Assert.True(tries[i].Transmission.StartMs - tries[i - 1].Transmission.EndMs >= 3000);
        }

        bench.Network.AcknowledgesConfirmed = true;
        bench.SendAndFinish(isConfirmed: true);
        Assert.Equal(1, bench.Device.SentCount);
        Assert.Equal(9, bench.Network.Uplinks.Count - before);
    }

    [Fact]
    public void A_confirmed_frame_is_repeated_as_often_as_NbTrans_says_before_the_next_counter()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0350070003"));
        bench.SendAndFinish();
        bench.RunFor(600_000);
        bench.Network.AcknowledgesConfirmed = false;
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish(isConfirmed: true);
        List<Uplink> tries = bench.Network.Uplinks[before..];
        Assert.Equal([3, 3, 3], tries.GroupBy(u => u.FCnt).Select(g => g.Count()));
        Assert.Equal(3, tries.Select(u => Hex.Text(u.Transmission.Frame, u.Transmission.Frame.Length)).Distinct().Count());

        // A downlink without ACK in a class A window ends the frame, and the next try comes after RX2 and RETRANSMIT_TIMEOUT.
        before = bench.Network.Uplinks.Count;
        bench.Network.Waiting.Enqueue(new Downlink());
        bench.SendAndFinish(isConfirmed: true);
        Uplink answered = bench.Network.Uplinks[before];
        Uplink next = bench.Network.Uplinks[before + 1];
        Assert.Equal(answered.FCnt + 1, next.FCnt);
        Assert.True(next.Transmission.StartMs - answered.Transmission.EndMs >= 3000);
    }

    [Fact]
    public void Without_adr_every_second_failure_lowers_the_data_rate()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Device.IsAdaptiveDataRate = false;
        bench.Network.AcknowledgesConfirmed = false;
        int before = bench.Radio.Sent.Count;
        bench.SendAndFinish(isConfirmed: true);
        Assert.Equal([7, 7, 8, 8, 9, 9, 10, 10], bench.Radio.Sent[before..].Select(t => t.SpreadingFactor));
        Assert.False(bench.Network.Uplinks[^1].Header.IsAdaptiveDataRate);
    }

    [Fact]
    public void NbTrans_repeats_the_same_frame_until_a_downlink_comes()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0350070003"));
        bench.SendAndFinish();
        bench.RunFor(600_000);
        int before = bench.Radio.Sent.Count;
        bench.SendAndFinish("77");
        Assert.Equal(3, bench.Radio.Sent.Count - before);
        Assert.Single(bench.Radio.Sent[before..].Select(t => Hex.Text(t.Frame, t.Frame.Length)).Distinct());

        before = bench.Radio.Sent.Count;
        bench.Network.Waiting.Enqueue(new Downlink());
        bench.SendAndFinish("78");
        Assert.Equal(1, bench.Radio.Sent.Count - before);
    }

    [Fact]
    public void Adr_backoff_asks_at_64_and_then_raises_power_lowers_the_data_rate_and_re_enables_channels()
    {
        DeviceBench bench = new();
        bench.Network.CfList = Hex.Bytes("184f84e85684b85e84886684586e8400");
        bench.Join();

        // DR2, TXPower 3, NbTrans 2, and only channel 3.
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0323080002"));
        bench.SendAndFinish();
        Assert.Equal(2, bench.Device.DataRate);
        bench.Network.AnswersTime = false;
        bench.RunFor(100_000);
        bench.SendAndFinish();
        bench.Network.Waiting.Enqueue(new Downlink());
        bench.SendAndFinish();

        // The device's own requests for the time count as uplinks too: frames are counted on air, from the last downlink.
        int first = bench.Network.Uplinks.Count;
        while (bench.Network.Uplinks.Select(u => u.FCnt).Distinct().Count() < 64 + (5 * 32) + first)
        {
            bench.SendAndFinish("01");
        }

        List<Uplink> silent = [.. bench.Network.Uplinks.Skip(first).DistinctBy(u => u.FCnt)];
        Assert.Equal(64, silent.FindIndex(u => u.Header.IsAdrAcknowledgeRequest));
        Assert.All(silent.Skip(64), u => Assert.True(u.Header.IsAdrAcknowledgeRequest));
        Assert.Equal((10, 10), (silent[95].Transmission.PowerDbm, silent[95].Transmission.SpreadingFactor));
        Assert.Equal((16, 10), (silent[96].Transmission.PowerDbm, silent[96].Transmission.SpreadingFactor));
        Assert.Equal(11, silent[128].Transmission.SpreadingFactor);
        Assert.Equal(12, silent[160].Transmission.SpreadingFactor);
        Assert.All(silent.Take(192), u => Assert.Equal(867100000, u.Transmission.FrequencyHz));
        Assert.Contains(silent.Skip(192), u => u.Transmission.FrequencyHz >= 868100000);

        // One downlink ends it.
        bench.Network.Waiting.Enqueue(new Downlink());
        bench.SendAndFinish("02");
        bench.SendAndFinish("03");
        Assert.False(bench.Network.Uplinks[^1].Header.IsAdrAcknowledgeRequest);
    }

    [Fact]
    public void A_network_that_vanished_keeps_the_session_alive_until_a_new_join_is_accepted()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.IsUp = false;
        uint address = bench.Device.Session.DevAddr;
        for (int i = 0; i < 5 * 144; i++)
        {
            bench.TrySend([1], 1, false);
            bench.RunFor(600_000);
        }

        Assert.True(bench.Device.IsJoined);
        Assert.Equal(address, bench.Device.Session.DevAddr);
        Assert.Equal(HealthReason.NotJoined, bench.Device.Health.Reason);
        Assert.True(bench.Network.DevNonces.Count > 3);
        Assert.Equal(0, bench.Device.DataRate);
        double dayUs = JoinTests.JoinRequests(bench).Where(t => t.StartMs > bench.NowMs - (24 * HourMs)).Sum(t => t.AirTimeUs);
        Assert.True(dayUs <= 2 * 8_700_000);

        // The network comes back with the old session: nothing has to be joined.
        bench.Network.IsUp = true;
        bench.Network.Waiting.Enqueue(new Downlink(3, "0b"));
        bench.SendAndFinish();
        Assert.Equal("0b", bench.TakeDownlink());
        bench.RunFor(1000);
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_duty_cycle_holds_in_any_hour_over_random_traffic_and_restarts(long seed)
    {
        RandomStream random = new(seed, "traffic", 0);
        DeviceBench bench = new(seed);
        bench.Network.CfList = Hex.Bytes("184f84e85684b85e84886684586e8400");
        bench.Join();
        while (bench.NowMs < 12 * HourMs)
        {
            bench.Network.AcknowledgesConfirmed = random.Next(3) > 0;
            if (random.Next(200) == 0)
            {
                // LinkADRReq: any data rate over all channels.
                bench.Network.Waiting.Enqueue(new Downlink(FOpts: "03" + random.Next(6) + "0ff0001"));
            }

            if (random.Next(300) == 0)
            {
                bench.Boot(random.Next(2) == 0);
            }

            int length = random.Next(40);
            bench.TrySend(new byte[64], Math.Min(length, bench.Device.MaximumPayloadLength), random.Next(4) == 0);
            bench.RunFor(1 + random.Next(10_000));
        }

        Assert.True(bench.Radio.Sent.Count > 300, bench.Radio.Sent.Count + " frames");
        for (int subBand = 0; subBand < new Region(RegionId.Eu868).SubBandDutyCyclePermille.Length; subBand++)
        {
            CheckAnyHour(bench.Radio.Sent.Where(t => new Region(RegionId.Eu868).SubBandOf(t.FrequencyHz) == subBand), subBand);
        }
    }

    [Fact]
    public void The_duty_cycle_lets_three_quarters_of_the_limit_through()
    {
        DutyCycle dutyCycle = new(new Region(RegionId.Eu868));
        dutyCycle.Start(0);
        long nowMs = 0;
        long sentUs = 0;
        while (nowMs < 10 * HourMs)
        {
            nowMs = dutyCycle.EarliestMs(2, 100_000, nowMs);
            dutyCycle.Charge(2, 100_000, nowMs, 0);
            sentUs += 100_000;
        }

        Assert.InRange(sentUs, 10 * 26_900_000L, 10 * 27_100_000L);
    }

    [Fact]
    public void MaxDutyCycle_of_the_network_is_kept_over_all_channels()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "040c"));
        bench.SendAndFinish();
        bench.RunFor(HourMs);
        bench.SendAndFinish();
        bench.SendAndFinish();
        Transmission before = bench.Radio.Sent[^2];
        Transmission last = bench.Radio.Sent[^1];
        Assert.True(last.StartMs - before.StartMs >= before.AirTimeUs / 1000L * 4096);
    }

    private static void CheckAnyHour(IEnumerable<Transmission> sent, int subBand)
    {
        long limitUs = 3_600_000L * new Region(RegionId.Eu868).SubBandDutyCyclePermille[subBand];
        Queue<Transmission> hour = new();
        long sumUs = 0;
        foreach (Transmission transmission in sent)
        {
            hour.Enqueue(transmission);
            sumUs += transmission.AirTimeUs;
            while (hour.Peek().StartMs <= transmission.EndMs - HourMs)
            {
                sumUs -= hour.Dequeue().AirTimeUs;
            }

            Assert.True(sumUs <= limitUs, "sub-band " + subBand + ": " + sumUs + " us in the hour before " + transmission.EndMs);
        }
    }
}
