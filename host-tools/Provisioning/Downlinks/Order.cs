// An order to a controller: what is sent, in stages that each have one answer of the pole, and how far it is. Data only.
namespace Provisioning.Downlinks;

/// <summary>How far an order is.</summary>
public enum OrderState
{
    /// <summary>On its way.</summary>
    Open,

    /// <summary>The pole has carried it out.</summary>
    Done,

    /// <summary>The pole refused it, and said why.</summary>
    Refused,

    /// <summary>A newer order took its place.</summary>
    Superseded,

    /// <summary>The pole did not answer, however often it was asked, or not before the order lost its sense.</summary>
    Unanswered,
}

/// <summary>How far a downlink is.</summary>
public enum PartState
{
    /// <summary>Not given to the network server yet.</summary>
    Waiting,

    /// <summary>Waits to go out once for all of a multicast group; not given to the server for this controller alone.</summary>
    Grouped,

    /// <summary>Being given to it; after an interruption nobody knows whether it was.</summary>
    Sending,

    /// <summary>In the server's queue, or sent.</summary>
    Queued,

    /// <summary>The pole has answered it.</summary>
    Answered,
}

/// <summary>Kinds of orders. The words stand in workspaces and never change.</summary>
public static class OrderKind
{
    /// <summary>Settings.</summary>
    public const string Settings = "settings";

    /// <summary>A command.</summary>
    public const string Command = "command";

    /// <summary>Tells a controller of a multicast group.</summary>
    public const string Multicast = "multicast";
}

/// <summary>A downlink of an order.</summary>
/// <param name="Stage">Its stage, from 0.</param>
/// <param name="Part">Its place in the stage, from 0.</param>
/// <param name="FPort">Port.</param>
/// <param name="Payload">Bytes in the clear.</param>
/// <param name="AirtimeUs">Time on air in microseconds.</param>
public sealed record OrderPart(int Stage, int Part, int FPort, byte[] Payload, long AirtimeUs)
{
    /// <summary>How far it is.</summary>
    public PartState State { get; init; }

    /// <summary>The name under which the server's events speak of it; empty until it has one.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>When it was given to the server, UTC in milliseconds since 1970; 0 for not yet.</summary>
    public long SentUtcMs { get; init; }

    /// <summary>Number of the newest uplink in the workspace when it was given to the server: only later ones can be answers, whatever the clocks say.</summary>
    public long AfterUplink { get; init; }

    /// <summary>The delivery to a multicast group by which it goes, or went; 0 for one that goes to the controller alone.</summary>
    public long Delivery { get; init; }
}

/// <summary>An order.</summary>
public sealed record Order
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }

    /// <summary>The controller.</summary>
    public required string DevEui { get; init; }

    /// <summary>The pole that the controller hung in.</summary>
    public required string PoleId { get; init; }

    /// <summary>Its kind: a word of <see cref="OrderKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is: the sections of settings, or the command with its values.</summary>
    public required string Title { get; init; }

    /// <summary>The hash that the pole reports when it has the settings; null for a command.</summary>
    public int? WantedHash { get; init; }

    /// <summary>The sections that it sends, as numbers with blanks.</summary>
    public string Sections { get; init; } = "";

    /// <summary>The settings that the pole has then, as the controller's record; null for a command.</summary>
    public byte[]? Record { get; init; }

    /// <summary>How far it is.</summary>
    public OrderState State { get; init; }

    /// <summary>Why it was refused: the word of the pole's answer, and what it is about; else empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How often the present stage was sent.</summary>
    public int Tries { get; init; }

    /// <summary>When it was given, UTC in milliseconds since 1970.</summary>
    public required long CreatedUtcMs { get; init; }

    /// <summary>When it loses its sense.</summary>
    public required long ExpiresUtcMs { get; init; }

    /// <summary>When its state last changed.</summary>
    public required long ChangedUtcMs { get; init; }

    /// <summary>Its downlinks, in their order.</summary>
    public IReadOnlyList<OrderPart> Parts { get; init; } = [];

    /// <summary>The stage whose answer is missing; the number of stages when none is.</summary>
    public int PresentStage => Parts.FirstOrDefault(part => part.State != PartState.Answered)?.Stage ?? (Parts.Count == 0 ? 0 : Parts[^1].Stage + 1);
}
