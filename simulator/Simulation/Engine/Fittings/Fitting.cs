// A part that hangs at a pole, behind the controller's own driver, with whatever can be wrong with it. The engine knows no types of parts: it connects them,
// gives and takes their supply, wakes the controller for their inputs and puts troubles into them.
using PoleController;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A part at one pole. Not thread-safe: one owner.</summary>
public abstract class Fitting
{
    /// <summary>Makes it.</summary>
    /// <param name="name">What it is called in scenarios; null for one that cannot be in trouble.</param>
    protected Fitting(PartName? name) => Name = name;

    /// <summary>What it is called in scenarios; null for one that cannot be in trouble.</summary>
    public PartName? Name { get; }

    /// <summary>When an input of it may change next; <see cref="long.MaxValue"/> for a part that only answers.</summary>
    public virtual long NextEventUs => long.MaxValue;

    /// <summary>Whether it has events at all: the engine does not look at others between steps.</summary>
    public virtual bool HasEvents => false;

    /// <summary>Brings its inputs up to the time.</summary>
    /// <returns>Whether the controller has to look.</returns>
    public virtual bool Advance(long timeUs) => false;

    /// <summary>Puts it behind a new driver into the ports of a controller that starts.</summary>
    public abstract void Connect(PoleHardware hardware);

    /// <summary>The supply of the pole comes or goes.</summary>
    public abstract void SetSupply(bool isSupplied);

    /// <summary>Something gets wrong with it, or is mended.</summary>
    /// <param name="trouble">What.</param>
    /// <param name="isBegin">Whether it begins.</param>
    /// <param name="size">Of a drifting part: by how many percent its values are off.</param>
    public abstract void SetTrouble(PartTrouble trouble, bool isBegin, double size);
}
