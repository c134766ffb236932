// From the BL0942's counts to units, for the shunt and the divider of a board. Pure, integers only.
namespace PoleController.Drivers
{
    /// <summary>
    /// Conversions of the BL0942 (data sheet V1.06, section 2.1.5: I_RMS = 305978 * I / Vref, V_RMS = 73989 * V / Vref, WATT = 3537 * I * V * cos / Vref^2 with the
    /// voltages at the pins in millivolts and Vref in volts; a pulse of the energy counter is 1638.4 * 256 / WATT seconds).
    /// </summary>
    public sealed class Bl0942Scale
    {
        /// <summary>The chip's reference voltage in millivolts.</summary>
        public const int ReferenceMillivolts = 1218;

        /// <summary>Shunt of the chip's application guide, in micro-ohms.</summary>
        public const int DefaultShuntMicroohms = 1000;

        /// <summary>Divider of the chip's application guide, 5 x 390 kilo-ohms over 510 ohms: mains voltage by voltage at the pin, in thousandths.</summary>
        public const int DefaultDividerMilli = 3824529;

        private readonly int _shuntMicroohms;
        private readonly int _dividerMilli;

        /// <summary>Makes it for the parts of the application guide.</summary>
        public Bl0942Scale()
            : this(DefaultShuntMicroohms, DefaultDividerMilli)
        {
        }

        /// <summary>Makes it.</summary>
        /// <param name="shuntMicroohms">Shunt in micro-ohms, 100 to 100,000.</param>
        /// <param name="dividerMilli">Mains voltage by voltage at the pin, in thousandths, 1,000,000 to 10,000,000.</param>
        public Bl0942Scale(int shuntMicroohms, int dividerMilli)
        {
            _shuntMicroohms = shuntMicroohms;
            _dividerMilli = dividerMilli;

            // Vref^2 in square millivolts is 1,483,524; a count of power is that by 3537, by the shunt, times the divider.
            NanowattsPerCount = (long)ReferenceMillivolts * ReferenceMillivolts * dividerMilli / 3537 * 1000 / shuntMicroohms / 1000;
        }

        /// <summary>A count of the power register in nanowatts.</summary>
        public long NanowattsPerCount { get; }

        /// <summary>Power in milliwatts.</summary>
        /// <param name="counts">The register WATT, -8,388,608 to 8,388,607; the sign is the direction of the shunt.</param>
        public int PowerMilliwatts(int counts)
        {
            long milliwatts = (counts < 0 ? -counts : counts) * NanowattsPerCount / 1000000;
            return milliwatts > int.MaxValue ? int.MaxValue : (int)milliwatts;
        }

        /// <summary>Voltage in millivolts.</summary>
        /// <param name="counts">The register V_RMS, 0 to 16,777,215.</param>
        public int VoltageMillivolts(int counts)
        {
            return (int)((long)counts * ReferenceMillivolts * _dividerMilli / 73989 / 1000000);
        }

        /// <summary>Current in milliamperes.</summary>
        /// <param name="counts">The register I_RMS, 0 to 16,777,215.</param>
        public int CurrentMilliamperes(int counts)
        {
            return (int)((long)counts * ReferenceMillivolts * 1000 / 305978 / _shuntMicroohms);
        }

        /// <summary>Energy in milliwatt-hours.</summary>
        /// <param name="pulses">The register CF_CNT, 0 to 16,777,215.</param>
        public long EnergyMilliwattHours(int pulses)
        {
            // A pulse is 1638.4 * 256 = 419,430.4 seconds of one count of power.
            return pulses * (NanowattsPerCount * 4194304 / 36000) / 1000000;
        }

        /// <summary>Frequency in hundredths of a hertz; -1 when the chip knows none.</summary>
        /// <param name="counts">The register FREQ: microseconds of a period.</param>
        public static int FrequencyCentihertz(int counts)
        {
            return counts <= 0 ? -1 : 100000000 / counts;
        }
    }
}
