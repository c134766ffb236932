// An uplink as a network server hands it over: which controller, when, which frame, what was in it.
namespace Provisioning.Uplinks;

/// <summary>An uplink.</summary>
public sealed record Uplink
{
    /// <summary>Longest payload of a LoRaWAN frame in bytes (RP002-1.0.4).</summary>
    public const int LongestPayload = 242;

    /// <summary>DevEUI of the sender, 16 hexadecimal digits in lower case.</summary>
    public required string DevEui { get; init; }

    /// <summary>When the network received it, milliseconds since 1970 (UTC).</summary>
    public required long ReceivedAtUtcMs { get; init; }

    /// <summary>The LoRaWAN session: what the network server names it by (the session key's id, else the DevAddr); empty when it names none.</summary>
    public string Session { get; init; } = "";

    /// <summary>Frame counter of the session, 0 to 4,294,967,295.</summary>
    public required long FrameCounter { get; init; }

    /// <summary>Port, 0 to 255; 0 carries no message of the application.</summary>
    public required int FPort { get; init; }

    /// <summary>Payload, decrypted, 0 to 242 bytes.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>Signal strength at the gateway that heard it best, in dBm; null when not told.</summary>
    public int? RssiDbm { get; init; }

    /// <summary>Signal-to-noise ratio there, in dB; null when not told.</summary>
    public double? SnrDb { get; init; }

    /// <summary>In which form it came: <see cref="ChirpStackEvents.Source"/> or <see cref="ThingsStackEvents.Source"/>.</summary>
    public required string Source { get; init; }
}

/// <summary>A controller joined the network.</summary>
/// <param name="DevEui">DevEUI, 16 hexadecimal digits in lower case.</param>
/// <param name="AtUtcMs">When, milliseconds since 1970 (UTC).</param>
public sealed record JoinedEvent(string DevEui, long AtUtcMs);

/// <summary>What a document of a network server says.</summary>
/// <param name="Uplink">An uplink; null when it is none.</param>
/// <param name="Joined">A join; null when it is none. When both are null it says something that is not kept.</param>
public sealed record NetworkEvent(Uplink? Uplink, JoinedEvent? Joined)
{
    /// <summary>Something that is not kept: acknowledgements, logs, device status of the MAC layer.</summary>
    public static NetworkEvent NotKept { get; } = new(null, null);
}

/// <summary>A document is not what a network server sends.</summary>
/// <param name="field">Which field; empty for the document as a whole.</param>
/// <param name="value">Its value, shortened.</param>
public sealed class NetworkEventException(string field, string value) : Exception(field)
{
    /// <summary>The field.</summary>
    public string Field { get; } = field;

    /// <summary>Its value.</summary>
    public string Value { get; } = value;
}
