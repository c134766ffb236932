// Operations: what goes out, what comes in, when, and with how many transfers.
using Drivers.Tests.Bench;
using PoleController.Drivers;
using PoleController.Hal;
using PoleController.LoRaWan;
using Simulation.Parts.RadioChips;
using Simulation.Radio;
using Xunit;

namespace Drivers.Tests.Behaviour;

public class OperationTests
{
    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_chip_that_starts_When_time_passes_Then_it_is_ready_when_the_short_cut_says_so(ChipModel model)
    {
        DriverBench bench = new(model);
        int startMs = Traits(model).StartMs;
        bench.RunUntil(startMs - 1);
        Assert.True(bench.Driver.NextWakeMs <= startMs);
        bench.RunUntil(startMs);
        Assert.Equal(long.MaxValue, bench.Driver.NextWakeMs);
        Assert.Equal(RadioChipFaultKind.None, bench.Driver.LastFault.Kind);
        Assert.Equal(1, bench.Driver.StartCount);
        AssertNothingLost(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262, 7, 125_000, 14, 868_100_000)]
    [InlineData(ChipModel.Sx1262, 12, 125_000, 22, 869_525_000)]
    [InlineData(ChipModel.Sx1262, 8, 500_000, -9, 904_600_000)]
    [InlineData(ChipModel.Sx1262, 7, 250_000, 16, 868_300_000)]
    [InlineData(ChipModel.Sx1276, 7, 125_000, 14, 868_100_000)]
    [InlineData(ChipModel.Sx1276, 12, 125_000, 20, 867_900_000)]
    [InlineData(ChipModel.Sx1276, 8, 500_000, 2, 904_600_000)]
    [InlineData(ChipModel.Sx1276, 7, 250_000, 17, 868_300_000)]
    public void Given_a_frame_When_sent_Then_it_is_on_the_air_as_asked_and_its_end_is_told(
        ChipModel model, int spreadingFactor, int bandwidthHz, int powerDbm, int frequencyHz)
    {
        DriverBench bench = new DriverBench(model).Started();
        byte[] frame = DriverBench.Frame(200);
        Assert.True(bench.Transmit(frame, spreadingFactor, bandwidthHz, powerDbm, frequencyHz));
        bench.RunFor(20_000);

        UplinkTransmission sent = Assert.Single(bench.Sent);
        Assert.Equal(frame, sent.Frame[..sent.Length]);
        Assert.Equal(
            (frequencyHz, spreadingFactor, bandwidthHz, powerDbm), (sent.FrequencyHz, sent.SpreadingFactor, sent.BandwidthHz, sent.PowerDbm));
        Assert.Equal(AirTime.FrameUs(spreadingFactor, bandwidthHz, frame.Length, hasCrc: true), sent.EndUs - sent.StartUs);
        Assert.Equal((LoRaRadioEvent.TransmitDone, sent.EndUs / 1000), Assert.Single(bench.Events));
        AssertNothingLost(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262, 30, 22)]
    [InlineData(ChipModel.Sx1262, -20, -9)]
    [InlineData(ChipModel.Sx1276, 30, 20)]
    [InlineData(ChipModel.Sx1276, -20, 2)]
    public void Given_a_power_beyond_the_chip_When_sent_Then_it_is_the_nearest_there_is(ChipModel model, int powerDbm, int radiatedDbm)
    {
        DriverBench bench = new DriverBench(model).Started();
        Assert.True(bench.Transmit(DriverBench.Frame(10), powerDbm: powerDbm));
        Assert.Equal(radiatedDbm, Assert.Single(bench.Sent).PowerDbm);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_an_operation_before_the_chip_is_ready_When_it_is_Then_the_operation_begins(ChipModel model)
    {
        DriverBench bench = new(model);
        Assert.True(bench.Transmit(DriverBench.Frame(12)));
        Assert.Empty(bench.Sent);
        bench.RunFor(1000);
        Assert.Equal((Traits(model).StartMs * 1000L) + Traits(model).TransmitLatencyUs, Assert.Single(bench.Sent).StartUs);
        Assert.Equal(LoRaRadioEvent.TransmitDone, Assert.Single(bench.Events).Event);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_window_without_a_frame_When_it_ends_Then_it_has_been_open_as_long_as_asked(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        long openedMs = bench.NowMs;
        Assert.True(bench.Receive(50, spreadingFactor: 7));
        bench.RunFor(1000);
        (LoRaRadioEvent radioEvent, long timeMs) = Assert.Single(bench.Events);
        Assert.Equal(LoRaRadioEvent.ReceiveTimeout, radioEvent);
        Assert.InRange(timeMs - openedMs, 50, 52);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_frame_that_goes_on_long_after_its_window_When_its_preamble_came_in_time_Then_it_is_received(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        byte[] frame = DriverBench.Frame(115);
        bench.Announce((bench.NowMs + 39) * 1000, frame, rssiDbm: -101, snrQuarterDecibel: 17);
        Assert.True(bench.Receive(40));
        bench.RunFor(3000);
        Assert.Equal(LoRaRadioEvent.ReceiveDone, Assert.Single(bench.Events).Event);
        Assert.Equal(frame, bench.ReadFrame());
        Assert.InRange(bench.Driver.RssiDbm, -102, -100);
        Assert.Equal(17, bench.Driver.SnrQuarterDecibel);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_frame_after_frame_When_listening_without_an_end_Then_each_is_received_also_round_the_end_of_the_buffer(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        Assert.True(bench.Receive(0));
        for (int i = 0; i < 6; i++)
        {
            byte[] frame = DriverBench.Frame(100 + i, salt: i);
            bench.Announce((bench.NowMs + 10) * 1000, frame);
            bench.RunFor(2000);
            Assert.Equal(i + 1, bench.Events.Count(item => item.Event == LoRaRadioEvent.ReceiveDone));
            Assert.Equal(frame, bench.ReadFrame());
        }

        Assert.Equal(6, bench.Events.Count);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_frame_that_was_destroyed_When_it_ends_Then_a_window_ends_with_it_and_listening_goes_on(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        bench.Announce((bench.NowMs + 10) * 1000, DriverBench.Frame(20), isWhole: false);
        Assert.True(bench.Receive(40));
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.ReceiveTimeout, Assert.Single(bench.Events).Event);

        Assert.True(bench.Receive(0));
        bench.Announce((bench.NowMs + 10) * 1000, DriverBench.Frame(20), isWhole: false);
        bench.RunFor(1000);
        bench.Announce((bench.NowMs + 10) * 1000, DriverBench.Frame(20));
        bench.RunFor(1000);
        Assert.Equal([LoRaRadioEvent.ReceiveTimeout, LoRaRadioEvent.ReceiveDone], bench.Events.Select(item => item.Event));
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_noise_like_a_preamble_When_the_chip_waits_for_ever_Then_the_driver_ends_the_window_soon(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        long openedMs = bench.NowMs;
        Assert.True(bench.Receive(40));
        bench.RunFor(20);
        bench.Chip.HearFalsePreamble();
        bench.RunFor(5000);
        (LoRaRadioEvent radioEvent, long timeMs) = Assert.Single(bench.Events);
        Assert.Equal(LoRaRadioEvent.ReceiveTimeout, radioEvent);
        Assert.InRange(timeMs - openedMs, 40, 40 + LoRaSymbols.ToMs(LoRaSymbols.UntilHeader, 9, 125_000) + 3);
    }

    [Fact]
    public void Given_a_window_longer_than_an_SX1276_can_time_When_opened_Then_the_driver_times_it()
    {
        DriverBench bench = new DriverBench(ChipModel.Sx1276).Started();
        long openedMs = bench.NowMs;
        Assert.True(bench.Receive(3000, spreadingFactor: 7));
        bench.RunFor(5000);
        (LoRaRadioEvent radioEvent, long timeMs) = Assert.Single(bench.Events);
        Assert.Equal(LoRaRadioEvent.ReceiveTimeout, radioEvent);
        Assert.InRange(timeMs - openedMs, 3000, 3030);

        byte[] frame = DriverBench.Frame(60);
        bench.Announce((bench.NowMs + 2900) * 1000, frame, spreadingFactor: 7);
        Assert.True(bench.Receive(3000, spreadingFactor: 7));
        bench.RunFor(5000);
        Assert.Equal(LoRaRadioEvent.ReceiveDone, bench.Events[^1].Event);
        Assert.Equal(frame, bench.ReadFrame());
        bench.Announce((bench.NowMs + 10) * 1000, frame, spreadingFactor: 7);
        bench.RunFor(2000);
        Assert.Equal(2, bench.Events.Count);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_loop_that_steps_in_10_ms_When_sending_and_receiving_Then_all_arrives_a_step_late_at_most(ChipModel model)
    {
        DriverBench bench = new(model) { StepMs = 10 };
        bench.Started();
        Assert.True(bench.Transmit(DriverBench.Frame(30)));
        bench.RunFor(1000);
        UplinkTransmission sent = Assert.Single(bench.Sent);
        Assert.InRange(Assert.Single(bench.Events).TimeMs - (sent.EndUs / 1000), 0, 10);

        Assert.True(bench.Receive(0));
        byte[] frame = DriverBench.Frame(40);
        bench.Announce((bench.NowMs + 33) * 1000, frame);
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.ReceiveDone, bench.Events[^1].Event);
        Assert.Equal(frame, bench.ReadFrame());
    }

    [Theory]
    [InlineData(ChipModel.Sx1262, 12, 7)]
    [InlineData(ChipModel.Sx1276, 17, 17)]
    public void Given_operations_When_begun_Then_they_take_the_transfers_that_the_README_states_and_an_idle_poll_takes_none(
        ChipModel model, int transmitting, int receiving)
    {
        DriverBench bench = new DriverBench(model).Started();
        int before = bench.Chip.TransferCount;
        bench.Transmit(DriverBench.Frame(30));
        Assert.InRange(bench.Chip.TransferCount - before, 1, transmitting);
        bench.RunFor(1000);
        before = bench.Chip.TransferCount;
        bench.Receive(0);
        Assert.InRange(bench.Chip.TransferCount - before, 1, receiving);

        before = bench.Chip.TransferCount;
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(LoRaRadioEvent.None, bench.Driver.Poll(bench.NowMs));
        }

        Assert.Equal(before, bench.Chip.TransferCount);
        Assert.InRange(bench.MostTransfersInACall, 1, LoRaTransceiver.MaximumTransfersPerCall);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_driver_When_it_works_Then_it_allocates_nothing(ChipModel model)
    {
        DriverBench bench = new(model);
        LoRaTransceiver driver = Chips.CreateDriver(model, bench.Chip);
        byte[] frame = DriverBench.Frame(50);
        byte[] buffer = new byte[256];
        long before = 0;
        for (long ms = 0; ms < 2000; ms++)
        {
            if (ms == 1000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            // Nobody takes frames off the air here, so that only the driver could allocate.
            bench.Antenna.Uplinks = null;
            bench.Chip.SetTime((bench.NowMs + ms) * 1000);
            bench.Chip.Advance((bench.NowMs + ms) * 1000);
            driver.Poll(bench.NowMs + ms);
            driver.ReadFrame(buffer);
            switch (ms % 250)
            {
                case 50:
                    driver.TryReceive(DriverBench.Rx2Hz, 12, 125_000, 20);
                    break;
                case 100:
                    driver.TryTransmit(DriverBench.UplinkHz, 7, 125_000, 14, frame, frame.Length);
                    break;
                case 240:
                    driver.TryReceive(DriverBench.Rx2Hz, 9, 125_000, 0);
                    break;
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(RadioChipFaultKind.None, driver.LastFault.Kind);
    }

    private static RadioTraits Traits(ChipModel model) => model == ChipModel.Sx1262 ? RadioTraits.Sx1262 : RadioTraits.Sx1276;

    private static void AssertNothingLost(DriverBench bench)
    {
        Assert.Equal(0, bench.Chip.UnheardFrameCount);
        if (bench.Chip is Sx1262Chip chip)
        {
            Assert.Equal(0, chip.LostCommandCount);
            Assert.Equal(0, chip.RefusedCommandCount);
        }
    }
}
