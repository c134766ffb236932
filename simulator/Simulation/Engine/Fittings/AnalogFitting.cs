// The 0-10 V interface of a pole: AnalogDimmer over the PWM output, the wire, the gear's input.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>Gear at a 0-10 V wire. Nobody answers there: what is wrong shows by the power alone, unless the board itself notices.</summary>
public sealed class AnalogFitting : DimmingFitting
{
    /// <summary>Gear with a straight curve gives a percent at 1 V and full light at 10 V, so low levels come out up to a percent high.</summary>
    private const int LowestPermille = 10;

    private readonly AnalogStage _stage;
    private bool _hasRefused;

    /// <summary>Makes it at rest: full light.</summary>
    /// <param name="luminaire">The luminaire that it dims.</param>
    public AnalogFitting(LuminairePart luminaire)
        : base(luminaire)
    {
        _stage = new AnalogStage(luminaire.SetGearLight) { LowestPermille = LowestPermille };
        _stage.Rest();
        _stage.Refused = () =>
        {
            if (!_hasRefused)
            {
                _hasRefused = true;
                luminaire.NoteRefusal();
            }
        };
    }

    /// <inheritdoc/>
    public override int TolerancePermille(int levelPermille) => LowestPermille;

    /// <inheritdoc/>
    public override IDimmerOutput MakeDimmer() => new AnalogDimmer(_stage);

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        // The dimmer is one of the ports that every controller is made with.
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        if (!isSupplied)
        {
            _stage.Rest();
        }
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        IsInTrouble = isBegin;
        switch (trouble)
        {
            case PartTrouble.Stuck:
                _stage.Refuses = isBegin;
                _hasRefused = false;
                break;
            case PartTrouble.Open:
                _stage.Wire = isBegin ? DimmingWire.Open : DimmingWire.Whole;
                break;
            case PartTrouble.Shorted:
                _stage.Wire = isBegin ? DimmingWire.Shorted : DimmingWire.Whole;
                break;
            case PartTrouble.Drifting:
                _stage.GainErrorPermille = isBegin ? (int)Math.Round(size * 10) : 0;
                break;
            default:
                // Nothing else can be wrong with a wire that carries a voltage.
                IsInTrouble = false;
                break;
        }
    }
}
