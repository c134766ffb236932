// Driver of the Semtech SX1262 over SPI (data sheet DS.SX1261-2 rev. 2.1). Here: its lines, preparing an operation and stopping. The start is in
// Sx1262.Start, asking what happened in Sx1262.Serve, transfers and the judgement of their answers in Sx1262.Transfers. When a transfer is made, and
// what a fault leads to, is LoRaTransceiver's. Between operations the chip rests in standby with its oscillator running, so that an operation begins
// a tenth of a millisecond after its command.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>An SX1262.</summary>
    public sealed partial class Sx1262 : LoRaTransceiver
    {
        private const int CalibrationMs = 5;

        private const int StandbyRc = 0;
        private const int StandbyXosc = 1;
        private const int PreambleSymbols = 8;
        private const int CodingRate45 = 1;
        private const int Ramp40Us = 2;

        private readonly Sx1262Board _board;
        private readonly IDigitalInput _busy;
        private readonly IDigitalInput _dio1;
        private int _imageBand;
        private int _txModulation;
        private int _iqPolarity;
        private int _interrupts;
        private int _receiveStart;

        /// <summary>Makes a driver; the chip is reset and started with the first poll.</summary>
        /// <param name="spi">The chip on its bus: mode 0, up to 16 MHz.</param>
        /// <param name="reset">NRESET; active is low.</param>
        /// <param name="busy">BUSY; active is high.</param>
        /// <param name="dio1">DIO1; active is high. It should wake the pole.</param>
        /// <param name="board">The chip's wiring.</param>
        public Sx1262(ISpiDevice spi, IDigitalOutput reset, IDigitalInput busy, IDigitalInput dio1, Sx1262Board board)
            : base(spi, reset)
        {
            _busy = busy;
            _dio1 = dio1;
            _board = board;
        }

        /// <inheritdoc/>
        protected override int TransmitOffset
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        protected override int ReceiveOffset
        {
            get { return 3; }
        }

        /// <inheritdoc/>
        protected override int ResetRecoveryMs
        {
            get { return 5; }
        }

        /// <inheritdoc/>
        protected override bool IsBusy
        {
            get { return _busy.IsActive; }
        }

        /// <inheritdoc/>
        protected override bool HasInterrupt
        {
            get { return _dio1.IsActive; }
        }

        private int TcxoMs
        {
            get { return _board.TcxoMillivolts > 0 ? _board.TcxoStartMs : 0; }
        }

        /// <inheritdoc/>
        protected override void StepPrepare()
        {
            switch (StepIndex)
            {
                case 0:
                    if (Sx1262Conversion.ImageBand(FrequencyHz) == _imageBand)
                    {
                        Send1(Sx1262Command.SetStandby, StandbyXosc, 3);
                    }
                    else
                    {
                        Send1(Sx1262Command.SetStandby, StandbyRc, 1);
                    }

                    break;
                case 1:
                    CalibrateImage(FrequencyHz, 2);
                    break;
                case 2:
                    GoToStandbyXosc(3);
                    break;
                case 3:
                    SetFrequency();
                    break;
                case 4:
                    SetModulation();
                    break;
                case 5:
                    SetPacket();
                    break;
                case 6:
                    SetIqPolarity();
                    break;
                case 7:
                    Send2(Sx1262Command.ClearIrqStatus, Sx1262Interrupt.All >> 8, Sx1262Interrupt.All & 0xFF, 8);
                    break;
                default:
                    if (Operation == RadioOperation.Transmit)
                    {
                        StepTransmit();
                    }
                    else
                    {
                        StartReceiving();
                    }

                    break;
            }
        }

        /// <inheritdoc/>
        protected override void StepStop()
        {
            if (Send1(Sx1262Command.SetStandby, StandbyXosc, 0))
            {
                FinishStop();
            }
        }

        private void CalibrateImage(int frequencyHz, int nextStep)
        {
            int band = Sx1262Conversion.ImageBand(frequencyHz);
            if (Send2(Sx1262Command.CalibrateImage, band >> 8, band & 0xFF, nextStep))
            {
                _imageBand = band;
                GoTo(nextStep, CalibrationMs);
            }
        }

        private void GoToStandbyXosc(int nextStep)
        {
            if (Send1(Sx1262Command.SetStandby, StandbyXosc, nextStep))
            {
                // One more: a millisecond of the pole's clock may be a little short.
                GoTo(nextStep, TcxoMs > 0 ? TcxoMs + 1 : 0);
            }
        }

        private void SetFrequency()
        {
            int steps = Sx1262Conversion.PllSteps(FrequencyHz);
            Data[1] = (byte)(steps >> 24);
            Data[2] = (byte)(steps >> 16);
            Data[3] = (byte)(steps >> 8);
            Data[4] = (byte)steps;
            Send(Sx1262Command.SetRfFrequency, 5, 4);
        }

        private void SetModulation()
        {
            Data[1] = (byte)SpreadingFactor;
            Data[2] = (byte)Sx1262Conversion.BandwidthCode(BandwidthHz);
            Data[3] = CodingRate45;
            Data[4] = (byte)(LoRaSymbols.IsLowDataRate(SpreadingFactor, BandwidthHz) ? 1 : 0);
            Send(Sx1262Command.SetModulationParams, 5, 5);
        }

        private void SetPacket()
        {
            bool isTransmission = Operation == RadioOperation.Transmit;
            Data[1] = 0;
            Data[2] = PreambleSymbols;
            Data[3] = 0;
            Data[4] = (byte)(isTransmission ? FrameLength : 255);
            Data[5] = (byte)(isTransmission ? 1 : 0);
            Data[6] = (byte)(isTransmission ? 0 : 1);
            Send(Sx1262Command.SetPacketParams, 7, 6);
        }

        // Errata 15.4: bit 2 is cleared for inverted IQ.
        private void SetIqPolarity()
        {
            int polarity = Operation == RadioOperation.Transmit ? _iqPolarity | 0x04 : _iqPolarity & 0xFB;
            WriteRegister1(Sx1262Register.IqPolarity, polarity, 7);
        }

        private void StepTransmit()
        {
            switch (StepIndex)
            {
                case 8:
                    // Errata 15.1: bit 2 is cleared at 500 kHz.
                    WriteRegister1(Sx1262Register.TxModulation, BandwidthHz == 500000 ? _txModulation & 0xFB : _txModulation | 0x04, 9);
                    break;
                case 9:
                    Send2(Sx1262Command.SetTxParams, Sx1262Conversion.LimitPowerDbm(PowerDbm - _board.AntennaGainDecibel), Ramp40Us, 10);
                    break;
                case 10:
                    WriteFrame();
                    break;
                default:
                    ClearData();
                    if (Send(Sx1262Command.SetTx, 4, 0))
                    {
                        FinishPrepare();
                    }

                    break;
            }
        }

        private void WriteFrame()
        {
            FrameData[0] = Sx1262Command.WriteBuffer;
            FrameData[1] = 0;
            if (TryTransfer(FrameData, TransmitOffset + FrameLength, Sx1262Command.WriteBuffer)
                && IsStatusGood(FrameData[1], Sx1262Command.WriteBuffer))
            {
                GoTo(11);
            }
        }

        private void StartReceiving()
        {
            int windowMs = WindowMs < Sx1262Conversion.MaximumWindowMs ? WindowMs : Sx1262Conversion.MaximumWindowMs;
            int steps = IsContinuous ? Sx1262Conversion.Continuous : Sx1262Conversion.TimerSteps(windowMs);
            Data[1] = (byte)(steps >> 16);
            Data[2] = (byte)(steps >> 8);
            Data[3] = (byte)steps;
            if (Send(Sx1262Command.SetRx, 4, 0))
            {
                FinishPrepare();
            }
        }
    }
}
