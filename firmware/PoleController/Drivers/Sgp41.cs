// Driver of the Sensirion SGP41 (signals for volatile organic compounds and nitrogen oxides) on I2C: data sheet SGP41, version 1.0. What the signals
// mean is GasIndex's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// SGP41. The heater stays on between samples; when none is asked for within <see cref="IdleMs"/> it is switched off. After it was off the part is
    /// conditioned for 10 s, never longer (section 3.1: longer damages it), before the first sample. Who asks again within <see cref="AheadMs"/> gets what was
    /// measured right after the sample before, and so needs no second poll to wait for it; who asks later gets a measurement of that moment. The code of a
    /// fault is the command (<see cref="Sgp41Command"/>).
    /// </summary>
    public sealed class Sgp41 : SensirionSensor, IGasSensor
    {
        /// <summary>After how long without a request the heater is switched off, in milliseconds.</summary>
        public const int IdleMs = 60000;

        /// <summary>How old a measurement may be that was made ahead, in milliseconds: the ten seconds at which Sensirion's index algorithm is run at low power, and some.</summary>
        public const int AheadMs = 12000;

        /// <summary>How often the conditioning is commanded, a second apart: 10 s in all.</summary>
        public const int ConditioningCount = 10;

        private const int AskSerialStep = 0;
        private const int SerialStep = 1;
        private const int AskFeaturesStep = 2;
        private const int FeaturesStep = 3;
        private const int TestStep = 4;
        private const int TestResultStep = 5;
        private const int ConditionStep = 6;
        private const int ConditionedStep = 7;
        private const int MeasureStep = 8;
        private const int TakeStep = 9;
        private const int AheadStep = 10;

        // Lower nine bits of the feature set (as in Sensirion's public drivers): 0x20 is the SGP40, which has no pixel for nitrogen oxides.
        private const int FeatureMask = 0x01FF;
        private const int Features = 0x0040;

        // Two lowest bits of the self-test's result: a defect of a pixel (section 3.3.3); 0xD400 is what a good part answers.
        private const int DefectMask = 0x0003;

        private const int CommandMs = 1;
        private const int FeaturesMs = 10;
        private const int TestMs = 320;
        private const int MeasurementMs = 50;
        private const int ConditioningIntervalMs = 940;

        private int _temperatureWord = SensirionConversion.TemperatureWord(2500);
        private int _humidityWord = SensirionConversion.HumidityWord(500);
        private int _conditioningCount;
        private long _measuredMs;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x59.</param>
        public Sgp41(II2cDevice device)
            : base(device, 2, 3)
        {
        }

        /// <inheritdoc/>
        public int VocTicks { get; private set; }

        /// <inheritdoc/>
        public int NoxTicks { get; private set; } = -1;

        /// <summary>The part's serial number, 48 bits; 0 until it is known.</summary>
        public long SerialNumber { get; private set; }

        /// <summary>The measurement for the next sample is commanded right after a sample: it has its time until then.</summary>
        protected override bool IsAtWork
        {
            get { return StepIndex == AheadStep; }
        }

        /// <inheritdoc/>
        public void SetCompensation(int temperatureCentidegrees, int humidityPermille)
        {
            _temperatureWord = SensirionConversion.TemperatureWord(temperatureCentidegrees);
            _humidityWord = SensirionConversion.HumidityWord(humidityPermille);
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            if (IsRestDue)
            {
                SwitchOff();
                return;
            }

            switch (StepIndex)
            {
                case AskSerialStep:
                    SetState(SensorState.Starting);
                    Send(Sgp41Command.GetSerialNumber, SerialStep, CommandMs);
                    break;
                case SerialStep:
                    TakeSerialNumber();
                    break;
                case AskFeaturesStep:
                    Send(Sgp41Command.GetFeatureSet, FeaturesStep, FeaturesMs);
                    break;
                case FeaturesStep:
                    Identify();
                    break;
                case TestStep:
                    Send(Sgp41Command.ExecuteSelfTest, TestResultStep, TestMs);
                    break;
                case TestResultStep:
                    JudgeTest();
                    break;
                case ConditionStep:
                    SetState(SensorState.WarmingUp);
                    Send(Sgp41Command.ExecuteConditioning, _humidityWord, _temperatureWord, ConditionedStep, MeasurementMs);
                    break;
                case ConditionedStep:
                    EndConditioning();
                    break;
                case MeasureStep:
                case AheadStep:
                    _measuredMs = NowMs;
                    Send(Sgp41Command.MeasureRawSignals, _humidityWord, _temperatureWord, TakeStep, MeasurementMs);
                    break;
                default:
                    Take();
                    break;
            }
        }

        private void TakeSerialNumber()
        {
            if (!TryReadWords(Sgp41Command.GetSerialNumber, 3, AskSerialStep))
            {
                return;
            }

            SerialNumber = (((long)Word(0) << 32) + ((long)Word(1) << 16)) + Word(2);
            Advance(AskFeaturesStep);
        }

        private void Identify()
        {
            if (!TryReadWords(Sgp41Command.GetFeatureSet, 1, AskFeaturesStep))
            {
                return;
            }

            if ((Word(0) & FeatureMask) != Features)
            {
                Repeat(SensorFaultKind.WrongPart, Sgp41Command.GetFeatureSet, Word(0), AskFeaturesStep);
                return;
            }

            Advance(TestStep);
        }

        private void JudgeTest()
        {
            if (!TryReadWords(Sgp41Command.ExecuteSelfTest, 1, TestStep))
            {
                return;
            }

            if ((Word(0) & DefectMask) != 0)
            {
                Fail(SensorFaultKind.PartDefect, Sgp41Command.ExecuteSelfTest, Word(0));
                return;
            }

            SetStarted();
            _conditioningCount = 0;
            Advance(ConditionStep);
        }

        private void EndConditioning()
        {
            _conditioningCount++;
            bool isLast = _conditioningCount >= ConditioningCount;

            // A disturbed answer does not matter here, and repeating it would prolong the conditioning: what counts is the number of commands.
            if (!TryReadWords(Sgp41Command.ExecuteConditioning, 1, isLast ? MeasureStep : ConditionStep))
            {
                return;
            }

            Advance(isLast ? MeasureStep : ConditionStep);
            Wait(ConditioningIntervalMs);
        }

        private void Take()
        {
            if (NowMs - _measuredMs > AheadMs)
            {
                GoTo(MeasureStep);
                return;
            }

            if (!TryReadWords(Sgp41Command.MeasureRawSignals, 2, MeasureStep))
            {
                return;
            }

            // The part's signals lie between 20,000 and 52,000 (data sheet, table 1); nothing at all is said with all zeros or ones.
            int voc = Word(0);
            int nox = Word(1);
            if (voc == 0 || voc == 0xFFFF || nox == 0 || nox == 0xFFFF)
            {
                Repeat(SensorFaultKind.Implausible, Sgp41Command.MeasureRawSignals, voc, MeasureStep);
                return;
            }

            VocTicks = voc;
            NoxTicks = nox;
            SetState(SensorState.Measuring);
            Advance(AheadStep);
            RestAfter(IdleMs);
            FinishSample();
        }

        private void SwitchOff()
        {
            Send(Sgp41Command.TurnHeaterOff, AskSerialStep, CommandMs);
            if (State != SensorState.Failed && StepIndex == AskSerialStep)
            {
                SetResting();
            }
        }
    }
}
