// A fault of the scenario in one pole, as the engine puts it in; checks and report look whether it was found.
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>A fault in a part of one pole.</summary>
/// <param name="PoleIndex">Which pole.</param>
/// <param name="Kind">Which fault.</param>
/// <param name="StartUs">Begin, in simulated time.</param>
/// <param name="EndUs">End; <see cref="long.MaxValue"/> when it lasts.</param>
/// <param name="Part">Which part, when the kind is <see cref="FaultKind.PartTrouble"/>.</param>
/// <param name="Trouble">What is wrong with it.</param>
/// <param name="Size">By how many percent the values of a drifting part are off.</param>
public sealed record InjectedFault(int PoleIndex, FaultKind Kind, long StartUs, long EndUs, PartName Part = default, PartTrouble Trouble = default, double Size = 0)
{
    /// <summary>How the pole's luminaire is dimmed: a trouble of the interface or the gear shows by it.</summary>
    public DimmerKind Dimmer { get; init; }
}
