// What is asked of the gear, in which order: the start, the look at status and level. Sequences of one exchange after the other, repeated when disturbed.
using PoleController.Hal;

namespace PoleController.Drivers
{
    public sealed partial class DaliGear
    {
        // Start. A fault leads back to the first of them.
        private const int StepStatus = 0;
        private const int StepDeviceType = 1;
        private const int StepIdentityBank = 2;
        private const int StepIdentityLocation = 3;
        private const int StepIdentityRead = 4;
        private const int StepCurveEnable = 5;
        private const int StepCurve = 6;
        private const int StepSettingQuery = 7;
        private const int StepSettingValue = 8;
        private const int StepSettingStore = 9;

        // Nothing is asked.
        private const int StepRest = 10;

        private const int StepCheckStatus = 11;
        private const int StepCheckLevel = 12;

        // One memory bank.
        private const int StepBank = 13;
        private const int StepLatchLocation = 14;
        private const int StepLatchEnable = 15;
        private const int StepLatchWrite = 16;
        private const int StepBankLocation = 17;
        private const int StepBankRead = 18;
        private const int StepBankVerify = 19;

        private const int SettingCount = 3;

        /// <summary>Device types that dim an LED or say nothing of it: LED modules, D4i and other features (49 on), none, several.</summary>
        private const int FirstFeatureType = 49;

        private bool _isExchanging;
        private int _command;
        private int _tries;
        private int _status;
        private int _setting;
        private bool _isSettingStored;
        private bool _isCrowd;

        /// <inheritdoc/>
        protected override void Step()
        {
            if (_isExchanging)
            {
                _isExchanging = false;
                Judge(_bus.Outcome);
                return;
            }

            if (StepIndex == StepRest)
            {
                ChooseWork();
            }
            else if (_bus.TryClaim(this))
            {
                Ask();
            }
            else
            {
                Wait(DaliBus.SettlingMs);
            }
        }

        private void ChooseWork()
        {
            _checkMs = NowMs + CheckIntervalMs;
            Go(StepCheckStatus);
        }

        private void Ask()
        {
            switch (StepIndex)
            {
                case StepStatus:
                    SetState(SensorState.Starting);
                    Query(DaliCommand.QueryStatus);
                    break;
                case StepDeviceType:
                    Query(DaliCommand.QueryDeviceType);
                    break;
                case StepIdentityBank:
                    Special(DaliCommand.Dtr1, 0);
                    break;
                case StepIdentityLocation:
                    Special(DaliCommand.Dtr0, DaliBanks.IdentityLocation + _location);
                    break;
                case StepCurveEnable:
                    Special(DaliCommand.EnableDeviceType, DaliCommand.DeviceTypeLed);
                    break;
                case StepCurve:
                    Query(DaliCommand.QueryDimmingCurve);
                    break;
                case StepSettingQuery:
                    Query(_setting == 0 ? DaliCommand.QueryPowerOnLevel
                        : _setting == 1 ? DaliCommand.QuerySystemFailureLevel : DaliCommand.QueryFadeTimeFadeRate);
                    break;
                case StepSettingValue:
                    Special(DaliCommand.Dtr0, SettingValue());
                    break;
                case StepSettingStore:
                    Command(StoreCommand(), DaliExchange.CommandTwice);
                    break;
                case StepCheckStatus:
                    Query(DaliCommand.QueryStatus);
                    break;
                case StepCheckLevel:
                    Query(DaliCommand.QueryActualLevel);
                    break;
                default:
                    AskMemory();
                    break;
            }
        }

