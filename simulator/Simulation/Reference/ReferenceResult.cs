// What came of a run of the reference workload, in whole numbers, and what ns-3 says of the same.
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Reference;

/// <summary>Counts of one run. A function of the workload alone, the same on every machine.</summary>
public sealed record ReferenceResult
{
    /// <summary>What was run.</summary>
    public required ReferenceWorkload Workload { get; init; }

    /// <summary>What the air did to the frames.</summary>
    public required RadioStatistics Radio { get; init; }

    /// <summary>What the network server did.</summary>
    public required NetworkStatistics Network { get; init; }

    /// <summary>Messages that reached the application with the bytes they were sent with.</summary>
    public required long MessageCount { get; init; }

    /// <summary>Messages that reached the application with other bytes, twice, or in the wrong order; 0 unless something is broken.</summary>
    public required long WrongMessageCount { get; init; }

    /// <summary>Messages that an end device did not take because the one before was still waiting for its duty cycle.</summary>
    public required long RefusedMessageCount { get; init; }

    /// <summary>Devices by spreading factor at the end, SF7 to SF12.</summary>
    public required IReadOnlyList<int> DeviceCounts { get; init; }

    /// <summary>Uplinks that the gateway received, of all that were sent, in percent.</summary>
    public double DeliveryPercent => Percent(Radio.DeliveredCount);

    /// <summary>Uplinks lost for one cause, of all that were sent, in percent.</summary>
    public double LossPercent(UplinkLossCause cause) => Percent(Radio.LostCount(cause));

    private double Percent(long count) => Radio.SentCount == 0 ? 0 : 100.0 * count / Radio.SentCount;
}

/// <summary>What ns-3 3.37 with signetlabdei/lorawan gives for the reference workload over 24 hours; measured, not computed.</summary>
/// <param name="DeviceCount">Devices.</param>
/// <param name="SentCount">Frames sent.</param>
/// <param name="DeliveredCount">Frames received by the gateway.</param>
/// <param name="InterferenceCount">Lost to interference; -1 where that was not counted.</param>
/// <param name="NoDemodulatorCount">Lost for want of a demodulator; -1 where that was not counted.</param>
public sealed record Ns3Result(int DeviceCount, long SentCount, long DeliveredCount, long InterferenceCount, long NoDemodulatorCount)
{
    /// <summary>By how many percentage points the delivery may differ.</summary>
    public const double TolerancePercent = 1.5;

    /// <summary>The runs there are.</summary>
    public static IReadOnlyList<Ns3Result> All { get; } =
    [
        new(1_000, 144_000, 133_177, -1, -1),
        new(10_000, 1_440_000, 610_633, 427_458, 401_901),
    ];

    /// <summary>Received of sent, in percent.</summary>
    public double DeliveryPercent => 100.0 * DeliveredCount / SentCount;

    /// <summary>The run with so many devices; null when there is none.</summary>
    public static Ns3Result? For(int deviceCount) => All.FirstOrDefault(result => result.DeviceCount == deviceCount);
}
