// The level of a water above its gauge zero: asks the ranging sensor for bursts of pings, watches two thresholds and the rate of rise, and looks more often while the
// water rises. The pings are PingBurst's, the rate TrendHistory's; who is told is Messages' business.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// The water level. Waves fall out in the median of a burst that lasts several seconds; what drifts by falls out because a burst that would change the state
    /// has to be confirmed by a second or a third.
    /// </summary>
    public sealed class WaterLevelMonitor : Component
    {
        /// <summary>Value of a level that is not known, in millimetres.</summary>
        public const int UnknownLevel = -1000000;

        /// <summary>Time from one burst to the one that confirms it, in milliseconds.</summary>
        public const int ConfirmAfterMs = 10000;

        /// <summary>A change by more than this has to be confirmed, in millimetres.</summary>
        public const int JumpMillimetres = 300;

        /// <summary>Two bursts that are no farther apart than this say the same, in millimetres.</summary>
        public const int AgreementMillimetres = 150;

        /// <summary>A rise by more than this counts as rising, in millimetres an hour: more than waves leave over in the rate.</summary>
        public const int RisingMillimetresPerHour = 60;

        /// <summary>A rise from one level to the next by more than this is looked at more closely, in millimetres.</summary>
        public const int RisingStepMillimetres = 15;

        /// <summary>How many bursts in a row must fail for the sensor to be given up.</summary>
        public const int FailuresUntilFault = 3;

        // Nine pings a burst last 5.6 s: longer than the period of the waves that wind makes on a river (2 to 4 s).
        private const int PingSpacingMs = 700;

        // Eight levels, one every two minutes at most: the slope of the last quarter of an hour while the water rises, of more while nothing happens.
        private const int HistoryLength = 8;
        private const int HistorySpacingSeconds = 120;
        private const int HoursPerDay = 24;

        private readonly IRangeSensor? _sensor;
        private readonly ControllerSettings _settings;
        private readonly WaterLevelSettings _gauge;
        private readonly AlarmBoard _board;
        private readonly IAirTemperature _air;
        private readonly PingBurst _burst;
        private readonly TrendHistory _history = new TrendHistory(HistoryLength, HistorySpacingSeconds);
        private readonly Confirmation _confirmation = new Confirmation();
        private bool _isSubstituted;
        private bool _isTooNear;
        private bool _isRisingFast;
        private LevelState _levelState;
        private long _nextBurstMs;
        private int _failureCount;
        private bool _isOff;
        private int _revision;
        private int _sensorHeight;

        /// <summary>Makes it. A null sensor means that none is fitted.</summary>
        public WaterLevelMonitor(IRangeSensor? sensor, ControllerSettings settings, IAirTemperature air, AlarmBoard board)
        {
            _sensor = sensor;
            _settings = settings;
            _gauge = settings.WaterLevel;
            _air = air;
            _board = board;
            _burst = new PingBurst(sensor, PingSpacingMs);
        }

        /// <summary>Level above gauge zero in millimetres, below it negative; <see cref="UnknownLevel"/>.</summary>
        public int LevelMillimetres { get; private set; } = UnknownLevel;

        /// <summary>Distance from the sensor to the water in millimetres, corrected for temperature; -1 when unknown.</summary>
        public int DistanceMillimetres { get; private set; } = -1;

        /// <summary>Rate of rise in millimetres an hour, falling negative; 0 while there are fewer than three levels.</summary>
        public int RateMillimetresPerHour { get; private set; }

        /// <summary>Green, yellow (warning, also by the rate of rise) or red (alarm).</summary>
        public LevelState State { get; private set; }

        /// <summary>How far the pings of the last burst spread, from the first to the third quartile, in millimetres: the waves.</summary>
        public int SpreadMillimetres { get; private set; }

        /// <summary>How many pings of the last burst count.</summary>
        public int ValidPingCount { get; private set; }

        /// <summary>Counts levels that were measured since the start.</summary>
        public int MeasurementCount { get; private set; }

        /// <summary>When the level was measured, in milliseconds since start.</summary>
        public long MeasuredMs { get; private set; }

        /// <summary>How good level and rate are at a time.</summary>
        public Quality QualityAt(long nowMs)
        {
            if (_sensor == null || _isOff || MeasurementCount == 0)
            {
                return Quality.NotMeasured;
            }

            if (_failureCount >= FailuresUntilFault || nowMs - MeasuredMs > _gauge.IntervalSeconds * 3000L)
            {
                return Quality.Stale;
            }

            return _isTooNear ? Quality.OutOfRange : (_isSubstituted ? Quality.Substituted : Quality.Ok);
        }

        /// <summary>Asks for a burst at once, outside of the interval.</summary>
        public void MeasureNow(long nowMs)
        {
            if (_sensor != null && !_burst.IsRunning)
            {
                _nextBurstMs = nowMs;
                RestsUntilMs = nowMs;
            }
        }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _sensor != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            RestsUntilMs = nowMs;
            if (_sensor != null)
            {
                FollowSettings(nowMs);
            }

            Judge();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_settings.Revision != _revision)
            {
                FollowSettings(nowMs);
            }

            if (nowMs >= _nextBurstMs)
            {
                _nextBurstMs = Wake.Never;
                int centidegrees = SpeedOfSound.AirCentidegrees(_sensor!, _air, nowMs, _gauge.SubstituteCentidegrees, out _isSubstituted);
                _burst.Begin(nowMs, _gauge.PingCount, 0, WaterLevelSettings.MaximumMillimetres, centidegrees);
            }

            if (_burst.TryFinish(nowMs))
            {
                Finish(nowMs);
            }

            long burstMs = _burst.NextMs;
            RestsUntilMs = burstMs < _nextBurstMs ? burstMs : _nextBurstMs;
            return RestsUntilMs;
        }

        /// <summary>Follows the settings: measuring may begin or end, and above another zero what was measured says nothing.</summary>
        private void FollowSettings(long nowMs)
        {
            _revision = _settings.Revision;
            bool isOff = !_settings.Measurements.IsMeasured(MeasurementKind.WaterLevel);
            if (isOff != _isOff || _sensorHeight != _gauge.SensorHeightMillimetres)
            {
                _isOff = isOff;
                _sensorHeight = _gauge.SensorHeightMillimetres;
                Reset();
            }

            if (!_burst.IsRunning)
            {
                _nextBurstMs = _isOff ? Wake.Never : nowMs;
            }
        }

        private void Reset()
        {
            _burst.Cancel();
            _confirmation.Clear();
            _history.Clear();
            _failureCount = 0;
            _isRisingFast = false;
            _levelState = LevelState.Green;
            MeasurementCount = 0;
            LevelMillimetres = UnknownLevel;
            DistanceMillimetres = -1;
            RateMillimetresPerHour = 0;
            State = LevelState.Green;
            TellState();
            Judge();
        }

        private void Finish(long nowMs)
        {
            ValidPingCount = _burst.ValidCount;
            if (_burst.Outcome == BurstOutcome.Silent || _burst.Outcome == BurstOutcome.Blind)
            {
                Fail(nowMs);
                return;
            }

            _failureCount = 0;
            _isTooNear = _burst.Outcome == BurstOutcome.TooNear;
            DistanceMillimetres = _isTooNear ? _sensor!.BlindZoneMillimetres : _burst.MedianMillimetres;
            SpreadMillimetres = _isTooNear ? 0 : _burst.SpreadMillimetres;
            if (_gauge.SensorHeightMillimetres == 0)
            {
                MeasuredMs = nowMs;
                MeasurementCount++;
                _nextBurstMs = nowMs + (_gauge.IntervalSeconds * 1000L);
            }
            else
            {
                Consider(nowMs, _gauge.SensorHeightMillimetres - DistanceMillimetres);
            }

            Judge();
        }

        /// <summary>Believes a level, or asks for another burst.</summary>
        private void Consider(long nowMs, int level)
        {
            int change = level - LevelMillimetres;
            bool isRemarkable = NextState(level) != _levelState
                || (LevelMillimetres != UnknownLevel && (change > JumpMillimetres || change < -JumpMillimetres));
            if (_confirmation.TryBelieve(level, isRemarkable, AgreementMillimetres, LevelMillimetres))
            {
                Accept(nowMs, _confirmation.Believed);
            }
            else
            {
                _nextBurstMs = nowMs + (_confirmation.IsUndecided ? _gauge.RisingIntervalSeconds * 1000L : ConfirmAfterMs);
            }
        }

        private void Accept(long nowMs, int level)
        {
            bool isStep = LevelMillimetres != UnknownLevel && level - LevelMillimetres > RisingStepMillimetres;
            LevelMillimetres = level;
            MeasuredMs = nowMs;
            MeasurementCount++;
            if (!_isTooNear && _history.Add(nowMs, level))
            {
                RateMillimetresPerHour = _history.SlopePerDay() / HoursPerDay;
            }

            _levelState = NextState(level);
            JudgeRate();
            State = _isRisingFast && _levelState == LevelState.Green ? LevelState.Yellow : _levelState;
            TellState();
            bool isClose = isStep || State != LevelState.Green || RateMillimetresPerHour > RisingMillimetresPerHour;
            _nextBurstMs = nowMs + ((isClose ? _gauge.RisingIntervalSeconds : _gauge.IntervalSeconds) * 1000L);
        }

        /// <summary>A warning by the rate ends at half the rate: it wavers more than the level.</summary>
        private void JudgeRate()
        {
            int limit = _gauge.WarningRateMillimetresPerHour;
            _isRisingFast = limit > 0 && RateMillimetresPerHour >= (_isRisingFast ? limit / 2 : limit);
        }

        private LevelState NextState(int level)
        {
            int yellowFrom = _gauge.WarningMillimetres < _gauge.AlarmMillimetres ? _gauge.WarningMillimetres : _gauge.AlarmMillimetres;
            return Hysteresis.Next(_levelState, level, yellowFrom, _gauge.AlarmMillimetres, _gauge.HysteresisMillimetres);
        }

        private void Fail(long nowMs)
        {
            _confirmation.Clear();
            if (_failureCount < FailuresUntilFault)
            {
                _failureCount++;
            }

            bool isSoon = _failureCount < FailuresUntilFault || State != LevelState.Green;
            _nextBurstMs = nowMs + ((isSoon ? _gauge.RisingIntervalSeconds : _gauge.IntervalSeconds) * 1000L);
            Judge();
        }

        private void TellState()
        {
            int centimetres = LevelMillimetres == UnknownLevel ? 0 : LevelMillimetres / 10;
            _board.Set(AlarmKind.WaterWarning, State != LevelState.Green, HealthReason.None, centimetres);
            _board.Set(AlarmKind.WaterAlarm, State == LevelState.Red, HealthReason.None, centimetres);
        }

        private void Judge()
        {
            if (_sensor == null)
            {
                Health.SetNotFitted();
            }
            else if (_failureCount >= FailuresUntilFault)
            {
                Health.SetFailed(_burst.Outcome == BurstOutcome.Silent ? _burst.Reason : HealthReason.Implausible);
            }
            else if (!_isOff && _gauge.SensorHeightMillimetres == 0)
            {
                Health.SetDegraded(HealthReason.DefaultsInForce);
            }
            else
            {
                Health.SetOk();
            }

            _board.Set(AlarmKind.WaterLevelFault, Health.State == HealthState.Failed, Health.Reason, 0);
        }
    }
}
