// The SX1276 from its reset to standby: identity, oscillator, calibration of the receiver, LoRa, and the settings that every operation shares.
namespace PoleController.Drivers
{
    /// <content>The start.</content>
    public sealed partial class Sx1276
    {
        private const int SiliconVersion = 0x12;
        private const int PublicSyncWord = 0x34;

        // For spreading factors 7 to 12.
        private const int DetectionThreshold = 0x0A;
        private const int CalibrationMs = 10;
        private const int CalibrationHz = 868000000;
        private const int MaximumCalibrationReads = 20;
        private const int OscillatorMs = 2;

        // Crystal, or a TCXO on XTA.
        private int ClockSetting
        {
            get { return _board.HasTcxo ? 0x19 : 0x09; }
        }

        /// <inheritdoc/>
        protected override void StepStart()
        {
            switch (StepIndex)
            {
                case 1:
                    CheckVersion();
                    break;
                case 2:
                    WriteRegister(Sx1276Register.Tcxo, ClockSetting, 3);
                    break;
                case 3:
                    WriteFrequency(CalibrationHz, 4);
                    break;
                case 4:
                    // No power on the antenna while the receiver listens to itself.
                    WriteRegister(Sx1276Register.PaConfig, 0, 5);
                    break;
                case 5:
                    BeginCalibration();
                    break;
                case 6:
                    CheckCalibration();
                    break;
                case 7:
                    // The modem can only be changed in sleep.
                    WriteRegister(Sx1276Register.OpMode, Sx1276Bits.Sleep, 8);
                    break;
                case 8:
                    WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Sleep, 9);
                    break;
                case 9:
                    if (WriteRegister(Sx1276Register.OpMode, Band | Sx1276Bits.Standby, 10))
                    {
                        GoTo(10, OscillatorMs);
                    }

                    break;
                case 10:
                    CheckMode(Sx1276Bits.Standby, 11);
                    break;
                case 11:
                    WriteRegister(Sx1276Register.SyncWord, PublicSyncWord, 12);
                    break;
                case 12:
                    WriteRegister(Sx1276Register.DetectionThreshold, DetectionThreshold, 13);
                    break;
                default:
                    // Highest gain, and the upper band's amplifier boosted.
                    if (WriteRegister(Sx1276Register.Lna, 0x23, 0))
                    {
                        FinishStart();
                    }

                    break;
            }
        }

        private void CheckVersion()
        {
            if (TryReadRegister(Sx1276Register.Version, out int version))
            {
                GoTo(2);
                if (version != SiliconVersion)
                {
                    bool isSilent = version == 0x00 || version == 0xFF;
                    Fail(isSilent ? RadioChipFaultKind.NoAnswer : RadioChipFaultKind.WrongPart, Sx1276Register.Version, version);
                }
            }
        }

        private void BeginCalibration()
        {
            // The rest of the register is as after a reset: no automatic calibration, 10 degrees.
            if (WriteRegister(Sx1276Register.ImageCal, 0x02 | Sx1276Bits.ImageCalStart, 6))
            {
                _calibrationReads = 0;
                GoTo(6, CalibrationMs);
            }
        }

        private void CheckCalibration()
        {
            if (!TryReadRegister(Sx1276Register.ImageCal, out int imageCal))
            {
                return;
            }

            GoTo(7);
            if ((imageCal & Sx1276Bits.ImageCalRunning) == 0)
            {
                return;
            }

            _calibrationReads++;
            if (_calibrationReads < MaximumCalibrationReads)
            {
                GoTo(6, 1);
            }
            else
            {
                Fail(RadioChipFaultKind.BusyStuck, Sx1276Register.ImageCal, imageCal);
            }
        }
    }
}
