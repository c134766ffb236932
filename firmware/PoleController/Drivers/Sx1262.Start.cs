// The SX1262 from its reset to standby: identity, regulator, antenna switch, TCXO, calibration, and the settings that every operation shares.
namespace PoleController.Drivers
{
    /// <content>The start.</content>
    public sealed partial class Sx1262
    {
        private const int SyncWordAfterReset = 0x1424;

        private const int PublicSyncWord = 0x3444;

        // The band that a start calibrates for; another one costs its first operation a calibration.
        private const int FirstBandHz = 868000000;

        private const int AllBlocks = 0x7F;

        private const int FallbackXosc = 0x30;

        private const int BoostedGain = 0x96;

        // The bits of GetDeviceErrors that exist: RC64K, RC13M, PLL, ADC, image, oscillator start, PLL lock, PA ramp.
        private const int DeviceErrorMask = 0x017F;

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
                    GoToStandbyXosc(9);
                    break;
                case 9:
                    CheckDeviceErrors();
                    break;
                default:
                    StepSettings();
                    break;
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

        private void CheckDeviceErrors()
        {
            ClearData();
            if (Send(Sx1262Command.GetDeviceErrors, 4, 10))
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
    }
}
