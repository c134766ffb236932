// ChirpStack v4 behind its REST interface, as far as its published description and its source say how it behaves (chirpstack/chirpstack, chirpstack/src/api): one tenant,
// one application, and whatever is made in them.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;
using NetworkServers.Interface;
using NetworkServers.Radio;

namespace NetworkServers.ChirpStack;

/// <summary>The stand-in.</summary>
public sealed partial class ChirpStackStandIn : IStandIn
{
    private const string ZeroKey = "00000000000000000000000000000000";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _keys = [];
    private readonly SortedDictionary<string, JsonObject> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _queues = [];
    private readonly HashSet<string> _elsewhere = [];
    private readonly string _token;
    private int _nextId = 1;

    /// <summary>Makes it.</summary>
    /// <param name="token">The API token that it accepts, a tenant's.</param>
    public ChirpStackStandIn(string token) => _token = token;

    /// <summary>Identifier of the application.</summary>
    public string ApplicationId { get; } = "52f14cd4-c6f1-4fbd-8f87-4025e1d49242";

    /// <summary>Identifier of the tenant.</summary>
    public string TenantId { get; } = "52f14cd4-c6f1-4fbd-8f87-4025e1d49240";

    /// <summary>What is on the air.</summary>
    public IRadioSide Radio { get; set; } = new SilentRadio();

    /// <inheritdoc/>
    public ApiDescription Description { get; } = ApiDescription.Load("chirpstack");

    /// <inheritdoc/>
    public string TokenHeader => "Grpc-Metadata-Authorization";

    /// <summary>The devices as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> DeviceState => _devices;

    /// <summary>The keys as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> KeyState => _keys;

    /// <summary>The profiles as they are, for tests.</summary>
    public IReadOnlyDictionary<string, JsonObject> ProfileState => _profiles;

    /// <summary>Gives a DevEUI to a tenant that the token may not see.</summary>
    public void TakeElsewhere(string devEui) => _elsewhere.Add(devEui);

    /// <summary>Changes what is there as somebody else would, past the interface.</summary>
    public void Tamper(Action<IDictionary<string, JsonObject>, IDictionary<string, JsonObject>, IDictionary<string, JsonObject>> change)
    {
        lock (_lock)
        {
            change(_devices, _keys, _profiles);
        }
    }

    /// <inheritdoc/>
    public ApiAnswer Handle(ApiCall call, string? token)
    {
        if (token != _token)
        {
            return ApiAnswer.Fail(401, token is null ? "no authorization provided" : "invalid token");
        }

        lock (_lock)
        {
            return call.Operation.Id switch
            {
                "ApplicationService_Get" => GetApplication(call.InPath("id")),
                "ApplicationService_List" => Listed([Application()], call),
                "ApplicationService_CreateHttpIntegration" or "ApplicationService_UpdateHttpIntegration" => SetIntegration(call.Body),
                "ApplicationService_GetHttpIntegration" => GetIntegration(),
                "ApplicationService_DeleteHttpIntegration" => DeleteIntegration(),
                _ when call.Operation.Id.StartsWith("DeviceProfileService", StringComparison.Ordinal) => HandleProfile(call),
                _ when call.Operation.Id.StartsWith("MulticastGroupService", StringComparison.Ordinal) => HandleMulticast(call),
                _ => HandleDevice(call),
            };
        }
    }

    private ApiAnswer GetApplication(string id) => id == ApplicationId ? ApiAnswer.Ok(new JsonObject { ["application"] = Application(), ["createdAt"] = Now(), ["updatedAt"] = Now() })
        : ApiAnswer.Fail(401, "");

    private JsonObject Application() => new() { ["id"] = ApplicationId, ["name"] = "Street lights", ["description"] = "", ["tenantId"] = TenantId };

    private ApiAnswer HandleDevice(ApiCall call)
    {
        if (call.Operation.Id is "DeviceService_List" or "DeviceService_Create")
        {
            return call.Operation.Id == "DeviceService_List" ? ListDevices(call) : CreateDevice(call.Body["device"]!.AsObject());
        }

        // The validator looks for the device within the tenant, so a device that is not there is a refusal (validator.rs).
        string devEui = call.InPath("devEui").ToLowerInvariant();
        if (!_devices.TryGetValue(devEui, out JsonObject? device))
        {
            return ApiAnswer.Fail(401, "");
        }

        return call.Operation.Id switch
        {
            // Gateways tell of messages that are not set as null.
            "DeviceService_Get" => ApiAnswer.Ok(new JsonObject { ["device"] = device.DeepClone(), ["createdAt"] = Now(), ["lastSeenAt"] = null, ["deviceStatus"] = null, ["classEnabled"] = "CLASS_A" }),
            "DeviceService_Update" => UpdateDevice(devEui, call.Body["device"]!.AsObject()),
            "DeviceService_Delete" => DeleteDevice(devEui),
            "DeviceService_CreateKeys" => _keys.ContainsKey(devEui) ? ApiAnswer.Fail(409, $"Object already exists: {devEui}") : SetKeys(devEui, call.Body["deviceKeys"]!.AsObject()),
            "DeviceService_UpdateKeys" => _keys.ContainsKey(devEui) ? SetKeys(devEui, call.Body["deviceKeys"]!.AsObject()) : ApiAnswer.Fail(404, $"Object does not exist: {devEui}"),
            "DeviceService_GetKeys" => _keys.TryGetValue(devEui, out JsonObject? keys)
                ? ApiAnswer.Ok(new JsonObject { ["deviceKeys"] = keys.DeepClone(), ["createdAt"] = Now() })
                : ApiAnswer.Fail(404, $"Object does not exist: {devEui}"),
            "DeviceService_DeleteKeys" => _keys.Remove(devEui) ? ApiAnswer.Ok() : ApiAnswer.Fail(404, $"Object does not exist: {devEui}"),
            "DeviceService_Enqueue" => Enqueue(devEui, call.Body),
            "DeviceService_GetQueue" => Queue(devEui),
            "DeviceService_FlushQueue" => Flush(devEui),
            _ => ApiAnswer.Fail(501, "not stood in for: " + call.Operation.Id),
        };
    }

