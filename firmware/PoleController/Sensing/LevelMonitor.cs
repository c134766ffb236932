// What measuring a level with a ranging sensor has in common, whatever the level is of: when bursts of pings are asked for, what follows when they fail, how good the
// level is, when the sensor is given up. What a distance means, which level is believed and what it leads to is the container's and the water's; the pings are PingBurst's.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>The common part of the fill level and the water level.</summary>
    public abstract class LevelMonitor : Component
    {
        /// <summary>Value of a distance that is not known.</summary>
        public const int UnknownDistance = -1;

        /// <summary>Time from one burst to the one that confirms it, in milliseconds.</summary>
        public const int ConfirmAfterMs = 10000;

        /// <summary>How many bursts in a row must fail for the sensor to be given up.</summary>
        public const int FailuresUntilFault = 3;

        private const int StaleAfterIntervals = 3;

        private readonly IRangeSensor? _sensor;
        private readonly ControllerSettings _settings;
        private readonly IAirTemperature _air;
        private readonly PingBurst _burst;
        private bool _isSubstituted;
        private long _nextBurstMs;
        private int _failureCount;
        private bool _isOff;
        private int _revision;
        private int _shapeHash;

        /// <summary>Makes it.</summary>
        /// <param name="sensor">The ranging sensor; null when none is fitted.</param>
        /// <param name="settings">The settings.</param>
        /// <param name="air">The temperature of the air, for the speed of sound.</param>
        /// <param name="board">Where alarms are said.</param>
        /// <param name="pingSpacingMs">Time between two pings of a burst, in milliseconds.</param>
        protected LevelMonitor(IRangeSensor? sensor, ControllerSettings settings, IAirTemperature air, AlarmBoard board, int pingSpacingMs)
        {
            _sensor = sensor;
            _settings = settings;
            _air = air;
            Board = board;
            _burst = new PingBurst(sensor, pingSpacingMs);
        }

        /// <summary>Distance from the sensor to the surface in millimetres, corrected for temperature; <see cref="UnknownDistance"/>.</summary>
        public int DistanceMillimetres { get; private set; } = UnknownDistance;

        /// <summary>Green, yellow (warning) or red (alarm).</summary>
        public LevelState State { get; protected set; }

        /// <summary>How many pings of the last burst count.</summary>
        public int ValidPingCount { get; private set; }

        /// <summary>How far the pings of the last burst spread, from the first to the third quartile, in millimetres.</summary>
        public int SpreadMillimetres { get; private set; }

        /// <summary>Counts levels that were measured since the start.</summary>
        public int MeasurementCount { get; private set; }

        /// <summary>When the level was measured, in milliseconds since start.</summary>
        public long MeasuredMs { get; private set; }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _sensor != null; }
        }

        /// <summary>Where alarms are said.</summary>
        protected AlarmBoard Board { get; }

        /// <summary>What makes two bursts one level.</summary>
        protected Confirmation Confirmation { get; } = new Confirmation();

        /// <summary>Whether the last burst met something nearer than the sensor can measure.</summary>
        protected bool IsTooNear { get; private set; }

        /// <summary>What is measured, as the operator switches it.</summary>
        protected abstract MeasurementKind Kind { get; }

        /// <summary>The alarm of a sensor that is given up.</summary>
        protected abstract AlarmKind FaultKind { get; }

        /// <summary>Time between two levels while nothing happens, in seconds.</summary>
        protected abstract int IntervalSeconds { get; }

        /// <summary>Pings of a burst.</summary>
        protected abstract int PingCount { get; }

        /// <summary>The temperature that stands in for one that is not measured, in hundredths of a degree Celsius.</summary>
        protected abstract int SubstituteCentidegrees { get; }

        /// <summary>The farthest that a surface can be, in millimetres.</summary>
        protected abstract int FarthestMillimetres { get; }

        /// <summary>Whether it is known what a distance means; without that distances alone are measured.</summary>
        protected abstract bool IsPlaced { get; }

        /// <summary>Another one after the settings have changed means that what was measured says nothing any more.</summary>
        protected abstract int ShapeHash { get; }

        /// <summary>How good the level is at a time.</summary>
        public Quality QualityAt(long nowMs)
        {
            if (_sensor == null || _isOff || MeasurementCount == 0)
            {
                return Quality.NotMeasured;
            }

            if (_failureCount >= FailuresUntilFault || nowMs - MeasuredMs > IntervalSeconds * 1000L * StaleAfterIntervals)
            {
                return Quality.Stale;
            }

            return IsTooNear ? Quality.OutOfRange : (_isSubstituted ? Quality.Substituted : Quality.Ok);
        }

        /// <summary>Asks for a burst at once, outside of the interval: for a technician at the pole, or an operator.</summary>
        public void MeasureNow(long nowMs)
        {
            if (_sensor != null && !_burst.IsRunning)
            {
                _nextBurstMs = nowMs;
                RestsUntilMs = nowMs;
            }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
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
                int centidegrees = SpeedOfSound.AirCentidegrees(_sensor!, _air, nowMs, SubstituteCentidegrees, out _isSubstituted);
                _burst.Begin(nowMs, PingCount, 0, FarthestMillimetres, centidegrees);
            }

            if (_burst.TryFinish(nowMs))
            {
                Finish(nowMs);
            }

            RestsUntilMs = Wake.Earlier(_burst.NextMs, _nextBurstMs);
            return RestsUntilMs;
        }

        /// <summary>Asks for the next burst.</summary>
        protected void MeasureAt(long atMs)
        {
            _nextBurstMs = atMs;
        }

        /// <summary>Says that a level was measured.</summary>
        protected void CountMeasurement(long nowMs)
        {
            MeasuredMs = nowMs;
            MeasurementCount++;
        }

        /// <summary>Forgets what was made of the levels so far.</summary>
        protected abstract void Forget();

        /// <summary>Says on the alarm board how the level stands.</summary>
        protected abstract void TellState();

        /// <summary>Believes a distance, or asks for another burst.</summary>
        protected abstract void Consider(long nowMs, int distanceMillimetres);

        /// <summary>When a burst that failed is tried again, in seconds from then.</summary>
        /// <param name="isGivenUp">Whether the sensor is given up.</param>
        protected abstract int RetrySeconds(bool isGivenUp);

        /// <summary>Whether a burst that was answered is to be measured again before anything is made of it; then the next one has been asked for.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="spreadMillimetres">How far its pings spread; 0 for one that met something too near.</param>
        protected virtual bool IsToBeRepeated(long nowMs, int spreadMillimetres)
        {
            return false;
        }

        /// <summary>Follows the settings: measuring may begin or end, and in another place what was measured says nothing.</summary>
        private void FollowSettings(long nowMs)
        {
            _revision = _settings.Revision;
            bool isOff = !_settings.Measurements.IsMeasured(Kind);
            int shapeHash = ShapeHash;
            if (isOff != _isOff || shapeHash != _shapeHash)
            {
                _isOff = isOff;
                _shapeHash = shapeHash;
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
            Confirmation.Clear();
            _failureCount = 0;
            MeasurementCount = 0;
            DistanceMillimetres = UnknownDistance;
            State = LevelState.Green;
            Forget();
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
            bool isTooNear = _burst.Outcome == BurstOutcome.TooNear;
            int spread = isTooNear ? 0 : _burst.SpreadMillimetres;
            if (IsToBeRepeated(nowMs, spread))
            {
                return;
            }

            IsTooNear = isTooNear;
            DistanceMillimetres = isTooNear ? _sensor!.BlindZoneMillimetres : _burst.MedianMillimetres;
            SpreadMillimetres = spread;
            if (IsPlaced)
            {
                Consider(nowMs, DistanceMillimetres);
            }
            else
            {
                CountMeasurement(nowMs);
                MeasureAt(nowMs + (IntervalSeconds * 1000L));
            }

            Judge();
        }

        private void Fail(long nowMs)
        {
            Confirmation.Clear();
            if (_failureCount < FailuresUntilFault)
            {
                _failureCount++;
            }

            MeasureAt(nowMs + (RetrySeconds(_failureCount >= FailuresUntilFault) * 1000L));
            Judge();
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
            else if (!_isOff && !IsPlaced)
            {
                Health.SetDegraded(HealthReason.DefaultsInForce);
            }
            else
            {
                Health.SetOk();
            }

            Board.Set(FaultKind, Health.State == HealthState.Failed, Health.Reason, 0);
        }
    }
}
