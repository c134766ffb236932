// What polectl asks of a LoRaWAN network server, whichever it is. Nothing here throws because of what a server or the network does: every answer is a value, and a
// failure says what is known of the outcome.
namespace Provisioning.NetworkServers;

/// <summary>
/// One application on a network server. Safe to be called from several tasks at once. Calls that can be repeated without harm are repeated within bounds (429 with
/// Retry-After, 502, 503, 504, cut connections); enqueuing is repeated only when the server has certainly not taken it.
/// </summary>
public interface INetworkServer : IDisposable
{
    /// <summary>What this server keeps, and where.</summary>
    ServerTraits Traits { get; }

    /// <summary>Requests sent so far, repeated ones included.</summary>
    long RequestCount { get; }

    /// <summary>Whether it answers, the token is accepted, and the application is there. Changes nothing; not repeated on failure.</summary>
    Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation);

    /// <summary>The devices of the application as far as the server's list tells: no keys (<see cref="ServerDevice.Keys"/> is null).</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Every device once, by DevEUI, even when the list changes while it is read.</returns>
    Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListDevicesAsync(CancellationToken cancellation);

    /// <summary>A device with everything that the server has of it, keys included; null when there is none.</summary>
    Task<ServerAnswer<ServerDevice?>> FindDeviceAsync(string devEui, CancellationToken cancellation);

    /// <summary>
    /// Makes a device, with all the calls that the server needs for one. When a call after the first fails, what is there is left (<see cref="ServerDevice.IsComplete"/>
    /// is false then), and creating it again completes it.
    /// </summary>
    Task<ServerAnswer<Done>> CreateDeviceAsync(ServerDevice device, CancellationToken cancellation);

    /// <summary>Brings a device to what is given; completes one that is incomplete. Sessions and frame counters stay.</summary>
    Task<ServerAnswer<Done>> UpdateDeviceAsync(ServerDevice device, CancellationToken cancellation);

    /// <summary>Deletes a device everywhere on the server. One that is not there counts as deleted.</summary>
    Task<ServerAnswer<Done>> DeleteDeviceAsync(string devEui, CancellationToken cancellation);

    /// <summary>The device profiles with their codec. Where the server keeps none (<see cref="ServerTraits.KeepsProfiles"/>), one that stands for the application's codec.</summary>
    Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListProfilesAsync(CancellationToken cancellation);

    /// <summary>Makes a device profile.</summary>
    /// <returns>Its identifier on the server.</returns>
    Task<ServerAnswer<string>> CreateProfileAsync(ServerProfile profile, CancellationToken cancellation);

    /// <summary>Brings a device profile (found by its identifier) to what is given; what the profile says beyond that stays.</summary>
    Task<ServerAnswer<Done>> UpdateProfileAsync(ServerProfile profile, CancellationToken cancellation);

    /// <summary>Puts a downlink at the end of a device's queue.</summary>
    /// <returns>The name under which the server's events will speak of it.</returns>
    Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation);

    /// <summary>What waits in a device's queue, in order.</summary>
    Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListQueueAsync(string devEui, CancellationToken cancellation);

    /// <summary>Empties a device's queue.</summary>
    Task<ServerAnswer<Done>> FlushQueueAsync(string devEui, CancellationToken cancellation);

    /// <summary>The multicast groups of the application, with their session keys.</summary>
    Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListMulticastGroupsAsync(CancellationToken cancellation);

    /// <summary>Makes a multicast group, its members included where the server keeps them.</summary>
    /// <returns>Its identifier on the server.</returns>
    Task<ServerAnswer<string>> CreateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation);

    /// <summary>Brings a multicast group (found by its identifier) to what is given, members included where the server keeps them. Its frame counter stays.</summary>
    Task<ServerAnswer<Done>> UpdateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation);

    /// <summary>Deletes a multicast group. One that is not there counts as deleted.</summary>
    Task<ServerAnswer<Done>> DeleteMulticastGroupAsync(string id, CancellationToken cancellation);

    /// <summary>Puts a downlink into a multicast group's queue.</summary>
    Task<ServerAnswer<Done>> EnqueueMulticastAsync(MulticastDownlink downlink, CancellationToken cancellation);
}
