// Keeps the multicast groups so that no power cut loses a group, leaves half of one, or lets in a frame that had an effect before.
//
// A record of two slots for each group, with keys and counters together: a cut leaves the group as it was before or as it is after. What
// must be written before something has an effect:
//   a group             before its McGroupSetupAns
//   a frame's counter   before the frame has an effect, but for DataFragments: their counters are noted as used in blocks of 64
// After a restart nothing is skipped but fragments, up to 63 of them, and the block they belong to is lost with the restart anyway.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>Multicast groups in the store.</summary>
    public sealed class MulticastGroupStore
    {
        /// <summary>DataFragments per write of a group's counters.</summary>
        public const uint FragmentBlock = 64;

        private const int Body = SlottedRecord.BodyOffset;
        private const int BodyLength = 53;
        private const int KeyLength = PackageKeys.KeyLength;

        // Written out: a step makes no strings, and neither does a start.
        private static readonly string[] Slots =
            new string[] { "lora-mc0-a", "lora-mc0-b", "lora-mc1-a", "lora-mc1-b", "lora-mc2-a", "lora-mc2-b", "lora-mc3-a", "lora-mc3-b" };

        private readonly byte[] _buffer;
        private readonly SlottedRecord[] _records = new SlottedRecord[MulticastSetupCommand.GroupCount];
        private uint _identityCheck;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="buffer">Working memory of <see cref="SessionStore.BufferLength"/> bytes, shared with the other records.</param>
        public MulticastGroupStore(IStore store, byte[] buffer)
        {
            _buffer = buffer;
            for (int i = 0; i < _records.Length; i++)
            {
                _records[i] = new SlottedRecord(store, Slots[2 * i], Slots[(2 * i) + 1], buffer);
            }
        }

        /// <summary>Reads all groups. Those of another identity are none.</summary>
        /// <param name="identityCheck">The identity's check.</param>
        /// <param name="groups">Receives them.</param>
        public void Load(uint identityCheck, MulticastGroup[] groups)
        {
            _identityCheck = identityCheck;
            for (int i = 0; i < groups.Length; i++)
            {
                groups[i].Clear();
                bool isRead = _records[i].ReadNewest() == BodyLength;
                if (isRead && Wire.ReadUInt32(_buffer, Body) == identityCheck && _buffer[Body + 4] == 1)
                {
                    Read(groups[i]);
                }

                ClearBuffer();
            }
        }

        /// <summary>Keeps a group as it is in memory.</summary>
        /// <returns>False when the store refused: the store has the group as it was.</returns>
        public bool TrySave(int groupId, MulticastGroup group)
        {
            return TrySave(groupId, group, group.NextMcFCnt, group.FragmentLimit);
        }

        /// <summary>Notes a frame's counter as used.</summary>
        /// <param name="groupId">McGroupID.</param>
        /// <param name="group">The group.</param>
        /// <param name="fCnt">The frame's counter; at least the group's next one, less than 2^32 - 1.</param>
        /// <param name="isFragment">Whether the frame is a DataFragment.</param>
        /// <returns>False when the store refused: the frame must be dropped, or it could be replayed after a restart.</returns>
        public bool TryUse(int groupId, MulticastGroup group, uint fCnt, bool isFragment)
        {
            uint fragmentLimit = group.FragmentLimit;
            bool mustWrite = !isFragment;
            if (isFragment && fCnt >= fragmentLimit)
            {
                mustWrite = true;
                fragmentLimit = fCnt > 0xFFFFFFFF - FragmentBlock ? 0xFFFFFFFF : fCnt + FragmentBlock;
            }

            if (mustWrite && !TrySave(groupId, group, fCnt + 1, fragmentLimit))
            {
                return false;
            }

            group.NextMcFCnt = fCnt + 1;
            group.FragmentLimit = fragmentLimit;
            return true;
        }

        /// <summary>Forgets a group: both slots, so that its keys are nowhere any more.</summary>
        /// <param name="groupId">McGroupID.</param>
        /// <param name="group">The group; cleared when this succeeds.</param>
        /// <returns>False when the store refused: the group is as it was.</returns>
        public bool TryDelete(int groupId, MulticastGroup group)
        {
            if (!TryWriteNone(groupId))
            {
                return false;
            }

            // Should this one be refused the group is deleted nevertheless; its keys then stay in the slot that does not count.
            TryWriteNone(groupId);
            group.Clear();
            return true;
        }

        private void Read(MulticastGroup group)
        {
            group.McAddr = Wire.ReadUInt32(_buffer, Body + 5);
            Array.Copy(_buffer, Body + 9, group.McNetSKey, 0, KeyLength);
            Array.Copy(_buffer, Body + 25, group.McAppSKey, 0, KeyLength);
            group.MaxMcFCnt = Wire.ReadUInt32(_buffer, Body + 41);
            group.NextMcFCnt = Wire.ReadUInt32(_buffer, Body + 45);
            group.FragmentLimit = Wire.ReadUInt32(_buffer, Body + 49);
            group.FragmentFloor = group.FragmentLimit;
            group.IsDefined = true;
        }

        private bool TrySave(int groupId, MulticastGroup group, uint nextMcFCnt, uint fragmentLimit)
        {
            Wire.WriteUInt32(_buffer, Body, _identityCheck);
            _buffer[Body + 4] = 1;
            Wire.WriteUInt32(_buffer, Body + 5, group.McAddr);
            Array.Copy(group.McNetSKey, 0, _buffer, Body + 9, KeyLength);
            Array.Copy(group.McAppSKey, 0, _buffer, Body + 25, KeyLength);
            Wire.WriteUInt32(_buffer, Body + 41, group.MaxMcFCnt);
            Wire.WriteUInt32(_buffer, Body + 45, nextMcFCnt);
            Wire.WriteUInt32(_buffer, Body + 49, fragmentLimit);
            bool isKept = _records[groupId].TryWrite(BodyLength);
            ClearBuffer();
            return isKept;
        }

        private bool TryWriteNone(int groupId)
        {
            ClearBuffer();
            Wire.WriteUInt32(_buffer, Body, _identityCheck);
            return _records[groupId].TryWrite(BodyLength);
        }

        // The keys stay in one place only.
        private void ClearBuffer()
        {
            Array.Clear(_buffer, 0, Body + BodyLength);
        }
    }
}
