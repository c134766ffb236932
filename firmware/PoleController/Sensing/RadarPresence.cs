// What the occupancy takes from the presence radar: whether somebody is there. When it is asked, and when it has to be given up.
using System;
using PoleController.Hal;

namespace PoleController.Sensing
{
    /// <summary>
    /// The radar as an input of the occupancy. It is polled when it wants to be, and when its output or the other input has changed; it is asked while the other
    /// input says that somebody is there, and once a second where there is no other input.
    /// </summary>
    public sealed class RadarPresence
    {
        /// <summary>A sample that is older than this says nothing any more, in milliseconds: a part that sees somebody samples once a second.</summary>
        public const int FreshMs = 2500;

        /// <summary>Time between two samples where no other input wakes the pole, in milliseconds.</summary>
        public const int AskEveryMs = 1000;

        /// <summary>How long the part may be failed before it is given up, in milliseconds.</summary>
        public const int PatienceMs = 10000;

        private readonly IPresenceSensor _sensor;
        private readonly bool _isAlone;
        private long _askMs;
        private bool _hasThrown;
        private bool _isPresent;
        private bool _wasWanted;
        private bool _wasCalling;
        private bool _isSampleNew = true;
        private int _sampleCount;
        private long _failedSinceMs = Wake.Never;

        /// <summary>Makes it.</summary>
        /// <param name="sensor">The radar.</param>
        /// <param name="isAlone">Whether no other input wakes the pole when somebody comes.</param>
        public RadarPresence(IPresenceSensor sensor, bool isAlone)
        {
            _sensor = sensor;
            _isAlone = isAlone;
        }

        /// <summary>The radar as an input.</summary>
        public OccupancyInput Input { get; } = new OccupancyInput();

        /// <summary>Whether the radar does not answer.</summary>
        public bool IsFailed { get; private set; }

        /// <summary>When it wants to be looked at again.</summary>
        public long NextMs { get; private set; }

        /// <summary>Goes on with the radar.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isWanted">Whether another input says that somebody is there.</param>
        /// <returns>Whether the radar sees somebody.</returns>
        public bool Look(long nowMs, bool isWanted)
        {
            if (_hasThrown && nowMs < NextMs)
            {
                return false;
            }

            try
            {
                bool isCalling = _sensor.IsCalling;
                if (nowMs < NextMs && isWanted == _wasWanted && isCalling == _wasCalling && !_isSampleNew)
                {
                    // Most steps are the lamp's.
                    return _isPresent;
                }

                _wasWanted = isWanted;
                _wasCalling = isCalling;
                if (isWanted || (_isAlone && nowMs >= _askMs))
                {
                    _askMs = nowMs + AskEveryMs;
                    _sensor.Request();
                }

                NextMs = _sensor.Poll(nowMs);
                _hasThrown = false;
            }
            catch (Exception)
            {
                _hasThrown = true;
                _isSampleNew = true;
                IsFailed = true;
                NextMs = nowMs + OccupancySensor.RetryMs;
                return false;
            }

            NextMs = _isAlone && _askMs < NextMs ? _askMs : NextMs;
            JudgeFailure(nowMs);

            // After a sample the next step asks for another, as long as one is wanted.
            _isSampleNew = _sensor.SampleCount != _sampleCount;
            _sampleCount = _sensor.SampleCount;
            _isPresent = _sampleCount > 0 && nowMs - _sensor.SampleMs < FreshMs && (_sensor.IsMoving || _sensor.IsStill);
            if (_isPresent && _sensor.SampleMs + FreshMs < NextMs)
            {
                NextMs = _sensor.SampleMs + FreshMs;
            }

            return _isPresent;
        }

        private void JudgeFailure(long nowMs)
        {
            if (_sensor.State != SensorState.Failed)
            {
                // A new try is not yet a success: only a sample, or rest without a fault, ends it.
                if (_sensor.State == SensorState.Measuring || _sensor.State == SensorState.Resting)
                {
                    _failedSinceMs = Wake.Never;
                    IsFailed = false;
                }
            }
            else if (_failedSinceMs == Wake.Never)
            {
                _failedSinceMs = nowMs;
            }

            if (_failedSinceMs == Wake.Never || IsFailed)
            {
                return;
            }

            long giveUpMs = _failedSinceMs + PatienceMs;
            IsFailed = nowMs >= giveUpMs;
            NextMs = !IsFailed && giveUpMs < NextMs ? giveUpMs : NextMs;
        }
    }
}
