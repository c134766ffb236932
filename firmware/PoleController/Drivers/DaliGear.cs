// DALI-2 control gear (IEC 62386-102, D4i): the level of the lamp, and what the gear says about itself. The bus is DaliBus's, the content of the memory
// banks DaliBanks'. This file: what users see, and when something is due; the sequences stand in DaliGear.Sequences.cs and DaliGear.Memory.cs.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// One control gear at a short address, or whatever hears a broadcast. It starts by itself (status, type, identity, dimming curve, levels after power
    /// on and system failure, fade time), has every level verified, looks at the gear every five minutes and reads the D4i memory banks when asked.
    /// <see cref="SensorFault.Code"/> is the command's number, or bank * 256 + location while memory is read.
    /// </summary>
    public sealed partial class DaliGear : SensorDriver, IControlGear, IDimmerOutput
    {
        /// <summary>Address that means all gear: for luminaires with one gear that never got a short address.</summary>
        public const int Broadcast = -1;

        /// <summary>How long after a level the gear is asked whether it has it, in milliseconds.</summary>
        public const int VerifyMs = 2000;

        /// <summary>Time between two looks at the gear while nothing changes, in milliseconds.</summary>
        public const int CheckIntervalMs = 300000;

        /// <summary>How often something is asked before it counts as not answered.</summary>
        public const int Tries = 3;

        /// <summary>How often a level is sent again that the gear does not have, before its own is taken as it is.</summary>
        public const int MaximumLevelRepeats = 2;

        /// <summary>Time between the levels that are sent to gear that has just been fed, in milliseconds: at some moment it begins to hear.</summary>
        public const int FedRepeatMs = 100;

        /// <summary>
        /// How many of them: gear goes to its power on level 0.6 s after it was fed unless it hears one before (IEC 62386-102), and slow gear needs a second
        /// to start.
        /// </summary>
        public const int FedRepeats = 15;

        /// <summary>
        /// In how many samples one reads the diagnostics (banks 205 and 206) besides the energy (202); the first does, and each one while the last gave cause for concern.
        /// </summary>
        public const int SamplesPerDiagnosis = 12;

        /// <summary>Gear or lamp this warm are a cause for concern, in degrees: 15 below the least limit that is a default (95 for the gear).</summary>
        public const int WarmDegrees = 80;

        private readonly DaliBus _bus;
        private readonly int _number;
        private readonly int _levelByte;
        private readonly int _fadeTime;
        private readonly DaliBanks _banks = new DaliBanks();
        private bool _isFed = true;
        private bool _isInDoubt;
        private bool _hasLevel;
        private bool _isLevelNew;
        private int _levelPermille;
        private int _arcPower;
        private int _levelRepeats;
        private int _fedRepeats;
        private long _fedRepeatMs;
        private long _checkMs;

        /// <summary>Makes it.</summary>
        /// <param name="bus">The bus.</param>
        /// <param name="shortAddress">0 to 63, or <see cref="Broadcast"/>.</param>
        /// <param name="fadeTime">The gear's own fade time for levels, 0 (none) to 15 (90.5 s); the controller makes its fades itself, so 0 is right but for gear whose steps show.</param>
        public DaliGear(DaliBus bus, int shortAddress, int fadeTime)
        {
            _bus = bus;
            _number = bus.Register();
            _levelByte = shortAddress == Broadcast ? DaliCommand.BroadcastLevel : (shortAddress & 63) << 1;
            _fadeTime = fadeTime & 15;
            ActualLevel = DaliBanks.NotSupported;
        }

        /// <summary>Whether the gear's dimming curve is linear (IEC 62386-207); logarithmic otherwise.</summary>
        public bool IsLinear { get; private set; }

        /// <summary>Trade item number (GTIN) of the gear's type from memory bank 0; 0 when it does not say.</summary>
        public long TradeItemNumber { get; private set; }

        /// <summary>The gear's serial number from memory bank 0; 0 when it does not say.</summary>
        public long SerialNumber { get; private set; }

        /// <inheritdoc/>
        public int ReplacementCount { get; private set; }

        /// <inheritdoc/>
        public bool IsLampFailed
        {
            get { return (_status & DaliCommand.StatusLampFailure) != 0 || _banks.IsLampFailed; }
        }

        /// <inheritdoc/>
        public bool IsGearFailed
        {
            get { return (_status & DaliCommand.StatusGearFailure) != 0; }
        }

        /// <inheritdoc/>
        public bool IsDerating
        {
            get { return _banks.IsDerating; }
        }

        /// <inheritdoc/>
        public int ActualLevel { get; private set; }

        /// <inheritdoc/>
        public long EnergyWattHours
        {
            get { return _banks.EnergyWattHours; }
        }

        /// <inheritdoc/>
        public int PowerMilliwatts
        {
            get { return _banks.PowerMilliwatts; }
        }

        /// <inheritdoc/>
        public long GearOperatingSeconds
        {
            get { return _banks.GearOperatingSeconds; }
        }

        /// <inheritdoc/>
        public int GearStarts
        {
            get { return _banks.GearStarts; }
        }

        /// <inheritdoc/>
        public int SupplyMillivolts
        {
            get { return _banks.SupplyMillivolts; }
        }

        /// <inheritdoc/>
        public int PowerFactorPermille
        {
            get { return _banks.PowerFactorPermille; }
        }

        /// <inheritdoc/>
        public int GearTemperatureDegrees
        {
            get { return _banks.GearTemperatureDegrees; }
        }

        /// <inheritdoc/>
        public long LampOperatingSeconds
        {
            get { return _banks.LampOperatingSeconds; }
        }

        /// <inheritdoc/>
        public int LampStarts
        {
            get { return _banks.LampStarts; }
        }

        /// <inheritdoc/>
        public int LampMillivolts
        {
            get { return _banks.LampMillivolts; }
        }

        /// <inheritdoc/>
        public int LampMilliamperes
        {
            get { return _banks.LampMilliamperes; }
        }

        /// <inheritdoc/>
        public int LampTemperatureDegrees
        {
            get { return _banks.LampTemperatureDegrees; }
        }

        private bool IsPending
        {
            get { return _isExchanging && _bus.Outcome == DaliOutcome.Pending; }
        }

        /// <inheritdoc/>
        protected override bool IsAtWork
        {
            get { return StepIndex != StepRest || NowMs >= _checkMs; }
        }

        /// <summary>
        /// Puts the level before everything else on the bus; it goes out with the next <see cref="Poll"/>. It is sent even to gear that does not answer: the
        /// way there may work when the way back does not.
        /// </summary>
        /// <returns>False while the gear is known not to answer, until it is started anew, or the bus is down.</returns>
        public bool TrySetLevel(int levelPermille)
        {
            _levelPermille = levelPermille;
            _hasLevel = true;
            _levelRepeats = 0;
            SendLevel();
            return !_isFed || (!_isInDoubt && !_bus.IsDown);
        }

        /// <inheritdoc/>
        public void SetFed(bool isFed)
        {
            if (isFed == _isFed)
            {
                return;
            }

            _isFed = isFed;
            Restart();
            _bus.DropLevel(_number);
            _status = 0;
            _isInDoubt = false;
            _fedRepeats = isFed ? FedRepeats : 0;
            _fedRepeatMs = 0;
        }

        /// <inheritdoc/>
        public override long Poll(long nowMs)
        {
            if (!_isFed)
            {
                return long.MaxValue;
            }

            long repeatMs = RepeatLevel(nowMs);
            if (_isLevelNew)
            {
                _isLevelNew = false;
                _checkMs = nowMs + VerifyMs;
            }

            _bus.Poll(nowMs);
            long wakeMs = IsPending || _fedRepeats > 0 ? long.MaxValue : base.Poll(nowMs);
            long busMs = _bus.Poll(nowMs);
            if (IsPending)
            {
                wakeMs = long.MaxValue;
            }
            else if (wakeMs == long.MaxValue && _fedRepeats == 0)
            {
                wakeMs = _checkMs;
            }

            wakeMs = busMs < wakeMs ? busMs : wakeMs;
            return repeatMs < wakeMs ? repeatMs : wakeMs;
        }

        private void SendLevel()
        {
            _arcPower = DaliLevel.FromPermille(_levelPermille, IsLinear);
            _isLevelNew = true;
            if (_isFed)
            {
                _bus.SetLevel(_number, (_levelByte << 8) | _arcPower);
            }
        }

        private long RepeatLevel(long nowMs)
        {
            if (_fedRepeats == 0)
            {
                return long.MaxValue;
            }

            if (nowMs >= _fedRepeatMs)
            {
                _fedRepeats--;
                _fedRepeatMs = nowMs + FedRepeatMs;
                if (_hasLevel)
                {
                    SendLevel();
                }
            }

            return _fedRepeats == 0 ? long.MaxValue : _fedRepeatMs;
        }
    }
}
