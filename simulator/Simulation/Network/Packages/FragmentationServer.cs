// Fragmented data block transport at the server (TS004, versions 1 and 2): sessions, fragments with redundancy, what is still missing. The code
// is ParityMatrix's, the frames are the queues'.
using PoleController.LoRaWan.Packages;
using Simulation.Parts;

namespace Simulation.Network;

/// <summary>
/// Sends data blocks. Each pole is told of its session by unicast (version 2: with its own MIC over the block); then the block's fragments and
/// some coded ones go out by unicast or to a group; then the poles are asked what they lack, and as many coded fragments as the worst one lacks
/// follow, and two more. Rounds are bounded.
/// </summary>
internal sealed class FragmentationServer
{
    private const int MaximumSetups = 5;
    private const int MaximumRounds = 6;
    private const int SparePerRound = 2;
    private const long SetupTimeoutUs = 60_000_000;
    private const long AnswerMarginUs = 20_000_000;
    private const long FragmentLifetimeUs = 3_600_000_000; // the duty cycle may take long to come back
    private const double SecondsPerAnswer = 0.75;

    private readonly ServerParts _parts;
    private readonly PackageKeys _keys = new(new AesBlock());
    private readonly FragmentationCommand _command = new();
    private readonly List<DataBlockSession> _sessions = [];
    private readonly byte[] _message = new byte[256];
    private int _nextSessionCnt = 1;

    /// <summary>Makes it without sessions.</summary>
    public FragmentationServer(ServerParts parts) => _parts = parts;

    /// <summary>When there is something to do.</summary>
    public long NextEventUs
    {
        get
        {
            long nextUs = long.MaxValue;
            foreach (DataBlockSession session in _sessions)
            {
                nextUs = session.Phase == DataBlockPhase.Over ? nextUs : Math.Min(nextUs, session.DueUs);
            }

            return nextUs;
        }
    }

    /// <summary>Begins to send a block. A pole has one session at a time: one that is not over is given up.</summary>
    /// <exception cref="ArgumentException">The plan cannot be carried out.</exception>
    public long Begin(DataBlockPlan plan, long nowUs)
    {
        int[] poles = plan.GroupIndex >= 0 ? [.. _parts.Multicast.Groups[plan.GroupIndex].Plan.PoleIndices] : [plan.PoleIndex];
        int count = (plan.Block.Length + plan.FragmentSize - 1) / Math.Max(plan.FragmentSize, 1);
        int largest = _parts.Scheduler.ClassCMaximumPayloadLength - FragmentationCommand.DataFragmentHeaderLength;
        if (plan.Version is < 1 or > 2 || plan.FragmentSize < 1 || plan.FragmentSize > largest || count < 1
            || count > FragmentationCommand.MaximumIndex / 8 || plan.RedundancyPercent is < 0 or > 500)
        {
            throw new ArgumentException($"A block of {plan.Block.Length} bytes in fragments of {plan.FragmentSize} (1 to {largest}) cannot be sent.", nameof(plan));
        }

        plan = InTwoAtLeast(plan);
        count = (plan.Block.Length + plan.FragmentSize - 1) / plan.FragmentSize;

        foreach (DataBlockSession other in _sessions.Where(other => other.Phase != DataBlockPhase.Over && other.PoleIndices.Intersect(poles).Any()).ToArray())
        {
            End(other, nowUs);
        }

        byte[] padded = new byte[count * plan.FragmentSize];
        plan.Block.CopyTo(padded, 0);
        var session = new DataBlockSession
        {
            Id = _sessions.Count + 1,
            Plan = plan,
            PoleIndices = poles,
            States = new DataBlockState[poles.Length],
            MissingCounts = new int[poles.Length],
            Padded = padded,
            FragmentCount = count,
            BlockAckDelay = BlockAckDelay(poles.Length),
            LastN = count + (((count * plan.RedundancyPercent) + 99) / 100),
            DueUs = nowUs,
        };
        _sessions.Add(session);
        Hold(session, isHeld: true);
        return session.Id;
    }

