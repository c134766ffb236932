// Keeps control gear on a bus going (DALI): polls it, says when it is fed, asks it now and then, and notices when it does not answer. Levels are the lamp's; what
// the gear says about itself is judged by LuminaireMonitor.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Lighting;

namespace PoleController.Luminaire
{
    /// <summary>
    /// The link to the control gear: right behind the lamp in a step, so that a level goes out in the step that decided it. Gear that throws is gear that does not
    /// answer; it is polled again after a second.
    /// </summary>
    public sealed class GearWatch : Component
    {
        /// <summary>Time between samples (energy, every twelfth with diagnostics), in milliseconds: a sample takes one to five seconds of the bus.</summary>
        public const int SampleIntervalMs = 900000;

        /// <summary>Time from the start to the first sample, in milliseconds.</summary>
        public const int FirstSampleMs = 30000;

        /// <summary>How long gear must have failed before that is told, in milliseconds: longer than its first repeats.</summary>
        public const int FaultConfirmMs = 10000;

        /// <summary>How long gear that threw is left alone, in milliseconds.</summary>
        public const int ThrownRetryMs = 1000;

        private readonly IControlGear? _gear;
        private readonly IControlGear? _warmGear;
        private readonly LightingControl _lighting;
        private readonly AlarmBoard _alarms;
        private bool _isFed;
        private bool _hasThrown;
        private long _notBeforeMs;
        private long _sampleMs;
        private long _failedSinceMs;

        /// <summary>Makes it. Null gear is not fitted.</summary>
        public GearWatch(IControlGear? gear, IControlGear? warmGear, LightingControl lighting, AlarmBoard alarms)
        {
            _gear = gear;
            _warmGear = warmGear;
            _lighting = lighting;
            _alarms = alarms;
        }

        /// <summary>Whether the gear, or that of the warm channel, has not answered for some time.</summary>
        public bool IsFailed { get; private set; }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _gear != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _isFed = true;
            _notBeforeMs = nowMs;
            _sampleMs = nowMs + FirstSampleMs;
            _failedSinceMs = Wake.Never;
            if (_gear == null)
            {
                Health.SetNotFitted();
            }
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            bool isFed = _lighting.IsFed;
            if (nowMs < _notBeforeMs && isFed == _isFed)
            {
                return _notBeforeMs;
            }

            long wakeMs = nowMs + ThrownRetryMs;
            try
            {
                wakeMs = Follow(nowMs, isFed, _gear!);
                if (_warmGear != null)
                {
                    long warmMs = Follow(nowMs, isFed, _warmGear);
                    wakeMs = warmMs < wakeMs ? warmMs : wakeMs;
                }

                _hasThrown = false;
            }
            catch (Exception)
            {
                _hasThrown = true;
                _notBeforeMs = nowMs + ThrownRetryMs;
            }

            _isFed = isFed;
            long faultMs = Judge(nowMs);
            wakeMs = faultMs < wakeMs ? faultMs : wakeMs;
            return _isFed && _sampleMs < wakeMs ? _sampleMs : wakeMs;
        }

        private long Follow(long nowMs, bool isFed, IControlGear gear)
        {
            if (isFed != _isFed)
            {
                gear.SetFed(isFed);
            }

            if (isFed && nowMs >= _sampleMs)
            {
                _sampleMs = nowMs + SampleIntervalMs;
                gear.Request();
            }

            return gear.Poll(nowMs);
        }

        private long Judge(long nowMs)
        {
            bool isFailed = _hasThrown || (_isFed && (IsGearDown(_gear) || IsGearDown(_warmGear)));
            if (!isFailed)
            {
                // Gear that is being started anew has proved nothing yet.
                _failedSinceMs = Wake.Never;
                if (!IsFailed || IsProved())
                {
                    Tell(false);
                }

                return Wake.Never;
            }

            if (_failedSinceMs == Wake.Never)
            {
                _failedSinceMs = nowMs;
            }

            if (IsFailed || nowMs - _failedSinceMs >= FaultConfirmMs)
            {
                Tell(true);
                return Wake.Never;
            }

            return _failedSinceMs + FaultConfirmMs;
        }

        private bool IsProved()
        {
            return _isFed && _gear!.State == SensorState.Measuring && (_warmGear == null || _warmGear.State == SensorState.Measuring);
        }

        private void Tell(bool isFailed)
        {
            IsFailed = isFailed;
            HealthReason reason = HealthReason.None;
            if (isFailed)
            {
                bool isWrong = _gear!.LastFault.Kind == SensorFaultKind.WrongPart;
                reason = isWrong ? HealthReason.Implausible : HealthReason.NoAnswer;
                Health.SetFailed(reason);
            }
            else
            {
                Health.SetOk();
            }

            _alarms.Set(AlarmKind.GearFault, isFailed, reason, 0);
        }

        private static bool IsGearDown(IControlGear? gear)
        {
            return gear != null && gear.State == SensorState.Failed;
        }
    }
}
