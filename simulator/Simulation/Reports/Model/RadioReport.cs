// What the radio carried and what it lost, and why.
using System.Text.Json.Serialization;

namespace Simulation.Reports;

/// <summary>The radio over the whole run.</summary>
public sealed class RadioReport
{
    /// <summary>Status messages sent by all poles.</summary>
    public long StatusSent { get; set; }

    /// <summary>Status messages received by the network server, copies counted once.</summary>
    public long StatusDelivered { get; set; }

    /// <summary>Whether it is known which of them arrived: not where somebody else's network server received them.</summary>
    public bool IsStatusDeliveryKnown { get; set; } = true;

    /// <summary>Share of the status messages that arrived, in percent; null if none was sent or it is not known.</summary>
    public double? StatusDeliveryPercent => IsStatusDeliveryKnown ? Percentage.Of(StatusDelivered, StatusSent) : null;

    /// <summary>Uplink frames by spreading factor, in its order; one row each that was used.</summary>
    public IReadOnlyList<SpreadingFactorReport> BySpreadingFactor { get; set; } = [];

    /// <summary>Join requests sent.</summary>
    public long JoinRequests { get; set; }

    /// <summary>Join accepts that a pole took.</summary>
    public long JoinAccepts { get; set; }

    /// <summary>Downlink frames that gateways sent.</summary>
    public long DownlinksSent { get; set; }

    /// <summary>Downlink frames that their pole received.</summary>
    public long DownlinksReceived { get; set; }

    /// <summary>Downlink frames that were sent and not received.</summary>
    public long DownlinksLost { get; set; }

    /// <summary>The gateways, in the scenario's order.</summary>
    public IReadOnlyList<GatewayReport> Gateways { get; set; } = [];
}

/// <summary>Uplink frames at one spreading factor. A frame is delivered if any gateway received it; a lost frame has one cause, the
/// one that came closest to being received.</summary>
public sealed class SpreadingFactorReport
{
    /// <summary>7 to 12.</summary>
    public int SpreadingFactor { get; set; }

    /// <summary>Frames sent.</summary>
    public long Sent { get; set; }

    /// <summary>Frames that reached the network server.</summary>
    public long Delivered { get; set; }

    /// <summary>Share of the frames that was delivered, in percent; null if none was sent.</summary>
    public double? DeliveryPercent => Percentage.Of(Delivered, Sent);

    /// <summary>Lost: too weak at every gateway.</summary>
    public long BelowSensitivity { get; set; }

    /// <summary>Lost: another frame on the air at the same time.</summary>
    public long Interference { get; set; }

    /// <summary>Lost: all demodulators of the gateway were busy.</summary>
    public long NoDemodulator { get; set; }

    /// <summary>Lost: the gateway was transmitting itself.</summary>
    public long GatewayTransmitting { get; set; }

    /// <summary>Lost: the gateway was out of order.</summary>
    public long GatewayDown { get; set; }

    /// <summary>Time on air of all frames sent, in milliseconds.</summary>
    public double AirtimeMs { get; set; }
}

/// <summary>One gateway.</summary>
public sealed class GatewayReport
{
    /// <summary>The gateway's name in the scenario.</summary>
    public string Id { get; set; } = "";

    /// <summary>Degrees north (WGS 84).</summary>
    [JsonConverter(typeof(CoordinateJsonConverter))]
    public double Latitude { get; set; }

    /// <summary>Degrees east (WGS 84).</summary>
    [JsonConverter(typeof(CoordinateJsonConverter))]
    public double Longitude { get; set; }

    /// <summary>Uplink frames received, copies of the same frame at other gateways counted there too.</summary>
    public long Received { get; set; }

    /// <summary>Downlink frames transmitted.</summary>
    public long Transmitted { get; set; }

    /// <summary>Time on air of its own frames, in milliseconds.</summary>
    public double AirtimeMs { get; set; }

    /// <summary>The greatest part of its duty-cycle budget that was in use in any hour and sub-band, in thousandths.</summary>
    public double DutyCycleBudgetPermille { get; set; }

    /// <summary>The greatest time by which a class C downlink began before or after the network server's plan, in milliseconds: without GPS
    /// time the server has to estimate the gateway's clock.</summary>
    public double ClassCTimingErrorMs { get; set; }

    /// <summary>Requests to transmit that it refused because they came too late.</summary>
    public long RefusedTooLate { get; set; }

    /// <summary>Requests to transmit that it refused because it transmitted something else then.</summary>
    public long RefusedBusy { get; set; }

    /// <summary>Requests to transmit that it did not answer: it was out of order.</summary>
    public long Unanswered { get; set; }
}

/// <summary>Percentages as the report states them.</summary>
internal static class Percentage
{
    /// <summary>A part of a whole in percent; null if the whole is nothing.</summary>
    public static double? Of(long part, long whole) => whole > 0 ? 100.0 * part / whole : null;
}
