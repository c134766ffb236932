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

    /// <summary>The first moment from which on the light stays as it is for some time, at a level within bounds; null when there is none.</summary>
    /// <param name="fromUs">Not before this.</param>
    /// <param name="lowest">Lowest level that counts.</param>
    /// <param name="highest">Highest.</param>
    /// <param name="lengthUs">The time.</param>
    public long? FirstSteadyUs(long fromUs, int lowest, int highest, long lengthUs)
    {
        for (int i = 0; i < _timesUs.Count; i++)
        {
            long beginUs = Math.Max(fromUs, _timesUs[i]);
            long endUs = i + 1 < _timesUs.Count ? _timesUs[i + 1] : long.MaxValue;
            if (_levels[i] >= lowest && _levels[i] <= highest && endUs - lengthUs >= beginUs)
            {
                return beginUs;
            }
        }

        return null;
    }

    /// <summary>
    /// The first moment of a time from which on the light stays for a tolerance lower than the least that the other lamp has within that tolerance before and after, or than a
    /// bound where that is less; null when there is none.
    /// </summary>
    /// <param name="other">The other.</param>
    /// <param name="fromUs">Begin of the time.</param>
    /// <param name="toUs">Its end, exclusive.</param>
    /// <param name="withinUs">The tolerance.</param>
    /// <param name="bound">No more light than this is asked for, in permille.</param>
    public long? FirstBelowUs(LightCurve other, long fromUs, long toUs, long withinUs, int bound)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (long timeUs in Moments(other, withinUs).Where(us => us >= fromUs && us < toUs).Prepend(fromUs))
        {
            if (HighestBetween(timeUs, timeUs + withinUs) < Math.Min(bound, other.LowestBetween(timeUs - withinUs, timeUs + withinUs)))
            {
                return timeUs;
            }
        }

        return null;
    }

    /// <summary>
    /// The first moment at which this lamp's level is not among those that the other lamp has within some time before and after, or the other way round; null
    /// when there is none.
    /// </summary>
    /// <param name="other">The other.</param>
    /// <param name="withinUs">The time.</param>
    /// <param name="except">Times that do not count.</param>
    public long? FirstDifferenceUs(LightCurve other, long withinUs, IReadOnlyList<(long FromUs, long ToUs)>? except = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        long? here = FirstOutside(other, withinUs, except ?? []);
        long? there = other.FirstOutside(this, withinUs, except ?? []);
        return here is long one && there is long two ? Math.Min(one, two) : here ?? there;
    }

    // Levels change in steps, so it is enough to look where either of the two changes, moved by the tolerance where that opens or closes the window.
    private long? FirstOutside(LightCurve other, long withinUs, IReadOnlyList<(long FromUs, long ToUs)> except)
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

            if (_levels.Count > 0 && (_levels[mine] < lowest || _levels[mine] > highest) && !except.Any(time => timeUs >= time.FromUs && timeUs < time.ToUs))
            {
                return timeUs;
            }
        }

        return null;
    }

    private int LowestBetween(long fromUs, long untilUs) => Between(fromUs, untilUs, Math.Min);

    private int HighestBetween(long fromUs, long untilUs) => Between(fromUs, untilUs, Math.Max);

    private int Between(long fromUs, long untilUs, Func<int, int, int> choose)
    {
        int index = _timesUs.BinarySearch(fromUs);
        index = index < 0 ? ~index - 1 : index;
        int chosen = index < 0 ? 0 : _levels[index];
        for (int i = index + 1; i < _timesUs.Count && _timesUs[i] <= untilUs; i++)
        {
            chosen = choose(chosen, _levels[i]);
        }

        return chosen;
    }

    private List<long> Moments(LightCurve other, long withinUs)
    {
        List<long> moments = [.. _timesUs, .. other._timesUs.Select(us => us + withinUs + 1), .. other._timesUs.Select(us => us - withinUs - 1).Where(us => us >= 0)];
        moments.Sort();
        return moments;
    }
}
