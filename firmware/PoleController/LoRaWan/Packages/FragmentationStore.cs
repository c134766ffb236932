// Keeps SessionCnt of the fragmentation session last begun, so that a session cannot be replayed, not even after a restart.
using PoleController.Hal;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>SessionCntPrev of TS004-2.0.0, section 3.3, in the store: written once a session, with its first fragment.</summary>
    public sealed class FragmentationStore
    {
        private const int Body = SlottedRecord.BodyOffset;
        private const int BodyLength = 6;
        private const int None = -1;

        private readonly byte[] _buffer;
        private readonly SlottedRecord _record;
        private uint _identityCheck;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="buffer">Working memory, shared with the other records.</param>
        public FragmentationStore(IStore store, byte[] buffer)
        {
            _buffer = buffer;
            _record = new SlottedRecord(store, "lora-frag-a", "lora-frag-b", buffer);
        }

        /// <summary>SessionCnt of the session last begun; -1 when none was.</summary>
        public int LastSessionCnt { get; private set; } = None;

        /// <summary>Reads it. That of another identity counts for nothing.</summary>
        public void Load(uint identityCheck)
        {
            _identityCheck = identityCheck;
            bool isRead = _record.ReadNewest() == BodyLength && Wire.ReadUInt32(_buffer, Body) == identityCheck;
            LastSessionCnt = isRead ? Wire.ReadUInt16(_buffer, Body + 4) : None;
        }

        /// <summary>Notes a session as begun.</summary>
        /// <returns>False when the store refused: no fragment of the session may be taken.</returns>
        public bool TryBegin(int sessionCnt)
        {
            Wire.WriteUInt32(_buffer, Body, _identityCheck);
            Wire.WriteUInt16(_buffer, Body + 4, sessionCnt);
            if (!_record.TryWrite(BodyLength))
            {
                return false;
            }

            LastSessionCnt = sessionCnt;
            return true;
        }
    }
}
