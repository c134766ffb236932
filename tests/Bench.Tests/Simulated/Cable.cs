// A serial cable between two simulated boards: bytes take their time, and two speeds that differ make garbage.
using Bench.Devices;
using PoleController.Hal;
using Simulation.Parts;

namespace Bench.Tests.Simulated;

/// <summary>A cable: a kernel's serial line at one end, a controller's UART at the other.</summary>
internal sealed class Cable(PartClock clock)
{
    private readonly Wire _toController = new(clock);
    private readonly Wire _toLinux = new(clock);
    private int _linuxSpeed;
    private int _controllerSpeed;

    /// <summary>Whether the controller's transmit line is cut.</summary>
    public bool IsCut { get; set; }

    public bool HasNews => _toController.HasArrived;

    public ISerialLine OpenLinux(int bitsPerSecond)
    {
        _linuxSpeed = bitsPerSecond;
        return new LinuxEnd(this);
    }

    public IUart OpenController(int bitsPerSecond)
    {
        _controllerSpeed = bitsPerSecond;
        return new ControllerEnd(this);
    }

    private byte Pass(byte value) => _linuxSpeed == _controllerSpeed ? value : (byte)((value * 181) ^ 0x5A);

    private sealed class Wire(PartClock clock)
    {
        private readonly Queue<(byte Value, long ArrivesUs)> _bytes = new();
        private long _freeUs;

        public bool HasArrived => _bytes.TryPeek(out (byte Value, long ArrivesUs) next) && next.ArrivesUs <= clock.NowUs;

        public void Send(byte value, int bitsPerSecond)
        {
            _freeUs = Math.Max(_freeUs, clock.NowUs) + (10_000_000L / bitsPerSecond);
            _bytes.Enqueue((value, _freeUs));
        }

        public int Take(Span<byte> into)
        {
            int count = 0;
            while (count < into.Length && HasArrived)
            {
                into[count++] = _bytes.Dequeue().Value;
            }

            return count;
        }
    }

    private sealed class LinuxEnd(Cable cable) : ISerialLine
    {
        public int Read(Span<byte> buffer) => cable._toLinux.Take(buffer);

        public int Write(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes)
            {
                cable._toController.Send(cable.Pass(value), cable._linuxSpeed);
            }

            return bytes.Length;
        }

        public void Dispose()
        {
        }
    }

    private sealed class ControllerEnd(Cable cable) : IUart
    {
        public int ReceiveBufferLength => 256;

        public int Read(byte[] buffer, int offset, int count) => cable._toController.Take(buffer.AsSpan(offset, count));

        public bool TryDiscard()
        {
            Span<byte> bytes = stackalloc byte[64];
            while (cable._toController.Take(bytes) > 0)
            {
            }

            return true;
        }

        public bool TryWrite(byte[] data, int length)
        {
            for (int i = 0; i < length && !cable.IsCut; i++)
            {
                cable._toLinux.Send(cable.Pass(data[i]), cable._controllerSpeed);
            }

            return true;
        }
    }
}
