// Of each kind of alarm what is still to be told. How each stands is said on the AlarmBoard by whoever watches it; sending is the Reporter's. One place
// a kind, so nothing can overflow; changes that come faster than they may be told are merged and counted.
using PoleController.Alarms;

namespace PoleController.Messages
{
    /// <summary>What of the alarm board has to be told, and from when on.</summary>
    internal sealed class AlarmTable
    {
        /// <summary>The same kind is told at most once in this time, so that an alarm that comes and goes does not use up the airtime.</summary>
        public const int RepeatGapMs = 60000;

        private const int KindCount = AlarmBoard.KindCount;

        // Times are kept in tenths of a second since start: 32 bits last 13 years.
        private const int TickMs = 100;

        private readonly AlarmBoard _board;
        private readonly byte[] _seenChanges = new byte[KindCount];
        private readonly byte[] _changeCount = new byte[KindCount];
        private readonly byte[] _levelPercent = new byte[KindCount];
        private readonly uint[] _changedTicks = new uint[KindCount];

        // Of a kind that waits: from when on it may be told. Of another: until when it is left alone.
        private readonly uint[] _notBeforeTicks = new uint[KindCount];
        private readonly ushort[] _power = new ushort[KindCount];
        private int _waitingCount;

        /// <summary>Makes it.</summary>
        public AlarmTable(AlarmBoard board)
        {
            _board = board;
        }

        /// <summary>Changes of a kind on the board that have not been taken yet, 0 to 255.</summary>
        public int NewChanges(int kind)
        {
            return (_board.Changes((AlarmKind)kind) - _seenChanges[kind]) & 0xFF;
        }

        /// <summary>Takes the changes of a kind from the board.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="nowMs">When.</param>
        /// <param name="spreadMs">How long to wait before it may be told, so that poles with a common cause do not all speak at once.</param>
        /// <param name="levelPermille">Level of the lamp now.</param>
        /// <param name="powerMilliwatts">Power now; -1 when unknown.</param>
        public void Take(int kind, long nowMs, int spreadMs, int levelPermille, int powerMilliwatts)
        {
            if (_changeCount[kind] == 0)
            {
                _waitingCount++;
                uint notBefore = ToTicks(nowMs + spreadMs);
                if (_notBeforeTicks[kind] < notBefore)
                {
                    _notBeforeTicks[kind] = notBefore;
                }
            }

            int count = _changeCount[kind] + NewChanges(kind);
            _changeCount[kind] = (byte)(count > 255 ? 255 : count);
            _seenChanges[kind] = (byte)_board.Changes((AlarmKind)kind);
            _changedTicks[kind] = ToTicks(nowMs);
            _levelPercent[kind] = MessageBytes.ScaleLevel(levelPermille);
            _power[kind] = (ushort)MessageBytes.ScalePower(powerMilliwatts);
        }

        /// <summary>
        /// The kind to be told next: of those that may be told now the one with the first rank (<see cref="AlarmRank"/>), and of several the one that waits
        /// longest; when none may, the one that may first. <see cref="AlarmKind.None"/> when nothing is to be told.
        /// </summary>
        public AlarmKind Next(long nowMs)
        {
            int next = 0;
            if (_waitingCount > 0)
            {
                uint now = ToTicks(nowMs);
                for (int i = 1; i < KindCount; i++)
                {
                    if (_changeCount[i] > 0 && (next == 0 || IsBefore(i, next, now)))
                    {
                        next = i;
                    }
                }
            }

            return (AlarmKind)next;
        }

        /// <summary>The kind that may be told longest, or first; <see cref="AlarmKind.None"/> when nothing is to be told.</summary>
        public AlarmKind Oldest()
        {
            // At the moment 0 none may be told yet, so the time alone decides.
            return Next(0);
        }

        /// <summary>From when on a kind that waits may be told.</summary>
        public long NotBeforeMs(AlarmKind kind)
        {
            return _notBeforeTicks[(int)kind] * (long)TickMs;
        }

        /// <summary>Fills the message that tells a kind.</summary>
        public void Fill(AlarmMessage message, AlarmKind kind, long nowMs)
        {
            int i = (int)kind;
            long ageSeconds = (nowMs - ChangedMs(kind)) / 1000;
            message.Kind = kind;
            message.IsRaised = _board.IsRaised(kind);
            message.Reason = _board.Reason(kind);
            message.Value = _board.Value(kind);
            message.ChangeCount = _changeCount[i];
            message.AgeSeconds = ageSeconds > 65535 ? 65535 : (int)ageSeconds;
            message.LevelPermille = _levelPercent[i] * 10;
            message.PowerMilliwatts = MessageBytes.PowerMilliwatts(_power[i]);
        }

        /// <summary>When a kind changed last.</summary>
        public long ChangedMs(AlarmKind kind)
        {
            return _changedTicks[(int)kind] * (long)TickMs;
        }

        /// <summary>Notes that a kind has been told as it stands.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="gapMs">For how long it is not told again.</param>
        public void SetTold(AlarmKind kind, long nowMs, int gapMs)
        {
            _waitingCount -= _changeCount[(int)kind] > 0 ? 1 : 0;
            _changeCount[(int)kind] = 0;
            _notBeforeTicks[(int)kind] = ToTicks(nowMs + gapMs);
        }

        /// <summary>Leaves a kind alone until some time, what has changed since it was told included.</summary>
        public void Mute(AlarmKind kind, long untilMs)
        {
            uint until = ToTicks(untilMs);
            if (_notBeforeTicks[(int)kind] < until)
            {
                _notBeforeTicks[(int)kind] = until;
            }
        }

        private bool IsBefore(int kind, int other, uint now)
        {
            uint time = _notBeforeTicks[kind];
            uint otherTime = _notBeforeTicks[other];
            if (time > now || otherTime > now)
            {
                return time < otherTime;
            }

            int rank = AlarmRank.Of(kind);
            int otherRank = AlarmRank.Of(other);
            return rank == otherRank ? time < otherTime : rank < otherRank;
        }

        // Rounded up: nothing is told before its time, and nothing is older than it was.
        private static uint ToTicks(long milliseconds)
        {
            return milliseconds <= 0 ? 0 : (uint)((milliseconds + TickMs - 1) / TickMs);
        }
    }
}
