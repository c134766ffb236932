// Multicast groups at a ChirpStack, class C, and their members.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>Multicast groups.</summary>
internal sealed class ChirpStackMulticast(RestClient client, ChirpStackApplication application, ChirpStackDevices devices)
{
    private const int PageSize = 100;
    private const string Path = "api/multicast-groups";
    private const int AddressDigits = 8;
    private const int KeyDigits = 32;

    public async Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListAsync(CancellationToken cancellation)
    {
        ServerAnswer<IReadOnlyList<string>> ids = await PagedList.ReadAsync(
            async offset =>
            {
                string path = $"{Path}?limit={PageSize}&offset={offset}&applicationId={application.Id}";
                ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
                return client.Read(answer, found => new ListPage<string>([.. found.Body.Items("result").Select(item => item.Text("id"))], found.Body.Whole("totalCount")));
            },
            id => id).ConfigureAwait(false);
        if (!ids.IsOk)
        {
            return ids.Failure;
        }

        List<MulticastGroup> groups = [];
        foreach (string id in ids.Value)
        {
            ServerAnswer<MulticastGroup> group = await FindAsync(id, cancellation).ConfigureAwait(false);
            if (group.IsOk)
            {
                groups.Add(group.Value);
            }
            else if (group.Failure.Kind != FailureKind.NotFound)
            {
                return group.Failure;
            }
        }

        return groups;
    }

    public async Task<ServerAnswer<string>> CreateAsync(MulticastGroup group, CancellationToken cancellation)
    {
        JsonObject json = Write(group, new JsonObject { ["applicationId"] = application.Id, ["fCnt"] = group.FrameCounter });
        ServerAnswer<string> id = await client.MakeOnceAsync(
            async () => client.Read(
                await client.CallAsync(HttpMethod.Post, Path, new JsonObject { ["multicastGroup"] = json.DeepClone() }, CallKind.OnceOnly, cancellation).ConfigureAwait(false),
                found => found.Body.Text("id")),
            async () =>
            {
                ServerAnswer<IReadOnlyList<MulticastGroup>> there = await ListAsync(cancellation).ConfigureAwait(false);
                return there.IsOk ? there.Value.FirstOrDefault(candidate => candidate.Name == group.Name && candidate.McAddr == group.McAddr)?.Id : there.Failure;
            }).ConfigureAwait(false);
        if (!id.IsOk)
        {
            return id;
        }

        ServerAnswer<Done> members = await SetMembersAsync(id.Value, group.DevEuis, cancellation).ConfigureAwait(false);
        return members.IsOk ? id : members.Failure;
    }

    public async Task<ServerAnswer<Done>> UpdateAsync(MulticastGroup group, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject> before = await GetAsync(group.Id, cancellation).ConfigureAwait(false);
        if (!before.IsOk)
        {
            return before.Failure;
        }

        // The frame counter goes back as it came: an older one would make the devices refuse what is sent. A downlink that is enqueued in between keeps its number
        // and the next would have it again, so nothing is sent when nothing changes.
        JsonObject wanted = Write(group, before.Value.DeepClone().AsObject());
        if (!JsonNode.DeepEquals(wanted, before.Value))
        {
            wanted.Remove("id");
            ServerAnswer<RestAnswer> answer = await client.CallAsync(
                HttpMethod.Put, ChirpStackWords.Group(group.Id), new JsonObject { ["multicastGroup"] = wanted }, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return answer.Failure;
            }
        }

        return await SetMembersAsync(group.Id, group.DevEuis, cancellation).ConfigureAwait(false);
    }

    public async Task<ServerAnswer<Done>> DeleteAsync(string id, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Delete, ChirpStackWords.Group(id), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        ServerFailure? failure = answer.IsOk ? null : await application.ExplainAsync(answer.Failure, cancellation).ConfigureAwait(false);
        return failure is null ? Done.Yes : failure;
    }

