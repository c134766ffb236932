// What the controller's firmware is, in the terms in which network servers want to be told: one place for every profile, device and file.
namespace Provisioning.NetworkServers;

/// <summary>The controller as a LoRaWAN end device.</summary>
public static class ControllerRadio
{
    /// <summary>Version of LoRaWAN (TS001).</summary>
    public const string MacVersion = "1.0.4";

    /// <summary>Regional parameters.</summary>
    public const string RegionalParameters = "RP002-1.0.3";

    /// <summary>Seconds within which an uplink is expected: a status every 10 minutes, and six may be lost before a pole counts as silent.</summary>
    public const int UplinkIntervalSeconds = 3_600;

    /// <summary>Radio settings in a region.</summary>
    /// <param name="region">Region in the words of <see cref="Controllers.RegionNames"/>; empty where the frequency plan says it.</param>
    /// <param name="frequencyPlan">The server's name of the frequency plan; empty where the region says enough.</param>
    public static RadioSettings In(string region, string frequencyPlan = "") => new(region, MacVersion, RegionalParameters, true, true, frequencyPlan);
}
