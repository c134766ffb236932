// The fields of ChirpStack's messages in the JSON form of protobuf (lower camel case). Read in chirpstack/chirpstack, api/proto/integration/integration.proto (UplinkEvent,
// JoinEvent, AckEvent, TxAckEvent, LogEvent, DeviceInfo) and api/proto/gw/gw.proto (UplinkRxInfo), 2026-11.
namespace Simulation.Tests.Serving;

/// <summary>Names of fields.</summary>
internal static class ChirpStackFields
{
    public static ISet<string> DeviceInfo { get; } = new HashSet<string>
    {
        "tenantId", "tenantName", "applicationId", "applicationName", "deviceProfileId", "deviceProfileName", "deviceName", "devEui", "deviceClassEnabled", "tags",
    };

    public static ISet<string> RxInfo { get; } = new HashSet<string>
    {
        "gatewayId", "uplinkId", "gwTime", "nsTime", "timeSinceGpsEpoch", "fineTimeSinceGpsEpoch", "rssi", "snr", "channel", "rfChain", "board", "antenna", "location", "context",
        "metadata", "crcStatus",
    };

    public static ISet<string> Of(string kind) => new HashSet<string>(kind switch
    {
        "up" =>
        [
            "deduplicationId", "time", "deviceInfo", "devAddr", "adr", "dr", "fCnt", "fPort", "confirmed", "data", "object", "rxInfo", "txInfo", "relayRxInfo", "joinServerContext",
            "regionConfigId",
        ],
        "join" => ["deduplicationId", "time", "deviceInfo", "devAddr", "relayRxInfo", "joinServerContext", "regionConfigId"],
        "ack" => ["deduplicationId", "time", "deviceInfo", "queueItemId", "acknowledged", "fCntDown"],
        "txack" => ["downlinkId", "time", "deviceInfo", "queueItemId", "fCntDown", "gatewayId", "txInfo"],
        "log" => ["time", "deviceInfo", "level", "code", "description", "context"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });
}
