// Limits the light while the grid's operator asks for it. It decides no level: what others decide is cut.
using PoleController.Alarms;
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// A step of load shedding until its time-out. It cuts what program, occupancy and commands ask for, never below the floor of the settings, and leaves
    /// emergency and blinking alone. The alarm <see cref="AlarmKind.LoadShedding"/> goes with it.
    /// </summary>
    public sealed class LoadShedding
    {
        /// <summary>
        /// The longest fade to a limit, in milliseconds: slow enough not to startle anybody, and a load that is to be shed within a quarter of an hour is gone
        /// long before.
        /// </summary>
        public const int MaximumFadeMs = 10000;

        private readonly LoadSheddingSettings _settings;
        private readonly AlarmBoard _alarms;
        private readonly LightingOrders _orders;

        /// <summary>Makes it.</summary>
        public LoadShedding(LoadSheddingSettings settings, AlarmBoard alarms, LightingOrders orders)
        {
            _settings = settings;
            _alarms = alarms;
            _orders = orders;
        }

        /// <summary>The step in force, 0 to 3.</summary>
        public int Step { get; private set; }

        /// <summary>When it ends or ended, in ms since start.</summary>
        public long EndMs { get; private set; }

        /// <summary>Forgets the step: the controller has started.</summary>
        public void Reset()
        {
            Step = 0;
            EndMs = 0;
        }

        /// <summary>Sets the step; the newest pre-empts.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="step">0 (ends it) to 3.</param>
        /// <param name="durationMinutes">How long; cut to the setting's limit. 0 or less ends it.</param>
        public void Shed(long nowMs, int step, int durationMinutes)
        {
            _orders.Count++;
            int minutes = durationMinutes > _settings.MaximumMinutes ? _settings.MaximumMinutes : durationMinutes;
            Step = minutes > 0 && step > 0 ? step : 0;
            EndMs = nowMs + (minutes * 60000L);
            if (Step > 0)
            {
                // Another step is told like a new alarm.
                _alarms.Notice(AlarmKind.LoadShedding, Step);
            }
            else
            {
                _alarms.Set(AlarmKind.LoadShedding, false, HealthReason.None, 0);
            }
        }

        /// <summary>Cuts a decision.</summary>
        public void Limit(long nowMs, LightingDecision decision)
        {
            if (Step == 0)
            {
                return;
            }

            if (nowMs >= EndMs)
            {
                Shed(nowMs, 0, 0);
                return;
            }

            decision.WakeBy(EndMs);
            int limitPermille = _settings.LimitOf(Step);
            if (decision.LevelPermille > limitPermille)
            {
                decision.LevelPermille = limitPermille;
                decision.Cause = LevelCause.LoadShedding;
                decision.FadeMs = decision.FadeMs < MaximumFadeMs ? decision.FadeMs : MaximumFadeMs;
            }
        }
    }
}
