// Queues, and the webhook: events as The Things Stack posts them in JSON (ApplicationUp in api/ttn/lorawan/v3/messages.proto), each kind to its path below the base URL.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;
using NetworkServers.Radio;

namespace NetworkServers.ThingsStack;

public sealed partial class ThingsStackStandIn : IServerSide, IDisposable
{
    private readonly Webhook _poster = new();
    private readonly SortedDictionary<string, JsonObject> _webhooks = new(StringComparer.Ordinal);

    /// <summary>Events that nobody took.</summary>
    public int LostEvents => _poster.Lost;

    /// <inheritdoc/>
    public IReadOnlyList<RadioDevice> Devices
    {
        get
        {
            lock (_lock)
            {
                return [.. _identity.Keys.Select(RadioOf).OfType<RadioDevice>().OrderBy(device => device.DevEui, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Downlinks that wait for a device, by its device identifier, for tests.</summary>
    public IReadOnlyList<JsonObject> QueueOf(string deviceId)
    {
        lock (_lock)
        {
            return [.. _queues.GetValueOrDefault(deviceId, [])];
        }
    }

    /// <summary>Sends events to an address, as a webhook with that base URL and all its messages does.</summary>
    public void Integrate(string baseUrl, IReadOnlyDictionary<string, string>? headers = null) => _webhooks["stand-in"] = new JsonObject
    {
        ["ids"] = new JsonObject { ["webhook_id"] = "stand-in", ["application_ids"] = ApplicationIds() },
        ["base_url"] = baseUrl,
        ["format"] = "json",
        ["headers"] = new JsonObject((headers ?? new Dictionary<string, string>()).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["uplink_message"] = new JsonObject { ["path"] = "" },
        ["join_accept"] = new JsonObject { ["path"] = "" },
        ["downlink_ack"] = new JsonObject { ["path"] = "" },
        ["downlink_nack"] = new JsonObject { ["path"] = "" },
        ["downlink_sent"] = new JsonObject { ["path"] = "" },
    };

    /// <inheritdoc/>
    public RadioDownlink? TakeDownlink(string devEui)
    {
        lock (_lock)
        {
            if (IdOf(devEui) is not { } id || !_queues.TryGetValue(id, out List<JsonObject>? queue) || queue.Count == 0)
            {
                return null;
            }

            JsonObject item = queue[0];
            queue.RemoveAt(0);
            return Downlink(item);
        }
    }

    /// <inheritdoc/>
    public Task JoinedAsync(string devEui, string devAddr, DateTimeOffset at) =>
        PostAsync("join_accept", devEui, at, devAddr, new JsonObject { ["session_key_id"] = "AYfg8rhha5n+FWx0ZaAprA==", ["received_at"] = Time(at) });

    /// <inheritdoc/>
    public Task UplinkAsync(RadioUplink uplink)
    {
        ArgumentNullException.ThrowIfNull(uplink);
        return PostAsync("uplink_message", uplink.DevEui, uplink.At, uplink.DevAddr, new JsonObject
        {
            ["session_key_id"] = "AYfg8rhha5n+FWx0ZaAprA==",
            ["f_port"] = uplink.FPort,
            ["f_cnt"] = uplink.FrameCounter,
            ["frm_payload"] = Convert.ToBase64String(uplink.Payload),
            ["confirmed"] = uplink.IsConfirmed,
            ["rx_metadata"] = new JsonArray(new JsonObject
            {
                ["gateway_ids"] = new JsonObject { ["gateway_id"] = "gateway-1", ["eui"] = uplink.GatewayId.ToUpperInvariant() },
                ["rssi"] = uplink.RssiDbm,
                ["channel_rssi"] = uplink.RssiDbm,
                ["snr"] = uplink.SnrDb,
            }),
            ["settings"] = new JsonObject
            {
                ["data_rate"] = new JsonObject
                {
                    ["lora"] = new JsonObject { ["bandwidth"] = 125_000, ["spreading_factor"] = uplink.SpreadingFactor, ["coding_rate"] = "4/5" },
                },
                ["frequency"] = $"{uplink.FrequencyHz}",
            },
            ["received_at"] = Time(uplink.At),
        });
    }

    /// <inheritdoc/>
    public Task SentAsync(string devEui, RadioDownlink downlink, bool? isAcknowledged, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        string kind = isAcknowledged switch { null => "downlink_sent", true => "downlink_ack", false => "downlink_nack" };
        return PostAsync(kind, devEui, at, null, new JsonObject
        {
            ["f_port"] = downlink.FPort,
            ["frm_payload"] = Convert.ToBase64String(downlink.Payload),
            ["confirmed"] = downlink.IsConfirmed,
            ["correlation_ids"] = new JsonArray(downlink.Id),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _poster.Dispose();

    private ApiAnswer Push(ApiCall call)
    {
        string id = call.InPath("device_id");
        if (!_service.TryGetValue(id, out JsonObject? service))
        {
            return NotFound(id);
        }

        if (!_queues.TryGetValue(id, out List<JsonObject>? queue) || call.Operation.Id.EndsWith("Replace", StringComparison.Ordinal))
        {
            _queues[id] = queue = [];
        }

        bool isMulticast = _network.GetValueOrDefault(id)?["multicast"]?.GetValue<bool>() ?? false;
        foreach (JsonObject item in (call.Body["downlinks"]?.AsArray() ?? []).OfType<JsonObject>())
        {
            if (item["f_port"]?.GetValue<int>() is null or < 1 or > 255)
            {
                return ApiAnswer.Fail(400, "error:pkg/rpcmiddleware/validator:field (invalid field f_port)");
            }

            if (isMulticast)
            {
                SendMulticast(id, item);
            }
            else
            {
                queue.Add(item.DeepClone().AsObject());
            }
        }

        if (queue.Count > 0)
        {
            Radio.DownlinkQueued(Text(service["ids"]!.AsObject(), "dev_eui").ToLowerInvariant());
        }

        return ApiAnswer.Ok();
    }

    private void SendMulticast(string id, JsonObject item)
    {
        JsonObject network = _network[id];
        JsonObject session = network["session"]!.AsObject();
        long counter = session["last_n_f_cnt_down"]?.GetValue<long>() ?? 0;
        session["last_n_f_cnt_down"] = counter + 1;
        JsonNode? settings = network["mac_settings"];
        Radio.MulticastQueued(
            new RadioGroup(
                id, Text(session, "dev_addr").ToLowerInvariant(), session["keys"]!["f_nwk_s_int_key"]!["key"]!.GetValue<string>().ToLowerInvariant(),
                _service[id]["session"]!["keys"]!["app_s_key"]!["key"]!.GetValue<string>().ToLowerInvariant(), counter,
                int.Parse((settings?["rx2_data_rate_index"]?["value"]?.GetValue<string>() ?? "DATA_RATE_0")["DATA_RATE_".Length..], System.Globalization.CultureInfo.InvariantCulture),
                long.Parse(settings?["rx2_frequency"]?["value"]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture)),
            Downlink(item));
    }

    private static RadioDownlink Downlink(JsonObject item) => new(
        item["correlation_ids"]?.AsArray().FirstOrDefault()?.GetValue<string>() ?? "", item["f_port"]!.GetValue<int>(), Convert.FromBase64String(Text(item, "frm_payload")),
        item["confirmed"]?.GetValue<bool>() ?? false);

    private ApiAnswer Queue(string id) => !_service.ContainsKey(id) ? NotFound(id)
        : _queues.GetValueOrDefault(id, []) is { Count: > 0 } queue ? ApiAnswer.Ok(new JsonObject { ["downlinks"] = new JsonArray([.. queue.Select(item => item.DeepClone())]) })
        : ApiAnswer.Ok();

    private ApiAnswer HandleWebhook(ApiCall call)
    {
        switch (call.Operation.Id)
        {
            case "ApplicationWebhookRegistry_List":
                return ApiAnswer.Ok(new JsonObject { ["webhooks"] = new JsonArray([.. _webhooks.Values.Select(webhook => webhook.DeepClone())]) });
            case "ApplicationWebhookRegistry_Get":
                return _webhooks.TryGetValue(call.InPath("webhook_id"), out JsonObject? found) ? ApiAnswer.Ok(found.DeepClone().AsObject()) : NotFound("webhook");
            case "ApplicationWebhookRegistry_Delete":
                return _webhooks.Remove(call.InPath("webhook_id")) ? ApiAnswer.Ok() : NotFound("webhook");
            default:
                JsonObject webhook = call.Body["webhook"]!.DeepClone().AsObject();
                string id = call.Path.Keys.Any(key => key.EndsWith("webhook_id", StringComparison.Ordinal)) ? call.InPath("webhook_id") : Text(webhook["ids"]!.AsObject(), "webhook_id");
                webhook["ids"] = new JsonObject { ["webhook_id"] = id, ["application_ids"] = ApplicationIds() };
                _webhooks[id] = webhook;
                return ApiAnswer.Ok(webhook.DeepClone().AsObject());
        }
    }

    private async Task PostAsync(string kind, string devEui, DateTimeOffset at, string? devAddr, JsonObject message)
    {
        List<(Uri Address, List<KeyValuePair<string, string>> Headers)> targets;
        JsonObject json;
        lock (_lock)
        {
            if (IdOf(devEui) is not { } id)
            {
                return;
            }

            JsonObject ids = _identity[id]["ids"]!.DeepClone().AsObject();
            if (devAddr is not null)
            {
                ids["dev_addr"] = devAddr.ToUpperInvariant();
            }

            json = new JsonObject { ["end_device_ids"] = ids, ["correlation_ids"] = new JsonArray("as:up:" + Guid.NewGuid().ToString("N")), ["received_at"] = Time(at), [kind] = message };
            targets = [.. _webhooks.Values.Where(webhook => webhook[kind] is JsonObject).Select(webhook => (
                new Uri(Text(webhook, "base_url").TrimEnd('/') + Text(webhook[kind]!.AsObject(), "path")),
                (webhook["headers"]?.AsObject() ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>())).ToList()))];
        }

        foreach ((Uri address, List<KeyValuePair<string, string>> headers) in targets)
        {
            await _poster.PostAsync(address, headers, json).ConfigureAwait(false);
        }
    }

    private string? IdOf(string devEui)
    {
        if (_idsByDevEui is null)
        {
            _idsByDevEui = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach ((string id, JsonObject entry) in _identity)
            {
                _idsByDevEui.TryAdd(Text(entry["ids"]!.AsObject(), "dev_eui"), id);
            }
        }

        return _idsByDevEui.GetValueOrDefault(devEui);
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}
