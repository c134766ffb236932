// 0-10 V by PWM: a level becomes a duty, along calibration points. Filter and amplifier are the board's, switching off is the relay's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The 0-10 V interface (IEC 60929 Annex E, ANSI C137.1): the control gear feeds the wire, the board pulls it down; 1 V and less is the lowest light,
    /// 10 V and an open wire are full light. Duty 10,000 is 10 V. Level 0 is duty 0, which gear with a standby threshold takes as off.
    /// </summary>
    public sealed class AnalogDimmer : ICalibratedDimmer
    {
        /// <summary>Most calibration points.</summary>
        public const int MaximumPoints = 8;

        /// <summary>Duty for the lowest light without calibration: 1 V of 10.</summary>
        public const int LowestDutyTenThousandths = 1000;

        /// <summary>Duty for full light without calibration.</summary>
        public const int FullDutyTenThousandths = 10000;

        private const int PartsPerMillionPerTenThousandth = 100;
        private const int FullPermille = 1000;

        private readonly IPwmOutput _output;
        private readonly ushort[] _level = new ushort[MaximumPoints];
        private readonly ushort[] _duty = new ushort[MaximumPoints];
        private int _count;
        private int _levelPermille = -1;

        /// <summary>Makes it over a PWM output.</summary>
        public AnalogDimmer(IPwmOutput output)
        {
            _output = output;
        }

        /// <inheritdoc/>
        public bool TrySetLevel(int levelPermille)
        {
            _levelPermille = levelPermille;
            return _output.TrySetDuty(DutyTenThousandths(levelPermille) * PartsPerMillionPerTenThousandth);
        }

        /// <inheritdoc/>
        public void SetCalibration(ushort[] levelPermille, ushort[] dutyTenThousandths, int count)
        {
            _count = count < 0 ? 0 : count > MaximumPoints ? MaximumPoints : count;
            for (int i = 0; i < _count; i++)
            {
                _level[i] = levelPermille[i];
                _duty[i] = dutyTenThousandths[i];
            }

            if (_levelPermille >= 0)
            {
                TrySetLevel(_levelPermille);
            }
        }

        /// <summary>The duty for a level: straight lines between the points, the first point's below it, the last one's above it. Never falls with the level.</summary>
        /// <param name="levelPermille">0 to 1000; beyond that the nearest of the two.</param>
        /// <returns>0 to 10,000.</returns>
        public int DutyTenThousandths(int levelPermille)
        {
            if (levelPermille <= 0)
            {
                return 0;
            }

            if (levelPermille > FullPermille)
            {
                levelPermille = FullPermille;
            }

            if (_count == 0)
            {
                return LowestDutyTenThousandths + ((FullDutyTenThousandths - LowestDutyTenThousandths) * levelPermille / FullPermille);
            }

            int i = 0;
            while (i < _count && _level[i] < levelPermille)
            {
                i++;
            }

            if (i == 0 || i == _count)
            {
                return _duty[i == 0 ? 0 : _count - 1];
            }

            int span = _level[i] - _level[i - 1];
            return _duty[i - 1] + ((_duty[i] - _duty[i - 1]) * (levelPermille - _level[i - 1]) / span);
        }
    }
}
