// A part of the fleet that runs on one thread: the poles of it that have something to do in the present window, and no others.
using Simulation.Network;
using Simulation.Operation;

namespace Simulation.Engine;

/// <summary>Some of the poles, with a queue of who is next.</summary>
public sealed class Partition
{
    private readonly PriorityQueue<SimulatedPole, long> _queue = new();

    /// <summary>The uplinks that these poles started in the window.</summary>
    public UplinkBuffer Uplinks { get; } = new();

    /// <summary>When one of these poles has something to do next; it may be too early, never too late.</summary>
    public long NextEventUs => _queue.TryPeek(out _, out long timeUs) ? timeUs : long.MaxValue;

    /// <summary>Puts a pole in the queue; again when its next event has come nearer.</summary>
    public void Schedule(SimulatedPole pole)
    {
        ArgumentNullException.ThrowIfNull(pole);
        if (pole.NextEventUs != long.MaxValue)
        {
            _queue.Enqueue(pole, pole.NextEventUs);
        }
    }

    /// <summary>
    /// Runs these poles up to the end of the window. Within a window poles do not touch each other, so their order is free. A pole that nobody
    /// talks to runs ahead to the horizon in one go: its state is in the processor's cache then, and nothing can reach it before it transmits.
    /// </summary>
    /// <param name="windowEndUs">End of the window.</param>
    /// <param name="horizonUs">No pole may run past it; not before the end of the window.</param>
    /// <param name="network">Asked whether anything is on its way to a pole.</param>
    /// <param name="fleetOperator">Asked whether it waits for a pole.</param>
    public void Run(long windowEndUs, long horizonUs, FleetNetwork network, FleetOperator fleetOperator)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(fleetOperator);
        while (_queue.TryPeek(out SimulatedPole? pole, out long timeUs) && timeUs < windowEndUs)
        {
            if (pole.NextEventUs != timeUs)
            {
                // An entry from before something nearer was scheduled: the newer entry counts.
                _queue.Dequeue();
                continue;
            }

            bool isAlone = timeUs >= pole.ConversationEndUs && fleetOperator.IsQuiet(pole.Index) && network.IsQuiet(pole.Index, timeUs);
            pole.Run(isAlone ? horizonUs : windowEndUs, Uplinks);
            if (pole.NextEventUs == long.MaxValue)
            {
                _queue.Dequeue();
            }
            else
            {
                _queue.DequeueEnqueue(pole, pole.NextEventUs);
            }
        }
    }
}
