// A multicast group as whoever runs the network wants it. What the server keeps of it is MulticastGroup.
namespace Simulation.Network;

/// <summary>A multicast group: one address, one pair of keys, many poles.</summary>
/// <param name="Name">Name in reports, unique among the groups.</param>
/// <param name="PoleIndices">The members, ascending; each pole is in four groups at most (TS005: McGroupID has two bits).</param>
/// <param name="McKey">McKey, 16 bytes; the group's session keys follow from it and from McAddr.</param>
public sealed record MulticastGroupPlan(string Name, IReadOnlyList<int> PoleIndices, byte[] McKey)
{
    /// <summary>Groups that a pole can be in.</summary>
    public const int MaximumGroupsOfPole = 4;

    /// <summary>
    /// Whether the members are told of the group by remote multicast set-up (TS005). False when they have group and keys already and listen
    /// for it all the time.
    /// </summary>
    public bool IsSetUpRemotely { get; init; } = true;
}
