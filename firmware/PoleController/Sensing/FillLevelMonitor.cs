// How full a container is: asks the ranging sensor for bursts of pings, makes a fill level of them, watches the thresholds, notices that it was emptied, and says
// when it will be full. The shape is ContainerGeometry's, the pings PingBurst's, the rate FillForecast's; who is told is Messages' business.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// The fill level. A burst that would change the state, jumps, or scatters is followed by a second ten seconds later and, when the two disagree, by a third; what two
    /// of them say counts. So a lid, a hand or foam changes nothing, and a crossing is told within one interval and half a minute.
    /// </summary>
    public sealed class FillLevelMonitor : Component
    {
        /// <summary>Value of a level or a distance that is not known.</summary>
        public const int Unknown = -1;

        /// <summary>Time from one burst to the one that confirms it, in milliseconds.</summary>
        public const int ConfirmAfterMs = 10000;

        /// <summary>A change by more than this has to be confirmed, in thousandths.</summary>
        public const int JumpPermille = 150;

        /// <summary>Two bursts that are no farther apart than this say the same, in thousandths.</summary>
        public const int AgreementPermille = 50;

        /// <summary>So far from a threshold bursts come at the shorter interval, in thousandths.</summary>
        public const int NearPermille = 100;

        /// <summary>How many bursts in a row must fail for the sensor to be given up.</summary>
        public const int FailuresUntilFault = 3;

        // A surface may lie a little deeper than the bottom was measured, and the part may be off by one percent.
        private const int BelowBottomMillimetres = 50;

        // Waste is rough: pings of one burst hit it a few centimetres apart. Farther apart they hit different things, such as a hand; three times running it is
        // the waste that is so.
        private const int ScatterMillimetres = 100;
        private const int MostScattered = 3;

        // Pings come as fast as the part gives them, but an echo of the last one must have died.
        private const int PingSpacingMs = 100;

        private readonly IRangeSensor? _sensor;
        private readonly ControllerSettings _settings;
        private readonly FillLevelSettings _container;
        private readonly AlarmBoard _board;
        private readonly IAirTemperature _air;
        private readonly PingBurst _burst;
        private readonly FillForecast _forecast = new FillForecast();
        private readonly Confirmation _confirmation = new Confirmation();
        private int _scatterCount;
        private bool _isTooNear;
        private bool _isSubstituted;
        private long _nextBurstMs;
        private long _measuredMs;
        private int _failureCount;
        private int _permille = Unknown;
        private bool _isOff;
        private int _revision;
        private int _shapeHash;

        /// <summary>Makes it. A null sensor means that none is fitted.</summary>
        public FillLevelMonitor(IRangeSensor? sensor, ControllerSettings settings, IAirTemperature air, AlarmBoard board)
        {
            _sensor = sensor;
            _settings = settings;
            _container = settings.FillLevel;
            _air = air;
            _board = board;
            _burst = new PingBurst(sensor, PingSpacingMs);
        }

        /// <summary>Fill level in thousandths of the volume, 0 to 1000; <see cref="Unknown"/>.</summary>
        public int FillPermille
        {
            get { return _permille; }
        }

        /// <summary>Fill level in percent, rounded; <see cref="Unknown"/>.</summary>
        public int FillPercent
        {
            get { return _permille < 0 ? Unknown : (_permille + 5) / 10; }
        }

        /// <summary>Distance from the sensor to the surface in millimetres, corrected for temperature; <see cref="Unknown"/>.</summary>
        public int DistanceMillimetres { get; private set; } = Unknown;

        /// <summary>Green, yellow or red.</summary>
        public LevelState State { get; private set; }

        /// <summary>How fast it fills, in thousandths a day; <see cref="Unknown"/>.</summary>
        public int RatePermillePerDay
        {
            get { return _forecast.RatePermillePerDay; }
        }

        /// <summary>Hours until it is full, 0 to 1,000; <see cref="Unknown"/>.</summary>
        public int HoursUntilFull
        {
            get { return _permille < 0 ? Unknown : _forecast.HoursUntilFull(_permille); }
        }

        /// <summary>How many pings of the last burst count.</summary>
        public int ValidPingCount { get; private set; }

        /// <summary>How far the pings of the last burst spread, from the first to the third quartile, in millimetres.</summary>
        public int SpreadMillimetres { get; private set; }

        /// <summary>How often the container was emptied since the start.</summary>
        public int EmptiedCount { get; private set; }

        /// <summary>Counts levels that were measured since the start.</summary>
        public int MeasurementCount { get; private set; }

        /// <summary>When the level was measured, in milliseconds since start.</summary>
        public long MeasuredMs
        {
            get { return _measuredMs; }
        }

        /// <summary>How good level and distance are at a time.</summary>
        public Quality QualityAt(long nowMs)
        {
            if (_sensor == null || _isOff || MeasurementCount == 0)
            {
                return Quality.NotMeasured;
            }

            if (_failureCount >= FailuresUntilFault || nowMs - _measuredMs > _container.IntervalSeconds * 3000L)
            {
                return Quality.Stale;
            }

            return _isTooNear ? Quality.OutOfRange : (_isSubstituted ? Quality.Substituted : Quality.Ok);
        }

        /// <summary>Asks for a burst at once, outside of the interval: for a technician at the pole, or an operator.</summary>
        public void MeasureNow(long nowMs)
        {
            if (!_burst.IsRunning)
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
                Begin(nowMs);
            }

            if (_burst.TryFinish(nowMs))
            {
                Finish(nowMs);
            }

            long burstMs = _burst.NextMs;
            RestsUntilMs = burstMs < _nextBurstMs ? burstMs : _nextBurstMs;
            return RestsUntilMs;
        }

        /// <summary>Follows the settings: measuring may begin or end, and in another container what was measured says nothing.</summary>
        private void FollowSettings(long nowMs)
        {
            _revision = _settings.Revision;
            bool isOff = !_settings.Measurements.IsMeasured(MeasurementKind.FillLevel);
            int shapeHash = _container.ShapeHash();
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
            _confirmation.Clear();
            _failureCount = 0;
            MeasurementCount = 0;
            _permille = Unknown;
            DistanceMillimetres = Unknown;
            State = LevelState.Green;
            _forecast.Reset();
            TellState();
            Judge();
        }

        private void Begin(long nowMs)
        {
            int centidegrees = SpeedOfSound.AirCentidegrees(_sensor!, _air, nowMs, _container.SubstituteCentidegrees, out _isSubstituted);
            int bottom = _container.EmptyDistanceMillimetres;
            int farthest = bottom > 0 ? bottom + (bottom / 50) + BelowBottomMillimetres : FillLevelSettings.MaximumDistanceMillimetres;
            _nextBurstMs = Wake.Never;
            _burst.Begin(nowMs, _container.PingCount, 0, farthest, centidegrees);
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
            bool isScattered = _burst.Outcome == BurstOutcome.Distance && _burst.SpreadMillimetres > ScatterMillimetres;
            if (isScattered && _scatterCount < MostScattered)
            {
                _scatterCount++;
                _nextBurstMs = nowMs + ConfirmAfterMs;
                return;
            }

            _isTooNear = _burst.Outcome == BurstOutcome.TooNear;
            DistanceMillimetres = _isTooNear ? _sensor!.BlindZoneMillimetres : _burst.MedianMillimetres;
            SpreadMillimetres = _isTooNear ? 0 : _burst.SpreadMillimetres;
            if (_container.EmptyDistanceMillimetres == 0)
            {
                _measuredMs = nowMs;
                MeasurementCount++;
                _nextBurstMs = nowMs + (_container.IntervalSeconds * 1000L);
            }
            else
            {
                Consider(nowMs, ContainerGeometry.FillPermille(_container, DistanceMillimetres));
            }

            Judge();
        }

        /// <summary>Believes a level, or asks for another burst.</summary>
        private void Consider(long nowMs, int permille)
        {
            if (_confirmation.TryBelieve(permille, NeedsConfirmation(permille), AgreementPermille, _permille))
            {
                Accept(nowMs, _confirmation.Believed);
            }
            else
            {
                _nextBurstMs = nowMs + (_confirmation.IsUndecided ? _container.NearIntervalSeconds * 1000L : ConfirmAfterMs);
            }
        }

        private bool NeedsConfirmation(int permille)
        {
            return _scatterCount > 0 || NextState(permille) != State || (_permille >= 0 && Distance(permille, _permille) > JumpPermille);
        }

        private void Accept(long nowMs, int permille)
        {
            if (_permille >= 0 && _permille - permille >= _container.EmptiedDropPercent * 10)
            {
                EmptiedCount++;
                _board.Notice(AlarmKind.ContainerEmptied, FillPercent);
                _forecast.Emptied(nowMs);
            }

            _permille = permille;
            _scatterCount = 0;
            _measuredMs = nowMs;
            MeasurementCount++;
            if (!_isTooNear)
            {
                _forecast.Add(nowMs, permille);
            }

            LevelState before = State;
            State = NextState(permille);
            if (State != before)
            {
                TellState();
            }

            _nextBurstMs = nowMs + (IsNearThreshold(permille) ? _container.NearIntervalSeconds : _container.IntervalSeconds) * 1000L;
        }

        private void Fail(long nowMs)
        {
            _confirmation.Clear();
            if (_failureCount < FailuresUntilFault)
            {
                _failureCount++;
            }

            int seconds = _failureCount < FailuresUntilFault ? _container.NearIntervalSeconds : _container.IntervalSeconds;
            _nextBurstMs = nowMs + (seconds * 1000L);
            Judge();
        }

        private LevelState NextState(int permille)
        {
            return Hysteresis.Next(State, permille, _container.WarningPercent * 10, _container.AlarmPercent * 10, _container.HysteresisPercent * 10);
        }

        private bool IsNearThreshold(int permille)
        {
            return Distance(permille, _container.WarningPercent * 10) < NearPermille || Distance(permille, _container.AlarmPercent * 10) < NearPermille;
        }

        private static int Distance(int a, int b)
        {
            return a < b ? b - a : a - b;
        }

        private void TellState()
        {
            int percent = _permille < 0 ? 0 : FillPercent;
            _board.Set(AlarmKind.FillLevelWarning, State != LevelState.Green, HealthReason.None, percent);
            _board.Set(AlarmKind.FillLevelAlarm, State == LevelState.Red, HealthReason.None, percent);
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
            else if (!_isOff && _container.EmptyDistanceMillimetres == 0)
            {
                Health.SetDegraded(HealthReason.DefaultsInForce);
            }
            else
            {
                Health.SetOk();
            }

            _board.Set(AlarmKind.FillLevelFault, Health.State == HealthState.Failed, Health.Reason, 0);
        }
    }
}
