// A meter that tells by pulses, at a counter of the pole's chip.
using PoleController;
using PoleController.Drivers;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A BL0937 in the luminaire's feed. No pulses are no load to whoever counts them, so what can be noticed is a counter that fails and a line full of noise.</summary>
public sealed class PulseMeterFitting : Fitting
{
    // More than any luminaire could draw.
    private const int NoiseHertz = 100_000;

    private readonly PulseMeterPart _part;

    /// <summary>Makes it without supply.</summary>
    /// <param name="part">The meter.</param>
    public PulseMeterFitting(PulseMeterPart part)
        : base(PartName.Meter)
    {
        ArgumentNullException.ThrowIfNull(part);
        _part = part;
        part.IsSupplied = false;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        _part.RestartCounter();
        hardware.Meter = new PulseMeter(_part, PulseMeterScale.Bl0937(PulseMeterScale.DefaultShuntMicroohms, PulseMeterScale.DefaultDividerMilli));
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied) => _part.IsSupplied = isSupplied;

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        switch (trouble)
        {
            case PartTrouble.Silent or PartTrouble.Stuck:
                _part.IsCounterFailed = isBegin;
                break;
            case PartTrouble.Garbage:
                _part.NoiseHertz = isBegin ? NoiseHertz : 0;
                break;
        }
    }
}
