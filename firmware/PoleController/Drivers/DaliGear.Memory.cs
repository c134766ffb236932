// Reading the gear's memory banks: latch, location by location, and the proof that nobody moved DTR0 meanwhile. What the bytes mean is DaliBanks'.
using PoleController.Hal;

namespace PoleController.Drivers
{
    public sealed partial class DaliGear
    {
        /// <summary>How often a bank is read again when a level or another controller came between.</summary>
        private const int BankTries = 3;

        private int _bank;
        private int _location;
        private int _lastLocation;
        private int _bankTries;
        private int _levelCountAtLatch;
        private int _absentBanks;
        private int _samplesUntilDiagnosis;
        private bool _isKnown;

        /// <summary>Begins with the energy; diagnostics come with every twelfth sample, and with each while something is not as it should be.</summary>
        private void BeginBanks()
        {
            if (_isKnown && IsOfConcern)
            {
                _samplesUntilDiagnosis = 0;
            }

            _bank = DaliBanks.Energy;
            _bankTries = 0;
            Go(StepBank);
        }

        private void NextBank()
        {
            _bankTries = 0;
            bool isDiagnosisDue = _samplesUntilDiagnosis == 0;
            _bank = _bank == DaliBanks.Energy ? DaliBanks.Gear : _bank + 1;
            if (_bank <= DaliBanks.Lamp && isDiagnosisDue)
            {
                Go(StepBank);
                return;
            }

            _samplesUntilDiagnosis = isDiagnosisDue ? SamplesPerDiagnosis - 1 : _samplesUntilDiagnosis - 1;
            FinishSample();
            Rest();
        }

        private void AskMemory()
        {
            switch (StepIndex)
            {
                case StepBank:
                    Special(DaliCommand.Dtr1, _bank);
                    break;
                case StepLatchLocation:
                    _levelCountAtLatch = _bus.LevelCount;
                    Special(DaliCommand.Dtr0, DaliBanks.LatchLocation);
                    break;
                case StepLatchEnable:
                    Command(DaliCommand.EnableWriteMemory, DaliExchange.CommandTwice);
                    break;
                case StepLatchWrite:
                    Special(DaliCommand.WriteMemoryLocationNoReply, DaliBanks.Latch);
                    break;
                case StepBankLocation:
                    Special(DaliCommand.Dtr0, _location);
                    break;
                case StepBankVerify:
                    Query(DaliCommand.QueryContentDtr0);
                    break;
                default:
                    Query(DaliCommand.ReadMemoryLocation);
                    break;
            }
        }

        private void JudgeMemory(DaliOutcome outcome)
        {
            switch (StepIndex)
            {
                case StepBank:
                    BeginBank();
                    break;
                case StepLatchLocation:
                    Go(StepLatchEnable);
                    break;
                case StepLatchEnable:
                    Go(StepLatchWrite);
                    break;
                case StepLatchWrite:
                    // A level between ENABLE WRITE MEMORY and the write has ended the permission; the latch is tried again.
                    bool isBroken = _bus.LevelCount != _levelCountAtLatch && ++_bankTries < BankTries;
                    _location = DaliBanks.LastLocation;
                    Go(isBroken ? StepLatchLocation : StepBankLocation);
                    break;
                case StepBankLocation:
                    GoTo(StepBankRead);
                    break;
                case StepBankRead:
                    TakeBankByte(outcome);
                    break;
                default:
                    VerifyBank(outcome);
                    break;
            }
        }

        private void BeginBank()
        {
            if ((_absentBanks & BankBit()) != 0)
            {
                NextBank();
                return;
            }

            _banks.Clear();
            Go(StepLatchLocation);
        }

        private void TakeBankByte(DaliOutcome outcome)
        {
            bool isFirst = _location == DaliBanks.LastLocation;
            if (outcome == DaliOutcome.Silent && isFirst)
            {
                // Gear that lacks the bank ignores the query. It is not asked again before it is started anew.
                _absentBanks |= BankBit();
                _banks.Take(_bank);
                NextBank();
                return;
            }

            if (!IsAnswered(outcome))
            {
                return;
            }

            if (isFirst)
            {
                _lastLocation = DaliBanks.Needed(_bank, _bus.Answer);
                _location = DaliBanks.FirstValueLocation;
                Go(_lastLocation < _location ? StepBankVerify : StepBankLocation);
                return;
            }

            _banks.Put(_location, _bus.Answer);
            _location++;
            Go(_location <= _lastLocation ? StepBankRead : StepBankVerify);
        }

        private void VerifyBank(DaliOutcome outcome)
        {
            if (!IsAnswered(outcome))
            {
                return;
            }

            if (_lastLocation >= DaliBanks.FirstValueLocation && _bus.Answer != _lastLocation + 1)
            {
                // Somebody else on the bus used DTR0: the bytes are not those that were asked for.
                LastFault.Set(SensorFaultKind.Implausible, (_bank << 8) | _location, _bus.Answer);
                _banks.Clear();
                if (++_bankTries < BankTries)
                {
                    Go(StepBank);
                    return;
                }

                _banks.SetUnavailable(_bank);
                NextBank();
                return;
            }

            _banks.Take(_bank);
            NextBank();
        }

        private void TakeIdentityByte(DaliOutcome outcome)
        {
            if (outcome == DaliOutcome.Silent)
            {
                // Gear without bank 0 is older than DALI-2.
                TakeIdentity(0, 0);
                return;
            }

            if (!IsAnswered(outcome))
            {
                return;
            }

            _banks.Put(_location, _bus.Answer);
            _location++;
            if (_location < DaliBanks.IdentityLength)
            {
                Go(StepIdentityRead);
                return;
            }

            TakeIdentity(_banks.Number(0, DaliBanks.TradeItemLength), _banks.Number(DaliBanks.SerialOffset, DaliBanks.SerialLength));
        }

        private void TakeIdentity(long tradeItemNumber, long serialNumber)
        {
            if (_isKnown && (tradeItemNumber != TradeItemNumber || serialNumber != SerialNumber))
            {
                ReplacementCount++;
                _banks.Forget();
            }

            _isKnown = true;
            TradeItemNumber = tradeItemNumber;
            SerialNumber = serialNumber;
            _absentBanks = 0;
            _samplesUntilDiagnosis = 0;
            Go(StepCurveEnable);
        }

        private bool IsOfConcern
        {
            get
            {
                return IsLampFailed || IsGearFailed || IsDerating || GearTemperatureDegrees >= WarmDegrees || LampTemperatureDegrees >= WarmDegrees;
            }
        }

        private int BankBit()
        {
            return 1 << (_bank - DaliBanks.Energy);
        }
    }
}
