// Poles that hear each other over short range, with the air between them: stepped together, event by event in order of time, so that a message of one reaches
// another at its time however far they run ahead of the rest of the fleet.
using Simulation.ShortRange;

namespace Simulation.Engine;

/// <summary>A group of poles that hear each other. All of it runs on one thread.</summary>
public sealed class PoleCluster : IRunner
{
    private readonly SimulatedPole[] _poles;
    private readonly Dictionary<int, SimulatedPole> _byIndex;
    private readonly PriorityQueue<SimulatedPole, (long TimeUs, int Index)> _queue = new();

    /// <summary>Makes it.</summary>
    /// <param name="poles">Its poles, ascending by index.</param>
    /// <param name="air">The air between them.</param>
    public PoleCluster(IReadOnlyList<SimulatedPole> poles, ShortRangeAir air)
    {
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentNullException.ThrowIfNull(air);
        _poles = [.. poles];
        _byIndex = poles.ToDictionary(static pole => pole.Index);
        Air = air;
        foreach (SimulatedPole pole in _poles)
        {
            Enqueue(pole);
        }

        NoteNext();
    }

    /// <summary>Its poles, ascending by index.</summary>
    public IReadOnlyList<SimulatedPole> Poles => _poles;

    /// <summary>The air between them.</summary>
    public ShortRangeAir Air { get; }

    /// <inheritdoc/>
    public int FirstIndex => _poles[0].Index;

    /// <inheritdoc/>
    public long NextEventUs { get; private set; }

    void IRunner.Refresh(SimulatedPole pole)
    {
        Enqueue(pole);
        NoteNext();
    }

    void IRunner.Run(long windowEndUs, long horizonUs, Func<SimulatedPole, long, bool> isAlone, UplinkBuffer uplinks)
    {
        // One pole to which somebody talks holds back all of them: what it hears may become a broadcast.
        long limitUs = Array.TrueForAll(_poles, pole => isAlone(pole, NextEventUs)) ? horizonUs : windowEndUs;
        while (NextEventUs < limitUs)
        {
            long timeUs = NextEventUs;
            if (Air.NextEventUs <= timeUs)
            {
                Wake(timeUs);
            }
            else
            {
                SimulatedPole pole = _queue.Dequeue();
                int count = uplinks.Uplinks.Count;
                pole.Run(timeUs + 1, uplinks);
                Enqueue(pole);
                limitUs = uplinks.Uplinks.Count > count ? Math.Min(limitUs, FleetSimulation.WindowEndUs(timeUs)) : limitUs;
            }

            NoteNext();
        }
    }

    private void Wake(long timeUs)
    {
        foreach ((int index, long atUs) in Air.Advance(timeUs))
        {
            SimulatedPole pole = _byIndex[index];
            pole.Wake(atUs);
            Enqueue(pole);
        }
    }

    private void Enqueue(SimulatedPole pole)
    {
        if (pole.NextEventUs != long.MaxValue)
        {
            _queue.Enqueue(pole, (pole.NextEventUs, pole.Index));
        }
    }

    // Entries from before something nearer was scheduled are dropped: the newer entry counts.
    private void NoteNext()
    {
        while (_queue.TryPeek(out SimulatedPole? pole, out (long TimeUs, int Index) at) && pole.NextEventUs != at.TimeUs)
        {
            _queue.Dequeue();
        }

        long poleUs = _queue.TryPeek(out _, out (long TimeUs, int Index) next) ? next.TimeUs : long.MaxValue;
        NextEventUs = Math.Min(poleUs, Air.NextEventUs);
    }
}
