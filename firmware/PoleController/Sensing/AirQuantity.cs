// What an air station measures, each with its unit.
namespace PoleController.Sensing
{
    /// <summary>A quantity of the air.</summary>
    public enum AirQuantity
    {
        /// <summary>PM1 as the part says it, in tenths of a microgram per cubic metre.</summary>
        Pm1 = 0,

        /// <summary>PM2.5 as the part says it, in tenths of a microgram per cubic metre.</summary>
        Pm25 = 1,

        /// <summary>PM4 as the part says it, in tenths of a microgram per cubic metre.</summary>
        Pm4 = 2,

        /// <summary>PM10 as the part says it, in tenths of a microgram per cubic metre.</summary>
        Pm10 = 3,

        /// <summary>PM2.5 corrected for humidity, in tenths of a microgram per cubic metre.</summary>
        Pm25Corrected = 4,

        /// <summary>PM10 corrected for humidity, in tenths of a microgram per cubic metre.</summary>
        Pm10Corrected = 5,

        /// <summary>Temperature in hundredths of a degree Celsius.</summary>
        Temperature = 6,

        /// <summary>Relative humidity in thousandths.</summary>
        Humidity = 7,

        /// <summary>Pressure at the pole's height in pascals.</summary>
        Pressure = 8,

        /// <summary>Carbon dioxide in parts per million.</summary>
        CarbonDioxide = 9,

        /// <summary>Index of volatile organic compounds, 1 to 500; 100 is the usual air of the place.</summary>
        VocIndex = 10,

        /// <summary>Index of nitrogen oxides, 1 to 500; 1 is the usual air of the place.</summary>
        NoxIndex = 11,
    }
}
