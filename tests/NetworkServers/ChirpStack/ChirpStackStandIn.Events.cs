// The HTTP integration: events as ChirpStack posts them in JSON (api/proto/integration/integration.proto), with the kind of event in the query.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;
using NetworkServers.Radio;

namespace NetworkServers.ChirpStack;

public sealed partial class ChirpStackStandIn : IServerSide, IDisposable
{
    private readonly Webhook _webhook = new();
    private JsonObject? _integration;

    /// <summary>Events that nobody took.</summary>
    public int LostEvents => _webhook.Lost;

    /// <inheritdoc/>
    public IReadOnlyList<RadioDevice> Devices
    {
        get
        {
            lock (_lock)
            {
                return [.. _devices.Keys.Where(_keys.ContainsKey).Select(RadioOf)];
            }
        }
    }

    /// <summary>Sends events to an address, as an integration of that address does.</summary>
    /// <param name="address">The address; several with commas.</param>
    /// <param name="headers">Headers to send with each.</param>
    public void Integrate(string address, IReadOnlyDictionary<string, string>? headers = null) => _integration = new JsonObject
    {
        ["applicationId"] = ApplicationId,
        ["encoding"] = "JSON",
        ["eventEndpointUrl"] = address,
        ["headers"] = new JsonObject((headers ?? new Dictionary<string, string>()).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    /// <inheritdoc/>
    public RadioDownlink? TakeDownlink(string devEui)
    {
        lock (_lock)
        {
            if (!_queues.TryGetValue(devEui, out List<JsonObject>? queue) || queue.Count == 0)
            {
                return null;
            }

            JsonObject item = queue[0];
            queue.RemoveAt(0);
            return new RadioDownlink(Text(item, "id"), item["fPort"]!.GetValue<int>(), Convert.FromBase64String(Text(item, "data")), item["confirmed"]!.GetValue<bool>());
        }
    }

    /// <inheritdoc/>
    public Task JoinedAsync(string devEui, string devAddr, DateTimeOffset at) => PostAsync("join", devEui, at, json => json["devAddr"] = devAddr);

    /// <inheritdoc/>
    public Task UplinkAsync(RadioUplink uplink) => PostAsync("up", uplink.DevEui, uplink.At, json =>
    {
        json["devAddr"] = uplink.DevAddr;
        json["adr"] = true;
        json["dr"] = uplink.DataRate;
        json["fCnt"] = uplink.FrameCounter;
        json["fPort"] = uplink.FPort;
        json["confirmed"] = uplink.IsConfirmed;
        json["data"] = Convert.ToBase64String(uplink.Payload);
        json["rxInfo"] = new JsonArray(new JsonObject { ["gatewayId"] = uplink.GatewayId, ["uplinkId"] = 1, ["rssi"] = uplink.RssiDbm, ["snr"] = uplink.SnrDb, ["crcStatus"] = "CRC_OK" });
        json["txInfo"] = new JsonObject
        {
            ["frequency"] = uplink.FrequencyHz,
            ["modulation"] = new JsonObject
            {
                ["lora"] = new JsonObject { ["bandwidth"] = 125_000, ["spreadingFactor"] = uplink.SpreadingFactor, ["codeRate"] = "CR_4_5" },
            },
        };
        json["regionConfigId"] = "eu868";
    });

    /// <inheritdoc/>
    public Task SentAsync(string devEui, RadioDownlink downlink, bool? isAcknowledged, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        return PostAsync(isAcknowledged is null ? "txack" : "ack", devEui, at, json =>
        {
            json["queueItemId"] = downlink.Id;
            if (isAcknowledged is { } acknowledged)
            {
                json["acknowledged"] = acknowledged;
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _webhook.Dispose();

    private ApiAnswer SetIntegration(JsonObject body)
    {
        _integration = body["integration"]!.DeepClone().AsObject();
        return ApiAnswer.Ok();
    }

    private ApiAnswer GetIntegration() => _integration is null ? ApiAnswer.Fail(404, "Object does not exist") : ApiAnswer.Ok(new JsonObject { ["integration"] = _integration.DeepClone() });

    private ApiAnswer DeleteIntegration()
    {
        _integration = null;
        return ApiAnswer.Ok();
    }

    private async Task PostAsync(string kind, string devEui, DateTimeOffset at, Action<JsonObject> fill)
    {
        JsonObject json;
        List<Uri> addresses;
        List<KeyValuePair<string, string>> headers;
        lock (_lock)
        {
            if (_integration is null || !_devices.TryGetValue(devEui, out JsonObject? device))
            {
                return;
            }

            json = new JsonObject
            {
                ["deduplicationId"] = Guid.NewGuid().ToString(),
                ["time"] = at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffff+00:00", System.Globalization.CultureInfo.InvariantCulture),
                ["deviceInfo"] = Info(devEui, device),
            };
            addresses = [.. Text(_integration, "eventEndpointUrl").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(address => new Uri(address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "event=" + kind))];
            headers = [.. (_integration["headers"]?.AsObject() ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>()))];
        }

        fill(json);
        foreach (Uri address in addresses)
        {
            await _webhook.PostAsync(address, headers, json).ConfigureAwait(false);
        }
    }

    private JsonObject Info(string devEui, JsonObject device) => new()
    {
        ["tenantId"] = TenantId,
        ["tenantName"] = "City",
        ["applicationId"] = ApplicationId,
        ["applicationName"] = "Street lights",
        ["deviceProfileId"] = Text(device, "deviceProfileId"),
        ["deviceProfileName"] = Text(_profiles[Text(device, "deviceProfileId")], "name"),
        ["deviceName"] = Text(device, "name"),
        ["devEui"] = devEui,
        ["deviceClassEnabled"] = "CLASS_C",
        ["tags"] = device["tags"]?.DeepClone() ?? new JsonObject(),
    };
}
