// Says why the controller restarted: the runtime does not. Every start leaves marks in the store for the one after it (how long it has run, that a
// restart was asked for, that the supply fell, which exception nobody caught), and the next start judges them. Who restarts is whoever runs the loop.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Time;

namespace PoleController.Journal
{
    /// <summary>
    /// The boot journal. <see cref="Load"/> comes before any component's start, so that a start that is one of many in a row is known in time; the
    /// component's own start writes this start down.
    /// </summary>
    public sealed class BootJournal : Component
    {
        /// <summary>So many restarts within <see cref="LoopWindowSeconds"/> are a loop.</summary>
        public const int LoopRestartCount = 5;

        /// <summary>
        /// The time within which they are a loop. How long a start ran is known as far as its last mark, half of the truth at worst: all loops of ten
        /// minutes are found, and none is seen where it took more than 22 minutes.
        /// </summary>
        public const int LoopWindowSeconds = 600;

        /// <summary>For how long the sensors stay off after such a loop, in milliseconds.</summary>
        public const int ReducedMs = 3600000;

        /// <summary>When a start leaves its first mark, in seconds; the next ones when it has run twice as long, then every hour.</summary>
        public const int FirstMarkSeconds = 30;

        /// <summary>Between two marks there is at most this time, in seconds.</summary>
        public const int LongestMarkSeconds = 3600;

        /// <summary>After the supply was seen falling the next such mark is not written sooner than this, in milliseconds.</summary>
        public const int SupplyMarkIntervalMs = 300000;

        // A store that threw when it was read is asked again after this time.
        private const int RetryMs = 60000;

        private readonly BootRing _ring;
        private readonly BootMark _mark;
        private readonly PoleClock _clock;
        private readonly AlarmBoard _alarms;
        private readonly bool _isSupplyMeasured;
        private readonly BootEntry _entry = new BootEntry();
        private long _startMs;
        private bool _isLoaded;
        private bool _isWritten;
        private bool _isPowerReturn;
        private bool _isUtcSet;
        private bool _isSupplyMarked;
        private long _supplyMarkedMs;
        private int _markSeconds;
        private RestartReason _requestedBy;
        private long _restartAtMs = Wake.Never;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="clock">UTC.</param>
        /// <param name="alarms">Where a restart is told.</param>
        /// <param name="isSupplyMeasured">Whether a loss of the supply would have been seen: then a start without any mark means the watchdog.</param>
        public BootJournal(IStore store, PoleClock clock, AlarmBoard alarms, bool isSupplyMeasured)
        {
            _ring = new BootRing(store);
            _mark = new BootMark(store);
            _clock = clock;
            _alarms = alarms;
            _isSupplyMeasured = isSupplyMeasured;
        }

        /// <summary>Starts of this controller, this one included; 0 while the store cannot be read.</summary>
        public uint StartCount
        {
            get { return _ring.NewestNumber; }
        }

        /// <summary>Why this start was made.</summary>
        public RestartCause Cause { get; private set; }

        /// <summary>Whether the controller has restarted so often that the sensors stay off for a while.</summary>
        public bool IsReduced { get; private set; }

        /// <summary>Starts that are kept, 0 to 16.</summary>
        public int EntryCount
        {
            get { return _ring.Count; }
        }

        /// <summary>
        /// Whether the controller is to be restarted now: it was asked for, and the mark is written. Whoever runs the loop restarts the board; the watchdog
        /// is not petted any more.
        /// </summary>
        public bool IsRestartDue { get; private set; }

        /// <summary>Reads an entry.</summary>
        /// <param name="index">From 0, this start, up to <see cref="EntryCount"/>.</param>
        /// <param name="entry">Receives it.</param>
        public void Read(int index, BootEntry entry)
        {
            _ring.Read(index, entry);
        }

        /// <summary>Reads what earlier starts left and judges it, before anything that could fail is started. Nothing is written.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isPowerReturn">Whether the board says that power has returned.</param>
        public void Load(long nowMs, bool isPowerReturn)
        {
            _startMs = nowMs;
            _isPowerReturn = isPowerReturn;
            TryLoad();
        }

