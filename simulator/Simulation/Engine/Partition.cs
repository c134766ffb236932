// A part of the fleet that runs on one thread: the poles of it that have something to do in the present window, and no others.
namespace Simulation.Engine;

/// <summary>Some of the poles, with a queue of who is next.</summary>
public sealed class Partition
{
    private readonly PriorityQueue<IRunner, long> _queue = new();

    /// <summary>The uplinks that these poles started in the window.</summary>
    public UplinkBuffer Uplinks { get; } = new();

    /// <summary>When one of these poles has something to do next; it may be too early, never too late.</summary>
    public long NextEventUs => _queue.TryPeek(out _, out long timeUs) ? timeUs : long.MaxValue;

    /// <summary>Puts a pole, or poles that are stepped together, in the queue; again when their next event has come nearer.</summary>
    internal void Schedule(IRunner runner)
    {
        if (runner.NextEventUs != long.MaxValue)
        {
            _queue.Enqueue(runner, runner.NextEventUs);
        }
    }

    /// <summary>
    /// Runs these poles up to the end of the window. Within a window poles do not touch each other, so their order is free. A pole that nobody
    /// talks to runs ahead to the horizon in one go: its state is in the processor's cache then, and nothing can reach it before it transmits.
    /// </summary>
    /// <param name="windowEndUs">End of the window.</param>
    /// <param name="horizonUs">No pole may run past it; not before the end of the window.</param>
    /// <param name="isAlone">Whether nobody talks to a pole at a time.</param>
    internal void Run(long windowEndUs, long horizonUs, Func<SimulatedPole, long, bool> isAlone)
    {
        while (_queue.TryPeek(out IRunner? runner, out long timeUs) && timeUs < windowEndUs)
        {
            if (runner.NextEventUs != timeUs)
            {
                // An entry from before something nearer was scheduled: the newer entry counts.
                _queue.Dequeue();
                continue;
            }

            runner.Run(windowEndUs, horizonUs, isAlone, Uplinks);
            if (runner.NextEventUs == long.MaxValue)
            {
                _queue.Dequeue();
            }
            else
            {
                _queue.DequeueEnqueue(runner, runner.NextEventUs);
            }
        }
    }
}
