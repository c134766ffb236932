// Downlinks made by hand.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Drivers.Tests.Bench;

internal static class Downlinks
{
    public static DownlinkTransmission Create(
        long startUs, byte[] frame, int frequencyHz, int spreadingFactor, bool isWhole = true, int rssiDbm = -90, int snrQuarterDecibel = 20)
    {
        DownlinkTransmission downlink = new()
        {
            StartUs = startUs,
            EndUs = startUs + AirTime.FrameUs(spreadingFactor, 125_000, frame.Length, hasCrc: false),
            FrequencyHz = frequencyHz,
            SpreadingFactor = spreadingFactor,
            BandwidthHz = 125_000,
            Length = frame.Length,
            RssiDbm = rssiDbm,
            SnrQuarterDecibel = snrQuarterDecibel,
            IsDetectable = true,
            LossCause = isWhole ? DownlinkLossCause.None : DownlinkLossCause.Interference,
        };
        frame.CopyTo(downlink.Frame, 0);
        return downlink;
    }
}
