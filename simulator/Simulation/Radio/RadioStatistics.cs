// What the air did to the frames, in whole numbers: what was sent, what arrived, what was lost and why.
namespace Simulation.Radio;

/// <summary>Why no gateway received an uplink. Where gateways differ, the cause of the one at which the frame came furthest counts.</summary>
public enum UplinkLossCause
{
    /// <summary>Delivered.</summary>
    None = 0,

    /// <summary>No gateway heard it above its sensitivity.</summary>
    BelowSensitivity = 1,

    /// <summary>A gateway in reach was out of order.</summary>
    GatewayDown = 2,

    /// <summary>A gateway in reach was transmitting while it was in the air.</summary>
    GatewayTransmitting = 3,

    /// <summary>A gateway heard it but all its demodulators were busy.</summary>
    NoDemodulator = 4,

    /// <summary>A gateway demodulated it, and other uplinks destroyed it.</summary>
    Interference = 5,
}

/// <summary>Counts of frames at one spreading factor.</summary>
public sealed class SpreadingFactorStatistics
{
    /// <summary>Uplinks that were transmitted and have ended.</summary>
    public long SentCount { get; internal set; }

    /// <summary>Uplinks that at least one gateway received; each counts once.</summary>
    public long DeliveredCount { get; internal set; }

    /// <summary>Lost uplinks by <see cref="UplinkLossCause"/> (the index).</summary>
    public long[] LostCounts { get; } = new long[6];

    /// <summary>Time on air of the uplinks, in microseconds.</summary>
    public long AirTimeUs { get; internal set; }

    /// <summary>Downlinks that were transmitted and have ended.</summary>
    public long DownlinkSentCount { get; internal set; }

    /// <summary>Time on air of the downlinks, in microseconds.</summary>
    public long DownlinkAirTimeUs { get; internal set; }
}

/// <summary>Counts of one gateway.</summary>
public sealed class GatewayStatistics
{
    /// <summary>Uplinks it received, whether or not others did too.</summary>
    public long ReceivedCount { get; internal set; }

    /// <summary>Downlinks it was given.</summary>
    public long TransmittedCount { get; internal set; }

    /// <summary>Time on air of its downlinks, in microseconds.</summary>
    public long AirTimeUs { get; internal set; }

    /// <summary>Requests to transmit that it refused or did not answer, by what it said (the index: Network's GatewayAnswer).</summary>
    public long[] RefusedCounts { get; } = new long[4];

    /// <summary>Greatest time by which a class C downlink began before or after the server's plan, in microseconds.</summary>
    public long TimingErrorUs { get; internal set; }

    /// <summary>Greatest share of its duty-cycle budget in use in any hour and sub-band, in thousandths.</summary>
    public int DutyCycleBudgetPermille { get; internal set; }
}

/// <summary>What the air did to the frames. All whole numbers, the same on any number of threads.</summary>
public sealed class RadioStatistics
{
    private readonly SpreadingFactorStatistics[] _bySpreadingFactor = [new(), new(), new(), new(), new(), new()];

    /// <summary>Makes it with everything at 0.</summary>
    /// <param name="gatewayCount">Gateways.</param>
    /// <param name="poleCount">Poles.</param>
    public RadioStatistics(int gatewayCount, int poleCount)
    {
        var gateways = new GatewayStatistics[gatewayCount];
        for (int index = 0; index < gatewayCount; index++)
        {
            gateways[index] = new GatewayStatistics();
        }

        Gateways = gateways;
        SentByPole = new int[poleCount];
        DeliveredByPole = new int[poleCount];
    }

    /// <summary>Counts by gateway, in the order of the list given to the network.</summary>
    public IReadOnlyList<GatewayStatistics> Gateways { get; }

    /// <summary>Uplinks that ended, by pole; join-requests and repetitions included.</summary>
    public int[] SentByPole { get; }

    /// <summary>Uplinks that at least one gateway received, by pole.</summary>
    public int[] DeliveredByPole { get; }

    /// <summary>Join-requests that reached the network server.</summary>
    public long JoinRequestCount { get; internal set; }

    /// <summary>Join-requests that were accepted.</summary>
    public long JoinAcceptCount { get; internal set; }

    /// <summary>Downlinks that ended and could be received at their pole, were it listening.</summary>
    public long DownlinkReceivableCount { get; internal set; }

    /// <summary>Downlinks that ended and could not be received, by <see cref="DownlinkLossCause"/> (the index).</summary>
    public long[] DownlinkLostCounts { get; } = new long[4];

    /// <summary>Counts at one spreading factor.</summary>
    /// <param name="spreadingFactor">7 to 12.</param>
    public SpreadingFactorStatistics At(int spreadingFactor) => _bySpreadingFactor[spreadingFactor - 7];

    /// <summary>Uplinks of all spreading factors that ended.</summary>
    public long SentCount => Sum(static at => at.SentCount);

    /// <summary>Uplinks of all spreading factors that at least one gateway received.</summary>
    public long DeliveredCount => Sum(static at => at.DeliveredCount);

    /// <summary>Downlinks of all spreading factors that ended.</summary>
    public long DownlinkSentCount => Sum(static at => at.DownlinkSentCount);

    /// <summary>Uplinks of all spreading factors lost for one cause.</summary>
    /// <param name="cause">The cause.</param>
    public long LostCount(UplinkLossCause cause) => Sum(at => at.LostCounts[(int)cause]);

    private long Sum(Func<SpreadingFactorStatistics, long> count)
    {
        long sum = 0;
        foreach (SpreadingFactorStatistics at in _bySpreadingFactor)
        {
            sum += count(at);
        }

        return sum;
    }
}
