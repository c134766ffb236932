// A record in two slots that are written in turn, with a sequence number and a CRC: a write that is cut short harms only itself.
using PoleController.Hal;

namespace PoleController
{
    /// <summary>
    /// A record that is old or new after a power cut, never torn. Layout of a slot: version 1, sequence number 4, length of the body 1,
    /// body, CRC-32 4 over all before.
    /// </summary>
    public sealed class SlottedRecord
    {
        /// <summary>Where the body begins in the buffer.</summary>
        public const int BodyOffset = 6;

        /// <summary>Bytes of a slot besides the body.</summary>
        public const int OverheadLength = BodyOffset + CrcLength;

        private const int CrcLength = 4;
        private const byte Version = 1;

        private readonly IStore _store;
        private readonly string _slotA;
        private readonly string _slotB;
        private readonly byte[] _buffer;
        private bool _isNewestB;
        private uint _sequence;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="slotA">Name of the first slot.</param>
        /// <param name="slotB">Name of the second slot.</param>
        /// <param name="buffer">Working memory, shared by records that are not used at the same time; holds the body after a read.</param>
        public SlottedRecord(IStore store, string slotA, string slotB, byte[] buffer)
        {
            _store = store;
            _slotA = slotA;
            _slotB = slotB;
            _buffer = buffer;
        }

        /// <summary>Reads the newer whole slot into the buffer, and notes which it is for the next write.</summary>
        /// <returns>Length of the body; -1 when there is no whole slot.</returns>
        public int ReadNewest()
        {
            int lengthA = ReadSlot(_slotA);
            uint sequenceA = lengthA >= 0 ? Wire.ReadUInt32(_buffer, 1) : 0;
            int lengthB = ReadSlot(_slotB);
            uint sequenceB = lengthB >= 0 ? Wire.ReadUInt32(_buffer, 1) : 0;
            _isNewestB = lengthB >= 0 && (lengthA < 0 || sequenceB > sequenceA);
            _sequence = _isNewestB ? sequenceB : sequenceA;
            return _isNewestB ? lengthB : ReadSlot(_slotA);
        }

        /// <summary>Reads the slot that was not the newest at <see cref="ReadNewest"/>.</summary>
        /// <returns>Length of the body; -1 when it is not whole.</returns>
        public int ReadOther()
        {
            return ReadSlot(_isNewestB ? _slotA : _slotB);
        }

        /// <summary>Says that the slot read by <see cref="ReadOther"/> is the one that counts: the next write goes over the other one.</summary>
        public void KeepOther()
        {
            _isNewestB = !_isNewestB;
        }

        /// <summary>Writes the body that stands in the buffer from <see cref="BodyOffset"/> over the older slot.</summary>
        /// <returns>False when the store refused: the newest slot is then still the one before.</returns>
        public bool TryWrite(int bodyLength)
        {
            uint sequence = _sequence + 1;
            int crcOffset = BodyOffset + bodyLength;
            _buffer[0] = Version;
            Wire.WriteUInt32(_buffer, 1, sequence);
            _buffer[5] = (byte)bodyLength;
            Wire.WriteUInt32(_buffer, crcOffset, Crc32.Compute(_buffer, 0, crcOffset));
            if (!_store.TryWrite(_isNewestB ? _slotA : _slotB, _buffer, crcOffset + CrcLength))
            {
                return false;
            }

            _isNewestB = !_isNewestB;
            _sequence = sequence;
            return true;
        }

        private int ReadSlot(string slot)
        {
            int length = _store.Read(slot, _buffer);
            if (length < OverheadLength || length > _buffer.Length || _buffer[0] != Version)
            {
                return -1;
            }

            int crcOffset = BodyOffset + _buffer[5];
            if (crcOffset + CrcLength != length || Wire.ReadUInt32(_buffer, crcOffset) != Crc32.Compute(_buffer, 0, crcOffset))
            {
                return -1;
            }

            return _buffer[5];
        }
    }
}
