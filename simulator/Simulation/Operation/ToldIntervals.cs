// What a pole has told of its time: the intervals of its status messages, the gaps between them, and what its journal filled in later.
namespace Simulation.Operation;

/// <summary>The time over which a pole's counts are known to the operator.</summary>
public sealed class ToldIntervals
{
    private readonly List<(long FromUs, long ToUs)> _gaps = [];

    /// <summary>Up to when it has been told, but for the gaps; the run begins at 0.</summary>
    public long ToldUntilUs { get; private set; }

    /// <summary>Arrivals told, each once.</summary>
    public long ArrivalCount { get; private set; }

    /// <summary>The smallest count that was told and is not none; <see cref="long.MaxValue"/> before the first.</summary>
    public long SmallestArrivalCount { get; private set; } = long.MaxValue;

    /// <summary>What has not been told before that, in order of time.</summary>
    public IReadOnlyList<(long FromUs, long ToUs)> Gaps => _gaps;

    /// <summary>A status has arrived.</summary>
    /// <param name="endUs">When: its interval ended some seconds before, or minutes where the duty cycle kept it waiting.</param>
    /// <param name="lengthUs">Length of its interval.</param>
    /// <param name="arrivals">What was counted in it.</param>
    public void AddLive(long endUs, long lengthUs, long arrivals)
    {
        Count(arrivals);
        Append(endUs, lengthUs);
    }

    /// <summary>An interval has come by the journal.</summary>
    /// <param name="endUs">When it ended.</param>
    /// <param name="lengthUs">Its length.</param>
    /// <param name="arrivals">What was counted in it.</param>
    /// <returns>Whether it was not known yet.</returns>
    public bool TryAddLate(long endUs, long lengthUs, long arrivals)
    {
        long fromUs = endUs - lengthUs;
        bool isNew = endUs - ToldUntilUs > lengthUs / 2 || MissingUs(fromUs, endUs) * 2 > lengthUs;
        if (isNew)
        {
            Count(arrivals);
            Append(endUs, lengthUs);
            Cut(fromUs, endUs);
        }

        return isNew;
    }

    /// <summary>An interval has come whose time is not known.</summary>
    public void AddUndated(long arrivals) => Count(arrivals);

    /// <summary>How much between two moments has not been told.</summary>
    public long MissingUs(long fromUs, long toUs)
    {
        long sumUs = 0;
        foreach ((long gapFromUs, long gapToUs) in _gaps)
        {
            sumUs += Math.Max(0, Math.Min(gapToUs, toUs) - Math.Max(gapFromUs, fromUs));
        }

        return sumUs;
    }

    private void Count(long arrivals)
    {
        ArrivalCount += arrivals;
        SmallestArrivalCount = arrivals > 0 ? Math.Min(SmallestArrivalCount, arrivals) : SmallestArrivalCount;
    }

    // A moment's wait before a status is no gap: it is shifted by that, as the one before was or was not.
    private void Append(long endUs, long lengthUs)
    {
        if (endUs - lengthUs - ToldUntilUs > lengthUs / 2)
        {
            _gaps.Add((ToldUntilUs, endUs - lengthUs));
        }

        ToldUntilUs = Math.Max(ToldUntilUs, endUs);
    }

    private void Cut(long fromUs, long toUs)
    {
        for (int i = _gaps.Count - 1; i >= 0; i--)
        {
            (long gapFromUs, long gapToUs) = _gaps[i];
            if (gapFromUs >= toUs || gapToUs <= fromUs)
            {
                continue;
            }

            _gaps.RemoveAt(i);
            if (gapToUs > toUs)
            {
                _gaps.Insert(i, (toUs, gapToUs));
            }

            if (gapFromUs < fromUs)
            {
                _gaps.Insert(i, (gapFromUs, fromUs));
            }
        }
    }
}
