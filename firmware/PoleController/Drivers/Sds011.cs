// Driver of the Nova Fitness SDS011 particulate sensor: wake up, identity, settle, ask, rest. Its laser lives about 8,000 hours, so it rests between samples.
// UART: 9600 baud, 8N1. Commands: AA B4, 15 bytes, sum of them, AB. Answers: AA C5 (AA C0 for values), 6 bytes of which the last two are the part's number,
// sum of them, AB (Control Protocol V1.3).
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>The SDS011. A sample takes 31 s; its fan and optics settle for 30 s, as in the part's own working period.</summary>
    /// <remarks>Fault codes: the command's number. The value of a lost state is the number of the part that answered.</remarks>
    public sealed class Sds011 : UartSensor, IParticulateSensor
    {
        /// <summary>Time from waking up until values count, in milliseconds (working period: 30 s on, then off).</summary>
        public const int SettlingMs = 30000;

        /// <summary>Command: report by yourself or when asked. The part keeps it without supply.</summary>
        public const int ModeCommand = 2;

        /// <summary>Command: send values once.</summary>
        public const int QueryCommand = 4;

        /// <summary>Command: sleep or work.</summary>
        public const int SleepCommand = 6;

        /// <summary>Command: say the firmware's date.</summary>
        public const int FirmwareCommand = 7;

        /// <summary>The most that the part gives, in tenths of a microgram per cubic metre (range 0.0 to 999.9). More is shown as this.</summary>
        public const int Maximum = 9999;

        private const int Head = 0xAA;
        private const int Tail = 0xAB;
        private const int CommandFrame = 0xB4;
        private const int AnswerFrame = 0xC5;
        private const int ValuesFrame = 0xC0;
        private const int CommandBytes = 19;
        private const int AnswerBytes = 10;
        private const int NumberOffset = 6;
        private const int SumOffset = 8;

        private const int AnswerMs = 60;
        private const int AnswerTimeoutMs = 1000;

        private const int WorkStep = 0;
        private const int WorkingStep = 1;
        private const int ModeStep = 2;
        private const int ModeKnownStep = 3;
        private const int SetModeStep = 4;
        private const int ModeSetStep = 5;
        private const int FirmwareStep = 6;
        private const int FirmwareKnownStep = 7;
        private const int QueryStep = 8;
        private const int ValuesStep = 9;
        private const int SleepStep = 10;
        private const int AsleepStep = 11;

        private bool _isAwake;
        private long _wokenMs;

        /// <summary>Makes it.</summary>
        /// <param name="uart">9600 baud, 8N1.</param>
        public Sds011(IUart uart)
            : base(uart, CommandBytes)
        {
        }

        /// <summary>The part's own number, as it was last heard; -1 before. Another number is another part.</summary>
        public int PartNumber { get; private set; } = -1;

        /// <summary>Date of the part's firmware as year, month and day in a byte each, the year highest; 0 before it was heard.</summary>
        public int FirmwareDate { get; private set; }

        /// <summary>Counts how often another part than before answered.</summary>
        public int ReplacementCount { get; private set; }

        /// <inheritdoc/>
        public int Pm1DecimicrogramsPerCubicMetre
        {
            get { return -1; }
        }

        /// <inheritdoc/>
        public int Pm25DecimicrogramsPerCubicMetre { get; private set; }

        /// <inheritdoc/>
        public int Pm4DecimicrogramsPerCubicMetre
        {
            get { return -1; }
        }

        /// <inheritdoc/>
        public int Pm10DecimicrogramsPerCubicMetre { get; private set; }

        /// <inheritdoc/>
        public int MaximumDecimicrogramsPerCubicMetre
        {
            get { return Maximum; }
        }

        /// <inheritdoc/>
        protected override bool IsAtWork
        {
            get { return _isAwake; }
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case WorkStep:
                    Work();
                    break;
                case WorkingStep:
                    if (TryReceiveAnswer(SleepCommand) && TryIdentify())
                    {
                        _wokenMs = NowMs;
                        GoTo(IsStarted ? QueryStep : ModeStep, IsStarted ? SettlingMs : 0);
                    }

                    break;
                case ModeStep:
                    AskPart(ModeCommand, 0, 0, ModeKnownStep);
                    break;
                case ModeKnownStep:
                    if (TryReceiveAnswer(ModeCommand))
                    {
                        GoTo(Data[FrameOffset + 4] == 1 ? FirmwareStep : SetModeStep);
                    }

                    break;
                case SetModeStep:
                    AskPart(ModeCommand, 1, 1, ModeSetStep);
                    break;
                case ModeSetStep:
                    if (TryReceiveAnswer(ModeCommand))
                    {
                        GoTo(FirmwareStep);
                    }

                    break;
                case FirmwareStep:
                    AskPart(FirmwareCommand, 0, 0, FirmwareKnownStep);
                    break;
                case FirmwareKnownStep:
                    FinishStart();
                    break;
                case QueryStep:
                    AskPart(QueryCommand, 0, 0, ValuesStep);
                    break;
                case ValuesStep:
                    TakeValues();
                    break;
                case SleepStep:
                    AskPart(SleepCommand, 1, 0, AsleepStep);
                    break;
                default:
                    if (TryReceiveAnswer(SleepCommand))
                    {
                        _isAwake = false;
                        SetState(SensorState.Resting);
                        GoTo(WorkStep);
                    }

                    break;
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            if (data[offset] != Head || (count > 1 && data[offset + 1] != AnswerFrame && data[offset + 1] != ValuesFrame))
            {
                return NotAFrame;
            }

            if (count < AnswerBytes)
            {
                return MoreNeeded;
            }

            if (data[offset + AnswerBytes - 1] != Tail)
            {
                return NotAFrame;
            }

            int sum = 0;
            for (int i = 2; i < SumOffset; i++)
            {
                sum += data[offset + i];
            }

            return (sum & 0xFF) == data[offset + SumOffset] ? AnswerBytes : WrongChecksum;
        }

        private void Work()
        {
            if (!IsRequested)
            {
                // It failed while it was awake, and nobody asks any more.
                GoTo(SleepStep);
                return;
            }

            SetState(IsStarted ? SensorState.WarmingUp : SensorState.Starting);
            _isAwake = true;
            AskPart(SleepCommand, 1, 1, WorkingStep);
        }

        // The number comes with every answer. Another part than the one that was started is started anew.
        private bool TryIdentify()
        {
            int number = Number();
            bool isOther = PartNumber >= 0 && PartNumber != number;
            PartNumber = number;
            ReplacementCount += isOther ? 1 : 0;
            if (!isOther || !IsStarted)
            {
                return true;
            }

            Fail(SensorFaultKind.StateLost, SleepCommand, number);
            return false;
        }

        private void FinishStart()
        {
            if (TryReceiveAnswer(FirmwareCommand))
            {
                FirmwareDate = (Data[FrameOffset + 3] << 16) | (Data[FrameOffset + 4] << 8) | Data[FrameOffset + 5];
                SetStarted();
                SetState(SensorState.WarmingUp);
                long left = _wokenMs + SettlingMs - NowMs;
                GoTo(QueryStep, left > 0 ? (int)left : 0);
            }
        }

        private void TakeValues()
        {
            if (!TryReceive())
            {
                return;
            }

            if (Data[FrameOffset + 1] != ValuesFrame)
            {
                PassOver();
                return;
            }

            // One that was put in while its predecessor settled has not settled.
            if (!TryIdentify())
            {
                return;
            }

            Pm25DecimicrogramsPerCubicMetre = Value(2);
            Pm10DecimicrogramsPerCubicMetre = Value(4);
            SetState(SensorState.Measuring);
            GoTo(SleepStep);
            FinishSample();
        }

        private bool TryReceiveAnswer(int command)
        {
            if (!TryReceive())
            {
                return false;
            }

            if (Data[FrameOffset + 1] == AnswerFrame && Data[FrameOffset + 2] == command)
            {
                return true;
            }

            PassOver();
            return false;
        }

        private int Number()
        {
            return (Data[FrameOffset + NumberOffset] << 8) | Data[FrameOffset + NumberOffset + 1];
        }

        private int Value(int offset)
        {
            int value = Data[FrameOffset + offset] | (Data[FrameOffset + offset + 1] << 8);
            return value < Maximum ? value : Maximum;
        }

        private void AskPart(int command, int action, int data, int answerStep)
        {
            Data[0] = Head;
            Data[1] = CommandFrame;
            Data[2] = (byte)command;
            Data[3] = (byte)action;
            Data[4] = (byte)data;
            for (int i = 5; i < 15; i++)
            {
                Data[i] = 0;
            }

            // Whichever part hears it.
            Data[15] = 0xFF;
            Data[16] = 0xFF;
            Data[17] = (byte)(command + action + data + 0xFF + 0xFF);
            Data[18] = Tail;
            Ask(Data, CommandBytes, command, answerStep, AnswerMs, AnswerTimeoutMs);
        }
    }
}
