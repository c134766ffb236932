// The whole of LoRaWAN against ns-3's lorawan module on the reference workload: the controller's own end devices, the channel, the network server.
// 24 hours of 10,000 devices are a target of build.cake (Calibrate); here they run for three.
using Simulation.Radio;
using Simulation.Reference;
using Xunit;

namespace Simulation.Tests.Reference;

public sealed class ReferenceSimulationTests
{
    /// <summary>
    /// ns-3 3.37 with signetlabdei/lorawan: 133,177 of 144,000 received with 1,000 devices; with 10,000 devices 610,633 of 1,440,000, 427,458 lost to
    /// interference and 401,901 for want of a demodulator.
    /// </summary>
    [Theory]
    [InlineData(1_000, 24)]
    [InlineData(10_000, 3)]
    public void Given_the_reference_workload_delivery_and_losses_are_those_of_ns3(int devices, int hours)
    {
        Ns3Result expected = Ns3Result.For(devices)!;

        ReferenceResult result = new ReferenceSimulation(new ReferenceWorkload { DeviceCount = devices, Hours = hours }).Run();

        Assert.Equal(devices * hours * 6L, result.Radio.SentCount);
        Assert.InRange(result.DeliveryPercent, expected.DeliveryPercent - 1.5, expected.DeliveryPercent + 1.5);
        if (expected.InterferenceCount >= 0)
        {
            AssertNear(expected.InterferenceCount, expected, result.LossPercent(UplinkLossCause.Interference));
            AssertNear(expected.NoDemodulatorCount, expected, result.LossPercent(UplinkLossCause.NoDemodulator));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_run_When_it_ends_Then_every_frame_has_one_fate_and_every_message_received_is_the_one_that_was_sent(bool isAdaptive)
    {
        // Twelve hours: ADRACKReq begins after 64 uplinks, and with it the server's answers.
        ReferenceResult result = new ReferenceSimulation(
            new ReferenceWorkload { DeviceCount = 500, Hours = 12, IsAdaptiveDataRate = isAdaptive }).Run();

        RadioStatistics radio = result.Radio;
        Assert.Equal(radio.SentCount, radio.DeliveredCount + Enum.GetValues<UplinkLossCause>().Skip(1).Sum(radio.LostCount));
        Assert.Equal(0, result.WrongMessageCount);
        Assert.InRange(result.MessageCount, 1, radio.DeliveredCount);
        Assert.Equal(isAdaptive, radio.DownlinkSentCount > 0);
        Assert.Equal(isAdaptive, result.Network.LinkAdrRequestCount > 0);
        if (!isAdaptive)
        {
            Assert.Equal(radio.DeliveredCount, result.MessageCount);
        }
    }

    [Fact]
    public void Given_one_seed_When_run_twice_Then_every_count_is_the_same()
    {
        ReferenceWorkload workload = new() { DeviceCount = 100, Hours = 12, IsAdaptiveDataRate = true, Seed = 7 };

        ReferenceResult one = new ReferenceSimulation(workload).Run();
        ReferenceResult other = new ReferenceSimulation(workload).Run();

        Assert.Equal(Counts(one), Counts(other));
        Assert.NotEqual(Counts(one), Counts(new ReferenceSimulation(workload with { Seed = 8 }).Run()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_000_001, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 745)]
    public void Given_numbers_out_of_range_Then_they_are_refused(int devices, int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReferenceSimulation(new ReferenceWorkload { DeviceCount = devices, Hours = hours }));

    private static void AssertNear(long expectedCount, Ns3Result expected, double percent)
    {
        double expectedPercent = 100.0 * expectedCount / expected.SentCount;
        Assert.InRange(percent, expectedPercent - 1.5, expectedPercent + 1.5);
    }

    private static long[] Counts(ReferenceResult result) =>
    [
        result.Radio.SentCount, result.Radio.DeliveredCount, result.MessageCount, result.Radio.DownlinkSentCount, result.Network.LinkAdrRequestCount,
        .. Enum.GetValues<UplinkLossCause>().Select(result.Radio.LostCount), .. result.DeviceCounts.Select(static count => (long)count),
    ];
}
