// A simulated Hi-Link HLK-LD2410 radar: reports ten times a second, takes commands in configuration mode, keeps settings in flash, drives OUT. What is in front
// of it is given from outside; gates, sensitivities and the time until nobody is there are the part's.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>What is in front of a radar.</summary>
/// <param name="MovingCentimetres">Distance of what moves; -1 when nothing does.</param>
/// <param name="MovingEnergy">Strength of its echo, 0 to 100.</param>
/// <param name="StillCentimetres">Distance of what stands; -1 when nothing does.</param>
/// <param name="StillEnergy">Strength of its echo, 0 to 100.</param>
public readonly record struct RadarView(int MovingCentimetres, int MovingEnergy, int StillCentimetres, int StillEnergy)
{
    /// <summary>Nobody.</summary>
    public static RadarView Empty { get; } = new(-1, 0, -1, 0);
}

/// <summary>An LD2410 at the level of its bytes: 256,000 baud; OUT as a digital input of the board.</summary>
public sealed class Ld2410Part : UartPart, IDigitalInput
{
    private const int GateCentimetres = 75;
    private const int Gates = 9;
    private const int ReportLength = 23;
    private const long IntervalUs = 100_000;
    private const long AnswerUs = 2_000;

    private readonly Func<long, RadarView> _view;
    private readonly byte[] _moving = [50, 50, 40, 30, 20, 15, 15, 15, 15];
    private readonly byte[] _still = [0, 0, 40, 40, 30, 30, 20, 20, 20];
    private bool _isConfiguring;
    private long _nextUs;
    private long _seenUs = long.MinValue / 2;

    /// <summary>Makes it, with the settings that it leaves the factory with.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="view">What is in front of it at a time in microseconds.</param>
    public Ld2410Part(PartClock clock, Func<long, RadarView> view)
        : base(clock, 256_000, 10, 45, 30)
    {
        _view = view;
        Restart();
    }

    // A report while nobody is there: state, two targets and the detection distance are at 8 to 16.
    private static ReadOnlySpan<byte> EmptyReport => [0xF4, 0xF3, 0xF2, 0xF1, 13, 0, 2, 0xAA, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x55, 0, 0xF8, 0xF7, 0xF6, 0xF5];

    /// <summary>The farthest gate in which something that moves counts.</summary>
    public int MovingGate { get; private set; } = 8;

    /// <summary>The farthest gate in which something that stands counts.</summary>
    public int StillGate { get; private set; } = 8;

    /// <summary>How long it says that somebody is there after it saw nobody any more, in seconds.</summary>
    public int NoOneSeconds { get; private set; } = 5;

    /// <summary>Sensitivities for what moves, by gate.</summary>
    public IReadOnlyList<byte> MovingSensitivities => _moving;

    /// <summary>Sensitivities for what stands, by gate.</summary>
    public IReadOnlyList<byte> StillSensitivities => _still;

    /// <summary>How often its flash was written.</summary>
    public int WriteCount { get; private set; }

    /// <summary>Whether it refuses to be configured.</summary>
    public bool RefusesCommands { get; set; }

    /// <summary>OUT: whether somebody is there or was a moment ago.</summary>
    public bool IsActive
    {
        get
        {
            if (!IsSupplied)
            {
                return false;
            }

            if (IsSeen(_view(Clock.NowUs)))
            {
                _seenUs = Clock.NowUs;
            }

            return Clock.NowUs - _seenUs <= NoOneSeconds * 1_000_000L;
        }
    }

