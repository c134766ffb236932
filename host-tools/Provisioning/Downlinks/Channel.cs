// What a downlink costs and how long it may be: by region and the data rate of RX2, with the controller's own regional parameters.
using PoleController.LoRaWan;
using Provisioning.Controllers;
using Provisioning.Problems;

namespace Provisioning.Downlinks;

/// <summary>The channel on which class C controllers are reached: RX2 of their region.</summary>
public sealed class Channel
{
    // MHDR, DevAddr, FCtrl, FCnt, FPort, MIC (LoRaWAN 1.0.4, section 4): what a frame has around its payload.
    private const int FrameOverhead = 13;

    // A gateway cannot hear while it sends: even where no law asks for it, it should not send for more than a tenth of the time.
    private const int MostPermille = 100;

    private readonly Region _region;

    /// <summary>Makes it.</summary>
    /// <param name="region">Region in the words of <see cref="RegionNames"/>.</param>
    /// <param name="dataRate">Data rate of RX2 where the network has set another; null for the region's own.</param>
    /// <exception cref="ProblemException">There is no such region, or it has no such data rate for downlinks.</exception>
    public Channel(string region, int? dataRate = null)
    {
        RegionId id = RegionNames.Find(region) ?? throw new ProblemException(new Problem("problem.region", string.Join(", ", RegionNames.All)) { Kind = ProblemKind.WrongUse, Value = region });
        _region = new Region(id);
        DataRate = dataRate ?? _region.Rx2DataRate;
        if (!_region.IsDownlinkDataRate(DataRate))
        {
            throw new ProblemException(new Problem("problem.downlink.dataRate", region) { Kind = ProblemKind.WrongUse, Field = "--data-rate", Value = $"{DataRate}" });
        }
    }

    /// <summary>Data rate.</summary>
    public int DataRate { get; }

    /// <summary>Frequency in hertz.</summary>
    public int FrequencyHz => _region.Rx2FrequencyHz;

    /// <summary>Longest payload in bytes.</summary>
    public int LongestPayload => _region.MaximumPayloadLength(DataRate);

    /// <summary>Share of the time that a gateway may send here, in permille: the law's, and a tenth at most.</summary>
    public int DutyPermille
    {
        get
        {
            int band = _region.SubBandOf(_region.Rx2FrequencyHz);
            return band < 0 ? MostPermille : Math.Min(_region.DutyCyclePermille(band), MostPermille);
        }
    }

    /// <summary>Time on air of a downlink in microseconds.</summary>
    public long AirtimeUs(int payloadLength) => _region.DownlinkUs(DataRate, payloadLength + FrameOverhead);
}
