// What ChirpStack calls things (chirpstack/chirpstack, api/proto/common/common.proto), and where its REST interface has them.
namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>Words of ChirpStack.</summary>
internal static class ChirpStackWords
{
    private static readonly (string Own, string Theirs)[] s_regions =
    [
        ("eu868", "EU868"), ("us915", "US915"), ("au915", "AU915"), ("as923-1", "AS923"), ("as923-2", "AS923_2"), ("as923-3", "AS923_3"), ("as923-4", "AS923_4"),
        ("in865", "IN865"), ("kr920", "KR920"),
    ];

    /// <summary>A region as ChirpStack names it.</summary>
    public static string Region(string own) => s_regions.First(pair => pair.Own == own).Theirs;

    /// <summary>A region as it is named here; ChirpStack's own name for one that the controller does not have.</summary>
    public static string OwnRegion(string theirs) => s_regions.FirstOrDefault(pair => pair.Theirs == theirs).Own ?? theirs;

    /// <summary>1.0.4 as LORAWAN_1_0_4.</summary>
    public static string MacVersion(string own) => "LORAWAN_" + own.Replace('.', '_');

    public static string OwnMacVersion(string theirs) => theirs.Replace("LORAWAN_", "", StringComparison.Ordinal).Replace('_', '.');

    /// <summary>RP002-1.0.3 as RP002_1_0_3.</summary>
    public static string RegionalParameters(string own) => own.Replace('-', '_').Replace('.', '_');

    public static string OwnRegionalParameters(string theirs) =>
        theirs.StartsWith("RP002_", StringComparison.Ordinal) ? "RP002-" + theirs["RP002_".Length..].Replace('_', '.') : theirs;

    public static string Device(string devEui) => "api/devices/" + devEui;

    public static string Keys(string devEui) => $"api/devices/{devEui}/keys";

    public static string Queue(string devEui) => $"api/devices/{devEui}/queue";

    public static string Group(string id) => "api/multicast-groups/" + Uri.EscapeDataString(id);
}
