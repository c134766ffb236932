// Driver of energy meters that tell by pulses alone (BL0937, HLW8012, CSE7759): power and energy of a count. What a pulse stands for is PulseMeterScale's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// A meter at a pulse counter: it needs a pin and no UART. A sample takes <see cref="WindowMs"/>: the pulses of that time are the power. One pulse more or less is
    /// half a watt there (BL0937, usual circuit), so that a steady load is told more finely: while the window and the time since the window before agree within a pulse,
    /// the power is the mean of all of it. Voltage and current are not known.
    /// </summary>
    /// <remarks>
    /// Fault codes: 0. The value of what cannot be is the number of pulses in the window. Without pulses the power is 0: a meter that fell silent cannot be told from a
    /// lamp that draws nothing.
    /// </remarks>
    public sealed class PulseMeter : SensorDriver, ILuminaireMeter
    {
        /// <summary>How long pulses are counted for a sample, in milliseconds.</summary>
        public const int WindowMs = 4000;

        /// <summary>The most that a luminaire can draw, in milliwatts (see <see cref="LuminaireReading"/>).</summary>
        public const int MaximumPowerMilliwatts = 1000000;

        private const int BeginStep = 0;
        private const int EndStep = 1;

        private readonly IPulseCounter _counter;
        private readonly PulseMeterScale _scale;
        private bool _hasLook;
        private long _lookPulses;
        private long _lookMs;
        private long _energyPulses;
        private long _windowPulses;
        private long _windowMs;
        private bool _hasEarlier;
        private long _earlierPulses;
        private long _earlierMs;

        /// <summary>Makes it.</summary>
        /// <param name="counter">Counts the pulses of CF.</param>
        /// <param name="scale">What a pulse stands for.</param>
        public PulseMeter(IPulseCounter counter, PulseMeterScale scale)
        {
            _counter = counter;
            _scale = scale;
        }

        /// <inheritdoc/>
        public LuminaireReading Reading { get; } = new LuminaireReading();

        /// <inheritdoc/>
        protected override void Step()
        {
            if (!_counter.TryRead(out long pulses))
            {
                Fail(SensorFaultKind.BusFailed, 0, 0);
                return;
            }

            FollowEnergy(pulses);
            if (StepIndex == BeginStep)
            {
                SetState(SensorState.Measuring);
                _windowPulses = pulses;
                _windowMs = NowMs;
                GoTo(EndStep, WindowMs);
                return;
            }

            Take(pulses);
        }

        private void Take(long pulses)
        {
            long count = pulses - _windowPulses;
            long durationMs = NowMs - _windowMs;
            long milliwatts = _scale.PowerMilliwatts(count, durationMs);
            if (count < 0 || milliwatts > MaximumPowerMilliwatts)
            {
                // Noise on the line, or an optocoupler that chatters. What came meanwhile says nothing about the load.
                _hasEarlier = false;
                Fail(SensorFaultKind.Implausible, 0, count < 0 ? -1 : count > int.MaxValue ? int.MaxValue : (int)count);
                return;
            }

            Reading.PowerMilliwatts = (int)(IsSteady(pulses, count, durationMs) ? _scale.PowerMilliwatts(pulses - _earlierPulses, NowMs - _earlierMs) : milliwatts);
            Reading.EnergyMilliwattHours = _scale.EnergyMilliwattHours(_energyPulses);
            _earlierPulses = _windowPulses;
            _earlierMs = _windowMs;
            _hasEarlier = true;
            SetStarted();
            GoTo(BeginStep);
            FinishSample();
        }

        /// <summary>Counts what has come since the look before, unless no luminaire can have drawn so much: noise is no energy, and must not be found in it afterwards.</summary>
        private void FollowEnergy(long pulses)
        {
            long count = pulses - _lookPulses;

            // Both looks may fall between the same two pulses, or each just behind one.
            if (_hasLook && count > 0 && _scale.PowerMilliwatts(count - 1, NowMs - _lookMs + 1) <= MaximumPowerMilliwatts)
            {
                _energyPulses += count;
            }

            _hasLook = true;
            _lookPulses = pulses;
            _lookMs = NowMs;
        }

        /// <summary>Whether the load has been the same since the window before began, as far as this window can tell: within a pulse.</summary>
        private bool IsSteady(long pulses, long count, long durationMs)
        {
            if (!_hasEarlier)
            {
                return false;
            }

            // Both sides times the longer time, so that nothing is divided.
            long longerMs = NowMs - _earlierMs;
            long difference = ((pulses - _earlierPulses) * durationMs) - (count * longerMs);
            return difference <= longerMs && difference >= -longerMs;
        }
    }
}
