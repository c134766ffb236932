// A received frame as a packet forwarder tells of it: an entry of rxpk (Lora-net/packet_forwarder, PROTOCOL.TXT, section 4). Any JSON.
using System.Text.Json;
using Simulation.Forwarding;
using Simulation.Forwarding.Semtech;

namespace Simulation.Workbench;

/// <summary>A frame at a gateway.</summary>
/// <param name="Counter">The gateway's counter at its end, microseconds.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="BandwidthHz">Bandwidth.</param>
/// <param name="RssiDbm">Signal strength.</param>
/// <param name="SnrDecibel">Signal-to-noise ratio.</param>
/// <param name="Frame">The PHY payload, 1 to 255 bytes.</param>
public sealed record RxPacket(uint Counter, int FrequencyHz, int SpreadingFactor, int BandwidthHz, double RssiDbm, double SnrDecibel, byte[] Frame)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    /// <summary>Reads the frames of a PUSH_DATA.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="packets">The frames that can be used; those with a wrong CRC, and FSK, are left out.</param>
    /// <returns>What is wrong with the first that cannot be used; null when nothing is.</returns>
    public static string? Read(ReadOnlyMemory<byte> json, List<RxPacket> packets)
    {
        ArgumentNullException.ThrowIfNull(packets);
        try
        {
            using JsonDocument document = ForeignJson.Parse(json, s_options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "there is no object";
            }

            JsonFields root = new(document.RootElement);
            if (root.Part("rxpk", JsonValueKind.Array, isOptional: true) is not JsonElement list)
            {
                return root.Problem;
            }

            string? first = null;
            foreach (JsonElement entry in list.EnumerateArray())
            {
                string? problem = entry.ValueKind == JsonValueKind.Object ? ReadEntry(entry, packets) : "\"rxpk\" has to be a list of objects";
                first ??= problem;
            }

            return first;
        }
        catch (JsonException)
        {
            return "it is not JSON";
        }
    }

    private static string? ReadEntry(JsonElement entry, List<RxPacket> packets)
    {
        JsonFields fields = new(entry);
        if (fields.Whole("stat", -1, 1, 1) < 0 || fields.Text("modu", "LORA") != "LORA")
        {
            return fields.Problem;
        }

        uint counter = (uint)fields.Whole("tmst", 0, uint.MaxValue);
        double megahertz = fields.Number("freq", 1, 2100);
        double rssiDbm = fields.Number("rssi", -300, 100, 0);
        double snrDecibel = fields.Number("lsnr", -100, 100, 0);
        if (!PullResp.TryReadDataRate(fields.Text("datr"), out int spreadingFactor, out int bandwidthHz))
        {
            fields.Refuse("\"datr\" has to be a data rate such as SF9BW125");
        }

        byte[]? frame = PullResp.ReadBase64(fields.Text("data"));
        if (frame is null || frame.Length is 0 or > 255)
        {
            fields.Refuse("\"data\" has to be 1 to 255 bytes in base64");
        }

        if (fields.Problem is null)
        {
            packets.Add(new RxPacket(counter, (int)Math.Round(megahertz * 1e6), spreadingFactor, bandwidthHz, rssiDbm, snrDecibel, frame!));
        }

        return fields.Problem;
    }
}
