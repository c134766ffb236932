// From the port's units to the SX1276's and back. Pure, integers only.
namespace PoleController.Drivers
{
    /// <summary>Conversions of the SX1276.</summary>
    public static class Sx1276Conversion
    {
        /// <summary>Above this frequency the upper band's receiver and registers are in use.</summary>
        public const int LowBandEndHz = 525000000;

        /// <summary>Longest window in symbols that the chip can time by itself (10 bits).</summary>
        public const int MaximumWindowSymbols = 1023;

        // Shortest symbol time-out (section 4.1.5).
        private const int MinimumWindowSymbols = 4;

        /// <summary>Frequency in steps of 32 MHz / 2^19, rounded to the nearest.</summary>
        /// <param name="frequencyHz">137,000,000 to 1,020,000,000.</param>
        public static int PllSteps(int frequencyHz)
        {
            // 32 MHz / 2^19 is 15625 / 2^8 hertz.
            return (int)((((long)frequencyHz << 8) + 7812) / 15625);
        }

        /// <summary>Code of a bandwidth in ModemConfig1.</summary>
        public static int BandwidthCode(int bandwidthHz)
        {
            return bandwidthHz == 500000 ? 9 : bandwidthHz == 250000 ? 8 : 7;
        }

        /// <summary>A window in symbols, rounded up; may be more than the chip can time.</summary>
        public static int WindowSymbols(int windowMs, int spreadingFactor, int bandwidthHz)
        {
            int symbolUs = LoRaSymbols.SymbolUs(spreadingFactor, bandwidthHz);
            long symbols = ((windowMs * 1000L) + symbolUs - 1) / symbolUs;
            return symbols < MinimumWindowSymbols ? MinimumWindowSymbols : symbols > 65535 ? 65535 : (int)symbols;
        }

        /// <summary>The power that the chip is set to, within what the pin in use can do (section 5.4.3).</summary>
        /// <param name="powerDbm">Wanted.</param>
        /// <param name="isPaBoost">Whether the antenna is at PA_BOOST: 2 to 17 dBm, and 20 with its own setting; at RFO -4 to 14.</param>
        public static int LimitPowerDbm(int powerDbm, bool isPaBoost)
        {
            int lowest = isPaBoost ? 2 : -4;
            int highest = isPaBoost ? 20 : 14;
            return powerDbm < lowest ? lowest : powerDbm > highest ? highest : powerDbm;
        }

        /// <summary>PaConfig for a power within the limits.</summary>
        public static int PaConfig(int powerDbm, bool isPaBoost)
        {
            if (isPaBoost)
            {
                return 0xC0 | (IsHighPower(powerDbm) ? powerDbm - 5 : powerDbm - 2);
            }

            return powerDbm > 0 ? 0x70 | powerDbm : powerDbm + 4;
        }

        /// <summary>Whether a power at PA_BOOST needs the setting for 20 dBm.</summary>
        public static bool IsHighPower(int powerDbm)
        {
            return powerDbm > 17;
        }

        /// <summary>Signal strength in dBm (section 5.5.5).</summary>
        /// <param name="raw">PktRssiValue.</param>
        /// <param name="snrQuarterDecibel">PktSnrValue.</param>
        /// <param name="frequencyHz">The frequency received on: the two bands have different offsets.</param>
        public static int RssiDbm(int raw, int snrQuarterDecibel, int frequencyHz)
        {
            int offsetDbm = frequencyHz > LowBandEndHz ? -157 : -164;
            return snrQuarterDecibel < 0
                ? offsetDbm + raw + (snrQuarterDecibel / 4)
                : offsetDbm + (((raw * 16) + 7) / 15);
        }
    }
}
