// The level of a water above its gauge zero: makes a level of distances, watches two thresholds and the rate of rise, and looks more often while the water rises. The
// bursts are LevelMonitor's, the rate TrendHistory's; who is told is Messages' business.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// The water level. Waves fall out in the median of a burst that lasts several seconds; what drifts by falls out because a burst that would change the state
    /// has to be confirmed by a second or a third. The spread of a burst is that of the waves, the state is yellow also by the rate of rise.
    /// </summary>
    public sealed class WaterLevelMonitor : LevelMonitor
    {
        /// <summary>Value of a level that is not known, in millimetres.</summary>
        public const int UnknownLevel = -1000000;

        /// <summary>A change by more than this has to be confirmed, in millimetres.</summary>
        public const int JumpMillimetres = 300;

        /// <summary>Two bursts that are no farther apart than this say the same, in millimetres.</summary>
        public const int AgreementMillimetres = 150;

        /// <summary>A rise by more than this counts as rising, in millimetres an hour: more than waves leave over in the rate.</summary>
        public const int RisingMillimetresPerHour = 60;

        /// <summary>A rise from one level to the next by more than this is looked at more closely, in millimetres.</summary>
        public const int RisingStepMillimetres = 15;

        // Nine pings a burst last 5.6 s: longer than the period of the waves that wind makes on a river (2 to 4 s).
        private const int PingSpacingMs = 700;

        // Eight levels, one every two minutes at most: the slope of the last quarter of an hour while the water rises, of more while nothing happens.
        private const int HistoryLength = 8;
        private const int HistorySpacingSeconds = 120;
        private const int HoursPerDay = 24;

        private readonly WaterLevelSettings _gauge;
        private readonly TrendHistory _history = new TrendHistory(HistoryLength, HistorySpacingSeconds);
        private bool _isRisingFast;
        private LevelState _levelState;

        /// <summary>Makes it. A null sensor means that none is fitted.</summary>
        public WaterLevelMonitor(IRangeSensor? sensor, ControllerSettings settings, IAirTemperature air, AlarmBoard board)
            : base(sensor, settings, air, board, PingSpacingMs)
        {
            _gauge = settings.WaterLevel;
        }

        /// <summary>Level above gauge zero in millimetres, below it negative; <see cref="UnknownLevel"/>.</summary>
        public int LevelMillimetres { get; private set; } = UnknownLevel;

        /// <summary>Rate of rise in millimetres an hour, falling negative; 0 while there are fewer than three levels.</summary>
        public int RateMillimetresPerHour { get; private set; }

        /// <inheritdoc/>
        protected override MeasurementKind Kind
        {
            get { return MeasurementKind.WaterLevel; }
        }

        /// <inheritdoc/>
        protected override AlarmKind FaultKind
        {
            get { return AlarmKind.WaterLevelFault; }
        }

        /// <inheritdoc/>
        protected override int IntervalSeconds
        {
            get { return _gauge.IntervalSeconds; }
        }

        /// <inheritdoc/>
        protected override int PingCount
        {
            get { return _gauge.PingCount; }
        }

        /// <inheritdoc/>
        protected override int SubstituteCentidegrees
        {
            get { return _gauge.SubstituteCentidegrees; }
        }

        /// <inheritdoc/>
        protected override int FarthestMillimetres
        {
            get { return WaterLevelSettings.MaximumMillimetres; }
        }

        /// <inheritdoc/>
        protected override bool IsPlaced
        {
            get { return _gauge.SensorHeightMillimetres != 0; }
        }

        /// <summary>The height above gauge zero: above another zero what was measured says nothing.</summary>
        protected override int ShapeHash
        {
            get { return _gauge.SensorHeightMillimetres; }
        }

        /// <inheritdoc/>
        protected override void Forget()
        {
            _history.Clear();
            _isRisingFast = false;
            _levelState = LevelState.Green;
            LevelMillimetres = UnknownLevel;
            RateMillimetresPerHour = 0;
        }

        /// <inheritdoc/>
        protected override void Consider(long nowMs, int distanceMillimetres)
        {
            int level = _gauge.SensorHeightMillimetres - distanceMillimetres;
            int change = level - LevelMillimetres;
            bool isRemarkable = NextState(level) != _levelState
                || (LevelMillimetres != UnknownLevel && (change > JumpMillimetres || change < -JumpMillimetres));
            if (Confirmation.TryBelieve(level, isRemarkable, AgreementMillimetres, LevelMillimetres))
            {
                Accept(nowMs, Confirmation.Believed);
            }
            else
            {
                MeasureAt(nowMs + (Confirmation.IsUndecided ? _gauge.RisingIntervalSeconds * 1000L : ConfirmAfterMs));
            }
        }

        /// <inheritdoc/>
        protected override int RetrySeconds(bool isGivenUp)
        {
            return isGivenUp && State == LevelState.Green ? _gauge.IntervalSeconds : _gauge.RisingIntervalSeconds;
        }

        /// <inheritdoc/>
        protected override void TellState()
        {
            int centimetres = LevelMillimetres == UnknownLevel ? 0 : LevelMillimetres / 10;
            Board.Set(AlarmKind.WaterWarning, State != LevelState.Green, HealthReason.None, centimetres);
            Board.Set(AlarmKind.WaterAlarm, State == LevelState.Red, HealthReason.None, centimetres);
        }

        private void Accept(long nowMs, int level)
        {
            bool isStep = LevelMillimetres != UnknownLevel && level - LevelMillimetres > RisingStepMillimetres;
            LevelMillimetres = level;
            CountMeasurement(nowMs);
            if (!IsTooNear && _history.Add(nowMs, level))
            {
                RateMillimetresPerHour = _history.SlopePerDay() / HoursPerDay;
            }

            _levelState = NextState(level);
            JudgeRate();
            State = _isRisingFast && _levelState == LevelState.Green ? LevelState.Yellow : _levelState;
            TellState();
            bool isClose = isStep || State != LevelState.Green || RateMillimetresPerHour > RisingMillimetresPerHour;
            MeasureAt(nowMs + ((isClose ? _gauge.RisingIntervalSeconds : _gauge.IntervalSeconds) * 1000L));
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
    }
}
