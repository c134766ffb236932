// Runs a fleet through virtual time in windows of one second: first all poles, side by side; then, alone, what lies between them:
// the air, the gateways, the network server and the operator behind it. A network server answers a second after an uplink at the
// earliest (RX1), so nothing that is decided at the end of a window can concern a pole within it; that is why the result does not
// depend on the number of threads. A pole that nobody talks to may run ahead of the others until it transmits.
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

    /// <summary>How far a pole may run ahead that nobody talks to: ten minutes, the usual time between two status messages.</summary>
    public const long DefaultEpochUs = 600_000_000;

    private readonly SimulatedPole[] _poles;
    private readonly FleetNetwork _network;
    private readonly FleetOperator _operator;
    private readonly IRunner[] _runners;
    private readonly Partition[] _partitions;
    private readonly WindowThreads _threads;
    private readonly PriorityQueue<UplinkTransmission, (long StartUs, int PoleIndex)> _uplinks = new();
    private readonly List<DownlinkTransmission> _downlinks = [];
    private readonly Action<Partition> _runPartition;
    private readonly long _epochUs;
    private long _windowEndUs;
    private long _horizonUs;
    private bool _isFinished;

    /// <summary>Makes a run over a fleet.</summary>
    /// <param name="poles">The poles, by their index.</param>
    /// <param name="network">What connects them.</param>
    /// <param name="fleetOperator">Who sends commands and hears what poles report.</param>
    /// <param name="threadCount">Threads to run the poles on, 1 or more; the result does not depend on it.</param>
    /// <param name="epochUs">How far a pole may run ahead, a window or more; the result does not depend on it.</param>
    /// <param name="clusters">Poles among them that hear each other over short range; null for none.</param>
    public FleetSimulation(
        SimulatedPole[] poles, FleetNetwork network, FleetOperator fleetOperator, int threadCount, long epochUs = DefaultEpochUs, IReadOnlyList<PoleCluster>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(fleetOperator);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochUs, WindowUs);
        _epochUs = epochUs;
        _poles = poles;
        _network = network;
        _operator = fleetOperator;
        _partitions = new Partition[threadCount];
        for (int i = 0; i < threadCount; i++)
        {
            _partitions[i] = new Partition();
        }

        _runners = MakeRunners(poles, clusters ?? []);
        foreach (IRunner runner in _runners.Distinct())
        {
            PartitionOf(runner).Schedule(runner);
        }

        _threads = new WindowThreads(_partitions);
        bool IsAlone(SimulatedPole pole, long timeUs) => timeUs >= pole.ConversationEndUs && _operator.IsQuiet(pole.Index) && _network.IsQuiet(pole.Index, timeUs);
        Func<SimulatedPole, long, bool> isAlone = IsAlone;
        _runPartition = partition => partition.Run(_windowEndUs, _horizonUs, isAlone);
    }

    /// <summary>End of the window in which a moment lies.</summary>
    internal static long WindowEndUs(long timeUs) => ((timeUs / WindowUs) + 1) * WindowUs;

    /// <summary>Simulated time up to which everything has been decided.</summary>
    public long TimeUs { get; private set; }

    /// <summary>Wall time spent in the poles; for benchmarks only, never in a report.</summary>
    public TimeSpan PoleTime { get; private set; }

    /// <summary>Wall time spent in channel, gateways, network server and operator; for benchmarks only, never in a report.</summary>
    public TimeSpan NetworkTime { get; private set; }

    /// <summary>Runs up to a moment.</summary>
    /// <param name="untilUs">The moment.</param>
    /// <param name="progress">Called after every window; may be null.</param>
    /// <param name="cancellation">Ends the run at the next moment up to which no pole has run ahead; what has run stays whole.</param>
    /// <returns>Whether the moment was reached.</returns>
    public bool RunTo(long untilUs, Action<long>? progress, CancellationToken cancellation)
    {
        while (TimeUs < untilUs)
        {
            long nextUs = NextEventUs();
            long beginUs = Math.Max(TimeUs, nextUs == long.MaxValue ? untilUs : nextUs / WindowUs * WindowUs);
            if (cancellation.IsCancellationRequested && beginUs >= _horizonUs)
            {
                // Nothing is left to happen before the horizon, and no pole is past it.
                TimeUs = Math.Max(TimeUs, _horizonUs);
                return false;
            }

            _windowEndUs = Math.Min(beginUs + WindowUs, untilUs);
            _horizonUs = Math.Max(_windowEndUs, HorizonUs(beginUs, untilUs));
            RunWindow(_windowEndUs);
            TimeUs = _windowEndUs;
            progress?.Invoke(TimeUs);
        }

        return true;
    }

    /// <summary>Has a pole look at its inputs: something reaches one of them from outside the simulation. Between two <see cref="RunTo"/>.</summary>
    /// <param name="poleIndex">The pole.</param>
    /// <param name="atUs">When; later where the pole has already run ahead.</param>
    public void Wake(int poleIndex, long atUs)
    {
        SimulatedPole pole = _poles[poleIndex];
        pole.Wake(atUs);
        Reschedule(pole);
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
        _threads.Run(_runPartition);
        long polesTicks = Stopwatch.GetTimestamp();
        PoleTime += Stopwatch.GetElapsedTime(startTicks, polesTicks);

        SubmitUplinks(endUs);
        _network.Advance(endUs);
        _operator.Run(endUs);
        AnnounceDownlinks();
        NetworkTime += Stopwatch.GetElapsedTime(polesTicks);
    }

    // The order in which partitions ran, and how far ahead, must not show: the air knows only when and who.
    private void SubmitUplinks(long untilUs)
    {
        foreach (Partition partition in _partitions)
        {
            foreach (UplinkTransmission uplink in partition.Uplinks.Uplinks)
            {
                _uplinks.Enqueue(uplink, (uplink.StartUs, uplink.PoleIndex));
            }

            partition.Uplinks.Uplinks.Clear();
        }

        while (_uplinks.TryPeek(out UplinkTransmission? next, out (long StartUs, int PoleIndex) at) && at.StartUs < untilUs)
        {
            _uplinks.Dequeue();
            _network.Submit(next);
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
            Reschedule(pole);
        }
    }

    // Poles run ahead to the end of the epoch, but not past the window in which the operator gives its next order.
    private long HorizonUs(long timeUs, long untilUs)
    {
        long epochEndUs = ((timeUs / _epochUs) + 1) * _epochUs;
        long orderUs = _operator.NextOrderUs;
        long horizonUs = orderUs == long.MaxValue ? epochEndUs : Math.Min(epochEndUs, WindowEndUs(orderUs));
        return Math.Min(horizonUs, untilUs);
    }

    private long NextEventUs()
    {
        long nextUs = Math.Min(_network.NextEventUs, _operator.NextEventUs);
        if (_uplinks.TryPeek(out _, out (long StartUs, int PoleIndex) first))
        {
            nextUs = Math.Min(nextUs, first.StartUs);
        }

        foreach (Partition partition in _partitions)
        {
            nextUs = Math.Min(nextUs, partition.NextEventUs);
        }

        return nextUs;
    }

    private static IRunner[] MakeRunners(SimulatedPole[] poles, IReadOnlyList<PoleCluster> clusters)
    {
        IRunner[] runners = new IRunner[poles.Length];
        foreach (PoleCluster cluster in clusters)
        {
            foreach (SimulatedPole pole in cluster.Poles)
            {
                runners[pole.Index] = cluster;
            }
        }

        for (int i = 0; i < runners.Length; i++)
        {
            runners[i] ??= new SingleRunner(poles[i]);
        }

        return runners;
    }

    // Something nearer was put before a pole.
    private void Reschedule(SimulatedPole pole)
    {
        IRunner runner = _runners[pole.Index];
        runner.Refresh(pole);
        PartitionOf(runner).Schedule(runner);
    }

    // Poles side by side do the same things at the same time, so they are dealt out like cards.
    private Partition PartitionOf(IRunner runner) => _partitions[runner.FirstIndex % _partitions.Length];
}
