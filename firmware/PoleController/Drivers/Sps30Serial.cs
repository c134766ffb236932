// Driver of the Sensirion SPS30 (particulate matter) on a UART with 115,200 baud, 8N1: data sheet SPS30, version 1.0, section 5. The same part on I2C is
// Sps30's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// SPS30 on a UART (SEL open), firmware 2.2 or later. It behaves as <see cref="Sps30"/> does. The code of a fault is the command
    /// (<see cref="Sps30Command"/>, Serial...).
    /// </summary>
    public sealed class Sps30Serial : UartSensor, IParticulateSensor
    {
        private const int WakeStep = 0;
        private const int AskTypeStep = 1;
        private const int TypeStep = 2;
        private const int StopStep = 3;
        private const int AskStartStep = 4;
        private const int StartedStep = 5;
        private const int SettledStep = 6;
        private const int AskStatusStep = 7;
        private const int StatusStep = 8;
        private const int AskValuesStep = 9;
        private const int ValuesStep = 10;
        private const int CleanStep = 11;
        private const int CleaningStep = 12;
        private const int SleepStep = 13;
        private const int AsleepStep = 14;

        // 40 bytes of data, each of all bytes but the ends sent as two at worst.
        private const int ValuesLength = 40;
        private const int LongestFrame = (2 * (ValuesLength + Shdlc.OverheadLength)) + 2;

        // Where the fields of a restored frame are.
        private const int CommandOffset = 1;
        private const int StateOffset = 2;
        private const int LengthOffset = 3;
        private const int DataOffset = 4;
        private const int StatusLength = 5;
        private const int ErrorMask = 0x7F;

        private const int WakeByte = 0xFF;
        private const int WakeMs = 50;
        private const int AnswerMs = 30;
        private const int TimeoutMs = 200;
        private const int LookMs = 200;
        private const int LooksForReadiness = 60;

        private readonly Sps30Values _values = new Sps30Values();
        private int _lookCount;
        private long _cleanedMs;

        /// <summary>Makes it.</summary>
        /// <param name="uart">The part's UART, 115,200 baud, 8N1.</param>
        public Sps30Serial(IUart uart)
            : base(uart, LongestFrame)
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

        /// <summary>A cleaning that is due is done at once, while the part still measures.</summary>
        protected override bool IsAtWork
        {
            get { return StepIndex == CleanStep || StepIndex == CleaningStep; }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            return Shdlc.Inspect(data, offset, count);
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            if (IsRestDue && StepIndex < SleepStep)
            {
                Tell(Sps30Command.SerialStop, SleepStep);
                return;
            }

            switch (StepIndex)
            {
                case WakeStep:
                    WakeUp();
                    break;
                case AskTypeStep:
                    Ask(Sps30Command.SerialInformation, 1, 0, 0, TypeStep);
                    break;
                case TypeStep:
                    Identify();
                    break;
                case StopStep:
                    // The controller may have restarted and the part not: it can be started only when it rests.
                    Tell(Sps30Command.SerialStop, AskStartStep);
                    break;
                case AskStartStep:
                    // Numbers as IEEE 754 (03).
                    Ask(Sps30Command.SerialStart, 2, 1, 3, StartedStep);
                    break;
                case StartedStep:
                    EndStart();
                    break;
                case SettledStep:
                    _lookCount = 0;
                    GoTo(AskStatusStep);
                    break;
                case AskStatusStep:
                    Ask(Sps30Command.SerialStatus, 1, 0, 0, StatusStep);
                    break;
                case StatusStep:
                    JudgeStatus();
                    break;
                case AskValuesStep:
                    Ask(Sps30Command.SerialRead, 0, 0, 0, ValuesStep);
                    break;
                case ValuesStep:
                    Take();
                    break;
                case CleanStep:
                    Ask(Sps30Command.SerialClean, 0, 0, 0, CleaningStep);
                    break;
                case CleaningStep:
                    BeginCleaning();
                    break;
                case SleepStep:
                    Tell(Sps30Command.SerialSleep, AsleepStep);
                    break;
                default:
                    SetResting();
                    GoTo(WakeStep);
                    break;
            }
        }

        private void WakeUp()
        {
            SetState(SensorState.Starting);
            Data[0] = WakeByte;
            int length = Shdlc.Put(Data, 1, Sps30Command.SerialWakeUp, 0, 0, 0);
            if (TryTell(Data, length, Sps30Command.SerialWakeUp))
            {
                GoTo(AskTypeStep, WakeMs);
            }
        }

        private void Tell(int command, int nextStep)
        {
            int length = Shdlc.Put(Data, 0, command, 0, 0, 0);
            if (TryTell(Data, length, command))
            {
                GoTo(nextStep, AnswerMs);
            }
        }

        private void Ask(int command, int dataLength, int first, int second, int answerStep)
        {
            int length = Shdlc.Put(Data, 0, command, dataLength, first, second);
            Ask(Data, length, command, answerStep, AnswerMs, TimeoutMs);
        }

        /// <summary>Takes the answer to a command. Another one's is passed over; one that says no is a fault.</summary>
        /// <returns>Whether it is there; when not, the step has to end.</returns>
        private bool TryTakeAnswer(int command)
        {
            if (!TryReceive())
            {
                return false;
            }

            Shdlc.Restore(Data, FrameOffset, FrameLength);
            if (Data[FrameOffset + CommandOffset] != command)
            {
                PassOver();
                return false;
            }

            int error = Data[FrameOffset + StateOffset] & ErrorMask;
            if (error != 0)
            {
                Fail(SensorFaultKind.CommandRefused, command, error);
                return false;
            }

            return true;
        }

        private void Identify()
        {
            if (!TryTakeAnswer(Sps30Command.SerialInformation))
            {
                return;
            }

            int length = Data[FrameOffset + LengthOffset];
            for (int i = 0; i < Sps30Values.ProductTypeLength; i++)
            {
                if (length < Sps30Values.ProductTypeLength || !Sps30Values.IsProductType(i, Data[FrameOffset + DataOffset + i]))
                {
                    Fail(SensorFaultKind.WrongPart, Sps30Command.SerialInformation, length);
                    return;
                }
            }

            SetStarted();
            SetState(SensorState.WarmingUp);
            GoTo(StopStep);
        }

        private void EndStart()
        {
            if (TryTakeAnswer(Sps30Command.SerialStart))
            {
                GoTo(SettledStep, Sps30Values.SettleMs);
            }
        }

        private void JudgeStatus()
        {
            if (!TryTakeAnswer(Sps30Command.SerialStatus))
            {
                return;
            }

            int lowest = Data[FrameOffset + DataOffset + 3];
            if (Data[FrameOffset + LengthOffset] < StatusLength)
            {
                Fail(SensorFaultKind.NoFrame, Sps30Command.SerialStatus, Data[FrameOffset + LengthOffset]);
            }
            else if ((lowest & Sps30Values.DefectMask) != 0)
            {
                Fail(SensorFaultKind.PartDefect, Sps30Command.SerialStatus, lowest);
            }
            else
            {
                GoTo(AskValuesStep);
            }
        }

        private void Take()
        {
            if (!TryTakeAnswer(Sps30Command.SerialRead))
            {
                return;
            }

            int length = Data[FrameOffset + LengthOffset];
            if (length == ValuesLength && _values.TrySet(Data, FrameOffset + DataOffset, 0))
            {
                SetState(SensorState.Measuring);
                RestAfter(Sps30Values.IdleMs);
                FinishSample();
                GoTo(NowMs - _cleanedMs >= Sps30Values.CleaningIntervalMs ? CleanStep : SettledStep);
                return;
            }

            if (length != 0)
            {
                Fail(SensorFaultKind.Implausible, Sps30Command.SerialRead, length);
                return;
            }

            _lookCount++;
            if (_lookCount < LooksForReadiness)
            {
                GoTo(AskValuesStep, LookMs);
            }
            else
            {
                Fail(SensorFaultKind.TimedOut, Sps30Command.SerialRead, 0);
            }
        }

        private void BeginCleaning()
        {
            if (TryTakeAnswer(Sps30Command.SerialClean))
            {
                _cleanedMs = NowMs;
                CleaningCount++;
                GoTo(SettledStep, Sps30Values.CleaningMs);
            }
        }
    }
}
