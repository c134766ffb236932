// The service port's UART with a technician's terminal at its end: what is typed arrives byte by byte at the line's speed, what the pole says is kept until
// it is read. It knows nothing of lines, commands or keys.
using PoleController.Hal;

namespace Simulation.Parts;

/// <summary>A simulated service port. Not thread-safe: one owner.</summary>
public sealed class ServiceLine : IUart
{
    /// <summary>Bytes that the board keeps.</summary>
    public const int BufferLength = 256;

    /// <summary>Nanoseconds of a byte at 115,200 baud, 10 bits each.</summary>
    private const long ByteNs = 86_806;

    private readonly PartClock _clock;
    private readonly Queue<(byte Value, long ArrivesUs)> _typed = new();
    private readonly List<byte> _said = [];
    private long _lineFreeUs;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time at the pole.</param>
    public ServiceLine(PartClock clock) => _clock = clock;

    /// <summary>When the last byte that was typed has arrived.</summary>
    public long TypedUntilUs => _lineFreeUs;

    /// <inheritdoc/>
    public int ReceiveBufferLength => BufferLength;

    /// <summary>Types bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="atUs">When the first of them leaves, or later, when the line is free.</param>
    public void Type(ReadOnlySpan<byte> bytes, long atUs)
    {
        _lineFreeUs = Math.Max(_lineFreeUs, atUs);
        long startUs = _lineFreeUs;
        for (int i = 0; i < bytes.Length; i++)
        {
            _lineFreeUs = startUs + (((i + 1) * ByteNs) / 1000);
            _typed.Enqueue((bytes[i], _lineFreeUs));
        }
    }

    /// <summary>Takes what the pole has said since the last call.</summary>
    public byte[] TakeSaid()
    {
        byte[] said = [.. _said];
        _said.Clear();
        return said;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        LoseWhatDidNotFit();
        int taken = 0;
        while (taken < count && _typed.TryPeek(out (byte Value, long ArrivesUs) next) && next.ArrivesUs <= _clock.NowUs)
        {
            buffer[offset + taken] = _typed.Dequeue().Value;
            taken++;
        }

        return taken;
    }

    /// <inheritdoc/>
    public bool TryDiscard()
    {
        while (_typed.TryPeek(out (byte Value, long ArrivesUs) next) && next.ArrivesUs <= _clock.NowUs)
        {
            _typed.Dequeue();
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        for (int i = 0; i < length; i++)
        {
            _said.Add(data[i]);
        }

        return true;
    }

    // The buffer keeps the oldest; what arrives while it is full is lost.
    private void LoseWhatDidNotFit()
    {
        int arrived = _typed.Count(entry => entry.ArrivesUs <= _clock.NowUs);
        if (arrived <= BufferLength)
        {
            return;
        }

        (byte Value, long ArrivesUs)[] all = [.. _typed];
        _typed.Clear();
        for (int i = 0; i < all.Length; i++)
        {
            if (i < BufferLength || i >= arrived)
            {
                _typed.Enqueue(all[i]);
            }
        }
    }
}
