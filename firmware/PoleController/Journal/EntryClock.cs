// The time of an entry: UTC where the clock is known, else seconds since the start of the controller, put right when the clock becomes known.
using PoleController.Time;

namespace PoleController.Journal
{
    /// <summary>Gives entries their time.</summary>
    internal sealed class EntryClock
    {
        private readonly PoleClock _clock;
        private long _startedMs;

        /// <summary>Makes it over the pole's clock.</summary>
        internal EntryClock(PoleClock clock)
        {
            _clock = clock;
        }

        /// <summary>Whether UTC is known.</summary>
        internal bool IsKnown
        {
            get { return _clock.IsKnown; }
        }

        /// <summary>The controller starts.</summary>
        internal void Start(long nowMs)
        {
            _startedMs = nowMs;
        }

        /// <summary>Notes when an entry happened.</summary>
        /// <param name="entry">The entry.</param>
        /// <param name="happenedMs">When.</param>
        /// <param name="nowMs">Now.</param>
        internal void Stamp(JournalEntry entry, long happenedMs, long nowMs)
        {
            entry.IsUtc = false;
            entry.UncertaintySeconds = 0;
            entry.Seconds = ToSeconds(happenedMs - _startedMs);
            if (_clock.IsKnown)
            {
                SetUtc(entry, happenedMs, nowMs);
            }
        }

        /// <summary>Replaces the seconds since this start by UTC; the clock must be known.</summary>
        internal void Resolve(JournalEntry entry, long nowMs)
        {
            SetUtc(entry, _startedMs + (entry.Seconds * 1000L), nowMs);
        }

        private void SetUtc(JournalEntry entry, long happenedMs, long nowMs)
        {
            long uncertaintySeconds = (_clock.UncertaintyMs(nowMs) + 999) / 1000;
            entry.IsUtc = true;
            entry.Seconds = ToSeconds(_clock.UtcMs(happenedMs));
            entry.UncertaintySeconds =
                uncertaintySeconds > JournalEntry.MaximumUncertaintySeconds ? JournalEntry.MaximumUncertaintySeconds : (int)uncertaintySeconds;
        }

        // Half a second at most is lost, and nothing before 1970 or after 2106 happens.
        private static uint ToSeconds(long milliseconds)
        {
            return milliseconds < 0 ? 0 : (uint)((milliseconds + 500) / 1000);
        }
    }
}
