// The inside of an SPS30, whatever bus it is on: states, a value a second, settling, fan cleaning, status (Sensirion SPS30, version 1.0). How it is
// spoken to is Sps30Part's (I2C) and Sps30SerialPart's (UART).
namespace Simulation.Parts.Sensors;

/// <summary>State of an SPS30.</summary>
public enum Sps30Mode
{
    /// <summary>Waits for commands.</summary>
    Idle,

    /// <summary>Hears nothing but a waking.</summary>
    Asleep,

    /// <summary>Fan and laser run.</summary>
    Measuring,
}

/// <summary>A simulated SPS30 without its bus.</summary>
public sealed class Sps30Core
{
    private const long SecondUs = 1_000_000;
    private const long CleaningUs = 10 * SecondUs;

    private readonly PartClock _clock;
    private readonly Func<long, ParticulateMatter> _air;
    private long _startedUs;
    private long _cleanUntilUs;
    private long _readSecond;

    /// <summary>Makes it, just supplied.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="air">The air at a time in microseconds.</param>
    public Sps30Core(PartClock clock, Func<long, ParticulateMatter> air)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _air = air;
    }

    /// <summary>The product type as the part says it.</summary>
    public static ReadOnlySpan<byte> ProductType => "00080000"u8;

    /// <summary>Its state.</summary>
    public Sps30Mode Mode { get; private set; }

    /// <summary>Whether the fan is blocked: no values, and the status says so.</summary>
    public bool IsFanBlocked { get; set; }

    /// <summary>Whether the laser's current is out of range.</summary>
    public bool IsLaserWorn { get; set; }

    /// <summary>Fan cleanings so far.</summary>
    public int CleaningCount { get; private set; }

    /// <summary>How long fan and laser have run, in microseconds, up to the last stop.</summary>
    public long RunUs { get; private set; }

    /// <summary>Device status: fan failure (4), laser failure (5), fan speed out of range (21).</summary>
    public uint Status => (IsFanBlocked && Mode == Sps30Mode.Measuring ? 0x10u : 0) | (IsLaserWorn ? 0x20u : 0);

    /// <summary>Whether a value waits that was not read.</summary>
    public bool HasData => Mode == Sps30Mode.Measuring && !IsFanBlocked && _clock.NowUs >= _cleanUntilUs && Second > _readSecond;

    private long Second => (_clock.NowUs - _startedUs) / SecondUs;

    /// <summary>Everything is as after the supply came.</summary>
    public void Restart() => Mode = Sps30Mode.Idle;

    /// <summary>Wakes.</summary>
    public void Wake() => Mode = Mode == Sps30Mode.Asleep ? Sps30Mode.Idle : Mode;

    /// <summary>Goes to sleep.</summary>
    /// <returns>False when it does not rest.</returns>
    public bool TrySleep()
    {
        bool isIdle = Mode == Sps30Mode.Idle;
        Mode = isIdle ? Sps30Mode.Asleep : Mode;
        return isIdle;
    }

    /// <summary>Begins to measure.</summary>
    /// <returns>False when it does not rest.</returns>
    public bool TryStart()
    {
        if (Mode != Sps30Mode.Idle)
        {
            return false;
        }

        Mode = Sps30Mode.Measuring;
        _startedUs = _clock.NowUs;
        _cleanUntilUs = 0;
        _readSecond = 0;
        return true;
    }

    /// <summary>Ends the measurement.</summary>
    /// <returns>False when there was none.</returns>
    public bool TryStop()
    {
        if (Mode != Sps30Mode.Measuring)
        {
            return false;
        }

        RunUs += _clock.NowUs - _startedUs;
        Mode = Sps30Mode.Idle;
        return true;
    }

    /// <summary>Cleans the fan.</summary>
    /// <returns>False when it does not measure.</returns>
    public bool TryClean()
    {
        if (Mode != Sps30Mode.Measuring)
        {
            return false;
        }

        CleaningCount++;
        _cleanUntilUs = _clock.NowUs + CleaningUs;
        return true;
    }

    /// <summary>Takes the ten numbers: four mass concentrations, five number concentrations, the typical size.</summary>
    public void Read(Span<float> values)
    {
        _readSecond = Second;
        ParticulateMatter air = _air(_clock.NowUs);

        // While fan and optics settle too little is seen: nothing at first, all after 8 s.
        double share = Math.Clamp((_clock.NowUs - _startedUs) / (8.0 * SecondUs), 0, 1);
        values[0] = (float)(air.Pm1 * share);
        values[1] = (float)(air.Pm25 * share);
        values[2] = (float)(air.Pm4 * share);
        values[3] = (float)(air.Pm10 * share);
        for (int i = 4; i < 9; i++)
        {
            values[i] = (float)(air.Pm25 * share * 7);
        }

        values[9] = 0.6f;
    }
}
