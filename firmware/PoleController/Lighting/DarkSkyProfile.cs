// When the dark-sky and insect profile is in force. What it limits is ScheduledLevel's, where the warm light goes LightingControl's.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>The dark-sky and insect profile: its season and hours. Not in force while the clock is unknown.</summary>
    public sealed class DarkSkyProfile
    {
        private readonly PoleClock _clock;
        private readonly DarkSkySettings _settings;
        private readonly ClockWindow _window;

        /// <summary>Makes it.</summary>
        public DarkSkyProfile(PoleClock clock, ControllerSettings settings)
        {
            _clock = clock;
            _settings = settings.DarkSky;
            _window = new ClockWindow(settings);
        }

        /// <summary>Whether it was in force at the last look.</summary>
        public bool IsInForce { get; private set; }

        /// <summary>The most that the program puts out, 10 to 1000.</summary>
        public int IdleLevelPermille
        {
            get { return IsInForce ? _settings.IdleLevelPermille : 1000; }
        }

        /// <summary>The warm channel's share, 0 to 1000.</summary>
        public int WarmSharePermille
        {
            get { return IsInForce ? _settings.WarmSharePermille : _settings.WarmShareOtherwisePermille; }
        }

        /// <summary>Forgets what was computed: the settings changed.</summary>
        public void Invalidate()
        {
            _window.Invalidate();
        }

        /// <summary>Looks.</summary>
        /// <returns>When it may be different, in ms since start; <see cref="Wake.Never"/> when nothing hangs on it.</returns>
        public long Update(long nowMs)
        {
            IsInForce = false;
            if (!_clock.IsKnown || !_settings.IsUsed)
            {
                return Wake.Never;
            }

            long utcMs = _clock.UtcMs(nowMs);
            if (!_window.IsComputedFor(utcMs))
            {
                _window.Compute(utcMs, _settings.FromMonthDay, _settings.ToMonthDay, _settings.FromMinute, _settings.ToMinute);
            }

            IsInForce = _window.IsOpen;
            return _clock.UptimeMsAt(_window.NextChangeUtcMs);
        }
    }
}
