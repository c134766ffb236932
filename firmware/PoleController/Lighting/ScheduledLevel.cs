// The level that program, profiles, photocell and people ask for together, and the fade that goes with it.
using System;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// The program's level; where it is dark the photocell may add light; limited by the dark-sky profile, raised by a boost, raised by who is there or is on the
    /// way. It leaves the decision to the next while there is no time or no position.
    /// </summary>
    public sealed class ScheduledLevel : LightingDecider
    {
        /// <summary>
        /// Longest fade from a level nobody asked for (time unknown, failure, emergency) to the program's, in milliseconds: a program's fade may take an hour,
        /// and that long a lamp should not go on burning in daylight because the clock has just been set.
        /// </summary>
        public const int RecoveryFadeMaximumMs = 5000;

        private const int FullPermille = 1000;

        /// <summary>Shortest time between two looks at the schedule, in milliseconds, should it ever name a change that is past.</summary>
        private const int ScheduleMinimumWaitMs = 1000;

        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly LightingSchedule _schedule;
        private readonly OccupancySensor _occupancy;
        private readonly DarkSkyProfile _darkSky;
        private readonly HotspotBoost _boost;
        private readonly DaylightAssist _daylight;
        private bool _hasSchedule;
        private int _scheduleSetCount;
        private int _idlePermille;
        private int _occupiedPermille;

        /// <summary>Makes it.</summary>
        public ScheduledLevel(PoleClock clock, ControllerSettings settings, LightingSchedule schedule, OccupancySensor occupancy, DarkSkyProfile darkSky,
            HotspotBoost boost, DaylightAssist daylight)
        {
            _clock = clock;
            _settings = settings;
            _schedule = schedule;
            _occupancy = occupancy;
            _darkSky = darkSky;
            _boost = boost;
            _daylight = daylight;
        }

        /// <summary>Who says that somebody is on the way; null when nobody can.</summary>
        public INeighbourPresence? Neighbours { get; set; }

        /// <summary>How often what is built on the program threw since start.</summary>
        public int ExceptionCount { get; private set; }

        /// <inheritdoc/>
        public override void Reset()
        {
            _hasSchedule = false;
        }

        /// <inheritdoc/>
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            if (!_clock.IsKnown)
            {
                return false;
            }

            decision.WakeBy(UpdateSchedule(nowMs));
            if (!_schedule.CanCompute)
            {
                return false;
            }

            LevelCause cause;
            int idlePermille;
            try
            {
                idlePermille = IdlePermille(nowMs, decision, out cause);
            }
            catch (Exception)
            {
                // What is built on the program may fail; the program goes on.
                ExceptionCount++;
                idlePermille = _schedule.LevelPermille;
                cause = LevelCause.Program;
            }

            int occupiedPermille = _schedule.OccupancyLevelPermille;
            bool isPointNew = idlePermille != _idlePermille || occupiedPermille != _occupiedPermille;
            _idlePermille = idlePermille;
            _occupiedPermille = occupiedPermille;
            bool isSomebody = _occupancy.IsOccupied || IsSomebodyComing(nowMs, decision);
            bool isRaised = isSomebody && occupiedPermille > idlePermille;
            int levelPermille = isRaised ? occupiedPermille : idlePermille;
            if (isRaised)
            {
                cause = _occupancy.IsOccupied ? LevelCause.Occupancy : LevelCause.Neighbour;
            }

            // Who is there need not wait for a slow fade of the program to the level that is due to them.
            bool isHurried = isSomebody && decision.PresentPermille < occupiedPermille && levelPermille >= occupiedPermille;
            int fadeMs = ProgramFadeMs(decision.PresentCause, isPointNew);
            if (isHurried && (isRaised || _settings.OccupancyFadeUpMs < fadeMs))
            {
                fadeMs = _settings.OccupancyFadeUpMs;
            }

            if (cause == LevelCause.Daylight && fadeMs > RecoveryFadeMaximumMs)
            {
                fadeMs = RecoveryFadeMaximumMs;
            }

            decision.Ask(levelPermille, cause, fadeMs);
            decision.IsNew = isHurried && decision.FadeEndMs != Wake.Never && nowMs + fadeMs < decision.FadeEndMs;
            return true;
        }

        private bool IsSomebodyComing(long nowMs, LightingDecision decision)
        {
            if (Neighbours == null)
            {
                return false;
            }

            try
            {
                long untilMs = Neighbours.SomebodyComingUntilMs;
                if (nowMs < untilMs)
                {
                    decision.WakeBy(untilMs);
                    return true;
                }

                return false;
            }
            catch (Exception)
            {
                ExceptionCount++;
                return false;
            }
        }

        /// <summary>The level while nobody is there.</summary>
        private int IdlePermille(long nowMs, LightingDecision decision, out LevelCause cause)
        {
            cause = LevelCause.Program;
            int levelPermille = _schedule.LevelPermille;
            if (levelPermille == 0)
            {
                decision.WakeBy(_daylight.Update(nowMs));
                levelPermille = _daylight.LevelPermille;
                if (levelPermille == 0)
                {
                    return 0;
                }

                cause = LevelCause.Daylight;
            }

            if (levelPermille > _darkSky.IdleLevelPermille)
            {
                levelPermille = _darkSky.IdleLevelPermille;
                cause = LevelCause.DarkSky;
            }

            decision.WakeBy(_boost.Update(nowMs));
            if (_boost.AmountPermille > 0 && levelPermille < FullPermille)
            {
                levelPermille += _boost.AmountPermille;
                levelPermille = levelPermille > FullPermille ? FullPermille : levelPermille;
                cause = LevelCause.Boost;
            }

            return levelPermille;
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

        /// <summary>The fade to the program's level, by what decided before.</summary>
        private int ProgramFadeMs(LevelCause before, bool isPointNew)
        {
            int fadeMs = _schedule.FadeMs;
            switch (before)
            {
                case LevelCause.Start:
                case LevelCause.PowerReturnDelay:
                    return 0;
                case LevelCause.ClockUnknown:
                case LevelCause.Photocell:
                case LevelCause.Failure:
                case LevelCause.Emergency:
                case LevelCause.Identify:
                case LevelCause.Daylight:
                    return fadeMs < RecoveryFadeMaximumMs ? fadeMs : RecoveryFadeMaximumMs;
                case LevelCause.Occupancy:
                case LevelCause.Neighbour:
                    return isPointNew ? fadeMs : _settings.OccupancyFadeDownMs;
                default:
                    return fadeMs;
            }
        }
    }
}
