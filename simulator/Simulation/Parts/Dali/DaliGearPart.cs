// DALI-2 control gear with D4i memory banks, as IEC 62386-102, -207, -252 and -253 describe it: what it does with forward frames, supply and bus. It
// knows nothing of who sends them. What is due by time (fades, levels after power on or bus failure) is worked out when somebody asks.
namespace Simulation.Parts.Dali;

/// <summary>One control gear with its lamp.</summary>
public sealed class DaliGearPart
{
    /// <summary>No short address.</summary>
    public const int NoAddress = 255;

    /// <summary>Time from mains to the first frame that it hears, in microseconds.</summary>
    public const long StartUs = 300_000;

    /// <summary>Time from mains to the power on level, in microseconds.</summary>
    public const long PowerOnUs = 600_000;

    /// <summary>How long the bus is low before the system failure level, in microseconds.</summary>
    public const long FailureUs = 500_000;

    private const int Mask = 255;
    private const long TwiceUs = 100_000;

    private static readonly int[] TwiceCommands = [0x20, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x81];

    private readonly PartClock _clock;
    private readonly Dictionary<int, byte[]> _latched = [];
    private long _fedUs;
    private bool _isFed = true;
    private bool _isPowerOnDue;
    private long _busLowUs = long.MaxValue;
    private int _from;
    private int _target;
    private long _fadeStartUs;
    private long _fadeUs;
    private int _lastFrame = -1;
    private long _lastEndUs;
    private bool _mayWrite;
    private bool _isTypeEnabled;
    private double _energyMicrowattHours;
    private long _energyUs;
    private double _gearSeconds;
    private double _lampSeconds;

