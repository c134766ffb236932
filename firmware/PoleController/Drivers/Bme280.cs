// Driver of the Bosch BME280 (temperature, humidity, pressure) on I2C, data sheet BST-BME280-DS002. What the numbers of the part mean is
// Bme280Compensation's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// BME280 in forced mode: it sleeps, measures once when asked (9.3 ms at most) and sleeps again, as the data sheet recommends for weather. The code of a
    /// fault is the register (<see cref="Bme280Register"/>).
    /// </summary>
    public sealed class Bme280 : I2cSensor, IClimateSensor
    {
        // The BMP280 (0x56 to 0x58) answers at the same address and has no humidity, the BME680 (0x61) has other registers.
        private const int Identity = 0x60;

        private const int IdentifyStep = 0;
        private const int ResetStep = 1;
        private const int CopyStep = 2;
        private const int CalibrationStep = 3;
        private const int HumidityCalibrationStep = 4;
        private const int ConfigureStep = 5;
        private const int SetHumidityStep = 6;
        private const int VerifyStep = 7;
        private const int MeasureStep = 8;
        private const int WaitStep = 9;
        private const int ReadStep = 10;
        private const int ConfirmStep = 11;

        private const int ResetCommand = 0xB6;
        private const int StartUpMs = 3;
        private const int LooksForReadiness = 10;
        private const int LookMs = 5;

        // Section 9.1: at most 1.25 + 2.3 + (2.3 + 0.575) + (2.3 + 0.575) ms with everything measured once.
        private const int MeasurementMs = 10;

        // Everything once, no filter (section 3.5.1, weather monitoring): noise of 3.3 Pa, 0.005 degrees and 0.07 %.
        private const int HumidityOnce = 0x01;
        private const int AllOnceForced = 0x25;
        private const int NoFilter = 0x00;

        private const int Measuring = 0x08;
        private const int CopyingCalibration = 0x01;
        private const int DataLength = 8;

        // HumidityControl, Status, MeasurementControl; of the last one how often is measured, without the mode.
        private const int ControlLength = 3;
        private const int OversamplingMask = 0xFC;

        private readonly Bme280Compensation _compensation = new Bme280Compensation();
        private int _lookCount;
        private int _temperature;
        private int _pressure;
        private int _humidity;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x76 or 0x77.</param>
        public Bme280(II2cDevice device)
            : base(device, 2, Bme280Compensation.MainLength)
        {
        }

        /// <inheritdoc/>
        public int TemperatureCentidegrees { get; private set; }

        /// <inheritdoc/>
        public int HumidityPermille { get; private set; }

        /// <inheritdoc/>
        public int PressurePascals { get; private set; } = -1;

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case IdentifyStep:
                    Identify();
                    break;
                case ResetStep:
                    WriteAndGo(Bme280Register.Reset, ResetCommand, CopyStep, StartUpMs);
                    break;
                case CopyStep:
                    WaitFor(CopyingCalibration, CalibrationStep);
                    break;
                case CalibrationStep:
                    ReadCalibration();
                    break;
                case HumidityCalibrationStep:
                    ReadHumidityCalibration();
                    break;
                case ConfigureStep:
                    WriteAndGo(Bme280Register.Configuration, NoFilter, SetHumidityStep, 0);
                    break;
                case SetHumidityStep:
                    WriteAndGo(Bme280Register.HumidityControl, HumidityOnce, VerifyStep, 0);
                    break;
                case VerifyStep:
                    Verify();
                    break;
                case MeasureStep:
                    WriteAndGo(Bme280Register.MeasurementControl, AllOnceForced, WaitStep, MeasurementMs);
                    break;
                case WaitStep:
                    WaitFor(Measuring, ReadStep);
                    break;
                case ConfirmStep:
                    Confirm();
                    break;
                default:
                    Take();
                    break;
            }
        }

        private void Identify()
        {
            SetState(SensorState.Starting);
            if (!TryReadRegisters(Bme280Register.Identity, 1))
            {
                return;
            }

            if (Incoming[0] != Identity)
            {
                Repeat(SensorFaultKind.WrongPart, Bme280Register.Identity, Incoming[0], IdentifyStep);
                return;
            }

            Advance(ResetStep);
        }

        private void WriteAndGo(int register, int value, int nextStep, int delayMs)
        {
            if (TryWriteRegister(register, value))
            {
                _lookCount = 0;
                GoTo(nextStep, delayMs);
            }
        }

        private void WaitFor(int bit, int nextStep)
        {
            if (!TryReadRegisters(Bme280Register.Status, 1))
            {
                return;
            }

            if ((Incoming[0] & bit) == 0)
            {
                GoTo(nextStep);
                return;
            }

            _lookCount++;
            if (_lookCount < LooksForReadiness)
            {
                Wait(LookMs);
            }
            else
            {
                Fail(SensorFaultKind.TimedOut, Bme280Register.Status, Incoming[0]);
            }
        }

        private void ReadCalibration()
        {
            if (!TryReadRegisters(Bme280Register.Calibration, Bme280Compensation.MainLength))
            {
                return;
            }

            _compensation.SetMain(Incoming);
            GoTo(HumidityCalibrationStep);
        }

        private void ReadHumidityCalibration()
        {
            if (!TryReadRegisters(Bme280Register.HumidityCalibration, Bme280Compensation.HumidityLength))
            {
                return;
            }

            _compensation.SetHumidity(Incoming);
            if (!_compensation.IsPlausible)
            {
                Repeat(SensorFaultKind.Implausible, Bme280Register.Calibration, 0, CalibrationStep);
                return;
            }

            SetStarted();
            Advance(ConfigureStep);
        }

        // A part that has restarted, or was replaced by another one, does not have what was written: its calibration has to be read again.
        private void Verify()
        {
            if (!TryReadRegisters(Bme280Register.HumidityControl, 1))
            {
                return;
            }

            if (Incoming[0] != HumidityOnce)
            {
                Repeat(SensorFaultKind.StateLost, Bme280Register.HumidityControl, Incoming[0], VerifyStep);
                return;
            }

            SetState(SensorState.Measuring);
            Advance(MeasureStep);
        }

        private void Take()
        {
            if (!TryReadRegisters(Bme280Register.Data, DataLength))
            {
                return;
            }

            _pressure = (Incoming[0] << 12) | (Incoming[1] << 4) | (Incoming[2] >> 4);
            _temperature = (Incoming[3] << 12) | (Incoming[4] << 4) | (Incoming[5] >> 4);
            _humidity = (Incoming[6] << 8) | Incoming[7];
            if (Bme280Compensation.IsAnyUnmeasured(_temperature, _pressure, _humidity))
            {
                GoTo(ConfirmStep);
            }
            else
            {
                Convert();
            }
        }

        // A value that stands for "not measured" is a value like another as long as the part still has the settings to measure all three.
        private void Confirm()
        {
            if (!TryReadRegisters(Bme280Register.HumidityControl, ControlLength))
            {
                return;
            }

            if (Incoming[0] != HumidityOnce || (Incoming[2] & OversamplingMask) != (AllOnceForced & OversamplingMask))
            {
                Repeat(SensorFaultKind.StateLost, Bme280Register.HumidityControl, Incoming[0], VerifyStep);
                return;
            }

            Convert();
        }

        private void Convert()
        {
            if (!_compensation.TryConvert(_temperature, _pressure, _humidity))
            {
                // Out of what the part can measure, or never measured since its start.
                Repeat(SensorFaultKind.Implausible, Bme280Register.Data, _temperature, MeasureStep);
                return;
            }

            TemperatureCentidegrees = _compensation.TemperatureCentidegrees;
            HumidityPermille = _compensation.HumidityPermille;
            PressurePascals = _compensation.PressurePascals;
            Advance(VerifyStep);
            FinishSample();
        }
    }
}
