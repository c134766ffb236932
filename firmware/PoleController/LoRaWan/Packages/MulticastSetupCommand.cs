// The commands of remote multicast set-up on the wire, both directions. What they do is MulticastSetup's.
using System;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// One command of TS005-1.0.0 or TS005-2.0.0; the second adds StartMissed and nothing else. Made once, filled again and again; which
    /// fields mean something is said by <see cref="PackageCommand.Cid"/> and the direction. Bits reserved for future use are sent as 0 and ignored.
    /// </summary>
    public sealed class MulticastSetupCommand : PackageCommand
    {
        /// <summary>Groups that there can be: McGroupID has two bits.</summary>
        public const int GroupCount = 4;

        /// <summary>McGroupStatusReq, McGroupStatusAns.</summary>
        public const int McGroupStatus = 0x01;

        /// <summary>McGroupSetupReq, McGroupSetupAns.</summary>
        public const int McGroupSetup = 0x02;

        /// <summary>McGroupDeleteReq, McGroupDeleteAns.</summary>
        public const int McGroupDelete = 0x03;

        /// <summary>McClassCSessionReq, McClassCSessionAns.</summary>
        public const int McClassCSession = 0x04;

        /// <summary>McClassBSessionReq, McClassBSessionAns.</summary>
        public const int McClassBSession = 0x05;

        /// <summary>TimeToStart that stands for this or more: the device's clock cannot be right, or is not known (section 4.5).</summary>
        public const int MaximumTimeToStartS = 0xFFFFFF;

        /// <summary>Bytes of the longest command, McGroupSetupReq, with its CID.</summary>
        public const int MaximumLength = 30;

        private const int StatusEntryLength = 5;

        /// <summary>McGroupStatusReq and McGroupStatusAns: ReqGroupMask and AnsGroupMask, a bit a group.</summary>
        public int GroupMask;

        /// <summary>McGroupStatusAns: NbTotalGroups, groups that are defined.</summary>
        public int TotalGroupCount;

        /// <summary>McGroupStatusAns: McAddr by McGroupID, where <see cref="GroupMask"/> has a bit.</summary>
        public readonly uint[] GroupAddresses = new uint[GroupCount];

        /// <summary>All others: McGroupID, 0 to 3.</summary>
        public int GroupId;

        /// <summary>McGroupSetupReq: McAddr.</summary>
        public uint McAddr;

        /// <summary>McGroupSetupReq: McKey_encrypted, 16 bytes as sent.</summary>
        public readonly byte[] McKeyEncrypted = new byte[16];

        /// <summary>McGroupSetupReq: the first frame counter that is accepted.</summary>
        public uint MinMcFCnt;

        /// <summary>McGroupSetupReq: the last frame counter that is accepted.</summary>
        public uint MaxMcFCnt;

        /// <summary>McGroupSetupAns: IDError.</summary>
        public bool IsIdError;

        /// <summary>McGroupDeleteAns and session answers: McGroupUndefined.</summary>
        public bool IsGroupUndefined;

        /// <summary>Session requests: SessionTime, seconds since the GPS epoch modulo 2^32.</summary>
        public uint SessionTimeS;

        /// <summary>Session requests: TimeOut, 0 to 15; a class C session lasts 2^TimeOut seconds at most, class B 128 times that.</summary>
        public int TimeOut;

        /// <summary>McClassBSessionReq: Periodicity, 0 to 7.</summary>
        public int Periodicity;

        /// <summary>Session requests: DLFreq in hertz, a multiple of 100.</summary>
        public int FrequencyHz;

        /// <summary>Session requests: DR, 0 to 255 as sent.</summary>
        public int DataRate;

        /// <summary>Session answers: DRError.</summary>
        public bool IsDataRateError;

        /// <summary>Session answers: FreqError.</summary>
        public bool IsFrequencyError;

        /// <summary>Session answers: StartMissed, SessionTime is past (2.0.0).</summary>
        public bool IsStartMissed;

        /// <summary>Session answers without an error: seconds from the answer to the start, at most <see cref="MaximumTimeToStartS"/>.</summary>
        public int TimeToStartS;

        /// <summary>Session answers: whether any error is set, so that there is no TimeToStart.</summary>
        public bool HasSessionError
        {
            get { return IsGroupUndefined || IsDataRateError || IsFrequencyError || IsStartMissed; }
        }

        /// <summary>Reads a command that a server sent.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">Where the command begins.</param>
        /// <param name="end">Where the message ends.</param>
        /// <returns>Bytes of the command; 0 when there is no such command or it is cut short, so that what follows cannot be read.</returns>
        public int DecodeDownlink(byte[] buffer, int offset, int end)
        {
            int length = offset < end ? DownlinkLength(buffer[offset]) : 0;
            if (length == 0 || offset + length > end)
            {
                return 0;
            }

            Cid = buffer[offset];
            int body = offset + 1;
            if (Cid == McGroupStatus)
            {
                GroupMask = buffer[body] & 0x0F;
            }
            else if (Cid != PackageId.PackageVersion)
            {
                GroupId = buffer[body] & 0x03;
                DecodeGroupRequest(buffer, body);
            }

            return length;
        }

        /// <summary>Writes a command of a server.</summary>
        /// <returns>Bytes written, at most <see cref="MaximumLength"/>; 0 when a server has no such command.</returns>
        public int EncodeDownlink(byte[] buffer, int offset)
        {
            int length = DownlinkLength(Cid);
            if (length == 0)
            {
                return 0;
            }

            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            if (Cid == McGroupStatus)
            {
                buffer[body] = (byte)(GroupMask & 0x0F);
            }
            else if (Cid != PackageId.PackageVersion)
            {
                buffer[body] = (byte)(GroupId & 0x03);
                EncodeGroupRequest(buffer, body);
            }

            return length;
        }

        /// <summary>Reads a command that a device sent.</summary>
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
                case McGroupStatus:
                    DecodeStatus(buffer, body, length - 2);
                    break;
                case McGroupSetup:
                    GroupId = buffer[body] & 0x03;
                    IsIdError = (buffer[body] & 0x04) != 0;
                    break;
                case McGroupDelete:
                    GroupId = buffer[body] & 0x03;
                    IsGroupUndefined = (buffer[body] & 0x04) != 0;
                    break;
                default:
                    DecodeSessionAnswer(buffer, body, length);
                    break;
            }

            return length;
        }

        /// <summary>Writes a command of a device.</summary>
        /// <returns>Bytes written, at most 22; 0 when a device has no such command.</returns>
        public int EncodeUplink(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    WriteVersionAnswer(buffer, body);
                    return VersionAnswerLength;
                case McGroupStatus:
                    return 1 + EncodeStatus(buffer, body);
                case McGroupSetup:
                    buffer[body] = (byte)((GroupId & 0x03) | (IsIdError ? 0x04 : 0));
                    return 2;
                case McGroupDelete:
                    buffer[body] = (byte)((GroupId & 0x03) | (IsGroupUndefined ? 0x04 : 0));
                    return 2;
                case McClassCSession:
                case McClassBSession:
                    return 1 + EncodeSessionAnswer(buffer, body);
                default:
                    return 0;
            }
        }

        private void DecodeGroupRequest(byte[] buffer, int body)
        {
            if (Cid == McGroupSetup)
            {
                McAddr = Wire.ReadUInt32(buffer, body + 1);
                Array.Copy(buffer, body + 5, McKeyEncrypted, 0, McKeyEncrypted.Length);
                MinMcFCnt = Wire.ReadUInt32(buffer, body + 21);
                MaxMcFCnt = Wire.ReadUInt32(buffer, body + 25);
            }
            else if (Cid != McGroupDelete)
            {
                SessionTimeS = Wire.ReadUInt32(buffer, body + 1);
                TimeOut = buffer[body + 5] & 0x0F;
                Periodicity = (buffer[body + 5] >> 4) & 0x07;
                FrequencyHz = Wire.ReadUInt24(buffer, body + 6) * 100;
                DataRate = buffer[body + 9];
            }
        }

        private void EncodeGroupRequest(byte[] buffer, int body)
        {
            if (Cid == McGroupSetup)
            {
                Wire.WriteUInt32(buffer, body + 1, McAddr);
                Array.Copy(McKeyEncrypted, 0, buffer, body + 5, McKeyEncrypted.Length);
                Wire.WriteUInt32(buffer, body + 21, MinMcFCnt);
                Wire.WriteUInt32(buffer, body + 25, MaxMcFCnt);
            }
            else if (Cid != McGroupDelete)
            {
                Wire.WriteUInt32(buffer, body + 1, SessionTimeS);
                int periodicity = Cid == McClassBSession ? Periodicity & 0x07 : 0;
                buffer[body + 5] = (byte)((TimeOut & 0x0F) | (periodicity << 4));
                Wire.WriteUInt24(buffer, body + 6, FrequencyHz / 100);
                buffer[body + 9] = (byte)DataRate;
            }
        }

        private void DecodeStatus(byte[] buffer, int body, int entriesLength)
        {
            GroupMask = buffer[body] & 0x0F;
            TotalGroupCount = (buffer[body] >> 4) & 0x07;
            for (int entry = body + 1; entry < body + 1 + entriesLength; entry += StatusEntryLength)
            {
                GroupAddresses[buffer[entry] & 0x03] = Wire.ReadUInt32(buffer, entry + 1);
            }
        }

        private int EncodeStatus(byte[] buffer, int body)
        {
            buffer[body] = (byte)((GroupMask & 0x0F) | ((TotalGroupCount & 0x07) << 4));
            int position = body + 1;
            for (int group = 0; group < GroupCount; group++)
            {
                if ((GroupMask & (1 << group)) != 0)
                {
                    buffer[position] = (byte)group;
                    Wire.WriteUInt32(buffer, position + 1, GroupAddresses[group]);
                    position += StatusEntryLength;
                }
            }

            return position - body;
        }

        private void DecodeSessionAnswer(byte[] buffer, int body, int length)
        {
            GroupId = buffer[body] & 0x03;
            IsDataRateError = (buffer[body] & 0x04) != 0;
            IsFrequencyError = (buffer[body] & 0x08) != 0;
            IsGroupUndefined = (buffer[body] & 0x10) != 0;
            IsStartMissed = (buffer[body] & 0x20) != 0;
            TimeToStartS = length > 2 ? Wire.ReadUInt24(buffer, body + 1) : 0;
        }

        private int EncodeSessionAnswer(byte[] buffer, int body)
        {
            buffer[body] = (byte)((GroupId & 0x03)
                | (IsDataRateError ? 0x04 : 0)
                | (IsFrequencyError ? 0x08 : 0)
                | (IsGroupUndefined ? 0x10 : 0)
                | (IsStartMissed ? 0x20 : 0));
            if (HasSessionError)
            {
                return 1;
            }

            Wire.WriteUInt24(buffer, body + 1, TimeToStartS < MaximumTimeToStartS ? TimeToStartS : MaximumTimeToStartS);
            return 4;
        }

        private static int DownlinkLength(int cid)
        {
            switch (cid)
            {
                case PackageId.PackageVersion:
                    return 1;
                case McGroupStatus:
                case McGroupDelete:
                    return 2;
                case McGroupSetup:
                    return MaximumLength;
                case McClassCSession:
                case McClassBSession:
                    return 11;
                default:
                    return 0;
            }
        }

        // The upper six bits of a session's status are errors, the last two of them for the future.
        private static int UplinkLength(byte[] buffer, int offset, int end)
        {
            if (offset + 2 > end)
            {
                return 0;
            }

            switch (buffer[offset])
            {
                case PackageId.PackageVersion:
                    return VersionAnswerLength;
                case McGroupStatus:
                    return 2 + (CountBits(buffer[offset + 1] & 0x0F) * StatusEntryLength);
                case McGroupSetup:
                case McGroupDelete:
                    return 2;
                case McClassCSession:
                case McClassBSession:
                    return (buffer[offset + 1] & 0xFC) != 0 ? 2 : 5;
                default:
                    return 0;
            }
        }

        private static int CountBits(int mask)
        {
            int count = 0;
            for (int group = 0; group < GroupCount; group++)
            {
                count += (mask >> group) & 1;
            }

            return count;
        }
    }
}
