// The commands of the SCD41 that the driver uses (data sheet SCD4x, version 1.6, table 9).
namespace PoleController.Drivers
{
    /// <summary>Commands of the SCD41.</summary>
    public static class Scd41Command
    {
        /// <summary>Variant of the sensor: SCD40, SCD41, SCD43.</summary>
        public const int GetSensorVariant = 0x202F;

        /// <summary>One measurement, 5 s.</summary>
        public const int MeasureSingleShot = 0x219D;

        /// <summary>Serial number, three words.</summary>
        public const int GetSerialNumber = 0x3682;

        /// <summary>Wakes the part; never acknowledged.</summary>
        public const int WakeUp = 0x36F6;

        /// <summary>Ends a periodic measurement, 500 ms.</summary>
        public const int StopPeriodicMeasurement = 0x3F86;

        /// <summary>Air pressure in hectopascals: set with a word, asked for without.</summary>
        public const int AmbientPressure = 0xE000;

        /// <summary>Whether a measurement waits: any of the lower 11 bits.</summary>
        public const int GetDataReadyStatus = 0xE4B8;

        /// <summary>Carbon dioxide, temperature, humidity; can be read once.</summary>
        public const int ReadMeasurement = 0xEC05;
    }
}
