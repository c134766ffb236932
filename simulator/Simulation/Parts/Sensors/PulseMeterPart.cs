// A simulated Belling BL0937 energy meter, its optocoupler and the counter that its pulses come to. What it measures is given from outside.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>
/// A BL0937 at the level of its pulses: each stands for the same energy, and what is not yet a whole pulse is kept. The counter belongs to the chip of the controller: it
/// begins at 0 with it, the meter goes on.
/// </summary>
public sealed class PulseMeterPart : IPulseCounter
{
    // Data sheet V1.02: F(CF) = 1721506 V(I) V(V) / Vref^2; shunt of 1 milli-ohm, divider of 5 x 470 kilo-ohms over 1 kilo-ohm.
    private const double ReferenceVolts = 1.218;
    private const double ShuntOhms = 0.001;
    private const double Divider = 1_000.0 / ((5 * 470_000) + 1_000);
    private const double HertzPerWatt = 1_721_506 * ShuntOhms * Divider / (ReferenceVolts * ReferenceVolts);
    private const double PulsesPerMicrojoule = HertzPerWatt / 1e6;

    private readonly PartClock _clock;
    private readonly IMeteredLoad _load;
    private long _energyMicrojoules;
    private long _untilUs;
    private double _pulseShare;
    private double _noiseShare;
    private long _counted;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="load">What it measures.</param>
    public PulseMeterPart(PartClock clock, IMeteredLoad load)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(load);
        _clock = clock;
        _load = load;
        _energyMicrojoules = load.EnergyMicrojoules;
        _untilUs = clock.NowUs;
    }

    /// <summary>Whether meter and optocoupler have their supply.</summary>
    public bool IsSupplied
    {
        get => field;
        set => Change(() => field = value);
    } = true;

    /// <summary>Whether the line hangs at one level: a dead optocoupler, a broken wire.</summary>
    public bool IsStuck
    {
        get => field;
        set => Change(() => field = value);
    }

    /// <summary>How many more edges the counter takes for each pulse: a slow optocoupler that bounces through the threshold.</summary>
    public int BouncesPerPulse
    {
        get => field;
        set => Change(() => field = value);
    }

    /// <summary>Edges a second that are no pulses: a line that picks something up.</summary>
    public int NoiseHertz
    {
        get => field;
        set => Change(() => field = value);
    }

    /// <summary>Whether the controller's counter does not answer. It counts all the same.</summary>
    public bool IsCounterFailed { get; set; }

    /// <summary>The controller restarts, and its counter with it.</summary>
    public void RestartCounter()
    {
        Advance();
        _counted = 0;
    }

    /// <inheritdoc/>
    public bool TryRead(out long pulses)
    {
        Advance();
        pulses = _counted;
        return !IsCounterFailed;
    }

    // What has come until now came as things were until now.
    private void Change(Action change)
    {
        Advance();
        change();
    }

    private void Advance()
    {
        long microjoules = _load.EnergyMicrojoules;
        long nowUs = _clock.NowUs;
        if (IsSupplied && !IsStuck)
        {
            _counted += Whole(ref _pulseShare, (microjoules - _energyMicrojoules) * PulsesPerMicrojoule) * (1 + BouncesPerPulse);
            _counted += Whole(ref _noiseShare, NoiseHertz * (nowUs - _untilUs) / 1e6);
        }

        _energyMicrojoules = microjoules;
        _untilUs = nowUs;
    }

    private static long Whole(ref double share, double more)
    {
        share += more;
        long whole = (long)Math.Floor(share);
        share -= whole;
        return whole;
    }
}
