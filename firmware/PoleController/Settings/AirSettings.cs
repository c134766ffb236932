// How often the air station asks its sensors, and how it corrects particulates for humidity.
namespace PoleController.Settings
{
    /// <summary>
    /// The settings of the air station. On the wire: intervals of particulates 2, climate 2, carbon dioxide 2 and gas 1, kappa 2, humid from 2.
    /// </summary>
    public sealed class AirSettings : SettingsPart
    {
        /// <summary>Time between samples of particulates, 60 to 3,600 s. The laser of such a part lives about 8,000 hours, so it rests in between.</summary>
        public int ParticulatesIntervalSeconds;

        /// <summary>Time between samples of temperature, humidity and pressure, 10 to 3,600 s.</summary>
        public int ClimateIntervalSeconds;

        /// <summary>Time between samples of carbon dioxide, 30 to 3,600 s.</summary>
        public int CarbonDioxideIntervalSeconds;

        /// <summary>Time between samples of the gas sensor, 1 to 10 s: what its index is made for.</summary>
        public int GasIntervalSeconds;

        /// <summary>
        /// Hygroscopicity of the particles, kappa of the kappa-Koehler theory in thousandths, 0 to 1,500; 0 switches the correction off.
        /// </summary>
        public int KappaPermille;

        /// <summary>Relative humidity from which light scattering reads high and values are flagged as humid, 500 to 1,000 thousandths.</summary>
        public int HumidFromPermille;

        /// <summary>Makes it with the defaults.</summary>
        public AirSettings()
            : base(SettingsSection.Air)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            ParticulatesIntervalSeconds = 600;
            ClimateIntervalSeconds = 300;
            CarbonDioxideIntervalSeconds = 300;
            GasIntervalSeconds = 10;
            KappaPermille = 400;
            HumidFromPermille = 750;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsWithin(ParticulatesIntervalSeconds, 60, 3600) || !IsWithin(ClimateIntervalSeconds, 10, 3600)
                || !IsWithin(CarbonDioxideIntervalSeconds, 30, 3600) || !IsWithin(GasIntervalSeconds, 1, 10))
            {
                return SettingsFault.AirInterval;
            }

            return IsWithin(KappaPermille, 0, 1500) && IsWithin(HumidFromPermille, 500, 1000) ? SettingsFault.None : SettingsFault.AirHumidity;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(ParticulatesIntervalSeconds);
            writer.Put16(ClimateIntervalSeconds);
            writer.Put16(CarbonDioxideIntervalSeconds);
            writer.Put8(GasIntervalSeconds);
            writer.Put16(KappaPermille);
            writer.Put16(HumidFromPermille);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            ParticulatesIntervalSeconds = reader.Get16();
            ClimateIntervalSeconds = reader.Get16();
            CarbonDioxideIntervalSeconds = reader.Get16();
            GasIntervalSeconds = reader.Get8();
            KappaPermille = reader.Get16();
            HumidFromPermille = reader.Get16();
            return true;
        }
    }
}
