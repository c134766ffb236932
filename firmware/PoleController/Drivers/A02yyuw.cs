// Driver of the A02YYUW ultrasonic ranging sensor (DFRobot SEN0311, DYP-A02): what its frames mean. It sends frames by itself and listens to nobody;
// whether they are filtered by the part or not is decided by its RX line when its supply comes (open: filtered; low: not), so by the board.
// UART: 9600 baud, 8N1. Frame: FF, distance in millimetres (high byte, low byte), sum of the three bytes (DFRobot wiki, SEN0311; the example there is FF 07 A1 A7).
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>The A02YYUW. A sample is the first frame after the request, the second after a start: a ping every 100 ms, filtered ones up to 300 ms apart.</summary>
    /// <remarks>Fault codes: <see cref="DistanceFrame"/> for everything.</remarks>
    public sealed class A02yyuw : UartSensor, IRangeSensor
    {
        /// <summary>First byte of a frame; also the code of its faults.</summary>
        public const int DistanceFrame = 0xFF;

        /// <summary>Nearest distance that the part can measure, in millimetres (its page says a blind zone of 3 cm).</summary>
        public const int Nearest = 30;

        /// <summary>Farthest distance that the part can measure, in millimetres (range 3 to 450 cm).</summary>
        public const int Farthest = 4500;

        /// <summary>
        /// The temperature at which its distance is taken to be right, in hundredths of a degree Celsius: its page names no compensation, so the usual 343 m/s
        /// of air at 20 degrees is assumed.
        /// </summary>
        public const int AssumedReferenceCentidegrees = 2000;

        /// <summary>How long the part may be silent, in milliseconds: three filtered frames and the time it needs after its supply came.</summary>
        public const int SilenceMs = 1500;

        private const int FrameBytes = 4;
        private const int FirstLookMs = 120;

        // A filtered frame comes up to 300 ms later: three looks find it instead of ten.
        private const int FrameLookMs = 60;

        // Newer parts of the family say so when another sensor's sound disturbs (DFRobot SEN0754): no distance, another one follows.
        private const int Disturbed = 0xFFFE;

        private const int ListenStep = 0;
        private const int FrameStep = 1;

        /// <summary>Makes it.</summary>
        /// <param name="uart">9600 baud, 8N1.</param>
        public A02yyuw(IUart uart)
            : base(uart, FrameBytes)
        {
        }

        /// <inheritdoc/>
        public RangeOutcome Outcome { get; private set; } = RangeOutcome.NoEcho;

        /// <inheritdoc/>
        public int DistanceMillimetres { get; private set; }

        /// <inheritdoc/>
        public int BlindZoneMillimetres
        {
            get { return Nearest; }
        }

        /// <inheritdoc/>
        public int MaximumMillimetres
        {
            get { return Farthest; }
        }

        /// <inheritdoc/>
        public int ReferenceCentidegrees
        {
            get { return AssumedReferenceCentidegrees; }
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

                if (TryListen(DistanceFrame, SilenceMs, FrameLookMs))
                {
                    GoTo(FrameStep, FirstLookMs);
                }

                return;
            }

            if (TryReceive())
            {
                Take((Data[FrameOffset + 1] << 8) | Data[FrameOffset + 2]);
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            if (data[offset] != DistanceFrame)
            {
                return NotAFrame;
            }

            if (count < FrameBytes)
            {
                return MoreNeeded;
            }

            int sum = data[offset] + data[offset + 1] + data[offset + 2];
            return data[offset + 3] == (sum & 0xFF) ? FrameBytes : WrongChecksum;
        }

        private void Take(int millimetres)
        {
            if (!IsStarted || PassedOverBytes >= FrameBytes)
            {
                // With a sum of one byte, some garbage looks like a frame. So after a start, or when more than the rest of a frame came before it, the next
                // one has to follow at once.
                SetStarted();
                Forget();
                PassOver();
                return;
            }

            if (millimetres == Disturbed)
            {
                PassOver();
                return;
            }

            // 0 comes when nothing comes back, from afar as from a covered probe: not a distance, and no sign of nearness either.
            if (millimetres == 0 || millimetres > Farthest)
            {
                Outcome = RangeOutcome.NoEcho;
                DistanceMillimetres = 0;
            }
            else
            {
                Outcome = millimetres < Nearest ? RangeOutcome.TooNear : RangeOutcome.Distance;
                DistanceMillimetres = millimetres < Nearest ? 0 : millimetres;
            }

            SetState(SensorState.Measuring);
            GoTo(ListenStep);
            FinishSample();
        }
    }
}
