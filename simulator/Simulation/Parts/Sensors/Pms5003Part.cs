// A simulated Plantower PMS5003: sends by itself after its supply came, until it is told not to; sleeps and wakes. The air is given from outside.
namespace Simulation.Parts.Sensors;

/// <summary>The air that a particulate sensor breathes, in whole tenths of a microgram per cubic metre.</summary>
/// <param name="Pm1">PM1.</param>
/// <param name="Pm25">PM2.5.</param>
/// <param name="Pm10">PM10.</param>
public readonly record struct DustyAir(int Pm1, int Pm25, int Pm10);

/// <summary>A PMS5003 at the level of its bytes: 9600 baud, frames and commands that begin with 42 4D.</summary>
public sealed class Pms5003Part : UartPart
{
    private const int ModeCommand = 0xE1;
    private const int ReadCommand = 0xE2;
    private const int SleepCommand = 0xE4;
    private const long IntervalUs = 800_000;
    private const long AnswerUs = 20_000;
    private const long SettlingUs = 25_000_000;

    private readonly Func<long, DustyAir> _air;
    private readonly int _length;
    private long _nextUs;
    private long _wokenUs;
    private long _asleepSinceUs = -1;
    private long _laserUs;
    private bool _isPassive;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="air">The air at a time in microseconds.</param>
    /// <param name="length">Length that its frames state: 28; 36 is a PMS5003ST, 20 a PMS3003.</param>
    public Pms5003Part(PartClock clock, Func<long, DustyAir> air, int length = 28)
        : base(clock, 9600, 10, length + 4, 7)
    {
        _air = air;
        _length = length;
        Restart();
    }

    /// <summary>Whether it sleeps.</summary>
    public bool IsAsleep => _asleepSinceUs >= 0;

    /// <summary>How long its laser was on, in microseconds.</summary>
    public long LaserUs => _laserUs + (IsSupplied && !IsAsleep ? Clock.NowUs - _wokenUs : 0);

    /// <inheritdoc/>
    protected override long NextReportUs => IsAsleep || _isPassive ? long.MaxValue : _nextUs;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _isPassive = false;
        Wake(Clock.NowUs);
    }

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
        if (heard[0] != 0x42 || (heard.Length > 1 && heard[1] != 0x4D))
        {
            return 1;
        }

        if (heard.Length < 7)
        {
            return 0;
        }

        int sum = 0;
        for (int i = 0; i < 5; i++)
        {
            sum += heard[i];
        }

        if (sum == ((heard[5] << 8) | heard[6]))
        {
            Obey(heard[2], heard[4], atUs);
        }

        return 7;
    }

    /// <inheritdoc/>
    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        if (command == ReadCommand)
        {
            return MakeValues(atUs, frame);
        }

        frame[4] = (byte)(command >> 8);
        frame[5] = (byte)command;
        return Finish(frame, 4);
    }

    private void Obey(int command, int data, long atUs)
    {
        // Asleep it hears nothing but the command to wake up.
        if (IsAsleep)
        {
            if (command == SleepCommand && data == 1)
            {
                Wake(atUs);
            }

            return;
        }

        switch (command)
        {
            case ModeCommand:
                _isPassive = data == 0;
                Answer((command << 8) | data, atUs + AnswerUs);
                break;
            case ReadCommand when _isPassive:
                Answer(command, atUs + AnswerUs);
                break;
            case SleepCommand when data == 0:
                _laserUs += atUs - _wokenUs;
                _asleepSinceUs = atUs;
                Answer(command << 8, atUs + AnswerUs);
                break;
        }
    }

    private void Wake(long atUs)
    {
        _asleepSinceUs = -1;
        _wokenUs = atUs;
        _nextUs = atUs + IntervalUs;
    }

    private int MakeValues(long atUs, Span<byte> frame)
    {
        // Before its air flows it sees less than there is.
        DustyAir air = _air(atUs);
        double part = Math.Clamp((atUs - _wokenUs) / (double)SettlingUs, 0, 1);
        frame[..(_length + 4)].Clear();
        for (int i = 0; i < 2; i++)
        {
            WriteWord(frame, 4 + (6 * i), air.Pm1 * part);
            WriteWord(frame, 6 + (6 * i), air.Pm25 * part);
            WriteWord(frame, 8 + (6 * i), air.Pm10 * part);
        }

        return Finish(frame, _length);
    }

    private static void WriteWord(Span<byte> frame, int offset, double tenths)
    {
        int value = (int)Math.Clamp(Math.Round(tenths / 10), 0, 65535);
        frame[offset] = (byte)(value >> 8);
        frame[offset + 1] = (byte)value;
    }

    private static int Finish(Span<byte> frame, int length)
    {
        frame[0] = 0x42;
        frame[1] = 0x4D;
        frame[2] = 0;
        frame[3] = (byte)length;
        int sum = 0;
        for (int i = 0; i < length + 2; i++)
        {
            sum += frame[i];
        }

        frame[length + 2] = (byte)(sum >> 8);
        frame[length + 3] = (byte)sum;
        return length + 4;
    }
}
