// A part of the fleet that runs on one thread: the poles of it that have something to do in the present window, and no others.
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

    /// <summary>Runs these poles up to the end of the window. Within a window poles do not touch each other, so their order is free.</summary>
    public void Run(long untilUs)
    {
        while (_queue.TryPeek(out SimulatedPole? pole, out long timeUs) && timeUs < untilUs)
        {
            if (pole.NextEventUs != timeUs)
            {
                // An entry from before something nearer was scheduled: the newer entry counts.
                _queue.Dequeue();
                continue;
            }

            pole.Run(untilUs, Uplinks);
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
