// The pole's idea of UTC: unknown until somebody tells it, then carried on from the milliseconds since start (holdover), with an
// uncertainty that grows as the crystal may drift. It does not fetch the time (LoRaWan does) nor know local time (LocalTime does).
namespace PoleController.Time
{
    /// <summary>
    /// UTC on the pole, with its uncertainty. What the clock says of itself is checked whenever somebody tells the time: should it have been
    /// off by more than it said, the crystal is worse than its data sheet, and from then on the uncertainty grows as fast as that was seen.
    /// </summary>
    public sealed class PoleClock
    {
        /// <summary>What the crystal may be off by, in parts per million: 20 ppm by its data sheet, doubled for age and cold.</summary>
        public const int DriftPartsPerMillion = 40;

        /// <summary>The most that is believed of a crystal, in parts per million; what is off by more has another cause.</summary>
        public const int MaximumDriftPartsPerMillion = 500;

        // Over less time a difference says more about who tells the time than about the crystal.
        private const long JudgeAfterMs = 3600000;

        private long _utcAtSetMs;
        private long _setAtMs;
        private int _uncertaintyAtSetMs;

        /// <summary>Whether UTC is known at all.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Counts how often the clock was set, so that what depends on UTC can notice.</summary>
        public int SetCount { get; private set; }

        /// <summary>How fast the uncertainty grows at present, in parts per million, <see cref="DriftPartsPerMillion"/> or more.</summary>
        public int AssumedDriftPartsPerMillion { get; private set; } = DriftPartsPerMillion;

        /// <summary>Counts how often the clock was off by more than it had said.</summary>
        public int BrokenPromiseCount { get; private set; }

        /// <summary>Sets UTC.</summary>
        /// <param name="nowMs">Milliseconds since start at which it was right.</param>
        /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="uncertaintyMs">How far off it may be, 0 or more.</param>
        public void Set(long nowMs, long utcMs, int uncertaintyMs)
        {
            if (IsKnown)
            {
                Judge(nowMs, utcMs - UtcMs(nowMs), uncertaintyMs);
            }

            _setAtMs = nowMs;
            _utcAtSetMs = utcMs;
            _uncertaintyAtSetMs = uncertaintyMs;
            IsKnown = true;
            SetCount++;
        }

        /// <summary>UTC in milliseconds since 1970; meaningless until <see cref="IsKnown"/>.</summary>
        public long UtcMs(long nowMs)
        {
            return _utcAtSetMs + (nowMs - _setAtMs);
        }

        /// <summary>The uptime at which UTC will be <paramref name="utcMs"/>; meaningless until <see cref="IsKnown"/>.</summary>
        public long UptimeMsAt(long utcMs)
        {
            return _setAtMs + (utcMs - _utcAtSetMs);
        }

        /// <summary>How far off UTC may be, in milliseconds.</summary>
        public long UncertaintyMs(long nowMs)
        {
            return _uncertaintyAtSetMs + ((nowMs - _setAtMs) * AssumedDriftPartsPerMillion / 1000000);
        }

        private void Judge(long nowMs, long differenceMs, int uncertaintyMs)
        {
            long errorMs = differenceMs < 0 ? -differenceMs : differenceMs;
            long elapsedMs = nowMs - _setAtMs;
            if (errorMs > UncertaintyMs(nowMs) + uncertaintyMs)
            {
                BrokenPromiseCount++;
                if (elapsedMs >= JudgeAfterMs)
                {
                    // All of it may be the crystal's, in the worst case.
                    long drift = ((errorMs + _uncertaintyAtSetMs + uncertaintyMs) * 1000000 / elapsedMs) + 1;
                    AssumedDriftPartsPerMillion = drift < MaximumDriftPartsPerMillion ? (int)drift : MaximumDriftPartsPerMillion;
                }
            }
            else if (elapsedMs >= JudgeAfterMs && errorMs * 2000000 <= elapsedMs * AssumedDriftPartsPerMillion)
            {
                // It was not half as bad: back towards the data sheet, slowly.
                int drift = AssumedDriftPartsPerMillion - (AssumedDriftPartsPerMillion / 8);
                AssumedDriftPartsPerMillion = drift > DriftPartsPerMillion ? drift : DriftPartsPerMillion;
            }
        }
    }
}
