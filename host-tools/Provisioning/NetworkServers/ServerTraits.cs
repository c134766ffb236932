// What differs between network servers in a way that callers have to know.
namespace Provisioning.NetworkServers;

/// <summary>Traits of a server.</summary>
/// <param name="Kind">The product, as settings and JSON name it: chirpstack or things-stack.</param>
/// <param name="KeepsProfiles">
/// Whether it has device profiles. If so, a device has <see cref="ServerDevice.ProfileId"/> and its radio settings are the profile's; else a device has
/// <see cref="ServerDevice.Radio"/> and the profile is only the application's codec.
/// </param>
/// <param name="KeepsMulticastMembers">Whether it knows which devices are in a multicast group. If not, only the devices know.</param>
/// <param name="NeedsMulticastGateways">Whether a multicast downlink must say through which gateways it goes.</param>
/// <param name="NeedsJoinEui">Whether a device cannot be made without a JoinEUI.</param>
/// <param name="KeepsGenAppKey">Whether it keeps a GenAppKey (TS005).</param>
/// <param name="LongestName">Most characters of a device's name.</param>
public sealed record ServerTraits(
    string Kind, bool KeepsProfiles, bool KeepsMulticastMembers, bool NeedsMulticastGateways, bool NeedsJoinEui, bool KeepsGenAppKey, int LongestName);

/// <summary>What a server says of itself.</summary>
/// <param name="Application">Name of the application.</param>
/// <param name="DeviceCount">Devices in it; null when the server does not say.</param>
/// <param name="Milliseconds">How long the answer took.</param>
public sealed record ServerHealth(string Application, int? DeviceCount, long Milliseconds);