        private void Judge(DaliOutcome outcome)
        {
            if (outcome == DaliOutcome.BusLow || outcome == DaliOutcome.LineFailed)
            {
                FailAndRelease(SensorFaultKind.BusFailed, FaultCode(), (int)outcome);
                return;
            }

            if ((outcome == DaliOutcome.Silent || outcome == DaliOutcome.Violation) && ++_tries < Tries)
            {
                GoTo(RepeatStep());
                return;
            }

            switch (StepIndex)
            {
                case StepStatus:
                    JudgeFirstStatus(outcome);
                    break;
                case StepDeviceType:
                    JudgeDeviceType(outcome);
                    break;
                case StepIdentityBank:
                    Go(StepIdentityLocation);
                    break;
                case StepIdentityLocation:
                    // Tries are counted on: it may stand between two of them.
                    GoTo(StepIdentityRead);
                    break;
                case StepIdentityRead:
                    TakeIdentityByte(outcome);
                    break;
                case StepCurveEnable:
                    GoTo(StepCurve);
                    break;
                case StepCurve:
                    IsLinear = outcome == DaliOutcome.Answered && _bus.Answer == 1;
                    _setting = 0;
                    _isSettingStored = false;
                    Go(StepSettingQuery);
                    break;
                case StepSettingQuery:
                    JudgeSetting(outcome);
                    break;
                case StepSettingValue:
                    Go(StepSettingStore);
                    break;
                case StepSettingStore:
                    _isSettingStored = true;
                    Go(StepSettingQuery);
                    break;
                case StepCheckStatus:
                    JudgeStatus(outcome);
                    break;
                case StepCheckLevel:
                    JudgeLevel(outcome);
                    break;
                default:
                    JudgeMemory(outcome);
                    break;
            }
        }

        /// <summary>Where to go on after a disturbed exchange: what relies on DTR0, which a lost answer may have moved on, begins with it.</summary>
        private int RepeatStep()
        {
            switch (StepIndex)
            {
                case StepIdentityRead:
                    return StepIdentityLocation;
                case StepCurve:
                    return StepCurveEnable;
                case StepBankRead:
                    return StepBankLocation;
                default:
                    return StepIndex;
            }
        }

        private void JudgeFirstStatus(DaliOutcome outcome)
        {
            _isCrowd = outcome == DaliOutcome.Violation && _levelByte == DaliCommand.BroadcastLevel;
            if (_isCrowd)
            {
                // Several gears answer at once: they can be dimmed, but none can be asked.
                Finish();
            }
            else if (IsAnswered(outcome))
            {
                _status = _bus.Answer;
                Go(StepDeviceType);
            }
        }

        private void JudgeDeviceType(DaliOutcome outcome)
        {
            if (!IsAnswered(outcome))
            {
                return;
            }

            int type = _bus.Answer;
            if (type != DaliCommand.DeviceTypeLed && type < FirstFeatureType)
            {
                FailAndRelease(SensorFaultKind.WrongPart, DaliCommand.QueryDeviceType, type);
                return;
            }

            _location = 0;
            Go(StepIdentityBank);
        }

        private void JudgeSetting(DaliOutcome outcome)
        {
            if (!IsAnswered(outcome))
            {
                return;
            }

            int value = _setting == 2 ? _bus.Answer >> 4 : _bus.Answer;
            if (value != SettingValue())
            {
                if (!_isSettingStored)
                {
                    Go(StepSettingValue);
                    return;
                }

                // Gear that cannot be told goes on as it is: its light matters more.
                LastFault.Set(SensorFaultKind.CommandRefused, StoreCommand(), value);
            }

            _isSettingStored = false;
            if (++_setting < SettingCount)
            {
                Go(StepSettingQuery);
            }
            else
            {
                Finish();
            }
        }

        /// <summary>The gear is started: it gets its level, whatever happened to it before.</summary>
        private void Finish()
        {
            SetStarted();
            SetState(SensorState.Measuring);
            _isInDoubt = false;
            if (_hasLevel)
            {
                SendLevel();
            }

            _checkMs = NowMs + VerifyMs;
            Rest();
        }

