// What the tester knows of a region: where the answer to an uplink belongs. Written from RP002-1.0.4 and not shared with the controller.
namespace Simulation.Conformance.Bench;

/// <summary>A place on the air.</summary>
internal readonly record struct Place(int FrequencyHz, int SpreadingFactor, int BandwidthHz);

/// <summary>The receive windows of a region.</summary>
internal abstract class TesterPlan
{
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
