// The gear's driver over a simulated bus: start, levels, verification, memory banks; times on the bus as IEC 62386-101 wants them.
using PoleController.Drivers;
using PoleController.Hal;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class DaliGearTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Given_gear_When_started_Then_it_is_known_and_lit_whatever_happens_to_bus_or_supply(int beatMs)
    {
        DaliBench bench = new(beatMs: beatMs);
        bench.Part.PowerOnLevel = 85;
        bench.Part.SystemFailureLevel = 0;
        bench.Part.FadeTime = 7;
        bench.Started();
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
        Assert.Equal(7654321234567, bench.Gear.TradeItemNumber);
        Assert.Equal(2, bench.Gear.SerialNumber);
        Assert.Equal((254, 254, 0), (bench.Part.PowerOnLevel, bench.Part.SystemFailureLevel, bench.Part.FadeTime));
        Assert.Equal(3, bench.Part.SettingWrites);
        Assert.Equal(0, bench.Gear.LastFault.Count);

        // What is right already is not written again: its memory wears.
        DaliBench again = new(beatMs: beatMs);
        again.Started();
        Assert.Equal(0, again.Part.SettingWrites);
    }

    [Fact]
    public void Given_started_gear_When_levels_are_set_Then_the_published_frames_go_out_and_the_lamp_has_them()
    {
        DaliBench bench = new DaliBench().Started();
        Assert.True(bench.Gear.TrySetLevel(32));
        bench.Run(100);
        Assert.Equal(0x0680, bench.Sent[0]);
        Assert.Equal(128, bench.Part.ActualLevel);
        Assert.True(bench.Gear.TrySetLevel(0));
        bench.Run(100);
        Assert.Equal(0x0600, bench.Sent[1]);
        Assert.Equal(0, bench.Part.LightPermille);

        DaliBench all = new DaliBench(address: DaliGear.Broadcast).Started();
        Assert.True(all.Gear.TrySetLevel(1000));
        all.Run(100);
        Assert.Equal(0xFEFE, all.Sent[0]);
        Assert.Equal(254, all.Part.ActualLevel);
    }

    [Fact]
    public void Given_a_level_When_it_has_gone_out_Then_the_gear_is_asked_with_the_published_queries_whether_it_has_it()
    {
        DaliBench bench = new(address: 0);
        bench.Started();
        bench.Gear.TrySetLevel(500);
        bench.Run(DaliGear.VerifyMs + 500);
        Assert.Equal([0x00E5, 0x0190, 0x01A0], bench.Sent);
        Assert.Equal(229, bench.Gear.ActualLevel);
    }

    [Fact]
    public void Given_the_start_When_looked_at_Then_its_frames_are_those_of_the_standard()
    {
        DaliBench bench = new(address: 0);
        bench.Part.PowerOnLevel = 100;
        bench.Part.FadeTime = 4;
        bench.Run(8000);
        int[] expected =
        [
            0x0190, 0x0199, 0xC300, 0xA303, .. Enumerable.Repeat(0x01C5, 16), 0xC106, 0x01EE,
            0x01A3, 0xA3FE, 0x012D, 0x012D, 0x01A3, 0x01A4, 0x01A5, 0xA300, 0x012E, 0x012E, 0x01A5,
        ];
        Assert.Equal(expected, bench.Sent.Take(expected.Length));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 20)]
    [InlineData(10, 20)]
    public void Given_everything_that_is_sent_Then_frames_keep_their_distance_and_pairs_come_within_a_tenth_of_a_second(int beatMs, int jitterUs)
    {
        DaliBench bench = new(beatMs: beatMs);
        bench.Bus.Trouble.JitterUs = jitterUs;
        bench.Part.PowerOnLevel = 3;
        bench.Run(3000);
        bench.Sample();
        for (int i = 0; i < 40; i++)
        {
            bench.Gear.TrySetLevel(i * 25);
            bench.Run(20);
        }

        (long StartUs, int Frame, int Bits)[] frames = [.. bench.Bus.Frames];
        Assert.True(frames.Length > 100);
        for (int i = 1; i < frames.Length; i++)
        {
            // 34 halves of 416.67 us are the longest frame of 16 bits; 13.5 ms settle.
            Assert.True(frames[i].StartUs - frames[i - 1].StartUs >= 13500 + 13750, $"frame {i} after {frames[i].StartUs - frames[i - 1].StartUs} us");
        }

        int pairs = 0;
        for (int i = 1; i < frames.Length; i++)
        {
            if (frames[i].Frame is 0x072C or 0x072D or 0x072E or 0x0781 && frames[i].Frame == frames[i - 1].Frame)
            {
                Assert.InRange(frames[i].StartUs - frames[i - 1].StartUs, 0, 100000);
                pairs++;
            }
        }

        Assert.True(pairs >= 4);
        Assert.Equal(0, bench.Gear.LastFault.Count);
    }

    [Fact]
    public void Given_a_level_while_memory_is_read_When_it_comes_Then_it_goes_out_within_65_ms_and_the_values_are_right_all_the_same()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.Request();
        long worstUs = 0;
        for (int i = 0; i < 60; i++)
        {
            bench.Run(17 + (i % 40));
            bench.Bus.Frames.Clear();
            long fromUs = bench.Clock.NowUs;
            bench.Gear.TrySetLevel(100 + i);
            bench.Run(150);
            (long StartUs, int Frame, int Bits) level = bench.Bus.Frames.First(frame => frame.Frame >> 8 == 0x06);
            worstUs = Math.Max(worstUs, level.StartUs - fromUs);
        }

        Assert.InRange(worstUs, 1, 65000);
        bench.Run(20000);
        Assert.Equal(1, bench.Gear.SampleCount);
        Assert.InRange(bench.Gear.EnergyWattHours, (long)bench.Part.EnergyWattHours - 1, (long)bench.Part.EnergyWattHours);
    }

    [Fact]
    public void Given_D4i_gear_When_a_sample_is_asked_for_Then_all_values_are_those_of_the_part()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(1000);
        bench.Run(3600_000);
        bench.Part.GearDegrees = 71;
        bench.Part.LampDegrees = -12;
        bench.Part.SupplyVolts = 231.4;
        bench.Part.Unsupported[(205 << 8) | 0x0E] = 1;
        bench.Sample();
        Assert.InRange(bench.Gear.EnergyWattHours, 39, 40);
        Assert.Equal(40000, bench.Gear.PowerMilliwatts);
        Assert.InRange(bench.Gear.GearOperatingSeconds, 3600, 3620);
        Assert.Equal(10, bench.Gear.GearStarts);
        Assert.Equal(231400, bench.Gear.SupplyMillivolts);
        Assert.Equal(-1, bench.Gear.PowerFactorPermille);
        Assert.Equal(71, bench.Gear.GearTemperatureDegrees);
        Assert.InRange(bench.Gear.LampOperatingSeconds, 3600, 3620);
        Assert.Equal(500, bench.Gear.LampStarts);
        Assert.Equal(60000, bench.Gear.LampMillivolts);
        Assert.Equal(700, bench.Gear.LampMilliamperes);
        Assert.Equal(-12, bench.Gear.LampTemperatureDegrees);
        Assert.False(bench.Gear.IsLampFailed || bench.Gear.IsGearFailed || bench.Gear.IsDerating);
    }

    [Fact]
    public void Given_gear_without_the_banks_When_asked_Then_nothing_is_supported_and_it_is_not_asked_again()
    {
        DaliBench bench = new();
        bench.Part.Banks.Clear();
        bench.Started();
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
        bench.Sample();
        Assert.Equal((-1L, -1, -1L, -1), (bench.Gear.EnergyWattHours, bench.Gear.PowerMilliwatts, bench.Gear.LampOperatingSeconds, bench.Gear.GearStarts));
        Assert.Equal(int.MinValue, bench.Gear.GearTemperatureDegrees);
        bench.Bus.Frames.Clear();
        bench.Sample();
        Assert.DoesNotContain(0x07C5, bench.Sent);
    }

    [Fact]
    public void Given_gear_with_a_linear_curve_When_dimmed_Then_the_light_is_the_level()
    {
        DaliBench bench = new();
        bench.Part.IsLinear = true;
        bench.Started();
        Assert.True(bench.Gear.IsLinear);
        foreach (int level in new[] { 10, 100, 333, 500, 999, 1000 })
        {
            bench.Gear.TrySetLevel(level);
            bench.Run(100);
            Assert.InRange(bench.Part.LightPermille, level - 2, level + 2);
        }
    }

    [Fact]
    public void Given_gear_that_cannot_go_so_low_When_dimmed_Then_its_lowest_light_is_no_fault()
    {
        DaliBench bench = new();
        bench.Part.MinimumLevel = 85;
        bench.Started();
        bench.Gear.TrySetLevel(2);
        bench.Run(20000);
        Assert.Equal(85, bench.Gear.ActualLevel);
        Assert.Equal(0, bench.Gear.LastFault.Count);
        Assert.Single(bench.Sent, frame => frame >> 8 == 0x06);
    }

    [Fact]
    public void Given_two_channels_on_one_bus_When_dimmed_and_asked_Then_each_has_its_own()
    {
        DaliBench bench = new DaliBench(address: 0).WithOther(1);
        bench.Run(15000);
        Assert.Equal((SensorState.Measuring, SensorState.Measuring), (bench.Gear.State, bench.Other!.State));
        Assert.Equal((2L, 77L), (bench.Gear.SerialNumber, bench.Other.SerialNumber));
        bench.Gear.TrySetLevel(100);
        bench.Other.TrySetLevel(1000);
        bench.Other.Request();
        bench.Run(200);
        Assert.Equal((170, 254), (bench.Bus.Gears[0].ActualLevel, bench.Bus.Gears[1].ActualLevel));
        bench.Sample();
        bench.Run(20000);
        Assert.Equal(1, bench.Other.SampleCount);
        Assert.InRange(bench.Gear.PowerMilliwatts, 4300, 4420);
        Assert.Equal(40000, bench.Other.PowerMilliwatts);
    }

    [Fact]
    public void Given_nothing_changes_When_idle_Then_the_bus_is_quiet_but_for_a_look_every_five_minutes()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Run(3600_000);
        Assert.Equal(24, bench.Sent.Length);
        Assert.All(bench.Sent, frame => Assert.True(frame is 0x0790 or 0x07A0));
    }

    [Fact]
    public void Given_polls_When_anything_goes_on_Then_nothing_is_allocated()
    {
        DaliBench bench = new(address: 5);
        bench.Bus.IsRecording = false;
        SilentLine line = new();
        DaliGear gear = new(new DaliBus(line), 5, 0);
        for (int i = 0; i < 2; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int ms = i * 100000; ms < (i + 1) * 100000; ms += 5)
            {
                line.IsLow = ms / 20000 % 2 == 1;
                gear.TrySetLevel(ms % 1000);
                gear.Request();
                gear.Poll(ms);
            }

            Assert.True(i == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }
    }

    /// <summary>A line with gear that says 6 to everything: LED, and a bank with six bytes.</summary>
    private sealed class SilentLine : IDaliLine
    {
        private static readonly short[] Six = [417, 833, 833, 833, 833, 833, 833, 833, 833, 833, 417, 833, 417];
        private int _looks;

        public bool IsTransmitting => false;

        public bool IsLow { get; set; }

        public bool TryTransmit(short[] durationsUs, int count)
        {
            _looks = 0;
            return true;
        }

        public int Receive(short[] durationsUs, out int delayUs)
        {
            delayUs = 7000;
            if (_looks++ < 2)
            {
                return 0;
            }

            Six.CopyTo(durationsUs, 0);
            return Six.Length;
        }
    }
}
