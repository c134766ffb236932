// By how much the program is raised, by the hours of the settings or by a command.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>A hotspot: the program's light raised by an amount, in the hours of the settings or for the time of a command. The larger of the two counts.</summary>
    public sealed class HotspotBoost
    {
        /// <summary>Longest time a command may ask for: 24 hours.</summary>
        public const int MaximumMinutes = 1440;

        private readonly PoleClock _clock;
        private readonly GroupSettings _settings;
        private readonly ClockWindow _window;
        private readonly LightingOrders _orders;
        private int _commandedPermille;
        private long _endMs;

        /// <summary>Makes it.</summary>
        public HotspotBoost(PoleClock clock, ControllerSettings settings, LightingOrders orders)
        {
            _clock = clock;
            _settings = settings.Groups;
            _window = new ClockWindow(settings);
            _orders = orders;
        }

        /// <summary>By how much, at the last look, 0 to 1000.</summary>
        public int AmountPermille { get; private set; }

        /// <summary>Forgets the command: the controller has started.</summary>
        public void Reset()
        {
            _commandedPermille = 0;
        }

        /// <summary>Forgets what was computed: the settings changed.</summary>
        public void Invalidate()
        {
            _window.Invalidate();
        }

        /// <summary>A command's boost; the newest pre-empts.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="amountPermille">By how much, 0 (ends it) to 1000.</param>
        /// <param name="durationMinutes">How long; more than <see cref="MaximumMinutes"/> is cut to that. 0 or less ends it.</param>
        public void Command(long nowMs, int amountPermille, int durationMinutes)
        {
            _orders.Count++;
            _commandedPermille = durationMinutes > 0 ? amountPermille : 0;
            _endMs = nowMs + ((durationMinutes > MaximumMinutes ? MaximumMinutes : durationMinutes) * 60000L);
        }

        /// <summary>Looks.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <returns>When it may be different, in ms since start; <see cref="Wake.Never"/> when nothing hangs on it.</returns>
        public long Update(long nowMs)
        {
            AmountPermille = 0;
            long wakeMs = Wake.Never;
            if (_commandedPermille > 0)
            {
                if (nowMs < _endMs)
                {
                    AmountPermille = _commandedPermille;
                    wakeMs = _endMs;
                }
                else
                {
                    _commandedPermille = 0;
                }
            }

            if (_settings.BoostPermille <= 0 || _settings.BoostWeekdayMask == 0 || !_clock.IsKnown)
            {
                return wakeMs;
            }

            long utcMs = _clock.UtcMs(nowMs);
            if (!_window.IsComputedFor(utcMs))
            {
                _window.Compute(utcMs, _settings.BoostWeekdayMask, _settings.BoostFromMinute, _settings.BoostToMinute);
            }

            if (_window.IsOpen && _settings.BoostPermille > AmountPermille)
            {
                AmountPermille = _settings.BoostPermille;
            }

            long changeMs = _clock.UptimeMsAt(_window.NextChangeUtcMs);
            return changeMs < wakeMs ? changeMs : wakeMs;
        }
    }
}
