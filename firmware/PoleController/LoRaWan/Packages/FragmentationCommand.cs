// The commands of fragmented data block transport on the wire, both directions and both versions. What they do is Fragmentation's.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// One command of TS004-1.0.0 or TS004-2.0.0, which differ: 2.0.0 has SessionCnt and MIC in FragSessionSetupReq, the status first in
    /// FragSessionStatusAns, and FragDataBlockReceivedReq. Made once, filled again and again; which fields mean something is said by
    /// <see cref="PackageCommand.Cid"/> and the direction. Bits reserved for future use are sent as 0 and ignored.
    /// </summary>
    public sealed class FragmentationCommand : PackageCommand
    {
        /// <summary>FragSessionStatusReq, FragSessionStatusAns.</summary>
        public const int FragSessionStatus = 0x01;

        /// <summary>FragSessionSetupReq, FragSessionSetupAns.</summary>
        public const int FragSessionSetup = 0x02;

        /// <summary>FragSessionDeleteReq, FragSessionDeleteAns.</summary>
        public const int FragSessionDelete = 0x03;

        /// <summary>FragDataBlockReceivedReq (up), FragDataBlockReceivedAns (down); 2.0.0.</summary>
        public const int FragDataBlockReceived = 0x04;

        /// <summary>DataFragment (down): the only command of its message.</summary>
        public const int DataFragment = 0x08;

        /// <summary>Bytes of a DataFragment before the fragment: CID, Index and N.</summary>
        public const int DataFragmentHeaderLength = 3;

        /// <summary>Bytes of the longest command that is no DataFragment, FragSessionSetupReq of 2.0.0, with its CID.</summary>
        public const int MaximumLength = 17;

        /// <summary>Largest N, NbFrag and NbFragReceived: 14 bits.</summary>
        public const int MaximumIndex = 0x3FFF;

        private const int SetupLength1 = 11;

        /// <summary>
        /// Version of the package, 1 or 2. Set by decoding FragSessionSetupReq; to be set by the caller before encoding it and before decoding or encoding
        /// FragSessionStatusAns.
        /// </summary>
        public int Version = 2;

        /// <summary>All others: FragIndex, the session, 0 to 3.</summary>
        public int FragIndex;

        /// <summary>FragSessionStatusReq: Participants, whether those answer too that have the whole block.</summary>
        public bool IsForAllParticipants;

        /// <summary>FragSessionStatusAns: NbFragReceived, at most <see cref="MaximumIndex"/>.</summary>
        public int ReceivedCount;

        /// <summary>FragSessionStatusAns: MissingFrag; 255 means that or more.</summary>
        public int MissingCount;

        /// <summary>FragSessionStatusAns: MemoryError (1.0.0: not enough matrix memory).</summary>
        public bool IsMemoryError;

        /// <summary>FragSessionStatusAns and FragDataBlockReceivedReq: MICError (2.0.0).</summary>
        public bool IsMicError;

        /// <summary>FragSessionStatusAns (2.0.0) and FragSessionDeleteAns: session does not exist.</summary>
        public bool IsSessionMissing;

        /// <summary>FragSessionSetupReq: McGroupBitMask, the groups whose fragments are taken beside unicast ones.</summary>
        public int GroupMask;

        /// <summary>FragSessionSetupReq: NbFrag, fragments of the block without redundancy.</summary>
        public int FragmentCount;

        /// <summary>FragSessionSetupReq: FragSize, bytes of a fragment.</summary>
        public int FragmentSize;

        /// <summary>FragSessionSetupReq: AckReception, whether the whole block is announced by FragDataBlockReceivedReq (2.0.0).</summary>
        public bool IsAcknowledgeWanted;

        /// <summary>FragSessionSetupReq: FragAlgo; 0 is the forward error correction of annex A, the only one there is.</summary>
        public int Algorithm;

        /// <summary>FragSessionSetupReq: BlockAckDelay, 0 to 7; answers are spread over 2^(BlockAckDelay + 4) seconds.</summary>
        public int BlockAckDelay;

        /// <summary>FragSessionSetupReq: Padding, bytes at the end of the last fragment that do not belong to the block.</summary>
        public int Padding;

        /// <summary>FragSessionSetupReq: Descriptor, what the block is; first byte sent is the lowest.</summary>
        public uint Descriptor;

        /// <summary>FragSessionSetupReq: SessionCnt, counts up with every session (2.0.0).</summary>
        public int SessionCnt;

        /// <summary>FragSessionSetupReq: MIC over the block (2.0.0).</summary>
        public uint Mic;

        /// <summary>FragSessionSetupAns: FragAlgo unsupported.</summary>
        public bool IsAlgorithmUnsupported;

        /// <summary>FragSessionSetupAns: not enough memory.</summary>
        public bool IsMemoryShort;

        /// <summary>FragSessionSetupAns: FragIndex unsupported.</summary>
        public bool IsIndexUnsupported;

        /// <summary>FragSessionSetupAns: wrong descriptor.</summary>
        public bool IsDescriptorWrong;

        /// <summary>FragSessionSetupAns: SessionCnt replay (2.0.0).</summary>
        public bool IsSessionCntReplayed;

        /// <summary>DataFragment: N, counted from 1; the first NbFrag are the block itself, those behind are coded.</summary>
        public int N;

        /// <summary>DataFragment: where the fragment begins; set by decoding.</summary>
        public int PayloadOffset;

        /// <summary>DataFragment: bytes of the fragment; set by decoding.</summary>
        public int PayloadLength;

        /// <summary>FragSessionSetupAns: whether nothing is wrong.</summary>
        public bool IsSetupAccepted
        {
            get
            {
                return !IsAlgorithmUnsupported && !IsMemoryShort && !IsIndexUnsupported && !IsDescriptorWrong && !IsSessionCntReplayed;
            }
        }

        /// <summary>
        /// Reads a command that a server sent. A FragSessionSetupReq with 16 bytes or more behind its CID is read as 2.0.0, one with 10 to 15 as 1.0.0.
        /// </summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">Where the command begins.</param>
        /// <param name="end">Where the message ends.</param>
        /// <returns>Bytes of the command; 0 when there is no such command or it is cut short, so that what follows cannot be read.</returns>
        public int DecodeDownlink(byte[] buffer, int offset, int end)
        {
            int length = offset < end ? DownlinkLength(buffer[offset], end - offset) : 0;
            if (length == 0 || offset + length > end)
            {
                return 0;
            }

            Cid = buffer[offset];
            int body = offset + 1;
            switch (Cid)
            {
                case FragSessionStatus:
                    FragIndex = (buffer[body] >> 1) & 0x03;
                    IsForAllParticipants = (buffer[body] & 0x01) != 0;
                    break;
                case FragSessionSetup:
                    DecodeSetup(buffer, body, length);
                    break;
                case FragSessionDelete:
                case FragDataBlockReceived:
                    FragIndex = buffer[body] & 0x03;
                    break;
                case DataFragment:
                    FragIndex = buffer[body + 1] >> 6;
                    N = Wire.ReadUInt16(buffer, body) & MaximumIndex;
                    PayloadOffset = offset + DataFragmentHeaderLength;
                    PayloadLength = length - DataFragmentHeaderLength;
                    break;
                default:
                    break;
            }

            return length;
        }

        /// <summary>Writes a command of a server; of a DataFragment the header only, the fragment follows it.</summary>
        /// <returns>Bytes written, at most <see cref="MaximumLength"/>; 0 when a server has no such command.</returns>
        public int EncodeDownlink(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    return 1;
                case FragSessionStatus:
                    buffer[body] = (byte)(((FragIndex & 0x03) << 1) | (IsForAllParticipants ? 1 : 0));
                    return 2;
                case FragSessionSetup:
                    return 1 + EncodeSetup(buffer, body);
                case FragSessionDelete:
                case FragDataBlockReceived:
                    buffer[body] = (byte)(FragIndex & 0x03);
                    return 2;
                case DataFragment:
                    Wire.WriteUInt16(buffer, body, (N & MaximumIndex) | ((FragIndex & 0x03) << 14));
                    return DataFragmentHeaderLength;
                default:
                    return 0;
            }
        }

        /// <summary>Reads a command that a device sent; <see cref="Version"/> says how FragSessionStatusAns is laid out.</summary>
        /// <returns>Bytes of the command; 0 when there is no such command or it is cut short.</returns>
        public int DecodeUplink(byte[] buffer, int offset, int end)
        {
            int length = UplinkLength(buffer, offset, end);
            if (length == 0 || offset + length > end)
            {
                return 0;
            }

            Cid = buffer[offset];
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    ReadVersionAnswer(buffer, body);
                    break;
                case FragSessionStatus:
                    DecodeStatus(buffer, body, length);
                    break;
                case FragSessionSetup:
                    DecodeSetupAnswer(buffer[body]);
                    break;
                case FragSessionDelete:
                    FragIndex = buffer[body] & 0x03;
                    IsSessionMissing = (buffer[body] & 0x04) != 0;
                    break;
                default:
                    FragIndex = buffer[body] & 0x03;
                    IsMicError = (buffer[body] & 0x04) != 0;
                    break;
            }

            return length;
        }

        /// <summary>Writes a command of a device.</summary>
        /// <returns>Bytes written, at most 5; 0 when a device has no such command.</returns>
        public int EncodeUplink(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    WriteVersionAnswer(buffer, body);
                    return VersionAnswerLength;
                case FragSessionStatus:
                    return 1 + EncodeStatus(buffer, body);
                case FragSessionSetup:
                    buffer[body] = (byte)SetupAnswer();
                    return 2;
                case FragSessionDelete:
                    buffer[body] = (byte)((FragIndex & 0x03) | (IsSessionMissing ? 0x04 : 0));
                    return 2;
                case FragDataBlockReceived:
                    buffer[body] = (byte)((FragIndex & 0x03) | (IsMicError ? 0x04 : 0));
                    return 2;
                default:
                    return 0;
            }
        }

        private void DecodeSetup(byte[] buffer, int body, int length)
        {
            Version = length == SetupLength1 ? 1 : 2;
            GroupMask = buffer[body] & 0x0F;
            FragIndex = (buffer[body] >> 4) & 0x03;
            FragmentCount = Wire.ReadUInt16(buffer, body + 1);
            FragmentSize = buffer[body + 3];
            BlockAckDelay = buffer[body + 4] & 0x07;
            Algorithm = (buffer[body + 4] >> 3) & 0x07;
            Padding = buffer[body + 5];
            Descriptor = Wire.ReadUInt32(buffer, body + 6);
            IsAcknowledgeWanted = Version == 2 && (buffer[body + 4] & 0x40) != 0;
            SessionCnt = Version == 2 ? Wire.ReadUInt16(buffer, body + 10) : 0;
            Mic = Version == 2 ? Wire.ReadUInt32(buffer, body + 12) : 0;
        }

        private int EncodeSetup(byte[] buffer, int body)
        {
            buffer[body] = (byte)((GroupMask & 0x0F) | ((FragIndex & 0x03) << 4));
            Wire.WriteUInt16(buffer, body + 1, FragmentCount);
            buffer[body + 3] = (byte)FragmentSize;
            buffer[body + 4] = (byte)((BlockAckDelay & 0x07) | ((Algorithm & 0x07) << 3) | (Version == 2 && IsAcknowledgeWanted ? 0x40 : 0));
            buffer[body + 5] = (byte)Padding;
            Wire.WriteUInt32(buffer, body + 6, Descriptor);
            if (Version == 1)
            {
                return SetupLength1 - 1;
            }

            Wire.WriteUInt16(buffer, body + 10, SessionCnt);
            Wire.WriteUInt32(buffer, body + 12, Mic);
            return MaximumLength - 1;
        }

        private void DecodeStatus(byte[] buffer, int body, int length)
        {
            int status = buffer[Version == 1 ? body + 3 : body];
            int received = Version == 1 ? body : body + 1;
            IsMemoryError = (status & 0x01) != 0;
            IsMicError = Version == 2 && (status & 0x02) != 0;
            IsSessionMissing = length == 2;
            FragIndex = IsSessionMissing ? 0 : buffer[received + 1] >> 6;
            ReceivedCount = IsSessionMissing ? 0 : Wire.ReadUInt16(buffer, received) & MaximumIndex;
            MissingCount = IsSessionMissing ? 0 : buffer[received + 2];
        }

        private int EncodeStatus(byte[] buffer, int body)
        {
            int status = IsMemoryError ? 0x01 : 0;
            int received = body;
            if (Version == 2)
            {
                status |= (IsMicError ? 0x02 : 0) | (IsSessionMissing ? 0x04 : 0);
                buffer[body] = (byte)status;
                received = body + 1;
                if (IsSessionMissing)
                {
                    return 1;
                }
            }
            else
            {
                buffer[body + 3] = (byte)status;
            }

            int count = ReceivedCount < MaximumIndex ? ReceivedCount : MaximumIndex;
            Wire.WriteUInt16(buffer, received, count | ((FragIndex & 0x03) << 14));
            buffer[received + 2] = (byte)(MissingCount < 255 ? MissingCount : 255);
            return 4;
        }

        private void DecodeSetupAnswer(int status)
        {
            FragIndex = status >> 6;
            IsAlgorithmUnsupported = (status & 0x01) != 0;
            IsMemoryShort = (status & 0x02) != 0;
            IsIndexUnsupported = (status & 0x04) != 0;
            IsDescriptorWrong = (status & 0x08) != 0;
            IsSessionCntReplayed = (status & 0x10) != 0;
        }

        private int SetupAnswer()
        {
            return ((FragIndex & 0x03) << 6)
                | (IsAlgorithmUnsupported ? 0x01 : 0)
                | (IsMemoryShort ? 0x02 : 0)
                | (IsIndexUnsupported ? 0x04 : 0)
                | (IsDescriptorWrong ? 0x08 : 0)
                | (IsSessionCntReplayed ? 0x10 : 0);
        }

        private static int DownlinkLength(int cid, int available)
        {
            switch (cid)
            {
                case PackageId.PackageVersion:
                    return 1;
                case FragSessionStatus:
                case FragSessionDelete:
                case FragDataBlockReceived:
                    return 2;
                case FragSessionSetup:
                    return available >= MaximumLength ? MaximumLength : SetupLength1;
                case DataFragment:
                    return available > DataFragmentHeaderLength ? available : 0;
                default:
                    return 0;
            }
        }

        private int UplinkLength(byte[] buffer, int offset, int end)
        {
            if (offset + 2 > end)
            {
                return 0;
            }

            switch (buffer[offset])
            {
                case PackageId.PackageVersion:
                    return VersionAnswerLength;
                case FragSessionStatus:
                    return Version == 2 && (buffer[offset + 1] & 0x04) != 0 ? 2 : 5;
                case FragSessionSetup:
                case FragSessionDelete:
                case FragDataBlockReceived:
                    return 2;
                default:
                    return 0;
            }
        }
    }
}
