// Port: a serial line with one reader. The kernel keeps what arrives; what is kept for the controller is bounded as on the pole.
using Bench.Devices;
using PoleController.Esp32.Loop;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>A UART; opened when it is first used, and again after it failed, at most once a second.</summary>
internal sealed class LinuxUart(Func<ISerialLine> open, IBoardClock clock, int bufferLength) : IUart, IWakeSource
{
    /// <summary>Time between two attempts to open, in milliseconds.</summary>
    public const int RetryMs = 1000;

    private readonly byte[] _received = new byte[bufferLength];
    private readonly byte[] _waiting = new byte[256];
    private ISerialLine? _line;
    private long _retryMs;
    private int _count;
    private int _seen;
    private int _waitingCount;

    /// <inheritdoc/>
    public int ReceiveBufferLength => bufferLength;

    /// <inheritdoc/>
    public bool HasNews(long nowMs)
    {
        Fetch();
        bool hasNews = _count > _seen;
        _seen = _count;
        return hasNews;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (!Fetch())
        {
            return -1;
        }

        int taken = Math.Min(count, _count);
        _received.AsSpan(0, taken).CopyTo(buffer.AsSpan(offset));
        _received.AsSpan(taken, _count - taken).CopyTo(_received);
        _count -= taken;
        _seen = Math.Min(_seen, _count);
        return taken;
    }

    /// <inheritdoc/>
    public bool TryDiscard()
    {
        bool isOpen = Fetch();
        _count = 0;
        _seen = 0;
        return isOpen;
    }

    /// <inheritdoc/>
    public bool TryWrite(byte[] data, int length)
    {
        // What the kernel does not take at once waits here; while something waits nothing more is taken.
        if (!Fetch() || _waitingCount > 0 || length > _waiting.Length)
        {
            return false;
        }

        data.AsSpan(0, length).CopyTo(_waiting);
        _waitingCount = length;
        return Fetch();
    }

    // Both directions, without waiting.
    private bool Fetch()
    {
        try
        {
            if (!IsOpen(out ISerialLine line))
            {
                return false;
            }

            if (_waitingCount > 0)
            {
                int sent = line.Write(_waiting.AsSpan(0, _waitingCount));
                _waiting.AsSpan(sent, _waitingCount - sent).CopyTo(_waiting);
                _waitingCount -= sent;
            }

            _count += _count < _received.Length ? line.Read(_received.AsSpan(_count)) : 0;
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            _line?.Dispose();
            _line = null;
            _waitingCount = 0;
            _retryMs = clock.NowMs + RetryMs;
            return false;
        }
    }

    private bool IsOpen(out ISerialLine line)
    {
        if (_line is null && clock.NowMs >= _retryMs)
        {
            _retryMs = clock.NowMs + RetryMs;
            _line = open();
        }

        line = _line!;
        return _line is not null;
    }
}
