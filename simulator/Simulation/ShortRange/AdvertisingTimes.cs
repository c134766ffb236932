// Lengths and spacings of Bluetooth LE advertising: Bluetooth Core Specification 5.4, volume 6, part B.
namespace Simulation.ShortRange;

/// <summary>Times on the air, in microseconds.</summary>
internal static class AdvertisingTimes
{
    /// <summary>The primary advertising channels: 37, 38 and 39.</summary>
    public const int ChannelCount = 3;

    /// <summary>The longest random delay that is added to each interval (4.4.2.2.1).</summary>
    public const int RandomDelayUs = 10_000;

    /// <summary>From the end of a packet to the next on the next channel; the standard allows up to 10 ms from begin to begin (4.4.2.6), controllers take about an inter-frame space.</summary>
    public const int PauseUs = 150;

    /// <summary>From a controller's order to the earliest first packet, and from a packet's end to the earliest report.</summary>
    public const int HostDelayMinimumUs = 2_000;

    // Preamble 1, access address 4, header 2, advertiser's address 6, CRC 3 (2.1, LE 1M); then the data: flags 3, header and company of the manufacturer's data 4.
    private const int FrameBytes = 16;
    private const int DataHeaderBytes = 7;
    private const int MicrosecondsPerByte = 8;

    /// <summary>Length of a packet.</summary>
    /// <param name="length">Bytes of the broadcast, up to 24.</param>
    public static int PacketUs(int length) => (FrameBytes + DataHeaderBytes + length) * MicrosecondsPerByte;

    /// <summary>From the begin of a packet to the next one's in the same event.</summary>
    /// <param name="length">Bytes of the broadcast.</param>
    public static int SpacingUs(int length) => PacketUs(length) + PauseUs;
}
