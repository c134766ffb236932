// An entry of a pole's log of emergencies, as the operator got it.
using PoleController.Lighting;
using PoleController.Messages;

namespace Simulation.Operation;

/// <summary>A call or an end of an emergency or crisis profile.</summary>
/// <param name="PoleIndex">Which pole.</param>
/// <param name="HappenedUs">When it happened, in simulated time.</param>
/// <param name="ReceivedUs">When the entry arrived.</param>
/// <param name="Phase">What happened.</param>
/// <param name="Kind">Which profile.</param>
/// <param name="Way">How the command came.</param>
/// <param name="CommandSequence">The sequence number of the command.</param>
/// <param name="LightingGroup">The lighting group that it named.</param>
/// <param name="LevelPermille">The level of the profile.</param>
/// <param name="DurationMinutes">Called: for how long; else how long it had lasted.</param>
public sealed record LoggedEmergency(
    int PoleIndex, long HappenedUs, long ReceivedUs, EmergencyPhase Phase, EmergencyKind Kind, CommandWay Way, int CommandSequence, int LightingGroup, int LevelPermille, int DurationMinutes);
