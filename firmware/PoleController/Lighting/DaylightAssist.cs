// Whether the photocell wants light although the program is dark: shortly before it switches on, or after it has switched off.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>The photocell beside the program, within the bounds of the settings. It only ever adds light, and only where a photocell can be trusted.</summary>
    public sealed class DaylightAssist
    {
        private const long MinuteMs = 60000;

        private readonly PoleClock _clock;
        private readonly DaylightSettings _settings;
        private readonly LightingSchedule _schedule;
        private readonly PhotocellSwitch _photocell;

        /// <summary>Makes it.</summary>
        public DaylightAssist(PoleClock clock, DaylightSettings settings, LightingSchedule schedule, PhotocellSwitch photocell)
        {
            _clock = clock;
            _settings = settings;
            _schedule = schedule;
            _photocell = photocell;
        }

        /// <summary>The level that it adds, at the last look; 0 when none.</summary>
        public int LevelPermille { get; private set; }

        /// <summary>Looks, while the program is dark.</summary>
        /// <returns>When it may be different, in ms since start; <see cref="Wake.Never"/> when the program's change says that.</returns>
        public long Update(long nowMs)
        {
            LevelPermille = 0;
            long utcMs = _clock.UtcMs(nowMs);
            long earlierUtcMs = _schedule.NextChangeUtcMs - (_settings.MaximumEarlierMinutes * MinuteMs);
            bool isSoonLit = _settings.MaximumEarlierMinutes > 0 && _schedule.NextLevelPermille > 0;
            bool wasJustLit = _schedule.PreviousLevelPermille > 0
                && utcMs < _schedule.ChangedUtcMs + (_settings.MaximumLaterMinutes * MinuteMs);
            if (!wasJustLit && !(isSoonLit && utcMs >= earlierUtcMs))
            {
                return isSoonLit ? _clock.UptimeMsAt(earlierUtcMs) : Wake.Never;
            }

            long wakeMs = _photocell.Update(nowMs);
            if (_photocell.CanDecide && _photocell.IsLightWanted)
            {
                int levelPermille = wasJustLit ? _schedule.PreviousLevelPermille : _schedule.NextLevelPermille;
                LevelPermille = levelPermille < _settings.LevelPermille ? levelPermille : _settings.LevelPermille;
            }

            return wakeMs;
        }
    }
}
