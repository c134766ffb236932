// Judges what the luminaire draws against the level it has: lamp failure and day burner. It reads no meter and keeps no totals.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Lamp failure and day burner. What a luminaire should draw is taken to be linear: standby + (full - standby) * level / 1000. Two readings in a row
    /// raise an alarm, two clear it, and the clearing limit is kinder than the raising one, so that an alarm does not flicker.
    /// </summary>
    public sealed class LuminaireJudge
    {
        /// <summary>How many readings in a row decide.</summary>
        public const int ConfirmReadings = 2;

        /// <summary>Lowest level at which a lamp failure can be told from a low level, in permille.</summary>
        public const int LampFailureMinimumPermille = 100;

        private readonly ControllerSettings _settings;
        private int _lampCount;
        private int _dayBurnerCount;

        /// <summary>Makes it.</summary>
        /// <param name="settings">The luminaire's full and standby power; while the full power is 0, nothing is judged.</param>
        public LuminaireJudge(ControllerSettings settings)
        {
            _settings = settings;
        }

        /// <summary>The lamp should be lit and draws less than half of what it should; clears at 60 %.</summary>
        public bool IsLampFailure { get; private set; }

        /// <summary>
        /// The lamp should be dark and draws more than twice the standby power and more than standby and a tenth of full; clears at 1.5 times and a twentieth.
        /// </summary>
        public bool IsDayBurner { get; private set; }

        /// <summary>Counts changes of the two.</summary>
        public int ChangeCount { get; private set; }

        /// <summary>Takes both alarms back: what the luminaire draws is no longer known, so nothing can be said about it.</summary>
        public void Withdraw()
        {
            _lampCount = 0;
            _dayBurnerCount = 0;
            SetLampFailure(false);
            SetDayBurner(false);
        }

        /// <summary>Judges a reading that was taken while the level had been steady for long enough.</summary>
        /// <param name="levelPermille">The level, 0 to 1000.</param>
        /// <param name="powerMilliwatts">What the luminaire draws.</param>
        public void Judge(int levelPermille, int powerMilliwatts)
        {
            long standbyMilliwatts = _settings.LuminaireStandbyPowerMilliwatts;
            long lampMilliwatts = _settings.LuminaireFullPowerMilliwatts - standbyMilliwatts;
            if (lampMilliwatts < 0)
            {
                lampMilliwatts = 0;
            }

            if (levelPermille == 0)
            {
                JudgeDark(powerMilliwatts, standbyMilliwatts);
            }
            else if (levelPermille >= LampFailureMinimumPermille)
            {
                JudgeLit(powerMilliwatts - standbyMilliwatts, lampMilliwatts * levelPermille / 1000);
            }
        }

        private void JudgeLit(long drawnMilliwatts, long dueMilliwatts)
        {
            bool isOther = IsLampFailure ? drawnMilliwatts * 100 >= dueMilliwatts * 60 : drawnMilliwatts * 100 < dueMilliwatts * 50;
            _lampCount = isOther ? _lampCount + 1 : 0;
            if (_lampCount >= ConfirmReadings)
            {
                _lampCount = 0;
                SetLampFailure(!IsLampFailure);
            }
        }

        private void JudgeDark(long powerMilliwatts, long standbyMilliwatts)
        {
            long fullMilliwatts = _settings.LuminaireFullPowerMilliwatts;
            long raiseMilliwatts = Larger(2 * standbyMilliwatts, standbyMilliwatts + (fullMilliwatts / 10));
            long clearMilliwatts = Larger(3 * standbyMilliwatts / 2, standbyMilliwatts + (fullMilliwatts / 20));
            bool isOther = IsDayBurner ? powerMilliwatts <= clearMilliwatts : powerMilliwatts > raiseMilliwatts;
            _dayBurnerCount = isOther ? _dayBurnerCount + 1 : 0;
            if (_dayBurnerCount >= ConfirmReadings)
            {
                _dayBurnerCount = 0;
                SetDayBurner(!IsDayBurner);
            }
        }

        private void SetLampFailure(bool value)
        {
            if (IsLampFailure != value)
            {
                IsLampFailure = value;
                ChangeCount++;
            }
        }

        private void SetDayBurner(bool value)
        {
            if (IsDayBurner != value)
            {
                IsDayBurner = value;
                ChangeCount++;
            }
        }

        private static long Larger(long a, long b)
        {
            return a > b ? a : b;
        }
    }
}
