// The Things Stack v3 behind its HTTP interface, as far as its published description and its source say how it behaves (TheThingsNetwork/lorawan-stack): one application,
// and the registries of four servers that know nothing of each other.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;
using NetworkServers.Interface;
using NetworkServers.Radio;

namespace NetworkServers.ThingsStack;

/// <summary>The stand-in.</summary>
public sealed partial class ThingsStackStandIn : IStandIn
{
    private const int LargestPage = 1_000;
    private const int LongestFormatter = 40_960;
    private const int LongestName = 50;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _identity = new(StringComparer.Ordinal);

    // Identifiers of devices by DevEUI; null when it has to be made anew. Ten thousand registrations would else look through all of them each.
    private Dictionary<string, string>? _idsByDevEui;
    private readonly Dictionary<string, JsonObject> _join = [];
    private readonly Dictionary<string, JsonObject> _network = [];
    private readonly Dictionary<string, JsonObject> _service = [];
    private readonly Dictionary<string, List<JsonObject>> _queues = [];
    private readonly HashSet<string> _elsewhere = [];
    private readonly string _token;
    private JsonObject? _link;

    /// <summary>Makes it.</summary>
    /// <param name="token">The API key that it accepts.</param>
    public ThingsStackStandIn(string token) => _token = token;

    /// <summary>Identifier of the application.</summary>
    public string ApplicationId { get; } = "street-lights";

    /// <summary>What is on the air.</summary>
    public IRadioSide Radio { get; set; } = new SilentRadio();

    /// <inheritdoc/>
    public ApiDescription Description { get; } = ApiDescription.Load("things-stack");

    /// <inheritdoc/>
    public string TokenHeader => "Authorization";

    /// <summary>The Identity Server's entries as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> IdentityState => _identity;

    /// <summary>The Join Server's entries as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> JoinState => _join;

    /// <summary>The Network Server's entries as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> NetworkState => _network;

    /// <summary>The Application Server's entries as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> ServiceState => _service;

    /// <summary>The application's formatters as they are, for tests; null when there are none.</summary>
    public JsonObject? Link => _link;

    /// <summary>Takes the application's formatters away.</summary>
    public void ForgetLink() => _link = null;

    /// <summary>Gives a DevEUI to another application.</summary>
    public void TakeElsewhere(string devEui) => _elsewhere.Add(devEui);

    /// <summary>Changes what is there as somebody else would, past the interface: entries of Identity, Join and Network Server.</summary>
    public void Tamper(Action<IDictionary<string, JsonObject>, IDictionary<string, JsonObject>, IDictionary<string, JsonObject>> change)
    {
        lock (_lock)
        {
            change(_identity, _join, _network);
            _idsByDevEui = null;
        }
    }

    /// <inheritdoc/>
    public ApiAnswer Handle(ApiCall call, string? token)
    {
        if (token != _token)
        {
            return ApiAnswer.Fail(token is null ? 403 : 401, "error:pkg/auth:token (invalid token)");
        }

        if (call.InPath("application_id") != ApplicationId)
        {
            return ApiAnswer.Fail(403, "error:pkg/auth/rights:no_application_rights (no rights for the application)");
        }

        IReadOnlyList<string> mask = MaskOf(call);
        if (FieldMask.NotAllowed(call.Operation.Id, mask) is { } wrong)
        {
            return ApiAnswer.Fail(400, $"error:pkg/rpcmiddleware/hooks:field_mask_paths (forbidden path(s) in field mask: {wrong})");
        }

        lock (_lock)
        {
            return Handle(call, mask);
        }
    }

    private ApiAnswer Handle(ApiCall call, IReadOnlyList<string> mask) => call.Operation.Id switch
    {
        "ApplicationRegistry_Get" => ApiAnswer.Ok(new JsonObject { ["ids"] = ApplicationIds(), ["name"] = "Street lights" }),
        "EndDeviceRegistry_List" => ListDevices(call, mask),
        "EndDeviceRegistry_Create" => CreateDevice(call.Body["end_device"]!.AsObject()),
        "EndDeviceRegistry_Get" => Get(_identity, call.InPath("device_id"), mask),
        "EndDeviceRegistry_Update" => UpdateDevice(call.InPath("device_id"), call.Body["end_device"]!.AsObject(), mask),
        "EndDeviceRegistry_Delete" => DeleteDevice(call.InPath("device_id")),
        "JsEndDeviceRegistry_Get" => Get(_join, call.InPath("device_id"), mask),
        "JsEndDeviceRegistry_Set2" or "JsEndDeviceRegistry_Set" => SetJoin(call, mask),
        "JsEndDeviceRegistry_Delete" => Delete(_join, call.InPath("device_id")),
        "NsEndDeviceRegistry_Get" => Get(_network, call.InPath("device_id"), mask),
        "NsEndDeviceRegistry_Set2" or "NsEndDeviceRegistry_Set" => SetNetwork(call, mask),
        "NsEndDeviceRegistry_Delete" => Delete(_network, call.InPath("device_id")),
        "AsEndDeviceRegistry_Get" => Get(_service, call.InPath("device_id"), mask),
        "AsEndDeviceRegistry_Set2" or "AsEndDeviceRegistry_Set" => Set(_service, call, mask),
        "AsEndDeviceRegistry_Delete" => Delete(_service, call.InPath("device_id")),
        "As_GetLink" => _link is null ? NotFound("link") : ApiAnswer.Ok(_link.DeepClone().AsObject()),
        "As_SetLink" => SetLink(call.Body["link"]!.AsObject()),
        "AppAs_DownlinkQueuePush" or "AppAs_DownlinkQueueReplace" => Push(call),
        "AppAs_DownlinkQueueList" => Queue(call.InPath("device_id")),
        _ when call.Operation.Id.StartsWith("ApplicationWebhookRegistry", StringComparison.Ordinal) => HandleWebhook(call),
        _ => ApiAnswer.Fail(501, "not stood in for: " + call.Operation.Id),
    };

