// The steps of load shedding: how far each limits the light, and below what it never goes.
namespace PoleController.Settings
{
    /// <summary>
    /// The upper limits of the steps 1 to 3 that the grid's operator may ask for. All poles of a group are limited alike, because switching off every second
    /// lamp breaks the uniformity that EN 13201-2 asks for. Bytes: three limits 1 each, floor 1 (in percent), time limit 2.
    /// </summary>
    public sealed class LoadSheddingSettings : SettingsPart
    {
        /// <summary>Steps beside step 0, no shedding.</summary>
        public const int StepCount = 3;

        /// <summary>Of the steps 1 to 3 in this order, the most that is put out, 10 to 1000 in steps of 10; none more than the step before.</summary>
        public readonly short[] LimitPermille = new short[StepCount];

        /// <summary>
        /// No limit goes below this, 10 to 1000 in steps of 10: set by the class of the road (EN 13201-2), of which the lowest that may be left at night is
        /// the owner's choice.
        /// </summary>
        public int FloorPermille;

        /// <summary>How long a command may shed load for at most, 1 to 1440 minutes.</summary>
        public int MaximumMinutes;

        /// <summary>Makes it with the defaults.</summary>
        public LoadSheddingSettings()
            : base(SettingsSection.LoadShedding)
        {
            SetDefaults();
        }

        /// <summary>The most that is put out at a step, 10 to 1000; 1000 at step 0.</summary>
        /// <param name="step">0 to 3; what is above is 3.</param>
        public int LimitOf(int step)
        {
            if (step <= 0)
            {
                return 1000;
            }

            int limitPermille = LimitPermille[step > StepCount ? StepCount - 1 : step - 1];
            return limitPermille < FloorPermille ? FloorPermille : limitPermille;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            LimitPermille[0] = 700;
            LimitPermille[1] = 500;
            LimitPermille[2] = 300;
            FloorPermille = 200;
            MaximumMinutes = 240;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            int beforePermille = 1000;
            for (int i = 0; i < StepCount; i++)
            {
                if (!SettingsRules.IsPercentLevel(LimitPermille[i], 10) || LimitPermille[i] > beforePermille)
                {
                    return SettingsFault.LoadShedding;
                }

                beforePermille = LimitPermille[i];
            }

            return SettingsRules.IsPercentLevel(FloorPermille, 10) && SettingsRules.IsWithin(MaximumMinutes, 1, 1440)
                ? SettingsFault.None : SettingsFault.LoadShedding;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            for (int i = 0; i < StepCount; i++)
            {
                writer.Put8(LimitPermille[i] / 10);
            }

            writer.Put8(FloorPermille / 10);
            writer.Put16(MaximumMinutes);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            for (int i = 0; i < StepCount; i++)
            {
                LimitPermille[i] = (short)(reader.Get8() * 10);
            }

            FloorPermille = reader.Get8() * 10;
            MaximumMinutes = reader.Get16();
            return true;
        }
    }
}
