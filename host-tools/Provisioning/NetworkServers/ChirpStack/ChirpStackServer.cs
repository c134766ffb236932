// ChirpStack v4 over its REST interface (chirpstack-rest-api, which is a gRPC gateway in front of ChirpStack and usually listens on port 8090).
using Provisioning.NetworkServers.Http;
using Provisioning.Problems;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>One application at a ChirpStack.</summary>
public sealed class ChirpStackServer : INetworkServer
{
    /// <summary>The product's name in settings and JSON.</summary>
    public const string Kind = "chirpstack";

    private const int LongestName = 100;

    private readonly RestClient _client;
    private readonly ChirpStackApplication _application;
    private readonly ChirpStackDevices _devices;
    private readonly ChirpStackProfiles _profiles;
    private readonly ChirpStackDownlinks _downlinks;
    private readonly ChirpStackMulticast _multicast;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="endpoint">The REST interface.</param>
    /// <param name="applicationId">The application's UUID.</param>
    /// <exception cref="ProblemException">The application's identifier is no UUID.</exception>
    public ChirpStackServer(ServerEndpoint endpoint, string applicationId)
    {
        string id = ParseApplication(applicationId);
        _client = new RestClient(endpoint, "Grpc-Metadata-Authorization");
        _application = new ChirpStackApplication(_client, id);
        _devices = new ChirpStackDevices(_client, _application);
        _profiles = new ChirpStackProfiles(_client, _application);
        _downlinks = new ChirpStackDownlinks(_client);
        _multicast = new ChirpStackMulticast(_client, _application, _devices);
    }

    /// <inheritdoc/>
    public ServerTraits Traits { get; } = new(Kind, true, true, false, false, true, LongestName);

    /// <inheritdoc/>
    public long RequestCount => _client.RequestCount;

    /// <summary>Reads an application's identifier.</summary>
    /// <exception cref="ProblemException">It is no UUID.</exception>
    public static string ParseApplication(string text) => Guid.TryParse(text, out Guid id)
        ? id.ToString()
        : throw new ProblemException(new Problem("problem.networkServer.chirpstackApplication") { Kind = ProblemKind.WrongUse, Field = "--application", Value = text ?? "" });

    /// <inheritdoc/>
    public Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation) => _application.CheckAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListDevicesAsync(CancellationToken cancellation) => _devices.ListAsync("", cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<ServerDevice?>> FindDeviceAsync(string devEui, CancellationToken cancellation) => _devices.FindAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> CreateDeviceAsync(ServerDevice device, CancellationToken cancellation) => _devices.CreateAsync(device, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> UpdateDeviceAsync(ServerDevice device, CancellationToken cancellation) => _devices.UpdateAsync(device, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> DeleteDeviceAsync(string devEui, CancellationToken cancellation) => _devices.DeleteAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListProfilesAsync(CancellationToken cancellation) => _profiles.ListAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<string>> CreateProfileAsync(ServerProfile profile, CancellationToken cancellation) => _profiles.CreateAsync(profile, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> UpdateProfileAsync(ServerProfile profile, CancellationToken cancellation) => _profiles.UpdateAsync(profile, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation) => _downlinks.EnqueueAsync(downlink, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListQueueAsync(string devEui, CancellationToken cancellation) => _downlinks.ListAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> FlushQueueAsync(string devEui, CancellationToken cancellation) => _downlinks.FlushAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListMulticastGroupsAsync(CancellationToken cancellation) => _multicast.ListAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<string>> CreateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => _multicast.CreateAsync(group, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> UpdateMulticastGroupAsync(MulticastGroup group, CancellationToken cancellation) => _multicast.UpdateAsync(group, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> DeleteMulticastGroupAsync(string id, CancellationToken cancellation) => _multicast.DeleteAsync(id, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> EnqueueMulticastAsync(MulticastDownlink downlink, CancellationToken cancellation) => _multicast.EnqueueAsync(downlink, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
