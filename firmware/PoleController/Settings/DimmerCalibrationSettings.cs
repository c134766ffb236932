// Which duty of the 0-10 V output gives which light: measured with a luminaire of the type. The interpolation is the driver's.
namespace PoleController.Settings
{
    /// <summary>The settings of the 0-10 V output. On the wire: number of points 1, then level 2 and duty 2 of each.</summary>
    public sealed class DimmerCalibrationSettings : SettingsPart
    {
        /// <summary>Most points.</summary>
        public const int MaximumPoints = 8;

        /// <summary>Points in use: 0 (the straight line of IEC 60929 Annex E: 1 V is the lowest, 10 V is full), or 2 to 8.</summary>
        public int PointCount;

        /// <summary>Levels, rising, 1 to 1,000 permille; above the last one its duty stays.</summary>
        public readonly ushort[] PointLevelPermille = new ushort[MaximumPoints];

        /// <summary>Duty of each, not falling, 0 to 10,000 ten-thousandths.</summary>
        public readonly ushort[] PointDutyTenThousandths = new ushort[MaximumPoints];

        /// <summary>Makes it with the defaults.</summary>
        public DimmerCalibrationSettings()
            : base(SettingsSection.DimmerCalibration)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            PointCount = 0;
            for (int i = 0; i < MaximumPoints; i++)
            {
                PointLevelPermille[i] = (ushort)((i + 1) * 1000 / MaximumPoints);
                PointDutyTenThousandths[i] = (ushort)((i + 1) * 10000 / MaximumPoints);
            }
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (PointCount != 0 && !IsWithin(PointCount, 2, MaximumPoints))
            {
                return SettingsFault.DimmerCalibration;
            }

            for (int i = 0; i < PointCount; i++)
            {
                if (!IsWithin(PointLevelPermille[i], 1, 1000) || PointDutyTenThousandths[i] > 10000
                    || (i > 0 && (PointLevelPermille[i] <= PointLevelPermille[i - 1] || PointDutyTenThousandths[i] < PointDutyTenThousandths[i - 1])))
                {
                    return SettingsFault.DimmerCalibration;
                }
            }

            return SettingsFault.None;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(PointCount);
            for (int i = 0; i < PointCount; i++)
            {
                writer.Put16(PointLevelPermille[i]);
                writer.Put16(PointDutyTenThousandths[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            PointCount = reader.Get8();
            if (PointCount > MaximumPoints)
            {
                PointCount = 0;
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                PointLevelPermille[i] = (ushort)reader.Get16();
                PointDutyTenThousandths[i] = (ushort)reader.Get16();
            }

            return true;
        }
    }
}
