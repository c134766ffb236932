// An SCD41 as its data sheet describes it (Sensirion SCD4x, version 1.6): idle, asleep or measuring, single and periodic measurements, pressure. What it
// says is too high or low by how far the pressure set is from the true one, and wrong in the first single measurement after a start.
namespace Simulation.Parts.Sensors;

/// <summary>A simulated SCD41, or an SCD40 where it is made as one.</summary>
public sealed class Scd41Part : SensirionPart
{
    private const int DefaultHectopascals = 1013;
    private const long SingleUs = 5_000_000;
    private const long LowPowerUs = 30_000_000;
    private const long PeriodicUs = 5_000_000;

    private readonly Func<long, double> _carbonDioxidePpm;
    private readonly Func<long, double> _temperatureCelsius;
    private readonly Func<long, double> _humidityPercent;
    private readonly int _variant;
    private int _hectopascals;
    private bool _isAsleep;
    private long _periodUs;
    private long _dataUs;
    private bool _isFirst;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="carbonDioxidePpm">Carbon dioxide at a time in microseconds.</param>
    /// <param name="temperatureCelsius">Temperature.</param>
    /// <param name="humidityPercent">Relative humidity.</param>
    /// <param name="isScd40">Whether it is the lesser type behind the same address.</param>
    public Scd41Part(
        PartClock clock,
        Func<long, double> carbonDioxidePpm,
        Func<long, double> temperatureCelsius,
        Func<long, double> humidityPercent,
        bool isScd40 = false)
        : base(clock)
    {
        _carbonDioxidePpm = carbonDioxidePpm;
        _temperatureCelsius = temperatureCelsius;
        _humidityPercent = humidityPercent;
        _variant = isScd40 ? 0x0440 : 0x1440;
        Restart();
    }

    /// <summary>The true air pressure in pascals.</summary>
    public double PressurePascals { get; set; } = 101_300;

    /// <summary>What the part was told, in hectopascals.</summary>
    public int SetHectopascals => _hectopascals;

    /// <summary>Whether the part measures without an end.</summary>
    public bool IsPeriodic => _periodUs > 0;

    /// <inheritdoc/>
    protected override bool IsAwake => !_isAsleep;

    private bool IsScd41 => _variant >> 12 == 1;

    /// <inheritdoc/>
    public override void Restart()
    {
        base.Restart();
        _hectopascals = DefaultHectopascals;
        _isAsleep = false;
        _periodUs = 0;
        _dataUs = long.MaxValue;
        _isFirst = true;
        Busy(30_000);
    }

    /// <inheritdoc/>
    protected override void WakeBy(int command) => _isAsleep = command != 0x36F6;

    /// <inheritdoc/>
    protected override bool IsSilentAbout(int command) => command == 0x36F6;

    /// <inheritdoc/>
    protected override bool Execute(int command, ReadOnlySpan<int> words)
    {
        switch (command)
        {
            case 0x3F86:
                _periodUs = 0;
                Busy(500_000);
                return true;
            case 0xE4B8:
                Answer(NowUs >= _dataUs ? 0x8006 : 0x8000);
                Busy(1000);
                return true;
            case 0xEC05:
                return ReadMeasurement();
            case 0xE000 when words.Length == 1:
                _hectopascals = words[0];
                Busy(1000);
                return true;
            case 0xE000:
                Answer(_hectopascals);
                Busy(1000);
                return true;
            default:
                return !IsPeriodic && ExecuteIdle(command);
        }
    }

    private bool ExecuteIdle(int command)
    {
        switch (command)
        {
            case 0x21B1:
                StartPeriodic(PeriodicUs);
                return true;
            case 0x21AC:
                StartPeriodic(LowPowerUs);
                return true;
            case 0x202F:
                Answer(_variant);
                Busy(1000);
                return true;
            case 0x3682:
                Answer(0xF896);
                Answer(0x9F07);
                Answer(0x3BBE);
                Busy(1000);
                return true;
            case 0x219D when IsScd41:
                _dataUs = NowUs + SingleUs;
                Busy(SingleUs);
                return true;
            case 0x36E0 when IsScd41:
                _isAsleep = true;
                return true;
            case 0x36F6 when IsScd41:
                return true;
            default:
                return false;
        }
    }

    private void StartPeriodic(long periodUs)
    {
        _periodUs = periodUs;
        _dataUs = NowUs + periodUs;
    }

    private bool ReadMeasurement()
    {
        if (NowUs < _dataUs)
        {
            // No data: the command is taken, the read is not acknowledged.
            return true;
        }

        long atUs = IsPeriodic ? NowUs - ((NowUs - _dataUs) % _periodUs) : _dataUs;
        double first = _isFirst ? 1.2 : 1;
        double ppm = _carbonDioxidePpm(atUs) * (PressurePascals / 100 / _hectopascals) * first;
        Answer((int)Math.Clamp(Math.Round(ppm), 0, 40_000));
        Answer((int)Math.Clamp(Math.Round((_temperatureCelsius(atUs) + 45) / 175 * 65535), 0, 65535));
        Answer((int)Math.Clamp(Math.Round(_humidityPercent(atUs) / 100 * 65535), 0, 65535));
        Busy(1000);
        _isFirst = false;
        _dataUs = IsPeriodic ? atUs + _periodUs : long.MaxValue;
        return true;
    }
}
