// The uplinks that a part of the fleet starts in one window; that part runs on one thread, so there is no lock.
using Simulation.Radio;

namespace Simulation.Engine;

/// <summary>Collects the uplinks of a window.</summary>
public sealed class UplinkBuffer
{
    private readonly UplinkPool _pool = new();

    /// <summary>The uplinks of this window, in the order in which the poles were run.</summary>
    public List<UplinkTransmission> Uplinks { get; } = [];

    /// <summary>A transmission to fill, new or used before.</summary>
    public UplinkTransmission Rent() => _pool.Rent();

    /// <summary>Adds a filled transmission to the window.</summary>
    public void Add(UplinkTransmission uplink) => Uplinks.Add(uplink);
}
