// Driver of the ST LIS3DH accelerometer on I2C (data sheet DocID17530, application note AN3308): acceleration at rest and impacts. What a tilt or an
// impact means is PoleGuard's.
using System;
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// LIS3DH at 200 Hz, +-8 g, 12 bits. The part keeps the last 32 samples (160 ms): a sample of the driver is their mean. It watches for impacts itself, through
    /// its high-pass filter (4 Hz), latches them and wakes the pole by INT1; 100 ms later the driver takes the peak out of what the part has kept. The code
    /// of a fault is the register (<see cref="Lis3dhRegister"/>).
    /// </summary>
    public sealed class Lis3dh : I2cSensor, IAccelerometer
    {
        /// <summary>How long INT1 is not looked at when the part knows nothing of an interrupt that it shows, in milliseconds.</summary>
        public const int IgnoreLineMs = 60000;

        private const int Identity = 0x33;

        private const int IdentifyStep = 0;
        private const int ConfigureStep = 1;
        private const int ThresholdStep = 2;
        private const int FilterStep = 3;
        private const int ReadyStep = 4;
        private const int VerifyStep = 5;
        private const int SourceStep = 6;
        private const int CountStep = 7;
        private const int ReadStep = 8;
        private const int ForgetStep = 9;

        // Time to fill the part's memory after a start, and after an impact until its peak is in it.
        private const int FillMs = 170;
        private const int PeakMs = 100;

        private const int SamplesPerRead = 8;
        private const int BytesPerSample = 6;
        private const int MostSamples = 32;
        private const int FewestSamples = 16;
        private const int LooksForSamples = 10;
        private const int LookMs = 20;

        // 12 bits, the upper ones of 16: 4 mg each at +-8 g.
        private const int UnusedBits = 4;
        private const int MilligravitiesPerDigit = 4;

        // INT1_THS at +-8 g (data sheet, table 56).
        private const int MilligravitiesPerThreshold = 62;
        private const int SmallestThreshold = 2;
        private const int LargestThreshold = 127;

        private const int InterruptActive = 0x40;
        private const int CountMask = 0x1F;
        private const int OverrunMask = 0x40;
        private const int AutoIncrement = 0x80;
        private const int LineDoubts = 3;

        // CTRL_REG1 to 5, REFERENCE left out: 200 Hz, three axes; high-pass for INT1; INT1 on its pin; block update, +-8 g, 12 bits; memory on, latch.
        private static readonly byte[] Controls = { 0x67, 0x01, 0x40, 0xA8, 0x48 };

        private readonly IDigitalInput? _line;
        private int _threshold = 16;
        private bool _isThresholdNew;
        private bool _isImpact;
        private bool _isLineSeen;
        private int _controlIndex;
        private int _lineDoubtCount;
        private long _lineIgnoredUntilMs;
        private int _lookCount;
        private int _left;
        private int _count;
        private int _xSum;
        private int _ySum;
        private int _zSum;
        private long _peakSquared;
        private bool _hasRest;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x18 or 0x19.</param>
        /// <param name="line">INT1, which wakes the pole; null when it is not connected: then impacts are noticed with the next sample.</param>
        public Lis3dh(II2cDevice device, IDigitalInput? line)
            : base(device, 1 + Controls.Length, SamplesPerRead * BytesPerSample)
        {
            _line = line;
        }

        /// <inheritdoc/>
        public int XMilligravities { get; private set; }

        /// <inheritdoc/>
        public int YMilligravities { get; private set; }

        /// <inheritdoc/>
        public int ZMilligravities { get; private set; }

        /// <inheritdoc/>
        public int ImpactCount { get; private set; }

        /// <inheritdoc/>
        public int ImpactMilligravities { get; private set; }

        /// <inheritdoc/>
        public bool IsCalling
        {
            get { return _line != null && _line.IsActive; }
        }

        /// <inheritdoc/>
        protected override bool IsAtWork
        {
            get { return !IsStarted || _isImpact || _isThresholdNew || IsLineActive; }
        }

        private bool IsLineActive
        {
            get { return _line != null && NowMs >= _lineIgnoredUntilMs && _line.IsActive; }
        }

        /// <inheritdoc/>
        public void SetImpactThreshold(int milligravities)
        {
            int threshold = milligravities / MilligravitiesPerThreshold;
            threshold = threshold < SmallestThreshold ? SmallestThreshold : threshold > LargestThreshold ? LargestThreshold : threshold;
            _isThresholdNew = _isThresholdNew || threshold != _threshold;
            _threshold = threshold;
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case IdentifyStep:
                    Identify();
                    break;
                case ConfigureStep:
                    Configure();
                    break;
                case ThresholdStep:
                    SetThreshold();
                    break;
                case FilterStep:
                    ResetFilter();
                    break;
                case ForgetStep:
                    ForgetInterrupts();
                    break;
                case ReadyStep:
                    Begin();
                    break;
                case VerifyStep:
                    Verify();
                    break;
                case SourceStep:
                    ReadSource();
                    break;
                case CountStep:
                    ReadCount();
                    break;
                default:
                    ReadSamples();
                    break;
            }
        }

        private void Identify()
        {
            SetState(SensorState.Starting);
            if (!TryReadRegisters(Lis3dhRegister.WhoAmI, 1))
            {
                return;
            }

            if (Incoming[0] != Identity)
            {
                Repeat(SensorFaultKind.WrongPart, Lis3dhRegister.WhoAmI, Incoming[0], IdentifyStep);
                return;
            }

            _isImpact = false;
            _controlIndex = 0;
            Advance(ConfigureStep);
        }

        // One register a step: five of control, then memory and interrupt.
        private void Configure()
        {
            int register = _controlIndex < Controls.Length ? Lis3dhRegister.Control1 + _controlIndex
                : _controlIndex == Controls.Length ? Lis3dhRegister.MemoryControl
                : _controlIndex == Controls.Length + 1 ? Lis3dhRegister.InterruptDuration : Lis3dhRegister.InterruptConfiguration;

            // Memory as a stream of the latest; no duration; interrupt when any axis exceeds the threshold in either direction.
            int value = _controlIndex < Controls.Length ? Controls[_controlIndex]
                : _controlIndex == Controls.Length ? 0x80 : _controlIndex == Controls.Length + 1 ? 0x00 : 0x2A;
            if (!TryWriteRegister(register, value))
            {
                return;
            }

            if (register == Lis3dhRegister.InterruptConfiguration)
            {
                GoTo(ThresholdStep);
            }
            else
            {
                _controlIndex++;
            }
        }

        private void SetThreshold()
        {
            if (TryWriteRegister(Lis3dhRegister.InterruptThreshold, _threshold))
            {
                _isThresholdNew = false;
                GoTo(IsStarted ? ReadyStep : FilterStep, IsStarted ? 0 : FillMs);
            }
        }

        // Reading REFERENCE sets the high-pass filter to the present acceleration.
        private void ResetFilter()
        {
            if (TryReadRegisters(Lis3dhRegister.Reference, 1))
            {
                GoTo(ForgetStep);
            }
        }

        // What the filter's start has latched was no impact.
        private void ForgetInterrupts()
        {
            if (TryReadRegisters(Lis3dhRegister.InterruptSource, 1))
            {
                SetStarted();
                SetState(SensorState.Measuring);
                Advance(ReadyStep);
            }
        }

        private void Begin()
        {
            if (_isThresholdNew)
            {
                GoTo(ThresholdStep);
            }
            else
            {
                _isLineSeen = IsLineActive;
                GoTo(IsRequested || _isImpact || _isLineSeen ? VerifyStep : ReadyStep);
            }
        }

        // A part that has restarted, or another one, does not have what was written.
        private void Verify()
        {
            if (!TryReadRegisters(Lis3dhRegister.Control1 | AutoIncrement, Controls.Length))
            {
                return;
            }

            for (int i = 0; i < Controls.Length; i++)
            {
                if (Incoming[i] != Controls[i])
                {
                    Repeat(SensorFaultKind.StateLost, Lis3dhRegister.Control1 + i, Incoming[i], VerifyStep);
                    return;
                }
            }

            _lookCount = 0;
            Advance(_isImpact ? CountStep : SourceStep);
        }

        private void ReadSource()
        {
            if (!TryReadRegisters(Lis3dhRegister.InterruptSource, 1))
            {
                return;
            }

            if ((Incoming[0] & InterruptActive) != 0)
            {
                _isImpact = true;
                _lineDoubtCount = 0;
                GoTo(CountStep, PeakMs);
                return;
            }

            DoubtLine();
            GoTo(IsRequested ? CountStep : ReadyStep);
        }

        private void DoubtLine()
        {
            if (!_isLineSeen)
            {
                return;
            }

            _lineDoubtCount++;
            if (_lineDoubtCount >= LineDoubts)
            {
                _lineDoubtCount = 0;
                _lineIgnoredUntilMs = NowMs + IgnoreLineMs;
            }
        }

        private void ReadCount()
        {
            if (!TryReadRegisters(Lis3dhRegister.MemorySource, 1))
            {
                return;
            }

            _left = (Incoming[0] & OverrunMask) != 0 ? MostSamples : Incoming[0] & CountMask;
            if (_left < FewestSamples)
            {
                WaitForSamples();
                return;
            }

            _count = 0;
            _xSum = 0;
            _ySum = 0;
            _zSum = 0;
            _peakSquared = 0;
            GoTo(ReadStep);
        }

        private void WaitForSamples()
        {
            _lookCount++;
            if (_lookCount < LooksForSamples)
            {
                Wait(LookMs);
            }
            else
            {
                Fail(SensorFaultKind.TimedOut, Lis3dhRegister.MemorySource, Incoming[0]);
            }
        }

        private void ReadSamples()
        {
            int count = _left < SamplesPerRead ? _left : SamplesPerRead;
            if (!TryReadRegisters(Lis3dhRegister.Output | AutoIncrement, count * BytesPerSample))
            {
                return;
            }

            for (int i = 0; i < count; i++)
            {
                AddSample(i * BytesPerSample);
            }

            _left -= count;
            if (_left == 0)
            {
                Finish();
            }
        }

        private void AddSample(int offset)
        {
            int x = Milligravities(offset);
            int y = Milligravities(offset + 2);
            int z = Milligravities(offset + 4);
            _xSum += x;
            _ySum += y;
            _zSum += z;
            _count++;
            long xBeside = x - XMilligravities;
            long yBeside = y - YMilligravities;
            long zBeside = z - ZMilligravities;
            long squared = (xBeside * xBeside) + (yBeside * yBeside) + (zBeside * zBeside);
            _peakSquared = squared > _peakSquared ? squared : _peakSquared;
        }

        private int Milligravities(int offset)
        {
            short left = (short)(Incoming[offset] | (Incoming[offset + 1] << 8));
            return (left >> UnusedBits) * MilligravitiesPerDigit;
        }

        private void Finish()
        {
            Advance(ReadyStep);
            if (_isImpact)
            {
                _isImpact = false;
                EndImpact();
                return;
            }

            XMilligravities = Mean(_xSum);
            YMilligravities = Mean(_ySum);
            ZMilligravities = Mean(_zSum);
            _hasRest = true;
            FinishSample();
        }

        // Before the first sample nothing is known of gravity, and nothing can be said beside it: the threshold is what was exceeded.
        private void EndImpact()
        {
            int threshold = _threshold * MilligravitiesPerThreshold;
            int peak = _hasRest ? (int)Math.Sqrt(_peakSquared) : threshold;
            ImpactMilligravities = peak > threshold ? peak : threshold;
            ImpactCount++;
        }

        private int Mean(int sum)
        {
            int half = _count / 2;
            return sum >= 0 ? (sum + half) / _count : (sum - half) / _count;
        }
    }
}
