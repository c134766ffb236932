// From where on a lean, a knock or an open door is worth a message.
namespace PoleController.Settings
{
    /// <summary>
    /// The settings of tilt, impact and door. On the wire: tilt 2, hysteresis 2, interval 2, learning time 2, impact 2, door debounce 2.
    /// </summary>
    public sealed class PoleGuardSettings : SettingsPart
    {
        /// <summary>Lean against how the pole was mounted from which it is an alarm, 20 to 900 tenths of a degree.</summary>
        public int TiltDecidegrees;

        /// <summary>How far below that the lean must fall to end the alarm, 1 to 100 tenths of a degree and less than half of it.</summary>
        public int TiltHysteresisDecidegrees;

        /// <summary>Time between samples, 10 to 43,200 s.</summary>
        public int IntervalSeconds;

        /// <summary>How long the pole must have been still after mounting for its stand to be taken as upright, 60 to 43,200 s.</summary>
        public int LearningSeconds;

        /// <summary>Acceleration beside gravity from which it is an impact, 100 to 8,000 thousandths of standard gravity.</summary>
        public int ImpactMilligravities;

        /// <summary>How long the door contact must be steady to be believed, 0 to 60,000 ms.</summary>
        public int DoorDebounceMs;

        /// <summary>Makes it with the defaults.</summary>
        public PoleGuardSettings()
            : base(SettingsSection.PoleGuard)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            TiltDecidegrees = 50;
            TiltHysteresisDecidegrees = 10;
            IntervalSeconds = 600;
            LearningSeconds = 600;
            ImpactMilligravities = 1500;
            DoorDebounceMs = 1000;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsWithin(TiltDecidegrees, 20, 900) || !IsWithin(TiltHysteresisDecidegrees, 1, 100) || TiltHysteresisDecidegrees * 2 >= TiltDecidegrees
                || !IsWithin(IntervalSeconds, 10, 43200) || !IsWithin(LearningSeconds, 60, 43200))
            {
                return SettingsFault.Tilt;
            }

            if (!IsWithin(ImpactMilligravities, 100, 8000))
            {
                return SettingsFault.Impact;
            }

            return IsWithin(DoorDebounceMs, 0, 60000) ? SettingsFault.None : SettingsFault.DoorDebounce;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(TiltDecidegrees);
            writer.Put16(TiltHysteresisDecidegrees);
            writer.Put16(IntervalSeconds);
            writer.Put16(LearningSeconds);
            writer.Put16(ImpactMilligravities);
            writer.Put16(DoorDebounceMs);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            TiltDecidegrees = reader.Get16();
            TiltHysteresisDecidegrees = reader.Get16();
            IntervalSeconds = reader.Get16();
            LearningSeconds = reader.Get16();
            ImpactMilligravities = reader.Get16();
            DoorDebounceMs = reader.Get16();
            return true;
        }
    }
}
