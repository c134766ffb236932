// The status messages on their way to the operator: when one is due, and what becomes of the counts of those that were left out or may not have
// arrived. What a status says is StatusComposer's; the radio is the Reporter's.
using PoleController.LoRaWan;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Sends status messages; what they do not carry goes to the interval log.</summary>
    internal sealed class StatusDelivery
    {
        private readonly EndDevice _device;
        private readonly ControllerSettings _settings;
        private readonly StatusTimer _timer;
        private readonly StatusComposer _composer;
        private readonly IntervalLog _intervals;
        private readonly LinkWatch _link;
        private readonly StatusMessage _message = new StatusMessage();
        private long _startedMs;
        private int _seenSkippedCount;

        /// <summary>Makes it.</summary>
        public StatusDelivery(EndDevice device, ControllerSettings settings, StatusTimer timer, StatusComposer composer, IntervalLog intervals, LinkWatch link)
        {
            _device = device;
            _settings = settings;
            _timer = timer;
            _composer = composer;
            _intervals = intervals;
            _link = link;
        }

        /// <summary>Status messages left out because the radio was busy or the message too long for it.</summary>
        public int SkippedCount
        {
            get { return _timer.SkippedCount; }
        }

        /// <summary>When a status is due, or since when it has been; <see cref="Wake.Never"/> while there is no session.</summary>
        public long DueMs
        {
            get { return _timer.DueMs; }
        }

        /// <summary>Starts.</summary>
        public void Start(long nowMs)
        {
            _startedMs = nowMs;
            _intervals.Start(nowMs);
        }

        /// <summary>Brings the due time up to date; without a session, or when a status was left out, the interval ends without it.</summary>
        /// <returns>When to look again without anything else happening; <see cref="Wake.Never"/>: not.</returns>
        public long Look(long nowMs)
        {
            bool isJoined = _device.IsJoined;
            _timer.Update(nowMs, isJoined);
            if (_timer.SkippedCount != _seenSkippedCount)
            {
                _seenSkippedCount = _timer.SkippedCount;
                _intervals.Close(nowMs, false);
            }

            if (isJoined)
            {
                return Wake.Never;
            }

            long endMs = _intervals.SinceMs + (_settings.StatusIntervalSeconds * 1000L);
            if (nowMs >= endMs)
            {
                _intervals.Close(nowMs, false);
                endMs = nowMs + (_settings.StatusIntervalSeconds * 1000L);
            }

            return endMs;
        }

        /// <summary>The status that is due cannot be sent at present and is left out.</summary>
        public void Skip(long nowMs)
        {
            _timer.Skip(nowMs);
            _seenSkippedCount = _timer.SkippedCount;
            _intervals.Close(nowMs, false);
        }

        /// <summary>Writes a status.</summary>
        /// <returns>Its length.</returns>
        public int Fill(long nowMs, byte[] buffer)
        {
            _composer.Fill(_message, nowMs, _startedMs, _intervals);
            return _message.Encode(buffer);
        }

        /// <summary>The status was handed to the radio.</summary>
        public void SetHanded(long nowMs)
        {
            _link.BeforeStatus();
            _intervals.Close(nowMs, true);
            _timer.SetSent(nowMs);
        }

        /// <summary>The status has been sent, or given up if it had to be acknowledged.</summary>
        /// <param name="isGivenUp">Whether it was given up.</param>
        /// <param name="isHeard">Whether the network has shown that it hears.</param>
        public void OnEnded(bool isGivenUp, bool isHeard)
        {
            if (isGivenUp)
            {
                _link.OnGivenUp();
            }
            else if (!isHeard)
            {
                _link.OnStatusUnheard();
            }
        }
    }
}
