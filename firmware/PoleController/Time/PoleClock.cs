// The pole's idea of UTC: unknown until somebody tells it, then carried on from the milliseconds since start, with an
// uncertainty that grows as the crystal may drift. It does not fetch the time (LoRaWan does) nor know local time (LocalTime does).
namespace PoleController.Time
{
    /// <summary>UTC on the pole, with its uncertainty.</summary>
    public sealed class PoleClock
    {
        /// <summary>What the crystal may be off by, in parts per million: 20 ppm by its data sheet, doubled for age and cold.</summary>
        public const int DriftPartsPerMillion = 40;

        private long _utcAtSetMs;
        private long _setAtMs;
        private int _uncertaintyAtSetMs;

        /// <summary>Whether UTC is known at all.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Counts how often the clock was set, so that what depends on UTC can notice.</summary>
        public int SetCount { get; private set; }

        /// <summary>Sets UTC.</summary>
        /// <param name="nowMs">Milliseconds since start at which it was right.</param>
        /// <param name="utcMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
        /// <param name="uncertaintyMs">How far off it may be, 0 or more.</param>
        public void Set(long nowMs, long utcMs, int uncertaintyMs)
        {
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
            return _uncertaintyAtSetMs + ((nowMs - _setAtMs) * DriftPartsPerMillion / 1000000);
        }
    }
}
