// Judges received multicast frames and takes what is one of our groups': address, form, counter and MIC first, then the store. What follows
// from a frame is Reception's.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// Receives multicast data frames. They are unconfirmed, carry no MAC commands and no ACK, and have an FPort other than 0 (TS001-1.0.4,
    /// section 15); whatever is otherwise, or has a counter out of its range or a wrong MIC, changes nothing.
    /// </summary>
    public sealed class MulticastReceiver
    {
        /// <summary>The result of a look for a group that found none.</summary>
        public const int None = -1;

        private const int MaximumFPort = 223;

        private readonly FrameCodec _codec;
        private readonly MulticastGroup[] _groups;
        private readonly MulticastGroupStore _store;

        /// <summary>Makes it over the parts of a device.</summary>
        public MulticastReceiver(FrameCodec codec, MulticastGroup[] groups, MulticastGroupStore store)
        {
            _codec = codec;
            _groups = groups;
            _store = store;
        }

        /// <summary>McGroupID of the frame last accepted.</summary>
        public int GroupId { get; private set; } = None;

        /// <summary>Whether the store refused the counter of the last frame, which was dropped for it.</summary>
        public bool HasStoreFailed { get; private set; }

        /// <summary>Frames accepted.</summary>
        public int AcceptedCount { get; private set; }

        /// <summary>Frames with the address of a group that were refused for form, counter or MIC.</summary>
        public int RefusedCount { get; private set; }

        /// <summary>Verifies a frame. When it is a group's its counter is used up (in the store too), its payload is in the clear.</summary>
        /// <param name="header">The fields of the frame, a downlink.</param>
        /// <param name="frame">The frame.</param>
        /// <param name="length">Its length.</param>
        public bool TryAccept(DataFrame header, byte[] frame, int length)
        {
            HasStoreFailed = false;
            bool isAddressed = false;
            for (int i = 0; i < _groups.Length; i++)
            {
                MulticastGroup group = _groups[i];
                if (!group.IsDefined || group.McAddr != header.DevAddr)
                {
                    continue;
                }

                isAddressed = true;
                uint fCnt = FrameCodec.ExtendFCnt(header.FCnt16, group.NextMcFCnt);
                if (IsForm(header) && IsCounter(group, fCnt) && _codec.IsMicValid(header, fCnt, group.McNetSKey, frame, length))
                {
                    return TryUse(i, fCnt, header, frame);
                }
            }

            RefusedCount += isAddressed ? 1 : 0;
            return false;
        }

        private static bool IsForm(DataFrame header)
        {
            return !header.IsConfirmed && !header.IsAcknowledge && header.FOptsLength == 0 && header.FPort >= 1 && header.FPort <= MaximumFPort;
        }

        // The last of all counters is never used, so that the next one always exists.
        private static bool IsCounter(MulticastGroup group, uint fCnt)
        {
            return fCnt >= group.NextMcFCnt && fCnt <= group.MaxMcFCnt && fCnt != 0xFFFFFFFF;
        }

        private bool TryUse(int groupId, uint fCnt, DataFrame header, byte[] frame)
        {
            MulticastGroup group = _groups[groupId];
            _codec.CipherPayload(header, fCnt, group.McNetSKey, group.McAppSKey, frame);
            bool isFragment = header.FPort == PackageId.FragmentationPort
                && header.PayloadLength > 0
                && frame[header.PayloadOffset] == FragmentationCommand.DataFragment;
            if (isFragment && fCnt < group.FragmentFloor)
            {
                RefusedCount++;
                return false;
            }

            HasStoreFailed = !_store.TryUse(groupId, group, fCnt, isFragment);
            if (HasStoreFailed)
            {
                return false;
            }

            GroupId = groupId;
            AcceptedCount++;
            return true;
        }
    }
}
