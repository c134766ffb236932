// When the class A receive windows open and close. It does not touch the radio.
namespace PoleController.LoRaWan
{
    /// <summary>The two receive windows after an uplink (TS001-1.0.4, section 3.3), wide enough for a clock that steps in 10 ms.</summary>
    public sealed class ReceiveWindows
    {
        /// <summary>
        /// How far off the end of the uplink and the opening of a window may be together: two steps of the 10 ms clock. A window is opened
        /// this much early and kept open this much longer.
        /// </summary>
        public const int ClockUncertaintyMs = 20;

        // Symbols of preamble that a receiver may need before it notices one: all eight.
        private const int PreambleSymbols = 8;

        /// <summary>When the uplink ended.</summary>
        public long UplinkEndMs { get; private set; }

        /// <summary>When to open RX1.</summary>
        public long Rx1OpenMs { get; private set; }

        /// <summary>Until when a preamble may come in RX1.</summary>
        public long Rx1CloseMs { get; private set; }

        /// <summary>When to open RX2.</summary>
        public long Rx2OpenMs { get; private set; }

        /// <summary>Until when a preamble may come in RX2.</summary>
        public long Rx2CloseMs { get; private set; }

        /// <summary>Plans the windows.</summary>
        /// <param name="uplinkEndMs">When the uplink ended.</param>
        /// <param name="delayS">Seconds to RX1; RX2 is a second later.</param>
        /// <param name="rx1SymbolUs">Duration of a symbol in RX1.</param>
        /// <param name="rx2SymbolUs">Duration of a symbol in RX2.</param>
        public void Plan(long uplinkEndMs, int delayS, int rx1SymbolUs, int rx2SymbolUs)
        {
            UplinkEndMs = uplinkEndMs;
            long rx1Ms = uplinkEndMs + (delayS * 1000);
            Rx1OpenMs = rx1Ms - ClockUncertaintyMs;
            Rx1CloseMs = rx1Ms + ClockUncertaintyMs + PreambleMs(rx1SymbolUs);
            Rx2OpenMs = Rx1OpenMs + 1000;
            Rx2CloseMs = rx1Ms + 1000 + ClockUncertaintyMs + PreambleMs(rx2SymbolUs);
        }

        /// <summary>Whether a frame that began at a time began in RX2.</summary>
        public bool IsInRx2(long frameStartMs)
        {
            return frameStartMs >= Rx2OpenMs - ClockUncertaintyMs && frameStartMs <= Rx2CloseMs;
        }

        private static int PreambleMs(int symbolUs)
        {
            return ((PreambleSymbols * symbolUs) + 999) / 1000;
        }
    }
}
