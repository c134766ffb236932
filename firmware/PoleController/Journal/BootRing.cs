// The last starts in the store: a bounded ring in one record of two slots. Why a start was made is BootJournal's to say.
using System;
using PoleController.Hal;

namespace PoleController.Journal
{
    /// <summary>
    /// The last 16 starts, slots "boot-a" and "boot-b". Body of the record (see <see cref="SlottedRecord"/>), least significant byte first: number of the
    /// newest start 4, how many entries 1; then each entry, the newest first: UTC seconds 4, cause 1, place 1, detail 1, uptime of the start before 4.
    /// The buffer is the only copy in memory.
    /// </summary>
    internal sealed class BootRing
    {
        /// <summary>Starts that are kept.</summary>
        internal const int Capacity = 16;

        private const int Body = SlottedRecord.BodyOffset;
        private const int EntriesOffset = Body + 5;
        private const int EntryLength = 11;
        private const int MaximumLength = EntriesOffset + (Capacity * EntryLength) + SlottedRecord.OverheadLength - Body;

        // One byte longer than a slot, so that one that is too long shows.
        private readonly byte[] _buffer = new byte[MaximumLength + 1];
        private readonly SlottedRecord _record;

        /// <summary>Makes it over the store; nothing is read yet.</summary>
        internal BootRing(IStore store)
        {
            _record = new SlottedRecord(store, "boot-a", "boot-b", _buffer);
        }

        /// <summary>Number of the newest start; 0 when there is none.</summary>
        internal uint NewestNumber
        {
            get { return Wire.ReadUInt32(_buffer, Body); }
        }

        /// <summary>Entries.</summary>
        internal int Count
        {
            get { return _buffer[Body + 4]; }
        }

        /// <summary>Reads the newer whole slot; without one the ring is empty. What the store throws goes on to the caller.</summary>
        /// <returns>Whether there was one.</returns>
        internal bool Load()
        {
            int length = _record.ReadNewest();
            bool isWhole = length >= EntriesOffset - Body && Count <= Capacity && length == EntriesOffset - Body + (Count * EntryLength);
            if (!isWhole)
            {
                Array.Clear(_buffer, 0, _buffer.Length);
            }

            return isWhole;
        }

        /// <summary>Puts a start in front; the oldest gives way when there is no room. It is not written yet.</summary>
        internal void Add(BootEntry entry)
        {
            int count = Count < Capacity ? Count + 1 : Capacity;
            Array.Copy(_buffer, EntriesOffset, _buffer, EntriesOffset + EntryLength, (count - 1) * EntryLength);
            Wire.WriteUInt32(_buffer, Body, entry.Number);
            _buffer[Body + 4] = (byte)count;
            Wire.WriteUInt32(_buffer, EntriesOffset, entry.UtcSeconds);
            _buffer[EntriesOffset + 4] = (byte)entry.Cause;
            _buffer[EntriesOffset + 5] = (byte)entry.Place;
            _buffer[EntriesOffset + 6] = (byte)entry.Detail;
            Wire.WriteUInt32(_buffer, EntriesOffset + 7, entry.UptimeBeforeSeconds);
        }

        /// <summary>Sets the UTC of the newest start. It is not written yet.</summary>
        internal void SetNewestUtc(uint utcSeconds)
        {
            Wire.WriteUInt32(_buffer, EntriesOffset, utcSeconds);
        }

        /// <summary>Reads an entry.</summary>
        /// <param name="index">From 0, the newest, up to <see cref="Count"/>.</param>
        /// <param name="entry">Receives it.</param>
        internal void Read(int index, BootEntry entry)
        {
            int offset = EntriesOffset + (index * EntryLength);
            entry.Number = NewestNumber - (uint)index;
            entry.UtcSeconds = Wire.ReadUInt32(_buffer, offset);
            entry.Cause = (RestartCause)_buffer[offset + 4];
            entry.Place = (ComponentId)_buffer[offset + 5];
            entry.Detail = _buffer[offset + 6];
            entry.UptimeBeforeSeconds = Wire.ReadUInt32(_buffer, offset + 7);
        }

        /// <summary>Writes the ring over the older slot.</summary>
        /// <returns>False when the store refused or threw.</returns>
        internal bool TrySave()
        {
            try
            {
                return _record.TryWrite(EntriesOffset - Body + (Count * EntryLength));
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
