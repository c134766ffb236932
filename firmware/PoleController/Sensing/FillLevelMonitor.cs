// How full a container is: makes a fill level of distances, watches the thresholds, notices that it was emptied, and says when it will be full. The bursts are
// LevelMonitor's, the shape ContainerGeometry's, the rate FillForecast's; who is told is Messages' business.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// The fill level. A burst that would change the state, jumps, or scatters is followed by a second ten seconds later and, when the two disagree, by a third; what two
    /// of them say counts. So a lid, a hand or foam changes nothing, and a crossing is told within one interval and half a minute.
    /// </summary>
    public sealed class FillLevelMonitor : LevelMonitor
    {
        /// <summary>Value of a level, a rate or a time that is not known.</summary>
        public const int Unknown = -1;

        /// <summary>A change by more than this has to be confirmed, in thousandths.</summary>
        public const int JumpPermille = 150;

        /// <summary>Two bursts that are no farther apart than this say the same, in thousandths.</summary>
        public const int AgreementPermille = 50;

        /// <summary>So far from a threshold bursts come at the shorter interval, in thousandths.</summary>
        public const int NearPermille = 100;

        // A surface may lie a little deeper than the bottom was measured, and the part may be off by one percent.
        private const int BelowBottomMillimetres = 50;

        // Waste is rough: pings of one burst hit it a few centimetres apart. Farther apart they hit different things, such as a hand; three times running it is
        // the waste that is so.
        private const int ScatterMillimetres = 100;
        private const int MostScattered = 3;

        // Pings come as fast as the part gives them, but an echo of the last one must have died.
        private const int PingSpacingMs = 100;

        private readonly FillLevelSettings _container;
        private readonly FillForecast _forecast = new FillForecast();
        private int _scatterCount;
        private int _permille = Unknown;

        /// <summary>Makes it. A null sensor means that none is fitted.</summary>
        public FillLevelMonitor(IRangeSensor? sensor, ControllerSettings settings, IAirTemperature air, AlarmBoard board)
            : base(sensor, settings, air, board, PingSpacingMs)
        {
            _container = settings.FillLevel;
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

        /// <summary>How often the container was emptied since the start.</summary>
        public int EmptiedCount { get; private set; }

        /// <inheritdoc/>
        protected override MeasurementKind Kind
        {
            get { return MeasurementKind.FillLevel; }
        }

        /// <inheritdoc/>
        protected override AlarmKind FaultKind
        {
            get { return AlarmKind.FillLevelFault; }
        }

        /// <inheritdoc/>
        protected override int IntervalSeconds
        {
            get { return _container.IntervalSeconds; }
        }

        /// <inheritdoc/>
        protected override int PingCount
        {
            get { return _container.PingCount; }
        }

        /// <inheritdoc/>
        protected override int SubstituteCentidegrees
        {
            get { return _container.SubstituteCentidegrees; }
        }

        /// <inheritdoc/>
        protected override int FarthestMillimetres
        {
            get
            {
                int bottom = _container.EmptyDistanceMillimetres;
                return bottom > 0 ? bottom + (bottom / 50) + BelowBottomMillimetres : FillLevelSettings.MaximumDistanceMillimetres;
            }
        }

        /// <inheritdoc/>
        protected override bool IsPlaced
        {
            get { return _container.EmptyDistanceMillimetres != 0; }
        }

        /// <inheritdoc/>
        protected override int ShapeHash
        {
            get { return _container.ShapeHash(); }
        }

        /// <inheritdoc/>
        protected override void Forget()
        {
            _permille = Unknown;
            _forecast.Reset();
        }

        /// <inheritdoc/>
        protected override bool IsToBeRepeated(long nowMs, int spreadMillimetres)
        {
            if (spreadMillimetres <= ScatterMillimetres || _scatterCount >= MostScattered)
            {
                return false;
            }

            _scatterCount++;
            MeasureAt(nowMs + ConfirmAfterMs);
            return true;
        }

        /// <inheritdoc/>
        protected override void Consider(long nowMs, int distanceMillimetres)
        {
            int permille = ContainerGeometry.FillPermille(_container, distanceMillimetres);
            if (Confirmation.TryBelieve(permille, NeedsConfirmation(permille), AgreementPermille, _permille))
            {
                Accept(nowMs, Confirmation.Believed);
            }
            else
            {
                MeasureAt(nowMs + (Confirmation.IsUndecided ? _container.NearIntervalSeconds * 1000L : ConfirmAfterMs));
            }
        }

        /// <inheritdoc/>
        protected override int RetrySeconds(bool isGivenUp)
        {
            return isGivenUp ? _container.IntervalSeconds : _container.NearIntervalSeconds;
        }

        /// <inheritdoc/>
        protected override void TellState()
        {
            int percent = _permille < 0 ? 0 : FillPercent;
            Board.Set(AlarmKind.FillLevelWarning, State != LevelState.Green, HealthReason.None, percent);
            Board.Set(AlarmKind.FillLevelAlarm, State == LevelState.Red, HealthReason.None, percent);
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
                Board.Notice(AlarmKind.ContainerEmptied, FillPercent);
                _forecast.Emptied(nowMs);
            }

            _permille = permille;
            _scatterCount = 0;
            CountMeasurement(nowMs);
            if (!IsTooNear)
            {
                _forecast.Add(nowMs, permille);
            }

            LevelState before = State;
            State = NextState(permille);
            if (State != before)
            {
                TellState();
            }

            MeasureAt(nowMs + ((IsNearThreshold(permille) ? _container.NearIntervalSeconds : _container.IntervalSeconds) * 1000L));
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
    }
}
