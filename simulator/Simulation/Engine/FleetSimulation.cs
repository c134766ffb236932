// Runs a fleet through virtual time in windows of one second: first all poles, side by side; then, alone, what lies between them:
// the air, the gateways, the network server and the operator behind it. A network server answers a second after an uplink at the
// earliest (RX1), so nothing that is decided at the end of a window can concern a pole within it; that is why the result does not
// depend on the number of threads.
using System.Diagnostics;
using Simulation.Network;
using Simulation.Operation;
using Simulation.Radio;

namespace Simulation.Engine;

/// <summary>A run in progress.</summary>
public sealed class FleetSimulation : IDisposable
{
    /// <summary>Length of a window: RX1's delay (RP002-1.0.4, RECEIVE_DELAY1).</summary>
    public const long WindowUs = 1_000_000;

    private readonly SimulatedPole[] _poles;
    private readonly FleetNetwork _network;
    private readonly FleetOperator _operator;
    private readonly Partition[] _partitions;
    private readonly WindowThreads _threads;
    private readonly List<UplinkTransmission> _uplinks = [];
    private readonly List<DownlinkTransmission> _downlinks = [];
    private bool _isFinished;

    /// <summary>Makes a run over a fleet.</summary>
    /// <param name="poles">The poles, by their index.</param>
    /// <param name="network">What connects them.</param>
    /// <param name="fleetOperator">Who sends commands and hears what poles report.</param>
    /// <param name="threadCount">Threads to run the poles on, 1 or more.</param>
    public FleetSimulation(SimulatedPole[] poles, FleetNetwork network, FleetOperator fleetOperator, int threadCount)
    {
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(fleetOperator);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        _poles = poles;
        _network = network;
        _operator = fleetOperator;
        _partitions = new Partition[threadCount];
        for (int i = 0; i < threadCount; i++)
        {
            _partitions[i] = new Partition();
        }

        foreach (SimulatedPole pole in poles)
        {
            PartitionOf(pole.Index).Schedule(pole);
        }

        _threads = new WindowThreads(_partitions);
    }

    /// <summary>Simulated time up to which everything has been decided.</summary>
    public long TimeUs { get; private set; }

    /// <summary>Wall time spent in the poles; for benchmarks only, never in a report.</summary>
    public TimeSpan PoleTime { get; private set; }

    /// <summary>Wall time spent in channel, gateways, network server and operator; for benchmarks only, never in a report.</summary>
    public TimeSpan NetworkTime { get; private set; }

    /// <summary>Runs up to a moment.</summary>
    /// <param name="untilUs">The moment.</param>
    /// <param name="progress">Called after every window; may be null.</param>
    /// <param name="cancellation">Ends the run after the present window; what has run stays whole.</param>
    /// <returns>Whether the moment was reached.</returns>
    public bool RunTo(long untilUs, Action<long>? progress, CancellationToken cancellation)
    {
        while (TimeUs < untilUs)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            long nextUs = NextEventUs();
            long beginUs = Math.Max(TimeUs, nextUs == long.MaxValue ? untilUs : nextUs / WindowUs * WindowUs);
            long endUs = Math.Min(beginUs + WindowUs, untilUs);
            RunWindow(endUs);
            TimeUs = endUs;
            progress?.Invoke(endUs);
        }

        return true;
    }

    /// <summary>Accounts for the time up to now at every pole. Call once, after the last <see cref="RunTo"/>.</summary>
    public void Finish()
    {
        if (!_isFinished)
        {
            _isFinished = true;
            foreach (SimulatedPole pole in _poles)
            {
                pole.Finish(TimeUs);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    private void RunWindow(long endUs)
    {
        long startTicks = Stopwatch.GetTimestamp();
        _threads.Run(endUs);
        long polesTicks = Stopwatch.GetTimestamp();
        PoleTime += Stopwatch.GetElapsedTime(startTicks, polesTicks);

        SubmitUplinks();
        _operator.Run(endUs);
        _network.Advance(endUs);
        AnnounceDownlinks();
        NetworkTime += Stopwatch.GetElapsedTime(polesTicks);
    }

    private void SubmitUplinks()
    {
        _uplinks.Clear();
        foreach (Partition partition in _partitions)
        {
            _uplinks.AddRange(partition.Uplinks.Uplinks);
            partition.Uplinks.Uplinks.Clear();
        }

        // The order in which partitions ran must not show: the air knows only when and who.
        _uplinks.Sort(static (a, b) => a.StartUs != b.StartUs ? a.StartUs.CompareTo(b.StartUs) : a.PoleIndex.CompareTo(b.PoleIndex));
        foreach (UplinkTransmission uplink in _uplinks)
        {
            _network.Submit(uplink);
        }
    }

    private void AnnounceDownlinks()
    {
        _downlinks.Clear();
        _network.TakeDownlinks(_downlinks);
        foreach (DownlinkTransmission downlink in _downlinks)
        {
            SimulatedPole pole = _poles[downlink.PoleIndex];
            pole.Announce(downlink);
            PartitionOf(pole.Index).Schedule(pole);
        }
    }

    private long NextEventUs()
    {
        long nextUs = Math.Min(_network.NextEventUs, _operator.NextEventUs);
        foreach (Partition partition in _partitions)
        {
            nextUs = Math.Min(nextUs, partition.NextEventUs);
        }

        return nextUs;
    }

    // Neighbours do the same things at the same time, so they are dealt out like cards.
    private Partition PartitionOf(int poleIndex) => _partitions[poleIndex % _partitions.Length];
}
