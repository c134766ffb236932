// Where a pole's radio puts the frames it transmits in a window.
using Simulation.Radio;

namespace Simulation.Engine;

/// <summary>Takes the uplinks that start in a window; one for each part of the fleet that runs on a thread of its own.</summary>
public interface IUplinkSink
{
    /// <summary>A transmission to fill, new or used before.</summary>
    UplinkTransmission Rent();

    /// <summary>Adds a filled transmission to the window.</summary>
    void Add(UplinkTransmission uplink);
}
