// Events of ChirpStack v4: the JSON of its HTTP integration, one event a document (chirpstack/api, proto/integration/integration.proto, in the JSON form of
// protobuf: fields that are zero may be absent). The integration names the kind of event in the query (?event=up); in a file the fields tell it.
using System.Text.Json;

namespace Provisioning.Uplinks;

/// <summary>Reads events of ChirpStack.</summary>
internal static class ChirpStackEvents
{
    /// <summary>The word for this form.</summary>
    public const string Source = "chirpstack";

    private const int LongestAddress = 16;

    public static bool Recognises(JsonElement root) => root.TryGetProperty("deviceInfo", out _);

    /// <summary>Reads an event.</summary>
    /// <param name="root">The document.</param>
    /// <param name="kind">Kind of event as the integration names it; null to tell it by its fields.</param>
    /// <exception cref="NetworkEventException">A field is not what it should be.</exception>
    public static NetworkEvent Read(JsonElement root, string? kind) => (kind ?? KindOf(root)) switch
    {
        "up" => new NetworkEvent(ReadUplink(root), null),
        "join" => new NetworkEvent(null, new JoinedEvent(EventFields.DevEui(root, "deviceInfo.devEui"), EventFields.Moment(root, "time"))),
        _ => NetworkEvent.NotKept,
    };

    // Only an uplink has a counter, a port, data or receptions; of the others only a join has an address.
    private static string KindOf(JsonElement root) =>
        root.TryGetProperty("fCnt", out _) || root.TryGetProperty("fPort", out _) || root.TryGetProperty("data", out _) || root.TryGetProperty("rxInfo", out _) ? "up"
        : root.TryGetProperty("devAddr", out _) ? "join"
        : "other";

    private static Uplink ReadUplink(JsonElement root)
    {
        (int? rssi, double? snr) = EventFields.Best(root, "rxInfo");
        return new Uplink
        {
            DevEui = EventFields.DevEui(root, "deviceInfo.devEui"),
            ReceivedAtUtcMs = EventFields.Moment(root, "time"),
            Session = EventFields.Text(root, "devAddr", LongestAddress)?.ToLowerInvariant() ?? "",
            FrameCounter = EventFields.Whole(root, "fCnt", uint.MaxValue),
            FPort = (int)EventFields.Whole(root, "fPort", byte.MaxValue),
            Payload = EventFields.Base64(root, "data", Uplink.LongestPayload),
            RssiDbm = rssi,
            SnrDb = snr,
            Source = Source,
        };
    }
}
