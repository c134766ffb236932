// A simulated Chipsea CSE7766 energy meter: sends by itself. What it measures is given from outside.
namespace Simulation.Parts.Sensors;

/// <summary>A CSE7766 at the level of its bytes: 4800 baud with even parity, a frame of 24 bytes every 55 ms.</summary>
public sealed class Cse7766Part : UartPart
{
    // Coefficients of a recorded chip (arendst/Tasmota, xnrg_02_cse7766.ino).
    private const int VoltageCoefficient = 0x02F760;
    private const int CurrentCoefficient = 0x004010;
    private const int PowerCoefficient = 0x51A658;
    private const long IntervalUs = 55_000;
    private const int PowerValid = 0x10;
    private const int CurrentValid = 0x20;
    private const int VoltageValid = 0x40;

    private readonly IMeteredLoad _load;
    private double _energyAtRestart;
    private long _nextUs;
    private long _lastPulseUs;
    private int _powerCycle;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="load">What it measures.</param>
    public Cse7766Part(PartClock clock, IMeteredLoad load)
        : base(clock, 4800, 11, 24, 0)
    {
        ArgumentNullException.ThrowIfNull(load);
        _load = load;
        Restart();
    }

    /// <summary>Whether its coefficients are damaged.</summary>
    public bool IsDefect { get; set; }

    /// <summary>Whether it was never calibrated.</summary>
    public bool IsUncalibrated { get; set; }

    /// <inheritdoc/>
    protected override long NextReportUs => _nextUs;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _nextUs = Clock.NowUs + IntervalUs;
        _energyAtRestart = _load.EnergyMilliwattHours;
        _lastPulseUs = Clock.NowUs;
    }

    /// <inheritdoc/>
    protected override void SkipReports(long untilUs)
    {
        _nextUs = NextInSteps(_nextUs, IntervalUs, untilUs);

        // Pulses came meanwhile; the last one's time matters only for loads of a few watts.
        _lastPulseUs = Math.Max(_lastPulseUs, _nextUs - IntervalUs);
    }

    /// <inheritdoc/>
    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        _nextUs += IntervalUs;
        double watts = _load.PowerMilliwatts / 1000.0;
        double volts = _load.VoltageMillivolts / 1000.0;
        double amperes = volts > 0 ? watts / volts * 1000 / _load.PowerFactorPermille : 0;
        double cycleUs = watts > 0 ? PowerCoefficient / watts : double.PositiveInfinity;
        bool hasPulse = atUs - _lastPulseUs >= cycleUs;
        if (hasPulse)
        {
            _powerCycle = (int)Math.Round(cycleUs);
            _lastPulseUs = atUs;
        }

        int ranges = (IsDefect ? 1 : 0) | (cycleUs > 0xFFFFFF ? 2 : 0) | (amperes * 0xFFFFFF < CurrentCoefficient ? 4 : 0);
        frame[0] = (byte)(IsUncalibrated ? 0xAA : ranges == 0 ? 0x55 : 0xF0 | ranges);
        frame[1] = 0x5A;
        Write24(frame, 2, VoltageCoefficient);
        Write24(frame, 5, volts > 0 ? VoltageCoefficient / volts : 0xFFFFFF);
        Write24(frame, 8, CurrentCoefficient);
        Write24(frame, 11, amperes * 0xFFFFFF > CurrentCoefficient ? CurrentCoefficient / amperes : 0xFFFFFF);
        Write24(frame, 14, PowerCoefficient);
        Write24(frame, 17, _powerCycle);
        long pulses = (long)((_load.EnergyMilliwattHours - _energyAtRestart) * 3_600_000 / PowerCoefficient);
        frame[20] = (byte)(1 | VoltageValid | CurrentValid | (hasPulse ? PowerValid : 0) | ((pulses & 0x10000) != 0 ? 0x80 : 0));
        frame[21] = (byte)(pulses >> 8);
        frame[22] = (byte)pulses;
        int sum = 0;
        for (int i = 2; i < 23; i++)
        {
            sum += frame[i];
        }

        frame[23] = (byte)sum;
        return 24;
    }

    private static void Write24(Span<byte> frame, int offset, double value)
    {
        int counts = (int)Math.Round(value);
        frame[offset] = (byte)(counts >> 16);
        frame[offset + 1] = (byte)(counts >> 8);
        frame[offset + 2] = (byte)counts;
    }
}
