// What an attached run is told besides its scenario.
namespace Simulation.Forwarding;

/// <summary>How gateways are attached.</summary>
public sealed record AttachSettings
{
    /// <summary>EUI of the first gateway when none is given: locally administered, so that no real gateway is meant.</summary>
    public const ulong DefaultFirstGatewayEui = 0x020000FFFE000001;

    /// <summary>The server.</summary>
    public required AttachTarget Target { get; init; }

    /// <summary>EUI of the first gateway; the others count on.</summary>
    public ulong FirstGatewayEui { get; init; } = DefaultFirstGatewayEui;

    /// <summary>Whether the gateways know GPS time: that of the simulated world.</summary>
    public bool HasGps { get; init; } = true;

    /// <summary>Whether the gateways keep the time of class B's beacons free.</summary>
    public bool KeepsBeaconTime { get; init; }

    /// <summary>What LoRa Basics Station sends as header Authorization; null for none. A secret: never in a message.</summary>
    public string? Authorization { get; init; }

    /// <summary>EUI of a gateway.</summary>
    /// <param name="index">Its index among the scenario's gateways.</param>
    public ulong GatewayEui(int index) => unchecked(FirstGatewayEui + (ulong)index);
}
