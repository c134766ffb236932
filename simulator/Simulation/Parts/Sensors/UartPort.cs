// The board's UART and the wires to the part at its end: receive buffer, speed, lost bytes, trouble on the line, and which part is plugged in.
// What has arrived is worked out when it is read; in virtual time a step of the controller takes no time.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>A UART of the board with a part at its end, or none.</summary>
public sealed class UartPort : IUart
{
    /// <summary>Bytes that the board keeps where it says nothing else.</summary>
    public const int BufferLength = 256;

    private readonly PartClock _clock;
    private readonly long _byteNs;
    private readonly int _baudRate;
    private readonly int _bitsPerByte;
    private readonly byte[] _received;
    private byte[] _line = [];
    private int _receivedStart;
    private int _receivedCount;
    private int _lineCount;
    private int _lineNext;
    private long _lineStartUs;
    private long _lineFreeUs;
    private long _longestFrameUs;
    private SerialTrouble? _trouble;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="baudRate">The board's speed.</param>
    /// <param name="bitsPerByte">Bits on the line for a byte: 10, with parity 11.</param>
    /// <param name="part">The part at its end.</param>
    /// <param name="bufferLength">Bytes that the board keeps.</param>
    public UartPort(PartClock clock, int baudRate, int bitsPerByte = 10, UartPart? part = null, int bufferLength = BufferLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baudRate, 1);
        _clock = clock;
        _received = new byte[bufferLength];
        _baudRate = baudRate;
        _bitsPerByte = bitsPerByte;
        _byteNs = bitsPerByte * 1_000_000_000L / baudRate;
        Plug(part);
    }

    /// <summary>Makes it with the speed of the part at its end.</summary>
    public UartPort(PartClock clock, UartPart part, int bufferLength = BufferLength)
        : this(clock, (part ?? throw new ArgumentNullException(nameof(part))).BaudRate, part.BitsPerByte, part, bufferLength)
    {
    }

    /// <summary>What is wrong with the line.</summary>
    public SerialTrouble Trouble => _trouble ??= new SerialTrouble();

    /// <summary>The part at its end; null when none is plugged in.</summary>
    public UartPart? Part { get; private set; }

    /// <summary>Counts bytes that arrived while the buffer was full.</summary>
    public long LostByteCount { get; private set; }

    /// <summary>Counts frames that were sent on the line.</summary>
    public int FrameCount { get; private set; }

    /// <inheritdoc/>
    public int ReceiveBufferLength => _received.Length;

    /// <summary>Puts another part at the end, or none; a frame under way is torn.</summary>
    public void Plug(UartPart? part)
    {
        CatchUp();
        _lineCount = _lineNext;
        Part = part;
        _longestFrameUs = (part?.LongestFrame ?? 0) * _byteNs / 1000;
        int length = (part?.LongestFrame ?? 0) + SerialTrouble.MaximumGarbageLength;
        if (_line.Length < length)
        {
            _line = new byte[length];
            _lineCount = 0;
            _lineNext = 0;
        }
    }

    /// <summary>The supply of the board and of the part goes or comes; what was received is lost.</summary>
    public void SetSupply(bool isSupplied)
    {
        CatchUp();
        _receivedCount = 0;
        _lineCount = 0;
        _lineNext = 0;
        if (Part is not null)
        {
            Part.IsSupplied = isSupplied;
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        CatchUp();
        if (_trouble is { IsUartFailed: true })
        {
            return -1;
        }

        int taken = Math.Min(count, _receivedCount);
        int beforeWrap = Math.Min(taken, _received.Length - _receivedStart);
        _received.AsSpan(_receivedStart, beforeWrap).CopyTo(buffer.AsSpan(offset));
        _received.AsSpan(0, taken - beforeWrap).CopyTo(buffer.AsSpan(offset + beforeWrap));
        _receivedCount -= taken;
        _receivedStart = _receivedCount == 0 ? 0 : Wrap(_receivedStart + taken);
        return taken;
    }

    /// <inheritdoc/>
    public bool TryDiscard()
    {
        // Reports that have come and gone since need not be made; the one that may be on its way is.
        long nowUs = _clock.NowUs;
        Deliver(nowUs);
        if (Part is { } part && _lineNext >= _lineCount)
        {
            SkipUnheard(part, nowUs);
        }

        CatchUp();
        _receivedStart = 0;
        _receivedCount = 0;
        return _trouble is not { IsUartFailed: true };
    }

    /// <inheritdoc/>
    public bool TryWrite(byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (length is < 1 or > 256)
        {
            throw new InvalidOperationException($"The controller wrote {length} bytes at once.");
        }

        CatchUp();
        if (_trouble is { IsUartFailed: true })
        {
            return false;
        }

        // At another speed a part understands nothing.
        if (Part is not null && _trouble is not { IsDeaf: true } && IsSameSpeed(Part))
        {
            Part.Hear(data.AsSpan(0, length), _clock.NowUs + (length * _byteNs / 1000));
        }

        return true;
    }

    // Where in the ring an index lies that is at most one round too far.
    private int Wrap(int index) => index < _received.Length ? index : index - _received.Length;

    private bool IsSameSpeed(UartPart part) => part.BaudRate == _baudRate && part.BitsPerByte == _bitsPerByte;

    // Everything that has happened on the line up to now.
    private void CatchUp()
    {
        long nowUs = _clock.NowUs;
        Deliver(nowUs);
        while (_lineNext >= _lineCount && Part is not null)
        {
            if (_receivedCount == _received.Length || _trouble is { IsSilent: true })
            {
                // None of these can be received: they need not be made.
                SkipUnheard(Part, nowUs);
            }

            long startUs = Part.NextFrameUs;
            if (startUs > nowUs)
            {
                return;
            }

            if (TryReceiveMany(Part, startUs, nowUs) || TryReceiveWhole(Part, startUs, nowUs))
            {
                continue;
            }

            _lineNext = 0;
            _lineCount = Send(Part);
            _lineStartUs = Math.Max(startUs, _lineFreeUs);
            _lineFreeUs = _lineStartUs + (_lineCount * _byteNs / 1000);
            Deliver(nowUs);
        }
    }

    // Goes on to the frame that may be on its way now.
    private void SkipUnheard(UartPart part, long nowUs) => part.Skip(nowUs - _longestFrameUs - 1);

    // Frames on a good line that have arrived whole, by a part that makes them in one go.
    private bool TryReceiveMany(UartPart part, long startUs, long nowUs)
    {
        if (_trouble is not null || !IsSameSpeed(part) || startUs < _lineFreeUs)
        {
            return false;
        }

        int end = Math.Min(_receivedStart + _receivedCount, _received.Length);
        int count = part.MakeFrames(nowUs - _longestFrameUs, _received.AsSpan(end), out long lastUs, out int length);
        if (count == 0)
        {
            return false;
        }

        FrameCount += count;
        _receivedCount += length;
        _lineNext = 0;
        _lineCount = 0;
        _lineFreeUs = lastUs + (length / count * _byteNs / 1000);
        return true;
    }

    // A frame on a good line that has arrived whole, and fits in one piece: the usual case, without the way over the line.
    private bool TryReceiveWhole(UartPart part, long startUs, long nowUs)
    {
        int end = _receivedStart + _receivedCount;
        if (_trouble is not null || !IsSameSpeed(part) || end + part.LongestFrame > _received.Length
            || Math.Max(startUs, _lineFreeUs) + _longestFrameUs >= nowUs)
        {
            return false;
        }

        int length = part.MakeFrame(_received.AsSpan(end));
        FrameCount++;
        _receivedCount += length;
        _lineNext = 0;
        _lineCount = 0;
        _lineFreeUs = Math.Max(startUs, _lineFreeUs) + (length * _byteNs / 1000);
        return true;
    }

    private int Send(UartPart part)
    {
        int length = part.MakeFrame(_line);
        int index = FrameCount++;
        if (!IsSameSpeed(part))
        {
            // Bits are sampled at the wrong times: what arrives has nothing to do with what was sent.
            for (int i = 0; i < length; i++)
            {
                _line[i] = (byte)((_line[i] * 181) ^ (i * 59) ^ index);
            }
        }

        return _trouble?.Disturb(_line, length, index) ?? length;
    }

    private void Deliver(long nowUs)
    {
        if (_lineNext >= _lineCount)
        {
            return;
        }

        int arrived = (int)Math.Clamp((nowUs - _lineStartUs) * 1000 / _byteNs, 0, _lineCount);
        int count = arrived - _lineNext;
        if (count <= 0)
        {
            return;
        }

        int kept = Math.Min(count, _received.Length - _receivedCount);
        int end = Wrap(_receivedStart + _receivedCount);
        int beforeWrap = Math.Min(kept, _received.Length - end);
        _line.AsSpan(_lineNext, beforeWrap).CopyTo(_received.AsSpan(end));
        _line.AsSpan(_lineNext + beforeWrap, kept - beforeWrap).CopyTo(_received);
        _receivedCount += kept;
        LostByteCount += count - kept;
        _lineNext = arrived;
    }
}
