// A UART sensor, its driver and virtual time: polls when the driver asks for it, and at other times when a test wants that.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

internal sealed class UartBench
{
    public UartBench(UartCase uartCase)
        : this(clock => uartCase.CreatePart(clock), uartCase.CreateDriver)
    {
        Case = uartCase;
    }

    public UartBench(Func<PartClock, UartPart> createPart, Func<IUart, UartSensor> createDriver, int bufferLength = UartPort.BufferLength)
    {
        Port = new UartPort(Clock, createPart(Clock), bufferLength);
        Split = new SplitUart(Port);
        Sensor = createDriver(Split);
    }

    public PartClock Clock { get; } = new();

    public UartPort Port { get; }

    public SplitUart Split { get; }

    public UartSensor Sensor { get; }

    public UartCase? Case { get; }

    public int PollCount { get; private set; }

    public long NowMs => Clock.NowUs / 1000;

    /// <summary>When the next poll comes after one that asks for another at a time.</summary>
    public Func<long, long, long> NextPollMs { get; set; } = (nowMs, askedMs) => Math.Max(nowMs + 1, askedMs);

    public long Poll()
    {
        PollCount++;
        Split.BeginPoll(PollCount);
        long nextMs = Sensor.Poll(NowMs);
        if (nextMs < NowMs)
        {
            Assert.Fail($"asks to be polled at {nextMs} ms, and it is {NowMs} ms");
        }

        return nextMs;
    }

    public void RunFor(long durationMs)
    {
        long untilMs = NowMs + durationMs;
        while (NowMs < untilMs)
        {
            long nextMs = NextPollMs(NowMs, Math.Min(Poll(), untilMs));
            Clock.NowUs = Math.Min(nextMs, untilMs) * 1000;
        }
    }

    /// <summary>Asks for a sample and polls until it has come.</summary>
    /// <returns>Whether it has come in time.</returns>
    public bool TrySample(long withinMs)
    {
        int before = Sensor.SampleCount;
        long untilMs = NowMs + withinMs;
        Sensor.Request();
        while (Sensor.SampleCount == before)
        {
            long nextMs = Poll();
            if (Sensor.SampleCount != before)
            {
                break;
            }

            if (NowMs >= untilMs)
            {
                return false;
            }

            Clock.NowUs = Math.Min(NextPollMs(NowMs, nextMs), untilMs) * 1000;
        }

        return true;
    }

    public void Sample(long withinMs) => Assert.True(
        TrySample(withinMs), $"no sample in {withinMs} ms: {Sensor.State}, {Sensor.LastFault.Kind} at 0x{Sensor.LastFault.Code:x2} ({Sensor.LastFault.Value})");

    /// <summary>Asks for a sample that cannot come, and polls until the part counts as failed.</summary>
    public void RunUntilFailed(long withinMs)
    {
        int faults = Sensor.LastFault.Count;
        int samples = Sensor.SampleCount;
        long untilMs = NowMs + withinMs;
        Sensor.Request();
        while (Sensor.LastFault.Count == faults)
        {
            Assert.True(NowMs < untilMs, $"no fault in {withinMs} ms");
            Clock.NowUs = NextPollMs(NowMs, Math.Min(Poll(), untilMs)) * 1000;
        }

        Assert.Equal(SensorState.Failed, Sensor.State);
        Assert.Equal(samples, Sensor.SampleCount);
    }

    /// <summary>A UART on which only some of the bytes that came since the poll before have come at a poll; the others have at the next.</summary>
    internal sealed class SplitUart(UartPort port) : IUart
    {
        private readonly byte[] _held = new byte[port.ReceiveBufferLength];
        private int _heldCount;
        private int _left;
        private bool _isSplitting;

        /// <summary>How many bytes of the new ones have come at a poll, by its number; null for all.</summary>
        public Func<int, int>? BytesInPoll { get; set; }

        public int ReceiveBufferLength => port.ReceiveBufferLength;

        public void BeginPoll(int number)
        {
            _isSplitting = BytesInPoll is not null;
            if (_isSplitting)
            {
                int old = _heldCount;
                Fill();
                _left = (int)Math.Min(int.MaxValue, old + (long)BytesInPoll!(number));
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            if (!_isSplitting)
            {
                return port.Read(buffer, offset, count);
            }

            if (port.Trouble.IsUartFailed)
            {
                return -1;
            }

            int read = Math.Min(Math.Min(count, _left), _heldCount);
            _held.AsSpan(0, read).CopyTo(buffer.AsSpan(offset));
            _held.AsSpan(read, _heldCount - read).CopyTo(_held);
            _heldCount -= read;
            _left -= read;
            return read;
        }

        public bool TryDiscard()
        {
            if (!_isSplitting)
            {
                return port.TryDiscard();
            }

            int come = Math.Min(_left, _heldCount);
            _held.AsSpan(come, _heldCount - come).CopyTo(_held);
            _heldCount -= come;
            _left -= come;
            return !port.Trouble.IsUartFailed;
        }

        public bool TryWrite(byte[] data, int length) => port.TryWrite(data, length);

        private void Fill()
        {
            int read = _heldCount < _held.Length ? port.Read(_held, _heldCount, _held.Length - _heldCount) : 0;
            _heldCount += Math.Max(read, 0);
        }
    }
}
