// One multicast group at the server: address, keys, counter, members, and the messages that wait for it.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>A message for a group, from the application's hand to the last gateway that sends it.</summary>
internal sealed class MulticastDownlink
{
    /// <summary>What the application knows it by.</summary>
    public required long Id { get; init; }

    /// <summary>1 to 223.</summary>
    public required int FPort { get; init; }

    /// <summary>In the clear.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>When it is given up, if it still waits.</summary>
    public required long ExpiresUs { get; init; }

    /// <summary>Where it is added up; may be null.</summary>
    public DownlinkTally? Tally { get; init; }

    /// <summary>The frame, once its counter is known; empty before.</summary>
    public byte[] Frame { get; set; } = [];

    /// <summary>The copies that no gateway has been given yet.</summary>
    public List<MulticastCopy> Copies { get; } = [];

    /// <summary>Copies that gateways were given.</summary>
    public int SentCount { get; set; }

    /// <summary>When the first copy begins; -1 before it is known.</summary>
    public long StartUs { get; set; } = -1;

    /// <summary>When the last copy ends.</summary>
    public long EndUs { get; set; }
}

/// <summary>A frame of a group as one gateway sends it.</summary>
/// <param name="GatewayIndex">The gateway.</param>
/// <param name="PoleIndices">The members for which it sends it.</param>
internal sealed record MulticastCopy(int GatewayIndex, int[] PoleIndices);

/// <summary>A multicast group.</summary>
internal sealed class MulticastGroup
{
    /// <summary>Makes it with counter 0 and no member set up.</summary>
    /// <param name="index">Its place among the groups.</param>
    /// <param name="plan">What was asked for.</param>
    /// <param name="mcAddr">Its address, of no pole and no other group.</param>
    public MulticastGroup(int index, MulticastGroupPlan plan, uint mcAddr)
    {
        Index = index;
        Plan = plan;
        McAddr = mcAddr;
    }

    /// <summary>Its place among the groups.</summary>
    public int Index { get; }

    /// <summary>What was asked for.</summary>
    public MulticastGroupPlan Plan { get; }

    /// <summary>McAddr.</summary>
    public uint McAddr { get; }

    /// <summary>McNwkSKey and McAppSKey, and the counter of the next frame: 32 bits, one for all members.</summary>
    public Session Session { get; } = new();

    /// <summary>The members, in the order of their poles.</summary>
    public List<MulticastMember> Members { get; } = [];

    /// <summary>What waits; the first may have been sent in part.</summary>
    public Queue<MulticastDownlink> Waiting { get; } = new();

    /// <summary>Until when a frame of the group is in the air.</summary>
    public long BusyUntilUs { get; set; }

    /// <summary>Whether something for the group is on its way or waits.</summary>
    public bool IsBusy(long timeUs) => Waiting.Count > 0 || BusyUntilUs > timeUs;

    /// <summary>The next frame's header, without what FPort and length say.</summary>
    public void FillHeader(DataFrame header)
    {
        header.Clear();
        header.IsDownlink = true;
        header.DevAddr = McAddr;
    }
}
