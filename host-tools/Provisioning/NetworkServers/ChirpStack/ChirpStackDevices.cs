// Devices at a ChirpStack. One device is two things there, the device and its keys, made by two calls; every step here finds what an earlier run left and goes on
// from it.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>Devices.</summary>
internal sealed class ChirpStackDevices(RestClient client, ChirpStackApplication application)
{
    private const int PageSize = 500;
    private const int EuiDigits = 16;
    private const int KeyDigits = 32;

    public Task<ServerAnswer<IReadOnlyList<ServerDevice>>> ListAsync(string filter, CancellationToken cancellation) => PagedList.ReadAsync(
        async offset =>
        {
            string path = $"api/devices?applicationId={application.Id}&orderBy=DEV_EUI&limit={PageSize}&offset={offset}{filter}";
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            return client.Read(answer, found => new ListPage<ServerDevice>([.. found.Body.Items("result").Select(ReadListed)], found.Body.Whole("totalCount")));
        },
        device => device.DevEui);

    public async Task<ServerAnswer<ServerDevice?>> FindAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject?> device = await GetAsync(devEui, cancellation).ConfigureAwait(false);
        if (!device.IsOk)
        {
            return device.Failure;
        }

        if (device.Value is null)
        {
            return (ServerDevice?)null;
        }

        ServerAnswer<RootKeys?> keys = await KeysAsync(devEui, cancellation).ConfigureAwait(false);
        if (!keys.IsOk)
        {
            return keys.Failure;
        }

