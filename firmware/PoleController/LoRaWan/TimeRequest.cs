// When the device asks the network for the time, and what it makes of the answer. The request itself travels with any uplink.
using PoleController.Hal;
using PoleController.Time;

namespace PoleController.LoRaWan
{
    /// <summary>DeviceTimeReq and DeviceTimeAns (TS001-1.0.4, section 5.9): after a start or a join, then once a day.</summary>
    public sealed class TimeRequest
    {
        /// <summary>How far off the time may be: the network's promise of 100 ms for the end of the uplink (section 5.9), in milliseconds.</summary>
        public const int UncertaintyMs = 100;

        private const long DayMs = 86400000;
        private const long GraceMs = 3600000;
        private const long FirstRetryMs = 60000;
        private const long LastRetryMs = 3600000;

        private readonly PoleClock _clock;
        private readonly IRandom _random;
        private bool _isAutomatic = true;
        private long _wantedFromMs = Wake.Never;
        private long _retryMs = FirstRetryMs;

        /// <summary>Makes it over the clock that it sets.</summary>
        public TimeRequest(PoleClock clock, IRandom random)
        {
            _clock = clock;
            _random = random;
        }

        /// <summary>Whether the device asks by itself. Off, it asks only when somebody wants it; on, it begins with the next start or join.</summary>
        public bool IsAutomatic
        {
            get { return _isAutomatic; }
            set
            {
                _isAutomatic = value;
                if (!value)
                {
                    _wantedFromMs = Wake.Never;
                    DueMs = Wake.Never;
                }
            }
        }

        /// <summary>When the time is wanted so much that an uplink is sent for it alone.</summary>
        public long DueMs { get; private set; } = Wake.Never;

        /// <summary>Requests sent for that were not answered, since the last answer: a network that does not tell the time.</summary>
        public int UnansweredCount { get; private set; }

        /// <summary>Whether an uplink sent now should carry the request.</summary>
        public bool IsWanted(long nowMs)
        {
            return nowMs >= _wantedFromMs;
        }

        /// <summary>Wants the time now, and sends for it soon; nothing if the device does not ask by itself.</summary>
        public void Begin(long nowMs)
        {
            if (!_isAutomatic)
            {
                return;
            }

            _wantedFromMs = nowMs;
            _retryMs = FirstRetryMs;
            DueMs = nowMs + 2000 + _random.Next(8000);
        }

        /// <summary>Wants the time with the next uplink, whenever that is.</summary>
        public void RequestWithNextUplink()
        {
            _wantedFromMs = 0;
        }

        /// <summary>An uplink has carried the request: without an answer it is sent for again later, more and more rarely.</summary>
        public void OnSent(long nowMs)
        {
            UnansweredCount++;
            DueMs = nowMs + _retryMs + _random.Next((int)(_retryMs / 2));
            _retryMs = _retryMs * 2 < LastRetryMs ? _retryMs * 2 : LastRetryMs;
        }

        /// <summary>Sets the clock from an answer.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="uplinkEndMs">When the uplink that asked ended: the answer is the time of that moment.</param>
        /// <param name="gpsS">Seconds since the GPS epoch, without leap seconds.</param>
        /// <param name="fraction">Fraction of a second in 1/256.</param>
        public void OnAnswer(long nowMs, long uplinkEndMs, uint gpsS, int fraction)
        {
            UnansweredCount = 0;
            _clock.Set(uplinkEndMs, GpsTime.UtcMs(gpsS) + (fraction * 1000 / 256), UncertaintyMs);
            if (!_isAutomatic)
            {
                _wantedFromMs = Wake.Never;
                DueMs = Wake.Never;
                return;
            }

            _wantedFromMs = nowMs + DayMs;
            _retryMs = FirstRetryMs;
            DueMs = _wantedFromMs + GraceMs + _random.Next((int)GraceMs);
        }
    }
}
