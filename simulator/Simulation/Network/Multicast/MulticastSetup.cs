// Remote multicast set-up at the server (TS005): tells each member of its groups by unicast, and when to listen. It asks again with the
// uplinks of a pole and has no timers, so nothing is sent to a pole that it could not have been answered in its receive windows too.
using PoleController.LoRaWan.Packages;
using Simulation.Parts;

namespace Simulation.Network;

/// <summary>
/// Sets members up, one message each: McGroupSetupReq and McClassCSessionReq together (TS005-1.0.0 and 2.0.0, sections 4.1 to 4.5). The session
/// has the parameters of RX2, on which a class C pole listens anyway, and lasts as long as may be; it is asked for anew before it ends.
/// </summary>
internal sealed class MulticastSetup
{
    private const int TimeOut = 15; // 2^15 s, about nine hours: the longest
    private const long SessionLengthUs = (1L << TimeOut) * 1_000_000;
    private const long RenewBeforeUs = SessionLengthUs / 4;
    private const long StartDelayS = 60;
    private const long RetryUs = 60_000_000;
    private const int MaximumAttempts = 20;
    private const int UnknownTimeToStartS = MulticastSetupCommand.MaximumTimeToStartS;

    private readonly ServerParts _parts;
    private readonly ServerClock _clock;
    private readonly AesBlock _aes = new();
    private readonly PackageKeys _keys;
    private readonly MulticastSetupCommand _command = new();
    private readonly byte[] _message = new byte[MulticastSetupCommand.MaximumLength + 11];
    private readonly byte[] _key = new byte[PackageKeys.KeyLength];

    /// <summary>Makes it over the server's parts.</summary>
    public MulticastSetup(ServerParts parts, ServerClock clock)
    {
        _parts = parts;
        _clock = clock;
        _keys = new PackageKeys(_aes);
    }

    /// <summary>Makes the group's session keys and its members' places.</summary>
    /// <exception cref="ArgumentException">A pole is in too many groups.</exception>
    public void Prepare(MulticastGroup group)
    {
        group.Session.Reset();
        _keys.DeriveMcSessionKeys(group.Plan.McKey, group.McAddr, group.Session.NetworkSessionKey, group.Session.ApplicationSessionKey);
        foreach (int pole in group.Plan.PoleIndices)
        {
            NetworkDevice device = _parts.Devices[pole];
            if (device.Memberships.Length == MulticastGroupPlan.MaximumGroupsOfPole)
            {
                throw new ArgumentException(
                    $"Pole {pole} would be in more than {MulticastGroupPlan.MaximumGroupsOfPole} multicast groups (TS005).", nameof(group));
            }

            var member = new MulticastMember(group, pole, device.Memberships.Length);
            if (!group.Plan.IsSetUpRemotely)
            {
                member.Stage = MulticastStage.HasSession;
                member.SessionEndUs = long.MaxValue;
            }

            device.Memberships = [.. device.Memberships, member];
            group.Members.Add(member);
        }
    }

    /// <summary>Says who is in a group that is not set up from here: they have its keys, and listen all the time.</summary>
    public void SetMembers(MulticastGroup group, IReadOnlyList<int> poles)
    {
        foreach (MulticastMember member in group.Members)
        {
            NetworkDevice device = _parts.Devices[member.PoleIndex];
            device.Memberships = [.. device.Memberships.Where(other => other != member)];
        }

        group.Members.Clear();
        foreach (int pole in poles.Order())
        {
            NetworkDevice device = _parts.Devices[pole];
            MulticastMember member = new(group, pole, device.Memberships.Length) { Stage = MulticastStage.HasSession, SessionEndUs = long.MaxValue };
            device.Memberships = [.. device.Memberships, member];
            group.Members.Add(member);
        }
    }

    /// <summary>The pole was heard: asks it for what its set-up needs next, if it is time.</summary>
    public void Consider(NetworkDevice device, long nowUs)
    {
        foreach (MulticastMember member in device.Memberships)
        {
            bool isDue = member.Stage is MulticastStage.Unknown or MulticastStage.HasGroup
                || (member.Stage == MulticastStage.HasSession && member.SessionEndUs - nowUs < RenewBeforeUs);
            if (isDue && nowUs - member.RequestedUs >= RetryUs && member.AttemptCount < MaximumAttempts)
            {
                Request(device, member, nowUs);
                return; // one at a time
            }
        }
    }

