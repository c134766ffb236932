// When the class A receive windows open and close. It does not touch the radio.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// The two receive windows after an uplink (TS001-1.0.4, section 3.3). A window is opened early by all that the board's timing may be off at
    /// that moment, and kept open longer by the same and a whole preamble: a downlink that begins at the exact time is heard from its first symbol
    /// whatever the clock. The board's errors must stay below 360 ms, or RX2
    /// would have to open before RX1 has closed (a preamble of SF12 lasts 262 ms).
    /// </summary>
    public sealed class ReceiveWindows
    {
        // LoRaWAN's preamble (RP002-1.0.4, section 2.2.1). A transceiver needs six of them at most to notice it (minRxSymbols of LoRaMac-node).
        private const int PreambleSymbols = 8;

        private readonly TimerUncertainty _uncertainty;
        private int _rx2ErrorMs;

        /// <summary>Makes it for a board's timing.</summary>
        public ReceiveWindows(TimerUncertainty uncertainty)
        {
            _uncertainty = uncertainty;
        }

        /// <summary>When the uplink ended.</summary>
        public long UplinkEndMs { get; private set; }

        /// <summary>When to open RX1.</summary>
        public long Rx1OpenMs { get; private set; }

        /// <summary>Until when a preamble may come in RX1.</summary>
        public long Rx1CloseMs { get; private set; }

        /// <summary>When a downlink in RX2 begins: RECEIVE_DELAY2 after the uplink.</summary>
        public long Rx2Ms { get; private set; }

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
            int rx1DelayMs = delayS * 1000;
            int rx2DelayMs = rx1DelayMs + 1000;
            int rx1ErrorMs = _uncertainty.MaximumErrorMs(rx1DelayMs);
            _rx2ErrorMs = _uncertainty.MaximumErrorMs(rx2DelayMs);
            Rx1OpenMs = uplinkEndMs + rx1DelayMs - rx1ErrorMs;
            Rx1CloseMs = uplinkEndMs + rx1DelayMs + rx1ErrorMs + PreambleMs(rx1SymbolUs);
            Rx2Ms = uplinkEndMs + rx2DelayMs;
            Rx2OpenMs = Rx2Ms - _rx2ErrorMs;
            Rx2CloseMs = Rx2Ms + _rx2ErrorMs + PreambleMs(rx2SymbolUs);
        }

        /// <summary>Whether a frame that began at a time, as far as the clock can say, began in RX2.</summary>
        public bool IsInRx2(long frameStartMs)
        {
            return frameStartMs >= Rx2OpenMs - _rx2ErrorMs && frameStartMs <= Rx2CloseMs;
        }

        private static int PreambleMs(int symbolUs)
        {
            return ((PreambleSymbols * symbolUs) + 999) / 1000;
        }
    }
}