    /// <summary>How far a pole has a block; null when it was not for it.</summary>
    public DataBlockState? StateOf(long id, int pole)
    {
        DataBlockSession session = _sessions[(int)id - 1];
        int at = Array.BinarySearch(session.PoleIndices, pole);
        return at < 0 ? null : session.States[at];
    }

    /// <summary>Goes on with what is due.</summary>
    public void Run(long nowUs)
    {
        for (int at = 0; at < _sessions.Count; at++)
        {
            // By number: the application that hears of an end may begin another one.
            DataBlockSession session = _sessions[at];
            if (session.Phase == DataBlockPhase.Over || session.DueUs >= nowUs)
            {
                continue;
            }

            switch (session.Phase)
            {
                case DataBlockPhase.SettingUp:
                    SetUp(session, nowUs);
                    break;
                case DataBlockPhase.Sending:
                    Send(session, nowUs);
                    break;
                default:
                    Judge(session, nowUs);
                    break;
            }
        }
    }

    /// <summary>Takes a message of the package. Any bytes: what cannot be read is passed over from there on.</summary>
    public void Take(NetworkDevice device, byte[] message, int length, long nowUs)
    {
        DataBlockSession? session = _sessions.FindLast(
            candidate => candidate.Phase != DataBlockPhase.Over && Array.BinarySearch(candidate.PoleIndices, device.PoleIndex) >= 0);
        if (session is null)
        {
            return;
        }

        int at = Array.BinarySearch(session.PoleIndices, device.PoleIndex);
        _command.Version = session.Plan.Version;
        int offset = 0;
        int used;
        while ((used = _command.DecodeUplink(message, offset, length)) > 0)
        {
            offset += used;
            TakeCommand(session, at, device, nowUs);
        }
    }

    // A coded fragment is the sum of half of the fragments (TS004, annex A): of a single one it is the sum of none, and what is lost could never be made good.
    private static DataBlockPlan InTwoAtLeast(DataBlockPlan plan) =>
        plan.Block.Length is >= 2 && plan.Block.Length <= plan.FragmentSize ? plan with { FragmentSize = (plan.Block.Length + 1) / 2 } : plan;

    private static int BlockAckDelay(int poleCount)
    {
        int delay = 0;
        while (delay < 7 && (1 << (delay + 4)) < poleCount * SecondsPerAnswer)
        {
            delay++;
        }

        return delay;
    }

    private static long SpreadUs(DataBlockSession session) => (1_000_000L << (session.BlockAckDelay + 4)) + AnswerMarginUs;

    private void TakeCommand(DataBlockSession session, int at, NetworkDevice device, long nowUs)
    {
        DataBlockState state = session.States[at];
        switch (_command.Cid)
        {
            case FragmentationCommand.FragSessionSetup when state == DataBlockState.Waiting:
                session.States[at] = _command.IsSetupAccepted ? DataBlockState.Receiving : DataBlockState.Failed;
                session.MissingCounts[at] = session.FragmentCount;
                session.DueUs = Array.Exists(session.States, static other => other == DataBlockState.Waiting) ? session.DueUs : nowUs;
                break;
            case FragmentationCommand.FragSessionStatus when state == DataBlockState.Receiving:
                session.MissingCounts[at] = _command.MissingCount;
                session.States[at] = _command.IsSessionMissing || _command.IsMicError || _command.IsMemoryError ? DataBlockState.Failed
                    : _command.MissingCount == 0 ? DataBlockState.Complete
                    : state;
                break;
            case FragmentationCommand.FragDataBlockReceived:
                session.States[at] = _command.IsMicError ? DataBlockState.Failed : DataBlockState.Complete;
                int length = _command.EncodeDownlink(_message, 0);
                Enqueue(device, length, nowUs);
                break;
            default:
                return;
        }

        if (session.IsSettled)
        {
            End(session, nowUs);
        }
    }

