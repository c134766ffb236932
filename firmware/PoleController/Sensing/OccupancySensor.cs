// Occupancy from a digital input such as a PIR's output, and from a presence radar: holds it, counts arrivals, and says whether the parts can be believed. It keeps
// nothing but the count. One input's debouncing is OccupancyInput's, the radar's reports RadarPresence's; what the light does with it is LightingControl's.
using System;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// Occupancy: debounced, with hold time; counts per interval and nothing else. Either part raises it. A change of the input wakes the pole, so
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
        private readonly OccupancyInput _pin = new OccupancyInput();
        private readonly RadarPresence? _radar;
        private int _revision;
        private long _wakeMs;
        private bool _isHolding;
        private long _lastActiveMs;
        private bool _isUnreadable;
        private long _retryAtMs;

        /// <summary>Makes it.</summary>
        /// <param name="input">The sensor's output, which wakes the pole; null when none is fitted.</param>
        /// <param name="presence">The radar; null when none is fitted. With neither it is never occupied, and healthy.</param>
        /// <param name="settings">Debounce and hold time; read at every step.</param>
        public OccupancySensor(IDigitalInput? input, IPresenceSensor? presence, ControllerSettings settings)
        {
            _input = input;
            _settings = settings;
            _radar = presence != null ? new RadarPresence(presence, input == null) : null;
        }

        /// <summary>Whether somebody is there or was within the hold time.</summary>
        public bool IsOccupied { get; private set; }

        /// <summary>Whether somebody is there now, as far as the parts can be believed.</summary>
        public bool IsActive
        {
            get { return _pin.IsCredible || (_radar != null && _radar.Input.IsCredible); }
        }

        /// <summary>Whether a radar is fitted: arrivals are then told by direction and speed class (<see cref="TrafficCounter"/>) and nowhere else.</summary>
        public bool HasRadar
        {
            get { return _radar != null; }
        }

        /// <summary>Arrivals since the count was last taken, 0 to 65,535 (it stays there).</summary>
        public int Count { get; private set; }

        /// <summary>Arrivals since start.</summary>
        public long ArrivalCount { get; private set; }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _input != null || _radar != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _pin.Reset(nowMs);
            _wakeMs = nowMs;
            if (_radar != null)
            {
                _radar.Input.Reset(nowMs);
            }

            _isHolding = false;
            _isUnreadable = false;
            IsOccupied = false;
            Judge();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            bool isChanged = nowMs >= _wakeMs || _settings.Revision != _revision;
            if (_input != null)
            {
                bool wasUnreadable = _isUnreadable;
                bool isPinActive = ReadInput(nowMs);
                isChanged |= isPinActive != _pin.IsRawActive || _isUnreadable != wasUnreadable;
                if (isChanged)
                {
                    Follow(_pin, nowMs, isPinActive, _settings.OccupancyDebounceMs);
                }
            }

            if (_radar != null)
            {
                bool wasFailed = _radar.IsFailed;
                bool isPresent = _radar.Look(nowMs, _pin.IsActive);
                isChanged |= isPresent != _radar.Input.IsRawActive || _radar.IsFailed != wasFailed;
                if (isChanged)
                {
                    Follow(_radar.Input, nowMs, isPresent, 0);
                }
            }

            // Most steps are the lamp's, and the inputs are as they were.
            if (isChanged)
            {
                Conclude(nowMs);
            }

            return _radar != null && _radar.NextMs < _wakeMs ? _radar.NextMs : _wakeMs;
        }

        // What follows from the inputs, and when that changes though they do not; when the radar wants to be polled is its own.
        private void Conclude(long nowMs)
        {
            _revision = _settings.Revision;
            if (_isHolding && nowMs - _lastActiveMs >= _settings.HoldTimeMs)
            {
                _isHolding = false;
            }

            IsOccupied = IsActive || _isHolding;
            Judge();
            long wakeMs = _isHolding ? _lastActiveMs + _settings.HoldTimeMs : Wake.Never;
            if (_input != null)
            {
                wakeMs = Wake.Earlier(wakeMs, _pin.NextMs(_settings.OccupancyDebounceMs, StuckAfterMs));
            }

            if (_radar != null)
            {
                wakeMs = Wake.Earlier(wakeMs, _radar.Input.NextMs(0, StuckAfterMs));
            }

            _wakeMs = _isUnreadable ? Wake.Earlier(wakeMs, _retryAtMs) : wakeMs;
        }

        /// <summary>Returns the count and sets it to 0.</summary>
        public int TakeCount()
        {
            int count = Count;
            Count = 0;
            return count;
        }

        /// <summary>Follows one input: what it was until now is settled before what it is now is seen.</summary>
        private void Follow(OccupancyInput input, long nowMs, bool isRawActive, int debounceMs)
        {
            Settle(input, nowMs, debounceMs);
            input.Judge(nowMs, StuckAfterMs);
            input.See(nowMs, isRawActive);
            Settle(input, nowMs, debounceMs);
        }

        private void Settle(OccupancyInput input, long nowMs, int debounceMs)
        {
            bool wasActive = IsActive;
            if (!input.Settle(nowMs, debounceMs))
            {
                return;
            }

            if (!input.IsActive)
            {
                if (!input.IsStuck && !IsActive)
                {
                    _lastActiveMs = input.LastActiveMs;
                    _isHolding = true;
                }

                input.ClearStuck();
            }
            else if (!wasActive)
            {
                _isHolding = false;
                ArrivalCount++;
                if (Count < MaximumCount)
                {
                    Count++;
                }
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
            bool isRadarFailed = _radar != null && _radar.IsFailed;
            if (_input == null && _radar == null)
            {
                Health.SetNotFitted();
            }
            else if (_isUnreadable || (isRadarFailed && _input == null))
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (isRadarFailed)
            {
                Health.SetDegraded(HealthReason.NoAnswer);
            }
            else if (_pin.IsStuck || (_radar != null && _radar.Input.IsStuck))
            {
                Health.SetDegraded(HealthReason.Implausible);
            }
            else
            {
                Health.SetOk();
            }
        }
    }
}
