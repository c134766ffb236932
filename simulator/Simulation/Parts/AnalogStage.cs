// The 0-10 V wire between the board and the control gear: PWM filter and amplifier at one end, the gear's input at the other. It knows nothing of
// the controller; what the lamp does with the light is LuminairePart's.
using PoleController.Hal;

namespace Simulation.Parts;

/// <summary>What the dimming wire does.</summary>
public enum DimmingWire
{
    /// <summary>It is whole.</summary>
    Whole = 0,

    /// <summary>It is open: the gear's own current pulls it up to full light (IEC 60929 Annex E).</summary>
    Open = 1,

    /// <summary>It is shorted: the lowest light.</summary>
    Shorted = 2,
}

/// <summary>A 0-10 V stage: duty to volts, volts to the gear's light.</summary>
public sealed class AnalogStage : IPwmOutput
{
    /// <summary>Voltage of an open wire.</summary>
    public const double OpenVolts = 11;

    private readonly Action<int> _lightPermille;
    private double _dutyVolts = 10;
    private DimmingWire _wire;
    private int _gainErrorPermille;

    /// <summary>Makes it at rest: full duty.</summary>
    /// <param name="lightPermille">Told which light the gear makes of the wire, 0 to 1000.</param>
    public AnalogStage(Action<int> lightPermille)
    {
        _lightPermille = lightPermille;
    }

    /// <summary>Whether the gear's curve is logarithmic (1 V is 1 %, 10 V is 100 %, straight in the logarithm); linear otherwise.</summary>
    public bool IsLogarithmic { get; set; }

    /// <summary>Light at 1 V and below, in permille.</summary>
    public double LowestPermille { get; set; } = 10;

    /// <summary>Error of the stage's gain, in permille.</summary>
    public int GainErrorPermille
    {
        get => _gainErrorPermille;
        set
        {
            _gainErrorPermille = value;
            _lightPermille(LightPermille);
        }
    }

    /// <summary>Whether the board cannot set the duty.</summary>
    public bool Refuses { get; set; }

    /// <summary>Told each time the board could not.</summary>
    public Action? Refused { get; set; }

    /// <summary>The wire.</summary>
    public DimmingWire Wire
    {
        get => _wire;
        set
        {
            _wire = value;
            _lightPermille(LightPermille);
        }
    }

    /// <summary>Voltage between the wires.</summary>
    public double Volts => Wire switch
    {
        DimmingWire.Open => OpenVolts,
        DimmingWire.Shorted => 0,
        _ => _dutyVolts * (1000 + GainErrorPermille) / 1000,
    };

    /// <summary>The light that the gear makes of the voltage.</summary>
    public int LightPermille
    {
        get
        {
            double share = Math.Clamp((Volts - 1) / 9, 0, 1);
            double light = IsLogarithmic ? LowestPermille * Math.Pow(1000 / LowestPermille, share) : LowestPermille + ((1000 - LowestPermille) * share);
            return (int)Math.Round(light);
        }
    }

    /// <summary>The board loses its supply or is reset: nothing pulls the wire down, full light.</summary>
    public void Rest()
    {
        _dutyVolts = 10;
        _lightPermille(LightPermille);
    }

    /// <inheritdoc/>
    public bool TrySetDuty(int dutyPartsPerMillion)
    {
        if (Refuses)
        {
            Refused?.Invoke();
            return false;
        }

        if (dutyPartsPerMillion is < 0 or > 1_000_000)
        {
            throw new InvalidOperationException($"The controller put out a duty of {dutyPartsPerMillion} ppm.");
        }

        _dutyVolts = dutyPartsPerMillion / 100_000.0;
        _lightPermille(LightPermille);
        return true;
    }
}
