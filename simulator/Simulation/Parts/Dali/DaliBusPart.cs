// A DALI bus at the level of its edges: the board's port at one end, control gear at it. Frames are read from the wave as it is on the wire, answers put
// together from the waves of all gear that answers at once. It knows nothing of the driver; nothing happens unless somebody asks.
using PoleController.Hal;
using Simulation.Engine;

namespace Simulation.Parts.Dali;

/// <summary>The bus (IEC 62386-101): 1,200 bit/s, Manchester, high at rest; any gear can pull it low.</summary>
public sealed class DaliBusPart : IDaliLine
{
    private const double BitUs = 1e6 / 1200;
    private const int QuietUs = 2000;

    private readonly PartClock _clock;
    private readonly RandomStream _noise;
    private readonly List<DaliGearPart> _gears = [];
    private readonly List<(long Start, long End)> _lows = [];
    private readonly List<int> _answer = [];
    private long _transmitEndUs = long.MinValue;
    private long _answerStartUs;
    private long _answerEndUs;

    /// <summary>Makes a bus with nothing at it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="noise">Jitter and delays.</param>
    public DaliBusPart(PartClock clock, RandomStream noise)
    {
        _clock = clock;
        _noise = noise;
    }

    /// <summary>What is wrong with it.</summary>
    public DaliTrouble Trouble { get; } = new();

    /// <summary>Forward frames that were understood, with the time at which each began in microseconds: bits, count of bits.</summary>
    public List<(long StartUs, int Frame, int Bits)> Frames { get; } = [];

    /// <summary>Whether <see cref="Frames"/> is kept; a fleet does without.</summary>
    public bool IsRecording { get; set; }

    /// <inheritdoc/>
    public bool IsTransmitting => Trouble.BoardHangs || _clock.NowUs < _transmitEndUs;

    /// <inheritdoc/>
    public bool IsLow { get; private set; }

    /// <summary>Gear at the bus.</summary>
    public IReadOnlyList<DaliGearPart> Gears => _gears;

    /// <summary>Puts gear at the bus.</summary>
    public void Connect(DaliGearPart gear) => _gears.Add(gear);

    /// <summary>Takes gear from the bus.</summary>
    public void Disconnect(DaliGearPart gear) => _gears.Remove(gear);

    /// <summary>The bus loses its supply or is shorted, or comes back.</summary>
    public void SetLow(bool isLow)
    {
        IsLow = isLow;
        foreach (DaliGearPart gear in _gears)
        {
            gear.SetBusLow(isLow);
        }
    }

    /// <summary>Another controller on the bus sends a frame; the board's port is not told.</summary>
    public void SendForeign(int frame) => Deliver(frame, _clock.NowUs, _clock.NowUs + 16000);

