// SKELETON
#pragma warning disable
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Radio channel, gateways and network server of a fleet, behind one door.</summary>
public sealed class FleetNetwork
{
    /// <summary>Makes it. Time 0 of the run is <paramref name="startUtcMs"/>.</summary>
    public FleetNetwork(
        RadioSettings radio, IReadOnlyList<GatewaySite> gateways, IReadOnlyList<PoleSite> poles, long seed, long startUtcMs,
        IApplicationServer application, NetworkSettings? network = null)
    {
        Statistics = new RadioStatistics(gateways.Count, poles.Count);
    }

    /// <summary>What the air did so far.</summary>
    public RadioStatistics Statistics { get; }

    /// <summary>Earliest time at which <see cref="Advance"/> has something to do without new uplinks; <see cref="long.MaxValue"/> if none.</summary>
    public long NextEventUs => throw new NotImplementedException();

    /// <summary>Puts an uplink on the air. Called serially in order of (StartUs, PoleIndex); StartUs is not before the last Advance's time.</summary>
    public void Submit(UplinkTransmission uplink) => throw new NotImplementedException();

    /// <summary>Decides every uplink that ends before <paramref name="untilUs"/>, lets the server act and schedules downlinks at or after it.</summary>
    public void Advance(long untilUs) => throw new NotImplementedException();

    /// <summary>Adds the downlinks scheduled since the last call; each starts at or after the last Advance's time.</summary>
    public void TakeDownlinks(List<DownlinkTransmission> into) => throw new NotImplementedException();

    /// <summary>Queues an application downlink. False when the pole has no session or its queue is full.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="fPort">1 to 223.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isConfirmed">Whether the pole must acknowledge; repeated up to 3 times.</param>
    /// <param name="nowUs">Now.</param>
    /// <param name="downlinkId">What the application server's callbacks name it by.</param>
    /// <param name="lifetimeUs">After this time it is given up unsent; 0 for the setting's default.</param>
    public bool TryEnqueue(int poleIndex, int fPort, byte[] payload, int length, bool isConfirmed, long nowUs, out long downlinkId, long lifetimeUs = 0)
        => throw new NotImplementedException();
}
