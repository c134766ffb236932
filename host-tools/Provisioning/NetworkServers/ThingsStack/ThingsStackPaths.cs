// Where The Things Stack's HTTP interface has things (TheThingsNetwork/lorawan-stack, api/ttn/lorawan/v3), and what it calls versions.
namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>Paths within one application.</summary>
internal sealed class ThingsStackPaths(string applicationId)
{
    /// <summary>Prefix of the device identifiers that the console and polectl make of a DevEUI.</summary>
    public const string DevicePrefix = "eui-";

    public string ApplicationId => applicationId;

    public string Application => "api/v3/applications/" + applicationId;

    public string Link => $"api/v3/as/applications/{applicationId}/link";

    public string Devices => Application + "/devices";

    /// <summary>A device at the Identity Server.</summary>
    public string Identity(string deviceId) => $"{Devices}/{deviceId}";

    /// <summary>A device at the Join Server.</summary>
    public string Join(string deviceId) => $"api/v3/js/applications/{applicationId}/devices/{deviceId}";

    /// <summary>A device at the Network Server.</summary>
    public string Network(string deviceId) => $"api/v3/ns/applications/{applicationId}/devices/{deviceId}";

    /// <summary>A device at the Application Server.</summary>
    public string Service(string deviceId) => $"api/v3/as/applications/{applicationId}/devices/{deviceId}";

    /// <summary>1.0.4 as MAC_V1_0_4.</summary>
    public static string MacVersion(string own) => "MAC_V" + own.Replace('.', '_');

    public static string OwnMacVersion(string theirs) => theirs.StartsWith("MAC_V", StringComparison.Ordinal) ? theirs["MAC_V".Length..].Replace('_', '.') : theirs;

    /// <summary>RP002-1.0.3 as RP002_V1_0_3.</summary>
    public static string RegionalParameters(string own) => own.Replace("-", "_V", StringComparison.Ordinal).Replace('.', '_');

    public static string OwnRegionalParameters(string theirs) =>
        theirs.StartsWith("RP002_V", StringComparison.Ordinal) ? "RP002-" + theirs["RP002_V".Length..].Replace('_', '.') : theirs;

    /// <summary>A field mask as it stands in a request's body: text, says the published description (the examples there have an object; the server takes both).</summary>
    public static string Mask(params IEnumerable<string> paths) => string.Join(',', paths);
}
