// A fault of the scenario in one pole, as the engine puts it in; checks and report look whether it was found.
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>A fault in a part of one pole.</summary>
/// <param name="PoleIndex">Which pole.</param>
/// <param name="Kind">Which fault.</param>
/// <param name="StartUs">Begin, in simulated time.</param>
/// <param name="EndUs">End; <see cref="long.MaxValue"/> when it lasts.</param>
public sealed record InjectedFault(int PoleIndex, FaultKind Kind, long StartUs, long EndUs);
