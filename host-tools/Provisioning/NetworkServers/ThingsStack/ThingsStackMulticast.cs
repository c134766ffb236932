// Multicast groups at The Things Stack: each is an end device that never joins, with the group's session. Which devices listen to it, only these know.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>Multicast groups.</summary>
internal sealed class ThingsStackMulticast(RestClient client, ThingsStackPaths paths, ThingsStackDevices devices, ThingsStackDownlinks downlinks, string host, Func<string, string> planOf)
{
    private const string Mark = "multicast-group";
    private const string RegionMark = "multicast-region";
    private const int AddressDigits = 8;
    private const int KeyDigits = 32;
    private const string NetworkMask =
        "?field_mask=multicast,session.dev_addr,session.keys.f_nwk_s_int_key.key,session.last_n_f_cnt_down,mac_settings.rx2_data_rate_index,mac_settings.rx2_frequency";

    public async Task<ServerAnswer<IReadOnlyList<MulticastGroup>>> ListAsync(CancellationToken cancellation)
    {
        ServerAnswer<IReadOnlyList<JsonObject>> entries = await devices.ListEntriesAsync(cancellation).ConfigureAwait(false);
        if (!entries.IsOk)
        {
            return entries.Failure;
        }

        List<MulticastGroup> groups = [];
        foreach (JsonObject entry in entries.Value.Where(entry => entry["attributes"] is JsonObject attributes && attributes.ContainsKey(Mark)))
        {
            string id = entry.Needed("ids").Text("device_id");
            ServerAnswer<JsonObject?> network = await devices.GetAsync(paths.Network(id) + NetworkMask, cancellation).ConfigureAwait(false);
            ServerAnswer<JsonObject?> service =
                network.IsOk ? await devices.GetAsync(paths.Service(id) + "?field_mask=session.keys.app_s_key.key", cancellation).ConfigureAwait(false) : network;
            ServerAnswer<MulticastGroup> group =
                service.IsOk ? client.Read(new RestAnswer([], null), _ => Read(entry, network.Value ?? [], service.Value ?? [])) : service.Failure;
            if (!group.IsOk)
            {
                return group.Failure;
            }

            groups.Add(group.Value);
        }

        return groups;
    }

    public async Task<ServerAnswer<string>> CreateAsync(MulticastGroup group, CancellationToken cancellation)
    {
        JsonObject entry = Entry(group);
        entry["ids"] = new JsonObject { ["device_id"] = group.Name };
        entry["network_server_address"] = host;
        entry["application_server_address"] = host;
        ServerAnswer<RestAnswer> answer =
            await client.CallAsync(HttpMethod.Post, paths.Devices, new JsonObject { ["end_device"] = entry }, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        if (!answer.IsOk && answer.Failure.Kind != FailureKind.AlreadyExists)
        {
            return answer.Failure;
        }

        ServerAnswer<Done> session = await UpdateAsync(group with { Id = group.Name }, cancellation).ConfigureAwait(false);
        return session.IsOk ? group.Name : session.Failure;
    }

    public async Task<ServerAnswer<Done>> UpdateAsync(MulticastGroup group, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject?> there = await devices.GetAsync(paths.Network(group.Id) + NetworkMask, cancellation).ConfigureAwait(false);
        if (!there.IsOk)
        {
            return there.Failure;
        }

        // A group that is there keeps its frame counter.
        bool isNew = there.Value?.Child("session") is null;
        List<(string Path, JsonObject Body)> calls = [(paths.Network(group.Id), Network(group, isNew)), (paths.Service(group.Id), Service(group))];
        if (!isNew)
        {
            calls.Insert(0, (paths.Identity(group.Id), new JsonObject { ["end_device"] = Entry(group), ["field_mask"] = ThingsStackPaths.Mask("name", "attributes") }));
        }

        foreach ((string path, JsonObject body) in calls)
        {
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Put, path, body, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return answer.Failure;
            }
        }

        return Done.Yes;
    }

    public async Task<ServerAnswer<Done>> DeleteAsync(string id, CancellationToken cancellation)
    {
        foreach (string path in (string[])[paths.Service(id), paths.Network(id), paths.Identity(id)])
        {
            ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Delete, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!answer.IsOk && answer.Failure.Kind != FailureKind.NotFound)
            {
                return answer.Failure;
            }
        }