    /// <summary>Tells those of the session that have not acknowledged it; those that never do are left out.</summary>
    private void SetUp(DataBlockSession session, long nowUs)
    {
        bool isAnyWaiting = Array.Exists(session.States, static state => state == DataBlockState.Waiting);
        if (!isAnyWaiting || session.RoundCount == MaximumSetups)
        {
            Replace(session, DataBlockState.Waiting, DataBlockState.Failed);
            session.Phase = DataBlockPhase.Sending;
            session.RoundCount = 0;
            session.DueUs = nowUs;
            if (session.IsSettled)
            {
                End(session, nowUs);
            }

            return;
        }

        for (int at = 0; at < session.PoleIndices.Length; at++)
        {
            if (session.States[at] == DataBlockState.Waiting)
            {
                TellSession(session, _parts.Devices[session.PoleIndices[at]], nowUs);
            }
        }

        session.RoundCount++;
        session.DueUs = nowUs + SetupTimeoutUs;
    }

    private void TellSession(DataBlockSession session, NetworkDevice device, long nowUs)
    {
        DataBlockPlan plan = session.Plan;
        MulticastMember? member = plan.GroupIndex < 0 ? null : Array.Find(device.Memberships, candidate => candidate.Group.Index == plan.GroupIndex);
        _command.Cid = FragmentationCommand.FragSessionSetup;
        _command.Version = plan.Version;
        _command.FragIndex = 0;
        _command.GroupMask = member is null ? 0 : 1 << member.McGroupId;
        _command.FragmentCount = session.FragmentCount;
        _command.FragmentSize = plan.FragmentSize;
        _command.IsAcknowledgeWanted = plan.Version == 2;
        _command.Algorithm = 0;
        _command.BlockAckDelay = session.BlockAckDelay;
        _command.Padding = session.Padded.Length - plan.Block.Length;
        _command.Descriptor = plan.Descriptor;
        _command.SessionCnt = _nextSessionCnt++ & 0xFFFF; // counts up for every device
        _command.Mic = plan.Version == 2
            ? _keys.DataBlockMic(device.GenAppKey, _command.SessionCnt, 0, plan.Descriptor, plan.Block, plan.Block.Length)
            : 0;
        Enqueue(device, _command.EncodeDownlink(_message, 0), nowUs);
    }

    /// <summary>Feeds the queue with fragments as it drains.</summary>
    private void Send(DataBlockSession session, long nowUs)
    {
        while (session.NextN <= session.LastN && TryQueueFragment(session, nowUs))
        {
            session.NextN++;
        }

        if (session.NextN > session.LastN && IsDrained(session, nowUs))
        {
            Ask(session, nowUs);
            return;
        }

        session.DueUs = nowUs + 1_000_000;
    }

    private bool TryQueueFragment(DataBlockSession session, long nowUs)
    {
        const int WaitingAtMost = 4; // commands must get in between
        DataBlockPlan plan = session.Plan;
        bool hasRoom = plan.GroupIndex >= 0
            ? _parts.Multicast.Groups[plan.GroupIndex].Waiting.Count < WaitingAtMost
            : _parts.Devices[plan.PoleIndex].QueueLength < WaitingAtMost;
        if (!hasRoom)
        {
            return false;
        }

        _command.Cid = FragmentationCommand.DataFragment;
        _command.FragIndex = 0;
        _command.N = session.NextN;
        int header = _command.EncodeDownlink(_message, 0);
        byte[] line = new byte[(session.FragmentCount + 7) / 8];
        ParityMatrix.EncodeFragment(session.Padded, session.FragmentCount, plan.FragmentSize, session.NextN, line, _message, header);
        ReadOnlySpan<byte> fragment = _message.AsSpan(0, header + plan.FragmentSize);
        _parts.Statistics.FragmentSentCount++;
        return plan.GroupIndex >= 0
            ? _parts.Multicast.TryEnqueue(
                _parts.Multicast.Groups[plan.GroupIndex], PackageId.FragmentationPort, fragment, nowUs, FragmentLifetimeUs, tally: null, out _)
            : _parts.Queue.TryEnqueue(
                _parts.Devices[plan.PoleIndex], PackageId.FragmentationPort, fragment, isConfirmed: false, nowUs, FragmentLifetimeUs, out _);
    }

