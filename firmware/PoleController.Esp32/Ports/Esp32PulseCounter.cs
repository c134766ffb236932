// Port: a pulse counter over the chip's own (PCNT), which counts while the program does something else. Which edge counts is the board's; what a pulse stands for the driver's.
using System;
using System.Device.Gpio;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// A pulse counter. The unit has 16 bits and begins again at 0 after 32,767 pulses; an interrupt of the runtime adds those up (nf-interpreter,
    /// targets/ESP32/_nanoCLR/nanoFramework.Hardware.ESP32, GpioPulseCounter). A reading in the microseconds between the two is off by 32,767, so each look reads until two agree.
    /// </summary>
    public sealed class Esp32PulseCounter : IPulseCounter
    {
        /// <summary>
        /// Pulses shorter than this are none. Runtimes over ESP-IDF 5 take it for nanoseconds, older ones for cycles of 12.5 ns; both refuse more than 1,023 cycles, and then
        /// filter nothing without saying so.
        /// </summary>
        public const int FilterPulses = 1000;

        /// <summary>How often a look reads at most.</summary>
        public const int MaximumReads = 4;

        // More cannot come between two readings of a look, and it is less than what a reading in between is off by.
        private const long MostBetweenReadings = 16000;
        private const int NoSecondPin = -1;

        private readonly int _pin;
        private readonly GpioPulsePolarity _polarity;
        private GpioPulseCounter? _counter;
        private long _countedBefore;
        private long _count;

        /// <summary>Makes it; nothing is opened yet, so that a board without a unit left still lights its lamp.</summary>
        /// <param name="pin">GPIO number. The runtime makes it an input with the chip's resistor to the supply.</param>
        /// <param name="polarity">Which edge is a pulse.</param>
        public Esp32PulseCounter(int pin, GpioPulsePolarity polarity)
        {
            _pin = pin;
            _polarity = polarity;
        }

        /// <inheritdoc/>
        public bool TryRead(out long pulses)
        {
            pulses = 0;
            try
            {
                if (_counter == null)
                {
                    _counter = Open();
                }

                if (!TryReadTwice(_counter, out long count))
                {
                    return false;
                }

                if (count < _count)
                {
                    // The unit has begun anew: what it lost is unknown, what was told stays.
                    _countedBefore += _count;
                }

                _count = count;
                pulses = _countedBefore + count;
                return true;
            }
            catch (Exception)
            {
                // The unit is not closed: the runtime does not give it back then (it deletes the unit before its channel), and there are four.
                return false;
            }
        }

        private static bool TryReadTwice(GpioPulseCounter counter, out long count)
        {
            count = counter.Read().Count;
            for (int i = 1; i < MaximumReads; i++)
            {
                long before = count;
                count = counter.Read().Count;
                if (count >= before && count - before <= MostBetweenReadings)
                {
                    return true;
                }
            }

            return false;
        }

        private GpioPulseCounter Open()
        {
            GpioPulseCounter counter = new GpioPulseCounter(_pin, NoSecondPin);
            counter.Polarity = _polarity;
            counter.FilterPulses = FilterPulses;
            counter.Start();
            return counter;
        }
    }
}
