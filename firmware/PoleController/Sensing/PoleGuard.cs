// Watches the pole itself: how far it leans, what hits it, whether its door is open. The zero of the lean is TiltZero's; who is told is Messages' business.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// Tilt, impact and door. A lean that is seen is looked at again every ten seconds, and counts when five samples in a row show it: gusts and lorries fall out.
    /// </summary>
    public sealed class PoleGuard : Component
    {
        /// <summary>Value of a lean that is not known.</summary>
        public const int Unknown = -1;

        /// <summary>Time between samples while the zero is learnt or a lean is confirmed, in milliseconds.</summary>
        public const int CloseLookMs = 10000;

        /// <summary>How long after an impact the lean is looked at, in milliseconds.</summary>
        public const int AfterImpactMs = 5000;

        /// <summary>At rest a part measures gravity, within this, in thousandths of standard gravity: 3 % of calibration and 100 of offset.</summary>
        public const int GravityToleranceMilligravities = 150;

        /// <summary>How many samples in a row that are not gravity make the part implausible.</summary>
        public const int StrangeUntilFault = 10;

        private const int PatienceMs = 10000;
        private const int MedianLength = 3;
        private const int SamplesToBelieve = 5;
        private const int CloseLookDecidegrees = 10;

        private readonly IAccelerometer? _accelerometer;
        private readonly IDigitalInput? _door;
        private readonly ControllerSettings _settings;
        private readonly PoleGuardSettings _limits;
        private readonly AlarmBoard _board;
        private readonly ScheduledSensor _sensor;
        private readonly OccupancyInput _contact = new OccupancyInput();
        private readonly int[] _leans = new int[MedianLength];
        private int _leanCount;
        private int _contraryCount;
        private int _impactCount;
        private int _strangeCount;
        private bool _isOff;
        private bool _isTilted;
        private bool _isDoorUnreadable;
        private long _wakeMs;
        private int _revision = -1;

        /// <summary>Makes it. What is null is not fitted.</summary>
        /// <param name="accelerometer">The accelerometer.</param>
        /// <param name="door">The door contact; active while the door is open.</param>
        /// <param name="settings">Limits and switches.</param>
        /// <param name="store">Keeps the zero of the tilt.</param>
        /// <param name="board">Where alarms are said.</param>
        public PoleGuard(IAccelerometer? accelerometer, IDigitalInput? door, ControllerSettings settings, IStore store, AlarmBoard board)
        {
            _accelerometer = accelerometer;
            _door = door;
            _settings = settings;
            _limits = settings.PoleGuard;
            _board = board;
            _sensor = new ScheduledSensor(accelerometer, PatienceMs);
            Zero = new TiltZero(store);
        }

        /// <summary>How the pole stood when it was mounted.</summary>
        public TiltZero Zero { get; }

        /// <summary>Lean against how it was mounted, in tenths of a degree; <see cref="Unknown"/> while there is no zero.</summary>
        public int TiltDecidegrees { get; private set; } = Unknown;

        /// <summary>Whether the door is open.</summary>
        public bool IsDoorOpen
        {
            get { return _contact.IsActive; }
        }

        /// <summary>Since when the door is open, in milliseconds since start; means something only while it is.</summary>
        public long DoorOpenSinceMs
        {
            get { return _contact.ActiveSinceMs; }
        }

        /// <summary>Size of the last impact in thousandths of standard gravity; 0 when there was none.</summary>
        public int LastImpactMilligravities { get; private set; }

        /// <summary>When the last impact was noticed, in milliseconds since start.</summary>
        public long LastImpactMs { get; private set; }

        /// <summary>How good the lean is at a time: warming up while the zero is learnt.</summary>
        public Quality QualityAt(long nowMs)
        {
            if (_accelerometer == null || _isOff || _sensor.SampleCount == 0)
            {
                return Quality.NotMeasured;
            }

            if (_sensor.IsStale(nowMs))
            {
                return Quality.Stale;
            }

            return _strangeCount > 0 ? Quality.OutOfRange : (Zero.IsKnown ? Quality.Ok : Quality.WarmingUp);
        }

        /// <summary>The pole was mounted or set upright anew: forgets the zero and learns another.</summary>
        public void LearnZero(long nowMs)
        {
            Zero.Forget();
            TiltDecidegrees = Unknown;
            _leanCount = 0;
            SetTilted(false);
            _sensor.AskAt(nowMs);
            _wakeMs = nowMs;
        }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _accelerometer != null || _door != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _contact.Reset(nowMs);
            _wakeMs = nowMs;
            if (_accelerometer != null)
            {
                Zero.Load();
            }

            Judge();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (nowMs < _wakeMs && _settings.Revision == _revision && !IsCalled())
            {
                // Most steps are the lamp's: a look at both lines, and back.
                return _wakeMs;
            }

            // Should anything throw, the next step runs whole.
            _wakeMs = nowMs;
            if (_settings.Revision != _revision)
            {
                FollowSettings(nowMs);
            }

            long wakeMs = _door != null && !_isOff ? FollowDoor(nowMs) : Wake.Never;
            if (_accelerometer != null)
            {
                FollowAccelerometer(nowMs);
                wakeMs = _sensor.NextMs < wakeMs ? _sensor.NextMs : wakeMs;
            }

            Judge();
            _wakeMs = wakeMs;
            return wakeMs;
        }

        // Whether the door has moved or the accelerometer calls. A line that cannot be read is looked at in a whole step, which says so.
        private bool IsCalled()
        {
            try
            {
                return (_door != null && !_isOff && (_isDoorUnreadable || _door.IsActive != _contact.IsRawActive)) || (_accelerometer != null && _accelerometer.IsCalling);
            }
            catch (Exception)
            {
                return true;
            }
        }

        private void FollowSettings(long nowMs)
        {
            _revision = _settings.Revision;
            _isOff = !_settings.Measurements.IsMeasured(MeasurementKind.Pole);
            _sensor.SetInterval(nowMs, _isOff ? 0 : _limits.IntervalSeconds);
            if (_accelerometer != null && !_isOff)
            {
                _accelerometer.SetImpactThreshold(_limits.ImpactMilligravities);
            }

            if (_isOff)
            {
                TiltDecidegrees = Unknown;
                _leanCount = 0;
                _strangeCount = 0;
                _contact.Reset(nowMs);
                SetTilted(false);
                _board.Set(AlarmKind.DoorOpen, false, HealthReason.None, 0);
            }
        }

        private long FollowDoor(long nowMs)
        {
            bool isOpen = _contact.IsActive;
            try
            {
                isOpen = _door!.IsActive;
                _isDoorUnreadable = false;
            }
            catch (Exception)
            {
                _isDoorUnreadable = true;
            }

            bool isChanged = _contact.Settle(nowMs, _limits.DoorDebounceMs);
            _contact.See(nowMs, isOpen);
            if (_contact.Settle(nowMs, _limits.DoorDebounceMs) || isChanged)
            {
                _board.Set(AlarmKind.DoorOpen, _contact.IsActive, HealthReason.None, 0);
            }

            return _contact.NextMs(_limits.DoorDebounceMs, 0x7FFFFFFF);
        }

        private void FollowAccelerometer(long nowMs)
        {
            // Its interrupt may have woken the pole: it is polled in every step.
            _sensor.Reader.PollNow(nowMs);
            if (_sensor.TryTake(nowMs))
            {
                TakeSample(nowMs);
            }

            if (!_isOff && _accelerometer!.ImpactCount != _impactCount)
            {
                _impactCount = _accelerometer.ImpactCount;
                LastImpactMilligravities = _accelerometer.ImpactMilligravities;
                LastImpactMs = nowMs;
                _board.Notice(AlarmKind.Impact, LastImpactMilligravities);
                _sensor.AskAt(nowMs + AfterImpactMs);
            }
        }

        private void TakeSample(long nowMs)
        {
            int x = _accelerometer!.XMilligravities;
            int y = _accelerometer.YMilligravities;
            int z = _accelerometer.ZMilligravities;
            if (!IsGravity(x, y, z))
            {
                _strangeCount = _strangeCount < StrangeUntilFault ? _strangeCount + 1 : _strangeCount;
                _sensor.AskAt(nowMs + CloseLookMs);
                return;
            }

            _strangeCount = 0;
            if (!Zero.IsKnown)
            {
                Zero.Learn(nowMs, x, y, z, _limits.LearningSeconds * 1000L);
                _sensor.AskAt(nowMs + CloseLookMs);
                return;
            }

            if (Zero.IsUnsaved)
            {
                Zero.Save();
            }

            TakeLean(nowMs, Zero.AngleDecidegrees(x, y, z));
            if (TiltDecidegrees * 2 < _limits.TiltDecidegrees)
            {
                Zero.Follow(x, y, z);
            }
        }

        private void TakeLean(long nowMs, int lean)
        {
            _leans[2] = _leans[1];
            _leans[1] = _leans[0];
            _leans[0] = lean;
            _leanCount = _leanCount < MedianLength ? _leanCount + 1 : MedianLength;
            if (_leanCount < MedianLength)
            {
                TiltDecidegrees = lean;
                _sensor.AskAt(nowMs + CloseLookMs);
                return;
            }

            TiltDecidegrees = Median.OfThree(_leans[0], _leans[1], _leans[2]);
            int limit = _isTilted ? _limits.TiltDecidegrees - _limits.TiltHysteresisDecidegrees : _limits.TiltDecidegrees;
            _contraryCount = lean >= limit != _isTilted ? _contraryCount + 1 : 0;
            int change = lean - TiltDecidegrees;
            if (_contraryCount >= SamplesToBelieve)
            {
                SetTilted(!_isTilted);
            }
            else if (_contraryCount > 0 || change > CloseLookDecidegrees || change < -CloseLookDecidegrees)
            {
                _sensor.AskAt(nowMs + CloseLookMs);
            }
        }

        private void SetTilted(bool isTilted)
        {
            _isTilted = isTilted;
            _contraryCount = 0;
            _board.Set(AlarmKind.Tilt, isTilted, HealthReason.None, TiltDecidegrees < 0 ? 0 : TiltDecidegrees);
        }

        private static bool IsGravity(int x, int y, int z)
        {
            long square = ((long)x * x) + ((long)y * y) + ((long)z * z);
            long least = 1000 - GravityToleranceMilligravities;
            long most = 1000 + GravityToleranceMilligravities;
            return square >= least * least && square <= most * most;
        }

        private void Judge()
        {
            bool isSilent = _sensor.Reader.IsSilent;
            if (_accelerometer == null && _door == null)
            {
                Health.SetNotFitted();
            }
            else if (isSilent || _strangeCount >= StrangeUntilFault)
            {
                Health.SetFailed(isSilent ? _sensor.Reader.Reason : HealthReason.Implausible);
            }
            else if (_isDoorUnreadable)
            {
                Health.SetDegraded(HealthReason.NoAnswer);
            }
            else if (Zero.IsUnsaved)
            {
                Health.SetDegraded(HealthReason.StoreFailed);
            }
            else
            {
                Health.SetOk();
            }

            _board.Set(AlarmKind.PoleSensorFault, Health.State == HealthState.Failed, Health.Reason, 0);
        }
    }
}
