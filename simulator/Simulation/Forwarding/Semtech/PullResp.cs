// The JSON of PULL_RESP and TX_ACK (Lora-net/packet_forwarder, PROTOCOL.TXT, section 6). Any bytes: what cannot be used is refused with a
// reason, never with an exception.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Simulation.Radio;

namespace Simulation.Forwarding.Semtech;

/// <summary>Reads what a server wants to be transmitted, and writes what became of it.</summary>
public static class PullResp
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    /// <summary>Reads the JSON of PULL_RESP.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="counter">The gateway's counter, for tmst.</param>
    /// <param name="gps">The run's GPS time, for tmms.</param>
    /// <param name="nowUs">Now, in microseconds since the start of the run.</param>
    /// <param name="request">What to transmit; null when it cannot be used.</param>
    /// <returns>What is wrong, as a sentence without its end; null when nothing is.</returns>
    public static string? Read(ReadOnlyMemory<byte> json, GatewayCounter counter, GpsTime gps, long nowUs, out TransmitRequest? request)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(gps);
        request = null;
        try
        {
            using JsonDocument document = ForeignJson.Parse(json, s_options);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("txpk", out JsonElement txpk) || txpk.ValueKind != JsonValueKind.Object)
            {
                return "there is no object \"txpk\"";
            }

            return Read(txpk, counter, gps, nowUs, out request);
        }
        catch (JsonException)
        {
            return "it is not JSON";
        }
    }

    /// <summary>Writes the JSON of TX_ACK.</summary>
    /// <param name="error">What became of the request.</param>
    public static byte[] WriteAcknowledgement(TransmitError error) => Encoding.ASCII.GetBytes($"{{\"txpk_ack\":{{\"error\":\"{NameOf(error)}\"}}}}");

    /// <summary>The protocol's word.</summary>
    /// <param name="error">What became of the request.</param>
    public static string NameOf(TransmitError error) => error switch
    {
        TransmitError.None => "NONE",
        TransmitError.TooLate => "TOO_LATE",
        TransmitError.TooEarly => "TOO_EARLY",
        TransmitError.CollisionPacket => "COLLISION_PACKET",
        TransmitError.CollisionBeacon => "COLLISION_BEACON",
        TransmitError.Frequency => "TX_FREQ",
        TransmitError.Power => "TX_POWER",
        TransmitError.GpsUnlocked => "GPS_UNLOCKED",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "The protocol has no word for it."),
    };

    /// <summary>Reads a data rate such as SF7BW125.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
    public static bool TryReadDataRate(string text, out int spreadingFactor, out int bandwidthHz)
    {
        ArgumentNullException.ThrowIfNull(text);
        spreadingFactor = 0;
        bandwidthHz = 0;
        int at = text.IndexOf("BW", StringComparison.Ordinal);
        if (!text.StartsWith("SF", StringComparison.Ordinal) || at < 3
            || !int.TryParse(text.AsSpan(2, at - 2), NumberStyles.None, CultureInfo.InvariantCulture, out spreadingFactor)
            || !int.TryParse(text.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out int kilohertz))
        {
            return false;
        }

        bandwidthHz = kilohertz is 125 or 250 or 500 ? kilohertz * 1000 : 0;
        return spreadingFactor is >= 7 and <= 12 && bandwidthHz > 0;
    }

    private static string? Read(JsonElement txpk, GatewayCounter counter, GpsTime gps, long nowUs, out TransmitRequest? request)
    {
        request = null;
        JsonFields fields = new(txpk);
        TransmitTiming timing = ReadStart(fields, counter, gps, nowUs, out long startUs);
        double megahertz = fields.Number("freq", 1, 10_000);
        string modulation = fields.Text("modu");
        if (fields.Problem is null && modulation != "LORA")
        {
            return modulation == "FSK" ? "\"modu\" is FSK, which these gateways cannot transmit" : "\"modu\" has to be LORA";
        }

        string dataRate = fields.Text("datr");
        if (!TryReadDataRate(dataRate, out int spreadingFactor, out int bandwidthHz))
        {
            fields.Refuse("\"datr\" has to be a data rate such as SF9BW125");
        }

        // Downlinks of LoRaWAN have no other coding rate (RP002-1.0.4, section 2.3); their time on air would be another one.
        if (fields.Text("codr") != "4/5")
        {
            fields.Refuse("\"codr\" has to be 4/5");
        }

        int? powerDbm = fields.Has("powe") ? (int)fields.Whole("powe", -128, 127) : null;
        bool isInverted = fields.Flag("ipol", false);
        bool hasCrc = !fields.Flag("ncrc", false);
        long size = fields.Whole("size", 1, 255);
        byte[]? frame = ReadBase64(fields.Text("data"));
        if (fields.Problem is null && (frame is null || frame.Length != size))
        {
            fields.Refuse(frame is null ? "\"data\" has to be base64" : $"\"data\" has {frame.Length} bytes and \"size\" says {size}");
        }

        if (fields.Problem is null)
        {
            request = new TransmitRequest
            {
                Timing = timing,
                StartUs = startUs,
                FrequencyHz = (int)Math.Min(int.MaxValue, Math.Round(megahertz * 1e6)),
                SpreadingFactor = spreadingFactor,
                BandwidthHz = bandwidthHz,
                PowerDbm = powerDbm,
                IsInverted = isInverted,
                HasCrc = hasCrc,
                Frame = frame!,
            };
        }

        return fields.Problem;
    }

    private static TransmitTiming ReadStart(JsonFields fields, GatewayCounter counter, GpsTime gps, long nowUs, out long startUs)
    {
        startUs = nowUs;
        if (fields.Flag("imme", false))
        {
            return TransmitTiming.Immediate;
        }

        if (fields.Has("tmst"))
        {
            startUs = counter.TimeUs(counter.Widen((uint)fields.Whole("tmst", 0, uint.MaxValue), nowUs));
            return TransmitTiming.Counter;
        }

        if (fields.Has("tmms"))
        {
            startUs = gps.TimeUs(fields.Whole("tmms", 0, 9_000_000_000_000) * 1000);
            return TransmitTiming.Gps;
        }

        fields.Refuse("it says neither \"imme\" nor \"tmst\" nor \"tmms\"");
        return TransmitTiming.Immediate;
    }

    // "padding optional"; servers exist that use the alphabet for URLs, as the document's example does.
    internal static byte[]? ReadBase64(string text)
    {
        string padded = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        byte[] bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out int length) ? bytes[..length] : null;
    }
}
