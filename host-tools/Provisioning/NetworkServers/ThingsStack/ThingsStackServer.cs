// The Things Stack v3 over HTTP: one application on one cluster. The Identity Server has to be on the same host as the other servers.
using Provisioning.NetworkServers.Http;
using Provisioning.Problems;

namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>One application at The Things Stack.</summary>
public sealed class ThingsStackServer : INetworkServer
{
    /// <summary>The product's name in settings and JSON.</summary>
    public const string Kind = "things-stack";

    // api/ttn/lorawan/v3: end_device.proto (name), identifiers.proto (application_id).
    private const int LongestName = 50;
    private const int ShortestId = 3;
    private const int LongestId = 36;

    private readonly RestClient _client;
    private readonly ThingsStackDevices _devices;
    private readonly ThingsStackApplication _application;
    private readonly ThingsStackDownlinks _downlinks;
    private readonly ThingsStackMulticast _multicast;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="endpoint">The cluster.</param>
    /// <param name="applicationId">The application's identifier.</param>
    /// <param name="frequencyPlans">The server's name of the frequency plan, for each region.</param>
    /// <exception cref="ProblemException">The application's identifier cannot be one.</exception>
    public ThingsStackServer(ServerEndpoint endpoint, string applicationId, IReadOnlyDictionary<string, string> frequencyPlans)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(frequencyPlans);
        ThingsStackPaths paths = new(ParseApplication(applicationId));
        string host = endpoint.Address.Host;
        _client = new RestClient(endpoint, "Authorization");
        _devices = new ThingsStackDevices(_client, paths, host);
        _application = new ThingsStackApplication(_client, paths, _devices);
        _downlinks = new ThingsStackDownlinks(_client, paths, _devices);
        _multicast = new ThingsStackMulticast(_client, paths, _devices, _downlinks, host, region => frequencyPlans.GetValueOrDefault(region, ""));
    }

    /// <inheritdoc/>
    public ServerTraits Traits { get; } = new(Kind, false, false, true, true, false, LongestName);

    /// <inheritdoc/>
    public long RequestCount => _client.RequestCount;

    /// <summary>Reads an application's identifier.</summary>
    /// <exception cref="ProblemException">It cannot be one.</exception>
    public static string ParseApplication(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isId = text.Length is >= ShortestId and <= LongestId && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
            && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal);
        return isId ? text : throw new ProblemException(new Problem("problem.networkServer.thingsStackApplication") { Kind = ProblemKind.WrongUse, Field = "--application", Value = text });
    }

    /// <inheritdoc/>
    public Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation) => _application.CheckAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListDevicesAsync(CancellationToken cancellation) => _devices.ListAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<ServerDevice?>> FindDeviceAsync(string devEui, CancellationToken cancellation) => _devices.FindAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> CreateDeviceAsync(ServerDevice device, CancellationToken cancellation) => _devices.CreateAsync(device, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> UpdateDeviceAsync(ServerDevice device, CancellationToken cancellation) => _devices.UpdateAsync(device, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> DeleteDeviceAsync(string devEui, CancellationToken cancellation) => _devices.DeleteAsync(devEui, cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListProfilesAsync(CancellationToken cancellation) => _application.ListProfilesAsync(cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer<string>> CreateProfileAsync(ServerProfile profile, CancellationToken cancellation) =>
        Task.FromResult<ServerAnswer<string>>(_client.Failure(FailureKind.NotSupported, "problem.networkServer.noProfiles"));

    /// <inheritdoc/>
    public Task<ServerAnswer<Done>> UpdateProfileAsync(ServerProfile profile, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return _application.SetCodecAsync(profile.Codec, cancellation);
    }

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
