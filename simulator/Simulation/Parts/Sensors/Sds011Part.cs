// A simulated Nova Fitness SDS011: reports by itself until it is told to wait for questions, keeps that without supply; sleeps and wakes. The air is given from outside.
namespace Simulation.Parts.Sensors;

/// <summary>An SDS011 at the level of its bytes: 9600 baud, commands AA B4 ... AB of 19 bytes, answers of 10.</summary>
public sealed class Sds011Part : UartPart
{
    private const int Report = 0xC0;
    private const long IntervalUs = 1_000_000;
    private const long AnswerUs = 15_000;
    private const long SettlingUs = 15_000_000;

    private readonly Func<long, DustyAir> _air;
    private readonly int _number;
    private readonly byte[] _command = new byte[3];
    private long _nextUs;
    private long _wokenUs;
    private long _laserUs;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="air">The air at a time in microseconds.</param>
    /// <param name="number">Its own number.</param>
    public Sds011Part(PartClock clock, Func<long, DustyAir> air, int number)
        : base(clock, 9600, 10, 10, 19)
    {
        _air = air;
        _number = number;
        Restart();
    }

    /// <summary>Whether it sleeps.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Whether it waits for questions; kept without supply.</summary>
    public bool IsQuerying { get; private set; }

    /// <summary>How often its mode was written.</summary>
    public int ModeWriteCount { get; private set; }

    /// <summary>How long its laser was on, in microseconds.</summary>
    public long LaserUs => _laserUs + (IsSupplied && !IsAsleep ? Clock.NowUs - _wokenUs : 0);

    /// <inheritdoc/>
    protected override long NextReportUs => IsAsleep || IsQuerying ? long.MaxValue : _nextUs;

    /// <inheritdoc/>
    protected override void Restart() => Wake(Clock.NowUs);

    /// <inheritdoc/>
    protected override void SkipReports(long untilUs) => _nextUs = NextInSteps(_nextUs, IntervalUs, untilUs);

    /// <inheritdoc/>
    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        _nextUs += IntervalUs;
        return MakeValues(atUs, frame);
    }

    /// <inheritdoc/>
    protected override int Understand(ReadOnlySpan<byte> heard, long atUs)
    {
        if (heard[0] != 0xAA || (heard.Length > 1 && heard[1] != 0xB4))
        {
            return 1;
        }

        if (heard.Length < 19)
        {
            return 0;
        }

        int sum = 0;
        for (int i = 2; i < 17; i++)
        {
            sum += heard[i];
        }

        int number = (heard[15] << 8) | heard[16];
        if (heard[18] == 0xAB && heard[17] == (sum & 0xFF) && (number == 0xFFFF || number == _number))
        {
            Obey(heard, atUs);
        }

        return 19;
    }

    /// <inheritdoc/>
    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        if (command == 4)
        {
            return MakeValues(atUs, frame);
        }

        _command.CopyTo(frame[3..]);
        frame[2] = (byte)command;
        return Finish(frame, 0xC5);
    }

    private void Obey(ReadOnlySpan<byte> heard, long atUs)
    {
        bool isSet = heard[3] == 1;
        if (IsAsleep)
        {
            // Everything but the command to work is ignored.
            if (heard[2] != 6 || !isSet || heard[4] != 1)
            {
                return;
            }

            Wake(atUs);
        }

        (_command[0], _command[1], _command[2]) = (heard[3], heard[4], 0);
        switch (heard[2])
        {
            case 2:
                if (isSet)
                {
                    IsQuerying = heard[4] == 1;
                    ModeWriteCount++;
                }

                _command[1] = (byte)(IsQuerying ? 1 : 0);
                break;
            case 6:
                if (isSet && heard[4] == 0)
                {
                    _laserUs += atUs - _wokenUs;
                    IsAsleep = true;
                }

                break;
            case 7:
                (_command[0], _command[1], _command[2]) = (15, 7, 10);
                break;
            case 4:
                break;
            default:
                return;
        }

        Answer(heard[2], atUs + AnswerUs);
    }

    private void Wake(long atUs)
    {
        IsAsleep = false;
        _wokenUs = atUs;
        _nextUs = atUs + IntervalUs;
    }

    private int MakeValues(long atUs, Span<byte> frame)
    {
        // Before its air flows it sees less than there is.
        DustyAir air = _air(atUs);
        double part = Math.Clamp((atUs - _wokenUs) / (double)SettlingUs, 0, 1);
        int pm25 = (int)Math.Clamp(Math.Round(air.Pm25 * part), 0, 65535);
        int pm10 = (int)Math.Clamp(Math.Round(air.Pm10 * part), 0, 65535);
        (frame[2], frame[3], frame[4], frame[5]) = ((byte)pm25, (byte)(pm25 >> 8), (byte)pm10, (byte)(pm10 >> 8));
        return Finish(frame, Report);
    }

    private int Finish(Span<byte> frame, byte kind)
    {
        frame[0] = 0xAA;
        frame[1] = kind;
        frame[6] = (byte)(_number >> 8);
        frame[7] = (byte)_number;
        int sum = 0;
        for (int i = 2; i < 8; i++)
        {
            sum += frame[i];
        }

        frame[8] = (byte)sum;
        frame[9] = 0xAB;
        return 10;
    }
}
