// Joining: windows, back-off, data rates, nonces, what is refused.
using LoRaWan.Tests.Bench;
using PoleController;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Device;

public class JoinTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void The_first_request_is_answered_in_RX1()
    {
        DeviceBench bench = new();
        bench.Join();
        Assert.Single(bench.Network.DevNonces);
        Assert.Equal(5, bench.Device.DataRate);
        Assert.Equal(HealthState.Ok, bench.Device.Health.State);
        Assert.True(bench.Device.IsIdle);
        Assert.Equal(242, bench.Device.MaximumPayloadLength);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void An_accept_in_RX2_is_taken_with_a_clock_in_steps(int clockStepMs)
    {
        DeviceBench bench = new() { StepGranularityMs = clockStepMs };
        bench.Radio.ClockStepMs = clockStepMs;
        bench.Network.AcceptsInRx2 = true;
        bench.Network.AnswersInRx2 = true;
        bench.Join();
        Assert.Single(bench.Network.DevNonces);
        Assert.True(bench.Clock.IsKnown);
    }

    [Fact]
    public void Data_rates_go_down_while_accepts_are_lost_and_nonces_count()
    {
        DeviceBench bench = new();
        bench.Network.AcceptsToLose = 7;
        bench.RunUntil(2 * HourMs, () => bench.Device.IsJoined);
        Assert.True(bench.Device.IsJoined);
        Assert.Equal([7, 8, 9, 10, 11, 12, 7, 8], JoinRequests(bench).Select(t => t.SpreadingFactor));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], bench.Network.DevNonces);
        Assert.Equal(4, bench.Device.DataRate);
    }

    [Fact]
    public void All_join_channels_are_used()
    {
        DeviceBench bench = new();
        bench.Network.IsUp = false;
        bench.RunUntil(5 * HourMs);
        Assert.Equal([868100000, 868300000, 868500000], JoinRequests(bench).Select(t => t.FrequencyHz).Distinct().Order());
    }

    [Fact]
    public void Accepts_with_a_wrong_mic_are_refused()
    {
        DeviceBench bench = new();
        bench.Network.BreaksAcceptMic = true;
        bench.RunUntil(HourMs);
        Assert.False(bench.Device.IsJoined);
        Assert.True(bench.Network.DevNonces.Count > 5);
        Assert.Equal(HealthReason.NotJoined, bench.Device.Health.Reason);
    }

    [Fact]
    public void A_recorded_accept_is_refused_at_a_later_join()
    {
        DeviceBench bench = new();
        bench.Join();
        byte[] old = bench.Network.Accepts[0];

        // The session is lost with the flash; the nonces are still there.
        bench.Store.Records.Remove("lora-session-a");
        bench.Store.Records.Remove("lora-session-b");
        bench.Network.IsUp = false;
        bench.Radio.OnSent += transmission =>
            bench.Network.Replay(old, transmission.EndMs + 5000, transmission.FrequencyHz, transmission.SpreadingFactor);
        bench.Boot();
        bench.RunFor(HourMs);
        Assert.True(bench.Network.DevNonces.Count > 3);
        Assert.False(bench.Device.IsJoined);
    }

    [Fact]
    public void Without_a_network_the_join_duty_cycle_is_kept_for_days_and_the_device_keeps_trying()
    {
        DeviceBench bench = new();
        bench.Network.IsUp = false;
        bench.RunUntil((11 + (4 * 24)) * HourMs);
        List<Transmission> requests = [.. JoinRequests(bench)];
        Assert.True(AirTimeMs(requests, 0, HourMs) <= 36000);
        Assert.True(AirTimeMs(requests, HourMs, 11 * HourMs) <= 36000);
        Assert.True(AirTimeMs(requests, 0, HourMs) > 9000);
        for (int day = 0; day < 4; day++)
        {
            long fromMs = (11 + (24 * day)) * HourMs;
            double airTimeMs = AirTimeMs(requests, fromMs, fromMs + (24 * HourMs));
            Assert.InRange(airTimeMs, 1, 8700);
        }

        Assert.Equal(Enumerable.Range(0, requests.Count), bench.Network.DevNonces);
    }

    [Fact]
    public void Poles_that_come_back_together_do_not_send_together()
    {
        List<long> starts = [];
        for (int seed = 0; seed < 40; seed++)
        {
            DeviceBench bench = new(seed);
            bench.Boot(isPowerReturn: true);
            bench.RunUntil(300_000, () => bench.Radio.Sent.Count > 0);
            starts.Add(bench.Radio.Sent[0].StartMs);
        }

        Assert.True(starts.Max() - starts.Min() > 60_000);
        Assert.True(starts.Distinct().Count() > 35);
    }

    [Fact]
    public void The_channel_list_of_the_accept_is_used()
    {
        DeviceBench bench = new();
        bench.Network.CfList = Hex.Bytes("184f84e85684b85e84886684586e8400");
        bench.Join();
        for (int i = 0; i < 60; i++)
        {
            bench.SendAndFinish();
        }

        int[] expected = [867100000, 867300000, 867500000, 867700000, 867900000, 868100000, 868300000, 868500000];
        Assert.Equal(expected, bench.Network.Uplinks.Select(u => u.Transmission.FrequencyHz).Distinct().Order());
    }

    [Fact]
    public void Receive_windows_open_early_and_wide()
    {
        DeviceBench bench = new();
        bench.Network.IsUp = false;
        bench.RunUntil(HourMs, () => bench.Radio.Receptions.Count >= 2);
        long endMs = bench.Radio.Sent[0].EndMs;
        int errorMs = bench.Timing.MaximumErrorMs(5000);
        Assert.Equal(endMs + 5000 - errorMs, bench.Radio.Receptions[0].OpenMs);
        Assert.Equal(endMs + 6000 - errorMs, bench.Radio.Receptions[1].OpenMs);
        Assert.Equal((2 * errorMs) + 9, bench.Radio.Receptions[0].WindowMs);
        Assert.Equal((2 * errorMs) + 263, bench.Radio.Receptions[1].WindowMs);
        Assert.Equal((Eu868.Rx2FrequencyHz, 12), (bench.Radio.Receptions[1].FrequencyHz, bench.Radio.Receptions[1].SpreadingFactor));
    }

    internal static IEnumerable<Transmission> JoinRequests(DeviceBench bench) => bench.Radio.Sent.Where(t => t.Frame[0] == 0);

    private static double AirTimeMs(List<Transmission> requests, long fromMs, long toMs) =>
        requests.Where(t => t.StartMs >= fromMs && t.StartMs < toMs).Sum(t => t.AirTimeUs) / 1000.0;
}
