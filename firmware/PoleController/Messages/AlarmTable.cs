// The alarms: of each kind how it stands now and what is still to be told. One place a kind, so nothing can overflow; changes that come
// faster than they may be told are merged and counted. What raises an alarm is AlarmSources' business, sending it is the Reporter's.
using PoleController.Alarms;

namespace PoleController.Messages
{
    /// <summary>State of every kind of alarm, and which of them have to be told.</summary>
    internal sealed class AlarmTable
    {
        /// <summary>The same kind is told at most once in this time, so that an alarm that comes and goes does not use up the airtime.</summary>
        public const int RepeatGapMs = 60000;

        private const int KindCount = (int)AlarmKind.BoardOverheated + 1;

        private readonly bool[] _isRaised = new bool[KindCount];
        private readonly int[] _reason = new int[KindCount];
        private readonly int[] _changeCount = new int[KindCount];
        private readonly long[] _changedMs = new long[KindCount];
        private readonly long[] _notBeforeMs = new long[KindCount];
        private readonly long[] _mutedUntilMs = new long[KindCount];
        private readonly int[] _levelPermille = new int[KindCount];
        private readonly int[] _powerMilliwatts = new int[KindCount];

        /// <summary>Whether <see cref="Set"/> with these values would change anything.</summary>
        public bool IsChange(AlarmKind kind, bool isRaised, HealthReason reason)
        {
            int i = (int)kind;
            return _isRaised[i] != isRaised || (isRaised && _reason[i] != (int)reason);
        }

        /// <summary>Notes a change.</summary>
        /// <param name="kind">What it is about.</param>
        /// <param name="isRaised">Whether it began or changed its reason; false: it ended.</param>
        /// <param name="reason">Why.</param>
        /// <param name="nowMs">When.</param>
        /// <param name="spreadMs">How long to wait before it may be told, so that poles with a common cause do not all speak at once.</param>
        /// <param name="levelPermille">Level of the lamp now.</param>
        /// <param name="powerMilliwatts">Power now; -1 when unknown.</param>
        public void Set(AlarmKind kind, bool isRaised, HealthReason reason, long nowMs, int spreadMs, int levelPermille, int powerMilliwatts)
        {
            int i = (int)kind;
            if (_changeCount[i] == 0)
            {
                long notBeforeMs = nowMs + spreadMs;
                _notBeforeMs[i] = notBeforeMs < _mutedUntilMs[i] ? _mutedUntilMs[i] : notBeforeMs;
            }

            if (_changeCount[i] < 255)
            {
                _changeCount[i]++;
            }

            _isRaised[i] = isRaised;
            _reason[i] = isRaised ? (int)reason : (int)HealthReason.None;
            _changedMs[i] = nowMs;
            _levelPermille[i] = levelPermille;
            _powerMilliwatts[i] = powerMilliwatts;
        }

        /// <summary>The kind that may be told first; <see cref="AlarmKind.None"/> when nothing is to be told.</summary>
        public AlarmKind Next()
        {
            int next = 0;
            for (int i = 1; i < KindCount; i++)
            {
                if (_changeCount[i] > 0 && (next == 0 || _notBeforeMs[i] < _notBeforeMs[next]))
                {
                    next = i;
                }
            }

            return (AlarmKind)next;
        }

        /// <summary>From when on a kind may be told.</summary>
        public long NotBeforeMs(AlarmKind kind)
        {
            return _notBeforeMs[(int)kind];
        }

        /// <summary>Fills the message that tells a kind.</summary>
        public void Fill(AlarmMessage message, AlarmKind kind, long nowMs)
        {
            int i = (int)kind;
            long ageSeconds = (nowMs - _changedMs[i]) / 1000;
            message.Kind = kind;
            message.IsRaised = _isRaised[i];
            message.Reason = (HealthReason)_reason[i];
            message.ChangeCount = _changeCount[i];
            message.AgeSeconds = ageSeconds > 65535 ? 65535 : (int)ageSeconds;
            message.LevelPermille = _levelPermille[i];
            message.PowerMilliwatts = _powerMilliwatts[i];
        }

        /// <summary>When a kind changed last.</summary>
        public long ChangedMs(AlarmKind kind)
        {
            return _changedMs[(int)kind];
        }

        /// <summary>Notes that a kind has been told as it stands.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="gapMs">For how long it is not told again.</param>
        public void SetTold(AlarmKind kind, long nowMs, int gapMs)
        {
            _changeCount[(int)kind] = 0;
            _mutedUntilMs[(int)kind] = nowMs + gapMs;
        }

        /// <summary>Leaves a kind alone until some time, what has changed since it was told included.</summary>
        public void Mute(AlarmKind kind, long untilMs)
        {
            int i = (int)kind;
            _mutedUntilMs[i] = untilMs;
            if (_changeCount[i] > 0 && _notBeforeMs[i] < untilMs)
            {
                _notBeforeMs[i] = untilMs;
            }
        }
    }
}
