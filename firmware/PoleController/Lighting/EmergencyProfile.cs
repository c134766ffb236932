// The emergency and the crisis profile: before everything else, for a limited time, and told by an alarm.
using PoleController.Alarms;
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// A fixed level before every other reason. It ends by itself: a command's time is cut to the setting's limit, and it does not survive a restart. The alarm
    /// <see cref="AlarmKind.EmergencyProfile"/> goes with it.
    /// </summary>
    public sealed class EmergencyProfile : LightingDecider
    {
        private readonly EmergencySettings _settings;
        private readonly AlarmBoard _alarms;
        private readonly LightingOrders _orders;

        /// <summary>Makes it.</summary>
        public EmergencyProfile(EmergencySettings settings, AlarmBoard alarms, LightingOrders orders)
        {
            _settings = settings;
            _alarms = alarms;
            _orders = orders;
        }

        /// <summary>Which profile is called, or was last.</summary>
        public EmergencyKind Kind { get; private set; }

        /// <summary>The level of that profile, 0 to 1000.</summary>
        public int LevelPermille
        {
            get { return Kind == EmergencyKind.Crisis ? _settings.CrisisLevelPermille : _settings.EmergencyLevelPermille; }
        }

        /// <summary>Whether a profile is called.</summary>
        public bool IsCalled { get; private set; }

        /// <summary>When it ends or ended, in ms since start.</summary>
        public long EndMs { get; private set; }

        /// <inheritdoc/>
        public override void Reset()
        {
            IsCalled = false;
            EndMs = 0;
        }

        /// <summary>Calls a profile; the newest pre-empts.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="kind">Which.</param>
        /// <param name="durationMinutes">How long; cut to the setting's limit. 0 or less ends it.</param>
        public void Call(long nowMs, EmergencyKind kind, int durationMinutes)
        {
            _orders.Count++;
            if (durationMinutes <= 0)
            {
                End();
                return;
            }

            int minutes = durationMinutes > _settings.MaximumMinutes ? _settings.MaximumMinutes : durationMinutes;
            Kind = kind;
            EndMs = nowMs + (minutes * 60000L);
            IsCalled = true;
            _alarms.Set(AlarmKind.EmergencyProfile, true, HealthReason.None, minutes);
        }

        /// <inheritdoc/>
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            if (!IsCalled)
            {
                return false;
            }

            if (nowMs >= EndMs)
            {
                End();
                return false;
            }

            decision.Ask(LevelPermille, LevelCause.Emergency, 0);
            decision.WakeBy(EndMs);
            return true;
        }

        private void End()
        {
            IsCalled = false;
            _alarms.Set(AlarmKind.EmergencyProfile, false, HealthReason.None, 0);
        }
    }
}
