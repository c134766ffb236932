// What raises an alarm without a watcher of its own: luminaire, clock and the components' health, said on the alarm board; and everything that anybody
// said there, handed on to the alarm table.
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

        private readonly AlarmBoard _board;
        private readonly AlarmTable _table;
        private readonly EndDevice _device;
        private readonly PoleClock _clock;
        private readonly LightingControl _lighting;
        private readonly LuminaireMonitor _luminaire;
        private readonly Health _lightingHealth;
        private readonly Health _occupancyHealth;
        private readonly Health _luminaireHealth;
        private readonly Health _settingsHealth;
        private readonly IRandom _random;
        private long _clockUnknownAtMs = Wake.Never;
        private int _seenBoardChanges;

        /// <summary>Makes it.</summary>
        public AlarmSources(AlarmBoard board, AlarmTable table, EndDevice device, PoleClock clock, LightingControl lighting, OccupancySensor occupancy,
            LuminaireMonitor luminaire, SettingsStore settingsStore, IRandom random)
        {
            _board = board;
            _table = table;
            _device = device;
            _clock = clock;
            _lighting = lighting;
            _luminaire = luminaire;
            _lightingHealth = lighting.Health;
            _occupancyHealth = occupancy.Health;
            _luminaireHealth = luminaire.Health;
            _settingsHealth = settingsStore.Health;
            _random = random;
        }

        /// <summary>Differs from what it was when there may be something new to see.</summary>
        public int ChangeCount
        {
            get
            {
                return _board.ChangeCount + _luminaire.AlarmChangeCount + _lightingHealth.ChangeCount + _occupancyHealth.ChangeCount
                    + _luminaireHealth.ChangeCount + _settingsHealth.ChangeCount + _clock.SetCount;
            }
        }

        /// <summary>Looks once.</summary>
        /// <returns>When it has to look again without anything else happening; <see cref="Wake.Never"/>: not.</returns>
        public long Look(long nowMs)
        {
            _board.Set(AlarmKind.LampFailure, _luminaire.IsLampFailure, HealthReason.None, 0);
            _board.Set(AlarmKind.DayBurner, _luminaire.IsDayBurner, HealthReason.None, 0);
            SetHealth(AlarmKind.LightingFault, _lightingHealth);
            SetHealth(AlarmKind.OccupancyFault, _occupancyHealth);
            SetHealth(AlarmKind.MeterFault, _luminaireHealth);
            SetHealth(AlarmKind.SettingsFault, _settingsHealth);
            long lookAgainMs = LookAtClock(nowMs);
            TakeChanges(nowMs);
            return lookAgainMs;
        }

        private void TakeChanges(long nowMs)
        {
            if (_board.ChangeCount == _seenBoardChanges)
            {
                return;
            }

            _seenBoardChanges = _board.ChangeCount;
            for (int kind = 1; kind < AlarmBoard.KindCount; kind++)
            {
                if (_table.NewChanges(kind) > 0)
                {
                    _table.Take(kind, nowMs, _random.Next(SpreadMs), _lighting.LevelPermille, _luminaire.PowerMilliwatts);
                }
            }
        }

        private long LookAtClock(long nowMs)
        {
            if (_clock.IsKnown || !_device.IsJoined)
            {
                _clockUnknownAtMs = Wake.Never;
                _board.Set(AlarmKind.ClockUnknown, false, HealthReason.None, 0);
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

            _board.Set(AlarmKind.ClockUnknown, true, HealthReason.ClockUnknown, 0);
            return Wake.Never;
        }

        // A part that is not fitted is no fault, and the unknown clock has its own alarm.
        private void SetHealth(AlarmKind kind, Health health)
        {
            HealthReason reason = health.Reason;
            bool isFault = health.State != HealthState.Ok && reason != HealthReason.NotFitted && reason != HealthReason.ClockUnknown;
            _board.Set(kind, isFault, reason, 0);
        }
    }
}
