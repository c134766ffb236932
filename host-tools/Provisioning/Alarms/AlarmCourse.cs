// The course of one kind of alarm at one controller, made of what was told, in whatever order it came. An alarm can be told twice (when it happened, and by the
// journal), late, or only in part: beginnings and ends get lost like any frame. In order, what happened comes out; out of order, the newest statement always
// decides whether it is open, and episodes in the past may be taken together where an end came long before the beginning that preceded it.
namespace Provisioning.Alarms;

/// <summary>Episodes of one kind at one controller, oldest first; they do not overlap.</summary>
internal sealed class AlarmCourse(List<AlarmEpisode> episodes)
{
    /// <summary>
    /// The same told by the alarm message (with its age in whole seconds, counted by the controller until the frame was sent) and by the journal (with the
    /// controller's clock) differs by the time the frame took and by the clock's error. The same kind is told at most once a minute.
    /// </summary>
    public const long SameMs = 60_000;

    public IReadOnlyList<AlarmEpisode> Episodes => episodes;

    /// <summary>Whether an episode is open at a moment.</summary>
    public bool IsRaisedAt(long atUtcMs) => episodes.Any(episode => episode.BeganUtcMs <= atUtcMs && (episode.EndedUtcMs is null || episode.EndedUtcMs > atUtcMs));

    /// <summary>Something happened that does not last.</summary>
    /// <returns>Whether it was not known before.</returns>
    public bool Happened(AlarmEpisode told)
    {
        if (episodes.Any(episode => Math.Abs(episode.BeganUtcMs - told.BeganUtcMs) <= SameMs && episode.Size == told.Size))
        {
            return false;
        }

        Insert(told with { EndedUtcMs = told.BeganUtcMs });
        return true;
    }

    /// <summary>It began or changed.</summary>
    /// <returns>Whether anything is different now.</returns>
    public bool Raised(AlarmEpisode told)
    {
        long at = told.BeganUtcMs;
        int index = episodes.FindLastIndex(episode => episode.BeganUtcMs <= at);
        if (index >= 0 && (episodes[index].EndedUtcMs is null || episodes[index].EndedUtcMs > at))
        {
            AlarmEpisode there = episodes[index];
            bool isNews = at > there.ChangedUtcMs && (at - there.ChangedUtcMs > SameMs || there.Reason != told.Reason || there.Size != told.Size);
            episodes[index] = isNews ? there with { ChangedUtcMs = at, Reason = told.Reason, Size = told.Size } : there;
            return isNews;
        }

        // One that is known to have begun later is the same that changed, or one of which only the end was told.
        int next = index + 1;
        if (next < episodes.Count && !episodes[next].IsBeginningKnown)
        {
            episodes[next] = episodes[next] with { BeganUtcMs = at, IsBeginningKnown = true, ChangedUtcMs = at, Reason = told.Reason, Size = told.Size };
            return true;
        }

        if (next < episodes.Count)
        {
            bool isSame = episodes[next].BeganUtcMs - at <= SameMs;
            episodes[next] = isSame ? episodes[next] : episodes[next] with { BeganUtcMs = at };
            return !isSame;
        }

        Insert(told);
        return true;
    }

    /// <summary>It ended.</summary>
    /// <returns>Whether anything is different now.</returns>
    public bool Ended(AlarmEpisode told)
    {
        long at = told.BeganUtcMs;
        int index = episodes.FindLastIndex(episode => episode.BeganUtcMs <= at);
        if (index >= 0 && (episodes[index].EndedUtcMs is null || (episodes[index].ChangedUtcMs > at && at - episodes[index].BeganUtcMs > SameMs)))
        {
            return EndBefore(index, at);
        }

        bool isKnown = episodes.Any(episode => episode.EndedUtcMs is { } ended && (Math.Abs(ended - at) <= SameMs || (episode.BeganUtcMs <= at && at <= ended)));
        if (!isKnown)
        {
            Insert(told with { IsBeginningKnown = false, EndedUtcMs = at });
        }

        return !isKnown;
    }

    private bool EndBefore(int index, long at)
    {
        AlarmEpisode open = episodes[index];

        // It ended, and what is known after that is the beginning of another.
        if (open.ChangedUtcMs > at)
        {
            Insert(open with { Number = 0, BeganUtcMs = open.ChangedUtcMs });
            episodes[index] = open with { ChangedUtcMs = open.BeganUtcMs, EndedUtcMs = at };
            return true;
        }

        episodes[index] = open with { EndedUtcMs = at };
        return true;
    }

    private void Insert(AlarmEpisode episode)
    {
        int index = episodes.FindLastIndex(there => there.BeganUtcMs <= episode.BeganUtcMs);
        episodes.Insert(index + 1, episode);
    }
}
