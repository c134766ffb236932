// The registers of the VEML7700 that the driver uses (data sheet 84286, table 1). Each has 16 bits, the lower byte first.
namespace PoleController.Drivers
{
    /// <summary>Registers of the VEML7700 ("command codes" in the data sheet).</summary>
    public static class Veml7700Register
    {
        /// <summary>Gain, integration time, persistence, shutdown (ALS_CONF_0).</summary>
        public const int Configuration = 0x00;

        /// <summary>Counts of the ambient light channel.</summary>
        public const int AmbientLight = 0x04;

        /// <summary>Identity of the part.</summary>
        public const int Identity = 0x07;
    }
}
