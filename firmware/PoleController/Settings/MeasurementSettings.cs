// Which quantities are measured at all, and how often each is sent. Who measures asks IsMeasured; who sends asks for the interval.
namespace PoleController.Settings
{
    /// <summary>The switches and intervals of the measurements. A kind that is switched off is not measured, not stored and not sent.</summary>
    public sealed class MeasurementSettings : SettingsPart
    {
        /// <summary>The first kind.</summary>
        public const MeasurementKind FirstKind = MeasurementKind.Luminaire;

        /// <summary>How many kinds there are.</summary>
        public const int KindCount = (int)MeasurementKind.Pole - (int)MeasurementKind.Luminaire + 1;

        /// <summary>Shortest interval that is not off, in seconds.</summary>
        public const int MinimumIntervalSeconds = 60;

        /// <summary>Longest interval, in seconds: eighteen hours, as much as two bytes hold.</summary>
        public const int MaximumIntervalSeconds = 64800;

        private const int DefaultIntervalSeconds = 3600;

        /// <summary>By kind, from <see cref="FirstKind"/>: time between two messages with it, 60 to 64,800 s; 0 switches the kind off.</summary>
        public readonly int[] IntervalSeconds = new int[KindCount];

        /// <summary>
        /// Whether measurements are confirmed uplinks: each is sent until it is acknowledged and kept in the journal when it is not, at the price of a downlink.
        /// </summary>
        public bool IsConfirmed;

        /// <summary>Makes it with the defaults.</summary>
        public MeasurementSettings()
            : base(SettingsSection.Measurements)
        {
            SetDefaults();
        }

        /// <summary>Whether a kind is measured at all.</summary>
        public bool IsMeasured(MeasurementKind kind)
        {
            return IntervalSeconds[(int)kind - (int)FirstKind] > 0;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            for (int i = 0; i < KindCount; i++)
            {
                IntervalSeconds[i] = DefaultIntervalSeconds;
            }

            IsConfirmed = false;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            for (int i = 0; i < KindCount; i++)
            {
                if (IntervalSeconds[i] != 0 && !IsWithin(IntervalSeconds[i], MinimumIntervalSeconds, MaximumIntervalSeconds))
                {
                    return SettingsFault.MeasurementInterval;
                }
            }

            return SettingsFault.None;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            for (int i = 0; i < KindCount; i++)
            {
                writer.Put16(IntervalSeconds[i]);
            }

            writer.Put8(IsConfirmed ? 1 : 0);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            for (int i = 0; i < KindCount; i++)
            {
                IntervalSeconds[i] = reader.Get16();
            }

            int confirmed = reader.Get8();
            IsConfirmed = confirmed == 1;
            return confirmed <= 1;
        }
    }
}
