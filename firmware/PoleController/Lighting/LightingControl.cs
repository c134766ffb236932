// Decides the level of the lamp and its cause, and brings the lamp there. The program's times are LightingSchedule's, presence is
// OccupancySensor's, the order of dimmer and relay LampOutput's.
using System;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// Decides the level of the lamp and drives dimmer and relay. What decides, first to last: a failure (full light until the next good step), the
    /// random delay after power return, an override, the photocell or full light while there is no time or no position, the program, raised by occupancy.
    /// A port that throws counts as one that does not answer.
    /// </summary>
    public sealed class LightingControl : Component
    {
        /// <summary>Longest override a command may ask for: 48 hours.</summary>
        public const int MaximumOverrideMinutes = 2880;

        /// <summary>
        /// Longest fade from a level nobody asked for (time unknown, failure) to the program's, in milliseconds: a program's fade may take an hour, and
        /// that long a lamp should not go on burning in daylight because the clock has just been set.
        /// </summary>
        public const int RecoveryFadeMaximumMs = 5000;

        /// <summary>Shortest time between two looks at the schedule, in milliseconds, should it ever name a change that is past.</summary>
        private const int ScheduleMinimumWaitMs = 1000;

        private const int FullPermille = 1000;

        /// <summary>The least light of fed control gear: one percent (the lowest of the 0-10 V and DALI ranges in use).</summary>
        private const int SmallestLightPermille = 10;

        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly LightingSchedule _schedule;
        private readonly OccupancySensor _occupancy;
        private readonly IRandom _random;
        private readonly PhotocellSwitch _photocell;
        private readonly LampOutput _output;
        private readonly Fade _fade = new Fade();
        private int _levelPermille;
        private long _delayEndMs;
        private bool _isOverride;
        private bool _isOverrideNew;
        private int _overridePermille;
        private int _overrideFadeMs;
        private bool _isWithoutProgram;
        private bool _hasSchedule;
        private int _scheduleSetCount;
        private int _programPermille;
        private int _programOccupancyPermille;

        /// <summary>Makes it. A null relay or photocell means that none is fitted.</summary>
        public LightingControl(PoleClock clock, ControllerSettings settings, LightingSchedule schedule, OccupancySensor occupancy,
            IDimmerOutput dimmer, IRelay? relay, ILightSensor? photocell, IRandom random)
        {
            _clock = clock;
            _settings = settings;
            _schedule = schedule;
            _occupancy = occupancy;
            _random = random;
            _photocell = new PhotocellSwitch(photocell, settings);
            _output = new LampOutput(dimmer, relay);
        }

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

        /// <summary>When the override ends or ended, in ms since start; 0 when there was none.</summary>
        public long OverrideEndMs { get; private set; }

        /// <summary>Whether the dimmer or the relay does not obey, so that <see cref="LevelPermille"/> is an assumption.</summary>
        public bool IsOutputFailed
        {
            get { return _output.IsDimmerFailed || _output.IsRelayStuckOpen; }
        }

        /// <summary>What lies between the level that was decided and what the dimmer is told; null for nothing.</summary>
        public ILevelCorrection? Correction
        {
            get { return _output.Correction; }
            set { _output.Correction = value; }
        }

        /// <summary>Whether the luminaire has mains, as far as the relay says so.</summary>
        public bool IsFed
        {
            get { return _output.IsRelayClosed; }
        }

        /// <summary>Starts, with the random delay when power has just returned. Otherwise no port is called: the parts rest at full light.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _output.Start(nowMs);
            _photocell.Reset(nowMs);
            _isOverride = false;
            _isWithoutProgram = false;
            _hasSchedule = false;
            OverrideEndMs = 0;
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
            FollowFade(nowMs);
            long wakeMs = Decide(nowMs);
            FollowFade(nowMs);
            _output.Apply(nowMs, _levelPermille);
            Judge();

            long fadeMs = _fade.NextStepMs(nowMs);
            long outputMs = _output.NextWakeMs();
            wakeMs = fadeMs < wakeMs ? fadeMs : wakeMs;
            return outputMs < wakeMs ? outputMs : wakeMs;
        }

        /// <summary>A command's level until its time-out; the newest pre-empts. It acts with the next step, which the caller has to ask for at once.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level; outside 0 to 1000 the nearest of the two is taken.</param>
        /// <param name="fadeMs">Fade to it, 0 or more.</param>
        /// <param name="durationMs">How long it lasts; more than <see cref="MaximumOverrideMinutes"/> is cut to that, 0 or less changes nothing but ends the override before.</param>
        public void SetOverride(long nowMs, int levelPermille, int fadeMs, long durationMs)
        {
            if (durationMs > MaximumOverrideMinutes * 60000L)
            {
                durationMs = MaximumOverrideMinutes * 60000L;
            }

            _isOverride = true;
            _isOverrideNew = true;
            _overridePermille = levelPermille < 0 ? 0 : levelPermille > FullPermille ? FullPermille : levelPermille;
            _overrideFadeMs = fadeMs;
            OverrideEndMs = nowMs + durationMs;
        }

        /// <summary>Ends an override. It acts with the next step.</summary>
        public void ResumeProgram(long nowMs)
        {
            if (_isOverride)
            {
                OverrideEndMs = nowMs;
            }

            _isOverride = false;
        }

        /// <summary>Goes to full light at once because something failed; the next step that succeeds decides anew.</summary>
        public void GoToSafeLevel(long nowMs)
        {
            SetAtOnce(nowMs, FullPermille, LevelCause.Failure);
            _hasSchedule = false;
            _output.Apply(nowMs, FullPermille);
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

        /// <summary>Finds level and cause, and returns when that may change by itself.</summary>
        private long Decide(long nowMs)
        {
            bool wasWithoutProgram = _isWithoutProgram;
            _isWithoutProgram = false;
            if (nowMs < _delayEndMs)
            {
                HeadFor(nowMs, 0, LevelCause.PowerReturnDelay, 0, false);
                return _delayEndMs;
            }

            if (_isOverride)
            {
                if (nowMs < OverrideEndMs)
                {
                    HeadFor(nowMs, _overridePermille, LevelCause.Override, _overrideFadeMs, _isOverrideNew);
                    _isOverrideNew = false;
                    return OverrideEndMs;
                }

                _isOverride = false;
            }

            long changeMs = Wake.Never;
            if (_clock.IsKnown)
            {
                changeMs = UpdateSchedule(nowMs);
                if (_schedule.CanCompute)
                {
                    DecideByProgram(nowMs);
                    return changeMs;
                }
            }

            _isWithoutProgram = true;
            if (!wasWithoutProgram)
            {
                // Nobody has looked at the photocell while something else decided.
                _photocell.Reset(nowMs);
            }

            long pollMs = DecideWithoutProgram(nowMs);
            return pollMs < changeMs ? pollMs : changeMs;
        }

        /// <summary>Brings the schedule up to the time when it is due, and returns when it is due next.</summary>
        private long UpdateSchedule(long nowMs)
        {
            long utcMs = _clock.UtcMs(nowMs);
            if (!_hasSchedule || _scheduleSetCount != _clock.SetCount || utcMs >= _schedule.NextChangeUtcMs)
            {
                _schedule.Update(utcMs);
                _hasSchedule = true;
                _scheduleSetCount = _clock.SetCount;
            }

            long changeMs = _clock.UptimeMsAt(_schedule.NextChangeUtcMs);
            return changeMs > nowMs ? changeMs : nowMs + ScheduleMinimumWaitMs;
        }

        private long DecideWithoutProgram(long nowMs)
        {
            long wakeMs = _photocell.Update(nowMs);
            if (_photocell.CanDecide)
            {
                HeadFor(nowMs, _photocell.IsLightWanted ? FullPermille : 0, LevelCause.Photocell, 0, false);
            }
            else
            {
                HeadFor(nowMs, FullPermille, LevelCause.ClockUnknown, 0, false);
            }

            return wakeMs;
        }

        private void DecideByProgram(long nowMs)
        {
            int programPermille = _schedule.LevelPermille;
            int occupancyPermille = _schedule.OccupancyLevelPermille;
            bool isPointNew = programPermille != _programPermille || occupancyPermille != _programOccupancyPermille;
            _programPermille = programPermille;
            _programOccupancyPermille = occupancyPermille;
            bool isRaised = _occupancy.IsOccupied && occupancyPermille > programPermille;
            int targetPermille = isRaised ? occupancyPermille : programPermille;

            // Who is there need not wait for a slow fade of the program to the level that is due to them.
            bool isHurried = _occupancy.IsOccupied && _levelPermille < occupancyPermille && targetPermille >= occupancyPermille;
            int fadeMs = ProgramFadeMs(isPointNew);
            if (isHurried && (isRaised || _settings.OccupancyFadeUpMs < fadeMs))
            {
                fadeMs = _settings.OccupancyFadeUpMs;
            }

            bool isSooner = isHurried && _fade.IsRunning && nowMs + fadeMs < _fade.EndMs;
            HeadFor(nowMs, targetPermille, isRaised ? LevelCause.Occupancy : LevelCause.Program, fadeMs, isSooner);
        }

        /// <summary>The fade to the program's level, by what decided before.</summary>
        private int ProgramFadeMs(bool isPointNew)
        {
            int fadeMs = _schedule.FadeMs;
            switch (Cause)
            {
                case LevelCause.Start:
                case LevelCause.PowerReturnDelay:
                    return 0;
                case LevelCause.ClockUnknown:
                case LevelCause.Photocell:
                case LevelCause.Failure:
                    return fadeMs < RecoveryFadeMaximumMs ? fadeMs : RecoveryFadeMaximumMs;
                case LevelCause.Occupancy:
                    return isPointNew ? fadeMs : _settings.OccupancyFadeDownMs;
                default:
                    return fadeMs;
            }
        }

        /// <summary>Takes a decision over: a new target, or the same one sooner than the fade that goes on, begins a fade at the present level.</summary>
        private void HeadFor(long nowMs, int targetPermille, LevelCause cause, int fadeMs, bool isCommanded)
        {
            bool isSooner = cause != Cause && _fade.IsRunning && nowMs + fadeMs < _fade.EndMs;
            if (targetPermille != TargetLevelPermille || isSooner || isCommanded)
            {
                _fade.Begin(nowMs, FadeFromPermille(targetPermille), targetPermille, fadeMs);
                TargetLevelPermille = targetPermille;
            }

            Cause = cause;
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
        }

        private void Judge()
        {
            if (IsOutputFailed)
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (_output.IsRelayStuckClosed || (_isWithoutProgram && _photocell.IsFailed))
            {
                Health.SetDegraded(HealthReason.NoAnswer);
            }
            else if (!_clock.IsKnown)
            {
                Health.SetDegraded(HealthReason.ClockUnknown);
            }
            else if (_isWithoutProgram)
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
