// The light of one lamp over a run, change by change, so that two runs can be held against each other.
namespace Simulation.Engine;

/// <summary>What light came out of a lamp, change by change.</summary>
public sealed class LightCurve
{
    private readonly List<long> _timesUs = [];
    private readonly List<short> _levels = [];

    /// <summary>How many changes it has.</summary>
    public int Count => _timesUs.Count;

    /// <summary>From a moment on, not before the last one given, the light is at a level.</summary>
    /// <param name="timeUs">The moment.</param>
    /// <param name="levelPermille">The level, 0 to 1000.</param>
    public void Add(long timeUs, int levelPermille)
    {
        if (_levels.Count > 0 && _levels[^1] == levelPermille)
        {
            return;
        }

        if (_timesUs.Count > 0 && _timesUs[^1] == timeUs)
        {
            _levels[^1] = (short)levelPermille;
            return;
        }

        _timesUs.Add(timeUs);
        _levels.Add((short)levelPermille);
    }

    /// <summary>
    /// The first moment at which this lamp's level is not among those that the other lamp has within some time before and after, or the other way round; null
    /// when there is none.
    /// </summary>
    /// <param name="other">The other.</param>
    /// <param name="withinUs">The time.</param>
    public long? FirstDifferenceUs(LightCurve other, long withinUs)
    {
        ArgumentNullException.ThrowIfNull(other);
        long? here = FirstOutside(other, withinUs);
        long? there = other.FirstOutside(this, withinUs);
        return here is long one && there is long two ? Math.Min(one, two) : here ?? there;
    }

    // Levels change in steps, so it is enough to look where either of the two changes, moved by the tolerance where that opens or closes the window.
    private long? FirstOutside(LightCurve other, long withinUs)
    {
        int first = 0;
        int mine = 0;
        foreach (long timeUs in Moments(other, withinUs))
        {
            while (mine + 1 < _timesUs.Count && _timesUs[mine + 1] <= timeUs)
            {
                mine++;
            }

            while (first + 1 < other._timesUs.Count && other._timesUs[first + 1] <= timeUs - withinUs)
            {
                first++;
            }

            short lowest = short.MaxValue;
            short highest = short.MinValue;
            for (int i = first; i < other._timesUs.Count && (i == first || other._timesUs[i] <= timeUs + withinUs); i++)
            {
                lowest = Math.Min(lowest, other._levels[i]);
                highest = Math.Max(highest, other._levels[i]);
            }

            if (_levels.Count > 0 && (_levels[mine] < lowest || _levels[mine] > highest))
            {
                return timeUs;
            }
        }

        return null;
    }

    private List<long> Moments(LightCurve other, long withinUs)
    {
        List<long> moments = [.. _timesUs, .. other._timesUs.Select(us => us + withinUs + 1), .. other._timesUs.Select(us => us - withinUs - 1).Where(us => us >= 0)];
        moments.Sort();
        return moments;
    }
}
