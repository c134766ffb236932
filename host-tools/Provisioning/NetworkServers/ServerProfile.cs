// A device profile as a network server has it, or is to have it: what devices of a kind have in common, and the codec.
namespace Provisioning.NetworkServers;

/// <summary>A device profile. What is null, the server keeps elsewhere (with each device).</summary>
public sealed record ServerProfile
{
    /// <summary>Identifier on the server; empty for one that is to be made.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name; the plan finds profiles by it.</summary>
    public required string Name { get; init; }

    /// <summary>Radio settings.</summary>
    public RadioSettings? Radio { get; init; }

    /// <summary>Seconds within which an uplink is expected.</summary>
    public int? UplinkIntervalSeconds { get; init; }

    /// <summary>Whether the queue is emptied when the device joins.</summary>
    public bool? FlushesQueueOnJoin { get; init; }

    /// <summary>The payload codec (TS013, JavaScript); empty when there is none.</summary>
    public string Codec { get; init; } = "";
}
