// The temperature of the board from the voltage of an analogue sensor: an NTC in a divider, or a part whose voltage is linear in the temperature. A
// pure conversion over an analogue input; what is too hot is Luminaire's to say.
using System;
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>A thermometer at an analogue input.</summary>
    public sealed class BoardThermometer : IThermometer
    {
        /// <summary>Coldest that is believed, in hundredths of a degree: an open NTC reads as colder.</summary>
        public const int MinimumCentidegrees = -5000;

        /// <summary>Hottest that is believed, in hundredths of a degree: a shorted NTC reads as hotter, and no part of the board outlives it.</summary>
        public const int MaximumCentidegrees = 15000;

        private const double ZeroCelsiusKelvin = 273.15;
        private const double ReferenceKelvin = 298.15;

        private readonly IAnalogInput _input;
        private readonly bool _isNtc;
        private readonly int _first;
        private readonly int _second;
        private readonly int _beta;

        private BoardThermometer(IAnalogInput input, bool isNtc, int first, int second, int beta)
        {
            _input = input;
            _isNtc = isNtc;
            _first = first;
            _second = second;
            _beta = beta;
        }

        /// <summary>An NTC from the input to ground, with a resistor of its resistance at 25 degrees to a reference voltage.</summary>
        /// <param name="input">The input.</param>
        /// <param name="referenceMillivolts">The voltage that feeds the divider, above 0.</param>
        /// <param name="beta">The NTC's constant B25/85 in kelvin, such as 3,435 or 3,950.</param>
        public static BoardThermometer Ntc(IAnalogInput input, int referenceMillivolts, int beta)
        {
            return new BoardThermometer(input, true, referenceMillivolts, 0, beta);
        }

        /// <summary>A part with a voltage linear in the temperature.</summary>
        /// <param name="input">The input.</param>
        /// <param name="zeroMillivolts">Its voltage at 0 degrees Celsius: 500 (TMP36, MCP9700).</param>
        /// <param name="microvoltsPerDegree">Its slope, above 0: 10,000 (TMP36, MCP9700).</param>
        public static BoardThermometer Linear(IAnalogInput input, int zeroMillivolts, int microvoltsPerDegree)
        {
            return new BoardThermometer(input, false, zeroMillivolts, microvoltsPerDegree, 0);
        }

        /// <inheritdoc/>
        public bool TryRead(out int centidegrees)
        {
            centidegrees = 0;
            if (!_input.TryRead(out int millivolts))
            {
                return false;
            }

            if (_isNtc && (millivolts <= 0 || millivolts >= _first))
            {
                return false;
            }

            centidegrees = _isNtc ? FromNtc(millivolts, _first - millivolts) : FromLinear(millivolts - _first);
            return centidegrees >= MinimumCentidegrees && centidegrees <= MaximumCentidegrees;
        }

        private int FromLinear(int millivolts)
        {
            return _second == 0 ? MaximumCentidegrees + 1 : (int)(millivolts * 100000L / _second);
        }

        /// <summary>1/T = 1/T25 + ln(R/R25)/B, solved for T; in the divider R/R25 is the voltage below over the voltage above.</summary>
        private int FromNtc(double below, double above)
        {
            if (above == 0.0)
            {
                return MinimumCentidegrees - 1;
            }

            double divisor = _beta + (ReferenceKelvin * Math.Log(below / above));
            if (divisor == 0.0)
            {
                return MaximumCentidegrees + 1;
            }

            double kelvin = _beta * ReferenceKelvin / divisor;
            double centidegrees = Math.Floor(((kelvin - ZeroCelsiusKelvin) * 100.0) + 0.5);
            return centidegrees < MinimumCentidegrees || centidegrees > MaximumCentidegrees ? MaximumCentidegrees + 1 : (int)centidegrees;
        }
    }
}
