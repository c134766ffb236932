// Driver of the Semtech SX1276 over SPI (data sheet rev. 7, errata note rev. 1). Here: its lines, preparing an operation and stopping. The start is
// in Sx1276.Start, asking what happened in Sx1276.Serve, transfers and the judgement of their answers in Sx1276.Transfers. When a transfer is made,
// and what a fault leads to, is LoRaTransceiver's. The chip has no BUSY line; between operations it rests in standby, where every register and the
// buffer can be reached.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>An SX1276.</summary>
    public sealed partial class Sx1276 : LoRaTransceiver
    {
        private const int PreambleSymbols = 8;
        private const int CheckSettingsStep = 20;
        private const int CheckClockStep = 21;

        private readonly Sx1276Board _board;
        private readonly IDigitalInput _dio0;
        private readonly IDigitalInput _dio1;
        private int _calibrationReads;
        private int _interrupts;
        private int _receiveStart;
        private bool _isSecondLook;

        /// <summary>Makes a driver; the chip is reset and started with the first poll.</summary>
        /// <param name="spi">The chip on its bus: mode 0, up to 10 MHz.</param>
        /// <param name="reset">NRESET; active is low, otherwise the board must let the line float.</param>
        /// <param name="dio0">DIO0: a frame has left or come. It should wake the pole.</param>
        /// <param name="dio1">DIO1: a window has ended. It should wake the pole.</param>
        /// <param name="board">The chip's wiring.</param>
        public Sx1276(ISpiDevice spi, IDigitalOutput reset, IDigitalInput dio0, IDigitalInput dio1, Sx1276Board board)
            : base(spi, reset)
        {
            _dio0 = dio0;
            _dio1 = dio1;
            _board = board;
        }

        /// <inheritdoc/>
        protected override int TransmitOffset
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        protected override int ReceiveOffset
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        protected override int ResetRecoveryMs
        {
            get { return 7; }
        }

        /// <inheritdoc/>
        protected override bool IsBusy
        {
            get { return false; }
        }

        /// <inheritdoc/>
        protected override bool HasInterrupt
        {
            get { return _dio0.IsActive || _dio1.IsActive; }
        }

        /// <inheritdoc/>
        protected override int WindowOnChipMs
        {
            get { return IsWindowTimedHere ? WindowMs : LoRaSymbols.ToMs(WindowSymbols, SpreadingFactor, BandwidthHz); }
        }

        private int WindowSymbols
        {
            get { return Sx1276Conversion.WindowSymbols(WindowMs, SpreadingFactor, BandwidthHz); }
        }

        // A window that the chip cannot time by itself: it receives without an end, and the driver ends it.
        private bool IsWindowTimedHere
        {
            get { return WindowMs > 0 && WindowSymbols > Sx1276Conversion.MaximumWindowSymbols; }
        }

        private int Band
        {
            get
            {
                return Operation != RadioOperation.None && FrequencyHz <= Sx1276Conversion.LowBandEndHz
                    ? Sx1276Bits.LongRangeMode | Sx1276Bits.LowFrequencyMode
                    : Sx1276Bits.LongRangeMode;
            }
        }

        private int OperationMode
        {
            get
            {
                if (Operation == RadioOperation.Transmit)
                {
                    return Sx1276Bits.Transmit;
                }

                return IsContinuous || IsWindowTimedHere ? Sx1276Bits.ReceiveContinuous : Sx1276Bits.ReceiveSingle;
            }
        }

        private int InterruptMask
        {
            get { return Operation == RadioOperation.Transmit ? Sx1276Bits.TransmitMask : Sx1276Bits.ReceiveMask; }
        }

        /// <inheritdoc/>
        protected override void StepPrepare()
        {
            switch (StepIndex)
            {
                case 0:
                    CheckLongRangeMode(CheckSettingsStep);
                    break;
                case 1:
                    WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Standby, 2);
                    break;
                case 2:
                    WriteModem();
                    break;
                case 3:
                    WriteRegister(
                        Sx1276Register.ModemConfig3, LoRaSymbols.IsLowDataRate(SpreadingFactor, BandwidthHz) ? 0x0C : 0x04, 4);
                    break;
                case 4:
                    WriteRegister(Sx1276Register.InvertIq, Operation == RadioOperation.Transmit ? 0x27 : 0x67, 5);
                    break;
                case 5:
                    WriteRegister(Sx1276Register.InvertIq2, Operation == RadioOperation.Transmit ? 0x1D : 0x19, 6);
                    break;
                case 6:
                    Data[1] = 0;
                    Data[2] = 0;
                    Data[3] = 0;
                    Write(Sx1276Register.FifoAddrPtr, 3, 7);
                    break;
                case 7:
                    Data[1] = (byte)InterruptMask;
                    Data[2] = 0xFF;
                    Write(Sx1276Register.IrqFlagsMask, 2, 8);
                    break;
                case 8:
                    // DIO0 shows TxDone (01) or RxDone (00), DIO1 RxTimeout (00).
                    WriteRegister(Sx1276Register.DioMapping1, Operation == RadioOperation.Transmit ? 0x40 : 0x00, 9);
                    break;
                case CheckSettingsStep:
                    CheckModemSettings();
                    break;
                case CheckClockStep:
                    CheckClockSetting();
                    break;
                default:
                    if (Operation == RadioOperation.Transmit)
                    {
                        StepTransmit();
                    }
                    else
                    {
                        StepReceive();
                    }

                    break;
            }
        }

        /// <inheritdoc/>
        protected override void StepStop()
        {
            if (WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Standby, 0))
            {
                FinishStop();
            }
        }

        private void WriteModem()
        {
            bool isTransmission = Operation == RadioOperation.Transmit;
            int symbols = isTransmission ? 0 : IsContinuous || IsWindowTimedHere ? Sx1276Conversion.MaximumWindowSymbols : WindowSymbols;

            // ModemConfig1: coding rate 4/5, explicit header. ModemConfig2: payload CRC for what is sent; what comes says so in its header.
            Data[1] = (byte)((Sx1276Conversion.BandwidthCode(BandwidthHz) << 4) | 0x02);
            Data[2] = (byte)((SpreadingFactor << 4) | (isTransmission ? 0x04 : 0x00) | (symbols >> 8));
            Data[3] = (byte)symbols;
            Data[4] = 0;
            Data[5] = PreambleSymbols;
            Data[6] = (byte)(isTransmission ? FrameLength : 255);
            Write(Sx1276Register.ModemConfig1, 6, 3);
        }

        private void StepTransmit()
        {
            switch (StepIndex)
            {
                case 9:
                    WriteFrequencyAndPower();
                    break;
                case 10:
                    WriteRegister(Sx1276Register.PaDac, IsHighPower ? 0x87 : 0x84, 11);
                    break;
                case 11:
                    FrameData[0] = Sx1276Register.Fifo | 0x80;
                    if (TryTransfer(FrameData, TransmitOffset + FrameLength, Sx1276Register.Fifo))
                    {
                        GoTo(12);
                    }

                    break;
                case 12:
                    WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Transmit, 13);
                    break;
                default:
                    if (CheckMode(Sx1276Bits.Transmit, 0))
                    {
                        _isSecondLook = false;
                        FinishPrepare();
                    }

                    break;
            }
        }

        private void StepReceive()
        {
            bool isWide = BandwidthHz == 500000;
            switch (StepIndex)
            {
                case 9:
                    WriteFrequency(FrequencyHz, isWide ? 11 : 10);
                    break;
                case 10:
                    // Errata 2.3: a fixed intermediate frequency, or the receiver hears what is not there.
                    Data[1] = 0x40;
                    Data[2] = 0x00;
                    Data[3] = 0x43;
                    Write(Sx1276Register.IfFreq1, 3, 12);
                    break;
                case 11:
                    WriteRegister(Sx1276Register.DetectOptimize, 0xC3, 12);
                    break;
                case 12:
                    // Errata 2.1: sensitivity at 500 kHz.
                    WriteRegister(Sx1276Register.HighBwOptimize1, isWide ? 0x02 : 0x03, isWide ? 13 : 14);
                    break;
                case 13:
                    WriteRegister(Sx1276Register.HighBwOptimize2, FrequencyHz > Sx1276Conversion.LowBandEndHz ? 0x64 : 0x7F, 14);
                    break;
                case 14:
                    WriteRegister(Sx1276Register.OpMode, Band | OperationMode, 15);
                    break;
                default:
                    if (CheckMode(OperationMode, 0))
                    {
                        _isSecondLook = false;
                        FinishPrepare();
                    }

                    break;
            }
        }

        private int LimitedPowerDbm
        {
            get { return Sx1276Conversion.LimitPowerDbm(PowerDbm - _board.AntennaGainDecibel, _board.IsPaBoost); }
        }

        private bool IsHighPower
        {
            get { return _board.IsPaBoost && Sx1276Conversion.IsHighPower(LimitedPowerDbm); }
        }

        private void WriteFrequencyAndPower()
        {
            SetFrequency(FrequencyHz);
            Data[4] = (byte)Sx1276Conversion.PaConfig(LimitedPowerDbm, _board.IsPaBoost);

            // 40 us of ramp; 140 mA of over-current protection for 20 dBm, 100 mA otherwise.
            Data[5] = 0x09;
            Data[6] = (byte)(IsHighPower ? 0x31 : 0x2B);
            Write(Sx1276Register.FrfMsb, 6, 10);
        }

        private void WriteFrequency(int frequencyHz, int nextStep)
        {
            SetFrequency(frequencyHz);
            Write(Sx1276Register.FrfMsb, 3, nextStep);
        }

        private void SetFrequency(int frequencyHz)
        {
            int steps = Sx1276Conversion.PllSteps(frequencyHz);
            Data[1] = (byte)(steps >> 16);
            Data[2] = (byte)(steps >> 8);
            Data[3] = (byte)steps;
        }
    }
}
