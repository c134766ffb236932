// Occupancy from a digital input such as a PIR's output: debounces it, holds it, counts arrivals, and judges whether it can be true.
// It keeps nothing but the count. What the light does with it is LightingControl's.
using System;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// Occupancy from a digital input: debounced, with hold time; counts per interval and nothing else. A change of the input wakes the pole, so
    /// between two steps the input is taken to have been as the first of them saw it: a late step loses no arrival.
    /// </summary>
    public sealed class OccupancySensor : Component
    {
        /// <summary>
        /// An input that is active for this long without a release is taken to be stuck, in milliseconds: it no longer raises the light until it
        /// releases. Half an hour is longer than a retriggered PIR stays active on any but the busiest street, and there the program is the one to ask.
        /// </summary>
        public const int StuckAfterMs = 1800000;

        /// <summary>Where <see cref="Count"/> stays when it is not taken.</summary>
        public const int MaximumCount = 65535;

        /// <summary>How long an input that threw is left alone, in milliseconds; until then it counts as not active.</summary>
        public const int RetryMs = 1000;

        private readonly IDigitalInput? _input;
        private readonly ControllerSettings _settings;
        private bool _isRawActive;
        private long _rawSinceMs;
        private bool _isActive;
        private long _activeSinceMs;
        private bool _isStuck;
        private bool _isHolding;
        private long _lastActiveMs;
        private bool _isUnreadable;
        private long _retryAtMs;

        /// <summary>Makes it.</summary>
        /// <param name="input">The sensor's output; null means that none is fitted: never occupied, and healthy.</param>
        /// <param name="settings">Debounce and hold time; read at every step.</param>
        public OccupancySensor(IDigitalInput? input, ControllerSettings settings)
        {
            _input = input;
            _settings = settings;
        }

        /// <summary>Whether somebody is there or was within the hold time.</summary>
        public bool IsOccupied { get; private set; }

        /// <summary>Arrivals since the count was last taken, 0 to 65,535 (it stays there).</summary>
        public int Count { get; private set; }

        /// <summary>Arrivals since start.</summary>
        public long ArrivalCount { get; private set; }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _isRawActive = false;
            _rawSinceMs = nowMs;
            _isActive = false;
            _isStuck = false;
            _isHolding = false;
            _isUnreadable = false;
            IsOccupied = false;
            Judge();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_input == null)
            {
                return Wake.Never;
            }

            SettleEdge(nowMs);
            if (_isActive && nowMs - _activeSinceMs >= StuckAfterMs)
            {
                _isStuck = true;
            }

            bool isRawActive = ReadInput(nowMs);
            if (isRawActive != _isRawActive)
            {
                _isRawActive = isRawActive;
                _rawSinceMs = nowMs;
                SettleEdge(nowMs);
            }

            if (_isHolding && nowMs - _lastActiveMs >= _settings.HoldTimeMs)
            {
                _isHolding = false;
            }

            IsOccupied = _isActive ? !_isStuck : _isHolding;
            Judge();
            return NextWakeMs();
        }

        /// <summary>Returns the count and sets it to 0.</summary>
        public int TakeCount()
        {
            int count = Count;
            Count = 0;
            return count;
        }

        /// <summary>Believes the input once it has been the same for the debounce time.</summary>
        private void SettleEdge(long nowMs)
        {
            if (_isRawActive == _isActive || nowMs - _rawSinceMs < _settings.OccupancyDebounceMs)
            {
                return;
            }

            _isActive = _isRawActive;
            if (_isActive)
            {
                _activeSinceMs = _rawSinceMs;
                _isHolding = false;
                ArrivalCount++;
                if (Count < MaximumCount)
                {
                    Count++;
                }
            }
            else
            {
                // The hold time counts from the last moment the input was active, not from when that was believed.
                _lastActiveMs = _rawSinceMs;
                _isHolding = !_isStuck;
                _isStuck = false;
            }
        }

        private bool ReadInput(long nowMs)
        {
            if (_isUnreadable && nowMs < _retryAtMs)
            {
                return false;
            }

            try
            {
                bool isActive = _input!.IsActive;
                _isUnreadable = false;
                return isActive;
            }
            catch (Exception)
            {
                // The component must not stop here: the light would stay raised for as long as the controller leaves it alone.
                _isUnreadable = true;
                _retryAtMs = nowMs + RetryMs;
                return false;
            }
        }

        private void Judge()
        {
            if (_input == null)
            {
                Health.SetNotFitted();
            }
            else if (_isUnreadable)
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (_isStuck)
            {
                Health.SetDegraded(HealthReason.Implausible);
            }
            else
            {
                Health.SetOk();
            }
        }

        private long NextWakeMs()
        {
            long wakeMs = Wake.Never;
            if (_isRawActive != _isActive)
            {
                wakeMs = _rawSinceMs + _settings.OccupancyDebounceMs;
            }

            if (_isActive && !_isStuck && _activeSinceMs + StuckAfterMs < wakeMs)
            {
                wakeMs = _activeSinceMs + StuckAfterMs;
            }

            if (_isHolding && _lastActiveMs + _settings.HoldTimeMs < wakeMs)
            {
                wakeMs = _lastActiveMs + _settings.HoldTimeMs;
            }

            if (_isUnreadable && _retryAtMs < wakeMs)
            {
                wakeMs = _retryAtMs;
            }

            return wakeMs;
        }
    }
}
