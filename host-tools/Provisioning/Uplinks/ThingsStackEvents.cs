// Messages of The Things Stack v3: the JSON of its webhooks and of its storage integration (ApplicationUp; thethingsindustries.com/docs/integrations/data-formats:
// empty fields are left out). The storage integration puts each message into an object "result".
using System.Text.Json;

namespace Provisioning.Uplinks;

/// <summary>Reads messages of The Things Stack.</summary>
internal static class ThingsStackEvents
{
    /// <summary>The word for this form.</summary>
    public const string Source = "the-things-stack";

    private const int LongestSession = 64;

    public static bool Recognises(JsonElement root) => Unwrap(root).TryGetProperty("end_device_ids", out _);

    /// <summary>Reads a message.</summary>
    /// <exception cref="NetworkEventException">A field is not what it should be.</exception>
    public static NetworkEvent Read(JsonElement wrapped)
    {
        JsonElement root = Unwrap(wrapped);
        if (EventFields.Find(root, "uplink_message") is { ValueKind: JsonValueKind.Object } uplink)
        {
            return new NetworkEvent(ReadUplink(root, uplink), null);
        }

        return EventFields.Find(root, "join_accept") is not null
            ? new NetworkEvent(null, new JoinedEvent(EventFields.DevEui(root, "end_device_ids.dev_eui"), EventFields.Moment(root, "received_at")))
            : NetworkEvent.NotKept;
    }

    private static JsonElement Unwrap(JsonElement root) => root.TryGetProperty("result", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;

    private static Uplink ReadUplink(JsonElement root, JsonElement uplink)
    {
        (int? rssi, double? snr) = EventFields.Best(uplink, "rx_metadata");
        return new Uplink
        {
            DevEui = EventFields.DevEui(root, "end_device_ids.dev_eui"),

            // The network server's moment; the application server's is later, and with a queue in between much later.
            ReceivedAtUtcMs = uplink.TryGetProperty("received_at", out _) ? EventFields.Moment(uplink, "received_at") : EventFields.Moment(root, "received_at"),
            Session = EventFields.Text(uplink, "session_key_id", LongestSession) ?? EventFields.Text(root, "end_device_ids.dev_addr", LongestSession)?.ToLowerInvariant() ?? "",
            FrameCounter = EventFields.Whole(uplink, "f_cnt", uint.MaxValue),
            FPort = (int)EventFields.Whole(uplink, "f_port", byte.MaxValue),
            Payload = EventFields.Base64(uplink, "frm_payload", Uplink.LongestPayload),
            RssiDbm = rssi,
            SnrDb = snr,
            Source = Source,
        };
    }
}
