// An SPS30 on a UART: SHDLC frames at 115,200 baud (Sensirion SPS30, version 1.0, section 5). What happens inside is Sps30Core's.
using System.Buffers.Binary;

namespace Simulation.Parts.Sensors;

/// <summary>A simulated SPS30 with SEL open.</summary>
public sealed class Sps30SerialPart : UartPart
{
    private const byte Flag = 0x7E;
    private const byte Escape = 0x7D;
    private const int NotAllowed = 0x43;
    private const int UnknownCommand = 0x02;
    private const long AnswerUs = 5000;

    private readonly byte[] _frame = new byte[64];
    private readonly byte[] _data = new byte[48];
    private int _dataLength;
    private int _state;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="air">The air at a time in microseconds.</param>
    public Sps30SerialPart(PartClock clock, Func<long, ParticulateMatter> air)
        : base(clock, 115_200, 10, 100, 32) => Core = new Sps30Core(clock, air);

    /// <summary>The inside.</summary>
    public Sps30Core Core { get; }

    /// <inheritdoc/>
    protected override void Restart() => Core.Restart();

    /// <inheritdoc/>
    protected override int Understand(ReadOnlySpan<byte> heard, long atUs)
    {
        if (heard[0] != Flag)
        {
            return 1;
        }

        int end = heard[1..].IndexOf(Flag);
        if (end < 0)
        {
            return 0;
        }

        if (end == 0)
        {
            return 1;
        }

        int length = Unstuff(heard.Slice(1, end), _frame);
        Span<byte> frame = _frame.AsSpan(0, length);
        int sum = 0;
        foreach (byte value in frame)
        {
            sum += value;
        }

        if (length >= 4 && (sum & 0xFF) == 0xFF && frame[0] == 0 && frame[2] == length - 4)
        {
            Hear(frame[1], frame[3..^1], atUs);
        }

        return end + 2;
    }

    /// <inheritdoc/>
    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        Span<byte> plain = stackalloc byte[_dataLength + 5];
        plain[0] = 0;
        plain[1] = (byte)command;
        plain[2] = (byte)_state;
        plain[3] = (byte)_dataLength;
        _data.AsSpan(0, _dataLength).CopyTo(plain[4..]);
        int sum = 0;
        foreach (byte value in plain[..^1])
        {
            sum += value;
        }

        plain[^1] = (byte)~sum;
        int at = 0;
        frame[at++] = Flag;
        foreach (byte value in plain)
        {
            if (value is Flag or Escape or 0x11 or 0x13)
            {
                frame[at++] = Escape;
                frame[at++] = (byte)(value ^ 0x20);
            }
            else
            {
                frame[at++] = value;
            }
        }

        frame[at++] = Flag;
        return at;
    }

    private static int Unstuff(ReadOnlySpan<byte> stuffed, Span<byte> plain)
    {
        int length = 0;
        for (int i = 0; i < stuffed.Length && length < plain.Length; i++)
        {
            plain[length++] = stuffed[i] == Escape && i + 1 < stuffed.Length ? (byte)(stuffed[++i] ^ 0x20) : stuffed[i];
        }

        return length;
    }

    private void Hear(int command, ReadOnlySpan<byte> data, long atUs)
    {
        _dataLength = 0;
        if (Core.Mode == Sps30Mode.Asleep)
        {
            if (command == 0x11)
            {
                Core.Wake();
                _state = 0;
                Answer(command, atUs + AnswerUs);
            }

            return;
        }

        _state = Execute(command, data);
        Answer(command, atUs + AnswerUs);
    }

    private int Execute(int command, ReadOnlySpan<byte> data)
    {
        switch (command)
        {
            case 0x00:
                return data.Length == 2 && data[0] == 1 && data[1] == 3 && Core.TryStart() ? 0 : NotAllowed;
            case 0x01:
                return Core.TryStop() ? 0 : NotAllowed;
            case 0x03:
                return ReadValues();
            case 0x10:
                return Core.TrySleep() ? 0 : NotAllowed;
            case 0x11:
                return NotAllowed;
            case 0x56:
                return Core.TryClean() ? 0 : NotAllowed;
            case 0xD0 when data.Length == 1 && data[0] == 0:
                Sps30Core.ProductType.CopyTo(_data);
                _data[8] = 0;
                _dataLength = 9;
                return 0;
            case 0xD2:
                BinaryPrimitives.WriteUInt32BigEndian(_data, Core.Status);
                _data[4] = 0;
                _dataLength = 5;
                return 0;
            default:
                return UnknownCommand;
        }
    }

    private int ReadValues()
    {
        if (Core.Mode != Sps30Mode.Measuring)
        {
            return NotAllowed;
        }

        if (Core.HasData)
        {
            Span<float> values = stackalloc float[10];
            Core.Read(values);
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleBigEndian(_data.AsSpan(4 * i), values[i]);
            }

            _dataLength = 40;
        }

        return 0;
    }
}
