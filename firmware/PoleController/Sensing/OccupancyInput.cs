// One input that says that somebody is there: debounced on both edges, and judged whether it can be true.
namespace PoleController.Sensing
{
    /// <summary>
    /// One input of the occupancy. Between two steps it is taken to have been as the first of them saw it: a late step loses no arrival.
    /// </summary>
    public sealed class OccupancyInput
    {
        private bool _isRawActive;
        private long _rawSinceMs;

        /// <summary>What it was when it was looked at last.</summary>
        public bool IsRawActive
        {
            get { return _isRawActive; }
        }

        /// <summary>Whether it is believed to be active.</summary>
        public bool IsActive { get; private set; }

        /// <summary>Since when, in milliseconds since start; means something only while <see cref="IsActive"/>.</summary>
        public long ActiveSinceMs { get; private set; }

        /// <summary>When it was last active, in milliseconds since start; means something only while not <see cref="IsActive"/>.</summary>
        public long LastActiveMs { get; private set; }

        /// <summary>Whether it has been active for so long without a release that it cannot be true.</summary>
        public bool IsStuck { get; private set; }

        /// <summary>Whether it is active and can be true.</summary>
        public bool IsCredible
        {
            get { return IsActive && !IsStuck; }
        }

        /// <summary>Begins anew, at rest.</summary>
        public void Reset(long nowMs)
        {
            _isRawActive = false;
            _rawSinceMs = nowMs;
            IsActive = false;
            IsStuck = false;
        }

        /// <summary>Believes the input once it has been the same for the debounce time.</summary>
        /// <returns>Whether it is now believed to be another.</returns>
        public bool Settle(long nowMs, int debounceMs)
        {
            if (_isRawActive == IsActive || nowMs - _rawSinceMs < debounceMs)
            {
                return false;
            }

            IsActive = _isRawActive;
            if (IsActive)
            {
                ActiveSinceMs = _rawSinceMs;
            }
            else
            {
                // The hold time counts from the last moment the input was active, not from when that was believed.
                LastActiveMs = _rawSinceMs;
            }

            return true;
        }

        /// <summary>Takes note of what the input is now.</summary>
        public void See(long nowMs, bool isRawActive)
        {
            if (isRawActive != _isRawActive)
            {
                _isRawActive = isRawActive;
                _rawSinceMs = nowMs;
            }
        }

        /// <summary>Judges whether the input can be true.</summary>
        public void Judge(long nowMs, int stuckAfterMs)
        {
            if (IsActive && nowMs - ActiveSinceMs >= stuckAfterMs)
            {
                IsStuck = true;
            }
        }

        /// <summary>The input has released: it can be believed again.</summary>
        public void ClearStuck()
        {
            IsStuck = false;
        }

        /// <summary>When it wants to be looked at again.</summary>
        public long NextMs(int debounceMs, int stuckAfterMs)
        {
            long wakeMs = _isRawActive != IsActive ? _rawSinceMs + debounceMs : Wake.Never;
            if (IsCredible && ActiveSinceMs + stuckAfterMs < wakeMs)
            {
                wakeMs = ActiveSinceMs + stuckAfterMs;
            }

            return wakeMs;
        }
    }
}
