// Driver of the Sensirion SCD41 (carbon dioxide) on I2C: data sheet SCD4x, version 1.6, and Sensirion's public driver embedded-i2c-scd4x.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// SCD41, a single measurement (5 s) for each sample; the part's self-calibration is made for one every 5 minutes. The first after a start is thrown
    /// away, as the data sheet demands. The code of a fault is the command (<see cref="Scd41Command"/>).
    /// </summary>
    public sealed class Scd41 : SensirionSensor, ICarbonDioxideSensor
    {
        // What SetPressure and the part take, in pascals.
        private const int LowestPascals = 70000;
        private const int HighestPascals = 120000;

        // The most that the part puts out.
        private const int HighestPpm = 40000;

        // Bits 12 to 15 of the variant: 0 SCD40, 1 SCD41, 5 SCD43. Only the SCD41 is driven; an SCD40 knows no single measurement.
        private const int VariantShift = 12;
        private const int Variant = 1;

        private const int WakeStep = 0;
        private const int StopStep = 1;
        private const int AskVariantStep = 2;
        private const int VariantStep = 3;
        private const int AskSerialStep = 4;
        private const int SerialStep = 5;
        private const int SetPressureStep = 6;
        private const int MeasureStep = 7;
        private const int AskReadyStep = 8;
        private const int ReadyStep = 9;
        private const int AskValuesStep = 10;
        private const int ValuesStep = 11;
        private const int AskPressureStep = 12;
        private const int PressureStep = 13;

        private const int WakeMs = 30;
        private const int StopMs = 500;
        private const int CommandMs = 1;
        private const int MeasurementMs = 5000;
        private const int LookMs = 100;
        private const int LooksForReadiness = 20;
        private const int ReadyMask = 0x07FF;

        // What the part has after a start, in hectopascals. It is never written, so that a part that has restarted shows itself by it.
        private const int DefaultHectopascals = 1013;

        private int _hectopascals = DefaultHectopascals + 1;
        private int _writtenHectopascals;
        private int _lookCount;
        private bool _isFirst;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x62.</param>
        public Scd41(II2cDevice device)
            : base(device, 1, 3)
        {
        }

        /// <inheritdoc/>
        public int CarbonDioxidePpm { get; private set; }

        /// <inheritdoc/>
        public int TemperatureCentidegrees { get; private set; }

        /// <inheritdoc/>
        public int HumidityPermille { get; private set; }

        /// <summary>The part's serial number, 48 bits; 0 until it is known.</summary>
        public long SerialNumber { get; private set; }

        /// <inheritdoc/>
        public void SetPressure(int pascals)
        {
            int limited = pascals < LowestPascals ? LowestPascals : pascals > HighestPascals ? HighestPascals : pascals;
            int hectopascals = (limited + 50) / 100;
            _hectopascals = hectopascals == DefaultHectopascals ? hectopascals + 1 : hectopascals;
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case WakeStep:
                    // It does not acknowledge this one, asleep or not (section 3.10.3).
                    SetState(SensorState.Starting);
                    SendUnanswered(Scd41Command.WakeUp, StopStep, WakeMs);
                    break;
                case StopStep:
                    // The controller may have restarted and the part not: while it measures periodically it takes hardly another command.
                    Send(Scd41Command.StopPeriodicMeasurement, AskVariantStep, StopMs);
                    break;
                case AskVariantStep:
                    Send(Scd41Command.GetSensorVariant, VariantStep, CommandMs);
                    break;
                case VariantStep:
                    Identify();
                    break;
                case AskSerialStep:
                    Send(Scd41Command.GetSerialNumber, SerialStep, CommandMs);
                    break;
                case SerialStep:
                    TakeSerialNumber();
                    break;
                case SetPressureStep:
                    WritePressure();
                    break;
                case MeasureStep:
                    _lookCount = 0;
                    Send(Scd41Command.MeasureSingleShot, AskReadyStep, MeasurementMs);
                    break;
                case AskReadyStep:
                    Send(Scd41Command.GetDataReadyStatus, ReadyStep, CommandMs);
                    break;
                case ReadyStep:
                    WaitForData();
                    break;
                case AskValuesStep:
                    Send(Scd41Command.ReadMeasurement, ValuesStep, CommandMs);
                    break;
                case ValuesStep:
                    Take();
                    break;
                case AskPressureStep:
                    Send(Scd41Command.AmbientPressure, PressureStep, CommandMs);
                    break;
                default:
                    VerifyPressure();
                    break;
            }
        }

        private void Identify()
        {
            if (!TryReadWords(Scd41Command.GetSensorVariant, 1, AskVariantStep))
            {
                return;
            }

            if (Word(0) >> VariantShift != Variant)
            {
                Repeat(SensorFaultKind.WrongPart, Scd41Command.GetSensorVariant, Word(0), AskVariantStep);
                return;
            }

            Advance(AskSerialStep);
        }

        private void TakeSerialNumber()
        {
            if (!TryReadWords(Scd41Command.GetSerialNumber, 3, AskSerialStep))
            {
                return;
            }

            SerialNumber = (((long)Word(0) << 32) + ((long)Word(1) << 16)) + Word(2);
            SetStarted();
            SetState(SensorState.WarmingUp);
            _isFirst = true;
            Advance(SetPressureStep);
        }

        private void WritePressure()
        {
            _writtenHectopascals = _hectopascals;
            Send(Scd41Command.AmbientPressure, _writtenHectopascals, MeasureStep, CommandMs);
        }

        // Before a further sample: has the part what was written?
        private void VerifyPressure()
        {
            if (!TryReadWords(Scd41Command.AmbientPressure, 1, AskPressureStep))
            {
                return;
            }

            if (Word(0) != _writtenHectopascals)
            {
                Repeat(SensorFaultKind.StateLost, Scd41Command.AmbientPressure, Word(0), AskPressureStep);
                return;
            }

            Advance(_hectopascals == _writtenHectopascals ? MeasureStep : SetPressureStep);
        }

        private void WaitForData()
        {
            if (!TryReadWords(Scd41Command.GetDataReadyStatus, 1, AskReadyStep))
            {
                return;
            }

            if ((Word(0) & ReadyMask) != 0)
            {
                GoTo(AskValuesStep);
                return;
            }

            _lookCount++;
            if (_lookCount < LooksForReadiness)
            {
                GoTo(AskReadyStep, LookMs);
            }
            else
            {
                Fail(SensorFaultKind.TimedOut, Scd41Command.GetDataReadyStatus, Word(0));
            }
        }

        private void Take()
        {
            // What is read is gone from the part: a wrong checksum costs another measurement.
            if (!TryReadWords(Scd41Command.ReadMeasurement, 3, MeasureStep))
            {
                return;
            }

            int ppm = Word(0);
            if (ppm == 0 || ppm > HighestPpm)
            {
                Repeat(SensorFaultKind.Implausible, Scd41Command.ReadMeasurement, ppm, MeasureStep);
                return;
            }

            if (_isFirst)
            {
                _isFirst = false;
                Advance(MeasureStep);
                return;
            }

            CarbonDioxidePpm = ppm;
            TemperatureCentidegrees = SensirionConversion.TemperatureCentidegrees(Word(1));
            HumidityPermille = SensirionConversion.HumidityPermille(Word(2));
            SetState(SensorState.Measuring);
            Advance(AskPressureStep);
            FinishSample();
        }
    }
}