        return Done.Yes;
    }

    public async Task<ServerAnswer<Done>> EnqueueAsync(MulticastDownlink downlink, CancellationToken cancellation)
    {
        if (downlink.GatewayIds.Count == 0)
        {
            return client.Failure(FailureKind.Refused, "problem.networkServer.noGateways", downlink.GroupId);
        }

        JsonArray gateways = [.. downlink.GatewayIds.Select(id => (JsonNode)new JsonObject { ["gateway_ids"] = new JsonObject { ["gateway_id"] = id } })];
        ServerAnswer<string> answer = await downlinks.PushAsync(
            downlink.GroupId, downlink.FPort, downlink.Payload, false, new JsonObject { ["gateways"] = gateways }, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }

    private static JsonObject Entry(MulticastGroup group) => new()
    {
        ["ids"] = new JsonObject(),
        ["name"] = group.Name,
        ["attributes"] = new JsonObject { [Mark] = group.Name, [RegionMark] = group.Region },
    };

    private JsonObject Network(MulticastGroup group, bool isNew)
    {
        JsonObject session = new()
        {
            ["dev_addr"] = group.McAddr,
            ["keys"] = new JsonObject { ["f_nwk_s_int_key"] = new JsonObject { ["key"] = group.Keys.McNwkSKey } },
        };
        List<string> mask =
        [
            "multicast", "supports_class_c", "lorawan_version", "lorawan_phy_version", "frequency_plan_id", "session.dev_addr", "session.keys.f_nwk_s_int_key.key",
            "mac_settings.rx2_data_rate_index.value", "mac_settings.rx2_frequency.value",
        ];
        if (isNew)
        {
            session["last_n_f_cnt_down"] = group.FrameCounter;
            mask.Add("session.last_n_f_cnt_down");
        }

        JsonObject device = new()
        {
            ["ids"] = new JsonObject(),
            ["multicast"] = true,
            ["supports_class_c"] = true,
            ["lorawan_version"] = ThingsStackPaths.MacVersion(ControllerRadio.MacVersion),
            ["lorawan_phy_version"] = ThingsStackPaths.RegionalParameters(ControllerRadio.RegionalParameters),
            ["frequency_plan_id"] = planOf(group.Region),
            ["session"] = session,
            ["mac_settings"] = new JsonObject
            {
                ["rx2_data_rate_index"] = new JsonObject { ["value"] = $"DATA_RATE_{group.DataRate}" },
                ["rx2_frequency"] = new JsonObject { ["value"] = $"{group.FrequencyHz}" },
            },
        };
        return new JsonObject { ["end_device"] = device, ["field_mask"] = ThingsStackPaths.Mask(mask) };
    }

    private static JsonObject Service(MulticastGroup group)
    {
        JsonObject session = new()
        {
            ["dev_addr"] = group.McAddr,
            ["keys"] = new JsonObject { ["app_s_key"] = new JsonObject { ["key"] = group.Keys.McAppSKey } },
        };
        JsonObject device = new() { ["ids"] = new JsonObject(), ["session"] = session };
        return new JsonObject { ["end_device"] = device, ["field_mask"] = ThingsStackPaths.Mask("session.dev_addr", "session.keys.app_s_key.key") };
    }

    private static MulticastGroup Read(JsonObject entry, JsonObject network, JsonObject service)
    {
        JsonObject session = network.Child("session") ?? [];
        JsonObject settings = network.Child("mac_settings") ?? [];
        return new MulticastGroup
        {
            Id = entry.Needed("ids").Text("device_id"),
            Name = entry.Text("name"),
            Region = entry.Map("attributes").GetValueOrDefault(RegionMark, ""),
            McAddr = session.Hex("dev_addr", AddressDigits) ?? "",
            Keys = new MulticastKeys(
                session.Child("keys")?.Child("f_nwk_s_int_key")?.Hex("key", KeyDigits) ?? "",
                service.Child("session")?.Child("keys")?.Child("app_s_key")?.Hex("key", KeyDigits) ?? ""),
            DataRate = DataRate(settings.Child("rx2_data_rate_index")?["value"]),
            FrequencyHz = (int)(settings.Child("rx2_frequency")?.Whole("value") ?? 0),
            FrameCounter = session.Whole("last_n_f_cnt_down"),
        };
    }

    // Described as DATA_RATE_5, told as the number 5 (lorawan.proto, marshal_as_number).
    private static int DataRate(JsonNode? value) => value switch
    {
        JsonValue number when number.TryGetValue(out int index) => index,
        JsonValue name when name.TryGetValue(out string? text) && int.TryParse(text.Replace("DATA_RATE_", "", StringComparison.Ordinal), out int index) => index,
        null => 0,
        _ => throw new ShapeException("rx2_data_rate_index"),
    };
}