    /// <inheritdoc/>
    protected override long NextReportUs => _isConfiguring ? long.MaxValue : _nextUs;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _isConfiguring = false;
        _nextUs = Clock.NowUs + IntervalUs;
        _seenUs = long.MinValue / 2;
    }

    /// <inheritdoc/>
    protected override void SkipReports(long untilUs) => _nextUs = NextInSteps(_nextUs, IntervalUs, untilUs);

    /// <inheritdoc/>
    protected override int MakeReports(long untilUs, Span<byte> frames, out long lastUs, out int length)
    {
        int count = 0;
        while (!_isConfiguring && _nextUs < untilUs && frames.Length >= LongestFrame)
        {
            frames = frames[MakeReport(_nextUs, frames)..];
            count++;
        }

        lastUs = _nextUs - IntervalUs;
        length = count * ReportLength;
        return count;
    }

    /// <inheritdoc/>
    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        _nextUs += IntervalUs;
        RadarView view = _view(atUs);
        EmptyReport.CopyTo(frame);
        bool isMoving = IsMovingSeen(view);
        bool isStill = IsStillSeen(view);
        if (isMoving || isStill)
        {
            frame[8] = (byte)((isMoving ? 1 : 0) | (isStill ? 2 : 0));
            WriteTarget(frame[9..], isMoving, view.MovingCentimetres, view.MovingEnergy);
            WriteTarget(frame[12..], isStill, view.StillCentimetres, view.StillEnergy);
            int detected = isMoving ? view.MovingCentimetres : view.StillCentimetres;
            frame[15] = (byte)detected;
            frame[16] = (byte)(detected >> 8);
        }

        return ReportLength;
    }

    /// <inheritdoc/>
    protected override int Understand(ReadOnlySpan<byte> heard, long atUs)
    {
        for (int i = 0; i < heard.Length && i < 4; i++)
        {
            if (heard[i] != 0xFD - i)
            {
                return 1;
            }
        }

        if (heard.Length < 6)
        {
            return 0;
        }

        int length = heard[4] | (heard[5] << 8);
        if (length is < 2 or > 20)
        {
            return 1;
        }

        if (heard.Length < length + 10)
        {
            return 0;
        }

        if (heard[(length + 6)..].SequenceEqual<byte>([4, 3, 2, 1]))
        {
            Obey(heard[6] | (heard[7] << 8), heard[8..(length + 6)], atUs);
        }

        return length + 10;
    }

    /// <inheritdoc/>
    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        ReadOnlySpan<byte> values = (command & 0xFF) switch
        {
            0xFF => [1, 0, 0x40, 0],
            0xA0 => [0, 1, 2, 1, 0x16, 0x24, 0x06, 0x22],
            0x61 => [0xAA, 8, (byte)MovingGate, (byte)StillGate, .. _moving, .. _still, (byte)NoOneSeconds, (byte)(NoOneSeconds >> 8)],
            _ => [],
        };
        bool isRefused = (command & 0x10000) != 0;
        values = isRefused ? [] : values;
        ReadOnlySpan<byte> head = [0xFD, 0xFC, 0xFB, 0xFA, (byte)(values.Length + 4), 0, (byte)command, 1, (byte)(isRefused ? 1 : 0), 0];
        head.CopyTo(frame);
        values.CopyTo(frame[10..]);
        ReadOnlySpan<byte> tail = [4, 3, 2, 1];
        tail.CopyTo(frame[(10 + values.Length)..]);
        return 14 + values.Length;
    }

    private void Obey(int command, ReadOnlySpan<byte> values, long atUs)
    {
        bool isRefused = RefusesCommands || (command != 0xFF && !_isConfiguring);
        Answer(command | (isRefused ? 0x10000 : 0), atUs + AnswerUs);
        if (isRefused)
        {
            return;
        }

        switch (command)
        {
            case 0xFF:
                _isConfiguring = true;
                break;
            case 0xFE:
                _isConfiguring = false;
                _nextUs = atUs + IntervalUs;
                break;
            case 0x60:
                (MovingGate, StillGate, NoOneSeconds) = (values[2], values[8], values[14] | (values[15] << 8));
                WriteCount++;
                break;
            case 0x64:
                _moving.AsSpan().Fill(values[8]);
                _still.AsSpan(2).Fill(values[14]);
                WriteCount++;
                break;
        }
    }

    private bool IsSeen(RadarView view) => IsMovingSeen(view) || IsStillSeen(view);

    private bool IsMovingSeen(RadarView view) => IsSeen(view.MovingCentimetres, view.MovingEnergy, MovingGate, _moving);

    private bool IsStillSeen(RadarView view) => IsSeen(view.StillCentimetres, view.StillEnergy, StillGate, _still);

    private static bool IsSeen(int centimetres, int energy, int farthestGate, byte[] sensitivities)
    {
        if (centimetres < 0)
        {
            return false;
        }

        int gate = centimetres / GateCentimetres;
        return gate <= farthestGate && gate < Gates && energy > sensitivities[gate];
    }

    private static void WriteTarget(Span<byte> frame, bool isSeen, int centimetres, int energy)
    {
        frame[0] = isSeen ? (byte)centimetres : (byte)0;
        frame[1] = isSeen ? (byte)(centimetres >> 8) : (byte)0;
        frame[2] = isSeen ? (byte)energy : (byte)0;
    }
}
