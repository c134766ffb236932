// A device as a network server has it, or is to have it.
namespace Provisioning.NetworkServers;

/// <summary>A device. What is null is not known to this server, or not told by the call.</summary>
public sealed record ServerDevice
{
    /// <summary>DevEUI, 16 hexadecimal digits in lower case.</summary>
    public required string DevEui { get; init; }

    /// <summary>JoinEUI, 16 hexadecimal digits in lower case.</summary>
    public string? JoinEui { get; init; }

    /// <summary>Name: the pole's number, or the DevEUI of a controller that hangs nowhere.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Labels by key, such as pole and lighting-group. Keys have 3 to 36 lower-case letters, digits and single dashes, values 200 characters at most, so that every server
    /// takes them. In a device that is to be, an empty value means that there must be no such label; labels that are not named stay.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Identifier of its profile, on servers that keep profiles.</summary>
    public string? ProfileId { get; init; }

    /// <summary>Its radio settings, on servers that keep none in profiles.</summary>
    public RadioSettings? Radio { get; init; }

    /// <summary>Whether the server ignores it.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Its keys.</summary>
    public RootKeys? Keys { get; init; }

    /// <summary>Whether everything is there that a device needs: false when an earlier run ended between the calls that make one.</summary>
    public bool IsComplete { get; init; } = true;
}

/// <summary>How a device speaks.</summary>
/// <param name="Region">Region in the words of <see cref="Controllers.RegionNames"/>; empty where the frequency plan says it.</param>
/// <param name="MacVersion">LoRaWAN version: 1.0.4.</param>
/// <param name="RegionalParameters">Regional parameters, such as RP002-1.0.3.</param>
/// <param name="SupportsClassC">Whether it listens all the time.</param>
/// <param name="UsesAdr">Whether the server may set its data rate.</param>
/// <param name="FrequencyPlan">The server's name of the frequency plan; empty where the region says enough.</param>
public sealed record RadioSettings(string Region, string MacVersion, string RegionalParameters, bool SupportsClassC, bool UsesAdr, string FrequencyPlan = "");

/// <summary>Root keys of a device, in lower-case hexadecimal. A record would print them; this one does not.</summary>
/// <param name="AppKey">AppKey, 32 digits.</param>
/// <param name="GenAppKey">GenAppKey (TS005), 32 digits; null where the server keeps none.</param>
public sealed record RootKeys(string AppKey, string? GenAppKey)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(RootKeys);
}
