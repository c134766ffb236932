// What is sent down: to one device, or to all of a multicast group.
namespace Provisioning.NetworkServers;

/// <summary>A downlink to one device.</summary>
/// <param name="DevEui">The device.</param>
/// <param name="FPort">Port, 1 to 223.</param>
/// <param name="Payload">Bytes in the clear; the server encrypts them.</param>
/// <param name="IsConfirmed">Whether the device has to acknowledge it.</param>
public sealed record Downlink(string DevEui, int FPort, ReadOnlyMemory<byte> Payload, bool IsConfirmed = false);

/// <summary>A downlink that waits in a device's queue.</summary>
/// <param name="Id">What <see cref="INetworkServer.EnqueueAsync"/> returned for it; empty when somebody else put it there without a name.</param>
/// <param name="FPort">Port.</param>
/// <param name="Payload">Bytes in the clear.</param>
/// <param name="IsConfirmed">Whether the device has to acknowledge it.</param>
/// <param name="IsPending">Whether it was sent and waits for the acknowledgement.</param>
public sealed record QueuedDownlink(string Id, int FPort, ReadOnlyMemory<byte> Payload, bool IsConfirmed, bool IsPending);

/// <summary>A downlink to a multicast group.</summary>
/// <param name="GroupId">The group's identifier on the server.</param>
/// <param name="FPort">Port, 1 to 223.</param>
/// <param name="Payload">Bytes in the clear.</param>
/// <param name="GatewayIds">Through which gateways, on servers that must be told (<see cref="ServerTraits.NeedsMulticastGateways"/>); else empty.</param>
public sealed record MulticastDownlink(string GroupId, int FPort, ReadOnlyMemory<byte> Payload, params IReadOnlyList<string> GatewayIds);