        return client.Read<ServerDevice?>(new RestAnswer(device.Value, null), found => Read(found.Body) with { Keys = keys.Value, IsComplete = keys.Value is not null });
    }

    public async Task<ServerAnswer<Done>> CreateAsync(ServerDevice device, CancellationToken cancellation)
    {
        JsonObject made = new() { ["device"] = Write(device, new JsonObject { ["devEui"] = device.DevEui }) };
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Post, "api/devices", made, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return answer.IsOk ? await CreateKeysAsync(device, cancellation).ConfigureAwait(false)
            : answer.Failure.Kind != FailureKind.AlreadyExists ? answer.Failure
            : await UpdateAsync(device, cancellation).ConfigureAwait(false);
    }

    public async Task<ServerAnswer<Done>> UpdateAsync(ServerDevice device, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject?> before = await GetAsync(device.DevEui, cancellation).ConfigureAwait(false);
        if (!before.IsOk)
        {
            return before.Failure;
        }

        if (before.Value is null)
        {
            return client.Failure(FailureKind.AlreadyExists, "problem.networkServer.elsewhere", device.DevEui);
        }

        // An update sets every field: what is not polectl's business goes back as it came.
        JsonObject wanted = Write(device, before.Value.DeepClone().AsObject());
        if (!JsonNode.DeepEquals(wanted, before.Value))
        {
            wanted.Remove("devEui");
            ServerAnswer<RestAnswer> answer = await client.CallAsync(
                HttpMethod.Put, ChirpStackWords.Device(device.DevEui), new JsonObject { ["device"] = wanted }, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return answer.Failure;
            }
        }

        ServerAnswer<RootKeys?> keys = await KeysAsync(device.DevEui, cancellation).ConfigureAwait(false);
        return !keys.IsOk ? keys.Failure
            : keys.Value is null ? await CreateKeysAsync(device, cancellation).ConfigureAwait(false)
            : keys.Value == device.Keys ? Done.Yes
            : Finished(await SendKeysAsync(HttpMethod.Put, device, cancellation).ConfigureAwait(false));
    }

    public async Task<ServerAnswer<Done>> DeleteAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Delete, ChirpStackWords.Device(devEui), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        ServerFailure? failure = answer.IsOk ? null : await application.ExplainAsync(answer.Failure, cancellation).ConfigureAwait(false);
        return failure is null ? Done.Yes : failure;
    }

    // The device's JSON; null when there is none in this tenant.
    private async Task<ServerAnswer<JsonObject?>> GetAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, ChirpStackWords.Device(devEui), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            ServerFailure? failure = await application.ExplainAsync(answer.Failure, cancellation).ConfigureAwait(false);
            return failure is null ? (JsonObject?)null : failure;
        }

        ServerAnswer<JsonObject?> device = client.Read(answer, found => (JsonObject?)found.Body.Needed("device"));
        ServerAnswer<string> owner = client.Read(answer, found => found.Body.Needed("device").Text("applicationId"));
        return !owner.IsOk ? owner.Failure
            : owner.Value == application.Id ? device
            : client.Failure(FailureKind.AlreadyExists, "problem.networkServer.elsewhere", devEui);
    }

    private async Task<ServerAnswer<RootKeys?>> KeysAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, ChirpStackWords.Keys(devEui), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        if (answer.Failure?.Kind == FailureKind.NotFound)
        {
            return (RootKeys?)null;
        }

        // LoRaWAN 1.0.x: the AppKey is in nwkKey (device.proto says so), appKey stays empty.
        return client.Read(answer, found =>
        {
            JsonObject keys = found.Body.Needed("deviceKeys");
            return (RootKeys?)new RootKeys(keys.Hex("nwkKey", KeyDigits) ?? "", keys.Hex("genAppKey", KeyDigits));
        });
    }

    private async Task<ServerAnswer<Done>> CreateKeysAsync(ServerDevice device, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await SendKeysAsync(HttpMethod.Post, device, cancellation).ConfigureAwait(false);
        if (answer.Failure?.Kind != FailureKind.AlreadyExists)
        {
            return Finished(answer);
        }

        // A call whose answer was lost made them, or somebody else did: the same keys are left alone, because setting them is not free of consequences elsewhere.
        ServerAnswer<RootKeys?> there = await KeysAsync(device.DevEui, cancellation).ConfigureAwait(false);
        return !there.IsOk ? there.Failure : there.Value == device.Keys ? Done.Yes : Finished(await SendKeysAsync(HttpMethod.Put, device, cancellation).ConfigureAwait(false));
    }

    private Task<ServerAnswer<RestAnswer>> SendKeysAsync(HttpMethod method, ServerDevice device, CancellationToken cancellation)
    {
        RootKeys keys = device.Keys ?? throw new ArgumentException("a device needs its keys", nameof(device));
        JsonObject body = new() { ["deviceKeys"] = new JsonObject { ["nwkKey"] = keys.AppKey, ["genAppKey"] = keys.GenAppKey ?? "" } };
        return client.CallAsync(method, ChirpStackWords.Keys(device.DevEui), body, CallKind.Repeatable, cancellation);
    }

    private static ServerAnswer<Done> Finished(ServerAnswer<RestAnswer> answer) => answer.IsOk ? Done.Yes : answer.Failure;

    private JsonObject Write(ServerDevice device, JsonObject json)
    {
        JsonObject tags = json.Child("tags")?.DeepClone().AsObject() ?? [];
        foreach ((string key, string value) in device.Tags)
        {
            if (value.Length == 0)
            {
                tags.Remove(key);
            }
            else
            {
                tags[key] = value;
            }
        }

        json["applicationId"] = application.Id;
        json["deviceProfileId"] = device.ProfileId ?? "";
        json["name"] = device.Name;
        json["joinEui"] = device.JoinEui ?? "";
        json["isDisabled"] = device.IsDisabled;
        json["tags"] = tags;
        return json;
    }

    private static ServerDevice Read(JsonObject device) => new()
    {
        DevEui = device.Hex("devEui", EuiDigits) ?? throw new ShapeException("devEui"),
        JoinEui = device.Hex("joinEui", EuiDigits),
        Name = device.Text("name"),
        ProfileId = device.Text("deviceProfileId"),
        IsDisabled = device.Flag("isDisabled"),
        Tags = device.Map("tags"),
    };

    // The list has neither JoinEUI nor whether it is disabled.
    private static ServerDevice ReadListed(JsonObject device) => new()
    {
        DevEui = device.Hex("devEui", EuiDigits) ?? throw new ShapeException("devEui"),
        Name = device.Text("name"),
        ProfileId = device.Text("deviceProfileId"),
        Tags = device.Map("tags"),
    };
}
