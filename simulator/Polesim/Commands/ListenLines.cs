// What polesim listen prints: a JSON object a line, for people and for programs.
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.LoRaWan;
using Simulation.Forwarding;
using Simulation.Workbench;
using Simulation.Network;

namespace Polesim.Commands;

/// <summary>Writes lines.</summary>
/// <param name="schema">What the poles' messages mean.</param>
/// <param name="output">Where events go.</param>
/// <param name="log">Where trouble goes, one line a kind and then a count.</param>
internal sealed class ListenLines(MessageSchema schema, TextWriter output, ForwardingLog log) : IListener
{
    private readonly DataFrame _header = new();

    /// <inheritdoc/>
    public void OnGateway(ulong gatewayEui) => Write(new JsonObject { ["event"] = "gateway", ["gateway"] = Eui(gatewayEui) });

    /// <inheritdoc/>
    public void OnJoined(KnownDevice device, HeardFrame frame) => Write(Radio(Device(Event("join"), device), frame));

    /// <inheritdoc/>
    public void OnUplink(KnownDevice device, HeardFrame frame, int? fPort, ReadOnlySpan<byte> payload, uint? frameCounter)
    {
        JsonObject line = Header(Device(Event("uplink"), device), frame.Packet.Frame);
        if (frameCounter is uint counter)
        {
            line["fCnt"] = counter;
        }

        if (fPort is int port)
        {
            string? problem = SchemaDecoder.Decode(schema, port, payload, out SchemaMessage? message, out JsonObject? values);
            line["message"] = message?.Name;
            line["payload"] = Convert.ToHexStringLower(payload);
            if (values is not null)
            {
                line["data"] = values;
            }
            else if (message is not null)
            {
                line["problem"] = problem;
            }
        }

        Write(Radio(line, frame));
    }

    /// <inheritdoc/>
    public void OnOther(HeardFrame frame, RefusalCause? cause)
    {
        string reason = cause switch
        {
            null => "repetition",
            RefusalCause.UnknownDevice => "unknownDevice",
            RefusalCause.BadMic => "badMic",
            RefusalCause.Replay => "replay",
            RefusalCause.NoDownlinkSlot => "noDownlinkSlot",
            _ => "notLoRaWan",
        };
        Write(Radio(Header(new JsonObject { ["event"] = "other", ["reason"] = reason }, frame.Packet.Frame), frame));
    }

    /// <inheritdoc/>
    public void OnAnswered(ulong gatewayEui, string error) =>
        Write(new JsonObject { ["event"] = "answered", ["gateway"] = Eui(gatewayEui), ["error"] = ForwardingLog.Printable(error) });

    /// <inheritdoc/>
    public void OnTrouble(string text) => log.Say("trouble", text);

    private static JsonObject Event(string name) => new() { ["event"] = name };

    private static JsonObject Device(JsonObject line, KnownDevice device)
    {
        line["devEui"] = Convert.ToHexStringLower(device.DevEui);
        if (device.Name.Length > 0)
        {
            line["name"] = device.Name;
        }

        return line;
    }

    // What stands in the clear in every frame, whoever it is from.
    private JsonObject Header(JsonObject line, byte[] frame)
    {
        const int JoinRequestLength = 23;
        if (frame.Length == JoinRequestLength && (frame[0] & 0xE0) == 0)
        {
            line["type"] = "joinRequest";
            line["joinEui"] = Eui(BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(1)));
            line["devEui"] = Eui(BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(9)));
            line["devNonce"] = BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(17));
        }
        else if (FrameCodec.TryParse(frame, frame.Length, _header))
        {
            line["type"] = _header.IsConfirmed ? "confirmed" : "unconfirmed";
            line["devAddr"] = _header.DevAddr.ToString("x8", CultureInfo.InvariantCulture);
            line["fCnt"] = _header.FCnt16;
            line["fPort"] = _header.FPort >= 0 ? _header.FPort : null;
        }

        return line;
    }

    private static JsonObject Radio(JsonObject line, HeardFrame frame)
    {
        RxPacket packet = frame.Packet;
        line["size"] = packet.Frame.Length;
        line["dataRate"] = string.Create(CultureInfo.InvariantCulture, $"SF{packet.SpreadingFactor}BW{packet.BandwidthHz / 1000}");
        line["frequencyHz"] = packet.FrequencyHz;
        line["rssiDbm"] = packet.RssiDbm;
        line["snrDecibel"] = packet.SnrDecibel;
        line["gateways"] = new JsonArray([.. frame.Gateways.Select(eui => (JsonNode)Eui(eui))]);
        return line;
    }

    private void Write(JsonObject line)
    {
        JsonObject timed = new() { ["time"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) };
        foreach (KeyValuePair<string, JsonNode?> field in line.ToList())
        {
            line.Remove(field.Key);
            timed[field.Key] = field.Value;
        }

        output.WriteLine(timed.ToJsonString(JsonSerializerOptions.Default));
        output.Flush();
    }

    private static string Eui(ulong eui) => eui.ToString("x16", CultureInfo.InvariantCulture);
}
