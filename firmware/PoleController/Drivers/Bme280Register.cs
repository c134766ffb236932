// The registers of the BME280 that the driver uses (data sheet BST-BME280-DS002, section 5).
namespace PoleController.Drivers
{
    /// <summary>Registers of the BME280.</summary>
    public static class Bme280Register
    {
        /// <summary>Calibration of temperature and pressure (calib00 to calib25), the first byte of humidity's behind it.</summary>
        public const int Calibration = 0x88;

        /// <summary>Chip identity.</summary>
        public const int Identity = 0xD0;

        /// <summary>0xB6 resets the part.</summary>
        public const int Reset = 0xE0;

        /// <summary>Calibration of humidity (calib26 to calib32).</summary>
        public const int HumidityCalibration = 0xE1;

        /// <summary>How often humidity is measured; in force with the next write of MeasurementControl.</summary>
        public const int HumidityControl = 0xF2;

        /// <summary>Measuring; copying the calibration.</summary>
        public const int Status = 0xF3;

        /// <summary>How often temperature and pressure are measured, and the mode.</summary>
        public const int MeasurementControl = 0xF4;

        /// <summary>Filter and standby time.</summary>
        public const int Configuration = 0xF5;

        /// <summary>Pressure, temperature, humidity, eight bytes.</summary>
        public const int Data = 0xF7;
    }
}
