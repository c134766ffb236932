// Queues and multicast groups.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;
using NetworkServers.Radio;

namespace NetworkServers.ChirpStack;

public sealed partial class ChirpStackStandIn
{
    private readonly SortedDictionary<string, JsonObject> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _members = [];

    /// <summary>The multicast groups as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> GroupState => _groups;

    /// <summary>Downlinks that wait for a device, for tests.</summary>
    public IReadOnlyList<JsonObject> QueueOf(string devEui)
    {
        lock (_lock)
        {
            return [.. _queues.GetValueOrDefault(devEui, [])];
        }
    }

    private ApiAnswer Enqueue(string devEui, JsonObject body)
    {
        JsonObject item = body["queueItem"]!.AsObject();
        int port = item["fPort"]?.GetValue<int>() ?? 0;
        if (port is < 1 or > 255)
        {
            return ApiAnswer.Fail(400, "Validation error: FPort must be between 1 - 255");
        }

        string id = NewId();
        if (!_queues.TryGetValue(devEui, out List<JsonObject>? queue))
        {
            _queues[devEui] = queue = [];
        }

        queue.Add(new JsonObject
        {
            ["id"] = id, ["devEui"] = devEui, ["confirmed"] = item["confirmed"]?.GetValue<bool>() ?? false, ["fPort"] = port, ["data"] = Text(item, "data"), ["isPending"] = false,
        });
        Radio.DownlinkQueued(devEui);
        return ApiAnswer.Ok(new JsonObject { ["id"] = id });
    }

    private ApiAnswer Queue(string devEui)
    {
        List<JsonObject> queue = _queues.GetValueOrDefault(devEui, []);
        return ApiAnswer.Ok(new JsonObject { ["totalCount"] = queue.Count, ["result"] = new JsonArray([.. queue.Select(item => item.DeepClone())]) });
    }

    private ApiAnswer Flush(string devEui)
    {
        _queues.Remove(devEui);
        return ApiAnswer.Ok();
    }

    private ApiAnswer HandleMulticast(ApiCall call)
    {
        switch (call.Operation.Id)
        {
            case "MulticastGroupService_List":
                return Listed([.. _groups.Values.Select(group => new JsonObject
                {
                    ["id"] = Text(group, "id"), ["name"] = Text(group, "name"), ["region"] = Text(group, "region"), ["groupType"] = Text(group, "groupType"),
                })], call);
            case "MulticastGroupService_Create":
                JsonObject made = call.Body["multicastGroup"]!.DeepClone().AsObject();
                made["id"] = NewId();
                _groups[Text(made, "id")] = made;
                _members[Text(made, "id")] = new SortedSet<string>(StringComparer.Ordinal);
                return ApiAnswer.Ok(new JsonObject { ["id"] = Text(made, "id") });
        }

        string id = call.Path.ContainsKey("id") ? call.Path["id"] : call.Path.First(pair => pair.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value;
        if (!_groups.TryGetValue(id, out JsonObject? group))
        {
            return ApiAnswer.Fail(401, "");
        }

        switch (call.Operation.Id)
        {
            case "MulticastGroupService_Get":
                return ApiAnswer.Ok(new JsonObject { ["multicastGroup"] = group.DeepClone(), ["createdAt"] = Now() });
            case "MulticastGroupService_Update":
                JsonObject wanted = call.Body["multicastGroup"]!.DeepClone().AsObject();
                wanted["id"] = id;
                _groups[id] = wanted;
                return ApiAnswer.Ok();
            case "MulticastGroupService_Delete":
                _groups.Remove(id);
                _members.Remove(id);
                return ApiAnswer.Ok();
            case "MulticastGroupService_AddDevice":
                string added = Text(call.Body, "devEui");
                return !_devices.ContainsKey(added) ? ApiAnswer.Fail(404, $"Object does not exist: {added}")
                    : _members[id].Add(added) ? ApiAnswer.Ok() : ApiAnswer.Fail(409, "Object already exists: ");
            case "MulticastGroupService_RemoveDevice":
                return _members[id].Remove(call.InPath("devEui")) ? ApiAnswer.Ok() : ApiAnswer.Fail(404, "Object does not exist");
            case "MulticastGroupService_Enqueue":
                return EnqueueMulticast(id, group, call.Body["queueItem"]!.AsObject());
            case "MulticastGroupService_ListQueue":
                return ApiAnswer.Ok(new JsonObject { ["items"] = new JsonArray() });
            case "MulticastGroupService_FlushQueue":
                return ApiAnswer.Ok();
            default:
                return ApiAnswer.Fail(501, "not stood in for: " + call.Operation.Id);
        }
    }

    // Class C goes out at once.
    private ApiAnswer EnqueueMulticast(string id, JsonObject group, JsonObject item)
    {
        long counter = group["fCnt"]?.GetValue<long>() ?? 0;
        group["fCnt"] = counter + 1;
        RadioGroup radio = new(
            id, Text(group, "mcAddr"), Text(group, "mcNwkSKey"), Text(group, "mcAppSKey"), counter, group["dr"]?.GetValue<int>() ?? 0, group["frequency"]?.GetValue<long>() ?? 0);
        Radio.MulticastQueued(radio, new RadioDownlink($"{id}/{counter}", item["fPort"]!.GetValue<int>(), Convert.FromBase64String(Text(item, "data")), false));
        return ApiAnswer.Ok(new JsonObject { ["fCnt"] = counter });
    }

    /// <summary>DevEUIs of a group's members.</summary>
    /// <param name="group">Its identifier.</param>
    public IReadOnlyCollection<string> MembersOf(string group) => _members.GetValueOrDefault(group, []);

    private IEnumerable<JsonObject> Members(string group) => _members.GetValueOrDefault(group, []).Select(devEui => _devices[devEui]);

    private void RemoveFromGroups(string devEui)
    {
        foreach (SortedSet<string> members in _members.Values)
        {
            members.Remove(devEui);
        }
    }
}