    private bool IsDrained(DataBlockSession session, long nowUs)
    {
        if (session.Plan.GroupIndex >= 0)
        {
            MulticastGroup group = _parts.Multicast.Groups[session.Plan.GroupIndex];
            return group.Waiting.Count == 0 && group.BusyUntilUs < nowUs;
        }

        NetworkDevice device = _parts.Devices[session.Plan.PoleIndex];
        return device.QueueLength == 0 && device.BusyUntilUs < nowUs;
    }

    /// <summary>Asks everybody what is missing; those that have all say so too, because a block received may have been announced in vain.</summary>
    private void Ask(DataBlockSession session, long nowUs)
    {
        _command.Cid = FragmentationCommand.FragSessionStatus;
        _command.FragIndex = 0;
        _command.IsForAllParticipants = true;
        int length = _command.EncodeDownlink(_message, 0);
        if (session.Plan.GroupIndex >= 0)
        {
            _ = _parts.Multicast.TryEnqueue(
                _parts.Multicast.Groups[session.Plan.GroupIndex], PackageId.FragmentationPort, _message.AsSpan(0, length), nowUs, SetupTimeoutUs, tally: null, out _);
        }
        else
        {
            Enqueue(_parts.Devices[session.Plan.PoleIndex], length, nowUs);
        }

        session.Phase = DataBlockPhase.Asking;
        session.DueUs = nowUs + SpreadUs(session);
    }

    /// <summary>The answers are in: more fragments for whoever lacks some, or the end.</summary>
    private void Judge(DataBlockSession session, long nowUs)
    {
        session.RoundCount++;
        if (session.IsSettled || session.RoundCount == MaximumRounds)
        {
            End(session, nowUs);
            return;
        }

        int missing = 0;
        for (int at = 0; at < session.States.Length; at++)
        {
            missing = session.States[at] == DataBlockState.Receiving ? Math.Max(missing, session.MissingCounts[at]) : missing;
        }

        session.LastN = Math.Min(session.NextN - 1 + missing + SparePerRound, FragmentationCommand.MaximumIndex);
        session.Phase = DataBlockPhase.Sending;
        session.DueUs = nowUs;
    }

    private void End(DataBlockSession session, long nowUs)
    {
        Replace(session, DataBlockState.Waiting, DataBlockState.Failed);
        Replace(session, DataBlockState.Receiving, DataBlockState.Failed);
        session.Phase = DataBlockPhase.Over;
        Hold(session, isHeld: false);
        int complete = session.States.Count(static state => state == DataBlockState.Complete);
        _parts.Application.OnDataBlockEnded(session.Id, nowUs, complete, session.States.Length - complete);
    }

    private void Hold(DataBlockSession session, bool isHeld)
    {
        foreach (int pole in session.PoleIndices)
        {
            _parts.Devices[pole].IsHeld = isHeld;
        }
    }

    private void Enqueue(NetworkDevice device, int length, long nowUs) => _ = _parts.Queue.TryEnqueue(
        device, PackageId.FragmentationPort, _message.AsSpan(0, length), isConfirmed: false, nowUs, SetupTimeoutUs, out _);

    private static void Replace(DataBlockSession session, DataBlockState from, DataBlockState to)
    {
        for (int at = 0; at < session.States.Length; at++)
        {
            session.States[at] = session.States[at] == from ? to : session.States[at];
        }
    }
}
