// Carries out the commands of remote multicast set-up (TS005): groups are made, told and deleted, class C sessions planned. The store is
// MulticastGroupStore's, the radio RadioScheduler's.
using System;
using PoleController.Time;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>The device's side of TS005-2.0.0. Its commands are taken from unicast downlinks only (section 3).</summary>
    internal sealed class MulticastSetup
    {
        private const int Version = 2;

        private readonly Region _region;
        private readonly LoRaWanIdentity _identity;
        private readonly MulticastGroup[] _groups;
        private readonly MulticastGroupStore _store;
        private readonly MulticastSessions _sessions;
        private readonly PoleClock _clock;
        private readonly TimeRequest _time;
        private readonly PackageKeys _keys;
        private readonly PackageAnswers _answers;
        private readonly MulticastSetupCommand _command = new MulticastSetupCommand();
        private readonly MulticastGroup _candidate = new MulticastGroup();
        private readonly byte[] _key = new byte[PackageKeys.KeyLength];
        private readonly byte[] _answer = new byte[PackageAnswers.MaximumLength];

        /// <summary>Makes it over the parts of a device.</summary>
        internal MulticastSetup(DeviceParts parts, PackageKeys keys, PackageAnswers answers)
        {
            _region = parts.Region;
            _identity = parts.Identity;
            _groups = parts.MulticastGroups;
            _store = parts.MulticastGroupStore;
            _sessions = parts.MulticastSessions;
            _clock = parts.Clock;
            _time = parts.TimeRequest;
            _keys = keys;
            _answers = answers;
        }

        /// <summary>Carries out the commands of a message, in their order. What follows one that is unknown or cut short is ignored.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="answerMs">When the answers are due.</param>
        /// <param name="data">Holds the message.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="end">Where it ends.</param>
        /// <param name="maximumLength">Longest answer that can be sent at present.</param>
        /// <returns>False when the store refused: the command is not answered, so that the server repeats it.</returns>
        internal bool Process(long nowMs, long answerMs, byte[] data, int offset, int end, int maximumLength)
        {
            bool isKept = true;
            int used = _command.DecodeDownlink(data, offset, end);
            while (used > 0)
            {
                offset += used;
                if (TryCarryOut(nowMs, maximumLength))
                {
                    _answers.Add(PackageId.MulticastSetupPort, answerMs, _answer, _command.EncodeUplink(_answer, 0));
                }
                else
                {
                    isKept = false;
                }

                used = _command.DecodeDownlink(data, offset, end);
            }

            return isKept;
        }

        /// <summary>Brings the times in a message up to date.</summary>
        internal void Stamp(long nowMs, byte[] payload, int length)
        {
            int offset = 0;
            int used = _command.DecodeUplink(payload, offset, length);
            while (used > 0)
            {
                if (_command.Cid == MulticastSetupCommand.McClassCSession && !_command.HasSessionError)
                {
                    _command.TimeToStartS = _sessions.TimeToStartS(nowMs, _command.GroupId);
                    _command.EncodeUplink(payload, offset);
                }

                offset += used;
                used = _command.DecodeUplink(payload, offset, length);
            }
        }

        private bool TryCarryOut(long nowMs, int maximumLength)
        {
            switch (_command.Cid)
            {
                case PackageId.PackageVersion:
                    _command.PackageIdentifier = PackageId.MulticastSetup;
                    _command.PackageVersion = Version;
                    return true;
                case MulticastSetupCommand.McGroupStatus:
                    TellGroups(maximumLength);
                    return true;
                case MulticastSetupCommand.McGroupSetup:
                    _command.IsIdError = !_identity.HasGenAppKey;
                    return _command.IsIdError || TryMakeGroup(nowMs);
                case MulticastSetupCommand.McGroupDelete:
                    _command.IsGroupUndefined = !_groups[_command.GroupId].IsDefined;
                    return _command.IsGroupUndefined || TryDeleteGroup(nowMs);
                case MulticastSetupCommand.McClassCSession:
                    PlanSession(nowMs);
                    return true;
                default:
                    // McClassBSessionReq: there is no status for "no class B", but no frequency and no data rate can be used in it.
                    ClearSessionErrors();
                    _command.IsFrequencyError = true;
                    _command.IsDataRateError = true;
                    return true;
            }
        }

        // Groups that have no room are left out, the highest first (section 4.2).
        private void TellGroups(int maximumLength)
        {
            int mask = 0;
            int length = 2;
            _command.TotalGroupCount = 0;
            for (int i = 0; i < _groups.Length; i++)
            {
                _command.GroupAddresses[i] = _groups[i].McAddr;
                _command.TotalGroupCount += _groups[i].IsDefined ? 1 : 0;
                if (_groups[i].IsDefined && (_command.GroupMask & (1 << i)) != 0 && length + 5 <= maximumLength)
                {
                    mask |= 1 << i;
                    length += 5;
                }
            }

            _command.GroupMask = mask;
        }

        private bool TryMakeGroup(long nowMs)
        {
            MulticastGroup group = _groups[_command.GroupId];
            FillCandidate(group);
            bool isSame = IsCandidateSame(group);
            bool isKept = _store.TrySave(_command.GroupId, _candidate);
            if (isKept)
            {
                Copy(_candidate, group);
                if (!isSame)
                {
                    _sessions.Cancel(nowMs, _command.GroupId);
                }
            }

            _candidate.Clear();
            return isKept;
        }

        // The same request may come again because its answer was lost: counters that were used in the meantime stay used.
        private void FillCandidate(MulticastGroup group)
        {
            Array.Copy(_command.McKeyEncrypted, 0, _key, 0, _key.Length);
            _keys.DecryptMcKey(_identity.GenAppKey, _key);
            _keys.DeriveMcSessionKeys(_key, _command.McAddr, _candidate.McNetSKey, _candidate.McAppSKey);
            Array.Clear(_key, 0, _key.Length);
            _candidate.IsDefined = true;
            _candidate.McAddr = _command.McAddr;
            _candidate.MaxMcFCnt = _command.MaxMcFCnt;
            bool isSame = IsCandidateSame(group);
            _candidate.NextMcFCnt = isSame && group.NextMcFCnt > _command.MinMcFCnt ? group.NextMcFCnt : _command.MinMcFCnt;
            _candidate.FragmentFloor = isSame ? group.FragmentFloor : 0;
            _candidate.FragmentLimit = isSame ? group.FragmentLimit : 0;
        }

        private bool IsCandidateSame(MulticastGroup group)
        {
            int difference = 0;
            for (int i = 0; i < PackageKeys.KeyLength; i++)
            {
                difference |= _candidate.McNetSKey[i] ^ group.McNetSKey[i];
            }

            return group.IsDefined && group.McAddr == _candidate.McAddr && difference == 0;
        }

        private static void Copy(MulticastGroup from, MulticastGroup to)
        {
            to.IsDefined = from.IsDefined;
            to.McAddr = from.McAddr;
            Array.Copy(from.McNetSKey, 0, to.McNetSKey, 0, PackageKeys.KeyLength);
            Array.Copy(from.McAppSKey, 0, to.McAppSKey, 0, PackageKeys.KeyLength);
            to.NextMcFCnt = from.NextMcFCnt;
            to.MaxMcFCnt = from.MaxMcFCnt;
            to.FragmentFloor = from.FragmentFloor;
            to.FragmentLimit = from.FragmentLimit;
        }

        private bool TryDeleteGroup(long nowMs)
        {
            _sessions.Cancel(nowMs, _command.GroupId);
            return _store.TryDelete(_command.GroupId, _groups[_command.GroupId]);
        }

        private void PlanSession(long nowMs)
        {
            ClearSessionErrors();
            _command.IsGroupUndefined = !_groups[_command.GroupId].IsDefined;
            _command.IsFrequencyError = !_region.IsDownlinkFrequency(_command.FrequencyHz);
            _command.IsDataRateError = !_region.IsDownlinkDataRate(_command.DataRate);
            _command.IsStartMissed = _sessions.IsPast(nowMs, _command.SessionTimeS);
            if (!_command.HasSessionError)
            {
                _sessions.Plan(nowMs, _command);
                _command.TimeToStartS = _sessions.TimeToStartS(nowMs, _command.GroupId);
                if (!_clock.IsKnown)
                {
                    _time.Begin(nowMs);
                }
            }
        }

        private void ClearSessionErrors()
        {
            _command.IsGroupUndefined = false;
            _command.IsFrequencyError = false;
            _command.IsDataRateError = false;
            _command.IsStartMissed = false;
        }
    }
}
