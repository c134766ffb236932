// Ports: temperature, humidity and pressure; carbon dioxide; the signals of a gas sensor for volatile organic compounds and nitrogen oxides.
namespace PoleController.Hal
{
    /// <summary>Temperature, humidity and pressure of the air.</summary>
    public interface IClimateSensor : ISensor
    {
        /// <summary>Temperature in hundredths of a degree Celsius.</summary>
        int TemperatureCentidegrees { get; }

        /// <summary>Relative humidity in thousandths.</summary>
        int HumidityPermille { get; }

        /// <summary>Pressure at the pole's height, in pascals; -1 when the part does not measure it.</summary>
        int PressurePascals { get; }
    }

    /// <summary>Carbon dioxide in the air.</summary>
    public interface ICarbonDioxideSensor : ISensor
    {
        /// <summary>Carbon dioxide in parts per million.</summary>
        int CarbonDioxidePpm { get; }

        /// <summary>Temperature in the part, in hundredths of a degree Celsius.</summary>
        int TemperatureCentidegrees { get; }

        /// <summary>Relative humidity in the part, in thousandths.</summary>
        int HumidityPermille { get; }

        /// <summary>Tells the part the air pressure, which its result depends on; in pascals, 70,000 to 120,000. Acts from the next sample on.</summary>
        void SetPressure(int pascals);
    }

    /// <summary>A metal-oxide sensor for volatile organic compounds and nitrogen oxides. Its signals are resistances, not concentrations.</summary>
    public interface IGasSensor : ISensor
    {
        /// <summary>Signal of the VOC pixel, in ticks.</summary>
        int VocTicks { get; }

        /// <summary>Signal of the NOx pixel, in ticks; -1 while it is being conditioned.</summary>
        int NoxTicks { get; }

        /// <summary>Tells the part what the air is like, which its signals depend on. Acts from the next sample on.</summary>
        /// <param name="temperatureCentidegrees">Temperature in hundredths of a degree Celsius, -4,500 to 13,000.</param>
        /// <param name="humidityPermille">Relative humidity in thousandths, 0 to 1000.</param>
        void SetCompensation(int temperatureCentidegrees, int humidityPermille);
    }
}
