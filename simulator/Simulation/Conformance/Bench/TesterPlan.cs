// What the tester knows of a region: where the answer to an uplink belongs. Written from RP002-1.0.4 and not shared with the controller.
using PoleController.LoRaWan;

namespace Simulation.Conformance.Bench;

/// <summary>A place on the air.</summary>
internal readonly record struct Place(int FrequencyHz, int SpreadingFactor, int BandwidthHz);

/// <summary>The receive windows of a region.</summary>
internal abstract class TesterPlan
{
    /// <summary>The tester's knowledge of a region.</summary>
    public static TesterPlan For(RegionId region) => region switch
    {
        RegionId.Eu868 => new Eu868Plan(),
        RegionId.Us915 => new Us915Plan(),
        RegionId.As923Group1 => new As923Plan(),
        _ => throw new ArgumentOutOfRangeException(nameof(region), region, "the tester does not know this region"),
    };

    /// <summary>RX2DataRate that a join-accept carries to leave RX2 as it is.</summary>
    public virtual byte DefaultRx2DataRate => 0;

    /// <summary>RX2 before the network has said anything about it.</summary>
    public abstract Place DefaultRx2 { get; }

    /// <summary>Where RX1 listens after an uplink with RX1DROffset 0 to the highest offset.</summary>
    public abstract Place Rx1(Place uplink, int rx1DataRateOffset);

    /// <summary>A data rate as spreading factor and bandwidth on a frequency.</summary>
    public abstract Place At(int frequencyHz, int dataRate);
}

/// <summary>EU863-870 (RP002-1.0.4, section 2.4): RX1 on the uplink's channel, DR0 = SF12 to DR5 = SF7, never below DR0.</summary>
internal sealed class Eu868Plan : TesterPlan
{
    /// <inheritdoc/>
    public override Place DefaultRx2 => At(869525000, 0);

    /// <inheritdoc/>
    public override Place Rx1(Place uplink, int rx1DataRateOffset) =>
        At(uplink.FrequencyHz, Math.Max(0, DataRateOf(uplink) - rx1DataRateOffset));

    /// <inheritdoc/>
    public override Place At(int frequencyHz, int dataRate) =>
        dataRate == 6 ? new Place(frequencyHz, 7, 250000) : new Place(frequencyHz, 12 - dataRate, 125000);

    /// <summary>The data rate of a place.</summary>
    public static int DataRateOf(Place place) => place.BandwidthHz == 250000 ? 6 : 12 - place.SpreadingFactor;
}

/// <summary>US902-928 (RP002-1.0.4, section 2.5): 64 narrow and 8 wide uplink channels, RX1 on one of 8 wide downlink channels by the uplink's.</summary>
internal sealed class Us915Plan : TesterPlan
{
    private const int FirstNarrowHz = 902_300_000;
    private const int NarrowStepHz = 200_000;
    private const int FirstWideHz = 903_000_000;
    private const int WideStepHz = 1_600_000;
    private const int FirstDownlinkHz = 923_300_000;
    private const int DownlinkStepHz = 600_000;
    private const int DownlinkChannelCount = 8;
    private const int NarrowChannelCount = 64;
    private const int Wide = 500_000;

    /// <inheritdoc/>
    public override byte DefaultRx2DataRate => 8;

    /// <inheritdoc/>
    public override Place DefaultRx2 => At(FirstDownlinkHz, DefaultRx2DataRate);

    /// <inheritdoc/>
    public override Place Rx1(Place uplink, int rx1DataRateOffset)
    {
        int frequencyHz = FirstDownlinkHz + (ChannelOf(uplink) % DownlinkChannelCount * DownlinkStepHz);

        // DR0 to DR3 answer at DR10 to DR13, DR4 (SF8 at 500 kHz) at DR13, less the offset and never below DR8.
        int dataRate = uplink.BandwidthHz == Wide ? 14 : 10 + (10 - uplink.SpreadingFactor);
        return At(frequencyHz, Math.Clamp(dataRate - rx1DataRateOffset, 8, 13));
    }

    /// <inheritdoc/>
    public override Place At(int frequencyHz, int dataRate) =>
        dataRate >= 8 ? new Place(frequencyHz, 12 - (dataRate - 8), Wide) : new Place(frequencyHz, dataRate == 4 ? 8 : 10 - dataRate, dataRate == 4 ? Wide : 125_000);

    /// <summary>The uplink channel of a place, 0 to 71; -1 when it is none.</summary>
    public static int ChannelOf(Place place)
    {
        bool isWide = place.BandwidthHz == Wide;
        int offsetHz = place.FrequencyHz - (isWide ? FirstWideHz : FirstNarrowHz);
        int stepHz = isWide ? WideStepHz : NarrowStepHz;
        int count = isWide ? DownlinkChannelCount : NarrowChannelCount;
        bool isOnGrid = offsetHz >= 0 && offsetHz % stepHz == 0 && offsetHz / stepHz < count;
        return isOnGrid ? (offsetHz / stepHz) + (isWide ? NarrowChannelCount : 0) : -1;
    }
}

/// <summary>AS923, group 1 (RP002-1.0.4, section 2.9), as far as it goes with an offset of 0 and no dwell time in downlinks.</summary>
internal sealed class As923Plan : TesterPlan
{
    /// <inheritdoc/>
    public override byte DefaultRx2DataRate => 2;

    /// <inheritdoc/>
    public override Place DefaultRx2 => At(923_200_000, DefaultRx2DataRate);

    /// <inheritdoc/>
    public override Place Rx1(Place uplink, int rx1DataRateOffset) => At(uplink.FrequencyHz, Math.Max(0, 12 - uplink.SpreadingFactor - rx1DataRateOffset));

    /// <inheritdoc/>
    public override Place At(int frequencyHz, int dataRate) => new(frequencyHz, 12 - dataRate, 125_000);
}
