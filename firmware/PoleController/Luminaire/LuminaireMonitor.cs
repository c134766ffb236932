// What the luminaire draws and whether that can be right: has the meter read, the totals kept, the power judged, the light corrected. The judgement is
// LuminaireJudge's, the totals LuminaireTotals', the correction LightOutput's and Derating's; this file says when.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Metering and supervision: power, energy, lamp hours, what is wrong judged against what is put out; the correction of the light output. An alarm stands
    /// while the meter is silent: silence proves nothing. Where no meter is fitted, D4i gear stands in for it.
    /// </summary>
    public sealed class LuminaireMonitor : Component
    {
        /// <summary>Time between readings while nothing changes, in milliseconds.</summary>
        public const int ReadIntervalMs = 60000;

        /// <summary>Time from the last change of the level to a reading, in milliseconds: the control gear follows and the meter averages.</summary>
        public const int ReadAfterChangeMs = 5000;

        /// <summary>Time to the next try after a reading that failed, in milliseconds, until the meter is given up.</summary>
        public const int ReadRetryMs = 10000;

        /// <summary>How long a reading may take before it counts as failed, in milliseconds.</summary>
        public const int ReadTimeoutMs = 10000;

        /// <summary>How many failed readings in a row make the power unknown.</summary>
        public const int MissesUntilFailed = 3;

        /// <summary>How long the level must have been the same for a reading to be judged, in milliseconds.</summary>
        public const int SettledMs = 30000;

        /// <summary>Time between writes of the totals, in milliseconds.</summary>
        public const int SaveIntervalMs = 3600000;

        /// <summary>Shortest time between two writes, when the lamp goes dark again and again, in milliseconds.</summary>
        public const int SaveMinimumIntervalMs = 900000;

        /// <summary>Time from the lamp going dark to the write, in milliseconds: the reading after the change is in it.</summary>
        public const int SaveAfterDarkMs = 10000;

        /// <summary>The most a meter can say, in milliwatts (see <see cref="LuminaireReading"/>); also what bounds a plausible step of its energy counter.</summary>
        public const int MaximumPowerMilliwatts = 1000000;

        /// <summary>What a step of the energy counter may be above that bound, in milliwatt-hours: counters of a watt-hour step at once.</summary>
        public const int EnergyStepMilliwattHours = 1000;

        /// <summary>Time between two looks at temperatures and lamp hours for the light output, in milliseconds.</summary>
        public const int OutputIntervalMs = 60000;

        private readonly ILuminaireMeter? _meter;
        private readonly MeterReader? _reader;
        private readonly LightingControl _lighting;
        private readonly ControllerSettings _settings;
        private readonly LuminaireTotals _totals;
        private readonly LuminaireJudge _judge;
        private readonly Derating _derating;
        private readonly LightOutput _output;
        private IControlGear? _gear;
        private ICalibratedDimmer? _dimmer;
        private BoardMonitor? _board;
        private AlarmBoard? _alarms;
        private int _levelPermille;
        private int _factorPermille;
        private long _levelChangedMs;
        private long _nextReadMs;
        private long _settledReadMs;
        private long _nextOutputMs;
        private int _seenRevision = -1;
        private int _seenGearSamples;
        private int _seenFalls;
        private int _missCount;
        private bool _isImplausible;
        private bool _isGearLampFailed;
        private int _gearChanges;

        /// <summary>Makes it. A null meter means none fitted: lamp hours are counted all the same. The totals are kept in the store.</summary>
        public LuminaireMonitor(ILuminaireMeter? meter, LightingControl lighting, ControllerSettings settings, IStore store)
            : this(meter, lighting, settings, store, PoleHardware.DefaultControllerMilliwatts)
        {
        }

        /// <summary>Makes it for a board whose own power is known.</summary>
        /// <param name="meter">The meter; null when none is fitted.</param>
        /// <param name="lighting">The lamp.</param>
        /// <param name="settings">The settings.</param>
        /// <param name="store">Where the totals are kept.</param>
        /// <param name="controllerMilliwatts">What the controller itself draws from the mains, on average.</param>
        public LuminaireMonitor(ILuminaireMeter? meter, LightingControl lighting, ControllerSettings settings, IStore store, int controllerMilliwatts)
        {
            _meter = meter;
            _reader = meter == null ? null : new MeterReader(meter);
            _lighting = lighting;
            _settings = settings;
            _totals = new LuminaireTotals(store, controllerMilliwatts);
            _judge = new LuminaireJudge(settings);
            _derating = new Derating(settings);
            _output = new LightOutput(settings.LightOutput);
            PowerMilliwatts = -1;
        }

        /// <summary>Last power read, mW; -1 when unknown.</summary>
        public int PowerMilliwatts { get; private set; }

        /// <summary>Mains voltage at the last reading, mV; -1 when unknown.</summary>
        public int MainsMillivolts
        {
            get { return IsMetered ? _meter!.Reading.VoltageMillivolts : _gear != null ? _gear.SupplyMillivolts : -1; }
        }

        /// <summary>Current at the last reading, mA; -1 when unknown.</summary>
        public int CurrentMilliamperes
        {
            get { return IsMetered ? _meter!.Reading.CurrentMilliamperes : -1; }
        }

        /// <summary>Power factor at the last reading, in thousandths; -1 when unknown.</summary>
        public int PowerFactorPermille
        {
            get { return IsMetered ? _meter!.Reading.PowerFactorPermille : _gear != null ? _gear.PowerFactorPermille : -1; }
        }

        /// <summary>Energy since commissioning, Wh; survives restarts.</summary>
        public long EnergyWattHours
        {
            get { return _totals.Energy.TotalMilliwattHours / 1000; }
        }

        /// <summary>What the controller itself has drawn since commissioning, Wh, by the board's power budget; it is not in <see cref="EnergyWattHours"/>.</summary>
        public long ControllerEnergyWattHours
        {
            get { return _totals.ControllerMilliwattHours / 1000; }
        }

        /// <summary>Seconds the lamp has been lit since commissioning; survives restarts.</summary>
        public long LampOnSeconds
        {
            get { return _totals.LampOnSeconds; }
        }

        /// <summary>How often the lamp went from dark to lit since commissioning; survives restarts but for those since the last write.</summary>
        public int LampStarts
        {
            get { return _totals.LampStarts; }
        }

        /// <summary>What stands between the level that was decided and the dimmer.</summary>
        public LightOutput Output
        {
            get { return _output; }
        }

        /// <summary>What derating leaves of the light, in permille; 1000 when nothing is too hot.</summary>
        public int DeratingPermille
        {
            get { return _derating.Permille; }
        }

        /// <summary>Whether gear, lamp or board are, or were and are not cool again, too hot.</summary>
        public bool IsTooHot
        {
            get { return _derating.IsTooHot; }
        }

        /// <summary>The lamp should be lit and draws too little, or the gear says that it failed.</summary>
        public bool IsLampFailure
        {
            get { return _judge.IsLampFailure || _isGearLampFailed; }
        }

        /// <summary>The lamp should be dark and draws power.</summary>
        public bool IsDayBurner
        {
            get { return _judge.IsDayBurner; }
        }

        /// <summary>Counts changes of the two above, so that the reporter can send one at once; the others stand on the alarm board.</summary>
        public int AlarmChangeCount
        {
            get { return _judge.FailureChangeCount + _gearChanges; }
        }

        /// <summary>What is wrong with the luminaire by its power.</summary>
        public LuminaireJudge Judgement
        {
            get { return _judge; }
        }

        private bool IsMetered
        {
            get { return _meter != null && PowerMilliwatts >= 0; }
        }

        /// <summary>Joins the rest of the pole, once, before the start.</summary>
        /// <param name="gear">Control gear that can be asked; null when none is fitted.</param>
        /// <param name="dimmer">A dimmer that is calibrated; null when it is not such a one.</param>
        /// <param name="board">The board's supply and temperature.</param>
        /// <param name="alarms">Where alarms are told.</param>
        public void Join(IControlGear? gear, ICalibratedDimmer? dimmer, BoardMonitor board, AlarmBoard alarms)
        {
            _gear = gear;
            _dimmer = dimmer;
            _board = board;
            _alarms = alarms;
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _levelPermille = _lighting.LevelPermille;
            _levelChangedMs = nowMs;
            _nextReadMs = nowMs + ReadAfterChangeMs;
            _settledReadMs = Wake.Never;
            _totals.Start(nowMs, _levelPermille > 0);
            CorrectOutput(nowMs);
            _factorPermille = _output.FactorPermille;
            Assess();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            _totals.Advance(nowMs, _levelPermille > 0);
            bool isCorrected = (nowMs >= _nextOutputMs || _settings.Revision != _seenRevision) && CorrectOutput(nowMs);
            int levelPermille = _lighting.LevelPermille;
            if (levelPermille != _levelPermille || _factorPermille != _output.FactorPermille)
            {
                FollowLevel(nowMs, levelPermille);
            }

            long wakeMs = _reader != null ? FollowMeter(nowMs, _reader) : Wake.Never;
            if (_gear != null)
            {
                FollowGear(nowMs, _gear);
            }

            bool isFalling = _board != null && _board.FallCount != _seenFalls;
            if (nowMs >= _totals.NextSaveMs || isFalling)
            {
                _seenFalls = _board == null ? 0 : _board.FallCount;
                _totals.Save(nowMs, _meter != null || _gear != null || _levelPermille > 0);
                Assess();
            }

            wakeMs = _totals.NextSaveMs < wakeMs ? _totals.NextSaveMs : wakeMs;
            wakeMs = _nextOutputMs < wakeMs ? _nextOutputMs : wakeMs;
            return isCorrected ? nowMs : wakeMs;
        }

        private void FollowLevel(long nowMs, int levelPermille)
        {
            bool isDark = levelPermille == 0;
            bool wasDark = _levelPermille == 0;
            _levelPermille = levelPermille;
            _factorPermille = _output.FactorPermille;
            _levelChangedMs = nowMs;
            _settledReadMs = nowMs + ReadAfterChangeMs;
            if (isDark && !wasDark)
            {
                _totals.NoteDark(nowMs);
            }
            else if (wasDark && !isDark)
            {
                _totals.NoteLit(nowMs);
            }
        }

        private long FollowMeter(long nowMs, MeterReader reader)
        {
            if (!reader.IsReading && (nowMs >= _nextReadMs || nowMs >= _settledReadMs))
            {
                _settledReadMs = Wake.Never;
                _nextReadMs = Wake.AtNext(nowMs, ReadIntervalMs);
                reader.Begin(nowMs);
            }

            if (reader.IsReading)
            {
                MeterOutcome outcome = reader.Poll(nowMs);
                if (outcome == MeterOutcome.None)
                {
                    return reader.WakeMs;
                }

                LuminaireReading? reading = outcome == MeterOutcome.Sample ? _meter!.Reading : null;
                bool isSample = reading != null && reading.EnergyMilliwattHours >= 0;
                TakeReading(nowMs, isSample, reading == null ? -1 : reading.PowerMilliwatts, reading == null ? 0 : reading.EnergyMilliwattHours, reading != null);
            }

            return _nextReadMs < _settledReadMs ? _nextReadMs : _settledReadMs;
        }

        private void FollowGear(long nowMs, IControlGear gear)
        {
            if (gear.IsLampFailed != _isGearLampFailed)
            {
                _isGearLampFailed = gear.IsLampFailed;
                _gearChanges++;
                TellAlarms();
            }

            if (gear.SampleCount == _seenGearSamples)
            {
                return;
            }

            _seenGearSamples = gear.SampleCount;
            if (_meter == null && gear.PowerMilliwatts >= 0 && gear.EnergyWattHours >= 0)
            {
                TakeReading(nowMs, true, gear.PowerMilliwatts, gear.EnergyWattHours * 1000, true);
            }

            TellAlarms();
        }

        private void TakeReading(long nowMs, bool isSample, int powerMilliwatts, long energyMilliwattHours, bool isAnswer)
        {
            _isImplausible = isAnswer && (!isSample || powerMilliwatts < 0 || powerMilliwatts > MaximumPowerMilliwatts);
            if (!isAnswer || _isImplausible)
            {
                Miss(nowMs);
            }
            else
            {
                _missCount = 0;
                PowerMilliwatts = powerMilliwatts;
                _isImplausible = !_totals.Energy.TryFollow(nowMs, energyMilliwattHours);
                Judge(nowMs);
            }

            Assess();
        }

        private void Miss(long nowMs)
        {
            if (_missCount < MissesUntilFailed)
            {
                _missCount++;
            }

            if (_missCount < MissesUntilFailed)
            {
                _nextReadMs = nowMs + ReadRetryMs;
            }
            else
            {
                PowerMilliwatts = -1;
            }
        }

        private void Judge(long nowMs)
        {
            if (_settings.LuminaireFullPowerMilliwatts <= 0)
            {
                _judge.Withdraw();
            }
            else if (!_lighting.IsOutputFailed && nowMs - _levelChangedMs > SettledMs)
            {
                _judge.Judge(nowMs, _output.OutputPermille(_levelPermille), PowerMilliwatts, _lighting.IsFed);
            }

            _lighting.IsRelayWelded = _judge.IsRelayWelded;
            TellAlarms();
        }

        /// <summary>Looks at the temperatures, works the correction out anew, and hands a changed calibration on.</summary>
        /// <returns>Whether the level has to be put out anew.</returns>
        private bool CorrectOutput(long nowMs)
        {
            if (_settings.Revision != _seenRevision)
            {
                _seenRevision = _settings.Revision;
                Calibrate();
            }

            int gearDegrees = _gear != null ? _gear.GearTemperatureDegrees : Derating.Unknown;
            int lampDegrees = _gear != null ? _gear.LampTemperatureDegrees : Derating.Unknown;
            int boardDegrees = _board != null ? _board.Degrees : Derating.Unknown;
            _derating.Update(nowMs, gearDegrees, lampDegrees, boardDegrees, _gear != null && _gear.IsDerating);
            bool isChanged = _output.Update(LampOnSeconds / 3600, _derating.Permille);
            LightOutputSettings output = _settings.LightOutput;
            bool isDue = _gear != null || (_board != null && _board.HasThermometer) || _derating.Permille < 1000 || output.PointCount > 0
                || output.CleaningAllowancePermille > 0;
            _nextOutputMs = isDue ? Wake.AtNext(nowMs, OutputIntervalMs) : Wake.Never;
            if (_alarms != null)
            {
                _alarms.Set(AlarmKind.OverTemperature, _derating.IsTooHot, HealthReason.None, _derating.IsTooHot ? _derating.HottestDegrees : 0);
            }

            if (isChanged)
            {
                _lighting.OnCorrectionChanged();
            }

            return isChanged;
        }

        private void Calibrate()
        {
            if (_dimmer == null)
            {
                return;
            }

            DimmerCalibrationSettings calibration = _settings.DimmerCalibration;
            try
            {
                _dimmer.SetCalibration(calibration.PointLevelPermille, calibration.PointDutyTenThousandths, calibration.PointCount);
            }
            catch (Exception)
            {
                // A dimmer that throws is one that refuses; the lamp's next level tries it again.
                _seenRevision = _settings.Revision;
            }
        }

        private void TellAlarms()
        {
            if (_alarms == null)
            {
                return;
            }

            _alarms.Set(AlarmKind.GearFailure, _judge.IsGearFailure || (_gear != null && _gear.IsGearFailed), HealthReason.None, 0);
            _alarms.Set(AlarmKind.UnexpectedOff, _judge.IsUnexpectedOff, HealthReason.None, 0);
            _alarms.Set(AlarmKind.Cycling, _judge.IsCycling, HealthReason.None, _judge.CyclesPerHour);
            _alarms.Set(AlarmKind.PowerTooHigh, _judge.IsPowerTooHigh, HealthReason.None, _judge.PercentOfExpected);
            _alarms.Set(AlarmKind.PowerTooLow, _judge.IsPowerTooLow, HealthReason.None, _judge.PercentOfExpected);
        }

        private void Assess()
        {
            if (_missCount >= MissesUntilFailed)
            {
                Health.SetFailed(_isImplausible ? HealthReason.Implausible : HealthReason.NoAnswer);
            }
            else if (_isImplausible)
            {
                Health.SetDegraded(HealthReason.Implausible);
            }
            else if (_totals.IsStoreFailed)
            {
                Health.SetDegraded(HealthReason.StoreFailed);
            }
            else if (_meter == null)
            {
                Health.SetNotFitted();
            }
            else
            {
                Health.SetOk();
            }
        }
    }
}
