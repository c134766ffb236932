// One DALI bus as its only application controller sees it: one exchange at a time, settling times, commands that have to be sent twice, answers. Levels
// go before everything else. What is asked of which gear is DaliGear's; edges are the port's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>What is sent, and what is waited for.</summary>
    public enum DaliExchange
    {
        /// <summary>Sent once, nothing comes back.</summary>
        Command = 0,

        /// <summary>Sent twice within 100 ms, nothing comes back.</summary>
        CommandTwice = 1,

        /// <summary>Sent once, an answer may come back.</summary>
        Query = 2,
    }

    /// <summary>How an exchange ended.</summary>
    public enum DaliOutcome
    {
        /// <summary>It goes on.</summary>
        Pending = 0,

        /// <summary>It was sent.</summary>
        Sent = 1,

        /// <summary>It was answered.</summary>
        Answered = 2,

        /// <summary>Nobody answered.</summary>
        Silent = 3,

        /// <summary>Something came back that is no answer: several answered at once, or disturbance.</summary>
        Violation = 4,

        /// <summary>The board could not send.</summary>
        LineFailed = 5,

        /// <summary>The bus is low: it has no supply, or is shorted.</summary>
        BusLow = 6,
    }

    /// <summary>
    /// The bus. Up to two gears share it; one of them owns it for as long as a sequence takes that relies on DTR0 and DTR1, which every gear hears. A
    /// level of either is sent between two exchanges of a sequence, after at most one pair or one answer (65 ms). Only the newest level of a gear is kept.
    /// </summary>
    public sealed class DaliBus
    {
        /// <summary>Gears on one bus: a luminaire has at most two channels here.</summary>
        public const int MaximumGears = 2;

        /// <summary>
        /// Time from the end of a frame to the next forward frame, in milliseconds: 13.5 ms is the least (IEC 62386-101, priority 1); a millisecond of the
        /// clock may be short.
        /// </summary>
        public const int SettlingMs = 15;

        /// <summary>Shortest time from the end of a forward frame to its answer that a receiver takes, in microseconds (IEC 62386-101: 2.4 ms; gear sends from 5.5 on).</summary>
        public const int AnswerMinimumUs = 2400;

        /// <summary>Longest, in microseconds (IEC 62386-101: 12.4 ms; gear sends up to 10.5).</summary>
        public const int AnswerMaximumUs = 12400;

        /// <summary>When an answer can have come at the earliest, in milliseconds: 5.5, eight bits and a start bit (7.5), 2 of rest.</summary>
        public const int FirstLookMs = 15;

        /// <summary>When the answer is given up, in milliseconds: 12.4, nine bits, the rest, and as much again as a tick of the clock (10).</summary>
        public const int AnswerTimeoutMs = 35;

        /// <summary>How long the second frame of a pair may come after the first, in milliseconds (IEC 62386-101: 94 from end to begin).</summary>
        public const int TwiceMaximumMs = 90;

        /// <summary>Time between two looks at a bus that is low or a board that does not send, in milliseconds.</summary>
        public const int DownRetryMs = 500;

        /// <summary>How long a transmission may take before the board is taken to hang, in milliseconds.</summary>
        public const int TransmitTimeoutMs = 100;

        private const int PhaseIdle = 0;
        private const int PhaseSending = 1;
        private const int PhaseBetween = 2;
        private const int PhaseAnswer = 3;
        private const int LookMs = 2;
        private const int None = -1;

        // Duration of a frame of 16 bits with its stop condition: 34 halves of 417 us and 2.45 ms.
        private const int FrameMs = 17;

        private readonly IDaliLine _line;
        private readonly short[] _durations = new short[DaliFrames.MaximumDurations];
        private readonly int[] _levelFrame = { None, None };
        private int _gearCount;
        private DaliGear? _owner;
        private int _phase;
        private bool _isLevel;
        private bool _isPosted;
        private int _frame;
        private DaliExchange _exchange;
        private bool _isFirstSent;
        private long _sentMs;
        private long _dueMs;
        private long _readyMs;

        /// <summary>Makes it over a line.</summary>
        public DaliBus(IDaliLine line)
        {
            _line = line;
        }

        /// <summary>How the exchange stands that was posted last.</summary>
        public DaliOutcome Outcome { get; private set; }

        /// <summary>The answer, 0 to 255, when <see cref="Outcome"/> says so.</summary>
        public int Answer { get; private set; }

        /// <summary>Whether the bus was low, or the board did not send, when something was to be sent last.</summary>
        public bool IsDown { get; private set; }

        /// <summary>Counts levels that were sent, so that a sequence which a level ends (ENABLE WRITE MEMORY) can notice.</summary>
        public int LevelCount { get; private set; }

        /// <summary>Registers a gear.</summary>
        /// <returns>Its number, for <see cref="SetLevel"/>.</returns>
        public int Register()
        {
            return _gearCount++;
        }

        /// <summary>Takes the bus for a sequence.</summary>
        /// <returns>False while the other gear has it.</returns>
        public bool TryClaim(DaliGear gear)
        {
            if (_owner == null)
            {
                _owner = gear;
            }

            return _owner == gear;
        }

        /// <summary>Gives the bus back; nothing happens when somebody else has it.</summary>
        public void Release(DaliGear gear)
        {
            if (_owner == gear)
            {
                _owner = null;
                _isPosted = false;
            }
        }

        /// <summary>Puts a level (DAPC) before everything else. One that was not sent yet is replaced.</summary>
        /// <param name="gear">The gear's number.</param>
        /// <param name="frame">The whole forward frame.</param>
        public void SetLevel(int gear, int frame)
        {
            _levelFrame[gear] = frame;
        }

        /// <summary>Drops a level that was not sent yet.</summary>
        public void DropLevel(int gear)
        {
            _levelFrame[gear] = None;
        }

        /// <summary>Whether a gear's level was not sent yet.</summary>
        public bool IsLevelPending(int gear)
        {
            return _levelFrame[gear] != None;
        }

        /// <summary>Posts an exchange of the owner's; it begins as soon as the bus has settled. <see cref="Outcome"/> is then pending until it has ended.</summary>
        public void Post(int frame, DaliExchange exchange)
        {
            _frame = frame;
            _exchange = exchange;
            _isFirstSent = false;
            _isPosted = true;
            Outcome = DaliOutcome.Pending;
        }

        /// <summary>Goes on with what the bus waits for.</summary>
        /// <returns>When it wants to be polled again; <see cref="long.MaxValue"/> when there is nothing to do.</returns>
        public long Poll(long nowMs)
        {
            if (nowMs < _dueMs)
            {
                return HasWork() ? _dueMs : long.MaxValue;
            }

            switch (_phase)
            {
                case PhaseSending:
                    FollowTransmission(nowMs);
                    break;
                case PhaseBetween:
                    BeginSecond(nowMs);
                    break;
                case PhaseAnswer:
                    LookForAnswer(nowMs);
                    break;
                default:
                    BeginNext(nowMs);
                    break;
            }

            return HasWork() ? _dueMs : long.MaxValue;
        }

        private bool HasWork()
        {
            return _phase != PhaseIdle || _isPosted || _levelFrame[0] != None || _levelFrame[1] != None;
        }

        private void BeginNext(long nowMs)
        {
            int gear = _levelFrame[0] != None ? 0 : 1;
            _isLevel = _levelFrame[gear] != None;
            if (!_isLevel && !_isPosted)
            {
                return;
            }

            if (nowMs < _readyMs)
            {
                _dueMs = _readyMs;
                return;
            }

            if (!TrySend(nowMs, _isLevel ? _levelFrame[gear] : _frame))
            {
                return;
            }

            if (_isLevel)
            {
                _levelFrame[gear] = None;
                LevelCount++;
            }
        }

        private bool TrySend(long nowMs, int frame)
        {
            bool isLow = _line.IsLow;
            if (isLow || !_line.TryTransmit(_durations, DaliFrames.Encode(frame, DaliFrames.GearBits, _durations)))
            {
                // A level waits until the bus is back; who asked is told.
                IsDown = true;
                _phase = PhaseIdle;
                _dueMs = nowMs + DownRetryMs;
                if (_isPosted)
                {
                    _isPosted = false;
                    Outcome = isLow ? DaliOutcome.BusLow : DaliOutcome.LineFailed;
                }

                return false;
            }

            IsDown = false;
            _phase = PhaseSending;
            _sentMs = nowMs;
            _dueMs = nowMs + FrameMs;
            return true;
        }

        private void FollowTransmission(long nowMs)
        {
            if (_line.IsTransmitting)
            {
                _dueMs = nowMs + LookMs;
                if (nowMs - _sentMs > TransmitTimeoutMs)
                {
                    IsDown = true;
                    End(nowMs, DaliOutcome.LineFailed);
                }

                return;
            }

            _sentMs = nowMs;
            _readyMs = nowMs + SettlingMs;
            if (_isLevel)
            {
                _phase = PhaseIdle;
                _dueMs = _readyMs;
            }
            else if (_exchange == DaliExchange.CommandTwice && !_isFirstSent)
            {
                _isFirstSent = true;
                _phase = PhaseBetween;
                _dueMs = _readyMs;
            }
            else if (_exchange == DaliExchange.Query)
            {
                _phase = PhaseAnswer;
                _dueMs = nowMs + FirstLookMs;
            }
            else
            {
                End(nowMs, DaliOutcome.Sent);
            }
        }

        private void BeginSecond(long nowMs)
        {
            // Too late for the second: it is taken for a first one, and the pair begins anew.
            _isFirstSent = nowMs - _sentMs <= TwiceMaximumMs;
            TrySend(nowMs, _frame);
        }

        private void LookForAnswer(long nowMs)
        {
            int count = _line.Receive(_durations, out int delayUs);
            if (count != 0)
            {
                int answer = count > 0 ? DaliFrames.Decode(_durations, count, DaliFrames.BackwardBits) : DaliFrames.Violation;
                bool isInTime = delayUs >= AnswerMinimumUs && delayUs <= AnswerMaximumUs;
                Answer = answer;
                End(nowMs, answer != DaliFrames.Violation && isInTime ? DaliOutcome.Answered : DaliOutcome.Violation);
            }
            else if (nowMs - _sentMs >= AnswerTimeoutMs)
            {
                End(nowMs, DaliOutcome.Silent);
            }
            else
            {
                _dueMs = nowMs + LookMs;
            }
        }

        private void End(long nowMs, DaliOutcome outcome)
        {
            _phase = PhaseIdle;
            _readyMs = nowMs + SettlingMs;
            _dueMs = nowMs;
            if (!_isLevel)
            {
                _isPosted = false;
                Outcome = outcome;
            }
        }
    }
}