    private ApiAnswer ListDevices(ApiCall call, IReadOnlyList<string> mask)
    {
        int limit = call.Number("limit", LargestPage);
        if (limit > LargestPage)
        {
            return ApiAnswer.Fail(400, "invalid limit");
        }

        JsonArray page = [.. _identity.Values.Skip((call.Number("page", 1) - 1) * limit).Take(limit).Select(entry => Filtered(entry, mask))];
        return ApiAnswer.Ok(page.Count == 0 ? [] : new JsonObject { ["end_devices"] = page }) with { Total = _identity.Count };
    }

    private ApiAnswer CreateDevice(JsonObject body)
    {
        JsonObject ids = body["ids"]!.AsObject();
        string id = Text(ids, "device_id");
        string devEui = Text(ids, "dev_eui").ToUpperInvariant();
        if (id.Length is < 3 or > 36 || Text(body, "name").Length > LongestName)
        {
            return ApiAnswer.Fail(400, "error:pkg/rpcmiddleware/validator:field (invalid device)");
        }

        bool isTaken = devEui.Length > 0 && (_elsewhere.Contains(devEui) || IdOf(devEui) is not null);
        if (isTaken || _identity.ContainsKey(id))
        {
            return ApiAnswer.Fail(409, isTaken ? "error:pkg/identityserver:end_device_euis_taken (an end device with these EUIs is registered)" : "error:pkg/identityserver/store:id_taken (ID already taken)");
        }

        JsonObject entry = body.DeepClone().AsObject();
        entry["ids"] = Ids(id, devEui, Text(ids, "join_eui").ToUpperInvariant());
        entry["created_at"] = Now();
        _identity[id] = entry;
        if (devEui.Length > 0)
        {
            _idsByDevEui?.TryAdd(devEui, id);
        }

        return ApiAnswer.Ok(entry.DeepClone().AsObject());
    }

    private ApiAnswer UpdateDevice(string id, JsonObject body, IReadOnlyList<string> mask)
    {
        if (!_identity.TryGetValue(id, out JsonObject? entry))
        {
            return NotFound(id);
        }

        FieldMask.Copy(body, entry, mask);
        return ApiAnswer.Ok(Filtered(entry, mask));
    }

    private ApiAnswer DeleteDevice(string id)
    {
        if (!_identity.Remove(id, out JsonObject? entry))
        {
            return NotFound(id);
        }

        string devEui = Text(entry["ids"]!.AsObject(), "dev_eui");
        _idsByDevEui?.Remove(devEui);
        Radio.DeviceRemoved(devEui.ToLowerInvariant());
        return ApiAnswer.Ok();
    }

    private ApiAnswer SetJoin(ApiCall call, IReadOnlyList<string> mask)
    {
        JsonObject ids = call.Body["end_device"]!["ids"]!.AsObject();
        return Text(ids, "join_eui").Length != 16 || Text(ids, "dev_eui").Length != 16 ? ApiAnswer.Fail(400, "error:pkg/joinserver:no_join_eui (no JoinEUI specified)") : Set(_join, call, mask);
    }

    private ApiAnswer SetNetwork(ApiCall call, IReadOnlyList<string> mask)
    {
        JsonObject device = call.Body["end_device"]!.AsObject();
        bool isNew = !_network.ContainsKey(call.InPath("device_id"));
        bool lacks = isNew && (Text(device, "lorawan_version").Length == 0 || Text(device, "lorawan_phy_version").Length == 0 || Text(device, "frequency_plan_id").Length == 0);
        return lacks ? ApiAnswer.Fail(400, "error:pkg/networkserver:field_value (invalid value of field `lorawan_version`)") : Set(_network, call, mask);
    }

