// What may go wrong with a chip, its lines and its bus: each is noticed, named, and over when the cause is.
using Drivers.Tests.Bench;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Xunit;

namespace Drivers.Tests.Behaviour;

public class TroubleTests
{
    [Theory]
    [InlineData(ChipModel.Sx1262, SpiTrouble.StuckLow, RadioChipFaultKind.NoAnswer)]
    [InlineData(ChipModel.Sx1262, SpiTrouble.StuckHigh, RadioChipFaultKind.NoAnswer)]
    [InlineData(ChipModel.Sx1262, SpiTrouble.Refuses, RadioChipFaultKind.BusFailed)]
    [InlineData(ChipModel.Sx1276, SpiTrouble.StuckLow, RadioChipFaultKind.NoAnswer)]
    [InlineData(ChipModel.Sx1276, SpiTrouble.StuckHigh, RadioChipFaultKind.NoAnswer)]
    [InlineData(ChipModel.Sx1276, SpiTrouble.Refuses, RadioChipFaultKind.BusFailed)]
    public void Given_a_bus_that_is_broken_When_anything_is_begun_Then_the_driver_says_so_and_goes_on_when_it_is_mended(
        ChipModel model, SpiTrouble trouble, RadioChipFaultKind kind)
    {
        DriverBench bench = new DriverBench(model).Started();
        bench.Chip.Trouble.Bus = trouble;
        Assert.False(bench.Transmit(DriverBench.Frame(10)));
        Assert.Equal(kind, bench.Driver.LastFault.Kind);
        Assert.Equal(1, bench.Driver.LastFault.Count);

        // The next try resets the chip; the fault comes with a poll.
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        bench.RunFor(200);
        Assert.Equal(LoRaRadioEvent.Fault, Assert.Single(bench.Events).Event);
        Assert.Equal(kind, bench.Driver.LastFault.Kind);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262, ChipModel.Sx1276)]
    [InlineData(ChipModel.Sx1276, ChipModel.Sx1262)]
    public void Given_another_chip_than_the_driver_is_for_When_started_Then_it_is_refused(ChipModel driver, ChipModel fitted)
    {
        Antenna antenna = new(0);
        DriverBench bench = new(driver, Chips.Create(fitted, antenna), antenna);
        bench.RunFor(500);
        Assert.Equal(LoRaRadioEvent.Fault, Assert.Single(bench.Events).Event);
        Assert.True(bench.Driver.LastFault.Kind is RadioChipFaultKind.WrongPart or RadioChipFaultKind.NoAnswer or RadioChipFaultKind.CommandRefused);
        Assert.Empty(bench.Sent);
    }

    [Fact]
    public void Given_an_SX1276_of_another_revision_When_started_Then_it_is_a_wrong_part_and_register_and_value_are_named()
    {
        DriverBench bench = new(ChipModel.Sx1276);
        bench.Chip.Trouble.Flips = (_, index) => index == 1 ? (byte)0x30 : (byte)0;
        bench.RunFor(500);
        Assert.Equal(
            (RadioChipFaultKind.WrongPart, Sx1276Register.Version, 0x22),
            (bench.Driver.LastFault.Kind, bench.Driver.LastFault.Code, bench.Driver.LastFault.Value));
    }

    [Fact]
    public void Given_BUSY_that_hangs_When_an_operation_is_begun_Then_the_driver_waits_without_blocking_and_gives_up_after_its_time()
    {
        DriverBench bench = new DriverBench(ChipModel.Sx1262).Started();
        bench.Chip.Trouble.IsBusyStuck = true;
        long beginMs = bench.NowMs;
        int before = bench.Chip.TransferCount;
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        bench.RunFor(500);
        (LoRaRadioEvent radioEvent, long timeMs) = Assert.Single(bench.Events);
        Assert.Equal(LoRaRadioEvent.Fault, radioEvent);
        Assert.Equal(LoRaTransceiver.BusyTimeoutMs, timeMs - beginMs);
        Assert.Equal(RadioChipFaultKind.BusyStuck, bench.Driver.LastFault.Kind);
        Assert.Equal(before, bench.Chip.TransferCount);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(30_000)]
    public void Given_BUSY_after_every_command_When_sending_and_receiving_Then_no_command_is_sent_into_it(int stretchUs)
    {
        DriverBench bench = new(ChipModel.Sx1262);
        bench.Chip.Trouble.BusyStretchUs = stretchUs;
        bench.RunFor(5000);
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        bench.RunFor(5000);
        Assert.Single(bench.Sent);
        byte[] frame = DriverBench.Frame(30);
        Assert.True(bench.Receive(0));
        bench.RunFor(1000);
        bench.Announce((bench.NowMs + 100) * 1000, frame);
        bench.RunFor(3000);
        Assert.Equal([LoRaRadioEvent.TransmitDone, LoRaRadioEvent.ReceiveDone], bench.Events.Select(item => item.Event));
        Assert.Equal(frame, bench.ReadFrame());
        Assert.Equal(0, ((Sx1262Chip)bench.Chip).LostCommandCount);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_brown_out_while_listening_When_a_minute_has_passed_Then_it_is_noticed_and_listening_can_begin_anew(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        Assert.True(bench.Receive(0));
        bench.RunFor(1000);
        bench.Chip.BrownOut();
        bench.RunFor(LoRaTransceiver.CheckIntervalMs);
        Assert.Equal(LoRaRadioEvent.Fault, Assert.Single(bench.Events).Event);
        Assert.Equal(RadioChipFaultKind.StateLost, bench.Driver.LastFault.Kind);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_brown_out_at_rest_When_the_next_operation_begins_Then_it_is_noticed_at_once(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        bench.Chip.BrownOut();
        bench.RunFor(50);
        Assert.False(bench.Transmit(DriverBench.Frame(10)));
        Assert.Equal(RadioChipFaultKind.StateLost, bench.Driver.LastFault.Kind);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_brown_out_while_sending_When_the_frame_does_not_end_Then_it_is_a_fault_before_the_supervisor_gives_up(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        long beginMs = bench.NowMs;
        bench.RunFor(10);
        bench.Chip.BrownOut();
        bench.RunFor(2000);
        (LoRaRadioEvent radioEvent, long timeMs) = Assert.Single(bench.Events);
        Assert.Equal(LoRaRadioEvent.Fault, radioEvent);

        // RadioSupervisor allows the time on air (41 ms) and a second more.
        Assert.InRange(timeMs - beginMs, 41, 1000);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_an_interrupt_line_that_hangs_When_listening_Then_it_is_a_fault_and_not_a_loop(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        Assert.True(bench.Receive(0));
        bench.Chip.Trouble.IsInterruptStuck = true;
        int before = bench.PollCount;

        // The edge wakes the pole once; from then on the driver has to ask.
        bench.RunFor(1);
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.Fault, Assert.Single(bench.Events).Event);
        Assert.Equal(RadioChipFaultKind.InterruptStuck, bench.Driver.LastFault.Kind);
        Assert.InRange(bench.PollCount - before, 1, 50);
        AssertWorksAgain(bench);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_interrupt_lines_that_are_cut_When_a_frame_was_sent_Then_its_end_is_found_out_all_the_same(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        bench.Chip.Trouble.IsInterruptCut = true;
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.TransmitDone, Assert.Single(bench.Events).Event);
    }

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_a_reset_line_that_cannot_be_switched_When_started_Then_it_is_a_fault(ChipModel model)
    {
        DriverBench bench = new DriverBench(model).Started();
        bench.Chip.Trouble.Bus = SpiTrouble.StuckLow;
        Assert.False(bench.Receive(0));
        bench.Chip.Trouble.IsResetRefused = true;
        Assert.False(bench.Receive(0));
        Assert.Equal(RadioChipFaultKind.ResetFailed, bench.Driver.LastFault.Kind);
        AssertWorksAgain(bench);
    }

    [Fact]
    public void Given_a_TCXO_that_the_board_does_not_name_When_started_Then_the_chip_s_own_error_is_reported()
    {
        Antenna antenna = new(0);
        Sx1262Chip chip = new(antenna, hasTcxo: true);
        DriverBench bench = new(
            ChipModel.Sx1262, chip, antenna, spi => new Sx1262(spi, chip.ResetLine, chip.Busy, chip.Dio1, new Sx1262Board { TcxoMillivolts = 0 }));
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.Fault, Assert.Single(bench.Events).Event);
        Assert.Equal(
            (RadioChipFaultKind.DeviceError, Sx1262Command.GetDeviceErrors), (bench.Driver.LastFault.Kind, bench.Driver.LastFault.Code));
    }

    private static void AssertWorksAgain(DriverBench bench)
    {
        bench.Chip.Trouble.Bus = SpiTrouble.None;
        bench.Chip.Trouble.IsBusyStuck = false;
        bench.Chip.Trouble.IsInterruptStuck = false;
        bench.Chip.Trouble.IsResetRefused = false;
        bench.RunFor(100);
        bench.Events.Clear();
        int before = bench.Sent.Count;
        Assert.True(bench.Transmit(DriverBench.Frame(10)));
        bench.RunFor(1000);
        Assert.Equal(LoRaRadioEvent.TransmitDone, Assert.Single(bench.Events).Event);
        Assert.Equal(before + 1, bench.Sent.Count);
    }
}