        /// <summary>Writes this start down.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _markSeconds = FirstMarkSeconds;
            WriteStart();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (!_isWritten)
            {
                WriteStart();
            }

            SetUtc();
            LeaveMark(nowMs);
            if (IsReduced && nowMs - _startMs >= ReducedMs)
            {
                IsReduced = false;
                _alarms.Set(AlarmKind.Restarted, false, HealthReason.None, 0);
            }

            if (nowMs >= _restartAtMs && !IsRestartDue)
            {
                Mark(nowMs, BootMarkKind.RestartRequested, ComponentId.None, (int)_requestedBy);
                IsRestartDue = true;
            }

            RestsUntilMs = NextMs(nowMs);
            return RestsUntilMs;
        }

        /// <summary>Asks for a restart. What has to be said before, such as an answer, is said in the meantime.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="delayMs">After what time.</param>
        /// <param name="reason">Who asks.</param>
        public void RequestRestart(long nowMs, int delayMs, RestartReason reason)
        {
            if (_restartAtMs == Wake.Never)
            {
                _restartAtMs = nowMs + delayMs;
                _requestedBy = reason;
                RestsUntilMs = nowMs;
            }
        }

        /// <summary>
        /// Says that the supply falls: the mark is written at once, within the time that the board's capacitor gives. Should the supply come back without a
        /// restart, the mark is taken back after five minutes.
        /// </summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="millivolts">The supply's voltage.</param>
        public void OnSupplyFalling(long nowMs, int millivolts)
        {
            if (_isSupplyMarked || !_isLoaded)
            {
                return;
            }

            int tenths = millivolts / 100;
            _isSupplyMarked = true;
            _supplyMarkedMs = nowMs;
            RestsUntilMs = nowMs;
            Mark(nowMs, BootMarkKind.SupplyFalling, ComponentId.None, tenths < 0 ? 0 : tenths > 255 ? 255 : tenths);
        }

        /// <summary>Says that an exception ended the loop; called by whoever caught it, before the restart. Never throws.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="place">The component that ran.</param>
        /// <param name="exception">The exception.</param>
        public void OnUnhandledException(long nowMs, ComponentId place, Exception exception)
        {
            if (_isLoaded)
            {
                Mark(nowMs, BootMarkKind.Exception, place, (int)ExceptionKinds.Of(exception));
            }
        }

        private void TryLoad()
        {
            bool isAny;
            try
            {
                isAny = _ring.Load();
                _mark.Load();
            }
            catch (Exception)
            {
                // Nothing is known, so nothing is written over.
                Cause = RestartCause.Unknown;
                Health.SetFailed(HealthReason.StoreFailed);
                return;
            }

            _isLoaded = true;
            Judge(isAny);
            _ring.Add(_entry);
            Cause = _entry.Cause;
            IsReduced = IsLoop();
        }

        // A mark that was left by another start than the newest says nothing: the power went before the newest could leave one.
        private void Judge(bool isAnyStart)
        {
            uint before = isAnyStart ? _ring.NewestNumber : _mark.StartNumber;
            bool isMarked = before != 0 && _mark.StartNumber == before;
            _entry.Number = before + 1;
            _entry.UtcSeconds = 0;
            _entry.Place = ComponentId.None;
            _entry.Detail = isMarked && _mark.Kind != BootMarkKind.Running ? _mark.Detail : 0;
            _entry.UptimeBeforeSeconds = isMarked ? _mark.UptimeSeconds : 0;
            _entry.Cause = before == 0 ? RestartCause.FirstStart : CauseOf(isMarked ? _mark.Kind : BootMarkKind.Running);
            if (_entry.Cause == RestartCause.Exception)
            {
                _entry.Place = (ComponentId)_mark.Place;
            }
        }

