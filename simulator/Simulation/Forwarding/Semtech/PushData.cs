// The JSON of PUSH_DATA: received frames (rxpk) and the gateway's state (stat), field by field in the order and with the digits in which
// Semtech's own packet forwarder writes them (Lora-net/packet_forwarder, lora_pkt_fwd/src/lora_pkt_fwd.c; PROTOCOL.TXT, section 4).
using System.Globalization;
using System.Text;
using Simulation.Radio;

namespace Simulation.Forwarding.Semtech;

/// <summary>The state of a gateway, as it reports it.</summary>
/// <param name="Utc">Now.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="ReceivedCount">Frames received since the last report (rxnb, rxok: frames that are destroyed are not received here).</param>
/// <param name="ForwardedCount">Frames handed on (rxfw).</param>
/// <param name="AcknowledgedPercent">Share of PUSH_DATA that was acknowledged (ackr).</param>
/// <param name="DownlinkCount">Datagrams that asked for a transmission (dwnb).</param>
/// <param name="TransmittedCount">Frames transmitted (txnb).</param>
public readonly record struct GatewayState(
    DateTime Utc, double Latitude, double Longitude, int ReceivedCount, int ForwardedCount, double AcknowledgedPercent, int DownlinkCount, int TransmittedCount);

/// <summary>Writes the JSON of PUSH_DATA.</summary>
public static class PushData
{
    /// <summary>Writes received frames.</summary>
    /// <param name="uplinks">One or more.</param>
    /// <param name="counter">The gateway's counter.</param>
    /// <param name="gps">The gateway's GPS time; null when it has none: then the frames carry no time but the counter.</param>
    public static byte[] WriteReceived(IReadOnlyList<ReceivedUplink> uplinks, GatewayCounter counter, GpsTime? gps)
    {
        ArgumentNullException.ThrowIfNull(uplinks);
        ArgumentNullException.ThrowIfNull(counter);
        StringBuilder json = new("{\"rxpk\":[");
        for (int at = 0; at < uplinks.Count; at++)
        {
            json.Append(at == 0 ? "{" : ",{");
            WriteFrame(json, uplinks[at], (uint)counter.At(uplinks[at].EndUs), gps);
            json.Append('}');
        }

        return Encoding.ASCII.GetBytes(json.Append("]}").ToString());
    }

    /// <summary>Writes a gateway's state.</summary>
    /// <param name="state">The state.</param>
    public static byte[] WriteState(in GatewayState state)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        StringBuilder json = new("{\"stat\":{");
        json.Append(culture, $"\"time\":\"{state.Utc:yyyy-MM-dd HH:mm:ss} GMT\"");
        json.Append(culture, $",\"lati\":{state.Latitude:0.00000},\"long\":{state.Longitude:0.00000},\"alti\":0");
        json.Append(culture, $",\"rxnb\":{state.ReceivedCount},\"rxok\":{state.ReceivedCount},\"rxfw\":{state.ForwardedCount}");
        json.Append(culture, $",\"ackr\":{state.AcknowledgedPercent:0.0},\"dwnb\":{state.DownlinkCount},\"txnb\":{state.TransmittedCount}");
        return Encoding.ASCII.GetBytes(json.Append("}}").ToString());
    }

    /// <summary>
    /// The number of the channel (chan): eight neighbours 200 kHz apart get eight numbers. A real concentrator's depend on its
    /// configuration; servers do not use them.
    /// </summary>
    /// <param name="frequencyHz">Centre frequency.</param>
    public static int ChannelOf(int frequencyHz) => frequencyHz / 200_000 % 8;

    private static void WriteFrame(StringBuilder json, ReceivedUplink uplink, uint counter, GpsTime? gps)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        json.Append(culture, $"\"tmst\":{counter}");
        if (gps is not null)
        {
            json.Append(culture, $",\"time\":\"{gps.Utc(uplink.EndUs):yyyy-MM-ddTHH:mm:ss.ffffff}Z\",\"tmms\":{gps.GpsUs(uplink.EndUs) / 1000}");
        }

        json.Append(culture, $",\"chan\":{ChannelOf(uplink.FrequencyHz)},\"rfch\":0,\"freq\":{uplink.FrequencyHz / 1_000_000}.{uplink.FrequencyHz % 1_000_000:000000}");
        json.Append(culture, $",\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF{uplink.SpreadingFactor}BW{uplink.BandwidthHz / 1000}\",\"codr\":\"4/5\"");

        // A quarter lies in the middle between two tenths: C's printf takes the even one.
        double snrDecibel = Math.Round(uplink.SnrQuarterDecibel / 4.0, 1, MidpointRounding.ToEven);
        json.Append(culture, $",\"lsnr\":{snrDecibel:0.0},\"rssi\":{uplink.RssiDbm},\"size\":{uplink.Frame.Length}");
        json.Append(culture, $",\"data\":\"{Convert.ToBase64String(uplink.Frame)}\"");
    }
}