        private void JudgeStatus(DaliOutcome outcome)
        {
            if (_isCrowd)
            {
                if (outcome == DaliOutcome.Silent)
                {
                    FailAndRelease(SensorFaultKind.NoAnswer, DaliCommand.QueryStatus, 0);
                }
                else
                {
                    FinishRound();
                }

                return;
            }

            if (!IsAnswered(outcome))
            {
                return;
            }

            bool wasCycled = (_status & DaliCommand.StatusPowerCycleSeen) != 0;
            _status = _bus.Answer;
            if ((_status & DaliCommand.StatusPowerCycleSeen) != 0 && !wasCycled && _hasLevel)
            {
                // The gear was without supply and came back at its power on level. It may be another one since.
                LastFault.Set(SensorFaultKind.StateLost, DaliCommand.QueryStatus, _status);
                SendLevel();
                Go(StepDeviceType);
                return;
            }

            Go(StepCheckLevel);
        }

        private void JudgeLevel(DaliOutcome outcome)
        {
            if (!IsAnswered(outcome))
            {
                return;
            }

            ActualLevel = _bus.Answer == DaliCommand.Mask ? DaliBanks.Unavailable : _bus.Answer;
            int excuses = DaliCommand.StatusGearFailure | DaliCommand.StatusLampFailure | DaliCommand.StatusLimitError | DaliCommand.StatusFadeRunning;
            bool isExpected = !_hasLevel || ActualLevel == _arcPower || _bus.IsLevelPending(_number) || _isLevelNew;
            if (isExpected || (_status & excuses) != 0)
            {
                _levelRepeats = 0;
            }
            else if (_levelRepeats < MaximumLevelRepeats)
            {
                _levelRepeats++;
                SendLevel();
            }
            else
            {
                LastFault.Set(SensorFaultKind.Implausible, DaliCommand.QueryActualLevel, _bus.Answer);
            }

            FinishRound();
        }

        private void FinishRound()
        {
            if (IsRequested && !_isCrowd)
            {
                BeginBanks();
                return;
            }

            if (IsRequested)
            {
                FinishSample();
            }

            Rest();
        }

        private void Rest()
        {
            _bus.Release(this);
            Go(StepRest);
        }

        private void Restart()
        {
            _isExchanging = false;
            _tries = 0;
            _bus.Release(this);
            StartAnew();
        }

        private bool IsAnswered(DaliOutcome outcome)
        {
            if (outcome == DaliOutcome.Answered)
            {
                return true;
            }

            FailAndRelease(outcome == DaliOutcome.Violation ? SensorFaultKind.NoFrame : SensorFaultKind.NoAnswer, FaultCode(), 0);
            return false;
        }

        private void FailAndRelease(SensorFaultKind kind, int code, int value)
        {
            _tries = 0;
            _isExchanging = false;
            _isInDoubt = true;
            _bus.Release(this);
            Fail(kind, code, value);
        }

        private int FaultCode()
        {
            return StepIndex >= StepBank || (StepIndex >= StepIdentityBank && StepIndex <= StepIdentityRead) ? (_bank << 8) | _location : _command;
        }

        private int SettingValue()
        {
            // Whatever happens to bus or supply, the street is lit.
            return _setting == 2 ? _fadeTime : DaliLevel.Full;
        }

        private int StoreCommand()
        {
            return _setting == 0 ? DaliCommand.SetPowerOnLevel : _setting == 1 ? DaliCommand.SetSystemFailureLevel : DaliCommand.SetFadeTime;
        }

        private void Go(int step)
        {
            _tries = 0;
            GoTo(step);
        }

        private void Query(int command)
        {
            Command(command, DaliExchange.Query);
        }

        private void Command(int command, DaliExchange exchange)
        {
            _command = command;
            Exchange(((_levelByte | 1) << 8) | command, exchange);
        }

        private void Special(int command, int value)
        {
            _command = command;
            Exchange((command << 8) | value, DaliExchange.Command);
        }

        private void Exchange(int frame, DaliExchange exchange)
        {
            _isExchanging = true;
            _bus.Post(frame, exchange);
            Wait(1);
        }
    }
}
