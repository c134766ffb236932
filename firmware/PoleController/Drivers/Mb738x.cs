// Driver of the MaxBotix HRXL-MaxSonar-WR ultrasonic ranging sensors (MB738x, MB736x): what their lines mean. They range and send by themselves.
// UART: 9600 baud, 8N1, inverted (the board inverts, or the part is one of the TTL variants). Line: 'R', four digits of millimetres, carriage return; after the
// supply came some lines of text with the part's name (data sheet PD11500). Lines carry no checksum.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>An MB738x. A sample is the first range after the request; the part ranges 5 to 7.5 times a second and compensates for temperature itself.</summary>
    /// <remarks>Fault codes: <see cref="RangeLine"/> for everything; the value of an implausible one is what the part said.</remarks>
    public sealed class Mb738x : UartSensor, IRangeSensor
    {
        /// <summary>First character of a line, 'R'; also the code of its faults.</summary>
        public const int RangeLine = 0x52;

        /// <summary>What a sensor of 5 m says at least: something is at 30 cm or nearer (MB7380, MB7387, MB7389).</summary>
        public const int FiveMetreNearest = 300;

        /// <summary>What a sensor of 5 m says at most: nothing came back.</summary>
        public const int FiveMetreFarthest = 5000;

        /// <summary>What a sensor of 10 m says at least: something is at 50 cm or nearer (MB7383, MB7386, MB7388).</summary>
        public const int TenMetreNearest = 500;

        /// <summary>What a sensor of 10 m says at most: nothing came back.</summary>
        public const int TenMetreFarthest = 9999;

        /// <summary>How long the part may be silent, in milliseconds: three ranges of the slowest (181 ms) and the lines after its supply came.</summary>
        public const int SilenceMs = 1500;

        /// <summary>How many ranges in a row outside the part's own are a fault: lines have no checksum, so one may be a disturbance.</summary>
        public const int MaximumImplausible = 3;

        private const int LineBytes = 6;
        private const int CarriageReturn = 0x0D;
        private const int FirstLookMs = 140;
        private const int ListenStep = 0;
        private const int LineStep = 1;

        private readonly int _nearestMillimetres;
        private readonly int _farthestMillimetres;
        private int _implausibleCount;

        /// <summary>Makes it for a sensor of 5 m.</summary>
        /// <param name="uart">9600 baud, 8N1; levels as the UART wants them.</param>
        public Mb738x(IUart uart)
            : this(uart, FiveMetreNearest, FiveMetreFarthest)
        {
        }

        /// <summary>Makes it.</summary>
        /// <param name="uart">9600 baud, 8N1; levels as the UART wants them.</param>
        /// <param name="nearestMillimetres">What the part says at least, which means that or nearer.</param>
        /// <param name="farthestMillimetres">What the part says at most, which means that nothing came back.</param>
        public Mb738x(IUart uart, int nearestMillimetres, int farthestMillimetres)
            : base(uart, LineBytes)
        {
            _nearestMillimetres = nearestMillimetres;
            _farthestMillimetres = farthestMillimetres;
        }

        /// <inheritdoc/>
        public RangeOutcome Outcome { get; private set; } = RangeOutcome.NoEcho;

        /// <inheritdoc/>
        public int DistanceMillimetres { get; private set; }

        /// <inheritdoc/>
        public int BlindZoneMillimetres
        {
            get { return _nearestMillimetres; }
        }

        /// <inheritdoc/>
        public int MaximumMillimetres
        {
            get { return _farthestMillimetres; }
        }

        /// <inheritdoc/>
        public int ReferenceCentidegrees
        {
            get { return int.MinValue; }
        }

        /// <inheritdoc/>
        protected override void Step()
        {
            if (StepIndex == ListenStep)
            {
                if (State != SensorState.Measuring)
                {
                    SetState(SensorState.Starting);
                }

                _implausibleCount = 0;
                if (TryListen(RangeLine, SilenceMs, LookIntervalMs))
                {
                    GoTo(LineStep, FirstLookMs);
                }

                return;
            }

            if (TryReceive())
            {
                Take();
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            if (data[offset] != RangeLine)
            {
                return NotAFrame;
            }

            int known = count < LineBytes - 1 ? count : LineBytes - 1;
            for (int i = 1; i < known; i++)
            {
                int digit = data[offset + i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return NotAFrame;
                }
            }

            if (count < LineBytes)
            {
                return MoreNeeded;
            }

            return data[offset + LineBytes - 1] == CarriageReturn ? LineBytes : NotAFrame;
        }

        private void Take()
        {
            int millimetres = 0;
            for (int i = 1; i < LineBytes - 1; i++)
            {
                millimetres = (millimetres * 10) + Data[FrameOffset + i] - '0';
            }

            if (millimetres < _nearestMillimetres || millimetres > _farthestMillimetres)
            {
                _implausibleCount++;
                if (_implausibleCount >= MaximumImplausible)
                {
                    Fail(SensorFaultKind.Implausible, RangeLine, millimetres);
                    return;
                }

                PassOver();
                return;
            }

            Outcome = millimetres == _nearestMillimetres ? RangeOutcome.TooNear
                : millimetres == _farthestMillimetres ? RangeOutcome.NoEcho : RangeOutcome.Distance;
            DistanceMillimetres = Outcome == RangeOutcome.Distance ? millimetres : 0;
            SetStarted();
            SetState(SensorState.Measuring);
            GoTo(ListenStep);
            FinishSample();
        }
    }
}
