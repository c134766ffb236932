// Driver of the Sensirion SPS30 (particulate matter) on I2C: data sheet SPS30, version 1.0, and Sensirion's public driver embedded-sps. The same part on
// a UART is Sps30Serial's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// SPS30 on I2C (SEL to ground), firmware 2.2 or later. It is woken for a sample, settles for 30 s, and sleeps again when none was asked for within a
    /// minute: fan and laser rest. Its fan is cleaned once a week. The code of a fault is the command (<see cref="Sps30Command"/>).
    /// </summary>
    public sealed class Sps30 : SensirionSensor, IParticulateSensor
    {
        private const int WakeStep = 0;
        private const int WakeAgainStep = 1;
        private const int AskTypeStep = 2;
        private const int TypeStep = 3;
        private const int StopStep = 4;
        private const int StartStep = 5;
        private const int SettledStep = 6;
        private const int AskReadyStep = 7;
        private const int ReadyStep = 8;
        private const int AskStatusStep = 9;
        private const int StatusStep = 10;
        private const int AskValuesStep = 11;
        private const int ValuesStep = 12;
        private const int CleanStep = 13;
        private const int SleepStep = 14;
        private const int AsleepStep = 15;

        // Numbers as IEEE 754, big-endian (upper byte 03).
        private const int FloatFormat = 0x0300;

        // Only the four mass concentrations are read: the part lets a transfer end after any byte.
        private const int ValueWords = 8;
        private const int TypeWords = Sps30Values.ProductTypeLength / 2;

        private const int CommandMs = 5;
        private const int StartStopMs = 20;
        private const int LookMs = 200;

        // A value a second; while the fan is cleaned there is none for 10 s.
        private const int LooksForReadiness = 60;

        private readonly Sps30Values _values = new Sps30Values();
        private int _lookCount;
        private long _cleanedMs;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x69.</param>
        public Sps30(II2cDevice device)
            : base(device, 1, ValueWords)
        {
        }

        /// <inheritdoc/>
        public int Pm1DecimicrogramsPerCubicMetre
        {
            get { return _values.Pm1; }
        }

        /// <inheritdoc/>
        public int Pm25DecimicrogramsPerCubicMetre
        {
            get { return _values.Pm25; }
        }

        /// <inheritdoc/>
        public int Pm4DecimicrogramsPerCubicMetre
        {
            get { return _values.Pm4; }
        }

        /// <inheritdoc/>
        public int Pm10DecimicrogramsPerCubicMetre
        {
            get { return _values.Pm10; }
        }

        /// <inheritdoc/>
        public int MaximumDecimicrogramsPerCubicMetre
        {
            get { return Sps30Values.Maximum; }
        }

        /// <summary>Counts fan cleanings that were begun.</summary>
        public int CleaningCount { get; private set; }

        /// <inheritdoc/>
        protected override void Step()
        {
            if (IsRestDue && StepIndex < SleepStep)
            {
                Send(Sps30Command.StopMeasurement, SleepStep, StartStopMs);
                return;
            }

            switch (StepIndex)
            {
                case WakeStep:
                    // The first only wakes the interface, the second within 100 ms the part; a part that is awake may refuse both.
                    SetState(SensorState.Starting);
                    SendUnanswered(Sps30Command.WakeUp, WakeAgainStep, 0);
                    break;
                case WakeAgainStep:
                    SendUnanswered(Sps30Command.WakeUp, AskTypeStep, CommandMs);
                    break;
                case AskTypeStep:
                    Send(Sps30Command.ReadProductType, TypeStep, CommandMs);
                    break;
                case TypeStep:
                    Identify();
                    break;
                case StopStep:
                    // The controller may have restarted and the part not: it can be started only when it rests.
                    SendUnanswered(Sps30Command.StopMeasurement, StartStep, StartStopMs);
                    break;
                case StartStep:
                    Send(Sps30Command.StartMeasurement, FloatFormat, SettledStep, Sps30Values.SettleMs);
                    break;
                case SettledStep:
                    _lookCount = 0;
                    GoTo(AskReadyStep);
                    break;
                case AskReadyStep:
                    Send(Sps30Command.ReadDataReady, ReadyStep, CommandMs);
                    break;
                case ReadyStep:
                    WaitForData();
                    break;
                case AskStatusStep:
                    Send(Sps30Command.ReadStatus, StatusStep, CommandMs);
                    break;
                case StatusStep:
                    JudgeStatus();
                    break;
                case AskValuesStep:
                    Send(Sps30Command.ReadMeasurement, ValuesStep, CommandMs);
                    break;
                case ValuesStep:
                    Take();
                    break;
                case CleanStep:
                    Clean();
                    break;
                case SleepStep:
                    Send(Sps30Command.Sleep, AsleepStep, CommandMs);
                    break;
                default:
                    SetResting();
                    GoTo(WakeStep);
                    break;
            }
        }

        private void Identify()
        {
            if (!TryReadWords(Sps30Command.ReadProductType, TypeWords, AskTypeStep))
            {
                return;
            }

            for (int i = 0; i < Sps30Values.ProductTypeLength; i++)
            {
                int word = Word(i / 2);
                int character = (i & 1) == 0 ? word >> 8 : word & 0xFF;
                if (!Sps30Values.IsProductType(i, character))
                {
                    Repeat(SensorFaultKind.WrongPart, Sps30Command.ReadProductType, word, AskTypeStep);
                    return;
                }
            }

            SetStarted();
            SetState(SensorState.WarmingUp);
            Advance(StopStep);
        }

        private void WaitForData()
        {
            if (!TryReadWords(Sps30Command.ReadDataReady, 1, AskReadyStep))
            {
                return;
            }

            if (Word(0) == 1)
            {
                GoTo(AskStatusStep);
                return;
            }

            _lookCount++;
            if (_lookCount < LooksForReadiness)
            {
                GoTo(AskReadyStep, LookMs);
            }
            else
            {
                // It does not measure: it has restarted, or its fan does not turn.
                Fail(SensorFaultKind.TimedOut, Sps30Command.ReadDataReady, Word(0));
            }
        }

        private void JudgeStatus()
        {
            if (!TryReadWords(Sps30Command.ReadStatus, 2, AskStatusStep))
            {
                return;
            }

            if ((Word(1) & Sps30Values.DefectMask) != 0)
            {
                Fail(SensorFaultKind.PartDefect, Sps30Command.ReadStatus, Word(1));
                return;
            }

            Advance(AskValuesStep);
        }

        private void Take()
        {
            if (!TryReadWords(Sps30Command.ReadMeasurement, ValueWords, AskValuesStep))
            {
                return;
            }

            if (!_values.TrySet(Incoming, 0, 1))
            {
                Repeat(SensorFaultKind.Implausible, Sps30Command.ReadMeasurement, Word(2), AskValuesStep);
                return;
            }

            SetState(SensorState.Measuring);
            RestAfter(Sps30Values.IdleMs);
            FinishSample();
            Advance(NowMs - _cleanedMs >= Sps30Values.CleaningIntervalMs ? CleanStep : SettledStep);
        }

        private void Clean()
        {
            Send(Sps30Command.StartFanCleaning, SettledStep, Sps30Values.CleaningMs);
            if (StepIndex == SettledStep)
            {
                _cleanedMs = NowMs;
                CleaningCount++;
            }
        }

        /// <summary>A cleaning that is due is done at once, while the part still measures.</summary>
        protected override bool IsAtWork
        {
            get { return StepIndex == CleanStep; }
        }
    }
}
