// What a pulse of an energy meter stands for: by the chip's formula and the resistors around it. Pure; counting is PulseMeter's.
namespace PoleController.Drivers
{
    /// <summary>
    /// The energy of a pulse at the output CF. A chip multiplies the voltages at its two channels (shunt, divider) and gives a frequency that goes with the product,
    /// by the square of its own reference voltage.
    /// </summary>
    public sealed class PulseMeterScale
    {
        /// <summary>Shunt of the usual circuit of these chips, in micro-ohms.</summary>
        public const int DefaultShuntMicroohms = 1000;

        /// <summary>Divider of the usual circuit, 5 x 470 kilo-ohms over 1 kilo-ohm: mains voltage by voltage at the pin, in thousandths.</summary>
        public const int DefaultDividerMilli = 2351000;

        // BL0937 data sheet V1.02: F(CF) = 1721506 V(I) V(V) / Vref^2, Vref 1.218 V.
        private const long Bl0937ReferenceMillivolts = 1218;
        private const long Bl0937Factor = 1721506;

        // HLW8012 user manual 1.3 (CSE7759 the same): F(CF) = V1 V2 48 / Vref^2 Fosc / 128, Vref 2.43 V, Fosc 3.579 MHz.
        private const long Hlw8012ReferenceMillivolts = 2430;
        private const long Hlw8012OscillatorHz = 3579000;

        private const long MicrojoulesPerMilliwattHour = 3600000;

        private PulseMeterScale(long microjoulesPerPulse)
        {
            MicrojoulesPerPulse = microjoulesPerPulse;
        }

        /// <summary>Energy of a pulse in microjoules.</summary>
        public long MicrojoulesPerPulse { get; }

        /// <summary>A BL0937 (not the BL0937B, which has another reference).</summary>
        /// <param name="shuntMicroohms">Shunt in micro-ohms, 100 to 100,000.</param>
        /// <param name="dividerMilli">Mains voltage by voltage at the pin, in thousandths, 1,000,000 to 10,000,000.</param>
        public static PulseMeterScale Bl0937(int shuntMicroohms, int dividerMilli)
        {
            return new PulseMeterScale(Bl0937ReferenceMillivolts * Bl0937ReferenceMillivolts * dividerMilli / Bl0937Factor * 1000 / shuntMicroohms);
        }

        /// <summary>An HLW8012 or CSE7759.</summary>
        /// <param name="shuntMicroohms">Shunt in micro-ohms, 100 to 100,000.</param>
        /// <param name="dividerMilli">Mains voltage by voltage at the pin, in thousandths, 1,000,000 to 10,000,000.</param>
        public static PulseMeterScale Hlw8012(int shuntMicroohms, int dividerMilli)
        {
            return new PulseMeterScale(
                Hlw8012ReferenceMillivolts * Hlw8012ReferenceMillivolts * dividerMilli / Hlw8012OscillatorHz * 128 / 48 * 1000 / shuntMicroohms);
        }

        /// <summary>Mean power in milliwatts.</summary>
        /// <param name="pulses">How many came, 0 or more.</param>
        /// <param name="durationMs">In how many milliseconds, above 0.</param>
        public long PowerMilliwatts(long pulses, long durationMs)
        {
            return pulses * MicrojoulesPerPulse / durationMs;
        }

        /// <summary>Energy in milliwatt-hours.</summary>
        /// <param name="pulses">How many came, 0 or more.</param>
        public long EnergyMilliwattHours(long pulses)
        {
            return pulses * MicrojoulesPerPulse / MicrojoulesPerMilliwattHour;
        }
    }
}
