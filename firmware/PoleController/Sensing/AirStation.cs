// The air station: asks its sensors each at its interval, hands what one needs of another, corrects, makes hourly means and judges them. What values mean is
// AirValues', the means HourlyMeans', the correction HumidityCorrection's; who is told is Messages' business.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Sensing
{
    /// <summary>Particulates, temperature, humidity, pressure, carbon dioxide, VOC and NOx, each value with its quality.</summary>
    public sealed class AirStation : Component, IAirTemperature
    {
        // Fans and optics settle for half a minute, carbon dioxide takes five seconds and a retry, conditioning of the gas sensor ten.
        private const int ParticulatesPatienceMs = 120000;
        private const int ClimatePatienceMs = 10000;
        private const int CarbonDioxidePatienceMs = 60000;
        private const int GasPatienceMs = 30000;
        private const int GasGapMs = 600000;
        private const int MsPerHour = 3600000;
        private const int UsualCentidegrees = 2500;
        private const int UsualHumidityPermille = 500;

        private readonly ControllerSettings _settings;
        private readonly PoleClock _clock;
        private readonly AlarmBoard _board;
        private readonly IParticulateSensor? _particulateSensor;
        private readonly IClimateSensor? _climateSensor;
        private readonly ICarbonDioxideSensor? _carbonDioxideSensor;
        private readonly IGasSensor? _gasSensor;
        private readonly GasIndex? _vocIndex;
        private readonly GasIndex? _noxIndex;
        private readonly ScheduledSensor _particulates;
        private readonly ScheduledSensor _climate;
        private readonly ScheduledSensor _carbonDioxide;
        private readonly ScheduledSensor _gas;
        private readonly AirValues _values = new AirValues();
        private readonly HourlyMeans _means = new HourlyMeans();
        private int _revision;
        private long _hour;
        private bool _hasHour;
        private int _partHumidityPermille = -1;
        private int _gasIndexSeconds;
        private long _gasMs;

        /// <summary>Makes it. What is null is not fitted.</summary>
        public AirStation(PoleHardware hardware, ControllerSettings settings, PoleClock clock, AlarmBoard board)
        {
            _settings = settings;
            _clock = clock;
            _board = board;
            _particulateSensor = hardware.Particulates;
            _climateSensor = hardware.Climate;
            _carbonDioxideSensor = hardware.CarbonDioxide;
            _gasSensor = hardware.Gas;
            _particulates = new ScheduledSensor(_particulateSensor, ParticulatesPatienceMs);
            _climate = new ScheduledSensor(_climateSensor, ClimatePatienceMs);
            _carbonDioxide = new ScheduledSensor(_carbonDioxideSensor, CarbonDioxidePatienceMs);
            _gas = new ScheduledSensor(_gasSensor, GasPatienceMs);
            if (_gasSensor != null)
            {
                _vocIndex = new GasIndex(false, settings.Air.GasIntervalSeconds);
                _noxIndex = new GasIndex(true, settings.Air.GasIntervalSeconds);
                _gasIndexSeconds = settings.Air.GasIntervalSeconds;
            }

        }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _particulates.Reader.IsFitted || _climate.Reader.IsFitted || _carbonDioxide.Reader.IsFitted || _gas.Reader.IsFitted; }
        }

        /// <summary>The means of the last whole clock hour.</summary>
        public HourlyMeans Means
        {
            get { return _means; }
        }

        /// <summary>Counts whole hours since the start.</summary>
        public int HourCount { get; private set; }

        /// <summary>Class of the last hour, 0 (very good) to 4 (very poor); <see cref="AirIndex.Unknown"/>.</summary>
        public int IndexClass { get; private set; } = AirIndex.Unknown;

        /// <summary>Samples of particulates since the start.</summary>
        public int ParticulatesSampleCount
        {
            get { return _particulates.SampleCount; }
        }

        /// <summary>The last value of a quantity, rounded to what means something, in the unit of <see cref="AirQuantity"/>; <see cref="AirValues.Unknown"/>.</summary>
        public int Value(AirQuantity quantity)
        {
            return _values.Value(quantity);
        }

        /// <summary>How good that value is at a time.</summary>
        public Quality QualityAt(AirQuantity quantity, long nowMs)
        {
            ScheduledSensor sensor = SensorOf(quantity);
            if (!sensor.Reader.IsFitted || !sensor.IsOn)
            {
                return Quality.NotMeasured;
            }

            if (sensor.SampleCount == 0)
            {
                return sensor.Reader.IsWarmingUp ? Quality.WarmingUp : Quality.NotMeasured;
            }

            Quality quality = _values.Quality(quantity);
            return quality != Quality.NotMeasured && sensor.IsStale(nowMs) ? Quality.Stale : quality;
        }

        /// <inheritdoc/>
        public bool TryGetTemperature(long nowMs, out int centidegrees)
        {
            centidegrees = _values.Exact(AirQuantity.Temperature);
            return QualityAt(AirQuantity.Temperature, nowMs) == Quality.Ok;
        }

        /// <summary>Asks all sensors at once, outside of their intervals.</summary>
        public void MeasureNow(long nowMs)
        {
            _particulates.AskAt(nowMs);
            _climate.AskAt(nowMs);
            _carbonDioxide.AskAt(nowMs);
            _gas.AskAt(nowMs);
            RestsUntilMs = nowMs;
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            if (IsFitted)
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

            FollowHour(nowMs);
            Measure(nowMs);
            Judge();
            RestsUntilMs = NextMs();
            return RestsUntilMs;
        }

        private void Measure(long nowMs)
        {
            // The climate first: the others need it.
            if (_climate.TryTake(nowMs))
            {
                TakeClimate(nowMs);
            }

            if (_carbonDioxide.TryTake(nowMs))
            {
                TakeCarbonDioxide(nowMs);
            }

            if (_particulates.TryTake(nowMs))
            {
                TakeParticulates(nowMs);
            }

            if (_gas.TryTake(nowMs))
            {
                TakeGas(nowMs);
            }
        }

        private void FollowSettings(long nowMs)
        {
            _revision = _settings.Revision;
            AirSettings air = _settings.Air;
            MeasurementSettings measured = _settings.Measurements;
            bool isGas = measured.IsMeasured(MeasurementKind.Gas);
            _particulates.SetInterval(nowMs, measured.IsMeasured(MeasurementKind.Particulates) ? air.ParticulatesIntervalSeconds : 0);
            _climate.SetInterval(nowMs, measured.IsMeasured(MeasurementKind.Climate) ? air.ClimateIntervalSeconds : 0);
            _carbonDioxide.SetInterval(nowMs, isGas ? air.CarbonDioxideIntervalSeconds : 0);
            _gas.SetInterval(nowMs, isGas ? air.GasIntervalSeconds : 0);
            for (int i = 0; i < AirValues.QuantityCount; i++)
            {
                if (!SensorOf((AirQuantity)i).IsOn)
                {
                    _values.Forget((AirQuantity)i);
                }
            }
        }

        private ScheduledSensor SensorOf(AirQuantity quantity)
        {
            switch (quantity)
            {
                case AirQuantity.Temperature:
                case AirQuantity.Humidity:
                case AirQuantity.Pressure:
                    return _climate;
                case AirQuantity.CarbonDioxide:
                    return _carbonDioxide;
                case AirQuantity.VocIndex:
                case AirQuantity.NoxIndex:
                    return _gas;
                default:
                    return _particulates;
            }
        }

        private void TakeClimate(long nowMs)
        {
            Take(AirQuantity.Temperature, _climateSensor!.TemperatureCentidegrees, -4000, 8500, Quality.Ok, nowMs);
            Take(AirQuantity.Humidity, _climateSensor.HumidityPermille, 0, 1000, Quality.Ok, nowMs);
            int pascals = _climateSensor.PressurePascals;
            if (pascals >= 0 && Take(AirQuantity.Pressure, pascals, 30000, 110000, Quality.Ok, nowMs) && _carbonDioxideSensor != null && pascals >= 70000)
            {
                _carbonDioxideSensor.SetPressure(pascals);
            }

            if (_gasSensor != null)
            {
                bool isKnown = _values.Quality(AirQuantity.Temperature) == Quality.Ok && _values.Quality(AirQuantity.Humidity) == Quality.Ok;
                _gasSensor.SetCompensation(
                    isKnown ? _values.Exact(AirQuantity.Temperature) : UsualCentidegrees, isKnown ? _values.Exact(AirQuantity.Humidity) : UsualHumidityPermille);
            }
        }

        private void TakeCarbonDioxide(long nowMs)
        {
            // Outdoor air never has less than 350 ppm; the part ends at 40,000. Without a pressure the part computes with that of the sea.
            bool hasPressure = QualityAt(AirQuantity.Pressure, nowMs) == Quality.Ok;
            Take(AirQuantity.CarbonDioxide, _carbonDioxideSensor!.CarbonDioxidePpm, 350, 40000, hasPressure ? Quality.Ok : Quality.Substituted, nowMs);
            _partHumidityPermille = _carbonDioxideSensor.HumidityPermille;
        }

        private void TakeParticulates(long nowMs)
        {
            bool isMeasured = QualityAt(AirQuantity.Humidity, nowMs) == Quality.Ok;
            int humidity = isMeasured ? _values.Exact(AirQuantity.Humidity) : (_carbonDioxide.IsOn && !_carbonDioxide.IsStale(nowMs) ? _partHumidityPermille : -1);
            Quality raw = humidity >= _settings.Air.HumidFromPermille ? Quality.Humid : Quality.Ok;
            int maximum = _particulateSensor!.MaximumDecimicrogramsPerCubicMetre;
            int pm25 = _particulateSensor.Pm25DecimicrogramsPerCubicMetre;
            int pm10 = _particulateSensor.Pm10DecimicrogramsPerCubicMetre;
            TakeFraction(AirQuantity.Pm1, _particulateSensor.Pm1DecimicrogramsPerCubicMetre, maximum, raw, nowMs);
            TakeFraction(AirQuantity.Pm25, pm25, maximum, raw, nowMs);
            TakeFraction(AirQuantity.Pm4, _particulateSensor.Pm4DecimicrogramsPerCubicMetre, maximum, raw, nowMs);
            TakeFraction(AirQuantity.Pm10, pm10, maximum, raw, nowMs);
            if (humidity < 0)
            {
                _values.Forget(AirQuantity.Pm25Corrected);
                _values.Forget(AirQuantity.Pm10Corrected);
                return;
            }

            Quality corrected = raw == Quality.Humid ? Quality.Humid : (isMeasured ? Quality.Ok : Quality.Substituted);
            int growth = HumidityCorrection.GrowthPermille(humidity, _settings.Air.KappaPermille);
            TakeFraction(AirQuantity.Pm25Corrected, pm25 < 0 ? pm25 : HumidityCorrection.Dry(pm25, growth), maximum, corrected, nowMs);
            TakeFraction(AirQuantity.Pm10Corrected, pm10 < 0 ? pm10 : HumidityCorrection.Dry(pm10, growth), maximum, corrected, nowMs);
        }

        private void TakeFraction(AirQuantity quantity, int value, int maximum, Quality quality, long nowMs)
        {
            if (value >= 0)
            {
                Take(quantity, value, 0, maximum, quality, nowMs);
            }
        }

        private void TakeGas(long nowMs)
        {
            if (_gasIndexSeconds != _settings.Air.GasIntervalSeconds || _gas.ElapsedSeconds > _gasIndexSeconds + (_gasIndexSeconds / 4) + 1)
            {
                FollowGasGap(nowMs);
            }

            _gasMs = nowMs;
            bool hasClimate = QualityAt(AirQuantity.Humidity, nowMs) == Quality.Ok;
            TakeIndex(AirQuantity.VocIndex, _vocIndex!, _gasSensor!.VocTicks, hasClimate, nowMs);
            TakeIndex(AirQuantity.NoxIndex, _noxIndex!, _gasSensor.NoxTicks, hasClimate, nowMs);
        }

        /// <summary>After another interval, or more than ten minutes without a signal, what the indices have learnt does not count any more.</summary>
        private void FollowGasGap(long nowMs)
        {
            if (_gasIndexSeconds != _settings.Air.GasIntervalSeconds)
            {
                _gasIndexSeconds = _settings.Air.GasIntervalSeconds;
                _vocIndex!.SetInterval(_gasIndexSeconds);
                _noxIndex!.SetInterval(_gasIndexSeconds);
            }
            else if (nowMs - _gasMs > GasGapMs)
            {
                _vocIndex!.Reset();
                _noxIndex!.Reset();
            }
        }

        private void TakeIndex(AirQuantity quantity, GasIndex index, int ticks, bool hasClimate, long nowMs)
        {
            if (ticks >= 0)
            {
                index.Add(ticks);
                Quality quality = index.Index > 0 && index.IsLearnt ? (hasClimate ? Quality.Ok : Quality.Substituted) : Quality.WarmingUp;
                Take(quantity, index.Index, 0, GasIndex.Maximum, quality, nowMs);
            }
        }

        /// <summary>Takes a value, and adds it to the hour when it is believed.</summary>
        private bool Take(AirQuantity quantity, int value, int minimum, int maximum, Quality quality, long nowMs)
        {
            if (!_values.Take(quantity, value, minimum, maximum, quality))
            {
                return false;
            }

            if (_hasHour && quality != Quality.WarmingUp)
            {
                int seconds = SensorOf(quantity).ElapsedSeconds;
                int intoHour = (int)((_clock.UtcMs(nowMs) - (_hour * MsPerHour)) / 1000);
                _means.Add(quantity, value, seconds < intoHour ? seconds : intoHour, quality);
            }

            return true;
        }

        /// <summary>Ends the hour when the clock has passed it, or was set to another one.</summary>
        private void FollowHour(long nowMs)
        {
            if (!_clock.IsKnown)
            {
                return;
            }

            long hour = _clock.UtcMs(nowMs) / MsPerHour;
            if (_hasHour && hour == _hour)
            {
                return;
            }

            if (_hasHour)
            {
                _means.Close();
                HourCount++;
                JudgeHour();
            }

            _hasHour = true;
            _hour = hour;
        }

        private void JudgeHour()
        {
            int pm25 = MeanOf(AirQuantity.Pm25Corrected, AirQuantity.Pm25);
            int pm10 = MeanOf(AirQuantity.Pm10Corrected, AirQuantity.Pm10);
            IndexClass = AirIndex.Class(pm25, pm10);

            // Fog is no dust: what was so humid that no more can be corrected says nothing of the air's class.
            bool isFog = _means.Mean(AirQuantity.Humidity) > HumidityCorrection.MostPermille;
            if (IndexClass != AirIndex.Unknown && !isFog)
            {
                _board.Set(AlarmKind.AirQualityPoor, IndexClass == AirIndex.VeryPoor, HealthReason.None, pm25 < 0 ? 0 : pm25 / 10);
            }
        }

        /// <summary>The corrected mean, the raw one where nothing could be corrected; -1 when there was too little of either.</summary>
        private int MeanOf(AirQuantity corrected, AirQuantity raw)
        {
            AirQuantity quantity = _means.Mean(corrected) != AirValues.Unknown ? corrected : raw;
            bool isEnough = _means.Quality(quantity) != Quality.Stale && _means.Quality(quantity) != Quality.NotMeasured;
            return isEnough ? _means.Mean(quantity) : -1;
        }

        private long NextMs()
        {
            long wakeMs = _particulates.NextMs;
            wakeMs = _climate.NextMs < wakeMs ? _climate.NextMs : wakeMs;
            wakeMs = _carbonDioxide.NextMs < wakeMs ? _carbonDioxide.NextMs : wakeMs;
            wakeMs = _gas.NextMs < wakeMs ? _gas.NextMs : wakeMs;
            return _hasHour && wakeMs != Wake.Never ? Wake.Earlier(wakeMs, _clock.UptimeMsAt((_hour + 1) * MsPerHour)) : wakeMs;
        }

        private void Judge()
        {
            SensorReader? silent = null;
            silent = _gas.Reader.IsSilent ? _gas.Reader : silent;
            silent = _carbonDioxide.Reader.IsSilent ? _carbonDioxide.Reader : silent;
            silent = _climate.Reader.IsSilent ? _climate.Reader : silent;
            silent = _particulates.Reader.IsSilent ? _particulates.Reader : silent;
            if (silent != null)
            {
                Health.SetDegraded(silent.Reason);
            }
            else if (!IsFitted)
            {
                Health.SetNotFitted();
            }
            else
            {
                Health.SetOk();
            }

            _board.Set(AlarmKind.AirSensorFault, silent != null, silent != null ? silent.Reason : HealthReason.None, 0);
        }
    }
}
