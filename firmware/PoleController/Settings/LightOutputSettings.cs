// What stands between the level that was decided and the light that is put out: constant light output, dirt, virtual power output, derating.
namespace PoleController.Settings
{
    /// <summary>
    /// The settings of the light output. On the wire: virtual power 2, cleaning allowance 2, cleaning interval 2, cleaned at 4, derating floor 2, derating
    /// step 2, number of points 1, then hours 4 and output 2 of each.
    /// </summary>
    public sealed class LightOutputSettings : SettingsPart
    {
        /// <summary>Most points of the constant light output.</summary>
        public const int MaximumPoints = 8;

        /// <summary>Longest life that can be set, in lamp hours: an LED luminaire's 100,000 and as much again.</summary>
        public const int MaximumHours = 200000;

        /// <summary>Virtual power output: full light is this share of what the luminaire can do, 100 to 1,000 permille.</summary>
        public int VirtualPowerPermille;

        /// <summary>What a clean luminaire needs less than one that is due for cleaning, 0 to 300 permille; 0: dirt is not reckoned with.</summary>
        public int CleaningAllowancePermille;

        /// <summary>Lamp hours from one cleaning to the next, 100 to 50,000.</summary>
        public int CleaningIntervalHours;

        /// <summary>Lamp hours at the last cleaning, 0 to 200,000.</summary>
        public int CleanedAtHours;

        /// <summary>Derating goes no lower than this share of the light, 100 to 1,000 permille; 1,000: no derating.</summary>
        public int DeratingFloorPermille;

        /// <summary>How much derating takes away, or gives back, in a step of a minute, 10 to 500 permille.</summary>
        public int DeratingStepPermille;

        /// <summary>Points of the constant light output in use, 0 to 8; without one it is off.</summary>
        public int PointCount;

        /// <summary>Lamp hours of the points, rising, 0 to 200,000.</summary>
        public readonly int[] PointHours = new int[MaximumPoints];

        /// <summary>Output at each, not falling, 500 to 1,000 permille; the last one is 1,000.</summary>
        public readonly ushort[] PointOutputPermille = new ushort[MaximumPoints];

        /// <summary>Makes it with the defaults.</summary>
        public LightOutputSettings()
            : base(SettingsSection.LightOutput)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            VirtualPowerPermille = 1000;
            CleaningAllowancePermille = 0;
            CleaningIntervalHours = 8000;
            CleanedAtHours = 0;
            DeratingFloorPermille = 500;
            DeratingStepPermille = 100;
            PointCount = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsWithin(VirtualPowerPermille, 100, 1000))
            {
                return SettingsFault.LightOutputPower;
            }

            if (!IsWithin(CleaningAllowancePermille, 0, 300) || !IsWithin(CleaningIntervalHours, 100, 50000)
                || !IsWithin(CleanedAtHours, 0, MaximumHours))
            {
                return SettingsFault.LightOutputCleaning;
            }

            if (!IsWithin(DeratingFloorPermille, 100, 1000) || !IsWithin(DeratingStepPermille, 10, 500))
            {
                return SettingsFault.LightOutputDerating;
            }

            return IsCurve() ? SettingsFault.None : SettingsFault.LightOutputCurve;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(VirtualPowerPermille);
            writer.Put16(CleaningAllowancePermille);
            writer.Put16(CleaningIntervalHours);
            writer.Put32(CleanedAtHours);
            writer.Put16(DeratingFloorPermille);
            writer.Put16(DeratingStepPermille);
            writer.Put8(PointCount);
            for (int i = 0; i < PointCount; i++)
            {
                writer.Put32(PointHours[i]);
                writer.Put16(PointOutputPermille[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            VirtualPowerPermille = reader.Get16();
            CleaningAllowancePermille = reader.Get16();
            CleaningIntervalHours = reader.Get16();
            CleanedAtHours = reader.Get32();
            DeratingFloorPermille = reader.Get16();
            DeratingStepPermille = reader.Get16();
            PointCount = reader.Get8();
            if (PointCount > MaximumPoints)
            {
                PointCount = 0;
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                PointHours[i] = reader.Get32();
                PointOutputPermille[i] = (ushort)reader.Get16();
            }

            return true;
        }

        private bool IsCurve()
        {
            if (!IsWithin(PointCount, 0, MaximumPoints))
            {
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                if (!IsWithin(PointHours[i], 0, MaximumHours) || !IsWithin(PointOutputPermille[i], 500, 1000)
                    || (i > 0 && (PointHours[i] <= PointHours[i - 1] || PointOutputPermille[i] < PointOutputPermille[i - 1])))
                {
                    return false;
                }
            }

            return PointCount == 0 || PointOutputPermille[PointCount - 1] == 1000;
        }
    }
}
