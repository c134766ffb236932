// The controller's supply as its analogue input sees it: a transformer and a capacitor before the converter, so the voltage follows the mains and falls
// slowly when they are gone.
using PoleController;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>The voltage before the board's converter, and the converter that reads it.</summary>
public sealed class SupplyFitting : Fitting, IAnalogInput
{
    /// <summary>Voltage at nominal mains, in millivolts.</summary>
    public const int NominalMillivolts = 24_000;

    /// <summary>Below this the board's converter gives up, in millivolts.</summary>
    public const int LeastMillivolts = 7_000;

    /// <summary>
    /// How long the board lives on after the mains have gone, in microseconds. A load of constant power takes the same energy from the capacitor in each second,
    /// so the voltage is the root of what is left; from 85 percent of it, which the controller takes for a fall, to the end it is 70 percent of the time:
    /// 10.5 s, the controller looks every 10.
    /// </summary>
    public const long HoldUpUs = 15_000_000;

    private const double FullScaleErrorPermille = 2;

    private readonly PartClock _clock;
    private readonly MainsVoltage _mains;
    private readonly RandomStream _noise;
    private bool _isSilent;
    private double _driftPercent;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="mains">The mains voltage.</param>
    /// <param name="noise">The converter's error.</param>
    public SupplyFitting(PartClock clock, MainsVoltage mains, RandomStream noise)
        : base(PartName.SupplyVoltage)
    {
        _clock = clock;
        _mains = mains;
        _noise = noise;
    }

    /// <inheritdoc/>
    public bool TryRead(out int millivolts)
    {
        double factor = (1 + (_driftPercent / 100)) * (1 + (FullScaleErrorPermille * ((2 * _noise.NextDouble()) - 1) / 1000));
        millivolts = (int)Math.Round(MillivoltsAt(_clock.NowUs) * factor);
        return !_isSilent;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        hardware.SupplyVoltage = this;
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        // It is the supply.
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        switch (trouble)
        {
            case PartTrouble.Silent or PartTrouble.Stuck:
                _isSilent = isBegin;
                break;
            case PartTrouble.Drifting:
                _driftPercent = isBegin ? size : 0;
                break;
        }
    }

    /// <summary>The true voltage at a moment, in millivolts.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double MillivoltsAt(long timeUs)
    {
        if (_mains.GoneSinceUs(timeUs) is not long goneUs)
        {
            return NominalMillivolts * _mains.At(timeUs) / MainsVoltage.NominalVolts;
        }

        double full = NominalMillivolts * _mains.At(goneUs - 1) / MainsVoltage.NominalVolts;
        double left = Math.Max(0, 1 - ((timeUs - goneUs) / (double)HoldUpUs));
        return Math.Sqrt((LeastMillivolts * (double)LeastMillivolts) + (((full * full) - (LeastMillivolts * (double)LeastMillivolts)) * left));
    }
}
