// Carries out the commands of fragmented data block transport (TS004), in both versions, and hands a whole block to whoever takes it. Putting
// the block together is FragmentDecoder's.
using PoleController.Hal;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// The device's side of TS004. One session, FragIndex 0. A session of version 2 is believed by its MIC only; one of version 1 has none, and
    /// whoever takes its block has to check it.
    /// </summary>
    internal sealed class Fragmentation
    {
        // FragDataBlockReceivedReq is sent so often at most while it is not answered.
        private const int MaximumReceivedRequests = 3;

        // Between two equations the rest of the controller has its turn.
        private const int SolveIntervalMs = 10;
        private const int UnicastSpreadMs = 3000;

        private readonly IRandom _random;
        private readonly LoRaWanIdentity _identity;
        private readonly FragmentationStore _store;
        private readonly PackageKeys _keys;
        private readonly PackageAnswers _answers;
        private readonly FragmentDecoder _decoder = new FragmentDecoder();
        private readonly FragmentationCommand _command = new FragmentationCommand();
        private readonly byte[] _answer = new byte[PackageAnswers.MaximumLength];
        private bool _isActive;
        private bool _hasBegun;
        private bool _isFinished;
        private bool _isMicWrong;
        private int _version;
        private int _groupMask;
        private int _fragmentCount;
        private int _fragmentSize;
        private int _blockLength;
        private int _blockAckDelay;
        private bool _isAcknowledgeWanted;
        private bool _isFromGroup;
        private uint _descriptor;
        private int _sessionCnt;
        private uint _mic;
        private int _receivedCount;
        private int _requestsLeft;
        private long _requestMs = Wake.Never;

        /// <summary>Makes it over the parts of a device.</summary>
        internal Fragmentation(DeviceParts parts, PackageKeys keys, PackageAnswers answers)
        {
            _random = parts.Random;
            _identity = parts.Identity;
            _store = parts.FragmentationStore;
            _keys = keys;
            _answers = answers;
        }

        /// <summary>Takes the blocks; without one no session is accepted.</summary>
        internal IDataBlockConsumer? Consumer { get; set; }

        /// <summary>Blocks that were whole and right.</summary>
        internal int BlockCount { get; private set; }

        /// <summary>Blocks that were whole and had a wrong MIC.</summary>
        internal int WrongBlockCount { get; private set; }

        /// <summary>Forgets the session: with a restart.</summary>
        internal void Clear()
        {
            _isActive = false;
            _requestMs = Wake.Never;
        }

        /// <summary>Carries out the commands of a message, in their order. What follows one that is unknown or cut short is ignored.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="answerMs">When the answers are due, but for those that the specification spreads.</param>
        /// <param name="groupId">The multicast group it came to, or <see cref="MulticastReceiver.None"/>.</param>
        /// <param name="data">Holds the message.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="end">Where it ends.</param>
        /// <returns>False when the store refused: the fragment is dropped.</returns>
        internal bool Process(long nowMs, long answerMs, int groupId, byte[] data, int offset, int end)
        {
            bool isUnicast = groupId == MulticastReceiver.None;
            bool isKept = true;
            int used = _command.DecodeDownlink(data, offset, end);
            while (used > 0)
            {
                offset += used;
                switch (_command.Cid)
                {
                    case FragmentationCommand.DataFragment:
                        return TakeFragment(nowMs, groupId, data);
                    case FragmentationCommand.FragSessionStatus:
                        TellStatus(nowMs, answerMs, isUnicast);
                        break;
                    default:
                        if (isUnicast)
                        {
                            CarryOutUnicast(answerMs);
                        }

                        break;
                }

                used = _command.DecodeDownlink(data, offset, end);
            }

            return isKept;
        }

        /// <summary>Runs: solves equations, takes the block, announces it.</summary>
        /// <returns>When to run again.</returns>
        internal long Step(long nowMs)
        {
            if (_isActive && _decoder.IsSolving)
            {
                _decoder.Solve();
                if (!_decoder.IsComplete)
                {
                    return nowMs + SolveIntervalMs;
                }

                Finish(nowMs);
            }

            if (nowMs >= _requestMs)
            {
                AnnounceBlock(nowMs);
            }

            return _requestMs;
        }

        private int AnswerSpreadMs
        {
            get { return 1000 << (_blockAckDelay + 4); }
        }

        private void CarryOutUnicast(long answerMs)
        {
            switch (_command.Cid)
            {
                case PackageId.PackageVersion:
                    _command.PackageIdentifier = PackageId.Fragmentation;
                    _command.PackageVersion = _identity.HasGenAppKey ? 2 : 1;
                    break;
                case FragmentationCommand.FragSessionSetup:
                    SetUp();
                    break;
                case FragmentationCommand.FragSessionDelete:
                    _command.IsSessionMissing = !_isActive || _command.FragIndex != 0;
                    if (!_command.IsSessionMissing)
                    {
                        Clear();
                    }

                    break;
                default:
                    // FragDataBlockReceivedAns.
                    _requestMs = _command.FragIndex == 0 ? Wake.Never : _requestMs;
                    return;
            }

            Answer(answerMs);
        }

        private void SetUp()
        {
            int blockLength = (_command.FragmentCount * _command.FragmentSize) - _command.Padding;
            _command.IsAlgorithmUnsupported = _command.Algorithm != 0;
            _command.IsIndexUnsupported = _command.FragIndex != 0;
            _command.IsMemoryShort = !FragmentDecoder.IsSize(_command.FragmentCount, _command.FragmentSize) || blockLength < 1;
            _command.IsDescriptorWrong = Consumer == null || !Consumer.IsWanted(_command.Descriptor, blockLength);
            _command.IsSessionCntReplayed = _command.Version == 2 && _command.SessionCnt <= _store.LastSessionCnt;
            if (_command.Version == 2 && !_identity.HasGenAppKey)
            {
                // Without a key the block's MIC cannot be checked: there is no status for that, and the code is what is not supported.
                _command.IsAlgorithmUnsupported = true;
            }

            if (!_command.IsSetupAccepted)
            {
                return;
            }

            _isActive = true;
            _hasBegun = false;
            _isFinished = false;
            _isMicWrong = false;
            _isFromGroup = false;
            _version = _command.Version;
            _groupMask = _command.GroupMask;
            _fragmentCount = _command.FragmentCount;
            _fragmentSize = _command.FragmentSize;
            _blockLength = blockLength;
            _blockAckDelay = _command.BlockAckDelay;
            _isAcknowledgeWanted = _command.IsAcknowledgeWanted;
            _descriptor = _command.Descriptor;
            _sessionCnt = _command.SessionCnt;
            _mic = _command.Mic;
            _receivedCount = 0;
            _requestMs = Wake.Never;
            _decoder.Start(_fragmentCount, _fragmentSize);
        }

        private bool TakeFragment(long nowMs, int groupId, byte[] data)
        {
            bool isGroupAllowed = groupId == MulticastReceiver.None || (_groupMask & (1 << groupId)) != 0;
            if (!_isActive || _command.FragIndex != 0 || !isGroupAllowed || _command.PayloadLength != _fragmentSize)
            {
                return true;
            }

            if (!_hasBegun)
            {
                if (_version == 2 && !_store.TryBegin(_sessionCnt))
                {
                    return false;
                }

                _hasBegun = true;
            }

            _isFromGroup |= groupId != MulticastReceiver.None;
            _receivedCount++;
            _decoder.Take(_command.N, data, _command.PayloadOffset, _command.PayloadLength);
            return true;
        }

        private void Finish(long nowMs)
        {
            _isFinished = true;
            _isMicWrong = _version == 2
                && _mic != _keys.DataBlockMic(_identity.GenAppKey, _sessionCnt, 0, _descriptor, _decoder.Block, _blockLength);
            if (_isAcknowledgeWanted)
            {
                _requestsLeft = MaximumReceivedRequests;
                _requestMs = nowMs + RequestDelayMs();
            }

            if (_isMicWrong)
            {
                WrongBlockCount++;
                return;
            }

            BlockCount++;
            if (Consumer != null)
            {
                Consumer.Take(nowMs, _descriptor, _sessionCnt, _isFromGroup ? AnswerSpreadMs : 0, _decoder.Block, _blockLength);
            }
        }

        // FragDataBlockReceivedReq: after a delay that is drawn anew each time, until it is answered (TS004-2.0.0, section 3.5).
        private void AnnounceBlock(long nowMs)
        {
            _command.Cid = FragmentationCommand.FragDataBlockReceived;
            _command.FragIndex = 0;
            _command.IsMicError = _isMicWrong;
            _answers.Begin(PackageAnswers.MaximumLength);
            Answer(nowMs);
            _requestsLeft--;
            _requestMs = _requestsLeft > 0 ? nowMs + AnswerSpreadMs + RequestDelayMs() : Wake.Never;
        }

        // BlockAckDelay spreads what answers a group; what answers one pole goes soon.
        private int RequestDelayMs()
        {
            return _random.Next(_isFromGroup ? AnswerSpreadMs : UnicastSpreadMs);
        }

        // Participants: those that have the whole block say so only when they are asked (section 3.2).
        private void TellStatus(long nowMs, long answerMs, bool isUnicast)
        {
            bool isMissing = !_isActive || _command.FragIndex != 0;
            if (isMissing ? !isUnicast || !_identity.HasGenAppKey : _decoder.MissingCount == 0 && !_command.IsForAllParticipants)
            {
                // A pole that knows nothing of the session has nothing to say to a group; version 1 has no way to say it.
                return;
            }

            _command.Version = isMissing ? 2 : _version;
            _command.IsSessionMissing = isMissing;
            _command.IsMemoryError = false;
            _command.IsMicError = !isMissing && _isFinished && _isMicWrong;
            _command.ReceivedCount = _receivedCount;
            _command.MissingCount = isMissing ? 0 : _decoder.MissingCount;
            Answer(isUnicast ? answerMs : nowMs + _random.Next(AnswerSpreadMs));
        }

        private void Answer(long answerMs)
        {
            _answers.Add(PackageId.FragmentationPort, answerMs, _answer, _command.EncodeUplink(_answer, 0));
        }
    }
}
