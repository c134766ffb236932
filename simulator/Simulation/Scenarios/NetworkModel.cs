// The network server of a scenario. Data only.
using PoleController.LoRaWan;

namespace Simulation.Scenarios;

/// <summary>What the network server is given.</summary>
public sealed record NetworkModel
{
    /// <summary>The region of poles, gateways and server.</summary>
    public RegionId Region { get; init; } = RegionId.Eu868;

    /// <summary>The multicast groups, in the order of the file.</summary>
    public IReadOnlyList<MulticastGroupModel> MulticastGroups { get; init; } = [];
}

/// <summary>A multicast group (TS005).</summary>
public sealed record MulticastGroupModel
{
    /// <summary>Name, unique among the groups.</summary>
    public required string Name { get; init; }

    /// <summary>Its members.</summary>
    public required PoleSelector Poles { get; init; }
}

/// <summary>How a command gets to the poles.</summary>
public enum CommandPath
{
    /// <summary>A downlink for each pole.</summary>
    Unicast,

    /// <summary>One downlink for all, to the multicast group that has just these poles; whoever does not answer gets one of its own.</summary>
    Multicast,
}