    public async Task<ServerAnswer<Done>> EnqueueAsync(MulticastDownlink downlink, CancellationToken cancellation)
    {
        JsonObject item = new() { ["fPort"] = downlink.FPort, ["data"] = Convert.ToBase64String(downlink.Payload.Span) };
        ServerAnswer<RestAnswer> answer = await client.CallAsync(
            HttpMethod.Post, ChirpStackWords.Group(downlink.GroupId) + "/queue", new JsonObject { ["queueItem"] = item }, CallKind.OnceOnly, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }

    private async Task<ServerAnswer<MulticastGroup>> FindAsync(string id, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject> json = await GetAsync(id, cancellation).ConfigureAwait(false);
        ServerAnswer<IReadOnlyList<ServerDevice>> members = json.IsOk
            ? await devices.ListAsync("&multicastGroupId=" + Uri.EscapeDataString(id), cancellation).ConfigureAwait(false)
            : json.Failure;
        return members.IsOk
            ? client.Read(new RestAnswer(json.Value, null), found => Read(found.Body) with { DevEuis = [.. members.Value.Select(member => member.DevEui)] })
            : members.Failure;
    }

    private async Task<ServerAnswer<JsonObject>> GetAsync(string id, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, ChirpStackWords.Group(id), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return client.Read(answer, found => found.Body.Needed("multicastGroup"));
    }

    private async Task<ServerAnswer<Done>> SetMembersAsync(string id, IReadOnlyList<string>? wanted, CancellationToken cancellation)
    {
        if (wanted is null)
        {
            return Done.Yes;
        }

        ServerAnswer<IReadOnlyList<ServerDevice>> there = await devices.ListAsync("&multicastGroupId=" + Uri.EscapeDataString(id), cancellation).ConfigureAwait(false);
        if (!there.IsOk)
        {
            return there.Failure;
        }

        HashSet<string> members = [.. there.Value.Select(member => member.DevEui)];
        foreach (string devEui in wanted.Where(devEui => !members.Contains(devEui)))
        {
            JsonObject body = new() { ["devEui"] = devEui };
            ServerAnswer<RestAnswer> added =
                await client.CallAsync(HttpMethod.Post, ChirpStackWords.Group(id) + "/devices", body, CallKind.Repeatable, cancellation).ConfigureAwait(false);

            // It is in the group when a call whose answer was lost has put it there.
            if (!added.IsOk && added.Failure.Kind != FailureKind.AlreadyExists)
            {
                return added.Failure;
            }
        }

        foreach (string devEui in members.Except(wanted))
        {
            ServerAnswer<RestAnswer> removed =
                await client.CallAsync(HttpMethod.Delete, $"{ChirpStackWords.Group(id)}/devices/{devEui}", null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!removed.IsOk && removed.Failure.Kind != FailureKind.NotFound)
            {
                return removed.Failure;
            }
        }

        return Done.Yes;
    }

    private static JsonObject Write(MulticastGroup group, JsonObject json)
    {
        json["name"] = group.Name;
        json["region"] = ChirpStackWords.Region(group.Region);
        json["mcAddr"] = group.McAddr;
        json["mcNwkSKey"] = group.Keys.McNwkSKey;
        json["mcAppSKey"] = group.Keys.McAppSKey;
        json["groupType"] = "CLASS_C";
        json["dr"] = group.DataRate;
        json["frequency"] = group.FrequencyHz;
        return json;
    }

    private static MulticastGroup Read(JsonObject json) => new()
    {
        Id = json.Text("id"),
        Name = json.Text("name"),
        Region = ChirpStackWords.OwnRegion(json.Text("region")),
        McAddr = json.Hex("mcAddr", AddressDigits) ?? "",
        Keys = new MulticastKeys(json.Hex("mcNwkSKey", KeyDigits) ?? "", json.Hex("mcAppSKey", KeyDigits) ?? ""),
        DataRate = (int)json.Whole("dr"),
        FrequencyHz = (int)json.Whole("frequency"),
        FrameCounter = json.Whole("fCnt"),
    };
}