    /// <inheritdoc/>
    public bool TryTransmit(short[] durationsUs, int count)
    {
        ArgumentNullException.ThrowIfNull(durationsUs);
        if (Trouble.BoardRefuses || IsTransmitting || count % 2 == 0)
        {
            return false;
        }

        long timeUs = _clock.NowUs;
        List<long> edges = [timeUs];
        for (int i = 0; i < count; i++)
        {
            timeUs += durationsUs[i];
            edges.Add(timeUs + Jitter());
        }

        _transmitEndUs = timeUs;
        _answer.Clear();
        if (Trouble.BrokenFrames > 0)
        {
            Trouble.BrokenFrames--;
        }
        else if (!IsLow && TryReadFrame(edges, out int frame, out int bits))
        {
            if (IsRecording)
            {
                Frames.Add((edges[0], frame, bits));
            }

            if (bits == 16)
            {
                Deliver(frame, edges[0], timeUs);
                ComposeAnswer();
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public int Receive(short[] durationsUs, out int delayUs)
    {
        ArgumentNullException.ThrowIfNull(durationsUs);
        delayUs = 0;
        if (_answer.Count == 0 || Trouble.BoardDeaf || _clock.NowUs < _answerEndUs + QuietUs)
        {
            return 0;
        }

        delayUs = (int)(_answerStartUs - _transmitEndUs);
        int count = _answer.Count;
        for (int i = 0; i < count && i < durationsUs.Length; i++)
        {
            durationsUs[i] = (short)Math.Min(_answer[i], short.MaxValue);
        }

        _answer.Clear();
        return count > durationsUs.Length ? -1 : count;
    }

    /// <summary>Reads a frame by looking at the wave in the middle of every half bit, as a sampling receiver does.</summary>
    private static bool TryReadFrame(List<long> edges, out int frame, out int bits)
    {
        double lengthUs = edges[^1] - edges[0];
        int halves = (int)Math.Round(lengthUs / (BitUs / 2));
        bits = ((halves + 1) / 2) - 1;
        frame = 0;
        for (int i = 0; i <= bits; i++)
        {
            bool first = IsHighAt(edges, edges[0] + ((i + 0.25) * BitUs));
            bool second = IsHighAt(edges, edges[0] + ((i + 0.75) * BitUs));
            if (first == second || (i == 0 && !second))
            {
                return false;
            }

            frame = i == 0 ? 0 : (frame << 1) | (second ? 1 : 0);
        }

        return true;
    }

    private static bool IsHighAt(List<long> edges, double timeUs)
    {
        int passed = 0;
        while (passed < edges.Count && edges[passed] <= timeUs)
        {
            passed++;
        }

        return passed % 2 == 0;
    }

    private void Deliver(int frame, long startUs, long endUs)
    {
        _lows.Clear();
        foreach (DaliGearPart gear in _gears)
        {
            int answer = gear.Hear(frame, startUs, endUs);
            if (answer >= 0)
            {
                AddAnswer(answer, endUs);
            }
        }
    }

    private void AddAnswer(int answer, long forwardEndUs)
    {
        long delayUs = Trouble.AnswerDelayUs > 0 ? Trouble.AnswerDelayUs : 5500 + _noise.Next(5000);
        double halfUs = BitUs / 2;
        double startUs = forwardEndUs + delayUs;
        for (int i = 0; i <= 8; i++)
        {
            bool isOne = i == 0 || ((answer >> (8 - i)) & 1) != 0;
            double lowUs = startUs + (((2 * i) + (isOne ? 0 : 1)) * halfUs);
            _lows.Add(((long)lowUs + Jitter(), (long)(lowUs + halfUs) + Jitter()));
        }
    }

    /// <summary>What the board measures: low wherever any gear pulls low.</summary>
    private void ComposeAnswer()
    {
        if (_lows.Count == 0)
        {
            return;
        }

        _lows.Sort();
        long lowUs = _lows[0].Start;
        long highUs = _lows[0].End;
        _answerStartUs = lowUs;
        foreach ((long start, long end) in _lows.Skip(1))
        {
            // Halves that touch are one; jitter must not make an edge of it.
            if (start <= highUs + 100)
            {
                highUs = Math.Max(highUs, end);
                continue;
            }

            _answer.Add((int)(highUs - lowUs));
            _answer.Add((int)(start - highUs));
            lowUs = start;
            highUs = end;
        }

        _answer.Add((int)(highUs - lowUs));
        _answerEndUs = highUs;
        Spoil();
    }

    private void Spoil()
    {
        if (Trouble.BrokenAnswers > 0 && _answer.Count >= 3)
        {
            Trouble.BrokenAnswers--;
            _answer[0] += _answer[1] + _answer[2];
            _answer.RemoveRange(1, 2);
        }

        if (Trouble.NoisyAnswers > 0)
        {
            Trouble.NoisyAnswers--;
            while (_answer.Count < 61)
            {
                _answer.Add(50);
            }
        }
    }

    private int Jitter() => Trouble.JitterUs == 0 ? 0 : _noise.Next((2 * Trouble.JitterUs) + 1) - Trouble.JitterUs;
}
