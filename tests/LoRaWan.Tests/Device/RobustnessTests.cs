// What fails around the device: radio, store, provisioning. And what a step costs.
using LoRaWan.Tests.Bench;
using LoRaWan.Tests.Oracles;
using PoleController;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Device;

public class RobustnessTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Without_identity_nothing_is_sent_and_the_health_says_so()
    {
        DeviceBench bench = new(isProvisioned: false);
        bench.RunFor(HourMs);
        Assert.Empty(bench.Radio.Sent);
        Assert.Equal((HealthState.Failed, HealthReason.NotProvisioned), (bench.Device.Health.State, bench.Device.Health.Reason));
        Assert.False(bench.Device.IsIdle);
        Assert.Equal(Wake.Never, bench.Device.Step(bench.NowMs));
    }

    [Fact]
    public void A_dead_radio_is_tried_again_more_and_more_rarely_without_using_up_nonces_and_comes_back()
    {
        DeviceBench bench = new();
        bench.Radio.IsDead = true;
        bench.RunFor(6 * HourMs);
        Assert.Equal((HealthState.Failed, HealthReason.NoAnswer), (bench.Device.Health.State, bench.Device.Health.Reason));
        Assert.InRange(bench.Radio.OperationCount, 100, 500);
        Assert.InRange(bench.Store.WriteCount, 1, 1);

        bench.Radio.IsDead = false;
        bench.Join();
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
    }

    [Fact]
    public void A_radio_that_never_says_that_it_has_sent_is_a_fault_and_the_message_is_not_lost()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Radio.IsDeaf = true;
        bench.Send("0a0b", isConfirmed: true);
        bench.RunFor(60_000);
        Assert.Equal(HealthReason.NoAnswer, bench.Device.Health.Reason);
        bench.Radio.IsDeaf = false;
        Assert.True(bench.RunUntil(bench.NowMs + HourMs, () => bench.Device.IsIdle));
        Assert.Equal(1, bench.Device.SentCount);
        bench.RunFor(60_000);
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
    }

    [Fact]
    public void A_fault_while_listening_is_mended()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Radio.RaiseFault();
        bench.RunFor(500);
        Assert.Equal(HealthReason.NoAnswer, bench.Device.Health.Reason);
        bench.RunFor(20_000);
        Assert.NotNull(bench.Radio.Listening);
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
    }

    [Fact]
    public void While_the_store_refuses_nothing_is_sent_that_could_be_sent_twice_and_no_downlink_is_taken()
    {
        DeviceBench bench = new();
        bench.Store.IsRefusing = true;
        bench.RunFor(HourMs);
        Assert.Empty(bench.Radio.Sent);
        Assert.Equal(HealthReason.StoreFailed, bench.Device.Health.Reason);

        bench.Store.IsRefusing = false;
        bench.Join();
        bench.Store.IsRefusing = true;
        bench.Network.SendClassC(new Downlink(3, "01"));
        bench.RunFor(10_000);
        Assert.Equal(0, bench.Device.DownlinkPort);

        bench.Store.IsRefusing = false;
        bench.RunFor(HourMs);
        bench.Network.SendClassC(new Downlink(3, "02"));
        bench.RunFor(10_000);
        Assert.Equal("02", bench.TakeDownlink());
        bench.SendAndFinish();
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
    }

    [Fact]
    public void An_idle_device_sleeps_and_extra_steps_do_no_harm()
    {
        DeviceBench bench = new();
        bench.Join();
        int steps = bench.StepCount;
        bench.RunFor(12 * HourMs);
        Assert.InRange(bench.StepCount - steps, 0, 5);

        int sent = bench.Radio.Sent.Count;
        int operations = bench.Radio.OperationCount;
        for (int i = 0; i < 10_000; i++)
        {
            bench.Device.Step(bench.NowMs + i);
        }

        Assert.Equal((sent, operations), (bench.Radio.Sent.Count, bench.Radio.OperationCount));
    }

    [Fact]
    public void Steps_allocate_nothing_idle_or_through_whole_exchanges()
    {
        DeviceBench bench = new();
        bench.Join();
        EndDevice device = bench.Device;
        byte[] payload = new byte[20];
        byte[] buffer = new byte[256];
        bench.Radio.IsSilent = true;
        byte[] downlink = bench.Network.Build(new Downlink(4, "010203"));
        long nowMs = bench.NowMs + HourMs;
        long allocated = 0;
        for (int cycle = 0; cycle < 20; cycle++)
        {
            if (cycle == 18)
            {
                // A downlink on air, made beforehand: heard, verified, written to the store and taken in the last two cycles.
                bench.Network.Replay(downlink, nowMs + 7000, Eu868.Rx2FrequencyHz, 12);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isTaken = device.TrySend(nowMs, 1, payload, payload.Length, false);
            long spent = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(isTaken);
            for (int i = 0; i < 4000; i++)
            {
                nowMs += 10;
                bench.Radio.Advance(nowMs);
                before = GC.GetAllocatedBytesForCurrentThread();
                device.Step(nowMs);
                spent += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            allocated = cycle < 10 ? 0 : allocated + spent;
            nowMs += 60_000;
        }

        Assert.Equal(2, device.DownlinkCount);
        Assert.Equal(3, device.TakeDownlink(buffer));
        Assert.True(device.SentCount >= 19);

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Every_kind_of_frame_is_read_by_lora_packet()
    {
        if (LoraPacketOracle.NotAvailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        DeviceBench bench = new();
        bench.Join();
        bench.SendAndFinish("01");
        bench.Network.Waiting.Enqueue(new Downlink(0, "06060606060606"));
        bench.SendAndFinish("0203", isConfirmed: true);
        bench.SendAndFinish("04");
        bench.Network.Waiting.Enqueue(new Downlink(7, "aabb", "06", IsConfirmed: true));
        bench.SendAndFinish("05");
        bench.RunFor(20_000);
        for (int i = 0; i < 70; i++)
        {
            bench.SendAndFinish("06");
        }

        List<LoraPacketQuery> queries = [];
        List<Uplink> uplinks = bench.Network.Uplinks;
        foreach (Uplink uplink in uplinks)
        {
            queries.Add(Query(uplink.Transmission.Frame, bench.Network, uplink.FCnt));
        }

        foreach (byte[] frame in bench.Network.DownlinkFrames)
        {
            queries.Add(Query(frame, bench.Network, (uint)(frame[6] | (frame[7] << 8))));
        }

        string appKey = Hex.Text(bench.Network.Identity.AppKey, 16);
        queries.AddRange(JoinTests.JoinRequests(bench).Select(t => new LoraPacketQuery(Hex.Text(t.Frame, t.Frame.Length), AppKey: appKey)));
        queries.AddRange(bench.Network.Accepts.Select(frame => new LoraPacketQuery(Hex.Text(frame, frame.Length), AppKey: appKey)));

        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(queries);
        Assert.Equal(queries.Count, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.True(verdict.Error is null && verdict.MicValid));
        for (int i = 0; i < uplinks.Count; i++)
        {
            Assert.Equal(Convert.ToHexStringLower(uplinks[i].Payload), verdicts[i].Payload);
            Assert.Equal(Convert.ToHexStringLower(uplinks[i].FOpts), verdicts[i].FOpts);
        }

        Assert.Equal(4, verdicts.Take(uplinks.Count).Count(v => v.Payload is "01" or "0203" or "04" or "05"));
        Assert.Contains(verdicts, v => v.Type == "Confirmed Data Up");
        Assert.Contains(verdicts, v => v.Direction == "up" && v.Ack == true && v.FOpts!.Length > 0);
        Assert.Contains(verdicts, v => v.Direction == "up" && v.FPort == 0);
        Assert.Contains(verdicts, v => v.AdrAckReq == true && v.Direction == "up");
        Assert.Contains(verdicts, v => v.Type == "Confirmed Data Down" && v.Payload == "aabb");
        Assert.Contains(verdicts, v => v.Direction == "down" && v.Ack == true);
        Assert.Contains(verdicts, v => v.Type == "Join Request");
        Assert.Contains(verdicts, v => v.Type == "Join Accept");
    }

    private static LoraPacketQuery Query(byte[] frame, TestNetwork network, uint fCnt) => new(
        Hex.Text(frame, frame.Length), Hex.Text(network.NetworkSessionKey, 16), Hex.Text(network.ApplicationSessionKey, 16), FCnt: fCnt);
}
