// What an operator says of a water gauge and of how its level is measured.
namespace PoleController.Settings
{
    /// <summary>
    /// The settings of the water level. On the wire: sensor height 4, warning 4, alarm 4, hysteresis 2, warning rate 2, interval 2, rising interval 2, pings 1,
    /// substitute temperature 2.
    /// </summary>
    public sealed class WaterLevelSettings : SettingsPart
    {
        /// <summary>Value of a threshold that means: none.</summary>
        public const int NoThreshold = 0x7FFFFFFF;

        /// <summary>Value of <see cref="SubstituteCentidegrees"/> that means: none, take the distance as the part gives it.</summary>
        public const int NoSubstitute = FillLevelSettings.NoSubstitute;

        /// <summary>Largest height or level that can be set, in millimetres.</summary>
        public const int MaximumMillimetres = 100000;

        /// <summary>
        /// Height of the sensor above gauge zero, 1 to 100,000 mm; 0 when not known (then only the distance is reported).
        /// </summary>
        public int SensorHeightMillimetres;

        /// <summary>Level above gauge zero from which it is a warning, in mm; <see cref="NoThreshold"/> for none.</summary>
        public int WarningMillimetres;

        /// <summary>Level above gauge zero from which it is an alarm, more than the warning, in mm; <see cref="NoThreshold"/> for none.</summary>
        public int AlarmMillimetres;

        /// <summary>How far below a threshold the level must fall to end a state, 1 to 5,000 mm.</summary>
        public int HysteresisMillimetres;

        /// <summary>Rate of rise from which it is a warning, 1 to 10,000 mm an hour; 0 for none.</summary>
        public int WarningRateMillimetresPerHour;

        /// <summary>Time between bursts, 60 to 43,200 s.</summary>
        public int IntervalSeconds;

        /// <summary>Time between bursts while the water rises or stands above a threshold, 30 s up to the interval.</summary>
        public int RisingIntervalSeconds;

        /// <summary>Pings of a burst, 5 to 9.</summary>
        public int PingCount;

        /// <summary>Air temperature to assume when none is measured, -4,000 to 8,500 hundredths of a degree; <see cref="NoSubstitute"/> for none.</summary>
        public int SubstituteCentidegrees;

        /// <summary>Makes it with the defaults.</summary>
        public WaterLevelSettings()
            : base(SettingsSection.WaterLevel)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            SensorHeightMillimetres = 0;
            WarningMillimetres = NoThreshold;
            AlarmMillimetres = NoThreshold;
            HysteresisMillimetres = 50;
            WarningRateMillimetresPerHour = 0;
            IntervalSeconds = 600;
            RisingIntervalSeconds = 120;
            PingCount = 9;
            SubstituteCentidegrees = NoSubstitute;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsWithin(SensorHeightMillimetres, 0, MaximumMillimetres))
            {
                return SettingsFault.WaterLevelGauge;
            }

            if (!IsThreshold(WarningMillimetres) || !IsThreshold(AlarmMillimetres)
                || (AlarmMillimetres != NoThreshold && WarningMillimetres != NoThreshold && AlarmMillimetres <= WarningMillimetres)
                || !IsWithin(HysteresisMillimetres, 1, 5000) || !IsWithin(WarningRateMillimetresPerHour, 0, 10000))
            {
                return SettingsFault.WaterLevelThresholds;
            }

            bool isSubstitute = SubstituteCentidegrees == NoSubstitute || IsWithin(SubstituteCentidegrees, -4000, 8500);
            return isSubstitute && IsWithin(PingCount, 5, 9) && IsWithin(IntervalSeconds, 60, 43200) && IsWithin(RisingIntervalSeconds, 30, IntervalSeconds)
                ? SettingsFault.None
                : SettingsFault.WaterLevelMeasuring;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put32(SensorHeightMillimetres);
            writer.Put32(WarningMillimetres);
            writer.Put32(AlarmMillimetres);
            writer.Put16(HysteresisMillimetres);
            writer.Put16(WarningRateMillimetresPerHour);
            writer.Put16(IntervalSeconds);
            writer.Put16(RisingIntervalSeconds);
            writer.Put8(PingCount);
            writer.Put16(SubstituteCentidegrees);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            SensorHeightMillimetres = reader.Get32();
            WarningMillimetres = reader.Get32();
            AlarmMillimetres = reader.Get32();
            HysteresisMillimetres = reader.Get16();
            WarningRateMillimetresPerHour = reader.Get16();
            IntervalSeconds = reader.Get16();
            RisingIntervalSeconds = reader.Get16();
            PingCount = reader.Get8();
            SubstituteCentidegrees = reader.GetSigned16();
            return true;
        }

        private static bool IsThreshold(int millimetres)
        {
            return millimetres == NoThreshold || IsWithin(millimetres, -MaximumMillimetres, MaximumMillimetres);
        }
    }
}
