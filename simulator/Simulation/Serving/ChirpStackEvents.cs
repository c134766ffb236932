// Events as ChirpStack v4's HTTP integration posts them: the JSON form of protobuf, fields that are zero or false included. Source:
// chirpstack/chirpstack, api/proto/integration/integration.proto and api/proto/gw/gw.proto.
using System.Globalization;
using System.Text.Json;

namespace Simulation.Serving;

/// <summary>Writes events for one fleet.</summary>
/// <param name="names">What the server calls it.</param>
/// <param name="startUtcMs">The start of the run, in milliseconds since 1970 (UTC).</param>
/// <param name="gatewayEui">EUI of a gateway by its index.</param>
public sealed class ChirpStackEvents(ServedNames names, long startUtcMs, Func<int, ulong> gatewayEui)
{
    /// <summary>The kind of an event, as the query of the integration's address names it; null for one that ChirpStack has no kind for.</summary>
    public static string? KindOf(ServedEvent served) => served switch
    {
        ServedUplink => "up",
        ServedJoin => "join",
        ServedTransmission => "txack",
        ServedAcknowledgement => "ack",
        ServedRefusal => "log",
        _ => null,
    };

    /// <summary>Writes an event.</summary>
    /// <param name="writer">Receives one object.</param>
    /// <param name="served">The event.</param>
    /// <param name="deviceName">What the server calls the device.</param>
    public void Write(Utf8JsonWriter writer, ServedEvent served, string deviceName)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(served);
        writer.WriteStartObject();
        if (served is ServedTransmission)
        {
            writer.WriteNumber("downlinkId", Number(served));
        }
        else if (served is not ServedRefusal)
        {
            writer.WriteString("deduplicationId", ServedNames.IdOf(string.Create(CultureInfo.InvariantCulture, $"{served.DevEui}/{served.TimeUs}/{KindOf(served)}")));
        }

        writer.WriteString("time", Moment(served.TimeUs));
        WriteDevice(writer, served.DevEui, deviceName);
        switch (served)
        {
            case ServedUplink uplink:
                WriteUplink(writer, uplink);
                break;
            case ServedJoin join:
                writer.WriteString("devAddr", join.DevAddr.ToString("x8", CultureInfo.InvariantCulture));
                break;
            case ServedTransmission transmission:
                writer.WriteString("queueItemId", transmission.DownlinkId.ToString());
                writer.WriteNumber("fCntDown", transmission.FrameCounter);
                break;
            case ServedAcknowledgement acknowledgement:
                writer.WriteString("queueItemId", acknowledgement.DownlinkId.ToString());
                writer.WriteBoolean("acknowledged", acknowledgement.IsAcknowledged);
                writer.WriteNumber("fCntDown", acknowledgement.FrameCounter);
                break;
            case ServedRefusal refusal:
                writer.WriteString("level", "ERROR");
                writer.WriteString("code", "DOWNLINK_PAYLOAD_SIZE");
                writer.WriteString("description", "Device queue-item discarded because it exceeds the max. payload size");
                writer.WriteStartObject("context");
                writer.WriteString("queue_item_id", refusal.DownlinkId.ToString());
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
    }

    private string Moment(long timeUs) =>
        DateTime.UnixEpoch.AddMilliseconds(startUtcMs).AddMicroseconds(timeUs).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    private void WriteDevice(Utf8JsonWriter writer, string devEui, string deviceName)
    {
        writer.WriteStartObject("deviceInfo");
        writer.WriteString("tenantId", names.TenantId);
        writer.WriteString("tenantName", names.Tenant);
        writer.WriteString("applicationId", names.ApplicationId);
        writer.WriteString("applicationName", names.Application);
        writer.WriteString("deviceProfileId", names.ProfileId);
        writer.WriteString("deviceProfileName", names.Profile);
        writer.WriteString("deviceName", deviceName);
        writer.WriteString("devEui", devEui);
        writer.WriteString("deviceClassEnabled", "CLASS_C");
        writer.WriteStartObject("tags");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteUplink(Utf8JsonWriter writer, ServedUplink uplink)
    {
        ServedReception reception = uplink.Reception;
        writer.WriteString("devAddr", uplink.DevAddr.ToString("x8", CultureInfo.InvariantCulture));
        writer.WriteBoolean("adr", true);
        writer.WriteNumber("dr", reception.DataRate);
        writer.WriteNumber("fCnt", uplink.FrameCounter);
        writer.WriteNumber("fPort", uplink.FPort);
        writer.WriteBoolean("confirmed", uplink.IsConfirmed);
        writer.WriteBase64String("data", uplink.Payload);

        writer.WriteStartArray("rxInfo");
        writer.WriteStartObject();
        writer.WriteString("gatewayId", gatewayEui(reception.GatewayIndex).ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteNumber("uplinkId", Number(uplink));
        writer.WriteNumber("rssi", reception.RssiDbm);
        writer.WriteNumber("snr", reception.SnrDecibel);
        writer.WriteString("crcStatus", "CRC_OK");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("txInfo");
        writer.WriteNumber("frequency", reception.FrequencyHz);
        writer.WriteStartObject("modulation");
        writer.WriteStartObject("lora");
        writer.WriteNumber("bandwidth", 125_000);
        writer.WriteNumber("spreadingFactor", reception.SpreadingFactor);
        writer.WriteString("codeRate", "CR_4_5");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // 32 bits that tell frames apart.
    private static uint Number(ServedEvent served) => unchecked((uint)(served.TimeUs ^ (served.TimeUs >> 32)));
}
