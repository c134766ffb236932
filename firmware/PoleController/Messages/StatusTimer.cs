// When status messages are due: every pole at its own moment of the interval, and once soon after joining. It sends nothing.
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>When the next status is due.</summary>
    internal sealed class StatusTimer
    {
        /// <summary>The first status after a join comes within this time: joins are spread already.</summary>
        public const int AfterJoinMs = 60000;

        private readonly ControllerSettings _settings;
        private readonly IRandom _random;
        private bool _isStarted;
        private bool _isJoined;
        private int _intervalSeconds;
        private long _intervalMs = 1;
        private long _phaseMs;

        /// <summary>Makes it.</summary>
        public StatusTimer(ControllerSettings settings, IRandom random)
        {
            _settings = settings;
            _random = random;
        }

        /// <summary>When the next status is due, or since when it has been; <see cref="Wake.Never"/> while there is no session.</summary>
        public long DueMs { get; private set; } = Wake.Never;

        /// <summary>Status messages that were never sent because another one was due by then.</summary>
        public int SkippedCount { get; private set; }

        /// <summary>Brings the time up to date with session, settings and clock.</summary>
        public void Update(long nowMs, bool isJoined)
        {
            bool isIntervalNew = _intervalSeconds != _settings.StatusIntervalSeconds;
            if (isIntervalNew)
            {
                _intervalSeconds = _settings.StatusIntervalSeconds;
                _intervalMs = _intervalSeconds < 1 ? 1000 : _intervalSeconds * 1000L;
                _phaseMs = _random.Next((int)_intervalMs);
            }

            if (!isJoined)
            {
                DueMs = Wake.Never;
            }
            else if (!_isJoined)
            {
                // A session kept over a power cut: the whole district is back in the same second, so the pole waits for its own moment.
                DueMs = _isStarted ? nowMs + _random.Next(_intervalMs < AfterJoinMs ? (int)_intervalMs : AfterJoinMs) : NextMoment(nowMs);
            }
            else if (isIntervalNew)
            {
                DueMs = NextMoment(nowMs);
            }
            else if (nowMs - DueMs >= _intervalMs)
            {
                SkippedCount += (int)((nowMs - DueMs) / _intervalMs);
                DueMs = NextMoment(nowMs) - _intervalMs;
            }

            _isJoined = isJoined;
            _isStarted = true;
        }

        /// <summary>Notes that the status was handed over.</summary>
        public void SetSent(long nowMs)
        {
            DueMs = NextMoment(nowMs);
        }

        /// <summary>Notes that the status cannot be sent at present and is left out.</summary>
        public void Skip(long nowMs)
        {
            SkippedCount++;
            DueMs = NextMoment(nowMs);
        }

        // The pole's moment of the interval that comes next, after now.
        private long NextMoment(long nowMs)
        {
            return nowMs - (((nowMs - _phaseMs) % _intervalMs + _intervalMs) % _intervalMs) + _intervalMs;
        }
    }
}
