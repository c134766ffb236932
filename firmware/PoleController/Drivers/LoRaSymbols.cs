// Durations in a LoRa modem's own unit, the symbol: what a driver needs to say how long a chip may take. Integers only.
namespace PoleController.Drivers
{
    /// <summary>Symbol durations (Semtech AN1200.13, section 4).</summary>
    public static class LoRaSymbols
    {
        /// <summary>Symbols from the first of the preamble until the header is known: 8 + 4.25 of preamble, 8 of header, rounded up.</summary>
        public const int UntilHeader = 21;

        /// <summary>Duration of a symbol in microseconds.</summary>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        public static int SymbolUs(int spreadingFactor, int bandwidthHz)
        {
            return (1 << spreadingFactor) * (1000000 / bandwidthHz);
        }

        /// <summary>
        /// Whether low data rate optimisation is on: symbols of more than 16 ms (SX1276 data sheet, section 4.1.1.6), that is SF11 and SF12 at 125 kHz
        /// and SF12 at 250 kHz.
        /// </summary>
        public static bool IsLowDataRate(int spreadingFactor, int bandwidthHz)
        {
            return SymbolUs(spreadingFactor, bandwidthHz) > 16000;
        }

        /// <summary>Milliseconds that so many symbols take, rounded up.</summary>
        public static int ToMs(int symbols, int spreadingFactor, int bandwidthHz)
        {
            return ((symbols * SymbolUs(spreadingFactor, bandwidthHz)) + 999) / 1000;
        }

        /// <summary>Milliseconds that a frame takes at most: with payload CRC, preamble included, rounded up.</summary>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        /// <param name="length">Bytes of PHY payload, 1 to 255.</param>
        public static int FrameMs(int spreadingFactor, int bandwidthHz, int length)
        {
            int bitsPerCodeWord = 4 * (spreadingFactor - (IsLowDataRate(spreadingFactor, bandwidthHz) ? 2 : 0));
            int codeWords = ((8 * length) + 44 - (4 * spreadingFactor) + bitsPerCodeWord - 1) / bitsPerCodeWord;
            return ToMs(UntilHeader + (5 * (codeWords > 0 ? codeWords : 0)), spreadingFactor, bandwidthHz);
        }
    }
}
