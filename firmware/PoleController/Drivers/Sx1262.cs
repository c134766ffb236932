// Driver of the Semtech SX1262 over SPI (data sheet DS.SX1261-2 rev. 2.1): the transfers of starting, preparing an operation, asking what
// happened and stopping, and the judgement of every answer. When they are made, and what a fault leads to, is LoRaTransceiver's. Between
// operations the chip rests in standby with its oscillator running, so that an operation begins a tenth of a millisecond after its command.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>An SX1262.</summary>
    public sealed class Sx1262 : LoRaTransceiver
    {
        private const int SyncWordAfterReset = 0x1424;
        private const int PublicSyncWord = 0x3444;
        private const int CalibrationMs = 5;

        // The band that a start calibrates for; another one costs its first operation a calibration.
        private const int FirstBandHz = 868000000;
        private const int AllBlocks = 0x7F;
        private const int StandbyRc = 0;
        private const int StandbyXosc = 1;
        private const int FallbackXosc = 0x30;
        private const int PreambleSymbols = 8;
        private const int CodingRate45 = 1;
        private const int Ramp40Us = 2;
        private const int BoostedGain = 0x96;

        // The bits of GetDeviceErrors that exist: RC64K, RC13M, PLL, ADC, image, oscillator start, PLL lock, PA ramp.
        private const int DeviceErrorMask = 0x017F;

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
        protected override void StepStart()
        {
            switch (StepIndex)
            {
                case 1:
                    CheckIdentity(SyncWordAfterReset, 2);
                    break;
                case 2:
                    Send1(Sx1262Command.SetRegulatorMode, _board.HasDcDc ? 1 : 0, 3);
                    break;
                case 3:
                    Send1(Sx1262Command.SetDio2AsRfSwitchCtrl, _board.IsDio2AntennaSwitch ? 1 : 0, _board.TcxoMillivolts > 0 ? 4 : 5);
                    break;
                case 4:
                    StartTcxo();
                    break;
                case 5:
                    // With a TCXO the chip has failed to start a crystal by now, and remembers.
                    Send2(Sx1262Command.ClearDeviceErrors, 0, 0, 6);
                    break;
                case 6:
                    if (Send1(Sx1262Command.Calibrate, AllBlocks, 7))
                    {
                        GoTo(7, CalibrationMs + TcxoMs);
                    }

                    break;
                case 7:
                    CalibrateImage(FirstBandHz, 8);
                    break;
                case 8:
                    CheckDeviceErrors();
                    break;
                case 9:
                    GoToStandbyXosc(10);
                    break;
                default:
                    StepSettings();
                    break;
            }
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
        protected override void StepServe()
        {
            switch (StepIndex)
            {
                case 0:
                    GetInterrupts();
                    break;
                case 1:
                    if (Send2(Sx1262Command.ClearIrqStatus, _interrupts >> 8, _interrupts & 0xFF, 2))
                    {
                        OnInterrupts();
                    }

                    break;
                case 2:
                    GetBufferStatus();
                    break;
                case 3:
                    GetPacketStatus();
                    break;
                default:
                    ReadReceived();
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

        private void StepSettings()
        {
            switch (StepIndex)
            {
                case 10:
                    Send1(Sx1262Command.SetPacketType, 1, 11);
                    break;
                case 11:
                    WriteRegister2(Sx1262Register.LoRaSyncWord, PublicSyncWord, 12);
                    break;
                case 12:
                    CheckIdentity(PublicSyncWord, 13);
                    break;
                case 13:
                    Send2(Sx1262Command.SetBufferBaseAddress, 0, 0, 14);
                    break;
                case 14:
                    SetPowerAmplifier();
                    break;
                case 15:
                    if (TryReadRegister(Sx1262Register.TxClampConfig, out int clamp))
                    {
                        _txModulation = clamp;
                        GoTo(16);
                    }

                    break;
                case 16:
                    WriteRegister1(Sx1262Register.TxClampConfig, _txModulation | 0x1E, 17);
                    break;
                case 17:
                    if (TryReadRegister(Sx1262Register.TxModulation, out _txModulation))
                    {
                        GoTo(18);
                    }

                    break;
                case 18:
                    if (TryReadRegister(Sx1262Register.IqPolarity, out _iqPolarity))
                    {
                        GoTo(19);
                    }

                    break;
                case 19:
                    Send1(Sx1262Command.SetRxTxFallbackMode, FallbackXosc, 20);
                    break;
                case 20:
                    Send1(Sx1262Command.StopTimerOnPreamble, 1, 21);
                    break;
                case 21:
                    Send1(Sx1262Command.SetLoRaSymbNumTimeout, 0, 22);
                    break;
                case 22:
                    WriteRegister1(Sx1262Register.RxGain, BoostedGain, 23);
                    break;
                default:
                    SetInterrupts();
                    break;
            }
        }

        private void StartTcxo()
        {
            int steps = Sx1262Conversion.TimerSteps(_board.TcxoStartMs);
            Data[1] = (byte)Sx1262Conversion.TcxoVoltageCode(_board.TcxoMillivolts);
            Data[2] = (byte)(steps >> 16);
            Data[3] = (byte)(steps >> 8);
            Data[4] = (byte)steps;
            Send(Sx1262Command.SetDio3AsTcxoCtrl, 5, 5);
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
                GoTo(nextStep, TcxoMs);
            }
        }

        private void CheckDeviceErrors()
        {
            ClearData();
            if (Send(Sx1262Command.GetDeviceErrors, 4, 9))
            {
                int errors = ((Data[2] << 8) | Data[3]) & DeviceErrorMask;
                if (errors != 0)
                {
                    Fail(RadioChipFaultKind.DeviceError, Sx1262Command.GetDeviceErrors, errors);
                }
            }
        }

        private void SetPowerAmplifier()
        {
            // One setting for all powers, as Semtech's drivers have it: duty cycle 4, size 7, SX1262. The power itself is set in decibels.
            Data[1] = 0x04;
            Data[2] = 0x07;
            Data[3] = 0x00;
            Data[4] = 0x01;
            Send(Sx1262Command.SetPaConfig, 5, 15);
        }

        private void SetInterrupts()
        {
            ClearData();
            Data[1] = Sx1262Interrupt.Noted >> 8;
            Data[2] = Sx1262Interrupt.Noted & 0xFF;
            Data[3] = Sx1262Interrupt.OnDio1 >> 8;
            Data[4] = Sx1262Interrupt.OnDio1 & 0xFF;
            if (Send(Sx1262Command.SetDioIrqParams, 9, 0))
            {
                FinishStart();
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

        private void GetInterrupts()
        {
            ClearData();
            if (!Send(Sx1262Command.GetIrqStatus, 4, 1))
            {
                return;
            }

            int status = Data[1];
            _interrupts = (Data[2] << 8) | Data[3];
            if ((_interrupts & ~Sx1262Interrupt.Noted) != 0)
            {
                Fail(RadioChipFaultKind.NoAnswer, Sx1262Command.GetIrqStatus, _interrupts);
            }
            else if (IsContinuous && Sx1262Status.ModeOf(status) != Sx1262Status.Receiving)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1262Command.GetIrqStatus, status);
            }
            else if ((_interrupts & Sx1262Interrupt.OnDio1) == 0)
            {
                OnNothing((_interrupts & Sx1262Interrupt.HeaderValid) != 0, Sx1262Command.GetIrqStatus, _interrupts);
            }
        }

        private void OnInterrupts()
        {
            if (Operation == RadioOperation.Transmit)
            {
                if ((_interrupts & Sx1262Interrupt.TxDone) != 0)
                {
                    OnTransmitted();
                }
                else
                {
                    Fail(RadioChipFaultKind.TimedOut, Sx1262Command.SetTx, _interrupts);
                }
            }
            else if ((_interrupts & (Sx1262Interrupt.HeaderError | Sx1262Interrupt.CrcError)) != 0)
            {
                OnDamagedFrame();
            }
            else if ((_interrupts & Sx1262Interrupt.RxDone) == 0)
            {
                OnReceptionTimedOut();
            }
        }

        private void OnReceptionTimedOut()
        {
            if (IsContinuous || (_interrupts & Sx1262Interrupt.Timeout) == 0)
            {
                Fail(RadioChipFaultKind.StateLost, Sx1262Command.SetRx, _interrupts);
            }
            else
            {
                OnWindowEnded();
            }
        }

        private void GetBufferStatus()
        {
            ClearData();
            if (Send(Sx1262Command.GetRxBufferStatus, 4, 3))
            {
                FrameLength = Data[2];
                _receiveStart = Data[3];
                if (FrameLength == 0)
                {
                    OnDamagedFrame();
                }
            }
        }

        private void GetPacketStatus()
        {
            ClearData();
            if (Send(Sx1262Command.GetPacketStatus, 5, 4))
            {
                RssiDbm = Sx1262Conversion.RssiDbm(Data[2]);
                SnrQuarterDecibel = Sx1262Conversion.SnrQuarterDecibel(Data[3]);
            }
        }

        private void ReadReceived()
        {
            FrameData[0] = Sx1262Command.ReadBuffer;
            FrameData[1] = (byte)_receiveStart;
            FrameData[2] = 0;
            if (TryTransfer(FrameData, ReceiveOffset + FrameLength, Sx1262Command.ReadBuffer)
                && IsStatusGood(FrameData[1], Sx1262Command.ReadBuffer))
            {
                OnReceived();
            }
        }

        // What is in the register tells an SX1262 from a bus without one: the reset value of a documented register, then what was written.
        private void CheckIdentity(int expected, int nextStep)
        {
            ClearData();
            Data[1] = Sx1262Register.LoRaSyncWord >> 8;
            Data[2] = Sx1262Register.LoRaSyncWord & 0xFF;
            if (Send(Sx1262Command.ReadRegister, 6, nextStep))
            {
                int syncWord = (Data[4] << 8) | Data[5];
                if (syncWord != expected)
                {
                    Fail(RadioChipFaultKind.WrongPart, Sx1262Register.LoRaSyncWord, syncWord);
                }
            }
        }

        private bool TryReadRegister(int register, out int value)
        {
            ClearData();
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            bool isRead = Send(Sx1262Command.ReadRegister, 5, StepIndex);
            value = Data[4];
            return isRead;
        }

        private void WriteRegister1(int register, int value, int nextStep)
        {
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            Data[3] = (byte)value;
            Send(Sx1262Command.WriteRegister, 4, nextStep);
        }

        private void WriteRegister2(int register, int value, int nextStep)
        {
            Data[1] = (byte)(register >> 8);
            Data[2] = (byte)register;
            Data[3] = (byte)(value >> 8);
            Data[4] = (byte)value;
            Send(Sx1262Command.WriteRegister, 5, nextStep);
        }

        private bool Send1(int command, int parameter, int nextStep)
        {
            Data[1] = (byte)parameter;
            return Send(command, 2, nextStep);
        }

        private bool Send2(int command, int first, int second, int nextStep)
        {
            Data[1] = (byte)first;
            Data[2] = (byte)second;
            return Send(command, 3, nextStep);
        }

        private bool Send(int command, int length, int nextStep)
        {
            Data[0] = (byte)command;
            if (!TryTransfer(length, command) || !IsStatusGood(Data[1], command))
            {
                return false;
            }

            GoTo(nextStep);
            return true;
        }

        // The status that came with the command's second byte: the mode before it, and how the chip took the command before.
        private bool IsStatusGood(int status, int command)
        {
            if (!Sx1262Status.IsPossible(status))
            {
                Fail(RadioChipFaultKind.NoAnswer, command, status);
                return false;
            }

            if (Sx1262Status.IsRefusal(status))
            {
                Fail(RadioChipFaultKind.CommandRefused, command, status);
                return false;
            }

            if (Sx1262Status.ModeOf(status) == Sx1262Status.StandbyRc && Phase != DriverPhase.Starting && !IsRecalibrating)
            {
                Fail(RadioChipFaultKind.StateLost, command, status);
                return false;
            }

            return true;
        }

        private bool IsRecalibrating
        {
            get { return Phase == DriverPhase.Preparing && StepIndex > 0 && StepIndex < 3; }
        }

        private void ClearData()
        {
            for (int i = 1; i < 9; i++)
            {
                Data[i] = 0;
            }
        }
    }
}
