// Driver of the Plantower PMS5003 particulate sensor: wake up, settle, ask, rest. Its laser lives about 8,000 hours, so it rests between samples: at a sample
// every 10 minutes it is on for 32 s of 600, which makes 17 years.
// UART: 9600 baud, 8N1. Commands: 42 4D, command, data (2 bytes), 16-bit sum. Frames: 42 4D, length (2), words, 16-bit sum; high bytes first (data manual V2.3).
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The PMS5003 (and PMS7003). A sample takes 31 s: the fan has to run for 30 s before values are stable. Values are those "under atmospheric environment".
    /// </summary>
    /// <remarks>Fault codes: the command's byte (E2 read, E4 sleep and wake); the value of a wrong part is the length that its frame states.</remarks>
    public sealed class Pms5003 : UartSensor, IParticulateSensor
    {
        /// <summary>Time from waking up until values are stable, in milliseconds (data manual: at least 30 s).</summary>
        public const int SettlingMs = 30000;

        /// <summary>Command: send by yourself or when asked.</summary>
        public const int ModeCommand = 0xE1;

        /// <summary>Command: send values once.</summary>
        public const int ReadCommand = 0xE2;

        /// <summary>Command: sleep or wake up.</summary>
        public const int SleepCommand = 0xE4;

        /// <summary>The most that the part gives, in tenths of a microgram per cubic metre (maximum range 1,000). More is shown as this.</summary>
        public const int Maximum = 10000;

        private const int Start1 = 0x42;
        private const int Start2 = 0x4D;
        private const int CommandBytes = 7;

        // Length of the data that follow the length: values; the answer to a command; the longest of the family (PMS5003ST).
        private const int ValuesLength = 28;
        private const int AnswerLength = 4;
        private const int LongestLength = 36;
        private const int HeaderBytes = 4;

        // Waking up takes a moment before commands are heard.
        private const int WakeMs = 1000;
        private const int AnswerMs = 60;
        private const int AnswerTimeoutMs = 1000;

        private const int WakeStep = 0;
        private const int ModeStep = 1;
        private const int CheckStep = 2;
        private const int CheckedStep = 3;
        private const int AskStep = 4;
        private const int ValuesStep = 5;
        private const int SleepStep = 6;

        private bool _isAwake;
        private long _wokenMs;

        /// <summary>Makes it.</summary>
        /// <param name="uart">9600 baud, 8N1.</param>
        public Pms5003(IUart uart)
            : base(uart, HeaderBytes + LongestLength)
        {
        }

        /// <inheritdoc/>
        public int Pm1DecimicrogramsPerCubicMetre { get; private set; }

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
                case WakeStep:
                    Wake();
                    break;
                case ModeStep:
                    if (TryTellPart(ModeCommand, 0))
                    {
                        GoTo(CheckStep, AnswerMs);
                    }

                    break;
                case CheckStep:
                    AskForValues(CheckedStep);
                    break;
                case CheckedStep:
                    if (TryReceiveValues())
                    {
                        // The part is there and the one it should be; what it says does not count before its air flows.
                        SetStarted();
                        SetState(SensorState.WarmingUp);
                        long left = _wokenMs + SettlingMs - NowMs;
                        GoTo(AskStep, left > 0 ? (int)left : 0);
                    }

                    break;
                case AskStep:
                    AskForValues(ValuesStep);
                    break;
                case ValuesStep:
                    if (TryReceiveValues())
                    {
                        TakeValues();
                    }

                    break;
                default:
                    Sleep();
                    break;
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            if (data[offset] != Start1 || (count > 1 && data[offset + 1] != Start2))
            {
                return NotAFrame;
            }

            if (count < HeaderBytes)
            {
                return MoreNeeded;
            }

            int length = (data[offset + 2] << 8) | data[offset + 3];
            if (length < AnswerLength || length > LongestLength)
            {
                return NotAFrame;
            }

            if (count < HeaderBytes + length)
            {
                return MoreNeeded;
            }

            int sum = 0;
            int end = offset + HeaderBytes + length - 2;
            for (int i = offset; i < end; i++)
            {
                sum += data[i];
            }

            return sum == ((data[end] << 8) | data[end + 1]) ? HeaderBytes + length : WrongChecksum;
        }

        private void Wake()
        {
            if (!IsRequested)
            {
                // It failed while it was awake, and nobody asks any more.
                GoTo(SleepStep);
                return;
            }

            SetState(SensorState.Starting);
            if (TryTellPart(SleepCommand, 1))
            {
                _isAwake = true;
                _wokenMs = NowMs;
                GoTo(ModeStep, WakeMs);
            }
        }

        private void Sleep()
        {
            // Should the command be lost, the part stays on until the next sample; it is heard of then.
            if (TryTellPart(SleepCommand, 0))
            {
                _isAwake = false;
                SetState(SensorState.Resting);
                GoTo(WakeStep);
            }
        }

        private void AskForValues(int answerStep)
        {
            MakeCommand(ReadCommand, 0);
            Ask(Data, CommandBytes, ReadCommand, answerStep, AnswerMs, AnswerTimeoutMs);
        }

        private bool TryReceiveValues()
        {
            if (!TryReceive())
            {
                return false;
            }

            int length = FrameLength - HeaderBytes;
            if (length == ValuesLength)
            {
                return true;
            }

            if (length == AnswerLength)
            {
                PassOver();
            }
            else
            {
                Fail(SensorFaultKind.WrongPart, ReadCommand, length);
            }

            return false;
        }

        private void TakeValues()
        {
            Pm1DecimicrogramsPerCubicMetre = Value(10);
            Pm25DecimicrogramsPerCubicMetre = Value(12);
            Pm10DecimicrogramsPerCubicMetre = Value(14);
            SetState(SensorState.Measuring);
            GoTo(SleepStep);
            FinishSample();
        }

        private int Value(int offset)
        {
            int value = ((Data[FrameOffset + offset] << 8) | Data[FrameOffset + offset + 1]) * 10;
            return value < Maximum ? value : Maximum;
        }

        private bool TryTellPart(int command, int data)
        {
            MakeCommand(command, data);
            return TryTell(Data, CommandBytes, command);
        }

        private void MakeCommand(int command, int data)
        {
            int sum = Start1 + Start2 + command + data;
            Data[0] = Start1;
            Data[1] = Start2;
            Data[2] = (byte)command;
            Data[3] = 0;
            Data[4] = (byte)data;
            Data[5] = (byte)(sum >> 8);
            Data[6] = (byte)sum;
        }
    }
}