        private RestartCause CauseOf(BootMarkKind kind)
        {
            switch (kind)
            {
                case BootMarkKind.RestartRequested:
                    return RestartCause.Requested;
                case BootMarkKind.SupplyFalling:
                    return RestartCause.SupplyLoss;
                case BootMarkKind.Exception:
                    return RestartCause.Exception;
                default:
                    break;
            }

            if (_isPowerReturn)
            {
                return RestartCause.SupplyLoss;
            }

            return _isSupplyMeasured ? RestartCause.Watchdog : RestartCause.Unknown;
        }

        // Five restarts, none of them asked for, with ten minutes at most from the first to the fifth. A short circuit in a sensor looks like a supply that
        // fails, so those count too.
        private bool IsLoop()
        {
            uint seconds = 0;
            for (int i = 0; i < LoopRestartCount; i++)
            {
                if (i >= _ring.Count)
                {
                    return false;
                }

                _ring.Read(i, _entry);
                if (_entry.Cause == RestartCause.FirstStart || _entry.Cause == RestartCause.Requested)
                {
                    return false;
                }

                seconds += i < LoopRestartCount - 1 ? _entry.UptimeBeforeSeconds : 0;
            }

            return seconds <= LoopWindowSeconds;
        }

        private void WriteStart()
        {
            if (!_isLoaded)
            {
                // The sensors are running by now.
                TryLoad();
                IsReduced = false;
            }

            if (_isLoaded && _ring.TrySave())
            {
                Health.SetOk();
                _isWritten = true;
                Tell();
            }
            else
            {
                Health.SetFailed(HealthReason.StoreFailed);
            }
        }

        // A loss of the supply is told as such, with how long it was, by whoever measures the supply.
        private void Tell()
        {
            if (IsReduced)
            {
                _alarms.Set(AlarmKind.Restarted, true, HealthReason.RestartedTooOften, (int)Cause);
            }
            else if (Cause != RestartCause.FirstStart && Cause != RestartCause.SupplyLoss)
            {
                _alarms.Notice(AlarmKind.Restarted, (int)Cause);
            }
        }

        private void SetUtc()
        {
            if (_isUtcSet || !_isWritten || !_clock.IsKnown)
            {
                return;
            }

            _isUtcSet = true;
            _ring.SetNewestUtc((uint)(_clock.UtcMs(_startMs) / 1000));
            if (!_ring.TrySave())
            {
                Health.SetFailed(HealthReason.StoreFailed);
            }
        }

        private void LeaveMark(long nowMs)
        {
            if (_isSupplyMarked && nowMs - _supplyMarkedMs >= SupplyMarkIntervalMs)
            {
                _isSupplyMarked = false;
                Mark(nowMs, BootMarkKind.Running, ComponentId.None, 0);
            }

            long uptimeSeconds = (nowMs - _startMs) / 1000;
            if (!_isWritten || _isSupplyMarked || uptimeSeconds < _markSeconds)
            {
                return;
            }

            Mark(nowMs, BootMarkKind.Running, ComponentId.None, 0);
            while (_markSeconds <= uptimeSeconds)
            {
                _markSeconds += _markSeconds < LongestMarkSeconds ? _markSeconds : LongestMarkSeconds;
            }
        }

        private void Mark(long nowMs, BootMarkKind kind, ComponentId place, int detail)
        {
            uint uptimeSeconds = (uint)((nowMs - _startMs) / 1000);
            if (!_isLoaded || !_mark.TrySave(_ring.NewestNumber, uptimeSeconds, kind, (int)place, detail))
            {
                Health.SetFailed(HealthReason.StoreFailed);
            }
            else if (_isWritten)
            {
                Health.SetOk();
            }
        }

        private long NextMs(long nowMs)
        {
            long nextMs = nowMs + RetryMs;
            if (_isWritten)
            {
                nextMs = _isSupplyMarked ? _supplyMarkedMs + SupplyMarkIntervalMs : _startMs + (_markSeconds * 1000L);
            }

            if (IsReduced && _startMs + ReducedMs < nextMs)
            {
                nextMs = _startMs + ReducedMs;
            }

            return _restartAtMs < nextMs && !IsRestartDue ? _restartAtMs : nextMs;
        }
    }
}
