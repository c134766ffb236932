// What simulated parts on a UART have in common: when they speak, what they hear. What the bytes mean is the part's. A part does nothing by itself: what it
// has said since it was last looked at is made when somebody looks.
namespace Simulation.Parts.Sensors;

/// <summary>
/// A simulated part that speaks on a UART: frames of its own (reports) and one answer at a time. A command that comes before the last answer has left takes
/// that answer's place.
/// </summary>
public abstract class UartPart
{
    private readonly byte[] _heard;
    private int _heardCount;
    private int _answerTo = -1;
    private long _answerUs = long.MaxValue;
    private bool _isSupplied = true;

    /// <summary>Makes a part with supply.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="baudRate">Its speed.</param>
    /// <param name="bitsPerByte">Bits on the line for a byte: 10, with parity 11.</param>
    /// <param name="longestFrame">Its longest frame in bytes.</param>
    /// <param name="longestCommand">The longest command it understands in bytes; 0 for a part that listens to nobody.</param>
    protected UartPart(PartClock clock, int baudRate, int bitsPerByte, int longestFrame, int longestCommand)
    {
        Clock = clock;
        BaudRate = baudRate;
        BitsPerByte = bitsPerByte;
        LongestFrame = longestFrame;
        _heard = new byte[longestCommand];
    }

    /// <summary>Its speed.</summary>
    public int BaudRate { get; protected set; }

    /// <summary>Bits on the line for a byte.</summary>
    public int BitsPerByte { get; }

    /// <summary>Its longest frame in bytes.</summary>
    public int LongestFrame { get; }

    /// <summary>Whether it has supply. When it comes the part starts anew.</summary>
    public bool IsSupplied
    {
        get => _isSupplied;
        set
        {
            if (_isSupplied == value)
            {
                return;
            }

            _isSupplied = value;
            _heardCount = 0;
            _answerUs = long.MaxValue;
            if (value)
            {
                Restart();
            }
        }
    }

    /// <summary>When it begins its next frame; <see cref="long.MaxValue"/> when it has none to send.</summary>
    internal long NextFrameUs => _isSupplied ? Math.Min(_answerUs, NextReportUs) : long.MaxValue;

    /// <summary>The time.</summary>
    protected PartClock Clock { get; }

    /// <summary>When it begins its next report.</summary>
    protected virtual long NextReportUs => long.MaxValue;

    /// <summary>Everything is as after the supply came, at the clock's time.</summary>
    protected abstract void Restart();

    /// <summary>Makes the report due at <see cref="NextReportUs"/> and goes on to the next one.</summary>
    /// <returns>Its length.</returns>
    protected virtual int MakeReport(long atUs, Span<byte> frame) => throw new InvalidOperationException("This part has no reports.");

    /// <summary>
    /// Makes the reports due before a moment, one behind the other, as long as there is room for the longest frame. A part whose reports are equally long and come so
    /// seldom that each has left before the next is due may make them in one go.
    /// </summary>
    /// <param name="untilUs">The moment.</param>
    /// <param name="frames">Takes them.</param>
    /// <param name="lastUs">When the last of them was due.</param>
    /// <param name="length">Their length together.</param>
    /// <returns>How many; 0 by a part that makes them one by one.</returns>
    protected virtual int MakeReports(long untilUs, Span<byte> frames, out long lastUs, out int length)
    {
        lastUs = 0;
        length = 0;
        return 0;
    }

    /// <summary>Goes on to the first report at or after a moment: nobody hears those before. At the same cost however many they are.</summary>
    protected virtual void SkipReports(long untilUs)
    {
    }

    /// <summary>Looks for a command in what was heard.</summary>
    /// <param name="heard">Bytes that are not understood yet.</param>
    /// <param name="atUs">When the last of them had arrived.</param>
    /// <returns>How many of them are done with; 0 when a command is not whole yet.</returns>
    protected virtual int Understand(ReadOnlySpan<byte> heard, long atUs) => heard.Length;

    /// <summary>Makes the answer to a command.</summary>
    /// <param name="command">What <see cref="Answer"/> was given.</param>
    /// <param name="atUs">When it begins.</param>
    /// <param name="frame">Takes it.</param>
    /// <returns>Its length.</returns>
    protected virtual int MakeAnswer(int command, long atUs, Span<byte> frame) => throw new InvalidOperationException("This part answers nothing.");

    /// <summary>Says that a command will be answered.</summary>
    protected void Answer(int command, long atUs)
    {
        _answerTo = command;
        _answerUs = atUs;
    }

    /// <summary>The first of equal steps in time that is not before a moment.</summary>
    protected static long NextInSteps(long nextUs, long intervalUs, long untilUs) =>
        nextUs >= untilUs ? nextUs : nextUs + ((untilUs - nextUs + intervalUs - 1) / intervalUs * intervalUs);

    /// <summary>Hears bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="atUs">When the last of them has arrived.</param>
    internal void Hear(ReadOnlySpan<byte> bytes, long atUs)
    {
        if (!_isSupplied || _heard.Length == 0)
        {
            return;
        }

        foreach (byte value in bytes)
        {
            if (_heardCount == _heard.Length)
            {
                Forget(1);
            }

            _heard[_heardCount++] = value;
            int done;
            while (_heardCount > 0 && (done = Understand(_heard.AsSpan(0, _heardCount), atUs)) > 0)
            {
                Forget(done);
            }
        }
    }

    /// <summary>Makes the frame due at <see cref="NextFrameUs"/>.</summary>
    /// <returns>Its length.</returns>
    internal int MakeFrame(Span<byte> frame)
    {
        if (_answerUs > NextReportUs)
        {
            return MakeReport(NextReportUs, frame);
        }

        long atUs = _answerUs;
        _answerUs = long.MaxValue;
        return MakeAnswer(_answerTo, atUs, frame);
    }

    /// <summary>Makes the reports due before a moment in one go, where the part can and no answer is due.</summary>
    /// <returns>How many.</returns>
    internal int MakeFrames(long untilUs, Span<byte> frames, out long lastUs, out int length)
    {
        lastUs = 0;
        length = 0;
        return _isSupplied && _answerUs >= untilUs ? MakeReports(untilUs, frames, out lastUs, out length) : 0;
    }

    /// <summary>Goes on to the first report at or after a moment.</summary>
    internal void Skip(long untilUs)
    {
        if (_isSupplied && NextReportUs < untilUs)
        {
            SkipReports(untilUs);
        }
    }

    private void Forget(int count)
    {
        _heard.AsSpan(count, _heardCount - count).CopyTo(_heard);
        _heardCount -= count;
    }
}
