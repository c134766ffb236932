// A delivery to a multicast group: frames that go out once for many orders. The orders stay what they are: each has its own answer and, for what the group's frames do
// not reach, its own way by unicast. Data only.
namespace Provisioning.Downlinks.Multicast;

/// <summary>How far a delivery is. The words stand in workspaces and never change.</summary>
public enum DeliveryState
{
    /// <summary>Waits until its controllers have group, session and, for a block, the block's set-up.</summary>
    Preparing,

    /// <summary>Its frames are being given to the network server.</summary>
    Sending,

    /// <summary>Over: what is missing goes by unicast.</summary>
    Over,
}

/// <summary>A delivery.</summary>
internal sealed record Delivery
{
    /// <summary>Its number, from 1: 0 is no delivery.</summary>
    public required long Number { get; init; }

    /// <summary>The group.</summary>
    public required long GroupNumber { get; init; }

    /// <summary>A word of <see cref="OrderKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, as its orders say it.</summary>
    public required string Title { get; init; }

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; init; }

    /// <summary>The stage of its orders whose frames are due.</summary>
    public int Stage { get; init; }

    /// <summary>Gateways that send it, on servers that must be told; with blanks.</summary>
    public string Gateways { get; init; } = "";

    /// <summary>Over how long its answers are spread, in milliseconds.</summary>
    public required long SpreadMs { get; init; }

    /// <summary>How long a stage waits for controllers that are not ready, in milliseconds.</summary>
    public required long PatienceMs { get; init; }

    /// <summary>When the present stage is sent to those that are ready, or given up if it cannot be sent; UTC in milliseconds since 1970.</summary>
    public required long DeadlineUtcMs { get; init; }

    /// <summary>When it was made.</summary>
    public required long CreatedUtcMs { get; init; }

    /// <summary>When its state last changed.</summary>
    public required long ChangedUtcMs { get; init; }
}

/// <summary>A frame of a delivery.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Part">Its place in the stage.</param>
/// <param name="FPort">Port.</param>
/// <param name="Payload">Bytes in the clear.</param>
/// <param name="AirtimeUs">Time on air at each gateway in microseconds.</param>
internal sealed record DeliveryFrame(int Stage, int Part, int FPort, byte[] Payload, long AirtimeUs)
{
    /// <summary>How far it is: waiting, being given to the server, or in its queue.</summary>
    public PartState State { get; init; }
}
