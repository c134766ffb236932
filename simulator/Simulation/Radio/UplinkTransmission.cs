// One uplink in the air. A record only; who transmits fills it, the channel reads it.
namespace Simulation.Radio;

/// <summary>An uplink from a pole. Rented from an <see cref="UplinkPool"/>, handed to the network, returned by the network.</summary>
public sealed class UplinkTransmission
{
    internal UplinkPool? Owner;

    /// <summary>Which pole transmits: its index in the list given to the network.</summary>
    public int PoleIndex;

    /// <summary>When the preamble begins, in microseconds since the start of the run.</summary>
    public long StartUs;

    /// <summary>When the last symbol ends, in microseconds since the start of the run.</summary>
    public long EndUs;

    /// <summary>Centre frequency in hertz.</summary>
    public int FrequencyHz;

    /// <summary>Spreading factor, 7 to 12.</summary>
    public int SpreadingFactor;

    /// <summary>Bandwidth in hertz.</summary>
    public int BandwidthHz;

    /// <summary>Radiated power (EIRP) in dBm.</summary>
    public int PowerDbm;

    /// <summary>The PHY payload, in the first <see cref="Length"/> bytes of 256.</summary>
    public byte[] Frame { get; } = new byte[256];

    /// <summary>Bytes of <see cref="Frame"/> in use, 1 to 255.</summary>
    public int Length;
}
