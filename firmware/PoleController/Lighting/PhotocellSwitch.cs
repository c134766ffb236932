// The photocell's say in whether there should be light: two thresholds with a delay, and whether it can be trusted. LightingControl asks
// it when the clock cannot decide, and beside the program where the settings allow it.
using System;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// Decides light or no light by illuminance. The first good reading decides at once; after that a threshold must be passed for the delay.
    /// Three failed readings in a row end the trust, and three good ones bring it back.
    /// </summary>
    public sealed class PhotocellSwitch
    {
        /// <summary>Time between readings, in milliseconds.</summary>
        public const int PollIntervalMs = 5000;

        /// <summary>How long a reading may take before it counts as failed, in milliseconds.</summary>
        public const int PatienceMs = 10000;

        /// <summary>How many readings in a row end the trust or bring it back.</summary>
        public const int TrustReadings = 3;

        /// <summary>The most a photocell can say (see <see cref="ILightSensor"/>), in 1/1000 lx.</summary>
        public const int MaximumMillilux = 200000000;

        private readonly ILightSensor? _sensor;
        private readonly ControllerSettings _settings;
        private bool _hasDecided;
        private bool _isUsed;
        private bool _wasUsed;
        private int _failureCount;
        private int _recoveryCount;
        private long _nextPollMs;
        private bool _isAsked;
        private int _samplesBefore;
        private long _askedMs;
        private bool _isCrossing;
        private long _crossingSinceMs;

        /// <summary>Makes it. A null sensor means that none is fitted.</summary>
        public PhotocellSwitch(ILightSensor? sensor, ControllerSettings settings)
        {
            _sensor = sensor;
            _settings = settings;
        }

        /// <summary>Whether it is dark enough for light; means something only while <see cref="CanDecide"/>.</summary>
        public bool IsLightWanted { get; private set; }

        /// <summary>Whether a photocell is fitted, trusted and has decided.</summary>
        public bool CanDecide
        {
            get { return _hasDecided && _failureCount < TrustReadings; }
        }

        /// <summary>Whether a photocell is fitted that cannot be trusted.</summary>
        public bool IsFailed
        {
            get { return _failureCount >= TrustReadings; }
        }

        /// <summary>A step of the lamp begins: who was not asked in the whole step before forgets what it had decided, because it is old.</summary>
        public void BeginStep()
        {
            _wasUsed = _isUsed;
            _isUsed = false;
        }

        /// <summary>Forgets what was decided, so that the next good reading decides at once: nobody has asked for a while.</summary>
        public void Reset(long nowMs)
        {
            _hasDecided = false;
            _isCrossing = false;
            _isAsked = false;
            _nextPollMs = nowMs;
        }

        /// <summary>Asks the photocell when it is time to, and takes what it answers.</summary>
        /// <returns>When it wants to be asked again; <see cref="Wake.Never"/> when none is fitted.</returns>
        public long Update(long nowMs)
        {
            if (_sensor == null)
            {
                return Wake.Never;
            }

            if (!_wasUsed && !_isUsed)
            {
                Reset(nowMs);
            }

            _isUsed = true;
            if (!_isAsked && nowMs >= _nextPollMs)
            {
                _isAsked = true;
                _samplesBefore = _sensor.SampleCount;
                _askedMs = nowMs;
                _nextPollMs = nowMs + PollIntervalMs;
                _sensor.Request();
            }

            if (!_isAsked)
            {
                return _nextPollMs;
            }

            long sensorMs = Poll(nowMs);
            return _isAsked ? sensorMs : _nextPollMs;
        }

        /// <summary>Goes on with a reading; a part that throws is a part that does not answer.</summary>
        private long Poll(long nowMs)
        {
            try
            {
                long sensorMs = _sensor!.Poll(nowMs);
                if (_sensor.SampleCount != _samplesBefore)
                {
                    TakeReading(nowMs, _sensor.IlluminanceMillilux);
                }
                else if (_sensor.State == SensorState.Failed || nowMs - _askedMs >= PatienceMs)
                {
                    TakeFailure();
                }

                return sensorMs < _askedMs + PatienceMs ? sensorMs : _askedMs + PatienceMs;
            }
            catch (Exception)
            {
                TakeFailure();
                return _nextPollMs;
            }
        }

        private void TakeFailure()
        {
            _isAsked = false;
            _recoveryCount = 0;
            if (_failureCount < TrustReadings)
            {
                _failureCount++;
            }

            if (IsFailed)
            {
                _hasDecided = false;
                _isCrossing = false;
            }
        }

        private void TakeReading(long nowMs, int illuminanceMillilux)
        {
            if (illuminanceMillilux < 0 || illuminanceMillilux > MaximumMillilux)
            {
                TakeFailure();
                return;
            }

            _isAsked = false;
            if (IsFailed)
            {
                _recoveryCount++;
                if (_recoveryCount < TrustReadings)
                {
                    return;
                }
            }

            _failureCount = 0;
            _recoveryCount = 0;
            Decide(nowMs, illuminanceMillilux);
        }

        private void Decide(long nowMs, int illuminanceMillilux)
        {
            bool isBelowOn = illuminanceMillilux < _settings.PhotocellOnLux * 1000L;
            bool isAboveOff = illuminanceMillilux > _settings.PhotocellOffLux * 1000L;
            if (!_hasDecided)
            {
                // Between the thresholds light is the safe side.
                _hasDecided = true;
                _isCrossing = false;
                IsLightWanted = !isAboveOff;
                return;
            }

            if (!(IsLightWanted ? isAboveOff : isBelowOn))
            {
                _isCrossing = false;
                return;
            }

            if (!_isCrossing)
            {
                _isCrossing = true;
                _crossingSinceMs = nowMs;
            }

            if (nowMs - _crossingSinceMs >= _settings.PhotocellDelaySeconds * 1000L)
            {
                _isCrossing = false;
                IsLightWanted = !IsLightWanted;
            }
        }
    }
}
