// The controller's own supply and temperature: reads both, tells what is wrong, has everything written that would be lost when the supply falls, and after
// a return says for how long it was gone.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Supply and board temperature. A board that wants its totals kept over a loss of the mains needs a capacitor that lasts for
    /// <see cref="ReadIntervalMs"/> and a write after the voltage has fallen by 15 percent (15 s in all where it falls to a third: the energy goes with the square), or
    /// an input that wakes the pole when the mains go.
    /// </summary>
    public sealed class BoardMonitor : Component
    {
        /// <summary>Time between readings of the supply, in milliseconds: each costs a step, and 1,000 poles have to be simulated.</summary>
        public const int ReadIntervalMs = 10000;

        /// <summary>Time between readings while the supply is not right, in milliseconds.</summary>
        public const int FallingIntervalMs = 1000;

        /// <summary>Time to the reading that confirms a fall, in milliseconds: one mains period.</summary>
        public const int ConfirmMs = 20;

        /// <summary>Time between readings of the temperature, in milliseconds.</summary>
        public const int TemperatureIntervalMs = 60000;

        /// <summary>How many readings in a row have to fail before a part counts as failed.</summary>
        public const int MissesUntilFailed = 3;

        /// <summary>How long a loss is kept back until the time is known, in milliseconds.</summary>
        public const int DurationWaitMs = 900000;

        private readonly IAnalogInput? _supply;
        private readonly IThermometer? _thermometer;
        private readonly ControllerSettings _settings;
        private readonly AlarmBoard _alarms;
        private readonly BootJournal _boots;
        private readonly PoleClock _clock;
        private readonly SupplyVoltage _voltage;
        private readonly BootEntry _entry = new BootEntry();
        private long _supplyMs;
        private long _temperatureMs;
        private long _tellLossByMs;
        private long _fallMs;
        private int _supplyMisses;
        private int _temperatureMisses;
        private bool _isHot;

        /// <summary>Makes it. What is null is not fitted.</summary>
        public BoardMonitor(IAnalogInput? supply, IThermometer? thermometer, ControllerSettings settings, AlarmBoard alarms, BootJournal boots,
            PoleClock clock)
        {
            _supply = supply;
            _thermometer = thermometer;
            _settings = settings;
            _alarms = alarms;
            _boots = boots;
            _clock = clock;
            _voltage = new SupplyVoltage(settings);
            Centidegrees = Derating.Unknown;
        }

        /// <summary>Supply voltage in millivolts; -1 when not known.</summary>
        public int SupplyMillivolts
        {
            get { return _supplyMisses >= MissesUntilFailed ? -1 : _voltage.Millivolts; }
        }

        /// <summary>Whether the board has a thermometer.</summary>
        public bool HasThermometer
        {
            get { return _thermometer != null; }
        }

        /// <summary>Temperature of the board in hundredths of a degree Celsius; <see cref="int.MinValue"/> when not known.</summary>
        public int Centidegrees { get; private set; }

        /// <summary>Temperature of the board in degrees Celsius; <see cref="int.MinValue"/> when not known.</summary>
        public int Degrees
        {
            get { return Centidegrees == Derating.Unknown ? Derating.Unknown : Centidegrees / 100; }
        }

        /// <summary>Counts falls of the supply: whoever has something that is not written yet writes it.</summary>
        public int FallCount { get; private set; }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _supplyMs = _supply == null ? Wake.Never : nowMs;
            _temperatureMs = _thermometer == null ? Wake.Never : nowMs;
            _tellLossByMs = _boots.Cause == RestartCause.SupplyLoss ? nowMs + DurationWaitMs : Wake.Never;
            Assess();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_tellLossByMs != Wake.Never && (_clock.IsKnown || nowMs >= _tellLossByMs))
            {
                TellLoss();
            }

            if (nowMs >= _supplyMs)
            {
                ReadSupply(nowMs, _supply!);
            }

            if (nowMs >= _temperatureMs)
            {
                ReadTemperature(nowMs, _thermometer!);
            }

            RestsUntilMs = Wake.Earlier(_tellLossByMs, Wake.Earlier(_supplyMs, _temperatureMs));
            return RestsUntilMs;
        }

        private void ReadSupply(long nowMs, IAnalogInput supply)
        {
            int millivolts = -1;
            try
            {
                millivolts = supply.TryRead(out int read) ? read : -1;
            }
            catch (Exception)
            {
                // A converter that throws is one that does not answer.
                millivolts = -1;
            }

            _supplyMs = Wake.AtNext(nowMs, ReadIntervalMs);
            if (millivolts < 0)
            {
                _supplyMisses = Miss(_supplyMisses);
                Assess();
                return;
            }

            _supplyMisses = 0;
            bool wasFalling = _voltage.IsFalling;
            _voltage.Take(millivolts);

            // A supply that falls is told as that alone: it is no news that it is low on its way to nothing.
            _alarms.Set(AlarmKind.SupplyLow, _voltage.IsLow && !_voltage.IsFalling, HealthReason.None, millivolts);
            if (_voltage.IsFalling != wasFalling)
            {
                FollowFall(nowMs, millivolts);
            }

            if (_voltage.IsSuspect)
            {
                _supplyMs = nowMs + ConfirmMs;
            }
            else if (_voltage.IsFalling || _voltage.IsLow)
            {
                _supplyMs = nowMs + FallingIntervalMs;
            }

            Assess();
        }

        private void FollowFall(long nowMs, int millivolts)
        {
            if (_voltage.IsFalling)
            {
                // What cannot wait first: the mark, then the totals (in this step, by whoever counts them), then the message.
                FallCount++;
                _fallMs = nowMs;
                _boots.OnSupplyFalling(nowMs, millivolts);
                _alarms.Set(AlarmKind.SupplyLoss, true, HealthReason.None, 0);
            }
            else
            {
                _alarms.Set(AlarmKind.SupplyLoss, false, HealthReason.None, (int)((nowMs - _fallMs) / 1000));
            }
        }

        /// <summary>Tells the loss before this start: its begin is the last mark of the start before, its end this start.</summary>
        private void TellLoss()
        {
            _tellLossByMs = Wake.Never;
            long seconds = 0;
            _boots.Read(0, _entry);
            long endSeconds = _entry.UtcSeconds;
            long ranSeconds = _entry.UptimeBeforeSeconds;
            if (endSeconds != 0 && _boots.EntryCount > 1)
            {
                _boots.Read(1, _entry);
                seconds = _entry.UtcSeconds == 0 ? 0 : endSeconds - _entry.UtcSeconds - ranSeconds;
            }

            seconds = seconds < 0 ? 0 : seconds > int.MaxValue ? int.MaxValue : seconds;
            _alarms.Set(AlarmKind.SupplyLoss, true, HealthReason.None, (int)seconds);
            _alarms.Set(AlarmKind.SupplyLoss, false, HealthReason.None, (int)seconds);
        }

        private void ReadTemperature(long nowMs, IThermometer thermometer)
        {
            _temperatureMs = Wake.AtNext(nowMs, TemperatureIntervalMs);
            bool isRead = false;
            int centidegrees = 0;
            try
            {
                isRead = thermometer.TryRead(out centidegrees);
            }
            catch (Exception)
            {
                isRead = false;
            }

            _temperatureMisses = isRead ? 0 : Miss(_temperatureMisses);
            if (isRead)
            {
                Centidegrees = centidegrees;
                JudgeTemperature(Degrees);
            }
            else if (_temperatureMisses >= MissesUntilFailed)
            {
                Centidegrees = Derating.Unknown;
            }

            Assess();
        }

        private void JudgeTemperature(int degrees)
        {
            SupervisionSettings limits = _settings.Supervision;
            _isHot = _isHot ? degrees > limits.BoardLimitDegrees - limits.TemperatureHysteresisDegrees : degrees > limits.BoardLimitDegrees;
            _alarms.Set(AlarmKind.BoardOverheated, _isHot, HealthReason.None, degrees);
        }

        private void Assess()
        {
            if (_supplyMisses >= MissesUntilFailed || _temperatureMisses >= MissesUntilFailed)
            {
                Health.SetDegraded(HealthReason.NoAnswer);
            }
            else if (_supply == null && _thermometer == null)
            {
                Health.SetNotFitted();
            }
            else
            {
                Health.SetOk();
            }

            _alarms.Set(AlarmKind.BoardSensorFault, Health.State == HealthState.Degraded, Health.Reason, 0);
        }

        private static int Miss(int count)
        {
            return count < MissesUntilFailed ? count + 1 : count;
        }
    }
}
