// The short-range radio of a pole.
using PoleController;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A short-range radio.</summary>
public sealed class NeighbourFitting : Fitting
{
    /// <summary>Makes it without supply.</summary>
    public NeighbourFitting(NeighbourRadioPart part)
        : base(PartName.NeighbourRadio)
    {
        ArgumentNullException.ThrowIfNull(part);
        Part = part;
    }

    /// <summary>The radio.</summary>
    public NeighbourRadioPart Part { get; }

    /// <inheritdoc/>
    public override bool HasEvents => true;

    /// <inheritdoc/>
    public override long NextEventUs => Part.NextEventUs;

    /// <inheritdoc/>
    public override bool Advance(long timeUs) => Part.Advance(timeUs);

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        hardware.Neighbours = Part;
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied) => Part.SetSupply(isSupplied);

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        // The others are troubles of a line or of a measuring part, of which this has neither: damage on the air is the air's.
        Part.IsFailed = trouble == PartTrouble.Stuck ? isBegin : Part.IsFailed;
        Part.IsSilent = trouble == PartTrouble.Silent ? isBegin : Part.IsSilent;
        Part.IsDeaf = trouble == PartTrouble.Deaf ? isBegin : Part.IsDeaf;
    }
}
