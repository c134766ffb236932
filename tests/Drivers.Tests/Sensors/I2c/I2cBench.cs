// An I2C sensor, its driver and virtual time: polls when the driver asks for it, as the controller does.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

internal sealed class I2cBench
{
    private const int MostPollsAtOnce = 4;

    private readonly MeteredDevice _device;

    public I2cBench(Func<PartClock, I2cPart> createPart, Func<II2cDevice, SensorDriver> createDriver)
    {
        Socket = new I2cSocket(createPart(Clock));
        _device = new MeteredDevice(Socket);
        Sensor = createDriver(_device);

        // Parts need a little time after their supply has come.
        Clock.NowUs = 100_000;
    }

    public PartClock Clock { get; } = new();

    public I2cSocket Socket { get; }

    public SensorDriver Sensor { get; }

    public long NowMs => Clock.NowUs / 1000;

    /// <summary>Bytes that the driver itself has allocated in its polls.</summary>
    public long AllocatedBytes { get; private set; }

    public string Fault => $"{Sensor.State}, {Sensor.LastFault.Kind} at 0x{Sensor.LastFault.Code:x2} ({Sensor.LastFault.Value})";

    public long Poll()
    {
        long nextMs = NowMs;
        for (int i = 0; i < MostPollsAtOnce && nextMs <= NowMs; i++)
        {
            int transfers = Socket.TransferCount;
            _device.Bytes = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            nextMs = Sensor.Poll(NowMs);
            AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before - _device.Bytes;
            Assert.InRange(Socket.TransferCount - transfers, 0, SensorDriver.MaximumStepsPerPoll);
        }

        Assert.True(nextMs > NowMs, $"asks to be polled at {nextMs} ms, and it is {NowMs} ms; {Fault}");
        return nextMs;
    }

    public void RunFor(long durationMs)
    {
        long untilMs = NowMs + durationMs;
        while (true)
        {
            long nextMs = Poll();
            if (nextMs > untilMs)
            {
                break;
            }

            Clock.NowUs = nextMs * 1000;
        }

        Clock.NowUs = untilMs * 1000;
    }

    /// <summary>Asks for a sample and polls until it has come.</summary>
    /// <returns>Whether it has come in time.</returns>
    public bool TrySample(long withinMs)
    {
        int before = Sensor.SampleCount;
        long untilMs = NowMs + withinMs;
        Sensor.Request();
        while (true)
        {
            long nextMs = Poll();
            if (Sensor.SampleCount != before)
            {
                return true;
            }

            if (nextMs > untilMs)
            {
                return false;
            }

            Clock.NowUs = nextMs * 1000;
        }
    }

    public I2cBench Sample(long withinMs)
    {
        Assert.True(TrySample(withinMs), $"no sample in {withinMs} ms: {Fault}");
        return this;
    }

    /// <summary>Asks for a sample that cannot come, and polls until the part counts as failed.</summary>
    public void RunUntilFailed(long withinMs)
    {
        int faults = Sensor.LastFault.Count;
        int samples = Sensor.SampleCount;
        long untilMs = NowMs + withinMs;
        Sensor.Request();
        while (Sensor.LastFault.Count == faults)
        {
            long nextMs = Poll();
            if (Sensor.LastFault.Count == faults)
            {
                Assert.True(nextMs <= untilMs, $"no fault in {withinMs} ms, {Sensor.SampleCount - samples} samples");
                Clock.NowUs = nextMs * 1000;
            }
        }

        Assert.Equal(SensorState.Failed, Sensor.State);
        Assert.Equal(samples, Sensor.SampleCount);
    }

    // Counts what the simulated part allocates, so that it is not laid to the driver.
    private sealed class MeteredDevice(II2cDevice device) : II2cDevice
    {
        public long Bytes { get; set; }

        public I2cResult Write(byte[] data, int length)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            I2cResult result = device.Write(data, length);
            Bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        }

        public I2cResult Read(byte[] data, int length)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            I2cResult result = device.Read(data, length);
            Bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        }

        public I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            I2cResult result = device.WriteRead(write, writeLength, read, readLength);
            Bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        }
    }
}
