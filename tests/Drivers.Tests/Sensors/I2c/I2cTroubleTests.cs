// What holds for every sensor on I2C: it starts, and each thing that can go wrong with bus, part or step shows as a fault that names it and passes when
// its cause does.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class I2cTroubleTests
{
    // The longest that a driver leaves a part alone.
    private const int RecoveryMs = SensorDriver.LongestRetryMs + 1000;

    public static TheoryData<string> Sensors { get; } = [.. I2cCase.Names];

    public static TheoryData<string, string> Pairs { get; } =
        new(I2cCase.Names.SelectMany(fitted => I2cCase.Names.Where(other => other != fitted).Select(other => (fitted, other))));

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_part_that_works_When_samples_are_asked_for_Then_they_are_what_the_world_is(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench();
        Assert.Equal(SensorState.Resting, bench.Sensor.State);
        for (int i = 0; i < 3; i++)
        {
            bench.Sample(sensor.SampleMs);
            Assert.Equal(SensorState.Measuring, bench.Sensor.State);
            Assert.Equal(bench.NowMs, bench.Sensor.SampleMs);
            sensor.AssertTrue(bench.Sensor);
            bench.RunFor(5000);
        }

        Assert.Equal(3, bench.Sensor.SampleCount);
        Assert.Equal(SensorFaultKind.None, bench.Sensor.LastFault.Kind);
        Assert.Equal(0, ((I2cSensor)bench.Sensor).RepeatCount);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_part_of_which_nothing_is_asked_When_time_passes_Then_it_is_left_alone(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench().Sample(sensor.SampleMs);
        bench.RunFor(120_000);
        int transfers = bench.Socket.TransferCount;
        Assert.Equal(long.MaxValue, bench.Poll());
        bench.RunFor(3_600_000);
        Assert.Equal(transfers, bench.Socket.TransferCount);
        bench.Sample(sensor.SampleMs);
        sensor.AssertTrue(bench.Sensor);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_samples_and_faults_When_polled_Then_nothing_is_allocated(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench warm = sensor.CreateBench().Sample(sensor.SampleMs);
        warm.Socket.Trouble.Bus = I2cBusTrouble.Silent;
        warm.RunUntilFailed(60_000);

        I2cBench bench = sensor.CreateBench().Sample(sensor.SampleMs).Sample(sensor.SampleMs);
        bench.Socket.Trouble.Bus = I2cBusTrouble.Silent;
        bench.RunUntilFailed(60_000);
        bench.RunFor(10_000);
        Assert.Equal(0, bench.AllocatedBytes);
    }

    // Memory is the scarcest thing on the pole; Drivers/README.md states the numbers.
    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_driver_When_it_is_made_Then_it_takes_a_few_hundred_bytes(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cSocket socket = new(null);
        sensor.CreateDriver(socket);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SensorDriver driver = sensor.CreateDriver(socket);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(driver);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {bytes} bytes");
        Assert.InRange(bytes, 1, 480);
    }

    [Theory]
    [CombinatorialTroubles]
    public void Given_a_bus_that_is_broken_When_a_sample_is_asked_for_Then_the_fault_names_it_and_passes_when_it_is_mended(
        string name, I2cBusTrouble trouble, SensorFaultKind? kind)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench().Sample(sensor.SampleMs);
        bench.Socket.Trouble.Bus = trouble;
        bench.RunUntilFailed(60_000);
        if (kind is not null)
        {
            Assert.Equal(kind, bench.Sensor.LastFault.Kind);
            Assert.True(bench.Sensor.LastFault.Code != 0 || name == "VEML7700", "the register or command is not named");
        }

        int samples = bench.Sensor.SampleCount;
        bench.RunFor(600_000);
        Assert.Equal(samples, bench.Sensor.SampleCount);
        Assert.Equal(SensorState.Failed, bench.Sensor.State);

        // No more than a try a minute, once it has been failing for a while.
        Assert.InRange(bench.Sensor.LastFault.Count, 8, 20);

        bench.Socket.Trouble.Bus = I2cBusTrouble.None;
        bench.Sample(RecoveryMs + sensor.SampleMs);
        Assert.Equal(SensorState.Measuring, bench.Sensor.State);
        sensor.AssertTrue(bench.Sensor);
    }

    [Theory]
    [CombinatorialTroubles]
    public void Given_a_bus_that_is_broken_from_the_start_When_a_sample_is_asked_for_Then_it_comes_when_the_bus_is_mended(
        string name, I2cBusTrouble trouble, SensorFaultKind? kind)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench();
        bench.Socket.Trouble.Bus = trouble;
        bench.RunUntilFailed(60_000);
        if (kind is not null)
        {
            Assert.Equal(kind, bench.Sensor.LastFault.Kind);
        }

        bench.Socket.Trouble.Bus = I2cBusTrouble.None;
        bench.Sample(RecoveryMs + sensor.SampleMs);
        sensor.AssertTrue(bench.Sensor);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_bits_that_flip_in_every_answer_When_a_sample_is_asked_for_Then_none_comes(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench();
        bench.Socket.Trouble.Flips = (_, index) => index == 0 ? (byte)0x04 : (byte)0;
        bench.RunUntilFailed(60_000);
        Assert.Equal(sensor.DamagedKind, bench.Sensor.LastFault.Kind);
        bench.Socket.Trouble.Flips = null;
        bench.Sample(RecoveryMs + sensor.SampleMs);
        sensor.AssertTrue(bench.Sensor);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_one_disturbance_at_any_transfer_When_a_sample_is_asked_for_Then_it_comes_without_a_fault(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        int transfers = sensor.CreateBench().Sample(sensor.SampleMs).Sample(sensor.SampleMs).Socket.TransferCount;
        for (int disturbed = 0; disturbed < transfers; disturbed++)
        {
            int at = disturbed;
            I2cBench bench = sensor.CreateBench();
            bench.Socket.Trouble.BeforeTransfer = index =>
                bench.Socket.Trouble.Bus = index == at ? (index % 2 == 0 ? I2cBusTrouble.Silent : I2cBusTrouble.Stuck) : I2cBusTrouble.None;
            bench.Sample(sensor.SampleMs + 7000);
            sensor.AssertTrue(bench.Sensor);
            bench.Sample(sensor.SampleMs + 7000);
            sensor.AssertTrue(bench.Sensor);
            Assert.True(bench.Sensor.LastFault.Count == 0, $"transfer {at}: {bench.Fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Given_another_type_behind_the_address_When_a_sample_is_asked_for_Then_it_is_refused_until_the_right_one_is_back(string name, string other)
    {
        I2cCase sensor = I2cCase.Of(name);
        I2cBench bench = sensor.CreateBench().Sample(sensor.SampleMs);
        I2cPart right = bench.Socket.Part!;
        bench.Socket.Part = I2cCase.Of(other).CreatePart(bench.Clock);
        bench.RunUntilFailed(60_000);
        int samples = bench.Sensor.SampleCount;
        bench.RunFor(180_000);
        Assert.Equal(samples, bench.Sensor.SampleCount);
        Assert.Equal(SensorState.Failed, bench.Sensor.State);

        right.Restart();
        bench.Socket.Part = right;
        bench.Sample(RecoveryMs + sensor.SampleMs);
        sensor.AssertTrue(bench.Sensor);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_part_that_restarts_at_any_time_When_samples_are_asked_for_Then_they_go_on_and_are_right(string name)
    {
        I2cCase sensor = I2cCase.Of(name);
        RandomStream random = new(1, name, 0);
        I2cBench bench = sensor.CreateBench().Sample(sensor.SampleMs);
        for (int i = 0; i < 40; i++)
        {
            bench.Sensor.Request();
            bench.RunFor(random.Next(sensor.SampleMs));
            bench.Socket.Part!.Restart();
            bench.RunFor(random.Next(2) * 50);

            // The first sample may have been taken before; the next one is after the restart.
            bench.Sample(RecoveryMs + sensor.SampleMs);
            bench.Sample(RecoveryMs + sensor.SampleMs);
            if (sensor.NoticesRestart)
            {
                sensor.AssertTrue(bench.Sensor);
            }
            else
            {
                sensor.AssertPossible(bench.Sensor);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_any_bytes_on_the_bus_When_the_driver_works_Then_it_stays_within_its_bounds_and_recovers_with_the_part(string name) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => AssertSurvives(name, seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(1000000));

    private static void AssertSurvives(string name, int seed)
    {
        I2cCase sensor = I2cCase.Of(name);
        RandomStream random = new(seed, "bus", 0);
        bool isQuiet = false;
        I2cBench bench = new(sensor.CreatePart, device => sensor.CreateDriver(new NoisyBus(device, random, () => isQuiet)));
        for (int i = 0; i < 60; i++)
        {
            bench.Sensor.Request();
            bench.RunFor(random.Next(4) == 0 ? random.Next(70_000) : random.Next(2000));
            sensor.AssertPossible(bench.Sensor);
        }

        // The noise may have left the driver in the middle of something: the second sample has nothing to do with it.
        isQuiet = true;
        bench.Sample(RecoveryMs + sensor.SampleMs);
        bench.RunFor(130_000);
        bench.Sample(RecoveryMs + sensor.SampleMs);
        bench.Sample(RecoveryMs + sensor.SampleMs);
        sensor.AssertPossible(bench.Sensor);
    }

    // Most transfers go through, some come back damaged, the rest is noise or refused.
    private sealed class NoisyBus(II2cDevice device, RandomStream random, Func<bool> isQuiet) : II2cDevice
    {
        public I2cResult Write(byte[] data, int length)
        {
            I2cResult result = device.Write(data, length);
            return isQuiet() || random.Next(10) > 0 ? result : (I2cResult)random.Next(5);
        }

        public I2cResult Read(byte[] data, int length) => Disturb(device.Read(data, length), data, length);

        public I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength) =>
            Disturb(device.WriteRead(write, writeLength, read, readLength), read, readLength);

        private I2cResult Disturb(I2cResult result, byte[] data, int length)
        {
            switch (isQuiet() ? 0 : random.Next(20))
            {
                case < 14:
                    return result;
                case < 16:
                    data[random.Next(length)] ^= (byte)(1 << random.Next(8));
                    return result;
                case < 19:
                    for (int i = 0; i < length; i++)
                    {
                        data[i] = (byte)random.Next(256);
                    }

                    return I2cResult.Ok;
                default:
                    return (I2cResult)random.Next(5);
            }
        }
    }
}
