// What the luminaire draws and has drawn: reads the meter, counts lamp hours, keeps them and the energy, and has the power judged. The
// judgement is LuminaireJudge's, the sum of the energy EnergyCounter's, the records' form LuminaireRecord's.
// Wear: the totals are written once an hour when they have changed and once more when the lamp goes dark, that at most four times an hour. A pole
// with a meter and one lit stretch a night writes 8,760 + 365 = 9,125 times a year, over two records; flash that bears 100,000 erasures of a block
// would bear that for 21 years if every write erased the same two blocks, which a wear-levelling file system does not do. A power cut
// loses an hour of totals at most.
using System;
using PoleController.Hal;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Metering: power, energy, lamp hours; lamp failure and day burner judged against the present level. An alarm stands while the meter is silent:
    /// silence proves nothing.
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

        private readonly ILuminaireMeter? _meter;
        private readonly LightingControl _lighting;
        private readonly ControllerSettings _settings;
        private readonly LuminaireRecord _record;
        private readonly LuminaireJudge _judge;
        private readonly EnergyCounter _energy = new EnergyCounter();
        private long _lastStepMs;
        private long _lampOnMs;
        private int _levelPermille;
        private long _levelChangedMs;
        private long _nextReadMs;
        private long _settledReadMs;
        private bool _isReading;
        private long _readStartMs;
        private int _sampleCount;
        private int _faultCount;
        private int _missCount;
        private bool _isImplausible;
        private bool _isRestored;
        private bool _isStoreFailed;
        private long _lastSaveMs;
        private long _nextSaveMs;

        /// <summary>Makes it. A null meter means none fitted: lamp hours are counted all the same. Lamp hours and energy are kept in the store.</summary>
        public LuminaireMonitor(ILuminaireMeter? meter, LightingControl lighting, ControllerSettings settings, IStore store)
        {
            _meter = meter;
            _lighting = lighting;
            _settings = settings;
            _record = new LuminaireRecord(store);
            _judge = new LuminaireJudge(settings);
            PowerMilliwatts = -1;
        }

        /// <summary>Last power read, mW; -1 when unknown.</summary>
        public int PowerMilliwatts { get; private set; }

        /// <summary>Energy since commissioning, Wh; survives restarts.</summary>
        public long EnergyWattHours
        {
            get { return _energy.TotalMilliwattHours / 1000; }
        }

        /// <summary>Seconds the lamp has been lit since commissioning; survives restarts.</summary>
        public long LampOnSeconds
        {
            get { return _lampOnMs / 1000; }
        }

        /// <summary>The lamp should be lit and draws too little.</summary>
        public bool IsLampFailure
        {
            get { return _judge.IsLampFailure; }
        }

        /// <summary>The lamp should be dark and draws power.</summary>
        public bool IsDayBurner
        {
            get { return _judge.IsDayBurner; }
        }

        /// <summary>Counts changes of the alarms above, so that the reporter can send one at once.</summary>
        public int AlarmChangeCount
        {
            get { return _judge.ChangeCount; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _lastStepMs = nowMs;
            _levelPermille = _lighting.LevelPermille;
            _levelChangedMs = nowMs;
            _nextReadMs = nowMs + ReadAfterChangeMs;
            _settledReadMs = Wake.Never;
            _lastSaveMs = nowMs;
            _nextSaveMs = nowMs + SaveIntervalMs;
            Restore();
            Assess();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_levelPermille > 0)
            {
                _lampOnMs += nowMs - _lastStepMs;
            }

            _lastStepMs = nowMs;
            int levelPermille = _lighting.LevelPermille;
            if (levelPermille != _levelPermille)
            {
                FollowLevel(nowMs, levelPermille);
            }

            long wakeMs = _meter == null ? Wake.Never : FollowMeter(nowMs, _meter);
            if (nowMs >= _nextSaveMs)
            {
                Save(nowMs);
            }

            return _nextSaveMs < wakeMs ? _nextSaveMs : wakeMs;
        }

        private void FollowLevel(long nowMs, int levelPermille)
        {
            bool isDark = levelPermille == 0;
            bool wasDark = _levelPermille == 0;
            _levelPermille = levelPermille;
            _levelChangedMs = nowMs;
            _settledReadMs = nowMs + ReadAfterChangeMs;
            if (isDark)
            {
                long saveMs = nowMs + SaveAfterDarkMs;
                if (saveMs < _lastSaveMs + SaveMinimumIntervalMs)
                {
                    saveMs = _lastSaveMs + SaveMinimumIntervalMs;
                }

                _nextSaveMs = saveMs < _nextSaveMs ? saveMs : _nextSaveMs;
            }
            else if (wasDark && _nextSaveMs == Wake.Never)
            {
                _nextSaveMs = nowMs + SaveIntervalMs;
            }
        }

        private long FollowMeter(long nowMs, ILuminaireMeter meter)
        {
            if (!_isReading && (nowMs >= _nextReadMs || nowMs >= _settledReadMs))
            {
                BeginRead(nowMs, meter);
            }

            if (_isReading)
            {
                long pollMs = Poll(nowMs, meter);
                if (_isReading)
                {
                    long lastMs = _readStartMs + ReadTimeoutMs;
                    return pollMs < lastMs ? pollMs : lastMs;
                }
            }

            return _nextReadMs < _settledReadMs ? _nextReadMs : _settledReadMs;
        }

        private void BeginRead(long nowMs, ILuminaireMeter meter)
        {
            _settledReadMs = Wake.Never;
            _nextReadMs = nowMs + ReadIntervalMs;
            _isReading = true;
            _readStartMs = nowMs;
            _sampleCount = meter.SampleCount;
            _faultCount = meter.LastFault.Count;
            meter.Request();
        }

        // Ends the reading when its sample or a fault has come, or when it takes too long.
        private long Poll(long nowMs, ILuminaireMeter meter)
        {
            try
            {
                long pollMs = meter.Poll(nowMs);
                if (meter.SampleCount != _sampleCount)
                {
                    EndRead(nowMs, meter.Reading);
                }
                else if (meter.LastFault.Count != _faultCount || nowMs - _readStartMs >= ReadTimeoutMs)
                {
                    EndRead(nowMs, null);
                }

                return pollMs;
            }
            catch (Exception)
            {
                // A meter that throws is a meter that does not answer; lamp hours go on being counted.
                EndRead(nowMs, null);
                return Wake.Never;
            }
        }

        private void EndRead(long nowMs, LuminaireReading? reading)
        {
            _isReading = false;
            _isImplausible = reading != null
                && (reading.PowerMilliwatts < 0 || reading.PowerMilliwatts > MaximumPowerMilliwatts || reading.EnergyMilliwattHours < 0);
            if (reading == null || _isImplausible)
            {
                Miss(nowMs);
            }
            else
            {
                _missCount = 0;
                PowerMilliwatts = reading.PowerMilliwatts;
                _isImplausible = !_energy.TryFollow(nowMs, reading.EnergyMilliwattHours);
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
                _judge.Judge(_levelPermille, PowerMilliwatts);
            }
        }

        private void Restore()
        {
            if (_record.TryLoad())
            {
                _isRestored = true;
                _lampOnMs += _record.LampOnSeconds * 1000;
                _energy.Restore(_record.EnergyMilliwattHours);
            }

            _isStoreFailed = !_isRestored;
        }

        private void Save(long nowMs)
        {
            _lastSaveMs = nowMs;
            if (!_isRestored)
            {
                // The totals so far count from this start only; they must not go over the ones that could not be read.
                Restore();
            }

            if (_isRestored && (_isStoreFailed || LampOnSeconds != _record.LampOnSeconds || _energy.TotalMilliwattHours != _record.EnergyMilliwattHours))
            {
                _isStoreFailed = !_record.TrySave(LampOnSeconds, _energy.TotalMilliwattHours);
            }

            bool mayChange = _meter != null || _levelPermille > 0 || _isStoreFailed;
            _nextSaveMs = mayChange ? nowMs + SaveIntervalMs : Wake.Never;
            Assess();
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
            else if (_isStoreFailed)
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
