// Time on air of a LoRa frame, in integers.
namespace PoleController.LoRaWan
{
    /// <summary>Time on air (Semtech AN1200.13, section 4): eight preamble symbols, explicit header, coding rate 4/5.</summary>
    public static class AirTime
    {
        private const int PreambleSymbols = 8;

        /// <summary>Duration of one symbol in microseconds.</summary>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        public static int SymbolUs(int spreadingFactor, int bandwidthHz)
        {
            // 125, 250 and 500 kHz divide a second's million microseconds without a remainder.
            return (1 << spreadingFactor) * (1000000 / bandwidthHz);
        }

        /// <summary>Duration of the preamble with its sync word in microseconds.</summary>
        public static int PreambleUs(int spreadingFactor, int bandwidthHz)
        {
            return ((4 * PreambleSymbols) + 17) * (SymbolUs(spreadingFactor, bandwidthHz) / 4);
        }

        /// <summary>Duration of a whole frame in microseconds.</summary>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        /// <param name="length">Bytes of PHYPayload, 0 to 255.</param>
        /// <param name="hasCrc">Whether there is a payload CRC: uplinks have one, downlinks do not.</param>
        public static int FrameUs(int spreadingFactor, int bandwidthHz, int length, bool hasCrc)
        {
            int symbolUs = SymbolUs(spreadingFactor, bandwidthHz);

            // Low data rate optimisation is mandatory when a symbol lasts more than 16 ms: SF11 and SF12 at 125 kHz, SF12 at 250 kHz.
            int optimisation = symbolUs > 16000 ? 1 : 0;
            int numerator = (8 * length) - (4 * spreadingFactor) + 28 + (hasCrc ? 16 : 0);
            int divisor = 4 * (spreadingFactor - (2 * optimisation));
            int codeWords = numerator > 0 ? (numerator + divisor - 1) / divisor : 0;
            return PreambleUs(spreadingFactor, bandwidthHz) + ((8 + (codeWords * 5)) * symbolUs);
        }
    }
}
