// The temperature sensor of a pole's board: an NTC in a divider at an analogue input, behind the controller's BoardThermometer.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>An NTC of 10 kilo-ohms (B 3,435 K) to ground, a resistor of 10 kilo-ohms to 3.3 V.</summary>
public sealed class BoardThermometerFitting : Fitting, IAnalogInput
{
    private const int ReferenceMillivolts = 3300;
    private const int Beta = 3435;
    private const double ZeroCelsiusKelvin = 273.15;
    private const double ReferenceKelvin = 298.15;

    private readonly LuminaireWarmth _warmth;
    private PartTrouble? _trouble;
    private double _driftPercent;

    /// <summary>Makes it.</summary>
    /// <param name="warmth">How warm the board is.</param>
    public BoardThermometerFitting(LuminaireWarmth warmth)
        : base(PartName.BoardTemperature) => _warmth = warmth;

    /// <inheritdoc/>
    public bool TryRead(out int millivolts)
    {
        double kelvin = _warmth.BoardDegrees + ZeroCelsiusKelvin;
        double ratio = Math.Exp(Beta * ((1 / kelvin) - (1 / ReferenceKelvin))) * (1 + (_driftPercent / 100));
        millivolts = _trouble switch
        {
            PartTrouble.Open => ReferenceMillivolts,
            PartTrouble.Shorted => 0,
            _ => (int)Math.Round(ReferenceMillivolts * ratio / (1 + ratio)),
        };
        return _trouble is not (PartTrouble.Silent or PartTrouble.Stuck);
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        hardware.BoardTemperature = BoardThermometer.Ntc(this, ReferenceMillivolts, Beta);
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        // A resistor; it hangs at the board's own reference.
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        _trouble = isBegin ? trouble : null;
        _driftPercent = isBegin && trouble == PartTrouble.Drifting ? size : 0;
    }
}
