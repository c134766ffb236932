// How people and vehicles are counted: what is withheld, where one speed class ends and the next begins.
namespace PoleController.Settings
{
    /// <summary>The settings of the traffic counts. On the wire: smallest count 1, boundaries 2 and 2, sensor height 2.</summary>
    public sealed class TrafficSettings : SettingsPart
    {
        /// <summary>The smallest count that is published, 1 to 255; what is below is withheld. 1 withholds nothing.</summary>
        public int SmallestCount;

        /// <summary>Speed above which it is cycling and no longer walking, 50 to 1,000 cm/s.</summary>
        public int CyclingFromCentimetresPerSecond;

        /// <summary>Speed above which it is driving and no longer cycling, more than that, up to 3,000 cm/s.</summary>
        public int DrivingFromCentimetresPerSecond;

        /// <summary>Height of the radar above the ground, 0 to 1,000 cm; with it slant distances become distances along the ground, 0 leaves them.</summary>
        public int SensorHeightCentimetres;

        /// <summary>Makes it with the defaults.</summary>
        public TrafficSettings()
            : base(SettingsSection.Traffic)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            SmallestCount = 5;
            CyclingFromCentimetresPerSecond = 250;
            DrivingFromCentimetresPerSecond = 800;
            SensorHeightCentimetres = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return IsWithin(SmallestCount, 1, 255) && IsWithin(CyclingFromCentimetresPerSecond, 50, 1000)
                && IsWithin(DrivingFromCentimetresPerSecond, CyclingFromCentimetresPerSecond + 1, 3000)
                && IsWithin(SensorHeightCentimetres, 0, 1000)
                ? SettingsFault.None
                : SettingsFault.Traffic;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(SmallestCount);
            writer.Put16(CyclingFromCentimetresPerSecond);
            writer.Put16(DrivingFromCentimetresPerSecond);
            writer.Put16(SensorHeightCentimetres);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            SmallestCount = reader.Get8();
            CyclingFromCentimetresPerSecond = reader.Get16();
            DrivingFromCentimetresPerSecond = reader.Get16();
            SensorHeightCentimetres = reader.Get16();
            return true;
        }
    }
}