    private ApiAnswer ListDevices(ApiCall call)
    {
        if (call.Query.GetValueOrDefault("applicationId") != ApplicationId)
        {
            return ApiAnswer.Fail(401, "");
        }

        IEnumerable<JsonObject> devices = call.Query.TryGetValue("multicastGroupId", out string? group) ? Members(group) : _devices.Values;
        return Listed([.. devices.Select(device => new JsonObject
        {
            ["devEui"] = Text(device, "devEui"),
            ["createdAt"] = Now(),
            ["lastSeenAt"] = null,
            ["name"] = Text(device, "name"),
            ["description"] = Text(device, "description"),
            ["deviceProfileId"] = Text(device, "deviceProfileId"),
            ["deviceProfileName"] = Text(_profiles[Text(device, "deviceProfileId")], "name"),
            ["deviceStatus"] = null,
            ["tags"] = device["tags"]?.DeepClone() ?? new JsonObject(),
        })], call);
    }

    private ApiAnswer CreateDevice(JsonObject body)
    {
        string devEui = Text(body, "devEui").ToLowerInvariant();
        if (devEui.Length != 16 || !_profiles.ContainsKey(Text(body, "deviceProfileId")))
        {
            return ApiAnswer.Fail(devEui.Length != 16 ? 500 : 400, "invalid device");
        }

        if (Text(body, "applicationId") != ApplicationId)
        {
            return ApiAnswer.Fail(401, "");
        }

        if (_devices.ContainsKey(devEui) || _elsewhere.Contains(devEui))
        {
            return ApiAnswer.Fail(409, $"Object already exists: {devEui}");
        }

        _devices[devEui] = WholeDevice(devEui, body);
        return ApiAnswer.Ok();
    }

    private ApiAnswer UpdateDevice(string devEui, JsonObject body)
    {
        if (Text(body, "name").Length == 0 || !_profiles.ContainsKey(Text(body, "deviceProfileId")))
        {
            return ApiAnswer.Fail(400, "Validation error: name is not set");
        }

        // An update sets every field, also those that the request leaves out.
        _devices[devEui] = WholeDevice(devEui, body);
        TellRadio(devEui);
        return ApiAnswer.Ok();
    }

    private static JsonObject WholeDevice(string devEui, JsonObject body) => new()
    {
        ["devEui"] = devEui,
        ["name"] = Text(body, "name"),
        ["description"] = Text(body, "description"),
        ["applicationId"] = Text(body, "applicationId"),
        ["deviceProfileId"] = Text(body, "deviceProfileId"),
        ["skipFcntCheck"] = body["skipFcntCheck"]?.GetValue<bool>() ?? false,
        ["isDisabled"] = body["isDisabled"]?.GetValue<bool>() ?? false,
        ["variables"] = body["variables"]?.DeepClone() ?? new JsonObject(),
        ["tags"] = body["tags"]?.DeepClone() ?? new JsonObject(),
        ["joinEui"] = Text(body, "joinEui") is { Length: 16 } joinEui ? joinEui : "0000000000000000",
    };

    private ApiAnswer DeleteDevice(string devEui)
    {
        _devices.Remove(devEui);
        _keys.Remove(devEui);
        _queues.Remove(devEui);
        RemoveFromGroups(devEui);
        Radio.DeviceRemoved(devEui);
        return ApiAnswer.Ok();
    }

    private ApiAnswer SetKeys(string devEui, JsonObject body)
    {
        string Key(string name) => Text(body, name) is { Length: 32 } key ? key.ToLowerInvariant() : ZeroKey;
        _keys[devEui] = new JsonObject { ["devEui"] = devEui, ["nwkKey"] = Key("nwkKey"), ["appKey"] = Key("appKey"), ["genAppKey"] = Key("genAppKey") };
        TellRadio(devEui);
        return ApiAnswer.Ok();
    }

    private static ApiAnswer Listed(IReadOnlyList<JsonObject> all, ApiCall call) => ApiAnswer.Ok(new JsonObject
    {
        ["totalCount"] = all.Count,
        ["result"] = new JsonArray([.. all.Skip(call.Number("offset", 0)).Take(call.Number("limit", 0))]),
    });

    private void TellRadio(string devEui)
    {
        if (_keys.ContainsKey(devEui))
        {
            Radio.DeviceChanged(RadioOf(devEui));
        }
    }

    // LoRaWAN 1.0.x: the AppKey is in nwkKey.
    private RadioDevice RadioOf(string devEui) => new(
        devEui, Text(_devices[devEui], "joinEui"), Text(_keys[devEui], "nwkKey"), Text(_keys[devEui], "genAppKey"),
        _profiles.GetValueOrDefault(Text(_devices[devEui], "deviceProfileId"))?["supportsClassC"]?.GetValue<bool>() ?? false, _devices[devEui]["isDisabled"]!.GetValue<bool>());

    private string NewId() => $"00000000-0000-4000-8000-{_nextId++:x12}";

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? "";

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}
