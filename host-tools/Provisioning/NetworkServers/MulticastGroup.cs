// A multicast group (TS005) as a network server has it: class C, one address and one pair of session keys for all of its devices.
namespace Provisioning.NetworkServers;

/// <summary>A multicast group of class C.</summary>
public sealed record MulticastGroup
{
    /// <summary>Identifier on the server; empty for one that is to be made.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name. The Things Stack makes its device identifier of it: 3 to 36 lower-case letters, digits and single dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Region in the words of <see cref="Controllers.RegionNames"/>.</summary>
    public required string Region { get; init; }

    /// <summary>McAddr, 8 hexadecimal digits in lower case.</summary>
    public required string McAddr { get; init; }

    /// <summary>McNwkSKey and McAppSKey.</summary>
    public required MulticastKeys Keys { get; init; }

    /// <summary>Index of the data rate.</summary>
    public required int DataRate { get; init; }

    /// <summary>Frequency in Hz.</summary>
    public required int FrequencyHz { get; init; }

    /// <summary>The next downlink's frame counter: given when a group is made, told when it is listed.</summary>
    public long FrameCounter { get; init; }

    /// <summary>DevEUIs of its devices; null when not asked for, or where the server does not keep them.</summary>
    public IReadOnlyList<string>? DevEuis { get; init; }
}

/// <summary>Session keys of a multicast group, 32 lower-case hexadecimal digits each. A record would print them; this one does not.</summary>
/// <param name="McNwkSKey">McNwkSKey.</param>
/// <param name="McAppSKey">McAppSKey.</param>
public sealed record MulticastKeys(string McNwkSKey, string McAppSKey)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(MulticastKeys);
}
