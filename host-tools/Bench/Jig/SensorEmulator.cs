// Plays a sensor on a serial line: a simulated part (simulator/Simulation/Parts) behind the jig's UART, so that the frames are those with which the drivers were
// developed and tested. What the part sees is set from outside.
using Bench.Devices;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Bench.Jig;

/// <summary>A simulated part at the end of a real wire.</summary>
internal sealed class SensorEmulator(Func<int, ISerialLine> open, IBenchClock clock) : IDisposable
{
    private const int LongestCommand = 256;

    private readonly PartClock _time = new();
    private readonly byte[] _out = new byte[512];
    private readonly byte[] _in = new byte[LongestCommand];
    private ISerialLine? _line;
    private UartPort? _port;
    private int _outCount;

    /// <summary>The part's own clock: it begins with the jig's.</summary>
    public PartClock Time => _time;

    /// <summary>What is played; null for nothing: the wire is silent.</summary>
    public UartPart? Part { get; private set; }

    /// <summary>Plays another part, or none.</summary>
    /// <exception cref="IOException">The line cannot do the part's speed.</exception>
    public void Plug(UartPart? part)
    {
        _line?.Dispose();
        _line = null;
        _outCount = 0;
        Part = part;
        _port = part is null ? null : new UartPort(_time, part);
        _line = part is null ? null : open(part.BaudRate);
    }

    /// <summary>Brings the part's time on, sends what it has said and lets it hear what came.</summary>
    /// <exception cref="IOException">The line failed.</exception>
    public void Serve()
    {
        _time.NowUs = clock.NowUs;
        if (_line is null || _port is null)
        {
            return;
        }

        _outCount += _port.Read(_out, _outCount, _out.Length - _outCount);
        if (_outCount > 0)
        {
            int sent = _line.Write(_out.AsSpan(0, _outCount));
            _out.AsSpan(sent, _outCount - sent).CopyTo(_out);
            _outCount -= sent;
        }

        int heard = _line.Read(_in);
        if (heard > 0)
        {
            _port.TryWrite(_in, heard);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line?.Dispose();
}
