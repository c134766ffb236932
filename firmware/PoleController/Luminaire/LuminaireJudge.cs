// Judges what the luminaire draws against what is put out: lamp and gear failure, day burner, welded relay, unexpected off, cycling, power too high or too low. It
// reads no meter and keeps no totals; what should be drawn is ExpectedPower's.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// What is wrong with the luminaire, by its power. Two readings in a row raise an alarm, two clear it, and the clearing limit is kinder than the
    /// raising one, so that an alarm does not flicker.
    /// </summary>
    public sealed class LuminaireJudge
    {
        /// <summary>How many readings in a row decide.</summary>
        public const int ConfirmReadings = ConfirmedAlarm.ConfirmReadings;

        /// <summary>Lowest level at which a lamp failure can be told from a low level, in permille.</summary>
        public const int LampFailureMinimumPermille = 100;

        /// <summary>Standby power from which on its absence tells dead gear, in milliwatts: below it a meter cannot say.</summary>
        public const int GearFailureMinimumMilliwatts = 200;

        /// <summary>What the power may always be off, in percent of full: meters and curves are no better at low levels.</summary>
        public const int ToleranceFloorPercent = 5;

        private readonly ControllerSettings _settings;
        private readonly ConfirmedAlarm _lamp = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _gear = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _dayBurner = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _relay = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _tooHigh = new ConfirmedAlarm();
        private readonly ConfirmedAlarm _tooLow = new ConfirmedAlarm();
        private readonly CyclingCounter _cycling;
        private bool _wasLit;
        private bool _isUnexpectedOff;
        private int _ownChanges;

        /// <summary>Makes it.</summary>
        /// <param name="settings">The luminaire's power and what may differ from it; while the full power is 0, nothing is judged.</param>
        public LuminaireJudge(ControllerSettings settings)
        {
            _settings = settings;
            _cycling = new CyclingCounter(settings.Supervision);
        }

        /// <summary>The lamp should be lit and draws less than half of what it should; clears at 60 %.</summary>
        public bool IsLampFailure
        {
            get { return _lamp.IsRaised; }
        }

        /// <summary>The luminaire should be lit and draws not even a quarter of its standby power; clears at half of it.</summary>
        public bool IsGearFailure
        {
            get { return _gear.IsRaised; }
        }

        /// <summary>
        /// The lamp should be dark and draws more than twice the standby power and more than standby and a tenth of full; clears at 1.5 times and a twentieth.
        /// </summary>
        public bool IsDayBurner
        {
            get { return _dayBurner.IsRaised; }
        }

        /// <summary>
        /// The relay should be open and the luminaire draws three quarters of its standby power or more, and <see cref="GearFailureMinimumMilliwatts"/>; clears at half
        /// of that. A lamp that burns is a day burner, not this.
        /// </summary>
        public bool IsRelayWelded
        {
            get { return _relay.IsRaised; }
        }

        /// <summary>The lamp failed while it was lit: it was right at this level or another since it was switched on.</summary>
        public bool IsUnexpectedOff
        {
            get { return _isUnexpectedOff; }
        }

        /// <summary>The lamp goes off and on again and again though nobody switches it.</summary>
        public bool IsCycling
        {
            get { return _cycling.IsRaised; }
        }

        /// <summary>How often it went off in the last hour.</summary>
        public int CyclesPerHour
        {
            get { return _cycling.PerHour; }
        }

        /// <summary>The luminaire draws more than its level explains and the tolerance allows; clears at seven tenths of the tolerance.</summary>
        public bool IsPowerTooHigh
        {
            get { return _tooHigh.IsRaised; }
        }

        /// <summary>It draws less; a lamp failure is not this.</summary>
        public bool IsPowerTooLow
        {
            get { return _tooLow.IsRaised; }
        }

        /// <summary>What it drew at the last reading, in percent of what was expected, 0 to 999.</summary>
        public int PercentOfExpected { get; private set; }

        /// <summary>Counts changes of lamp failure and day burner.</summary>
        public int FailureChangeCount
        {
            get { return _lamp.ChangeCount + _dayBurner.ChangeCount; }
        }

        /// <summary>Counts changes of all of them.</summary>
        public int ChangeCount
        {
            get
            {
                return _lamp.ChangeCount + _gear.ChangeCount + _dayBurner.ChangeCount + _relay.ChangeCount + _tooHigh.ChangeCount + _tooLow.ChangeCount
                    + _cycling.ChangeCount + _ownChanges;
            }
        }

        /// <summary>Takes all alarms back: what the luminaire draws, or what it should, is no longer known.</summary>
        public void Withdraw()
        {
            _lamp.Withdraw();
            _gear.Withdraw();
            _dayBurner.Withdraw();
            _relay.Withdraw();
            _tooHigh.Withdraw();
            _tooLow.Withdraw();
            _cycling.Withdraw();
            _wasLit = false;
            SetUnexpectedOff(false);
        }

        /// <summary>Judges a reading that was taken while the level had been steady for long enough.</summary>
        /// <param name="nowMs">When, in milliseconds since start.</param>
        /// <param name="outputPermille">What is put out, 0 to 1000.</param>
        /// <param name="powerMilliwatts">What the luminaire draws.</param>
        /// <param name="isFed">Whether it should have mains: whether the relay is closed, as far as the board says so.</param>
        public void Judge(long nowMs, int outputPermille, int powerMilliwatts, bool isFed)
        {
            long dueMilliwatts = ExpectedPower.LampMilliwatts(_settings, outputPermille);
            if (outputPermille == 0)
            {
                _wasLit = false;
                JudgeDark(powerMilliwatts, isFed);
            }
            else if (outputPermille >= LampFailureMinimumPermille)
            {
                long drawnMilliwatts = powerMilliwatts - _settings.LuminaireStandbyPowerMilliwatts;
                JudgeLit(nowMs, powerMilliwatts, drawnMilliwatts, dueMilliwatts);
                JudgePower(powerMilliwatts, drawnMilliwatts, dueMilliwatts);
            }
        }

        private void JudgeLit(long nowMs, long powerMilliwatts, long drawnMilliwatts, long dueMilliwatts)
        {
            bool isDark = drawnMilliwatts * 100 < dueMilliwatts * 50;
            bool isLit = drawnMilliwatts * 100 >= dueMilliwatts * 60;
            _lamp.Take(isDark, isLit);
            _cycling.Take(nowMs, isDark, isLit);

            long standbyMilliwatts = _settings.LuminaireStandbyPowerMilliwatts;
            bool isTold = standbyMilliwatts >= GearFailureMinimumMilliwatts;
            _gear.Take(isTold && powerMilliwatts * 4 < standbyMilliwatts, !isTold || powerMilliwatts * 2 >= standbyMilliwatts);

            if (_lamp.IsRaised && _wasLit)
            {
                SetUnexpectedOff(true);
            }
            else if (!_lamp.IsRaised)
            {
                SetUnexpectedOff(false);
            }

            _wasLit = (_wasLit || isLit) && !_lamp.IsRaised;
        }

        private void JudgePower(long powerMilliwatts, long drawnMilliwatts, long dueMilliwatts)
        {
            long expectedMilliwatts = dueMilliwatts + _settings.LuminaireStandbyPowerMilliwatts;
            long percent = expectedMilliwatts <= 0 ? 0 : powerMilliwatts * 100 / expectedMilliwatts;
            PercentOfExpected = (int)(percent > 999 ? 999 : percent < 0 ? 0 : percent);

            long floorMilliwatts = (long)_settings.LuminaireFullPowerMilliwatts * ToleranceFloorPercent / 100;
            long raiseMilliwatts = Larger(expectedMilliwatts * _settings.Supervision.TolerancePercent / 100, floorMilliwatts);
            long clearMilliwatts = raiseMilliwatts * 7 / 10;
            long offMilliwatts = powerMilliwatts - expectedMilliwatts;
            _tooHigh.Take(offMilliwatts > raiseMilliwatts, offMilliwatts <= clearMilliwatts);

            // Less than half is a lamp that failed, and told as that.
            bool isFailure = drawnMilliwatts * 100 < dueMilliwatts * 50 || _lamp.IsRaised;
            _tooLow.Take(!isFailure && -offMilliwatts > raiseMilliwatts, isFailure || -offMilliwatts <= clearMilliwatts);
        }

        private void JudgeDark(long powerMilliwatts, bool isFed)
        {
            long standbyMilliwatts = _settings.LuminaireStandbyPowerMilliwatts;
            long fullMilliwatts = _settings.LuminaireFullPowerMilliwatts;
            long raiseMilliwatts = Larger(2 * standbyMilliwatts, standbyMilliwatts + (fullMilliwatts / 10));
            long clearMilliwatts = Larger(3 * standbyMilliwatts / 2, standbyMilliwatts + (fullMilliwatts / 20));
            bool isBurning = powerMilliwatts > raiseMilliwatts;
            _dayBurner.Take(isBurning, powerMilliwatts <= clearMilliwatts);
            if (!isFed)
            {
                long weldedMilliwatts = Larger(3 * standbyMilliwatts / 4, GearFailureMinimumMilliwatts);
                _relay.Take(!isBurning && powerMilliwatts >= weldedMilliwatts, isBurning || powerMilliwatts * 2 < weldedMilliwatts);
            }
        }

        private void SetUnexpectedOff(bool value)
        {
            if (_isUnexpectedOff != value)
            {
                _isUnexpectedOff = value;
                _ownChanges++;
            }
        }

        private static long Larger(long a, long b)
        {
            return a > b ? a : b;
        }
    }
}
