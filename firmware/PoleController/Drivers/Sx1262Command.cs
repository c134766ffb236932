// The commands of the SX1261/2 that the driver uses (data sheet rev. 2.1, chapters 11 and 13), by the data sheet's names.
namespace PoleController.Drivers
{
    /// <summary>Opcodes of the SX1262: the first byte of a transfer.</summary>
    public static class Sx1262Command
    {
        /// <summary>Clears interrupts: two bytes of <see cref="Sx1262Interrupt"/>.</summary>
        public const int ClearIrqStatus = 0x02;

        /// <summary>Clears the device errors: two zeros.</summary>
        public const int ClearDeviceErrors = 0x07;

        /// <summary>Which interrupts there are, and which raise DIO1 to DIO3: four masks of two bytes.</summary>
        public const int SetDioIrqParams = 0x08;

        /// <summary>Writes registers: address in two bytes, data.</summary>
        public const int WriteRegister = 0x0D;

        /// <summary>Writes the data buffer: offset, data.</summary>
        public const int WriteBuffer = 0x0E;

        /// <summary>Asks for the interrupts: status and two bytes.</summary>
        public const int GetIrqStatus = 0x12;

        /// <summary>Asks for length and offset of the frame last received.</summary>
        public const int GetRxBufferStatus = 0x13;

        /// <summary>Asks for signal strength and signal-to-noise ratio of the frame last received.</summary>
        public const int GetPacketStatus = 0x14;

        /// <summary>Asks for the device errors: status and two bytes.</summary>
        public const int GetDeviceErrors = 0x17;

        /// <summary>Reads registers: address in two bytes, a byte of status, data.</summary>
        public const int ReadRegister = 0x1D;

        /// <summary>Reads the data buffer: offset, a byte of status, data.</summary>
        public const int ReadBuffer = 0x1E;

        /// <summary>Standby on the RC oscillator (0) or with the crystal or TCXO running (1).</summary>
        public const int SetStandby = 0x80;

        /// <summary>Receives; time-out in steps of 15.625 us, three bytes.</summary>
        public const int SetRx = 0x82;

        /// <summary>Transmits; time-out in steps of 15.625 us, three bytes, 0 for none.</summary>
        public const int SetTx = 0x83;

        /// <summary>Frequency in PLL steps, four bytes.</summary>
        public const int SetRfFrequency = 0x86;

        /// <summary>Calibrates the blocks of a mask.</summary>
        public const int Calibrate = 0x89;

        /// <summary>Modem: 0 GFSK, 1 LoRa.</summary>
        public const int SetPacketType = 0x8A;

        /// <summary>Spreading factor, bandwidth, coding rate, low data rate optimisation.</summary>
        public const int SetModulationParams = 0x8B;

        /// <summary>Preamble (two bytes), header type, payload length, CRC, IQ.</summary>
        public const int SetPacketParams = 0x8C;

        /// <summary>Power in dBm and ramp time.</summary>
        public const int SetTxParams = 0x8E;

        /// <summary>Where in the data buffer frames to send and received frames begin.</summary>
        public const int SetBufferBaseAddress = 0x8F;

        /// <summary>What the chip falls back to after a transmission or a reception.</summary>
        public const int SetRxTxFallbackMode = 0x93;

        /// <summary>Power amplifier: duty cycle, size, device, 1.</summary>
        public const int SetPaConfig = 0x95;

        /// <summary>Regulator: 0 LDO, 1 DC-DC.</summary>
        public const int SetRegulatorMode = 0x96;

        /// <summary>TCXO fed from DIO3: voltage, start-up time in steps of 15.625 us (three bytes).</summary>
        public const int SetDio3AsTcxoCtrl = 0x97;

        /// <summary>Calibrates the image rejection for a band: its ends in steps of 4 MHz.</summary>
        public const int CalibrateImage = 0x98;

        /// <summary>Antenna switch on DIO2: 1 raises it while transmitting.</summary>
        public const int SetDio2AsRfSwitchCtrl = 0x9D;

        /// <summary>The reception's timer stops with the preamble (1) or with the header (0).</summary>
        public const int StopTimerOnPreamble = 0x9F;

        /// <summary>Reception ends after so many symbols without a lock; 0 for never.</summary>
        public const int SetLoRaSymbNumTimeout = 0xA0;

        /// <summary>Asks for the status alone.</summary>
        public const int GetStatus = 0xC0;
    }
}
