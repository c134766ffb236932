// A transmission as a server asks for it, whatever protocol it spoke.
using PoleController.LoRaWan;

namespace Simulation.Forwarding;

/// <summary>How the start of a transmission is given: Semtech's names for it are imme, tmst and tmms.</summary>
public enum TransmitTiming
{
    /// <summary>As soon as the radio is free.</summary>
    Immediate,

    /// <summary>At a value of the gateway's counter.</summary>
    Counter,

    /// <summary>At a GPS time.</summary>
    Gps,
}

/// <summary>What to transmit and how.</summary>
public sealed record TransmitRequest
{
    /// <summary>How the start is given.</summary>
    public TransmitTiming Timing { get; init; }

    /// <summary>Start in microseconds since the start of the run; without meaning for <see cref="TransmitTiming.Immediate"/>.</summary>
    public long StartUs { get; init; }

    /// <summary>Centre frequency in hertz.</summary>
    public int FrequencyHz { get; init; }

    /// <summary>7 to 12.</summary>
    public int SpreadingFactor { get; init; }

    /// <summary>125,000, 250,000 or 500,000.</summary>
    public int BandwidthHz { get; init; }

    /// <summary>Radiated power (EIRP) in dBm; null leaves it to the gateway.</summary>
    public int? PowerDbm { get; init; }

    /// <summary>Whether the polarisation is inverted, as LoRaWAN downlinks are. Poles hear nothing else.</summary>
    public bool IsInverted { get; init; } = true;

    /// <summary>Whether the physical layer carries a CRC; LoRaWAN downlinks have none.</summary>
    public bool HasCrc { get; init; }

    /// <summary>The PHY payload, 1 to 255 bytes.</summary>
    public required byte[] Frame { get; init; }

    /// <summary>Time on air in microseconds.</summary>
    public int AirTimeUs => AirTime.FrameUs(SpreadingFactor, BandwidthHz, Frame.Length, HasCrc);
}

/// <summary>What became of a request: the words of Semtech's TX_ACK (Lora-net/packet_forwarder PROTOCOL.TXT, section 6).</summary>
public enum TransmitError
{
    /// <summary>NONE: it is planned.</summary>
    None,

    /// <summary>TOO_LATE: its start is nearer than the radio can be made ready, or has passed.</summary>
    TooLate,

    /// <summary>TOO_EARLY: its start is implausibly far away.</summary>
    TooEarly,

    /// <summary>COLLISION_PACKET: the gateway transmits something else then.</summary>
    CollisionPacket,

    /// <summary>COLLISION_BEACON: the time belongs to a beacon.</summary>
    CollisionBeacon,

    /// <summary>TX_FREQ: the gateway cannot, or must not, transmit there.</summary>
    Frequency,

    /// <summary>TX_POWER: the gateway cannot transmit so strongly, or so weakly.</summary>
    Power,

    /// <summary>GPS_UNLOCKED: a GPS time was given and the gateway has none.</summary>
    GpsUnlocked,
}
