// Driver of the Hi-Link HLK-LD2410 presence radar: identity, settings, reports. What its frames look like is Ld2410Frame's. Its OUT pin, which wakes the pole and
// raises the light, is read by others too; here it says when there is something to read.
// The part reports ten times a second for as long as it has supply. The driver reads only while OUT is active (or on request), and then as seldom as the board's
// buffer allows: 864,000 reports a day would otherwise be looked at for nothing.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The LD2410 (B and C too). Once an hour it is asked for its version and settings, so that a dead radar shows though nobody came by, and one that was
    /// replaced gets its settings.
    /// </summary>
    /// <remarks>Fault codes: the command's word, F4 for reports. The value of a wrong part is the length of its answer, of a refused command its state.</remarks>
    public sealed class Ld2410 : UartSensor, IPresenceSensor
    {
        /// <summary>Command: begin configuration; reports stop.</summary>
        public const int EnableCommand = 0xFF;

        /// <summary>Command: end configuration.</summary>
        public const int EndCommand = 0xFE;

        /// <summary>Command: say the firmware's version.</summary>
        public const int VersionCommand = 0xA0;

        /// <summary>Command: say the settings.</summary>
        public const int ReadCommand = 0x61;

        /// <summary>Command: set the farthest gates and the time until nobody is there.</summary>
        public const int GatesCommand = 0x60;

        /// <summary>Command: set the sensitivity of gates.</summary>
        public const int SensitivityCommand = 0x64;

        /// <summary>Time between two reports of the part, in milliseconds.</summary>
        public const int ReportIntervalMs = 100;

        /// <summary>
        /// The longest time between two samples while somebody is there, in milliseconds: shorter than OUT stays active after somebody left
        /// (<see cref="Ld2410Settings.NoOneSeconds"/> is 2 as a rule), so that whoever left is read before OUT falls.
        /// </summary>
        public const int LongestSampleIntervalMs = 1700;

        /// <summary>Reports in a sample at most: what a buffer of 512 bytes holds.</summary>
        public const int MaximumReports = 22;

        /// <summary>Time between two looks at version and settings, in milliseconds.</summary>
        public const int CheckIntervalMs = 3600000;

        /// <summary>How long the part may be silent, in milliseconds.</summary>
        public const int SilenceMs = 1500;

        private const int AllGates = 0xFFFF;
        private const int ParametersHead = 0xAA;
        private const int HighestGate = 8;
        private const int FirstSensitiveStillGate = 2;
        private const int VersionBytes = 12;
        private const int ParametersBytes = 28;
        private const int FirstReadMs = 150;
        private const int AnswerMs = 20;
        private const int AnswerTimeoutMs = 500;
        private const int SpareReports = 2;
        private const int MovingState = 1;
        private const int StillState = 2;

        // Three times the longest frame is nearly six reports: a full buffer takes four reads.
        private const int FramesAtOnce = 3;

        private const int EnableStep = 0;
        private const int EnabledStep = 1;
        private const int VersionStep = 2;
        private const int VersionKnownStep = 3;
        private const int ReadStep = 4;
        private const int ReadDoneStep = 5;
        private const int GatesStep = 6;
        private const int GatesSetStep = 7;
        private const int SensitivityStep = 8;
        private const int SensitivitySetStep = 9;
        private const int EndStep = 10;
        private const int EndedStep = 11;
        private const int ListenStep = 12;
        private const int ReportsStep = 13;

        private readonly IDigitalInput? _out;
        private readonly Ld2410Settings _settings;
        private readonly int[] _distancesCentimetres;
        private readonly int _sampleIntervalMs;
        private readonly int _fullAfterMs;
        private long _checkMs;
        private long _readMs;
        private long _firstReportMs;
        private bool _isSensitivityWanted;
        private int _targetState;
        private int _movingCentimetres;
        private int _movingEnergy;
        private int _stillCentimetres;
        private int _stillEnergy;
        private int _detectionCentimetres;

        /// <summary>Makes it.</summary>
        /// <param name="uart">256,000 baud, 8N1. A receive buffer of 512 bytes halves the wakes while somebody is there; 256 do.</param>
        /// <param name="output">The part's OUT pin, active while somebody is there. Without it samples come on request only.</param>
        /// <param name="settings">What the part is set to.</param>
        public Ld2410(IUart uart, IDigitalInput? output, Ld2410Settings settings)
            : base(uart, Ld2410Frame.Longest, FramesAtOnce)
        {
            _out = output;
            _settings = settings;

            // Two reports short of full, a step may be late.
            int reports = uart.ReceiveBufferLength / Ld2410Frame.ReportLength;
            reports = reports < MaximumReports ? reports : MaximumReports;
            int intervalMs = (reports - SpareReports) * ReportIntervalMs;
            _sampleIntervalMs = intervalMs < LongestSampleIntervalMs ? intervalMs : LongestSampleIntervalMs;
            _fullAfterMs = (reports * ReportIntervalMs) - (ReportIntervalMs / 2);
            _distancesCentimetres = new int[reports];
        }

        /// <summary>Firmware version: major in the high byte, minor in the low one; 0 before it was heard.</summary>
        public int FirmwareVersion { get; private set; }

        /// <summary>Counts how often settings were written; the part keeps them in flash.</summary>
        public int WriteCount { get; private set; }

        /// <inheritdoc/>
        public bool IsMoving
        {
            get { return (_targetState & MovingState) != 0; }
        }

        /// <inheritdoc/>
        public bool IsStill
        {
            get { return (_targetState & StillState) != 0; }
        }

        /// <inheritdoc/>
        public int MovingDistanceCentimetres
        {
            get { return _movingCentimetres; }
        }

        /// <inheritdoc/>
        public int MovingEnergy
        {
            get { return _movingEnergy; }
        }

        /// <inheritdoc/>
        public int StillDistanceCentimetres
        {
            get { return _stillCentimetres; }
        }

        /// <inheritdoc/>
        public int StillEnergy
        {
            get { return _stillEnergy; }
        }

        /// <inheritdoc/>
        public int DetectionDistanceCentimetres
        {
            get { return _detectionCentimetres; }
        }

        /// <inheritdoc/>
        public int ReportCount { get; private set; }

        /// <inheritdoc/>
        public bool IsCalling
        {
            get { return _out != null && _out.IsActive; }
        }

        /// <inheritdoc/>
        protected override bool IsAtWork
        {
            get
            {
                return IsCalling || NowMs >= _checkMs || (StepIndex > EnableStep && StepIndex < ListenStep)
                    || State == SensorState.Failed;
            }
        }

        /// <inheritdoc/>
        protected override long IdleUntilMs
        {
            get { return _checkMs; }
        }

        /// <inheritdoc/>
        public long ReportMs(int index)
        {
            return _firstReportMs + (index * ReportIntervalMs);
        }

        /// <inheritdoc/>
        public int ReportMovingDistanceCentimetres(int index)
        {
            return _distancesCentimetres[index];
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case ListenStep:
                    BeginToRead();
                    break;
                case ReportsStep:
                    TakeReports();
                    break;
                default:
                    StepStart();
                    break;
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            int head = data[offset];
            return head == Ld2410Frame.Report || head == Ld2410Frame.Command ? Ld2410Frame.Inspect(data, offset, count) : NotAFrame;
        }

        private void StepStart()
        {
            switch (StepIndex)
            {
                case EnableStep:
                    SetState(SensorState.Starting);
                    Data[8] = 1;
                    Data[9] = 0;
                    AskPart(EnableCommand, 2, EnabledStep);
                    break;
                case EnabledStep:
                    GoOnAfter(EnableCommand, VersionStep);
                    break;
                case VersionStep:
                    AskPart(VersionCommand, 0, VersionKnownStep);
                    break;
                case VersionKnownStep:
                    TakeVersion();
                    break;
                case ReadStep:
                    AskPart(ReadCommand, 0, ReadDoneStep);
                    break;
                case ReadDoneStep:
                    CompareSettings();
                    break;
                case GatesStep:
                    SetThree(GatesCommand, _settings.MovingGate, _settings.StillGate, _settings.NoOneSeconds, GatesSetStep);
                    break;
                case GatesSetStep:
                    GoOnAfter(GatesCommand, _isSensitivityWanted ? SensitivityStep : EndStep);
                    break;
                case SensitivityStep:
                    SetThree(SensitivityCommand, AllGates, _settings.MovingSensitivity, _settings.StillSensitivity, SensitivitySetStep);
                    break;
                case SensitivitySetStep:
                    GoOnAfter(SensitivityCommand, EndStep);
                    break;
                case EndStep:
                    AskPart(EndCommand, 0, EndedStep);
                    break;
                default:
                    FinishStart();
                    break;
            }
        }

        private void TakeVersion()
        {
            if (!TryReceiveAnswer(VersionCommand))
            {
                return;
            }

            if (Data[FrameOffset + 4] != VersionBytes)
            {
                Fail(SensorFaultKind.WrongPart, VersionCommand, Data[FrameOffset + 4]);
                return;
            }

            FirmwareVersion = Word(12);
            GoTo(ReadStep);
        }

        private void CompareSettings()
        {
            if (!TryReceiveAnswer(ReadCommand))
            {
                return;
            }

            if (Data[FrameOffset + 4] != ParametersBytes || Data[FrameOffset + 10] != ParametersHead || Data[FrameOffset + 11] != HighestGate)
            {
                Fail(SensorFaultKind.WrongPart, ReadCommand, Data[FrameOffset + 4]);
                return;
            }

            bool isSet = Data[FrameOffset + 12] == _settings.MovingGate && Data[FrameOffset + 13] == _settings.StillGate
                && Word(32) == _settings.NoOneSeconds;
            _isSensitivityWanted = _settings.MovingSensitivity >= 0 && _settings.StillSensitivity >= 0 && !IsSensitivitySet();
            GoTo(!isSet ? GatesStep : _isSensitivityWanted ? SensitivityStep : EndStep);
        }

        private bool IsSensitivitySet()
        {
            for (int i = 0; i <= HighestGate; i++)
            {
                if (Data[FrameOffset + 14 + i] != _settings.MovingSensitivity
                    || (i >= FirstSensitiveStillGate && Data[FrameOffset + 23 + i] != _settings.StillSensitivity))
                {
                    return false;
                }
            }

            return true;
        }

        private void FinishStart()
        {
            if (TryReceiveAnswer(EndCommand))
            {
                SetStarted();
                SetState(SensorState.Measuring);
                _checkMs = NowMs + CheckIntervalMs;
                GoTo(ListenStep);
            }
        }

        private void BeginToRead()
        {
            if (NowMs >= _checkMs)
            {
                GoTo(EnableStep);
                return;
            }

            if (TryListen(Ld2410Frame.Report, SilenceMs, ReportIntervalMs))
            {
                _readMs = NowMs;
                GoTo(ReportsStep, FirstReadMs);
            }
        }

        private void TakeReports()
        {
            if (NowMs - _readMs > 2 * _fullAfterMs)
            {
                // Nobody was there meanwhile, or the step came very late: what the buffer holds is of no use any more.
                GoTo(ListenStep);
                return;
            }

            int count = 0;
            while (count < _distancesCentimetres.Length && TryTake())
            {
                if (Data[FrameOffset] == Ld2410Frame.Report)
                {
                    count = TakeFetchedReports(count);
                }
            }

            if (count == 0)
            {
                LookAgain();
                return;
            }

            FinishReports(count);
        }

        private void FinishReports(int count)
        {
            // The last report has just come. Only when the buffer was full, the last ones are missing, and the first came right after the reading before.
            long firstMs = NowMs - _readMs > _fullAfterMs ? _readMs + ReportIntervalMs : NowMs - ((count - 1) * ReportIntervalMs);
            long earliestMs = ReportCount > 0 ? ReportMs(ReportCount - 1) : 0;
            _firstReportMs = firstMs > earliestMs ? firstMs : earliestMs;
            ReportCount = count;
            _readMs = NowMs;
            FinishSample();
            if (IsCalling && NowMs < _checkMs)
            {
                Renew(SilenceMs + _sampleIntervalMs);
                Wait(_sampleIntervalMs);
            }
            else
            {
                GoTo(ListenStep);
            }
        }

        /// <summary>
        /// Takes the report that was found and those in basic mode that follow it: up to 22 come in a step, so of all of them only the distance is taken, and the other
        /// values of the last.
        /// </summary>
        /// <param name="count">Reports taken before.</param>
        /// <returns>Reports taken.</returns>
        private int TakeFetchedReports(int count)
        {
            byte[] data = Data;
            int offset = FrameOffset;
            int next = offset + FrameLength;
            int end = next + FetchedBytes;
            int[] distances = _distancesCentimetres;
            distances[count] = MovingDistance(data, offset);
            count++;
            while (count < distances.Length && next + Ld2410Frame.ReportLength <= end && Ld2410Frame.IsBasicReport(data, next))
            {
                offset = next;
                next += Ld2410Frame.ReportLength;
                distances[count] = MovingDistance(data, offset);
                count++;
            }

            TakeFetched(next - FrameOffset - FrameLength);
            TakeValues(data, offset);
            return count;
        }

        // The distance of what moves, in centimetres; -1 when nothing does.
        private static int MovingDistance(byte[] data, int offset)
        {
            return (data[offset + 8] & MovingState) != 0 ? data[offset + 9] | (data[offset + 10] << 8) : -1;
        }

        private void TakeValues(byte[] data, int offset)
        {
            _targetState = data[offset + 8];
            _movingCentimetres = data[offset + 9] | (data[offset + 10] << 8);
            _movingEnergy = data[offset + 11];
            _stillCentimetres = data[offset + 12] | (data[offset + 13] << 8);
            _stillEnergy = data[offset + 14];
            _detectionCentimetres = data[offset + 15] | (data[offset + 16] << 8);
        }

        private void GoOnAfter(int command, int step)
        {
            if (TryReceiveAnswer(command))
            {
                GoTo(step);
            }
        }

        private bool TryReceiveAnswer(int command)
        {
            if (!TryReceive())
            {
                return false;
            }

            if (Data[FrameOffset] != Ld2410Frame.Command || Data[FrameOffset + 6] != command || Data[FrameOffset + 7] != 1)
            {
                // A report that was on its way.
                PassOver();
                return false;
            }

            int state = Word(8);
            if (state != 0)
            {
                Fail(SensorFaultKind.CommandRefused, command, state);
                return false;
            }

            return true;
        }

        private void SetThree(int command, int first, int second, int third, int answerStep)
        {
            WriteCount++;
            Ld2410Frame.WriteValue(Data, 0, first);
            Ld2410Frame.WriteValue(Data, 1, second);
            Ld2410Frame.WriteValue(Data, 2, third);
            AskPart(command, 18, answerStep);
        }

        // The values are in the buffer already.
        private void AskPart(int command, int valueBytes, int answerStep)
        {
            int length = Ld2410Frame.Make(Data, command, valueBytes);
            Ask(Data, length, command, answerStep, AnswerMs, AnswerTimeoutMs);
        }

        private int Word(int offset)
        {
            return Data[FrameOffset + offset] | (Data[FrameOffset + offset + 1] << 8);
        }
    }
}
