// Driver of the Chipsea CSE7766 (and HLW8032) energy meter: what its frames mean. It sends a frame every 50 ms by itself and listens to nobody.
// UART: 4800 baud, 8E1. Frame of 24 bytes: state, 5A, voltage coefficient and cycle, current coefficient and cycle, power coefficient and cycle (3 bytes each, high byte
// first), what is valid, pulses (2 bytes), sum of bytes 2 to 22. A value is its coefficient by its cycle (CSE7766 user manual 1.3).
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The CSE7766. A sample takes up to 0.25 s; with less than 50 W up to 2 s, because the chip measures the time between pulses of power and has no new value before
    /// the next pulse. When none comes in that time (less than 2.7 W) the power is 0.
    /// </summary>
    /// <remarks>Fault codes: 5A. The value of a defect is the frame's first byte.</remarks>
    public sealed class Cse7766 : UartSensor, ILuminaireMeter
    {
        /// <summary>Second byte of a frame; also the code of its faults.</summary>
        public const int Frame = 0x5A;

        /// <summary>How long the part may be silent, in milliseconds.</summary>
        public const int SilenceMs = 1000;

        /// <summary>How long a pulse of power is waited for, in milliseconds.</summary>
        public const int PulseMs = 2000;

        /// <summary>The most that a luminaire can draw, in milliwatts (see <see cref="LuminaireReading"/>).</summary>
        public const int MaximumPowerMilliwatts = 1000000;

        /// <summary>Apparent power below which no power factor is stated, in milliwatts (smallest current 50 mA at 230 V).</summary>
        public const int MinimumApparentMilliwatts = 11500;

        private const int FrameBytes = 24;

        // First byte: all is well; not calibrated; or 1111 and what is out of range.
        private const int StateOk = 0x55;
        private const int StateUncalibrated = 0xAA;
        private const int StateRanges = 0xF0;
        private const int CoefficientsDefect = 0x01;
        private const int PowerOutOfRange = 0x02;
        private const int CurrentOutOfRange = 0x04;
        private const int VoltageOutOfRange = 0x08;

        // Byte 20: which cycles were measured since the frame before.
        private const int PowerValid = 0x10;

        // The board keeps 256 bytes: ten frames, 0.5 s.
        private const int FirstLookMs = 120;
        private const int LookMs = 400;

        private const int ListenStep = 0;
        private const int FrameStep = 1;

        private long _listenMs;
        private long _pulsesMs;
        private int _pulses = -1;
        private long _energyMicrowattSeconds;

        /// <summary>Makes it.</summary>
        /// <param name="uart">4800 baud, 8E1.</param>
        public Cse7766(IUart uart)
            : base(uart, FrameBytes)
        {
        }

        /// <inheritdoc/>
        public LuminaireReading Reading { get; } = new LuminaireReading();

        /// <inheritdoc/>
        protected override void Step()
        {
            if (StepIndex == ListenStep)
            {
                if (State != SensorState.Measuring)
                {
                    SetState(SensorState.Starting);
                }

                _listenMs = NowMs;
                if (TryListen(Frame, PulseMs + SilenceMs, LookMs))
                {
                    GoTo(FrameStep, FirstLookMs);
                }

                return;
            }

            if (TryReceive())
            {
                Take(Data[FrameOffset]);
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            int state = data[offset];
            bool isState = state == StateOk || state == StateUncalibrated || (state & StateRanges) == StateRanges;
            if (!isState || (count > 1 && data[offset + 1] != Frame))
            {
                return NotAFrame;
            }

            if (count < FrameBytes)
            {
                return MoreNeeded;
            }

            int sum = 0;
            int end = offset + FrameBytes - 1;
            for (int i = offset + 2; i < end; i++)
            {
                sum += data[i];
            }

            return data[end] == (sum & 0xFF) ? FrameBytes : WrongChecksum;
        }

        private void Take(int state)
        {
            int ranges = state == StateOk ? 0 : state & 0x0F;
            if (state == StateUncalibrated || (ranges & CoefficientsDefect) != 0)
            {
                Fail(SensorFaultKind.PartDefect, Frame, state);
                return;
            }

            bool isPowerKnown = (Data[FrameOffset + 20] & PowerValid) != 0 && (ranges & PowerOutOfRange) == 0;
            if (!isPowerKnown && (ranges & PowerOutOfRange) == 0 && NowMs - _listenMs < PulseMs)
            {
                // The next frame, or one of the next: the deadline is further away than this.
                PassOver();
                return;
            }

            int milliwatts = isPowerKnown ? Quotient(14) : 0;
            if (milliwatts > MaximumPowerMilliwatts)
            {
                Fail(SensorFaultKind.Implausible, Frame, milliwatts);
                return;
            }

            Reading.PowerMilliwatts = milliwatts;
            Reading.VoltageMillivolts = (ranges & VoltageOutOfRange) != 0 ? -1 : Quotient(2);
            TakeCurrent(ranges);
            FollowPulses((Data[FrameOffset + 21] << 8) | Data[FrameOffset + 22], Value24(14));
            SetStarted();
            SetState(SensorState.Measuring);
            GoTo(ListenStep);
            FinishSample();
        }

        private void TakeCurrent(int ranges)
        {
            Reading.CurrentMilliamperes = (ranges & CurrentOutOfRange) != 0 ? 0 : Quotient(8);
            long apparentMilliwatts = (long)Reading.VoltageMillivolts * Reading.CurrentMilliamperes / 1000;
            Reading.PowerFactorPermille = apparentMilliwatts < MinimumApparentMilliwatts ? -1
                : Reading.PowerMilliwatts >= apparentMilliwatts ? 1000 : (int)(Reading.PowerMilliwatts * 1000L / apparentMilliwatts);
        }

        // A pulse is the power coefficient in microwatt-seconds. The counter has 16 bits and starts at 0 with the chip: a step that no luminaire can have drawn
        // is a start anew, or too long ago to be told.
        private void FollowPulses(int pulses, int coefficient)
        {
            if (_pulses >= 0)
            {
                long stepMicrowattSeconds = (long)((pulses - _pulses) & 0xFFFF) * coefficient;
                long mostMicrowattSeconds = (NowMs - _pulsesMs) * MaximumPowerMilliwatts;
                if (stepMicrowattSeconds <= mostMicrowattSeconds + coefficient)
                {
                    _energyMicrowattSeconds += stepMicrowattSeconds;
                }
            }

            _pulses = pulses;
            _pulsesMs = NowMs;
            Reading.EnergyMilliwattHours = _energyMicrowattSeconds / 3600000;
        }

        // Thousandths of coefficient by cycle; 0 when there is no cycle.
        private int Quotient(int offset)
        {
            int cycle = Value24(offset + 3);
            if (cycle == 0)
            {
                return 0;
            }

            long thousandths = Value24(offset) * 1000L / cycle;
            return thousandths > int.MaxValue ? int.MaxValue : (int)thousandths;
        }

        private int Value24(int offset)
        {
            int at = FrameOffset + offset;
            return (Data[at] << 16) | (Data[at + 1] << 8) | Data[at + 2];
        }
    }
}
