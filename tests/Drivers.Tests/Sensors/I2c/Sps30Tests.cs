// The SPS30 beyond what holds for every sensor, on I2C and on a UART: settling, rest, cleaning, defects, published frames.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Sps30Tests
{
    private static readonly ParticulateMatter Air = new(4.25, 12.5, 15.04, 18.96);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_part_at_rest_When_a_sample_is_asked_for_Then_it_settles_for_30_s_measures_and_sleeps_again(bool isSerial)
    {
        Bench bench = new(isSerial);
        bench.Driver.Request();
        bench.RunFor(29_000);
        Assert.Equal((SensorState.WarmingUp, Sps30Mode.Measuring), (bench.Driver.State, bench.Core.Mode));
        Assert.True(bench.TrySample(4000));
        bench.AssertAir();

        // A second sample comes at once; after a minute without a request fan and laser rest.
        Assert.True(bench.TrySample(2000));
        bench.RunFor(Sps30Values.IdleMs + 1000);
        Assert.Equal((SensorState.Resting, Sps30Mode.Asleep), (bench.Driver.State, bench.Core.Mode));
        Assert.InRange(bench.Core.RunUs, 90_000_000, 96_000_000);
        Assert.Equal(long.MaxValue, bench.Driver.Poll(bench.NowMs));

        Assert.True(bench.TrySample(33_000));
        bench.AssertAir();
        Assert.Equal(0, bench.Driver.LastFault.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_samples_every_ten_minutes_When_three_weeks_have_passed_Then_the_fan_was_cleaned_once_a_week_and_every_sample_is_right(bool isSerial)
    {
        Bench bench = new(isSerial);
        for (int i = 0; i < 3 * 7 * 144; i++)
        {
            Assert.True(bench.TrySample(45_000), $"sample {i}");
            bench.AssertAir();
            bench.RunFor(600_000 - (bench.NowMs % 600_000));
        }

        Assert.Equal((2, 2), (bench.Core.CleaningCount, bench.CleaningCount));
        Assert.Equal(0, bench.Driver.LastFault.Count);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Given_a_defect_of_the_part_When_a_sample_is_asked_for_Then_none_comes_and_it_is_named(bool isSerial, bool isLaser)
    {
        Bench bench = new(isSerial);
        bench.Core.IsLaserWorn = isLaser;
        bench.Core.IsFanBlocked = !isLaser;
        Assert.False(bench.TrySample(60_000));
        Assert.True(bench.Driver.LastFault.Kind is SensorFaultKind.PartDefect or SensorFaultKind.TimedOut, bench.Driver.LastFault.Kind.ToString());
        Assert.Equal(0, bench.Driver.SampleCount);
        bench.Core.IsLaserWorn = false;
        bench.Core.IsFanBlocked = false;
        Assert.True(bench.TrySample(120_000));
        bench.AssertAir();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_part_that_measures_since_before_the_controller_s_restart_When_started_Then_it_works(bool isSerial)
    {
        Bench bench = new(isSerial);
        Assert.True(bench.Core.TryStart());
        Assert.True(bench.TrySample(35_000));
        bench.AssertAir();
        Assert.Equal(0, bench.Driver.LastFault.Count);
    }

    [Fact]
    public void Given_a_driver_on_a_UART_When_it_is_made_Then_it_takes_a_few_hundred_bytes()
    {
        UartPort port = new(new PartClock(), 115_200);
        GC.KeepAlive(new Sps30Serial(port));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Sps30Serial driver = new(port);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(driver);
        TestContext.Current.TestOutputHelper?.WriteLine($"SPS30 on a UART: {bytes} bytes");
        Assert.InRange(bytes, 1, 480);
    }

    // Data sheet SPS30, version 1.0, section 5.3: the frames to the part. Wake-up (0x11) with its command replaced by two bytes, as Sensirion's
    // embedded-uart-sps sends it.
    [Theory]
    [InlineData(0x00, 2, 0x01, 0x03, "7E 00 00 02 01 03 F9 7E")]
    [InlineData(0x01, 0, 0, 0, "7E 00 01 00 FE 7E")]
    [InlineData(0x03, 0, 0, 0, "7E 00 03 00 FC 7E")]
    [InlineData(0x10, 0, 0, 0, "7E 00 10 00 EF 7E")]
    [InlineData(0x11, 0, 0, 0, "7E 00 7D 31 00 EE 7E")]
    [InlineData(0x56, 0, 0, 0, "7E 00 56 00 A9 7E")]
    [InlineData(0xD0, 1, 0x00, 0, "7E 00 D0 01 00 2E 7E")]
    [InlineData(0xD2, 1, 0x00, 0, "7E 00 D2 01 00 2C 7E")]
    public void Given_a_command_When_framed_Then_it_is_the_data_sheet_s(int command, int length, int first, int second, string frame)
    {
        byte[] buffer = new byte[16];
        int end = Shdlc.Put(buffer, 0, command, length, first, second);
        Assert.Equal(frame, BitConverter.ToString(buffer, 0, end).Replace('-', ' '));
    }

    [Fact]
    public void Given_any_data_When_framed_stuffed_and_restored_Then_it_is_the_same_and_a_flipped_bit_is_nearly_always_noticed()
    {
        Simulation.Engine.RandomStream random = new(1, "shdlc", 0);
        int unnoticed = 0;
        for (int run = 0; run < 5000; run++)
        {
            byte[] plain = [0, 3, 0, (byte)random.Next(41), .. new byte[40]];
            Array.Resize(ref plain, 4 + plain[3] + 1);
            for (int i = 4; i < plain.Length - 1; i++)
            {
                plain[i] = random.Next(3) == 0 ? (byte)(0x7D + random.Next(2)) : (byte)random.Next(256);
            }

            plain[^1] = (byte)~plain[..^1].Sum(value => value);
            byte[] wire =
            [
                0x7E, .. plain.SelectMany(value => value is 0x7E or 0x7D or 0x11 or 0x13 ? [(byte)0x7D, (byte)(value ^ 0x20)] : new[] { value }), 0x7E,
            ];
            Assert.Equal(Shdlc.MoreNeeded, Shdlc.Inspect(wire, 0, wire.Length - 1));
            Assert.Equal(wire.Length, Shdlc.Inspect(wire, 0, wire.Length));
            byte[] damaged = [.. wire];
            damaged[1 + random.Next(wire.Length - 2)] ^= (byte)(1 << random.Next(8));
            unnoticed += Shdlc.Inspect(damaged, 0, damaged.Length) == wire.Length ? 1 : 0;
            Shdlc.Restore(wire, 0, wire.Length);
            Assert.Equal(plain[..^1], wire[..(plain.Length - 1)]);
        }

        // The checksum cannot see that 3D 7D 5E has become 7D 7D 5E: both sums are the same.
        Assert.InRange(unnoticed, 0, 5);
    }

    // Either bus with the same part inside; polls when the driver asks for it.
    private sealed class Bench
    {
        private readonly PartClock _clock = new();

        public Bench(bool isSerial)
        {
            if (isSerial)
            {
                Sps30SerialPart part = new(_clock, _ => Air);
                Core = part.Core;
                Driver = new Sps30Serial(new UartPort(_clock, part));
            }
            else
            {
                Sps30Part part = new(_clock, _ => Air);
                Core = part.Core;
                Driver = new Sps30(new I2cSocket(part));
            }

            _clock.NowUs = 100_000;
        }

        public Sps30Core Core { get; }

        public SensorDriver Driver { get; }

        public int CleaningCount => Driver is Sps30 sps30 ? sps30.CleaningCount : ((Sps30Serial)Driver).CleaningCount;

        public long NowMs => _clock.NowUs / 1000;

        public void RunFor(long durationMs) => RunUntil(NowMs + durationMs, () => false);

        public bool TrySample(long withinMs)
        {
            int before = Driver.SampleCount;
            Driver.Request();
            return RunUntil(NowMs + withinMs, () => Driver.SampleCount != before);
        }

        public void AssertAir()
        {
            IParticulateSensor sensor = (IParticulateSensor)Driver;
            Assert.Equal((43, 125, 150, 190), (sensor.Pm1DecimicrogramsPerCubicMetre, sensor.Pm25DecimicrogramsPerCubicMetre,
                sensor.Pm4DecimicrogramsPerCubicMetre, sensor.Pm10DecimicrogramsPerCubicMetre));
        }

        private bool RunUntil(long untilMs, Func<bool> isEnd)
        {
            while (true)
            {
                long nextMs = Driver.Poll(NowMs);
                if (isEnd())
                {
                    return true;
                }

                if (nextMs > untilMs)
                {
                    _clock.NowUs = untilMs * 1000;
                    return false;
                }

                _clock.NowUs = Math.Max(nextMs, NowMs) * 1000;
            }
        }
    }
}