    private ApiAnswer Set(Dictionary<string, JsonObject> registry, ApiCall call, IReadOnlyList<string> mask)
    {
        string id = call.InPath("device_id");
        JsonObject body = call.Body["end_device"]!.AsObject();
        JsonObject ids = body["ids"] as JsonObject ?? [];
        if (!registry.TryGetValue(id, out JsonObject? entry))
        {
            registry[id] = entry = new JsonObject { ["ids"] = Ids(id, Text(ids, "dev_eui").ToUpperInvariant(), Text(ids, "join_eui").ToUpperInvariant()), ["created_at"] = Now() };
        }

        FieldMask.Copy(body, entry, mask.Where(path => !path.StartsWith("ids", StringComparison.Ordinal)));
        TellRadio(id);
        return ApiAnswer.Ok(Filtered(entry, mask));
    }

    private static ApiAnswer Get(IDictionary<string, JsonObject> registry, string id, IReadOnlyList<string> mask) =>
        registry.TryGetValue(id, out JsonObject? entry) ? ApiAnswer.Ok(Filtered(entry, mask)) : NotFound(id);

    private static ApiAnswer Delete(Dictionary<string, JsonObject> registry, string id) => registry.Remove(id) ? ApiAnswer.Ok() : NotFound(id);

    private ApiAnswer SetLink(JsonObject link)
    {
        JsonObject formatters = link["default_formatters"]!.AsObject();
        if (Text(formatters, "up_formatter_parameter").Length > LongestFormatter || Text(formatters, "down_formatter_parameter").Length > LongestFormatter)
        {
            return ApiAnswer.Fail(400, "error:pkg/applicationserver:formatter_script_too_large (formatter script size exceeds maximum allowed size)");
        }

        _link = link.DeepClone().AsObject();
        return ApiAnswer.Ok(_link.DeepClone().AsObject());
    }

    // What has the usual value is left out, as their JSON does.
    private static JsonObject Filtered(JsonObject entry, IEnumerable<string> mask)
    {
        JsonObject told = new() { ["ids"] = entry["ids"]!.DeepClone(), ["created_at"] = entry["created_at"]?.DeepClone() };
        FieldMask.Copy(entry, told, mask.Where(path => !path.StartsWith("ids", StringComparison.Ordinal)));
        foreach (string usual in told.Where(pair => pair.Value is JsonValue value && value.TryGetValue(out bool flag) && !flag).Select(pair => pair.Key).ToList())
        {
            told.Remove(usual);
        }

        Shout(told);
        return told;
    }

    // Bytes that are told as hexadecimal digits are told in upper case (pkg/types, MarshalHEXBytes).
    private static void Shout(JsonObject json)
    {
        foreach ((string name, JsonNode? value) in json.ToList())
        {
            if (value is JsonObject child)
            {
                Shout(child);
            }
            else if (name is "key" or "dev_addr")
            {
                json[name] = value!.GetValue<string>().ToUpperInvariant();
            }
        }
    }

    private JsonObject Ids(string id, string devEui, string joinEui)
    {
        JsonObject ids = new() { ["device_id"] = id, ["application_ids"] = ApplicationIds() };
        if (devEui.Length > 0)
        {
            ids["dev_eui"] = devEui;
            ids["join_eui"] = joinEui;
        }

        return ids;
    }

    private JsonObject ApplicationIds() => new() { ["application_id"] = ApplicationId };

    private void TellRadio(string id)
    {
        if (RadioOf(id) is { } device)
        {
            Radio.DeviceChanged(device);
        }
    }

    private RadioDevice? RadioOf(string id)
    {
        if (!_identity.TryGetValue(id, out JsonObject? entry) || !_join.TryGetValue(id, out JsonObject? join) || !_network.TryGetValue(id, out JsonObject? network) || !_service.ContainsKey(id))
        {
            return null;
        }

        JsonObject ids = entry["ids"]!.AsObject();
        return new RadioDevice(
            Text(ids, "dev_eui").ToLowerInvariant(), Text(ids, "join_eui").ToLowerInvariant(), (join["root_keys"]?["app_key"]?["key"]?.GetValue<string>() ?? "").ToLowerInvariant(), "",
            network["supports_class_c"]?.GetValue<bool>() ?? false, false);
    }

    private static List<string> MaskOf(ApiCall call) =>
        call.Query.TryGetValue("field_mask", out string? text) ? [.. text.Split(',')]
        : call.Body["field_mask"] is JsonValue mask ? [.. mask.GetValue<string>().Split(',')]
        : [];

    private static ApiAnswer NotFound(string what) => ApiAnswer.Fail(404, $"error:pkg/errors:not_found (`{what}` not found)");

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? "";

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}
