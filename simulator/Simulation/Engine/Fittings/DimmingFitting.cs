// The dimming interface between controller and control gear where it is simulated as a part: the controller's own driver in front of it, the luminaire's
// light behind it. What is common to 0-10 V and DALI; what each does is its own.
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A dimming interface with the gear behind it.</summary>
public abstract class DimmingFitting : Fitting
{
    /// <summary>Makes it.</summary>
    /// <param name="luminaire">The luminaire that it dims.</param>
    protected DimmingFitting(LuminairePart luminaire)
        : base(PartName.Dimmer) => Luminaire = luminaire;

    /// <summary>Until when after its last start the gear gives no light though it has power, in microseconds.</summary>
    public virtual long StartingUntilUs => 0;

    /// <summary>Whether something is wrong with it: the light may then be another than the one that is asked for.</summary>
    public bool IsInTrouble { get; protected set; }

    /// <summary>The luminaire.</summary>
    protected LuminairePart Luminaire { get; }

    /// <summary>How far the light of whole gear may be from the level that is asked for, by the resolution of the interface.</summary>
    /// <param name="levelPermille">The level.</param>
    public abstract int TolerancePermille(int levelPermille);

    /// <summary>Makes the driver for a controller that starts; before <see cref="Fitting.Connect"/>.</summary>
    public abstract IDimmerOutput MakeDimmer();

    /// <summary>The lamp behind the gear fails or is replaced.</summary>
    public virtual void SetLampFailed(bool isFailed) => Luminaire.SetLampFailed(isFailed);

    /// <summary>The gear fails or is replaced.</summary>
    public virtual void SetGearFailed(bool isFailed) => Luminaire.SetGearFailed(isFailed);
}
