// The UART port: one reader that never asks for more than there is, loses and reorders nothing, and comes back after a failure.
using Esp32.Tests.Bench;
using FsCheck;
using FsCheck.Fluent;
using NanoFrameworkPackages;
using PoleController.Drivers;
using PoleController.Esp32.Ports;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Esp32.Tests.Ports;

public sealed class UartTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly BoardClock _clock;
    private readonly Esp32Uart _uart;

    public UartTests()
    {
        _clock = new BoardClock(_chip);
        _uart = new Esp32Uart(_clock, 2, 47, 48, 4800, false, 256);
    }

    [Fact]
    public void Given_bytes_that_arrive_in_any_pieces_When_read_in_any_pieces_Then_they_come_out_as_they_came()
    {
        Prop.ForAll<byte[], PositiveInt>((bytes, piece) =>
        {
            SimulatedUart line = _chip.UartAt("COM2");
            List<byte> read = [];
            int count = (piece.Get % 16) + 1;
            byte[] buffer = new byte[20];
            foreach (byte value in bytes)
            {
                line.Arrived.Enqueue(value);
                if (value % 3 == 0)
                {
                    Take(read, buffer, count);
                }
            }

            while (Take(read, buffer, count) > 0)
            {
            }

            return read.SequenceEqual(bytes) && buffer[0] == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_nothing_When_read_Then_it_is_0_and_nothing_waits()
    {
        Assert.Equal(0, _uart.Read(new byte[8], 0, 8));
        Assert.False(_uart.HasNews(0));
        _chip.UartAt("COM2").Arrived.Enqueue(1);
        Assert.True(_uart.HasNews(0));
        Assert.False(_uart.HasNews(0));
        _chip.UartAt("COM2").Arrived.Enqueue(2);
        Assert.True(_uart.HasNews(0));
    }

    [Fact]
    public void Given_more_than_fits_into_a_piece_When_discarded_Then_nothing_is_left()
    {
        SimulatedUart line = _chip.UartAt("COM2");
        for (int i = 0; i < 200; i++)
        {
            line.Arrived.Enqueue((byte)i);
        }

        Assert.True(_uart.TryDiscard());
        Assert.Equal(0, _uart.Read(new byte[8], 0, 8));
        line.IsBroken = true;
        Assert.False(_uart.TryDiscard());
    }

    [Fact]
    public void Given_a_part_that_never_pauses_When_bytes_are_discarded_Then_no_more_are_read_than_the_buffer_holds()
    {
        SimulatedUart line = _chip.UartAt("COM2");
        for (int i = 0; i < 100; i++)
        {
            line.Arrived.Enqueue((byte)i);
        }

        line.BabbleLength = 10_000;
        Assert.True(_uart.TryDiscard());
        Assert.InRange(line.BabbleLength, 10_000 - 320, 9_999);
    }

    [Fact]
    public void Given_a_uart_that_fails_When_asked_Then_it_says_so_and_is_opened_again_after_a_second()
    {
        SimulatedUart line = _chip.UartAt("COM2");
        Assert.True(_uart.TryWrite([1, 2, 3], 2));
        Assert.Equal([1, 2], line.Sent);
        line.IsBroken = true;
        Assert.Equal(-1, _uart.Read(new byte[8], 0, 8));
        Assert.False(_uart.TryWrite([1], 1));
        Assert.False(_uart.HasNews(0));

        line.IsBroken = false;
        line.Arrived.Enqueue(9);
        Assert.Equal(-1, _uart.Read(new byte[8], 0, 8));
        _chip.TimeUs += Esp32Uart.RetryMs * 1000UL;
        Assert.Equal(1, _uart.Read(new byte[8], 0, 8));
        Assert.Equal(2, line.Opens);
    }

    [Fact]
    public void Given_a_simulated_meter_and_garbage_on_the_line_When_its_driver_reads_through_the_port_Then_it_measures()
    {
        PartClock clock = new();
        UartPort wire = new(clock, new Bl0942Part(clock, new Load()));
        Bl0942 meter = new(_uart, new Bl0942Scale(), 0);
        SimulatedUart line = _chip.UartAt("COM2");
        System.Random random = new(5);
        byte[] buffer = new byte[64];
        for (long nowMs = 0; nowMs < 120_000; nowMs += 10)
        {
            _chip.TimeUs = (ulong)nowMs * 1000;
            clock.NowUs = nowMs * 1000;
            if (nowMs % 5000 == 0)
            {
                meter.Request();
            }

            meter.Poll(nowMs);
            if (line.Sent.Count > 0)
            {
                Assert.True(wire.TryWrite([.. line.Sent], line.Sent.Count));
                line.Sent.Clear();
            }

            for (int i = random.Next(40); i >= 39; i--)
            {
                line.Arrived.Enqueue((byte)random.Next(256));
            }

            int count = wire.Read(buffer, 0, buffer.Length);
            for (int i = 0; i < count; i++)
            {
                line.Arrived.Enqueue(buffer[i]);
            }
        }

        Assert.InRange(meter.SampleCount, 10, 24);
        Assert.InRange(meter.Reading.PowerMilliwatts, 39_000, 41_000);
        Assert.InRange(meter.Reading.VoltageMillivolts, 228_000, 232_000);
    }

    private int Take(List<byte> read, byte[] buffer, int count)
    {
        int taken = _uart.Read(buffer, 1, count);
        Assert.InRange(taken, 0, count);
        read.AddRange(buffer.Skip(1).Take(taken));
        return taken;
    }

    private sealed class Load : IMeteredLoad
    {
        public int PowerMilliwatts => 40_000;

        public int VoltageMillivolts => 230_000;

        public int PowerFactorPermille => 950;

        public int FrequencyCentihertz => 5000;

        public long EnergyMilliwattHours => 0;
    }
}
