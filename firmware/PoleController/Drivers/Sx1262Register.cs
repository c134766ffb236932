// The registers of the SX1261/2 that the driver uses (data sheet rev. 2.1, table 12-1 and chapter 15).
namespace PoleController.Drivers
{
    /// <summary>Register addresses of the SX1262.</summary>
    public static class Sx1262Register
    {
        /// <summary>IQ polarity; bit 2 is cleared for inverted IQ, set otherwise (errata 15.4).</summary>
        public const int IqPolarity = 0x0736;

        /// <summary>LoRa sync word, two bytes; 0x1424 after a reset.</summary>
        public const int LoRaSyncWord = 0x0740;

        /// <summary>Modulation; bit 2 is cleared to transmit at 500 kHz, set otherwise (errata 15.1).</summary>
        public const int TxModulation = 0x0889;

        /// <summary>Receiver gain: 0x94 saves power, 0x96 is boosted.</summary>
        public const int RxGain = 0x08AC;

        /// <summary>Clamping of the power amplifier; bits 1 to 4 are set against antenna mismatch (errata 15.2).</summary>
        public const int TxClampConfig = 0x08D8;
    }
}
