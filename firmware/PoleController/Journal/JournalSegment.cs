// A segment: what one record of the store holds, some entries that follow one another. Its bytes, its CRC, its place in the store. Which
// segments there are and which may be written over is JournalRing's.
using System;
using PoleController.Hal;

namespace PoleController.Journal
{
    /// <summary>
    /// The one segment in memory, shared by the rings. Layout, least significant byte first: version 1, class 1, start number 1, entry count 1,
    /// sequence of the first entry 4, number of the write 4, first sequence not sent yet 4, entries lost 4; then the entries, each: length of
    /// its values 1, kind 1, start number 1, flags 1 (bit 0: the seconds are UTC), uncertainty in seconds 2, seconds 4, values; then CRC-32 4
    /// over all before.
    /// </summary>
    internal sealed class JournalSegment
    {
        /// <summary>Most bytes of a record: a page of common flash.</summary>
        internal const int MaximumLength = 240;

        /// <summary>Bytes of an entry besides its values.</summary>
        internal const int EntryOverheadLength = 10;

        private const int None = -1;
        private const int HeaderLength = 20;
        private const int CrcLength = 4;
        private const byte Version = 1;
        private const byte UtcFlag = 1;

        // Records of all rings. Literals, so that no name has to be put together when it is used.
        private static readonly string[] Names = new string[]
        {
            "journal-00", "journal-01", "journal-02", "journal-03", "journal-04", "journal-05", "journal-06", "journal-07", "journal-08", "journal-09",
            "journal-10", "journal-11", "journal-12", "journal-13", "journal-14", "journal-15", "journal-16", "journal-17", "journal-18", "journal-19",
            "journal-20", "journal-21", "journal-22", "journal-23", "journal-24", "journal-25", "journal-26", "journal-27", "journal-28",
        };

        private readonly IStore _store;

        // One byte longer than a record, so that one that is too long shows.
        private readonly byte[] _bytes = new byte[MaximumLength + 1];
        private int _record = None;
        private int _end = HeaderLength;

        /// <summary>Makes it over the store.</summary>
        internal JournalSegment(IStore store)
        {
            _store = store;
        }

        /// <summary>How many records there are for all rings.</summary>
        internal static int RecordCount
        {
            get { return Names.Length; }
        }

        /// <summary>Whether the store threw when it was last read: nothing is known then.</summary>
        internal bool HasThrown { get; private set; }

        /// <summary>Whether the record last read had anything in it that was no whole segment.</summary>
        internal bool WasDamaged { get; private set; }

        /// <summary>The class of its entries.</summary>
        internal int EntryClass
        {
            get { return _bytes[1]; }
        }

        /// <summary>The start of the controller in which it was written.</summary>
        internal int StartNumber
        {
            get { return _bytes[2]; }
            set { _bytes[2] = (byte)value; }
        }

        /// <summary>How many entries it has.</summary>
        internal int Count
        {
            get { return _bytes[3]; }
        }

        /// <summary>Sequence of its first entry, or of the next one when it has none.</summary>
        internal uint FirstSequence
        {
            get { return Wire.ReadUInt32(_bytes, 4); }
        }

        /// <summary>Number of the write: the highest in a ring says last what is sent and lost.</summary>
        internal uint WriteNumber
        {
            get { return Wire.ReadUInt32(_bytes, 8); }
            set { Wire.WriteUInt32(_bytes, 8, value); }
        }

        /// <summary>The first sequence of the ring that had not been sent.</summary>
        internal uint FirstUnsent
        {
            get { return Wire.ReadUInt32(_bytes, 12); }
            set { Wire.WriteUInt32(_bytes, 12, value); }
        }

        /// <summary>Entries of the ring that were lost.</summary>
        internal uint LostCount
        {
            get { return Wire.ReadUInt32(_bytes, 16); }
            set { Wire.WriteUInt32(_bytes, 16, value); }
        }

        /// <summary>Begins an empty segment.</summary>
        internal void Begin(int entryClass, uint firstSequence)
        {
            _record = None;
            _bytes[0] = Version;
            _bytes[1] = (byte)entryClass;
            _bytes[3] = 0;
            Wire.WriteUInt32(_bytes, 4, firstSequence);
            _end = HeaderLength;
        }

