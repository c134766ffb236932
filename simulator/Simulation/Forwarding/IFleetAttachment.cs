// The seam between a fleet that is built and whoever answers for its gateways in the embedded server's place.
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Forwarding;

/// <summary>What of a fleet concerns those who stand behind its gateways.</summary>
/// <param name="Gateways">The gateways, by index.</param>
/// <param name="PoleCount">How many poles there are.</param>
/// <param name="StartUtcMs">UTC at time 0 of the run, in milliseconds since 1970.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="IsFrequencyAllowed">Whether gateways may transmit on a frequency.</param>
public sealed record FleetOutline(
    IReadOnlyList<GatewaySite> Gateways, int PoleCount, long StartUtcMs, long Seed, Func<int, bool> IsFrequencyAllowed);

/// <summary>Attaches a fleet's gateways to somebody else's server.</summary>
public interface IFleetAttachment
{
    /// <summary>Makes who stands behind the gateways. Called once, when the fleet is built.</summary>
    /// <param name="radios">The gateways' radios.</param>
    /// <param name="outline">The fleet.</param>
    IGatewayBackend Attach(IGatewayRadios radios, FleetOutline outline);
}
