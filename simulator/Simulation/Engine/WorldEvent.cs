// What the scenario does to one pole at a moment: mains, faults in parts.
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>A change in the world of one pole.</summary>
/// <param name="TimeUs">When, in simulated time.</param>
/// <param name="Fault">The fault that begins or ends; null for the mains.</param>
/// <param name="IsBegin">Whether the outage or the fault begins; else it ends.</param>
/// <param name="Injected">The fault as the scenario has it; null for the mains.</param>
public sealed record WorldEvent(long TimeUs, FaultKind? Fault, bool IsBegin, InjectedFault? Injected = null);