    /// <summary>Makes gear that is fed and lit at full light.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="shortAddress">0 to 63, or <see cref="NoAddress"/>.</param>
    public DaliGearPart(PartClock clock, int shortAddress)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        ShortAddress = shortAddress;
        _target = _from = 254;
        _fedUs = clock.NowUs - 10_000_000;
        _energyUs = clock.NowUs;
    }

    /// <summary>Told after the light may have changed at a frame or at the supply.</summary>
    public Action? LightChanged { get; set; }

    /// <summary>Called before its memory banks are filled: whoever knows brings temperatures and supply voltage up to the moment.</summary>
    public Action? Refreshing { get; set; }

    /// <summary>Its short address.</summary>
    public int ShortAddress { get; set; }

    /// <summary>Its device types: LED, and energy and diagnostics of D4i.</summary>
    public int[] DeviceTypes { get; set; } = [6, 51, 52];

    /// <summary>Trade item number.</summary>
    public long TradeItemNumber { get; set; } = 7654321234567;

    /// <summary>Serial number.</summary>
    public long SerialNumber { get; set; } = 2;

    /// <summary>Whether it has the memory bank.</summary>
    public HashSet<int> Banks { get; } = [0, 1, 202, 205, 206];

    /// <summary>Whether its dimming curve is linear.</summary>
    public bool IsLinear { get; set; }

    /// <summary>Lowest level that it can do.</summary>
    public int MinimumLevel { get; set; } = 1;

    /// <summary>Level after mains came.</summary>
    public int PowerOnLevel { get; set; } = 254;

    /// <summary>Level after the bus was low.</summary>
    public int SystemFailureLevel { get; set; } = 254;

    /// <summary>Fade time, 0 to 15.</summary>
    public int FadeTime { get; set; }

    /// <summary>Whether it keeps what it is told.</summary>
    public bool IsUnteachable { get; set; }

    /// <summary>Whether it answers nothing; it hears all the same.</summary>
    public bool IsMute { get; set; }

    /// <summary>Whether it hears nothing: dead, or its wire is cut. What it does then is the bus failure's business.</summary>
    public bool IsDead { get; set; }

    /// <summary>Whether it answers every query with this byte; -1: the right one.</summary>
    public int WrongAnswer { get; set; } = -1;

    /// <summary>Whether its lamp is broken.</summary>
    public bool IsLampFailed { get; set; }

    /// <summary>Whether it reports that it is broken.</summary>
    public bool IsGearFailed { get; set; }

    /// <summary>Power at full light in watts.</summary>
    public double FullPowerWatts { get; set; } = 40;

    /// <summary>Power with the lamp dark in watts.</summary>
    public double StandbyPowerWatts { get; set; } = 0.4;

    /// <summary>Temperature of the gear in degrees.</summary>
    public int GearDegrees { get; set; } = 45;

    /// <summary>Temperature of the lamp in degrees.</summary>
    public int LampDegrees { get; set; } = 55;

    /// <summary>Supply voltage in volts.</summary>
    public double SupplyVolts { get; set; } = 230;

    /// <summary>Values that it does not support: location by bank * 256 + location, with their length.</summary>
    public Dictionary<int, int> Unsupported { get; } = [];

    /// <summary>Starts of the gear.</summary>
    public int GearStarts { get; private set; } = 10;

    /// <summary>Starts of the lamp.</summary>
    public int LampStarts { get; private set; } = 500;

    /// <summary>Writes to its permanent memory.</summary>
    public int SettingWrites { get; private set; }

    /// <summary>DTR0.</summary>
    public int Dtr0 { get; private set; }

    /// <summary>DTR1.</summary>
    public int Dtr1 { get; private set; }

    /// <summary>Whether no level came since it was fed.</summary>
    public bool HasPowerCycleSeen { get; private set; }

    /// <summary>Whether the last level was beyond what it can do.</summary>
    public bool HasLimitError { get; private set; }

    /// <summary>The level that it has now, 0 to 254.</summary>
    public int ActualLevel
    {
        get
        {
            Settle();
            long sinceUs = _clock.NowUs - _fadeStartUs;
            return sinceUs >= _fadeUs ? _target : _from + (int)((_target - _from) * sinceUs / _fadeUs);
        }
    }

    /// <summary>The light that comes out, in permille.</summary>
    public double LightPermille
    {
        get
        {
            int level = ActualLevel;
            if (!_isFed || IsLampFailed || IsGearFailed || level == 0)
            {
                return 0;
            }

            return IsLinear ? level * 1000.0 / 254 : 10 * Math.Pow(10, ((level - 1) / (253.0 / 3.0)) - 1);
        }
    }

    /// <summary>What gear and lamp draw, in watts.</summary>
    public double PowerWatts => _isFed ? StandbyPowerWatts + ((FullPowerWatts - StandbyPowerWatts) * LightPermille / 1000) : 0;

    /// <summary>Energy so far in watt-hours.</summary>
    public double EnergyWattHours
    {
        get
        {
            Accumulate();
            return _energyMicrowattHours / 1e6;
        }
    }

    /// <summary>When something happens by itself: the power on level, the system failure level; <see cref="long.MaxValue"/> for nothing.</summary>
    public long NextEventUs => _isFed && _isPowerOnDue ? _fedUs + PowerOnUs : _busLowUs == long.MaxValue || !_isFed ? long.MaxValue : _busLowUs + FailureUs;

    /// <summary>The mains come or go.</summary>
    public void SetFed(bool isFed)
    {
        if (isFed == _isFed)
        {
            return;
        }

        Accumulate();
        _isFed = isFed;
        if (isFed)
        {
            _fedUs = _clock.NowUs;
            _isPowerOnDue = true;
            HasPowerCycleSeen = true;
            GearStarts++;
            JumpTo(0);
        }

        _lastFrame = -1;
        _mayWrite = false;
        LightChanged?.Invoke();
    }

    /// <summary>The bus goes low or comes back.</summary>
    public void SetBusLow(bool isLow)
    {
        Settle();
        _busLowUs = isLow ? _clock.NowUs : long.MaxValue;
    }

    /// <summary>Hears a forward frame of 16 bits.</summary>
    /// <returns>Its answer, 0 to 255, or -1 for none.</returns>
    public int Hear(int frame, long startUs, long endUs)
    {
        if (!_isFed || IsDead || startUs < _fedUs + StartUs)
        {
            return -1;
        }

        Accumulate();
        bool isSecond = frame == _lastFrame && startUs - _lastEndUs <= TwiceUs;
        _lastFrame = isSecond ? -1 : frame;
        _lastEndUs = endUs;
        int answer = Obey(frame >> 8, frame & 255, isSecond);
        LightChanged?.Invoke();
        return answer < 0 || IsMute ? -1 : WrongAnswer >= 0 ? WrongAnswer : answer;
    }

    private int Obey(int first, int second, bool isSecond)
    {
        bool wasTypeEnabled = _isTypeEnabled;
        _isTypeEnabled = false;
        switch (first)
        {
            case 0xA3:
                Dtr0 = second;
                return -1;
            case 0xC3:
                Dtr1 = second;
                return -1;
            case 0xC1:
                _isTypeEnabled = second == 6 && DeviceTypes.Contains(6);
                _mayWrite = false;
                return -1;
            case 0xC7 or 0xC9:
                int written = Write(second);
                return first == 0xC7 ? written : -1;
        }

        bool isMine = (first & 0xFE) == 0xFE || ((first & 0x80) == 0 && (first >> 1) == ShortAddress);
        if (!isMine)
        {
            return -1;
        }

        if ((first & 1) == 0)
        {
            _mayWrite = false;
            GoTo(second);
            return -1;
        }

        if (second is not (0x81 or 0x98 or 0xC5))
        {
            _mayWrite = false;
        }

        if (TwiceCommands.Contains(second))
        {
            if (isSecond)
            {
                Store(second);
            }

            return -1;
        }

        return second == 0xEE ? (wasTypeEnabled ? (IsLinear ? 1 : 0) : -1) : Answer(second);
    }

    private void GoTo(int level)
    {
        if (level == Mask)
        {
            return;
        }

        HasPowerCycleSeen = false;
        _isPowerOnDue = false;
        int wanted = level == 0 ? 0 : Math.Clamp(level, MinimumLevel, 254);
        HasLimitError = wanted != level;
        int from = ActualLevel;
        if (from == 0 && wanted > 0)
        {
            LampStarts++;
        }

        _from = from == 0 && wanted > 0 ? MinimumLevel : from;
        _target = wanted;
        _fadeStartUs = _clock.NowUs;
        _fadeUs = FadeTime == 0 ? 0 : (long)(0.5 * Math.Sqrt(Math.Pow(2, FadeTime)) * 1e6);
    }

    private void JumpTo(int level)
    {
        _from = _target = level == 0 ? 0 : Math.Clamp(level, MinimumLevel, 254);
        _fadeUs = 0;
    }

    private void Store(int command)
    {
        switch (command)
        {
            case 0x81:
                _mayWrite = true;
                return;
            case 0x2C or 0x2D or 0x2E when IsUnteachable:
                return;
            case 0x2C:
                SystemFailureLevel = Dtr0;
                break;
            case 0x2D:
                PowerOnLevel = Dtr0;
                break;
            case 0x2E:
                FadeTime = Dtr0 & 15;
                break;
        }

        SettingWrites++;
    }

    private int Answer(int query)
    {
        int status = (IsGearFailed ? 1 : 0) | (IsLampFailed ? 2 : 0) | (LightPermille > 0 ? 4 : 0) | (HasLimitError ? 8 : 0)
            | (_clock.NowUs - _fadeStartUs < _fadeUs ? 16 : 0) | (HasPowerCycleSeen ? 128 : 0);
        return query switch
        {
            0x90 => status,
            0x91 => 255,
            0x92 => IsLampFailed ? 255 : -1,
            0x98 => Dtr0,
            0x99 => DeviceTypes.Length == 0 ? 254 : DeviceTypes.Length == 1 ? DeviceTypes[0] : Mask,
            0xA0 => ActualLevel,
            0xA3 => PowerOnLevel,
            0xA4 => SystemFailureLevel,
            0xA5 => (FadeTime << 4) | 7,
            0xC5 => Read(),
            _ => -1,
        };
    }

    private int Read()
    {
        if (!Banks.Contains(Dtr1))
        {
            return -1;
        }

        byte[] bank = _latched.TryGetValue(Dtr1, out byte[]? held) ? held : Content(Dtr1);
        int location = Dtr0;
        Dtr0 = Math.Min(Dtr0 + 1, 255);
        return location < bank.Length ? bank[location] : -1;
    }

    private int Write(int value)
    {
        if (!_mayWrite || !Banks.Contains(Dtr1))
        {
            return -1;
        }

        int location = Dtr0;
        Dtr0 = Math.Min(Dtr0 + 1, 255);
        if (location != 2 || Dtr1 < 202)
        {
            return -1;
        }

        if (value == 0xAA)
        {
            _latched[Dtr1] = Content(Dtr1);
        }
        else
        {
            _latched.Remove(Dtr1);
        }

        return value;
    }

    private byte[] Content(int bank)
    {
        Refreshing?.Invoke();
        byte[] bytes = bank switch
        {
            202 => new byte[0x10],
            205 => new byte[0x1D],
            206 => new byte[0x21],
            _ => new byte[0x1B],
        };
        bytes[0] = (byte)(bytes.Length - 1);
        bytes[2] = 0xFF;
        bytes[3] = 1;
        switch (bank)
        {
            case 0:
                Put(bytes, 3, 6, TradeItemNumber);
                Put(bytes, 9, 2, 0x0102);
                Put(bytes, 0x0B, 8, SerialNumber);
                break;
            case 202:
                bytes[4] = 0xFF;
                Put(bytes, 5, 6, (long)(_energyMicrowattHours / 1e5));
                bytes[0x0B] = 0xFD;
                Put(bytes, 0x0C, 4, (long)(PowerWatts * 1000));
                break;
            case 205:
                Put(bytes, 4, 4, (long)_gearSeconds);
                Put(bytes, 8, 3, GearStarts);
                Put(bytes, 0x0B, 2, (long)(SupplyVolts * 10));
                bytes[0x0D] = 50;
                bytes[0x0E] = 95;
                bytes[0x0F] = IsGearFailed ? (byte)1 : (byte)0;
                bytes[0x17] = GearDegrees > 90 ? (byte)1 : (byte)0;
                bytes[0x1B] = (byte)(GearDegrees + 60);
                bytes[0x1C] = (byte)(LightPermille / 10);
                break;
            case 206:
                Put(bytes, 7, 3, LampStarts);
                Put(bytes, 0x0E, 4, (long)_lampSeconds);
                Put(bytes, 0x12, 2, 600);
                Put(bytes, 0x14, 2, (long)(LightPermille * 0.7));
                bytes[0x16] = IsLampFailed ? (byte)1 : (byte)0;
                bytes[0x20] = (byte)(LampDegrees + 60);
                break;
        }

        foreach ((int key, int length) in Unsupported.Where(entry => entry.Key >> 8 == bank))
        {
            Array.Fill(bytes, (byte)0xFF, key & 255, length);
        }

        return bytes;
    }

    private static void Put(byte[] bytes, int location, int length, long value)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            bytes[location + i] = (byte)value;
            value >>= 8;
        }
    }

    /// <summary>Brings what happens by itself up to now.</summary>
    private void Settle()
    {
        if (_isFed && _isPowerOnDue && _clock.NowUs >= _fedUs + PowerOnUs)
        {
            _isPowerOnDue = false;
            JumpTo(PowerOnLevel);
        }

        if (_isFed && _busLowUs != long.MaxValue && _clock.NowUs >= _busLowUs + FailureUs)
        {
            _busLowUs = long.MaxValue;
            _isPowerOnDue = false;
            if (SystemFailureLevel != Mask)
            {
                JumpTo(SystemFailureLevel);
            }
        }
    }

    private void Accumulate()
    {
        long nowUs = _clock.NowUs;
        double seconds = (nowUs - _energyUs) / 1e6;
        if (seconds > 0 && _isFed)
        {
            _energyMicrowattHours += PowerWatts * seconds * 1e6 / 3600;
            _gearSeconds += seconds;
            _lampSeconds += LightPermille > 0 ? seconds : 0;
        }

        _energyUs = nowUs;
    }
}
