// The registers of the SX1276 in LoRa mode that the driver uses (data sheet rev. 7, table 41 and section 6.4; errata note rev. 1).
namespace PoleController.Drivers
{
    /// <summary>Register addresses of the SX1276. Bit 7 of the first byte of a transfer is set to write.</summary>
    public static class Sx1276Register
    {
        /// <summary>The frame buffer, from where FifoAddrPtr points.</summary>
        public const int Fifo = 0x00;

        /// <summary>LoRa or FSK, low-frequency bank, mode.</summary>
        public const int OpMode = 0x01;

        /// <summary>Carrier frequency, three bytes.</summary>
        public const int FrfMsb = 0x06;

        /// <summary>Output pin and power.</summary>
        public const int PaConfig = 0x09;

        /// <summary>Rise and fall time of the power amplifier.</summary>
        public const int PaRamp = 0x0A;

        /// <summary>Over-current protection.</summary>
        public const int Ocp = 0x0B;

        /// <summary>Gain of the low-noise amplifier.</summary>
        public const int Lna = 0x0C;

        /// <summary>Where the next byte of the buffer is read or written.</summary>
        public const int FifoAddrPtr = 0x0D;

        /// <summary>Where the frame last received begins.</summary>
        public const int FifoRxCurrentAddr = 0x10;

        /// <summary>Interrupts that are masked.</summary>
        public const int IrqFlagsMask = 0x11;

        /// <summary>Interrupts; written ones clear.</summary>
        public const int IrqFlags = 0x12;

        /// <summary>Length of the frame last received.</summary>
        public const int RxNbBytes = 0x13;

        /// <summary>What the receiver is at.</summary>
        public const int ModemStat = 0x18;

        /// <summary>Signal-to-noise ratio of the frame last received, quarters of a decibel.</summary>
        public const int PktSnrValue = 0x19;

        /// <summary>Signal strength of the frame last received.</summary>
        public const int PktRssiValue = 0x1A;

        /// <summary>Bandwidth, coding rate, header.</summary>
        public const int ModemConfig1 = 0x1D;

        /// <summary>Spreading factor, CRC, upper bits of the symbol time-out.</summary>
        public const int ModemConfig2 = 0x1E;

        /// <summary>Lower bits of the symbol time-out.</summary>
        public const int SymbTimeoutLsb = 0x1F;

        /// <summary>Preamble, two bytes.</summary>
        public const int PreambleMsb = 0x20;

        /// <summary>Length of the frame to send.</summary>
        public const int PayloadLength = 0x22;

        /// <summary>Low data rate optimisation, automatic gain.</summary>
        public const int ModemConfig3 = 0x26;

        /// <summary>Intermediate frequency of the receiver, two bytes (errata 2.3).</summary>
        public const int IfFreq1 = 0x2F;

        /// <summary>Detection; bit 7 lets the chip choose the intermediate frequency (errata 2.3).</summary>
        public const int DetectOptimize = 0x31;

        /// <summary>IQ inversion.</summary>
        public const int InvertIq = 0x33;

        /// <summary>Sensitivity at 500 kHz (errata 2.1).</summary>
        public const int HighBwOptimize1 = 0x36;

        /// <summary>Threshold of the detection.</summary>
        public const int DetectionThreshold = 0x37;

        /// <summary>LoRa sync word.</summary>
        public const int SyncWord = 0x39;

        /// <summary>Sensitivity at 500 kHz (errata 2.1).</summary>
        public const int HighBwOptimize2 = 0x3A;

        /// <summary>IQ inversion, second half.</summary>
        public const int InvertIq2 = 0x3B;

        /// <summary>Calibration of the receiver (FSK mode; the same address as InvertIq2).</summary>
        public const int ImageCal = 0x3B;

        /// <summary>What DIO0 to DIO3 show.</summary>
        public const int DioMapping1 = 0x40;

        /// <summary>Silicon revision: 0x12.</summary>
        public const int Version = 0x42;

        /// <summary>Oscillator: crystal or TCXO.</summary>
        public const int Tcxo = 0x4B;

        /// <summary>20 dBm at PA_BOOST.</summary>
        public const int PaDac = 0x4D;
    }
}
