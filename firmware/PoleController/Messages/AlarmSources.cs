// What raises an alarm: looks at luminaire, clock and the components' health and notes what changed in the alarm table.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Watches everything that can raise an alarm.</summary>
    internal sealed class AlarmSources
    {
        /// <summary>How long a joined pole may be without the time before that is an alarm: the network answers DeviceTimeReq within a few uplinks.</summary>
        public const int ClockUnknownAfterMs = 15 * 60000;

        /// <summary>Alarms are spread over this time.</summary>
        public const int SpreadMs = 5000;

        private readonly AlarmTable _table;
        private readonly EndDevice _device;
        private readonly PoleClock _clock;
        private readonly LightingControl _lighting;
        private readonly OccupancySensor _occupancy;
        private readonly LuminaireMonitor _luminaire;
        private readonly SettingsStore _settingsStore;
        private readonly IRandom _random;
        private long _clockUnknownAtMs = Wake.Never;

        /// <summary>Makes it.</summary>
        public AlarmSources(AlarmTable table, EndDevice device, PoleClock clock, LightingControl lighting, OccupancySensor occupancy,
            LuminaireMonitor luminaire, SettingsStore settingsStore, IRandom random)
        {
            _table = table;
            _device = device;
            _clock = clock;
            _lighting = lighting;
            _occupancy = occupancy;
            _luminaire = luminaire;
            _settingsStore = settingsStore;
            _random = random;
        }

        /// <summary>Differs from what it was when there may be something new to see.</summary>
        public int ChangeCount
        {
            get
            {
                return _luminaire.AlarmChangeCount + _lighting.Health.ChangeCount + _occupancy.Health.ChangeCount + _luminaire.Health.ChangeCount
                    + _settingsStore.Health.ChangeCount + _clock.SetCount;
            }
        }

        /// <summary>Looks once.</summary>
        /// <returns>When it has to look again without anything else happening; <see cref="Wake.Never"/>: not.</returns>
        public long Look(long nowMs)
        {
            Note(AlarmKind.LampFailure, _luminaire.IsLampFailure, HealthReason.None, nowMs);
            Note(AlarmKind.DayBurner, _luminaire.IsDayBurner, HealthReason.None, nowMs);
            NoteHealth(AlarmKind.LightingFault, _lighting.Health, nowMs);
            NoteHealth(AlarmKind.OccupancyFault, _occupancy.Health, nowMs);
            NoteHealth(AlarmKind.MeterFault, _luminaire.Health, nowMs);
            NoteHealth(AlarmKind.SettingsFault, _settingsStore.Health, nowMs);
            return LookAtClock(nowMs);
        }

        private long LookAtClock(long nowMs)
        {
            if (_clock.IsKnown || !_device.IsJoined)
            {
                _clockUnknownAtMs = Wake.Never;
                Note(AlarmKind.ClockUnknown, false, HealthReason.None, nowMs);
                return Wake.Never;
            }

            if (_clockUnknownAtMs == Wake.Never)
            {
                _clockUnknownAtMs = nowMs + ClockUnknownAfterMs;
            }

            if (nowMs < _clockUnknownAtMs)
            {
                return _clockUnknownAtMs;
            }

            Note(AlarmKind.ClockUnknown, true, HealthReason.ClockUnknown, nowMs);
            return Wake.Never;
        }

        // A part that is not fitted is no fault, and the unknown clock has its own alarm.
        private void NoteHealth(AlarmKind kind, Health health, long nowMs)
        {
            HealthReason reason = health.Reason;
            bool isFault = health.State != HealthState.Ok && reason != HealthReason.NotFitted && reason != HealthReason.ClockUnknown;
            Note(kind, isFault, reason, nowMs);
        }

        private void Note(AlarmKind kind, bool isRaised, HealthReason reason, long nowMs)
        {
            if (_table.IsChange(kind, isRaised, reason))
            {
                _table.Set(kind, isRaised, reason, nowMs, _random.Next(SpreadMs), _lighting.LevelPermille, _luminaire.PowerMilliwatts);
            }
        }
    }
}
