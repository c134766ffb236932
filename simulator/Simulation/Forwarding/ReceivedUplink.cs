// What a gateway received, as its forwarder hands it on.
using Simulation.Radio;

namespace Simulation.Forwarding;

/// <summary>An uplink at one gateway.</summary>
/// <param name="EndUs">When its last symbol ended, in microseconds since the start of the run.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="BandwidthHz">Bandwidth.</param>
/// <param name="RssiDbm">Signal strength.</param>
/// <param name="SnrQuarterDecibel">Signal-to-noise ratio in quarters of a decibel.</param>
/// <param name="Frame">The PHY payload, 1 to 255 bytes; shared by all gateways that received it, never changed.</param>
public sealed record ReceivedUplink(
    long EndUs, int FrequencyHz, int SpreadingFactor, int BandwidthHz, int RssiDbm, int SnrQuarterDecibel, byte[] Frame)
{
    /// <summary>Takes what the air gives.</summary>
    /// <param name="uplink">The frame.</param>
    /// <param name="reception">How one gateway received it.</param>
    /// <param name="frame">Its bytes, for all gateways.</param>
    public static ReceivedUplink From(UplinkTransmission uplink, in GatewayReception reception, byte[] frame)
    {
        ArgumentNullException.ThrowIfNull(uplink);
        return new ReceivedUplink(
            uplink.EndUs, uplink.FrequencyHz, uplink.SpreadingFactor, uplink.BandwidthHz,
            (int)Math.Round(reception.SignalDbm, MidpointRounding.AwayFromZero), reception.SnrQuarterDecibel, frame);
    }
}
