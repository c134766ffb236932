// Devices at The Things Stack. One device is four things there: an entry at the Identity Server, then root keys at the Join Server, radio settings at the Network
// Server, and a place at the Application Server. The Identity Server's entry is made first and deleted last, so that what an interruption leaves is found.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>Devices.</summary>
internal sealed class ThingsStackDevices(RestClient client, ThingsStackPaths paths, string host)
{
    private const int PageSize = 1_000;
    private const int EuiDigits = 16;
    private const int KeyDigits = 32;
    private const string IdentityMask = "?field_mask=name,attributes";
    private const string JoinMask = "?field_mask=root_keys.app_key.key";
    private const string NetworkMask = "?field_mask=supports_join,lorawan_version,lorawan_phy_version,frequency_plan_id,supports_class_c,mac_settings.adr";
    private const string ServiceMask = "?field_mask=formatters";

    // Devices that somebody else made may have other identifiers than polectl gives.
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>The identifier of a device.</summary>
    public string IdOf(string devEui) => _ids.GetValueOrDefault(devEui, ThingsStackPaths.DevicePrefix + devEui);

    /// <summary>The entries of the Identity Server, multicast groups included, page by page.</summary>
    public Task<ServerAnswer<IReadOnlyList<JsonObject>>> ListEntriesAsync(CancellationToken cancellation) => PagedList.ReadAsync(
        async offset =>
        {
            string path = $"{paths.Devices}{IdentityMask}&order=device_id&limit={PageSize}&page={(offset / PageSize) + 1}";
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            return client.Read(answer, found =>
            {
                List<JsonObject> items = [.. found.Body.Items("end_devices")];
                return new ListPage<JsonObject>(items, found.Total ?? offset + items.Count);
            });
        },
        entry => entry.Child("ids")?.Text("device_id") ?? "");

    public async Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListAsync(CancellationToken cancellation)
    {
        ServerAnswer<IReadOnlyList<JsonObject>> entries = await ListEntriesAsync(cancellation).ConfigureAwait(false);
        if (!entries.IsOk)
        {
            return entries.Failure;
        }

        return client.Read(new RestAnswer([], null), _ => (IReadOnlyList<ServerDevice>)[.. entries.Value
            .Where(entry => entry.Needed("ids").Hex("dev_eui", EuiDigits) is not null).Select(ReadEntry).OrderBy(device => device.DevEui, StringComparer.Ordinal)]);
    }

    public async Task<ServerAnswer<ServerDevice?>> FindAsync(string devEui, CancellationToken cancellation)
    {
        string id = IdOf(devEui);
        ServerAnswer<JsonObject?> entry = await GetAsync(paths.Identity(id) + IdentityMask, cancellation).ConfigureAwait(false);
        if (!entry.IsOk || entry.Value is null)
        {
            return entry.IsOk ? (ServerDevice?)null : entry.Failure;
        }

        ServerAnswer<JsonObject?> join = await GetAsync(paths.Join(id) + JoinMask, cancellation).ConfigureAwait(false);
        ServerAnswer<JsonObject?> network = join.IsOk ? await GetAsync(paths.Network(id) + NetworkMask, cancellation).ConfigureAwait(false) : join;
        ServerAnswer<JsonObject?> service = network.IsOk ? await GetAsync(paths.Service(id) + ServiceMask, cancellation).ConfigureAwait(false) : network;
        if (!service.IsOk)
        {
            return service.Failure;
        }

        return client.Read<ServerDevice?>(new RestAnswer([], null), _ =>
        {
            string? appKey = join.Value?.Child("root_keys")?.Child("app_key")?.Hex("key", KeyDigits);
            return ReadEntry(entry.Value) with
            {
                Keys = appKey is null ? null : new RootKeys(appKey, null),
                Radio = network.Value is null ? null : ReadRadio(network.Value),
                IsComplete = appKey is not null && network.Value is not null && service.Value is not null,
            };
        });
    }

    public async Task<ServerAnswer<Done>> CreateAsync(ServerDevice device, CancellationToken cancellation)
    {
        JsonObject entry = Entry(device, null);
        entry["ids"]!["device_id"] = IdOf(device.DevEui);
        entry["network_server_address"] = host;
        entry["application_server_address"] = host;
        entry["join_server_address"] = host;
        ServerAnswer<RestAnswer> answer =
            await client.CallAsync(HttpMethod.Post, paths.Devices, new JsonObject { ["end_device"] = entry }, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return answer.Failure.Kind == FailureKind.AlreadyExists ? await UpdateAsync(device, cancellation).ConfigureAwait(false) : answer.Failure;
        }

        // Its entry is deleted last: as there was none, the three others have nothing of it, and nobody has to ask them.
        return await PutAsync(Differences(device, device with { Keys = null, Radio = null, IsComplete = false }), cancellation).ConfigureAwait(false);
    }

    public async Task<ServerAnswer<Done>> UpdateAsync(ServerDevice device, CancellationToken cancellation)
    {
        ServerAnswer<ServerDevice?> before = await FindAsync(device.DevEui, cancellation).ConfigureAwait(false);
        if (!before.IsOk)
        {
            return before.Failure;
        }

        if (before.Value is not { } there)
        {
            return client.Failure(FailureKind.AlreadyExists, "problem.networkServer.elsewhere", device.DevEui);
        }

        if (there.JoinEui != device.JoinEui)
        {
            return await ReplaceAsync(device, cancellation).ConfigureAwait(false);
        }

        return await PutAsync(Differences(device, there), cancellation).ConfigureAwait(false);
    }

