// What the operator of the network server decides.
namespace Simulation.Network;

/// <summary>Settings of the embedded network server.</summary>
public sealed record NetworkSettings
{
    /// <summary>Data rate of the second receive window and of class C, set by the join-accept. Default 3 (SF9), as The Things Stack does.</summary>
    public int Rx2DataRate { get; init; } = 3;
}