    /// <summary>The pole has a new session: what it was told before may be forgotten.</summary>
    public static void Restart(NetworkDevice device)
    {
        foreach (MulticastMember member in device.Memberships)
        {
            if (member.Group.Plan.IsSetUpRemotely)
            {
                Restart(member);
            }
        }
    }

    /// <summary>A member did not hear what its group was told: it is set up again.</summary>
    public static void Restart(MulticastMember member)
    {
        member.Stage = MulticastStage.Unknown;
        member.RequestedUs = long.MinValue / 2;
        member.AttemptCount = 0;
    }

    /// <summary>Takes a message of the package. Any bytes: what cannot be read is passed over from there on.</summary>
    public void Take(NetworkDevice device, byte[] message, int length, long nowUs)
    {
        int offset = 0;
        int used;
        while ((used = _command.DecodeUplink(message, offset, length)) > 0)
        {
            offset += used;
            MulticastMember? member = _command.GroupId < device.Memberships.Length ? device.Memberships[_command.GroupId] : null;
            if (member is null || !member.Group.Plan.IsSetUpRemotely)
            {
                continue;
            }

            if (_command.Cid == MulticastSetupCommand.McGroupSetup)
            {
                TakeGroupAnswer(member);
            }
            else if (_command.Cid == MulticastSetupCommand.McClassCSession)
            {
                TakeSessionAnswer(member, nowUs);
            }
        }
    }

    private void Request(NetworkDevice device, MulticastMember member, long nowUs)
    {
        int length = 0;
        if (member.Stage == MulticastStage.Unknown)
        {
            WriteGroup(device, member);
            length = _command.EncodeDownlink(_message, 0);
        }

        _command.Cid = MulticastSetupCommand.McClassCSession;
        _command.GroupId = member.McGroupId;
        _command.SessionTimeS = (uint)(_clock.GpsSeconds(nowUs) + StartDelayS);
        _command.TimeOut = TimeOut;
        _command.FrequencyHz = _parts.Scheduler.ClassCFrequencyHz;
        _command.DataRate = _parts.Settings.Rx2DataRate;
        length += _command.EncodeDownlink(_message, length);
        if (_parts.Queue.TryEnqueue(
            device, PackageId.MulticastSetupPort, _message.AsSpan(0, length), isConfirmed: false, nowUs, RetryUs, out _))
        {
            member.RequestedUs = nowUs;
            member.AttemptCount++;
            _parts.Statistics.MulticastSetupRequestCount++;
        }
    }

    private void WriteGroup(NetworkDevice device, MulticastMember member)
    {
        _command.Cid = MulticastSetupCommand.McGroupSetup;
        _command.GroupId = member.McGroupId;
        _command.McAddr = member.Group.McAddr;
        _command.MinMcFCnt = member.Group.Session.NextDownlinkCounter;
        _command.MaxMcFCnt = uint.MaxValue;
        _keys.DeriveMcRootKey(device.GenAppKey, _key);
        _keys.DeriveMcKeKey(_key, _key);
        Array.Copy(member.Group.Plan.McKey, _command.McKeyEncrypted, PackageKeys.KeyLength);
        _aes.SelectKey(_key);
        _aes.DecryptBlock(_command.McKeyEncrypted, 0); // so that the device needs encryption only (section 4.2)
    }

    private void TakeGroupAnswer(MulticastMember member)
    {
        if (_command.IsIdError)
        {
            member.Stage = MulticastStage.Refused;
            _parts.Statistics.MulticastSetupRefusedCount++;
        }
        else if (member.Stage == MulticastStage.Unknown)
        {
            member.Stage = MulticastStage.HasGroup;
        }
    }

    private void TakeSessionAnswer(MulticastMember member, long nowUs)
    {
        if (_command.IsGroupUndefined)
        {
            Restart(member);
            return;
        }

        if (_command.IsDataRateError || _command.IsFrequencyError)
        {
            member.Stage = MulticastStage.Refused;
            _parts.Statistics.MulticastSetupRefusedCount++;
            return;
        }

        // A start that was missed, or a clock that is not known yet: it is asked again with the next uplink.
        if (_command.IsStartMissed || _command.TimeToStartS >= UnknownTimeToStartS || member.Stage == MulticastStage.Unknown)
        {
            return;
        }

        member.Stage = MulticastStage.HasSession;
        member.AttemptCount = 0;
        member.SessionStartUs = nowUs + (_command.TimeToStartS * 1_000_000L);
        member.SessionEndUs = member.SessionStartUs + SessionLengthUs;
    }
}