    public async Task<ServerAnswer<Done>> DeleteAsync(string devEui, CancellationToken cancellation)
    {
        string id = IdOf(devEui);
        foreach (string path in (string[])[paths.Service(id), paths.Network(id), paths.Join(id), paths.Identity(id)])
        {
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Delete, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk && answer.Failure.Kind != FailureKind.NotFound)
            {
                return answer.Failure;
            }
        }

        return Done.Yes;
    }

    /// <summary>An object; null when there is none.</summary>
    public async Task<ServerAnswer<JsonObject?>> GetAsync(string path, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return answer.Failure?.Kind == FailureKind.NotFound ? (JsonObject?)null : client.Read(answer, found => (JsonObject?)found.Body);
    }

    private async Task<ServerAnswer<Done>> PutAsync(IEnumerable<(string Path, JsonObject Body)> changes, CancellationToken cancellation)
    {
        foreach ((string path, JsonObject body) in changes)
        {
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Put, path, body, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return answer.Failure;
            }
        }

        return Done.Yes;
    }

    // Identifiers cannot be changed there.
    private async Task<ServerAnswer<Done>> ReplaceAsync(ServerDevice device, CancellationToken cancellation)
    {
        ServerAnswer<Done> deleted = await DeleteAsync(device.DevEui, cancellation).ConfigureAwait(false);
        return deleted.IsOk ? await CreateAsync(device, cancellation).ConfigureAwait(false) : deleted;
    }

    private IEnumerable<(string Path, JsonObject Body)> Differences(ServerDevice wanted, ServerDevice there)
    {
        string id = IdOf(wanted.DevEui);
        if (wanted.Name != there.Name || wanted.Tags.Any(tag => there.Tags.GetValueOrDefault(tag.Key, "") != tag.Value))
        {
            yield return (paths.Identity(id), Body(Entry(wanted, there), "name", "attributes"));
        }

        if (wanted.Keys is { } keys && there.Keys?.AppKey != keys.AppKey)
        {
            JsonObject join = Ids(wanted);
            join["network_server_address"] = host;
            join["application_server_address"] = host;
            join["root_keys"] = new JsonObject { ["app_key"] = new JsonObject { ["key"] = keys.AppKey } };
            yield return (paths.Join(id), Body(join, "network_server_address", "application_server_address", "root_keys.app_key.key"));
        }

        if (wanted.Radio is { } radio && there.Radio != radio)
        {
            yield return (paths.Network(id), NetworkBody(wanted, radio));
        }

        if (!there.IsComplete)
        {
            yield return (paths.Service(id), Body(Ids(wanted), "ids.dev_eui", "ids.join_eui"));
        }
    }

    private static JsonObject NetworkBody(ServerDevice device, RadioSettings radio)
    {
        JsonObject network = Ids(device);
        network["supports_join"] = true;
        network["lorawan_version"] = ThingsStackPaths.MacVersion(radio.MacVersion);
        network["lorawan_phy_version"] = ThingsStackPaths.RegionalParameters(radio.RegionalParameters);
        network["frequency_plan_id"] = radio.FrequencyPlan;
        network["supports_class_c"] = radio.SupportsClassC;
        network["mac_settings"] = new JsonObject { ["adr"] = new JsonObject { [radio.UsesAdr ? "dynamic" : "disabled"] = new JsonObject() } };
        return Body(network, "supports_join", "lorawan_version", "lorawan_phy_version", "frequency_plan_id", "supports_class_c", "mac_settings.adr.mode");
    }

    private static JsonObject Body(JsonObject device, params IEnumerable<string> mask) => new() { ["end_device"] = device, ["field_mask"] = ThingsStackPaths.Mask(mask) };

    private static JsonObject Ids(ServerDevice device) => new() { ["ids"] = new JsonObject { ["dev_eui"] = device.DevEui, ["join_eui"] = device.JoinEui } };

    // The mask "attributes" sets all of them: those of others go back as they came.
    private static JsonObject Entry(ServerDevice device, ServerDevice? before)
    {
        Dictionary<string, string> attributes = new(before?.Tags ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach ((string key, string value) in device.Tags)
        {
            attributes[key] = value;
        }

        JsonObject entry = Ids(device);
        entry["name"] = device.Name;
        entry["attributes"] = new JsonObject(attributes.Where(pair => pair.Value.Length > 0).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return entry;
    }

    private ServerDevice ReadEntry(JsonObject entry)
    {
        JsonObject ids = entry.Needed("ids");
        string devEui = ids.Hex("dev_eui", EuiDigits) ?? throw new ShapeException("dev_eui");
        _ids[devEui] = ids.Text("device_id");
        return new ServerDevice { DevEui = devEui, JoinEui = ids.Hex("join_eui", EuiDigits), Name = entry.Text("name"), Tags = entry.Map("attributes") };
    }

    // ADR that is not set is ADR as the server does it: on.
    private static RadioSettings ReadRadio(JsonObject network) => new(
        "", ThingsStackPaths.OwnMacVersion(network.Text("lorawan_version")), ThingsStackPaths.OwnRegionalParameters(network.Text("lorawan_phy_version")),
        network.Flag("supports_class_c"), network.Child("mac_settings")?.Child("adr") is not { } adr || (adr.Child("disabled") is null && adr.Child("static") is null),
        network.Text("frequency_plan_id"));
}
