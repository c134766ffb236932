// The DALI line over the RMT unit: what is on the wire for published frames, taking answers out of what the receiver recorded, and the driver with
// simulated control gear at the other end.
using System.Device.Gpio;
using Esp32.Tests.Bench;
using nanoFramework.Hardware.Esp32.Rmt;
using NanoFrameworkPackages;
using PoleController.Drivers;
using PoleController.Esp32.Ports;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.Dali;

namespace Esp32.Tests.Ports;

public sealed class DaliLineTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly BoardClock _clock;
    private readonly short[] _durations = new short[DaliFrames.MaximumDurations];

    public DaliLineTests() => _clock = new BoardClock(_chip);

    [Theory]
    [InlineData(0xFEFE)]
    [InlineData(0x0680)]
    [InlineData(0x8400)]
    [InlineData(0x0190)]
    [InlineData(0x01A0)]
    public void Given_a_published_frame_When_sent_Then_a_receiver_that_samples_the_wire_reads_it(int frame)
    {
        // Broadcast DAPC 254, short address 3 at 128, group 2 off, query status, query actual level (IEC 62386-102).
        Esp32DaliLine line = Line();
        Assert.True(line.TryTransmit(_durations, DaliFrames.Encode(frame, 16, _durations)));

        (TransmitChannelSettings settings, byte[] items) = Assert.Single(_chip.RmtSent);
        Assert.False(settings.EnableCarrierWave);
        Assert.False(settings.IdleLevel);
        Assert.Equal(80, settings.ClockDivider);
        Assert.Equal((1, frame), Sample(items));
    }

    [Fact]
    public void Given_a_transmission_When_it_goes_on_Then_no_other_begins_and_it_ends_by_the_clock()
    {
        Esp32DaliLine line = Line();
        int count = DaliFrames.Encode(0xFEFE, 16, _durations);
        int sumUs = _durations.Take(count).Sum(duration => duration);
        Assert.True(line.TryTransmit(_durations, count));
        Assert.True(line.IsTransmitting);
        Assert.False(line.TryTransmit(_durations, count));
        _chip.TimeUs += (ulong)sumUs;
        Assert.False(line.IsTransmitting);
        Assert.Equal((4, false, (ushort)Esp32DaliLine.PauseUs, TimeSpan.Zero),
            (_chip.RmtReceiver!.Channel, _chip.RmtReceiver.EnableDemodulation, _chip.RmtReceiver.IdleThreshold, _chip.RmtReceiver.ReceiveTimeout));
    }

    [Theory]
    [InlineData(new short[] { 417, 0 }, 2)]
    [InlineData(new short[] { 417, -5, 417 }, 3)]
    [InlineData(new short[] { }, 0)]
    public void Given_durations_that_are_none_When_sent_Then_they_are_refused_and_nothing_goes_out(short[] durations, int count)
    {
        Assert.False(Line().TryTransmit(durations, count));
        Assert.Empty(_chip.RmtSent);
    }

    [Fact]
    public void Given_more_than_a_block_of_the_unit_When_laid_out_Then_it_is_refused()
    {
        short[] durations = [.. Enumerable.Repeat((short)417, 97)];
        byte[] items = new byte[DaliItems.ItemLength * DaliItems.BlockItems];
        Assert.Equal(-1, DaliItems.Encode(durations, 97, true, items));
        Assert.Equal(-1, DaliItems.Encode(durations, 96, true, items));
        Assert.Equal(95 * 417, DaliItems.Encode(durations, 95, true, items));
    }

    [Fact]
    public void Given_a_unit_that_throws_When_used_Then_it_is_refused_and_opened_anew_later()
    {
        Esp32DaliLine line = Line();
        _chip.IsRmtBroken = true;
        int count = DaliFrames.Encode(0xFEFE, 16, _durations);
        Assert.False(line.TryTransmit(_durations, count));
        _chip.IsRmtBroken = false;
        Assert.True(line.TryTransmit(_durations, count));
        _chip.IsRmtBroken = true;
        Assert.Equal(0, line.Receive(_durations, out _));
        _chip.IsRmtBroken = false;
        _chip.TimeUs += 100_000;
        Assert.True(line.TryTransmit(_durations, count));
    }

    [Fact]
    public void Given_a_bus_without_supply_When_looked_at_Then_it_is_low_after_longer_than_a_frame_and_not_before()
    {
        Esp32DaliLine line = Line();
        SimulatedPin pin = _chip.PinAt(48);
        Assert.False(line.IsLow);
        pin.IsHigh = true;
        Assert.False(line.IsLow);
        _chip.TimeUs += 30_000;
        Assert.False(line.IsLow);
        _chip.TimeUs += 30_000;
        Assert.True(line.IsLow);
        pin.IsHigh = false;
        Assert.False(line.IsLow);
        pin.IsHigh = true;
        Assert.False(line.IsLow);
    }

    [Fact]
    public void Given_recordings_of_anything_When_taken_apart_Then_what_comes_out_is_in_its_bounds()
    {
        System.Random random = new(3);
        DaliEcho echo = new();
        for (int run = 0; run < 20_000; run++)
        {
            echo.Clear();
            for (int piece = random.Next(4); piece > 0; piece--)
            {
                for (int i = random.Next(70); i > 0; i--)
                {
                    echo.Add(random.Next(2) == 0, random.Next(8) == 0 ? 0 : random.Next(40_000));
                }

                echo.EndPiece();
            }

            int count = echo.TakeAnswer(random.Next(40), Esp32DaliLine.PauseUs, _durations, out int delayUs);
            Assert.InRange(count, -1, _durations.Length);
            Assert.InRange(delayUs, 0, short.MaxValue);
            Assert.All(_durations.Take(Math.Max(count, 0)), duration => Assert.InRange(duration, 1, short.MaxValue));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Given_control_gear_at_the_bus_When_the_driver_works_through_the_line_Then_levels_arrive_and_energy_comes_back(int stepMs)
    {
        PartClock clock = new();
        DaliBusPart bus = new(clock, new RandomStream(7, "dali", 0)) { IsRecording = true };
        DaliGearPart gear = new(clock, 0);
        bus.Connect(gear);
        gear.SetFed(true);
        RmtDali wire = new(_chip, clock, bus);
        DaliGear driver = new(new DaliBus(Line()), DaliGear.Broadcast, 0);
        driver.TrySetLevel(500);
        driver.Request();

        for (long nowMs = 0; nowMs < 60_000; nowMs += stepMs)
        {
            _chip.TimeUs = (ulong)nowMs * 1000;
            clock.NowUs = nowMs * 1000;
            driver.Poll(nowMs);
        }

        Assert.InRange(gear.LightPermille, 480, 520);
        Assert.Equal(gear.ActualLevel, driver.ActualLevel);
        Assert.InRange(driver.SampleCount, 1, int.MaxValue);
        Assert.Equal(7654321234567, driver.TradeItemNumber);
        Assert.InRange(wire.Answers, 50, int.MaxValue);
        Assert.Equal(0, driver.LastFault.Count);
    }

    private Esp32DaliLine Line() => new(_clock, new GpioController(), new DaliWiring
    {
        TransmitPin = 47,
        TransmitChannel = 0,
        IsTransmitInverted = true,
        ReceivePin = 48,
        ReceiveChannel = 4,
        IsReceiveInverted = true,
    });

    // Reads a frame as IEC 62386-101 has it on the wire: samples in the middle of each half bit, a rising edge in the middle of a bit is a 1.
    private static (int Start, int Frame) Sample(byte[] items)
    {
        List<bool> halves = [];
        List<(bool IsBusHigh, int Us)> levels = [];
        for (int i = 0; i < items.Length; i += 2)
        {
            int word = items[i] | (items[i + 1] << 8);
            if ((word & 0x7FFF) == 0)
            {
                break;
            }

            // The pin is high while the bus is low.
            levels.Add(((word & 0x8000) == 0, word & 0x7FFF));
        }

        for (double us = 208; halves.Count < 34; us += 416.67)
        {
            double begin = 0;
            bool isHigh = true;
            foreach ((bool isBusHigh, int length) in levels)
            {
                if (us >= begin && us < begin + length)
                {
                    isHigh = isBusHigh;
                }

                begin += length;
            }

            halves.Add(isHigh);
        }

        int[] bits = [.. Enumerable.Range(0, 17).Select(i =>
        {
            Assert.NotEqual(halves[2 * i], halves[(2 * i) + 1]);
            return halves[(2 * i) + 1] ? 1 : 0;
        })];
        return (bits[0], bits.Skip(1).Aggregate(0, (value, bit) => (value << 1) | bit));
    }
}
