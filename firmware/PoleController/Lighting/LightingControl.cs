// Brings the lamp to the level that is decided, and knows which reason decides. The reasons are the deciders', presence is OccupancySensor's, the order
// of dimmer and relay LampOutput's.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// Fades to the level that is decided, and drives dimmer and relay. First to last: a failure (full light until the next good step), the random delay after
    /// power return, then the reasons in the order of <see cref="LightingReasons"/>. A port that throws counts as one that does not answer.
    /// </summary>
    public sealed class LightingControl : Component
    {
        /// <summary>Longest override a command may ask for: 48 hours.</summary>
        public const int MaximumOverrideMinutes = CommandedLevel.MaximumMinutes;

        /// <summary>A decision that stands is made anew after this long at the latest, in milliseconds, should something have changed that nobody said.</summary>
        public const int StandsAtMostMs = 10000;

        private const int FullPermille = 1000;

        /// <summary>The least light of fed control gear: one percent (the lowest of the 0-10 V and DALI ranges in use).</summary>
        private const int SmallestLightPermille = 10;

        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly IRandom _random;
        private readonly LampOutput _output;
        private readonly LightingDecision _decision = new LightingDecision();
        private readonly Fade _fade = new Fade();
        private int _levelPermille;
        private int _warmSharePermille;
        private long _delayEndMs;
        private bool _isSettled;
        private bool _isRelayWelded;
        private int _decidedFadeMs;
        private long _decideMs;
        private long _wakeMs;

        /// <summary>Makes it. A null warm dimmer, relay or photocell means that none is fitted.</summary>
        public LightingControl(PoleClock clock, ControllerSettings settings, LightingSchedule schedule, OccupancySensor occupancy, IDimmerOutput dimmer,
            IDimmerOutput? warmDimmer, IRelay? relay, ILightSensor? photocell, IRandom random, AlarmBoard alarms)
        {
            _clock = clock;
            _settings = settings;
            _random = random;
            _output = new LampOutput(dimmer, warmDimmer, relay);
            Reasons = new LightingReasons(clock, settings, schedule, occupancy, photocell, alarms);
        }

        /// <summary>What decides: commands go there.</summary>
        public LightingReasons Reasons { get; }

        /// <summary>Level put out now, 0 to 1000; 1000 while the dimmer refuses, 0 while the relay is open.</summary>
        public int LevelPermille
        {
            get { return _output.LevelPermille; }
        }

        /// <summary>Level it is on the way to, 0 to 1000.</summary>
        public int TargetLevelPermille { get; private set; }

        /// <summary>Why.</summary>
        public LevelCause Cause { get; private set; }

        /// <summary>Whether a fade is going on.</summary>
        public bool IsFading
        {
            get { return _fade.IsRunning; }
        }

        /// <summary>When the output last changed, in ms since start.</summary>
        public long LastChangeMs
        {
            get { return _output.LastChangeMs; }
        }

        /// <summary>How often the lamp went from dark to lit since start; the start itself counts.</summary>
        public int SwitchCount
        {
            get { return _output.SwitchCount; }
        }

        /// <summary>When the commanded level ends or ended, in ms since start; 0 when there was none.</summary>
        public long OverrideEndMs
        {
            get { return Reasons.Commanded.EndMs; }
        }

        /// <summary>Whether the dimmer or the relay does not obey, so that <see cref="LevelPermille"/> is an assumption.</summary>
        public bool IsOutputFailed
        {
            get { return _output.IsDimmerFailed || _output.IsRelayStuckOpen; }
        }

        /// <summary>What lies between the level that was decided and what the dimmer is told; null for nothing.</summary>
        public ILevelCorrection? Correction
        {
            get
            {
                return _output.Correction;
            }

            set
            {
                _output.Correction = value;
                _isSettled = false;
            }
        }

        /// <summary>Whether the luminaire has mains, as far as the relay says so.</summary>
        public bool IsFed
        {
            get { return _output.IsRelayClosed; }
        }

        /// <summary>Whether the luminaire draws power while the relay is open, as far as the board says so: somebody who measures it says so here.</summary>
        public bool IsRelayWelded
        {
            get
            {
                return _isRelayWelded;
            }

            set
            {
                _isSettled &= value == _isRelayWelded;
                _isRelayWelded = value;
            }
        }

        /// <summary>Starts, with the random delay when power has just returned. Otherwise no port is called: the parts rest at full light.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _output.Start(nowMs);
            Reasons.Reset(nowMs);
            SetAtOnce(nowMs, FullPermille, LevelCause.Start);
            _delayEndMs = nowMs + (isPowerReturn ? DrawDelayMs() : 0);
            if (_delayEndMs > nowMs)
            {
                SetAtOnce(nowMs, 0, LevelCause.PowerReturnDelay);
                _output.SwitchOff(nowMs);
            }
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            bool isStanding = _isSettled && nowMs < _decideMs && !Reasons.IsAnythingNew;
            if (isStanding && nowMs < _wakeMs)
            {
                // Most steps are somebody else's.
                return _wakeMs;
            }

            // Should anything throw, the next step runs whole.
            _isSettled = false;
            FollowFade(nowMs);
            if (!isStanding)
            {
                isStanding = Decide(nowMs);
                FollowFade(nowMs);
            }

            _output.Apply(nowMs, _levelPermille, _warmSharePermille);
            Judge();
            _isSettled = isStanding;
            _wakeMs = Wake.Earlier(_decision.WakeMs, Wake.Earlier(_fade.NextStepMs(nowMs), _output.NextWakeMs()));
            return _wakeMs;
        }

        /// <summary>What lies between the level and the dimmer has changed: the next step puts the level out anew.</summary>
        public void OnCorrectionChanged()
        {
            _isSettled = false;
        }

        /// <summary>A command's level until its time-out; the newest pre-empts. It acts with the next step, which the caller has to ask for at once.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level; outside 0 to 1000 the nearest of the two is taken.</param>
        /// <param name="fadeMs">Fade to it, 0 or more.</param>
        /// <param name="durationMs">How long it lasts; more than <see cref="MaximumOverrideMinutes"/> is cut to that, 0 or less changes nothing but ends the override before.</param>
        public void SetOverride(long nowMs, int levelPermille, int fadeMs, long durationMs)
        {
            Reasons.Commanded.Set(nowMs, levelPermille, LightingDecision.WarmShareUnchanged, fadeMs, durationMs);
        }

        /// <summary>Ends an override. It acts with the next step.</summary>
        public void ResumeProgram(long nowMs)
        {
            Reasons.Commanded.End(nowMs);
        }

        /// <summary>Goes to full light at once because something failed; the next step that succeeds decides anew.</summary>
        public void GoToSafeLevel(long nowMs)
        {
            SetAtOnce(nowMs, FullPermille, LevelCause.Failure);
            Reasons.ForgetSchedule();
            _output.Apply(nowMs, FullPermille, _warmSharePermille);
        }

        private void FollowFade(long nowMs)
        {
            if (_fade.IsRunning)
            {
                _levelPermille = _fade.LevelPermilleAt(nowMs);
            }
        }

        private int DrawDelayMs()
        {
            if (_settings.PowerReturnDelayMaximumMs <= 0)
            {
                return 0;
            }

            try
            {
                return _random.Next(_settings.PowerReturnDelayMaximumMs + 1);
            }
            catch (Exception)
            {
                // Without a random number there is no delay: light matters more than a soft start.
                return 0;
            }
        }

        /// <summary>Finds level and cause, and when that may change by itself.</summary>
        /// <returns>Whether it was decided as before by everybody, so that the same would be decided again.</returns>
        private bool Decide(long nowMs)
        {
            _decision.Begin(_levelPermille, Cause, _fade.IsRunning ? _fade.EndMs : Wake.Never);
            if (nowMs < _delayEndMs)
            {
                _decision.Ask(0, LevelCause.PowerReturnDelay, 0);
                _decision.WakeBy(_delayEndMs);
                HeadFor(nowMs);
                return false;
            }

            Reasons.Decide(nowMs, _decision);
            _warmSharePermille = _decision.WarmSharePermille;
            _decideMs = Wake.Earlier(_decision.WakeMs, nowMs + StandsAtMostMs);
            return HeadFor(nowMs) && !Reasons.IsAnyThrowing;
        }

        /// <summary>Takes the decision over: a new target, or the same one sooner than the fade that goes on, begins a fade at the present level.</summary>
        /// <returns>Whether the decision was the one before.</returns>
        private bool HeadFor(long nowMs)
        {
            int targetPermille = _decision.LevelPermille;
            bool isSooner = _decision.Cause != Cause && _fade.IsRunning && nowMs + _decision.FadeMs < _fade.EndMs;
            bool isSame = _decision.Cause == Cause && _decision.FadeMs == _decidedFadeMs;
            if (targetPermille != TargetLevelPermille || isSooner || _decision.IsNew)
            {
                _fade.Begin(nowMs, FadeFromPermille(targetPermille), targetPermille, _decision.FadeMs);
                TargetLevelPermille = targetPermille;
                isSame = false;
            }

            Cause = _decision.Cause;
            _decidedFadeMs = _decision.FadeMs;
            return isSame;
        }

        /// <summary>Where a fade begins: out of the dark with the smallest light at once, or an hour's fade would leave it dark for half a minute.</summary>
        private int FadeFromPermille(int targetPermille)
        {
            if (_levelPermille > 0 || targetPermille == 0)
            {
                return _levelPermille;
            }

            return targetPermille < SmallestLightPermille ? targetPermille : SmallestLightPermille;
        }

        private void SetAtOnce(long nowMs, int levelPermille, LevelCause cause)
        {
            _levelPermille = levelPermille;
            _fade.Begin(nowMs, levelPermille, levelPermille, 0);
            TargetLevelPermille = _fade.LevelPermilleAt(nowMs);
            Cause = cause;
            _isSettled = false;
        }

        private void Judge()
        {
            if (IsOutputFailed)
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (_output.IsRelayStuckClosed || _output.IsWarmDimmerFailed || Reasons.IsPhotocellFailed)
            {
                Health.SetDegraded(HealthReason.NoAnswer);
            }
            else if (IsRelayWelded)
            {
                Health.SetDegraded(HealthReason.Implausible);
            }
            else if (Reasons.IsAnyThrowing)
            {
                Health.SetDegraded(HealthReason.Exception);
            }
            else if (!_clock.IsKnown)
            {
                Health.SetDegraded(HealthReason.ClockUnknown);
            }
            else if (Reasons.IsWithoutProgram)
            {
                Health.SetDegraded(HealthReason.DefaultsInForce);
            }
            else
            {
                Health.SetOk();
            }
        }
    }
}
