// Whether a time lies in certain hours of certain lighting days, and when that changes.
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// Hours of a lighting day (noon to noon, local time) in a season and on weekdays. Computed where it is asked for and kept until it changes; the owner says
    /// when the settings are others.
    /// </summary>
    public sealed class ClockWindow
    {
        private const int EveryWeekday = 127;

        private readonly ControllerSettings _settings;
        private bool _isComputed;
        private long _fromUtcMs;

        /// <summary>Makes it.</summary>
        /// <param name="settings">Offset and daylight-saving rule.</param>
        public ClockWindow(ControllerSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Whether the time of the last look lies in it.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>When that changes, or may, UTC ms; later than the time of the last look.</summary>
        public long NextChangeUtcMs { get; private set; }

        /// <summary>Forgets what was computed.</summary>
        public void Invalidate()
        {
            _isComputed = false;
        }

        /// <summary>Whether what was computed still holds at a time.</summary>
        public bool IsComputedFor(long utcMs)
        {
            return _isComputed && utcMs >= _fromUtcMs && utcMs < NextChangeUtcMs;
        }

        /// <summary>Looks at a time.</summary>
        /// <param name="utcMs">UTC ms.</param>
        /// <param name="fromMonthDay">First lighting day of the season, as month * 100 + day.</param>
        /// <param name="toMonthDay">Last lighting day of the season; before the first it goes over the new year.</param>
        /// <param name="weekdayMask">The weekdays on which a lighting day begins: bit 0 is Monday.</param>
        /// <param name="fromMinute">Local minute of the day at which the hours begin.</param>
        /// <param name="toMinute">Local minute of the day at which they end; the same as the beginning means the whole lighting day.</param>
        public void Compute(long utcMs, int fromMonthDay, int toMonthDay, int weekdayMask, int fromMinute, int toMinute)
        {
            int lightingDay = LightingDay.At(utcMs, _settings);
            _fromUtcMs = LightingDay.BeginUtcMs(lightingDay, _settings);
            NextChangeUtcMs = LightingDay.BeginUtcMs(lightingDay + 1, _settings);
            _isComputed = true;
            IsOpen = IsOn(lightingDay, fromMonthDay, toMonthDay, weekdayMask);
            if (!IsOpen || fromMinute == toMinute)
            {
                return;
            }

            long openUtcMs = LightingDay.ClockUtcMs(lightingDay, fromMinute, _settings);
            long closeUtcMs = LightingDay.ClockUtcMs(lightingDay, toMinute, _settings);

            // Hours that go over noon are two pieces of one lighting day: until they end and from where they begin.
            IsOpen = openUtcMs <= closeUtcMs ? utcMs >= openUtcMs && utcMs < closeUtcMs : utcMs >= openUtcMs || utcMs < closeUtcMs;
            Narrow(utcMs, openUtcMs);
            Narrow(utcMs, closeUtcMs);
        }

        /// <summary>Looks at a time, every day of the year.</summary>
        public void Compute(long utcMs, int weekdayMask, int fromMinute, int toMinute)
        {
            Compute(utcMs, 101, 1231, weekdayMask, fromMinute, toMinute);
        }

        /// <summary>Looks at a time, on every weekday.</summary>
        public void Compute(long utcMs, int fromMonthDay, int toMonthDay, int fromMinute, int toMinute)
        {
            Compute(utcMs, fromMonthDay, toMonthDay, EveryWeekday, fromMinute, toMinute);
        }

        private static bool IsOn(int lightingDay, int fromMonthDay, int toMonthDay, int weekdayMask)
        {
            CivilDate.FromDays(lightingDay, out _, out int month, out int day);
            int monthDay = (month * 100) + day;
            bool isInSeason = fromMonthDay <= toMonthDay
                ? monthDay >= fromMonthDay && monthDay <= toMonthDay : monthDay >= fromMonthDay || monthDay <= toMonthDay;
            return isInSeason && ((weekdayMask >> CivilDate.WeekdayOf(lightingDay)) & 1) != 0;
        }

        private void Narrow(long utcMs, long changeUtcMs)
        {
            if (changeUtcMs <= utcMs)
            {
                _fromUtcMs = changeUtcMs > _fromUtcMs ? changeUtcMs : _fromUtcMs;
            }
            else if (changeUtcMs < NextChangeUtcMs)
            {
                NextChangeUtcMs = changeUtcMs;
            }
        }
    }
}
