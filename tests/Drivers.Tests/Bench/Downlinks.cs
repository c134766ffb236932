// Downlinks made by hand.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Drivers.Tests.Bench;

internal static class Downlinks
{
    public static DownlinkTransmission Create(
        long startUs, byte[] frame, int frequencyHz, int spreadingFactor, bool isWhole = true, int rssiDbm = -90, int snrQuarterDecibel = 20,
        int bandwidthHz = 125_000)
    {
        DownlinkTransmission downlink = new()
        {
            StartUs = startUs,
            EndUs = startUs + AirTime.FrameUs(spreadingFactor, bandwidthHz, frame.Length, hasCrc: false),
            FrequencyHz = frequencyHz,
            SpreadingFactor = spreadingFactor,
            BandwidthHz = bandwidthHz,
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