        /// <summary>Whether an entry with so many bytes of values still fits.</summary>
        internal bool HasRoom(int valuesLength)
        {
            return _end + EntryOverheadLength + valuesLength + CrcLength <= MaximumLength;
        }

        /// <summary>Appends an entry; there must be room.</summary>
        internal void Append(JournalEntry entry)
        {
            _record = None;
            _bytes[_end] = (byte)entry.ValuesLength;
            _bytes[_end + 1] = (byte)entry.Kind;
            _bytes[_end + 2] = (byte)entry.StartNumber;
            Array.Copy(entry.Values, 0, _bytes, _end + EntryOverheadLength, entry.ValuesLength);
            WriteTime(_end, entry);
            _end += EntryOverheadLength + entry.ValuesLength;
            _bytes[3]++;
        }

        /// <summary>Reads an entry.</summary>
        /// <param name="index">0 to <see cref="Count"/> less one.</param>
        /// <param name="entry">Receives it, without its sequence.</param>
        internal void Read(int index, JournalEntry entry)
        {
            int offset = OffsetOf(index);
            entry.ValuesLength = _bytes[offset];
            entry.Kind = _bytes[offset + 1];
            entry.StartNumber = _bytes[offset + 2];
            entry.IsUtc = (_bytes[offset + 3] & UtcFlag) != 0;
            entry.UncertaintySeconds = Wire.ReadUInt16(_bytes, offset + 4);
            entry.Seconds = Wire.ReadUInt32(_bytes, offset + 6);
            Array.Copy(_bytes, offset + EntryOverheadLength, entry.Values, 0, entry.ValuesLength);
        }

        /// <summary>Replaces the time of an entry.</summary>
        internal void SetTime(int index, JournalEntry entry)
        {
            _record = None;
            WriteTime(OffsetOf(index), entry);
        }

        /// <summary>Reads a record, unless it is the one in memory.</summary>
        /// <returns>Whether it holds a whole segment of a class.</returns>
        internal bool TryLoad(int record, int entryClass)
        {
            if (_record == record)
            {
                return true;
            }

            _record = None;
            HasThrown = false;
            int length = ReadRecord(record);
            bool isWhole = length >= HeaderLength + CrcLength && length <= MaximumLength && _bytes[0] == Version
                && Wire.ReadUInt32(_bytes, length - CrcLength) == Crc32.Compute(_bytes, 0, length - CrcLength)
                && TryWalk(length - CrcLength) && EntryClass == entryClass;
            WasDamaged = !isWhole && length > 0;
            _record = isWhole ? record : None;
            return isWhole;
        }

        /// <summary>Writes the segment over a record.</summary>
        /// <returns>False when the store refused or threw: the record may be damaged then.</returns>
        internal bool TrySave(int record)
        {
            Wire.WriteUInt32(_bytes, _end, Crc32.Compute(_bytes, 0, _end));
            try
            {
                _record = _store.TryWrite(Names[record], _bytes, _end + CrcLength) ? record : None;
            }
            catch (Exception)
            {
                _record = None;
            }

            return _record == record;
        }

        private int ReadRecord(int record)
        {
            try
            {
                return _store.Read(Names[record], _bytes);
            }
            catch (Exception)
            {
                HasThrown = true;
                return None;
            }
        }

        // Whether the entries fill the segment: a CRC says that the bytes are those that were written, not that this code wrote them.
        private bool TryWalk(int end)
        {
            int offset = HeaderLength;
            for (int i = 0; i < Count; i++)
            {
                if (offset + EntryOverheadLength > end || _bytes[offset] > JournalEntry.MaximumValuesLength)
                {
                    return false;
                }

                offset += EntryOverheadLength + _bytes[offset];
            }

            _end = offset;
            return offset == end;
        }

        private int OffsetOf(int index)
        {
            int offset = HeaderLength;
            for (int i = 0; i < index; i++)
            {
                offset += EntryOverheadLength + _bytes[offset];
            }

            return offset;
        }

        private void WriteTime(int offset, JournalEntry entry)
        {
            _bytes[offset + 3] = entry.IsUtc ? UtcFlag : (byte)0;
            Wire.WriteUInt16(_bytes, offset + 4, entry.UncertaintySeconds);
            Wire.WriteUInt32(_bytes, offset + 6, entry.Seconds);
        }
    }
}
