// Judges the controller's supply voltage: too low, falling, back. It reads nothing and writes nothing.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// The supply. Low: two readings in a row below the operator's minimum, over at 5 % above it. Falling: two readings below 85 % of what is usual
    /// (a running mean of the readings that are not), over after two above 92 %.
    /// </summary>
    internal sealed class SupplyVoltage
    {
        /// <summary>A reading below this share of the usual voltage is a fall, in percent.</summary>
        internal const int FallPercent = 85;

        /// <summary>The supply is back at this share, in percent.</summary>
        internal const int ReturnPercent = 92;

        private const int MeanShift = 4;
        private readonly ControllerSettings _settings;
        private readonly ConfirmedAlarm _low = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _fall = new ConfirmedAlarm();
        private int _usualTimes16;

        /// <summary>Makes it.</summary>
        internal SupplyVoltage(ControllerSettings settings)
        {
            _settings = settings;
            Millivolts = -1;
        }

        /// <summary>The last reading; -1 before the first.</summary>
        internal int Millivolts { get; private set; }

        /// <summary>Whether it is too low.</summary>
        internal bool IsLow
        {
            get { return _low.IsRaised; }
        }

        /// <summary>Whether it falls, or has fallen and is not back.</summary>
        internal bool IsFalling
        {
            get { return _fall.IsRaised; }
        }

        /// <summary>Whether the last reading is not yet confirmed: another should follow soon.</summary>
        internal bool IsSuspect { get; private set; }

        /// <summary>Takes a reading, 0 or more.</summary>
        internal void Take(int millivolts)
        {
            Millivolts = millivolts;
            int minimum = _settings.Supervision.SupplyMinimumMillivolts;
            _low.Take(minimum > 0 && millivolts < minimum, minimum == 0 || millivolts > minimum + (minimum / 20));

            int usual = _usualTimes16 >> MeanShift;
            bool isFall = millivolts < usual * FallPercent / 100;
            _fall.Take(isFall, millivolts > usual * ReturnPercent / 100);
            IsSuspect = isFall && !_fall.IsRaised;
            if (_usualTimes16 == 0)
            {
                _usualTimes16 = millivolts << MeanShift;
            }
            else if (!isFall && !_fall.IsRaised)
            {
                _usualTimes16 += millivolts - usual;
            }
        }
    }
}
