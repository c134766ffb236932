// What a network server tells the application behind it. Times are microseconds after the start of the run.
namespace Simulation.Serving;

/// <summary>Something happened with a device.</summary>
/// <param name="DevEui">DevEUI, 16 hexadecimal digits in lower case.</param>
/// <param name="TimeUs">When, in microseconds after the start of the run.</param>
public abstract record ServedEvent(string DevEui, long TimeUs);

/// <summary>A device joined; told with its first uplink, which shows that it heard the join-accept.</summary>
/// <param name="DevEui">DevEUI.</param>
/// <param name="TimeUs">When the uplink ended.</param>
/// <param name="DevAddr">Its address.</param>
public sealed record ServedJoin(string DevEui, long TimeUs, uint DevAddr) : ServedEvent(DevEui, TimeUs);

/// <summary>An uplink passed every check.</summary>
/// <param name="DevEui">DevEUI.</param>
/// <param name="TimeUs">When it ended.</param>
/// <param name="DevAddr">Its address.</param>
/// <param name="FrameCounter">Its 32-bit counter.</param>
/// <param name="FPort">1 to 223.</param>
/// <param name="Payload">In the clear.</param>
/// <param name="IsConfirmed">Whether an acknowledgement was asked for.</param>
/// <param name="Reception">How it arrived.</param>
public sealed record ServedUplink(string DevEui, long TimeUs, uint DevAddr, uint FrameCounter, int FPort, byte[] Payload, bool IsConfirmed, ServedReception Reception)
    : ServedEvent(DevEui, TimeUs);

/// <summary>How an uplink arrived at the gateway that heard it best.</summary>
/// <param name="GatewayIndex">Which gateway.</param>
/// <param name="DataRate">The region's index of the data rate.</param>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="RssiDbm">Signal strength.</param>
/// <param name="SnrDecibel">Signal-to-noise ratio.</param>
public sealed record ServedReception(int GatewayIndex, int DataRate, int SpreadingFactor, int FrequencyHz, int RssiDbm, double SnrDecibel);

/// <summary>A downlink of the device's queue was given to a gateway.</summary>
/// <param name="DevEui">DevEUI.</param>
/// <param name="TimeUs">When it begins.</param>
/// <param name="DownlinkId">What <see cref="ServedFleet.Enqueue"/> gave.</param>
/// <param name="FrameCounter">Its counter.</param>
public sealed record ServedTransmission(string DevEui, long TimeUs, Guid DownlinkId, uint FrameCounter) : ServedEvent(DevEui, TimeUs);

/// <summary>A confirmed downlink was acknowledged, or was not as often as it was sent.</summary>
/// <param name="DevEui">DevEUI.</param>
/// <param name="TimeUs">When.</param>
/// <param name="DownlinkId">What <see cref="ServedFleet.Enqueue"/> gave.</param>
/// <param name="IsAcknowledged">Whether it was.</param>
/// <param name="FrameCounter">Counter of its last transmission.</param>
public sealed record ServedAcknowledgement(string DevEui, long TimeUs, Guid DownlinkId, bool IsAcknowledged, uint FrameCounter) : ServedEvent(DevEui, TimeUs);

/// <summary>A downlink was given up before it was sent: it does not fit into a frame at the data rate of the second window.</summary>
/// <param name="DevEui">DevEUI.</param>
/// <param name="TimeUs">When.</param>
/// <param name="DownlinkId">What <see cref="ServedFleet.Enqueue"/> gave.</param>
public sealed record ServedRefusal(string DevEui, long TimeUs, Guid DownlinkId) : ServedEvent(DevEui, TimeUs);
